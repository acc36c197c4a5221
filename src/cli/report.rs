//! `report`: a store as one HTML file to mail.

use std::path::PathBuf;

use super::{Context, Failure, Location, Outcome, print};
use crate::export::write_file;
use crate::message::Bilingual;
use crate::report::{Options, report};
use crate::store::Mode;

/// Arguments of `report`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    location: Location,
    /// Writes to a file, which appears whole or not at all [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Title of the report
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Rows of each table and things in the drawing at most
    #[arg(long, default_value_t = 1000, value_name = "N")]
    most: usize,
}

/// Runs the command.
///
/// # Errors
/// When the store cannot be had or the file cannot be written.
pub fn run(args: &Args, context: &Context) -> Result<Outcome, Failure> {
    let store = args.location.open(Mode::Read)?;
    if store.is_empty()? {
        let (zh, en) = (
            "库是空的；请先用 `parkgraph build` 读入文章",
            "the store is empty; read articles with `parkgraph build` first",
        );
        return Err(Failure::new(zh, en));
    }
    let options = Options { title: args.title.as_deref(), lang: context.lang, most: args.most };
    save(&report(&store, &options)?, args.output.as_ref(), context)
}

/// Writes a page to a file, or to standard output where none is named.
///
/// # Errors
/// When it cannot be written.
pub fn save(page: &str, output: Option<&PathBuf>, context: &Context) -> Result<Outcome, Failure> {
    let Some(path) = output else {
        print(page)?;
        return Ok(Outcome::Done);
    };
    let shown = path.display();
    write_file(path, |out| out.write_all(page.as_bytes())).map_err(|error: std::io::Error| {
        Failure::new(
            format!("无法写入 {shown}：{}；请检查路径、权限和剩余空间", error.zh()),
            format!("cannot write {shown}: {error}; check the path, the permissions and the space left"),
        )
    })?;
    let size = page.len() / 1000;
    context.note(
        &format!("已写入 {shown}（{size} kB）；用浏览器打开，不需要网络"),
        &format!("{shown} written ({size} kB); open it in a browser, no network needed"),
    );
    Ok(Outcome::Done)
}
