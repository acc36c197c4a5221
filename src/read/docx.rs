//! Word documents: paragraphs, and tables as rows.

use std::io::Cursor;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, Event};
use zip::ZipArchive;

use super::bytes::within;
use super::compose::{Text, row, tidy};
use super::{Action, Content, Format, Head, Meta, Paper, Refusal, Settings};
use crate::model::Place;

/// Most bytes of the unpacked text with its marks.
const MOST: u64 = 256 << 20;

/// The part of the archive with the text.
const TEXT: &str = "word/document.xml";

/// Word documents since 2007.
pub(super) struct Docx;

impl Format for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn media_type(&self) -> &'static str {
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    }

    fn most_bytes(&self) -> u64 {
        256 << 20
    }

    fn fits(&self, head: &Head<'_>) -> bool {
        head.has(TEXT)
    }

    fn action(&self) -> Action {
        Action::Document(read)
    }

    fn is_intricate(&self) -> bool {
        true
    }
}

const BROKEN: Refusal = Refusal::Broken("DOCX");

fn read(bytes: &[u8], _: &Settings) -> Result<Paper, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| BROKEN)?;
    let part = archive.by_name(TEXT).map_err(|_| BROKEN)?;
    let xml =
        within(part, MOST).map_err(|refusal| if matches!(refusal, Refusal::Disk(_)) { BROKEN } else { refusal })?;
    let text = text(&xml)?;
    if text.chars.iter().all(|c| c.is_whitespace()) {
        return Err(Refusal::Empty);
    }
    Ok(Paper {
        format: "docx",
        encoding: "UTF-8",
        content: Content::Text(text.chars),
        meta: Meta::default(),
        places: text.places,
        warnings: Vec::new(),
    })
}

/// What is open while the text is read.
#[derive(Default)]
struct Open {
    out: Text,
    /// Text of the paragraph.
    line: String,
    in_text: bool,
    /// Paragraphs so far, outside tables.
    paragraphs: u32,
    /// Tables so far, and how many are open.
    tables: u32,
    depth: u32,
    /// Row of the outermost open table, and its cells.
    row: u32,
    cells: Vec<String>,
    /// Alternatives of what was read already that are open.
    fallback: u32,
}

fn text(xml: &[u8]) -> Result<Text, Refusal> {
    let mut reader = Reader::from_reader(xml);
    reader.config_mut().check_end_names = false;
    let mut open = Open::default();
    loop {
        match reader.read_event().map_err(|_| BROKEN)? {
            Event::Start(tag) => open.start(tag.local_name().as_ref()),
            Event::Empty(tag) => {
                open.start(tag.local_name().as_ref());
                open.end(tag.local_name().as_ref());
            }
            Event::End(tag) => open.end(tag.local_name().as_ref()),
            Event::Text(text) if open.in_text => open.line.push_str(&text),
            Event::CData(text) if open.in_text => open.line.push_str(&text),
            Event::GeneralRef(name) if open.in_text => open.line.extend(character(&name)),
            Event::Eof => return Ok(open.out),
            _ => {}
        }
    }
}

fn character(name: &BytesRef<'_>) -> Option<char> {
    name.resolve_char_ref().ok().flatten().or(match name.as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    })
}

impl Open {
    fn start(&mut self, name: &str) {
        match name {
            "Fallback" => self.fallback += 1,
            "t" => self.in_text = self.fallback == 0,
            "tab" | "br" | "cr" if self.fallback == 0 => self.line.push(' '),
            "tbl" => {
                self.paragraph();
                self.depth += 1;
                if self.depth == 1 {
                    (self.tables, self.row) = (self.tables + 1, 0);
                }
            }
            "tc" if self.depth == 1 => self.cells.push(String::new()),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "Fallback" => self.fallback = self.fallback.saturating_sub(1),
            "t" => self.in_text = false,
            "p" => self.paragraph(),
            "tr" if self.depth == 1 => self.row(),
            "tbl" => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }

    /// Ends a paragraph: within a table it goes to the cell.
    fn paragraph(&mut self) {
        let line = tidy(&std::mem::take(&mut self.line));
        if line.is_empty() {
            return;
        }
        match self.cells.last_mut().filter(|_| self.depth > 0) {
            Some(cell) => {
                if !cell.is_empty() {
                    cell.push(' ');
                }
                cell.push_str(&line);
            }
            None => {
                self.paragraphs += 1;
                self.out.paragraph(&line, Place::Paragraph(self.paragraphs));
            }
        }
    }

    fn row(&mut self) {
        let cells = std::mem::take(&mut self.cells);
        self.row += 1;
        if cells.iter().all(String::is_empty) {
            return;
        }
        let place = Place::Row { table: self.tables, row: self.row };
        if let [only] = cells.as_slice() {
            // A table of one cell only frames its text.
            self.out.paragraph(only, place);
        } else if self.row == 1 {
            self.out.paragraph(&row(&cells), place);
        } else {
            self.out.line(&row(&cells), place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_and_rows_come_out_in_order() {
        let xml = "<w:document><w:body><w:p><w:r><w:t>标题</w:t></w:r></w:p><w:p/>\
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>项目</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>A&amp;B</w:t></w:r></w:p>\
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>内</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>\
            <w:p><w:r><w:delText>删</w:delText><w:t xml:space=\"preserve\">总投资</w:t><w:tab/><w:t>3亿元</w:t></w:r></w:p></w:body></w:document>";
        let text = text(xml.as_bytes()).expect("XML");
        assert_eq!(text.chars.iter().collect::<String>(), "标题\n\n| 项目 | A&B 内 |\n\n总投资 3亿元");
        let place = |at| text.places.of(crate::model::SourceSpan::new(at, at + 1)).unwrap_or_default();
        assert_eq!([place(0), place(5), place(23)], ["paragraph=1", "table=1,row=1", "paragraph=2"]);
    }
}
