//! What became of each document: for people a table, for programs a line of JSON each.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use comfy_table::{ContentArrangement, presets};
use serde::Serialize;

use super::reading::{Done, Outcome};
use super::{Context, Failure, output};
use crate::message::Bilingual;
use crate::model::Reading;

/// Most warnings that are told on the way; all stand in the results.
const MOST_TOLD: usize = 20;

/// Form of the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// A table
    Table,
    /// One JSON object a document
    Json,
}

/// What became of one document.
#[derive(Debug, Clone, Serialize)]
struct Row {
    document: String,
    path: String,
    status: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    format: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    encoding: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dated_by: Option<&'static str>,
    facts: usize,
    warnings: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// The results of a run, as they come in.
pub(super) struct Results {
    form: Option<Form>,
    rows: Vec<Row>,
    refused: Vec<Row>,
    told: usize,
    /// Documents of which a part could not be read.
    pub(super) losses: usize,
}

impl Results {
    /// Begins; without a form only what was refused is kept.
    pub(super) fn new(form: Option<Form>) -> Self {
        Self { form, rows: Vec::new(), refused: Vec::new(), told: 0, losses: 0 }
    }

    /// Notes what became of a document, and tells the first warnings.
    pub(super) fn add(&mut self, done: &Done, context: &Context) -> Result<(), Failure> {
        let row = row(done, context);
        if let Outcome::Read(_, warnings) = &done.outcome {
            self.losses += usize::from(warnings.iter().any(crate::read::Warning::is_loss));
            for warning in &row.warnings {
                self.told += 1;
                if self.told <= MOST_TOLD {
                    let told = format!("{}: {warning}", row.path);
                    context.note(&told, &told);
                }
            }
        }
        if row.reason.is_some() {
            self.refused.push(row.clone());
        }
        match self.form {
            Some(Form::Json) => {
                let mut out = output();
                writeln!(out, "{}", line(&row))?;
                out.flush()?;
            }
            Some(Form::Table) => self.rows.push(row),
            None => {}
        }
        Ok(())
    }

    /// Prints the table, writes the list of what was refused, and counts the warnings that were not told.
    pub(super) fn finish(self, quarantine: Option<&Path>, context: &Context) -> Result<(), Failure> {
        if self.told > MOST_TOLD {
            let more = self.told - MOST_TOLD;
            context.note(
                &format!("另有 {more} 条提醒；用 --results json 查看全部"),
                &format!("{more} more warnings; see all with --results json"),
            );
        }
        if let Some(path) = quarantine {
            let lines: String = self.refused.iter().map(|row| line(row) + "\n").collect();
            fs::write(path, lines).map_err(|error| unwritable(path, &error))?;
        }
        if self.form == Some(Form::Table) {
            super::print(&format!("{}\n", table(&self.rows, context)))?;
        }
        Ok(())
    }
}

fn unwritable(path: &Path, error: &std::io::Error) -> Failure {
    let shown = path.display();
    Failure::new(
        format!("无法写入 {shown}（{error}）；请换一个位置"),
        format!("cannot write {shown} ({error}); choose another place"),
    )
}

fn line(row: &Row) -> String {
    // The fields are strings, numbers and lists, which always serialize.
    serde_json::to_string(row).unwrap_or_default()
}

fn row(done: &Done, context: &Context) -> Row {
    let path = |path: &PathBuf| path.to_string_lossy().into_owned();
    let empty = Row {
        document: done.key.clone(),
        path: path(&done.path),
        status: "unchanged",
        format: "",
        encoding: "",
        date: None,
        dated_by: None,
        facts: 0,
        warnings: Vec::new(),
        reason: None,
    };
    match &done.outcome {
        Outcome::Skipped => empty,
        Outcome::Failed(refusal) => {
            let status = if done.named || !refusal.is_foreign() { "failed" } else { "skipped" };
            Row { status, reason: Some(refusal.text(context.lang)), ..empty }
        }
        Outcome::Read(reading, warnings) => {
            let document = &reading.document;
            Row {
                status: "read",
                format: document.origin.format,
                encoding: document.encoding,
                date: document.published.map(|date| date.to_string()),
                dated_by: document.origin.dated_by.map(|it| it.name()),
                facts: facts(reading),
                warnings: warnings.iter().map(|warning| warning.text(context.lang)).collect(),
                ..empty
            }
        }
    }
}

/// Number of facts that a document states.
pub(super) fn facts(reading: &Reading) -> usize {
    reading.entities.len()
        + reading.amounts.len()
        + reading.groups.len()
        + reading.relations.len()
        + reading.observations.len()
}

fn table(rows: &[Row], context: &Context) -> comfy_table::Table {
    let mut drawn = comfy_table::Table::new();
    drawn.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    drawn.set_header(match context.lang {
        crate::message::Lang::Zh => ["文档", "结果", "格式", "编码", "日期", "依据", "事实", "提醒"],
        crate::message::Lang::En => ["document", "status", "format", "encoding", "date", "by", "facts", "warnings"],
    });
    for row in rows {
        let said = row.reason.iter().chain(&row.warnings).cloned().collect::<Vec<_>>().join("\n");
        let date = row.date.clone().unwrap_or_default();
        let count = if row.status == "read" { row.facts.to_string() } else { String::new() };
        let by = row.dated_by.unwrap_or_default();
        drawn.add_row([&row.document, row.status, row.format, row.encoding, &date, by, &count, &said]);
    }
    drawn
}
