//! `annotate`: an article with its things and facts marked, as one HTML file.

use std::fs;
use std::path::PathBuf;

use super::reading::Learning;
use super::report::save;
use super::{Context, Failure, Outcome, files};
use crate::reader::ReadError;
use crate::report::annotate;
use crate::text;

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
    let bytes = fs::read(&file.path)?;
    let reading = args.learning.reader(context)?.read(&file.key, &bytes)?;
    let article = text::read(&bytes).map_err(ReadError::from)?;
    save(&annotate(&article.source.chars, &reading, context.lang), args.output.as_ref(), context)
}
