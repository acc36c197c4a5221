//! Tables as text: CSV with commas, semicolons or tabs.

use super::ledger::{Columns, ledger};
use super::sheet::Sheet;
use super::{Action, Format, Head, Paper, Refusal, Settings};
use crate::text::decode;

const SIGNS: [u8; 3] = [b',', b'\t', b';'];

/// Ledgers in CSV.
pub(super) struct Csv;

impl Format for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn media_type(&self) -> &'static str {
        "text/csv"
    }

    fn most_bytes(&self) -> u64 {
        256 << 20
    }

    fn fits(&self, head: &Head<'_>) -> bool {
        head.is_named(&["csv", "tsv"]) || decode(head.first(OPENING)).is_ok_and(|decoded| is_table(&decoded.text))
    }

    fn action(&self) -> Action {
        Action::Document(read)
    }
}

/// Bytes in which the first rows of a table stand.
const OPENING: usize = 8 << 10;

/// True when the first lines have equally many cells and the first of them names known columns.
fn is_table(text: &str) -> bool {
    const LINES: usize = 4;
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(LINES).collect();
    let Some(first) = lines.first().filter(|_| lines.len() >= 2) else { return false };
    SIGNS.iter().any(|&sign| {
        let count = |line: &str| line.bytes().filter(|&byte| byte == sign).count();
        let cells: Vec<&str> = first.split(sign as char).collect();
        count(first) >= 2 && lines.iter().all(|line| count(line) == count(first)) && Columns::default().knows(&cells)
    })
}

fn read(bytes: &[u8], settings: &Settings) -> Result<Paper, Refusal> {
    let decoded = decode(bytes)?;
    let first = decoded.text.lines().take(20).collect::<Vec<_>>().join("\n");
    let count = |sign: &u8| first.bytes().filter(|byte| byte == sign).count();
    // Of equals the first counts.
    let sign = SIGNS.into_iter().rev().max_by_key(count).unwrap_or(b',');
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(sign)
        .flexible(true)
        .has_headers(false)
        .from_reader(decoded.text.as_bytes());
    let mut sheet = Sheet::default();
    for (row, record) in reader.records().enumerate() {
        let record = record.map_err(|_| Refusal::Broken("CSV"))?;
        record.iter().enumerate().for_each(|(column, text)| sheet.set(row as u32 + 1, column as u32 + 1, text));
        if sheet.is_cut {
            break;
        }
    }
    ledger("csv", decoded.encoding, vec![sheet], &settings.columns)
}
