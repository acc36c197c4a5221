//! `annotate`: an article with its things and facts marked, as one HTML file.

use std::path::PathBuf;

use super::reading::{self, Learning};
use super::report::save;
use super::{Context, Failure, Outcome, files, problems};
use crate::read::{Content, Refusal};
use crate::report::annotate;

/// Arguments of `annotate`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// File to read
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Writes to a file, which appears whole or not at all [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    learning: Learning,
}

/// Runs the command.
///
/// # Errors
/// When the file cannot be read or the page cannot be written.
pub fn run(args: &Args, context: &Context) -> Result<Outcome, Failure> {
    let found = files::find(std::slice::from_ref(&args.file));
    if let Some((_, failure)) = found.missing.into_iter().next() {
        return Err(failure);
    }
    let [file] = &found.files[..] else {
        return Err(Failure::new("annotate 只读一个文件；请给出文件", "annotate reads one file; name a file"));
    };
    let mut papers = reading::papers(file);
    let first =
        papers.next().unwrap_or(Err(Refusal::Empty)).map_err(|refusal| problems::at(&file.path, refusal.into()))?;
    if papers.next().is_some() {
        return Err(Failure::new(
            "文件里有多篇文章，annotate 只显示一篇；请先解压或拆分",
            "the file holds several articles and annotate shows one; unpack or split it first",
        ));
    }
    let (key, hash, paper) = first;
    let Content::Text(source) = paper.content.clone() else {
        return Err(Failure::new(
            "台账没有正文可标注；请用 explain 查看其事实",
            "a ledger has no prose to mark; see its facts with explain",
        ));
    };
    let reading = args.learning.reader(context)?.read_paper(&key, hash, paper, None)?;
    save(&annotate(&source, &reading, context.lang), args.output.as_ref(), context)
}
