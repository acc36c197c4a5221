//! Spreadsheets of Excel: XLSX, and XLS of before 2007.

use std::io::{Cursor, Read as _, sink};

use calamine::{Data, DataRef, Dimensions, Reader, Xls as OldBook, XlsError, Xlsx as Book};
use zip::ZipArchive;

use super::ledger::ledger;
use super::sheet::{Sheet, number};
use super::{Action, Format, Head, Paper, Refusal, Settings};

/// Most bytes of one unpacked part of a workbook.
const MOST: u64 = 512 << 20;

/// How much deflated bytes swell at most.
const SWELL: u64 = 1032;

/// Workbooks since 2007.
pub(super) struct Xlsx;

impl Format for Xlsx {
    fn name(&self) -> &'static str {
        "xlsx"
    }

    fn media_type(&self) -> &'static str {
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    }

    fn most_bytes(&self) -> u64 {
        256 << 20
    }

    fn fits(&self, head: &Head<'_>) -> bool {
        head.has("xl/workbook.xml") || head.is_zip() && head.is_named(&["xlsx"])
    }

    fn action(&self) -> Action {
        Action::Document(read)
    }

    fn is_intricate(&self) -> bool {
        true
    }
}

const BROKEN: Refusal = Refusal::Broken("XLSX");

fn read(bytes: &[u8], settings: &Settings) -> Result<Paper, Refusal> {
    check(bytes)?;
    let mut book = Book::new(Cursor::new(bytes)).map_err(|_| BROKEN)?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let mut sheet = Sheet::named(&name);
        // A chart has no cells.
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
        while let Some(cell) = cells.next_cell().map_err(|_| BROKEN)? {
            let (row, column) = cell.get_position();
            if let Some(text) = shown(cell.get_value()) {
                sheet.set(row.saturating_add(1), column.saturating_add(1), &text);
            }
        }
        drop(cells);
        merge(&mut sheet, &book.merge_cells_by_sheet_name(&name).unwrap_or_default());
        sheets.push(sheet);
    }
    ledger("xlsx", "UTF-8", sheets, &settings.columns)
}

/// Refuses bombs before they are unpacked in memory.
fn check(bytes: &[u8]) -> Result<(), Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| BROKEN)?;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| BROKEN)?;
        if part.encrypted() {
            return Err(Refusal::Encrypted("XLSX"));
        }
        if part.compressed_size().saturating_mul(SWELL) <= MOST {
            continue;
        }
        let length = std::io::copy(&mut part.take(MOST + 1), &mut sink()).map_err(|_| BROKEN)?;
        if length > MOST {
            return Err(Refusal::Bomb { most: MOST });
        }
    }
    Ok(())
}

fn shown(value: &DataRef<'_>) -> Option<String> {
    match value {
        DataRef::Float(value) => Some(number(*value)),
        DataRef::Int(value) => Some(value.to_string()),
        DataRef::String(text) => Some(text.clone()),
        DataRef::SharedString(text) => Some((*text).to_owned()),
        DataRef::DateTime(date) => Some(day(date.to_ymd_hms_milli())),
        DataRef::DateTimeIso(text) => Some(text.clone()),
        _ => None,
    }
}

fn day((year, month, day, ..): (u16, u8, u8, u8, u8, u8, u16)) -> String {
    format!("{year}-{month:02}-{day:02}")
}

fn merge(sheet: &mut Sheet, ranges: &[Dimensions]) {
    let cell = |(row, column): (u32, u32)| (row.saturating_add(1), column.saturating_add(1));
    ranges.iter().for_each(|range| sheet.merge(cell(range.start), cell(range.end)));
}

/// Workbooks of before 2007, and other files in the same container.
pub(super) struct Xls;

impl Format for Xls {
    fn name(&self) -> &'static str {
        "xls"
    }

    fn media_type(&self) -> &'static str {
        "application/vnd.ms-excel"
    }

    fn most_bytes(&self) -> u64 {
        64 << 20
    }

    fn fits(&self, head: &Head<'_>) -> bool {
        head.bytes().starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    }

    fn action(&self) -> Action {
        Action::Document(read_old)
    }

    fn is_intricate(&self) -> bool {
        true
    }
}

fn read_old(bytes: &[u8], settings: &Settings) -> Result<Paper, Refusal> {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|window| window == wide)
    };
    if holds("EncryptedPackage") {
        return Err(Refusal::Encrypted("Office"));
    }
    if holds("WordDocument") {
        return Err(Refusal::OldWord);
    }
    let mut book = OldBook::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => Refusal::Encrypted("XLS"),
        _ => Refusal::Broken("XLS"),
    })?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let mut sheet = Sheet::named(&name);
        let Ok(range) = book.worksheet_range(&name) else { continue };
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            if let Some(text) = shown_old(value) {
                sheet.set(top + row as u32 + 1, left + column as u32 + 1, &text);
            }
        }
        merge(&mut sheet, &book.merge_cells_by_sheet_name(&name).unwrap_or_default());
        sheets.push(sheet);
    }
    ledger("xls", "UTF-8", sheets, &settings.columns)
}

fn shown_old(value: &Data) -> Option<String> {
    match value {
        Data::Float(value) => Some(number(*value)),
        Data::Int(value) => Some(value.to_string()),
        Data::String(text) | Data::DateTimeIso(text) => Some(text.clone()),
        Data::DateTime(date) => Some(day(date.to_ymd_hms_milli())),
        _ => None,
    }
}
