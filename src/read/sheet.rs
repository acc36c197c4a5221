//! Cells of a table as text, by row and column, few or many.

use std::collections::BTreeMap;

/// Most rows that a file may have.
pub(super) const MOST_ROWS: usize = 200_000;

/// Most cells of one row that are read.
const MOST_COLUMNS: u32 = 512;

/// Most characters of a cell that are read.
const LONGEST: usize = 10_000;

/// A table. Rows and columns count from 1.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sheet {
    /// Its name; empty where the file has only one, without a name.
    pub(super) name: String,
    /// Cells that hold text.
    pub(super) rows: BTreeMap<u32, BTreeMap<u32, String>>,
    /// Cells that take their text from another, as merged ones do: row and column to row and column.
    pub(super) merged: BTreeMap<(u32, u32), (u32, u32)>,
    /// True where rows were left out.
    pub(super) is_cut: bool,
}

impl Sheet {
    pub(super) fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// Sets a cell; blank ones, and those beyond the limits, are left out.
    pub(super) fn set(&mut self, row: u32, column: u32, text: &str) {
        let text = text.trim();
        if text.is_empty() || column > MOST_COLUMNS {
            return;
        }
        if self.rows.len() >= MOST_ROWS && !self.rows.contains_key(&row) {
            self.is_cut = true;
            return;
        }
        // Tabs and line breaks would part cells and rows of the text.
        let one_line: String = text.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
        self.rows.entry(row).or_default().insert(column, one_line);
    }

    /// Says that the cells of a range are one.
    pub(super) fn merge(&mut self, from: (u32, u32), to: (u32, u32)) {
        const MOST: u64 = 10_000;
        let area = u64::from(to.0.saturating_sub(from.0) + 1) * u64::from(to.1.saturating_sub(from.1) + 1);
        if area > MOST {
            return;
        }
        let cells = (from.0..=to.0).flat_map(|row| (from.1..=to.1).map(move |column| (row, column)));
        self.merged.extend(cells.filter(|cell| *cell != from).map(|cell| (cell, from)));
    }
}

/// A number as a person writes it.
pub(super) fn number(value: f64) -> String {
    let rounded = (value * 1e9).round() / 1e9;
    if rounded.abs() < 1e15 { format!("{rounded}") } else { format!("{value}") }
}
