//! Ledgers of projects and enterprises: rows of a table → the same things and statements that articles give.

mod columns;
mod facts;

pub use columns::{Columns, ColumnsError};

use super::sheet::Sheet;
use super::{Content, Meta, Paper, Refusal, Warning};
use crate::model::{Amount, Entity, Observation, Relation, Sentence};

/// What the rows of a file say.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ledger {
    /// The text of all cells: a tab between those of a row, a line a row.
    pub chars: Vec<char>,
    /// One a row.
    pub sentences: Vec<Sentence>,
    /// What the rows name, in order.
    pub entities: Vec<Entity>,
    /// Sums, one a cell.
    pub amounts: Vec<Amount>,
    /// What the rows say.
    pub relations: Vec<Relation>,
    /// Figures of columns with a unit.
    pub observations: Vec<Observation>,
}

/// How many rows may stand above the header.
const HEADER_WITHIN: usize = 20;

/// Most warnings about single cells.
const MOST_WARNINGS: usize = 20;

/// Reads the sheets of a file as one document.
pub(super) fn ledger(
    format: &'static str,
    encoding: &'static str,
    sheets: Vec<Sheet>,
    columns: &Columns,
) -> Result<Paper, Refusal> {
    let (mut facts, mut warnings, mut unknown) = (facts::Facts::default(), Vec::new(), Vec::new());
    let mut found = false;
    for sheet in sheets.iter().filter(|sheet| !sheet.rows.is_empty()) {
        if sheet.is_cut {
            warnings.push(Warning::Cut(super::sheet::MOST_ROWS as u32));
        }
        match header(sheet, columns) {
            Some(row) => {
                found = true;
                facts.sheet(sheet, row, columns, &mut warnings);
            }
            None => unknown.push((sheet.name.clone(), first_words(sheet))),
        }
    }
    if !found {
        let words = unknown.into_iter().map(|(_, words)| words).next();
        return Err(words.map_or(Refusal::Empty, Refusal::NoColumns));
    }
    let left_out = |(sheet, columns)| Warning::SheetLeftOut { sheet, columns };
    warnings.extend(unknown.into_iter().map(left_out));
    let (ledger, places) = facts.finish();
    Ok(Paper { format, encoding, content: Content::Ledger(ledger), meta: Meta::default(), places, warnings })
}

/// The row among the first that names most columns, one of them for what its rows are about.
fn header(sheet: &Sheet, columns: &Columns) -> Option<u32> {
    let known = |row: &u32| {
        let cells: Vec<&str> = sheet.rows[row].values().map(String::as_str).collect();
        columns.count(&cells)
    };
    let first = sheet.rows.keys().take(HEADER_WITHIN);
    let best = first.rev().map(|row| (known(row), *row)).max_by_key(|(count, _)| *count)?;
    (best.0 >= 2).then_some(best.1)
}

fn first_words(sheet: &Sheet) -> String {
    let words = sheet.rows.values().next().into_iter().flat_map(|row| row.values());
    words.take(8).map(|word| word.chars().take(12).collect::<String>()).collect::<Vec<_>>().join("、")
}

#[cfg(test)]
mod tests;
