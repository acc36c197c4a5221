//! `parkgraph train`: annotated documents → a file of weights.

use std::path::{Path, PathBuf};

use super::{Context, Failure, Outcome};
use crate::evaluate::{read_folder, score_documents};
use crate::lexicon::Lexicon;
use crate::text;
use crate::training::{Lesson, cross_validated, train};

/// Learn weights from annotated documents
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  parkgraph train gold/train gold/seeds -o weights/parkgraph.weights
  parkgraph train gold/dev --leave d016..d030 -o own.weights
  parkgraph train gold/train gold/dev --folds 5")]
pub struct Args {
    /// Folders in which each X.txt has its annotation X.json beside it
    #[arg(value_name = "FOLDER", required = true)]
    gold: Vec<PathBuf>,
    /// Where the weights are written
    #[arg(short, long, value_name = "FILE", required_unless_present = "folds")]
    output: Option<PathBuf>,
    /// Score by cross-validation over the documents, in so many folds; the network takes no part, as it has seen them
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(2..=20))]
    folds: Option<u8>,
    /// Leave these documents out: the first and the last name of a range
    #[arg(long, value_name = "FIRST..LAST", value_parser = super::eval::range)]
    leave: Option<(String, String)>,
}

/// Runs the command.
///
/// # Errors
/// When a folder holds no annotated documents, one cannot be read, or the weights cannot be written.
pub fn run(args: &Args, context: &Context) -> Result<Outcome, Failure> {
    let mut lessons = Vec::new();
    for folder in &args.gold {
        lessons.extend(read_lessons(folder, args)?);
    }
    let count = lessons.len();
    let borrowed: Vec<&Lesson> = lessons.iter().collect();
    if let Some(folds) = args.folds {
        context.note(
            &format!("对 {count} 篇标注文章做 {folds} 折交叉验证"),
            &format!("cross-validating {count} annotated articles in {folds} folds"),
        );
        let readings = cross_validated(&borrowed, Lexicon::shared(), folds.into());
        let documents: Vec<_> = lessons.iter().map(|lesson| lesson.gold.clone()).zip(readings).collect();
        super::print(&format!("{}\n", score_documents(&documents)))?;
    }
    if let Some(output) = &args.output {
        context.note(&format!("从 {count} 篇标注文章学习"), &format!("learning from {count} annotated articles"));
        write(output, &train(&borrowed, Lexicon::shared()).to_weights().to_bytes(), context)?;
    }
    Ok(Outcome::Done)
}

fn write(output: &Path, weights: &[u8], context: &Context) -> Result<(), Failure> {
    let written = output.with_extension("partial");
    std::fs::write(&written, weights)?;
    std::fs::rename(&written, output)?;
    let (shown, bytes) = (output.display(), weights.len());
    context.note(&format!("权重已写入 {shown}（{bytes} 字节）"), &format!("weights are in {shown} ({bytes} bytes)"));
    Ok(())
}

fn read_lessons(folder: &Path, args: &Args) -> Result<Vec<Lesson>, Failure> {
    let annotated = read_folder(folder).map_err(|why| Failure::new(why.zh(), why.to_string()))?;
    let left_out =
        |name: &str| args.leave.as_ref().is_some_and(|(first, last)| first.as_str() <= name && name <= last.as_str());
    let mut lessons = Vec::new();
    for it in annotated.into_iter().filter(|it| !left_out(&it.gold.id)) {
        let shown = it.path.display().to_string();
        let article =
            text::read(&it.bytes).map_err(|why| Failure::new(format!("{shown}：{why}"), format!("{shown}: {why}")))?;
        lessons.push(Lesson { gold: it.gold, article });
    }
    Ok(lessons)
}
