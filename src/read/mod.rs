//! Files as people have them → the documents in them: one file a format, one table, chosen by content.
//!
//! A file is either one document or a container of several. Documents come out as [`Paper`]s: text, or the rows of a
//! ledger, with the way back to the file and what its head says. Nothing here extracts facts from prose.

mod archive;
mod bytes;
mod compose;
mod credit;
mod csv;
mod dates;
mod docx;
mod fault;
mod html;
mod json;
pub mod ledger;
mod markdown;
mod pdf;
mod plain;
mod sheet;
mod warc;
mod watch;
mod workbook;

pub use bytes::{Head, Piece, Pieces, Source};
pub use credit::credits;
pub use dates::in_name;
pub use fault::{Refusal, Warning};
pub use ledger::{Columns, ColumnsError, Ledger};
pub use watch::{THREAD as WATCHED_THREAD, limit, paper_in_time};

use std::time::Duration;

use crate::model::{PartialDate, Place, Places};

/// One document taken out of a file, not yet read for facts.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// Name of the format.
    pub format: &'static str,
    /// Name of the character encoding found.
    pub encoding: &'static str,
    /// What it says.
    pub content: Content,
    /// What its head says of it.
    pub meta: Meta,
    /// Places of the text in the terms of the file; empty where characters are its own terms.
    pub places: Places,
    /// What was odd or is missing.
    pub warnings: Vec<Warning>,
}

/// What a document says.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Prose, in characters; positions count these.
    Text(Vec<char>),
    /// Rows of a ledger.
    Ledger(Ledger),
}

/// What the head of a document says of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Meta {
    /// Headline.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<PartialDate>,
    /// Paper or site that published it.
    pub publisher: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Its original address.
    pub address: Option<String>,
}

impl Meta {
    /// Fills what is missing from `other`.
    pub fn or(self, other: Self) -> Self {
        Self {
            title: self.title.or(other.title),
            published: self.published.or(other.published),
            publisher: self.publisher.or(other.publisher),
            author: self.author.or(other.author),
            address: self.address.or(other.address),
        }
    }
}

/// A way to read files.
pub trait Format: Sync {
    /// Its name in results.
    fn name(&self) -> &'static str;

    /// Media type, as `dcterms:format` tells it.
    fn media_type(&self) -> &'static str;

    /// Most bytes that one file may have, so that memory stays bounded.
    fn most_bytes(&self) -> u64;

    /// True for a file that begins so.
    fn fits(&self, head: &Head<'_>) -> bool;

    /// What the format does with a file.
    fn action(&self) -> Action;

    /// True for a format whose reader may take long for few bytes.
    fn is_intricate(&self) -> bool {
        false
    }
}

/// What a format does with a file.
#[derive(Clone, Copy)]
pub enum Action {
    /// Takes the one document out of it.
    Document(fn(&[u8], &Settings) -> Result<Paper, Refusal>),
    /// Lists the pieces in it, one after the other.
    Container(fn(Source, &str) -> Result<Pieces, Refusal>),
}

/// What a user may set.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Words of ledger headers and what they mean.
    pub columns: Columns,
    /// How long taking the document out of one file may take; see [`paper_in_time`].
    pub limit: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self { columns: Columns::default(), limit: LIMIT }
    }
}

/// How long it may take unless something else is set.
pub const LIMIT: Duration = Duration::from_secs(120);

/// Most characters of one document, so that memory stays bounded: a hundred thick books; of what had to be taken out of
/// markup thirty.
const MOST_CHARACTERS: usize = 64 << 20;
const MOST_MARKED_UP: usize = 16 << 20;

/// The table of formats; the first that fits reads the file.
pub static FORMATS: [&dyn Format; 11] = [
    &pdf::Pdf,
    &docx::Docx,
    &workbook::Xlsx,
    &workbook::Xls,
    &archive::Zip,
    &warc::Warc,
    &json::Json,
    &html::Html,
    &csv::Csv,
    &markdown::Markdown,
    &plain::Plain,
];

/// The format that reads a file; `Plain` takes what no other does.
pub fn format_of(head: &Head<'_>) -> &'static dyn Format {
    FORMATS.into_iter().find(|format| format.fits(head)).unwrap_or(&plain::Plain)
}

/// The format with that name.
pub fn format_named(name: &str) -> Option<&'static dyn Format> {
    FORMATS.into_iter().find(|format| format.name() == name)
}

/// Takes the document out of the bytes of a file that is one. A reader that panics costs only its file.
///
/// # Errors
/// When the bytes cannot be read as the format that they begin as.
pub fn paper(bytes: &[u8], piece: &Piece, settings: &Settings) -> Result<Paper, Refusal> {
    let format = piece.format.unwrap_or_else(|| format_of(&Head::of(bytes, &piece.name)));
    if bytes.len() as u64 > format.most_bytes() {
        return Err(Refusal::TooLarge { most: format.most_bytes() });
    }
    let Action::Document(read) = format.action() else { return Err(Refusal::Nested) };
    let isolated = std::panic::AssertUnwindSafe(|| read(bytes, settings));
    let mut paper = std::panic::catch_unwind(isolated).unwrap_or(Err(Refusal::Broken(format.name())))?;
    let most = if format.media_type().starts_with("text/plain") { MOST_CHARACTERS } else { MOST_MARKED_UP };
    if matches!(&paper.content, Content::Text(chars) if chars.len() > most) {
        return Err(Refusal::TooLong { most });
    }
    if let (Some(title), Content::Text(chars)) = (&piece.meta.title, &mut paper.content)
        && paper.places.is_empty()
    {
        put_title(title, chars, &mut paper.places);
    }
    paper.meta = piece.meta.clone().or(paper.meta);
    Ok(paper)
}

/// Puts the headline of a record in front of its text, unless it stands there.
fn put_title(title: &str, chars: &mut Vec<char>, places: &mut Places) {
    let begins = chars.iter().filter(|c| !c.is_whitespace()).take(title.chars().count());
    if begins.eq(title.chars().filter(|c| !c.is_whitespace()).collect::<Vec<_>>().iter()) {
        return;
    }
    let mut whole: Vec<char> = title.chars().collect();
    places.push(0, Place::Field("title"));
    whole.extend(['\n', '\n']);
    places.push(whole.len() as u32, Place::Field("text"));
    whole.append(chars);
    *chars = whole;
}

#[cfg(test)]
mod tests;
