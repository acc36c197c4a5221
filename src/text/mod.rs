//! Bytes to clean text with the way back: decoding, one clean character for each kept source character, torn lines
//! joined, newspaper furniture set apart, blocks, sentences, and the document's own date.

mod credit;
mod date;
mod dateline;
mod decode;
mod furniture;
mod layout;
mod lines;
mod markdown;
mod normalize;
mod published;
mod reflow;
mod sentence;
mod signs;
#[cfg(test)]
mod tests;
mod wrap;

pub use decode::{Decoded, TextError, decode};
pub use normalize::simplified;
pub use published::date_in;

use std::ops::Range;
use std::sync::Arc;

use crate::model::{CleanSpan, DateSource, PartialDate, SourceSpan};

/// The decoded source of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceText {
    /// Every character, byte order mark excluded.
    pub chars: Vec<char>,
    /// Name of the encoding found: `UTF-8`, `UTF-16LE`, `UTF-16BE`, `GB18030` or `Big5`.
    pub encoding: &'static str,
    /// BLAKE3 hash of the source bytes, 64 hexadecimal digits.
    pub hash: String,
}

/// What a stretch of text is on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BlockKind {
    /// The headline; at most one.
    Title,
    /// Any other headline: pre-title, sub-title, subhead.
    Heading,
    /// Running text.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// A row of a table, its cells parted by `|` or a tab.
    TableRow,
    /// What the page prints around the article: credits, captions, datelines, page marks.
    Furniture,
}

/// One block of the clean text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands. Never empty.
    pub span: CleanSpan,
}

/// An article as clean text, with the way back to its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// What was read.
    pub source: Arc<SourceText>,
    /// The clean text: narrow digits and signs, Simplified characters, torn lines joined. Blocks that stand on lines of
    /// their own are parted by `'\n'`; search block by block, since others touch.
    pub chars: Vec<char>,
    /// Blocks in text order, without overlaps.
    pub blocks: Vec<Block>,
    /// Sentences in text order; they cover every block but furniture and never cross a block.
    pub sentences: Vec<CleanSpan>,
    /// The headline.
    pub title: Option<CleanSpan>,
    /// The article's own date, as precise as it tells.
    pub published: Option<PartialDate>,
    /// What told that date.
    pub dated_by: Option<DateSource>,
    /// The place that a dateline names.
    pub dateline_place: Option<CleanSpan>,
    /// Source position of each clean character, strictly increasing.
    at: Vec<u32>,
}

/// Reads an article from bytes in any of the known encodings.
///
/// # Errors
/// When the bytes are empty, no text, or in no known encoding. Text of any content is read.
pub fn read(bytes: &[u8]) -> Result<Article, TextError> {
    let decoded = decode(bytes)?;
    Ok(read_chars(decoded.text.chars().collect(), decoded.encoding, blake3::hash(bytes).to_hex().to_string()))
}

/// Reads an article from text; any text will do, also an empty one.
pub fn read_str(text: &str) -> Article {
    read_chars(text.chars().collect(), "UTF-8", blake3::hash(text.as_bytes()).to_hex().to_string())
}

/// Reads an article from the characters of a source whose encoding and hash are known; see [`SourceText`].
pub fn read_chars(chars: Vec<char>, encoding: &'static str, hash: String) -> Article {
    let layout = layout::Layout::of(&lines::Lines::of(&chars));
    let title = layout.blocks.iter().find(|block| block.kind == BlockKind::Title).map(|block| block.span);
    let published = published::date(&layout.chars, &layout.blocks);
    Article {
        source: Arc::new(SourceText { chars, encoding, hash }),
        chars: layout.chars,
        blocks: layout.blocks,
        sentences: layout.sentences,
        title,
        published: published.map(|it| it.date),
        dated_by: published.map(|it| it.source),
        dateline_place: layout.place,
        at: layout.at,
    }
}

impl Article {
    /// The article in parts of at most `longest` characters, cut between sentences where it can be; each part leads back
    /// to the same source. Only the part that holds the headline has it.
    pub fn parts(self, longest: usize) -> Vec<Self> {
        if self.chars.len() <= longest.max(1) {
            return vec![self];
        }
        let mut parts = Vec::new();
        let (mut start, total) = (0, self.chars.len());
        while start < total {
            let furthest = (start + longest.max(1)).min(total);
            let next = self.sentences.partition_point(|s| s.start as usize <= furthest);
            let boundary = next.checked_sub(1).map_or(0, |at| self.sentences[at].start as usize);
            let end = if furthest == total || boundary <= start { furthest } else { boundary };
            parts.push(self.part(start..end));
            start = end;
        }
        parts
    }

    fn part(&self, range: Range<usize>) -> Self {
        let clipped = |span: CleanSpan| {
            let (start, end) = ((span.start as usize).max(range.start), (span.end as usize).min(range.end));
            (start < end).then(|| CleanSpan::new(start - range.start, end - range.start))
        };
        let whole = |span: CleanSpan| clipped(span).filter(|part| part.len() == span.len());
        let from = |spans: usize| spans.saturating_sub(1);
        let blocks = &self.blocks[from(self.blocks.partition_point(|b| (b.span.end as usize) <= range.start))..];
        let sentences = &self.sentences[from(self.sentences.partition_point(|s| (s.end as usize) <= range.start))..];
        let block = |block: &Block| clipped(block.span).map(|span| Block { span, ..*block });
        Self {
            source: Arc::clone(&self.source),
            chars: self.chars[range.clone()].to_vec(),
            blocks: blocks.iter().take_while(|b| (b.span.start as usize) < range.end).filter_map(block).collect(),
            sentences: sentences
                .iter()
                .take_while(|s| (s.start as usize) < range.end)
                .filter_map(|s| clipped(*s))
                .collect(),
            title: self.title.and_then(whole),
            published: self.published,
            dated_by: self.dated_by,
            dateline_place: self.dateline_place.and_then(whole),
            at: self.at[range].to_vec(),
        }
    }

    /// The stretch of the source from the first to the last character of a clean span. An empty span gives an empty
    /// stretch in front of the next character.
    pub fn source_span(&self, span: CleanSpan) -> SourceSpan {
        let place = |i: u32| self.at.get(i as usize).map_or(self.source.chars.len(), |&at| at as usize);
        let start = place(span.start);
        if span.is_empty() { SourceSpan::new(start, start) } else { SourceSpan::new(start, place(span.end - 1) + 1) }
    }

    /// The source text of a stretch, exactly as it stands.
    pub fn quote(&self, span: SourceSpan) -> String {
        self.source.chars[span.range()].iter().collect()
    }

    /// The source characters that a clean span's characters came from: original width and form, without the line breaks
    /// and blanks that the clean text leaves out. A kept blank is printed as a space.
    pub fn printed(&self, span: CleanSpan) -> String {
        let print = |&at: &u32| self.source.chars[at as usize];
        self.at[span.range()].iter().map(print).map(|c| if c.is_whitespace() { ' ' } else { c }).collect()
    }

    /// The clean text of a span.
    pub fn clean(&self, span: CleanSpan) -> String {
        self.chars[span.range()].iter().collect()
    }

    /// Index of the sentence with the clean character; between sentences the one before, at the beginning the first.
    pub fn sentence_at(&self, clean_index: usize) -> usize {
        self.sentences.partition_point(|span| span.start as usize <= clean_index).saturating_sub(1)
    }

    /// Index of the block with the clean character; between blocks the one before, at the beginning the first.
    pub fn block_at(&self, clean_index: usize) -> usize {
        self.blocks.partition_point(|block| block.span.start as usize <= clean_index).saturating_sub(1)
    }
}
