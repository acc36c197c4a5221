//! Where a document comes from: its format, its publisher, and how positions in its text are told in its own terms.

use std::fmt;

use super::SourceSpan;

/// How a document was read, and what its file says of it beside the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// Name of the format, such as `html`; empty for bare text.
    pub format: &'static str,
    /// Paper or site that published it.
    pub publisher: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Its original address.
    pub address: Option<String>,
    /// What told the date of the document.
    pub dated_by: Option<DateSource>,
    /// Places of the text in the terms of the file; empty where characters are its own terms.
    pub places: Places,
}

/// What told the date of a document, surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateSource {
    /// The head of the file: metadata, front matter, a field.
    Header,
    /// A date that the page prints around the article.
    Dateline,
    /// The name of the file or its folders.
    FileName,
    /// What the article tells of its time.
    Text,
}

impl DateSource {
    /// Its name in results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Dateline => "dateline",
            Self::FileName => "file name",
            Self::Text => "text",
        }
    }
}

/// A place in the terms of a file; all numbers count from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A line of a page, in reading order.
    Line {
        /// Number of the page.
        page: u32,
        /// Number of the line on it.
        line: u32,
    },
    /// A paragraph.
    Paragraph(u32),
    /// A field of a record.
    Field(&'static str),
    /// A row of a table.
    Row {
        /// Number of the table.
        table: u32,
        /// Number of its row.
        row: u32,
    },
    /// A cell of a spreadsheet.
    Cell {
        /// Name of the sheet; empty where the file has only one, without a name.
        sheet: String,
        /// Number of the column.
        column: u32,
        /// Number of the row.
        row: u32,
    },
}

impl fmt::Display for Place {
    /// `page=2,line=14`, `paragraph=7`, `table=1,row=3`, `项目!B3`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line { page, line } => write!(f, "page={page},line={line}"),
            Self::Paragraph(number) => write!(f, "paragraph={number}"),
            Self::Field(name) => f.write_str(name),
            Self::Row { table, row } => write!(f, "table={table},row={row}"),
            Self::Cell { sheet, column, row } if sheet.is_empty() => write!(f, "{}{row}", letters(*column)),
            Self::Cell { sheet, column, row } => write!(f, "{sheet}!{}{row}", letters(*column)),
        }
    }
}

/// The name of a column: `A` … `Z`, `AA` …
fn letters(column: u32) -> String {
    let (mut rest, mut name) = (column, Vec::new());
    while rest > 0 {
        name.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    name.iter().rev().map(|&letter| letter as char).collect()
}

/// Places of a text: each holds from its character to the next one's.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places(Vec<(u32, Place)>);

impl Places {
    /// Says that the text from character `start` on stands at `place`. Starts must not fall.
    pub fn push(&mut self, start: u32, place: Place) {
        debug_assert!(self.0.last().is_none_or(|(last, _)| *last <= start));
        self.0.push((start, place));
    }

    /// True when nothing is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The place of a stretch; first and last joined by `–` where they differ.
    pub fn of(&self, span: SourceSpan) -> Option<String> {
        let first = self.at(span.start)?;
        let last = self.at(span.end.saturating_sub(1).max(span.start))?;
        Some(if first == last { first.to_string() } else { format!("{first}–{last}") })
    }

    fn at(&self, character: u32) -> Option<&Place> {
        let after = self.0.partition_point(|(start, _)| *start <= character);
        Some(&self.0[after.checked_sub(1)?].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_in_the_terms_of_the_file() {
        let mut places = Places::default();
        places.push(0, Place::Line { page: 2, line: 14 });
        places.push(10, Place::Paragraph(7));
        places.push(20, Place::Row { table: 1, row: 3 });
        places.push(30, Place::Cell { sheet: "项目".to_owned(), column: 2, row: 3 });
        places.push(40, Place::Cell { sheet: String::new(), column: 703, row: 9 });
        for (start, end, expected) in [
            (0, 10, "page=2,line=14"),
            (9, 12, "page=2,line=14–paragraph=7"),
            (25, 26, "table=1,row=3"),
            (30, 30, "项目!B3"),
            (44, 99, "AAA9"),
        ] {
            assert_eq!(places.of(SourceSpan::new(start, end)).as_deref(), Some(expected));
        }
        assert_eq!(Places::default().of(SourceSpan::new(0, 3)), None);
    }
}
