//! `parkgraph eval`: how well reading agrees with annotated documents.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

use super::reading::Learning;
use super::{Context, Failure, Outcome, output};
use crate::evaluate::{Annotated, Gold, HEADLINE, read_folder, score_documents};
use crate::message::Bilingual;
use crate::model::Reading;

/// Measure reading against annotated documents
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder in which each X.txt has its annotation X.json beside it
    #[arg(value_name = "FOLDER")]
    gold: PathBuf,
    /// List every miss and every wrong statement
    #[arg(long)]
    errors: bool,
    /// Print one line of scores for each document too
    #[arg(long)]
    documents: bool,
    /// Write the scores to this file as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Only these documents: d001,d002
    #[arg(long, value_name = "NAMES", value_delimiter = ',', conflicts_with = "range")]
    only: Vec<String>,
    /// Only the documents from one name to another, both included: d001..d015
    #[arg(long, value_name = "FIRST..LAST", value_parser = range)]
    range: Option<(String, String)>,
    /// Exit with status 1 if the headline is below this (0–1)
    #[arg(long, value_name = "SCORE")]
    min: Option<f64>,
    #[command(flatten)]
    learning: Learning,
}

/// Runs the command.
///
/// # Errors
/// When the folder holds no annotated documents of those names, or one of them cannot be read.
pub fn run(args: &Args, context: &Context) -> Result<Outcome, Failure> {
    let reader = args.learning.reader(context)?;
    let annotated = read_folder(&args.gold).map_err(|why| Failure::new(why.zh(), why.to_string()))?;
    let chosen: Vec<Annotated> = annotated.into_iter().filter(|it| args.chooses(&stem(it))).collect();
    if chosen.is_empty() {
        return Err(Failure::new(
            "文件夹中没有所选名称的文档；请检查 --only 或 --range",
            "the folder has no document of those names; check --only or --range",
        ));
    }
    let mut documents: Vec<(Gold, Reading)> = Vec::with_capacity(chosen.len());
    for it in chosen {
        let shown = it.path.display();
        let reading = reader
            .read(&format!("{}.txt", stem(&it)), &it.bytes)
            .map_err(|why| Failure::new(format!("{shown}：{}", why.zh()), format!("{shown}: {why}")))?;
        documents.push((it.gold, reading));
    }
    let table = score_documents(&documents);
    let mut out = output();
    writeln!(out, "{table}")?;
    if args.documents {
        write!(out, "{}", per_document(&documents))?;
    }
    if args.errors {
        table.errors.iter().try_for_each(|miss| writeln!(out, "{miss}"))?;
    }
    out.flush()?;
    if let Some(path) = &args.json {
        let json = serde_json::to_string_pretty(&table).map_err(std::io::Error::from)?;
        std::fs::write(path, json + "\n")?;
        let shown = path.display();
        context.note(&format!("分数已写入 {shown}"), &format!("scores are in {shown}"));
    }
    let low = args.min.is_some_and(|min| table.headline() < min);
    Ok(if low { Outcome::Partly } else { Outcome::Done })
}

impl Args {
    fn chooses(&self, name: &str) -> bool {
        let within = |(first, last): &(String, String)| first.as_str() <= name && name <= last.as_str();
        (self.only.is_empty() || self.only.iter().any(|it| it == name)) && self.range.as_ref().is_none_or(within)
    }
}

fn stem(it: &Annotated) -> String {
    it.path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Parses `FIRST..LAST`.
pub(super) fn range(text: &str) -> Result<(String, String), String> {
    match text.split_once("..") {
        Some((first, last)) if !first.is_empty() && !last.is_empty() => Ok((first.to_owned(), last.to_owned())),
        _ => Err("write two names with two dots between, such as d001..d015".to_owned()),
    }
}

/// One line for each document: its headline, then the rows of which that is the mean.
fn per_document(documents: &[(Gold, Reading)]) -> String {
    let mut lines = format!("{:22}{:>8}", "document", "headline");
    HEADLINE.iter().for_each(|row| lines.push_str(&format!("{row:>13}")));
    lines.push('\n');
    for document in documents {
        let table = score_documents(std::slice::from_ref(document));
        // Writing to a string cannot fail.
        let _ = write!(lines, "{:22}{:8.3}", document.0.id, table.headline());
        for row in HEADLINE {
            let _ = write!(lines, "{:13.3}", table.row(row).f1());
        }
        lines.push('\n');
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        assert_eq!(range("d001..d015"), Ok(("d001".to_owned(), "d015".to_owned())));
        for wrong in ["", "d001", "..", "d001..", "..d015"] {
            assert!(range(wrong).is_err(), "{wrong}");
        }
    }
}
