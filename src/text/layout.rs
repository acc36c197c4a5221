//! Lines and their fates to clean text, blocks and sentences.

use super::dateline;
use super::furniture;
use super::lines::{Line, Lines, NO_BREAK};
use super::markdown::Mark;
use super::normalize::{is_narrow, is_wide};
use super::reflow::{self, Fate};
use super::{Block, BlockKind, sentence, signs};
use crate::model::CleanSpan;

/// Everything of an article that comes from its layout.
#[derive(Default)]
pub(super) struct Layout {
    /// Clean text; blocks that stand on lines of their own are parted by `'\n'`.
    pub(super) chars: Vec<char>,
    /// Source position of each clean character, strictly increasing.
    pub(super) at: Vec<u32>,
    /// Blocks in text order.
    pub(super) blocks: Vec<Block>,
    /// Sentences in text order.
    pub(super) sentences: Vec<CleanSpan>,
    /// Place of the first dateline that has one.
    pub(super) place: Option<CleanSpan>,
}

impl Layout {
    /// Lays out all lines.
    pub(super) fn of(lines: &Lines) -> Self {
        let fates = reflow::fates(lines);
        let size = lines.chars.len() + lines.lines.len();
        let mut layout = Self { chars: Vec::with_capacity(size), at: Vec::with_capacity(size), ..Self::default() };
        let mut first = 0;
        while first < fates.len() {
            let next = (first + 1..fates.len()).find(|&i| matches!(fates[i], Fate::Begins | Fate::Furniture));
            let end = next.unwrap_or(fates.len());
            layout.piece(lines, &fates, first..end);
            first = end;
        }
        // A break behind the last block parts nothing.
        if layout.chars.last() == Some(&'\n') {
            layout.chars.pop();
            layout.at.pop();
        }
        layout.name_title();
        layout.cut_sentences();
        layout
    }

    /// Adds the lines of one piece and the break behind it.
    fn piece(&mut self, lines: &Lines, fates: &[Fate], range: std::ops::Range<usize>) {
        let start = self.chars.len();
        let head = &lines.lines[range.start];
        let mut last = head;
        self.append(lines, head);
        for i in range.clone().skip(1).filter(|&i| fates[i] == Fate::Continues) {
            self.join(lines, last, &lines.lines[i]);
            last = &lines.lines[i];
        }
        let kind = self.kind(lines, fates, range, start);
        self.block(kind, start);
        if last.line_break != NO_BREAK {
            self.chars.push('\n');
            self.at.push(last.line_break);
        }
    }

    fn append(&mut self, lines: &Lines, line: &Line) {
        self.chars.extend_from_slice(lines.text(line));
        self.at.extend_from_slice(&lines.at[line.start..line.end]);
    }

    /// Adds a line that continues the text; two words in Latin letters stay apart.
    fn join(&mut self, lines: &Lines, last: &Line, line: &Line) {
        let letter = |c: Option<&char>| c.is_some_and(char::is_ascii_alphabetic);
        if letter(self.chars.last()) && letter(lines.text(line).first()) && last.line_break != NO_BREAK {
            self.chars.push(' ');
            self.at.push(last.line_break);
        }
        self.append(lines, line);
    }

    fn kind(&self, lines: &Lines, fates: &[Fate], range: std::ops::Range<usize>, start: usize) -> BlockKind {
        let (head, text) = (&lines.lines[range.start], &self.chars[start..]);
        match head.mark {
            _ if fates[range.start] == Fate::Furniture => BlockKind::Furniture,
            Mark::Heading => BlockKind::Heading,
            Mark::Row => BlockKind::TableRow,
            Mark::Item => BlockKind::ListItem,
            _ if is_headline(text) && !in_list(lines, fates, range.start) => BlockKind::Heading,
            _ if in_list(lines, fates, range.start) || signs::enumerator(text).is_some() => BlockKind::ListItem,
            _ => BlockKind::Paragraph,
        }
    }

    /// Adds a block for the characters from `start`; the lead-in and the closing credit of a paragraph get their own.
    fn block(&mut self, kind: BlockKind, start: usize) {
        if !matches!(kind, BlockKind::Paragraph | BlockKind::ListItem) {
            return self.push(kind, start, self.chars.len());
        }
        let mut body = start;
        if let Some(lead) = dateline::lead_in(&self.chars[start..]) {
            body = start + lead.length;
            let place = lead.place.map(|(from, to)| CleanSpan::new(start + from, start + to));
            self.place = self.place.or(place);
            self.push(BlockKind::Furniture, start, body);
        }
        let mut end = self.chars.len();
        while let Some(length) = dateline::closing(&self.chars[body..end]) {
            end = body + length;
        }
        let removed = self.close_blanks(body, end, kind == BlockKind::Paragraph);
        self.push(kind, body, end - removed);
        self.push(BlockKind::Furniture, end - removed, self.chars.len());
    }

    fn push(&mut self, kind: BlockKind, start: usize, end: usize) {
        if start < end {
            self.blocks.push(Block { kind, span: CleanSpan::new(start, end) });
        }
    }

    /// Takes out blanks between Chinese characters in `start..end`, in a paragraph also between these and Latin
    /// letters or digits. Returns how many went.
    fn close_blanks(&mut self, start: usize, end: usize, paragraph: bool) -> usize {
        let Some(length) = self.chars[start..end].iter().position(|&c| c == ' ') else { return 0 };
        let first = start + length;
        let mut to = first;
        for from in first..self.chars.len() {
            let c = self.chars[from];
            let inside = c == ' ' && from < end && to > start && from + 1 < end;
            if inside && is_stray(self.chars[to - 1], self.chars[from + 1], paragraph) {
                continue;
            }
            self.chars[to] = c;
            self.at[to] = self.at[from];
            to += 1;
        }
        let removed = self.chars.len() - to;
        self.chars.truncate(to);
        self.at.truncate(to);
        removed
    }

    /// Makes the first headline the title.
    fn name_title(&mut self) {
        if let Some(i) = self.title_index() {
            self.blocks[i].kind = BlockKind::Title;
        }
    }

    /// The first heading before the text begins; a short line above a longer headline is its pre-title.
    fn title_index(&self) -> Option<usize> {
        const SHORT: usize = 10;
        let text = |i: usize| &self.chars[self.blocks[i].span.range()];
        let is_text = |i: &usize| matches!(self.blocks[*i].kind, BlockKind::Paragraph | BlockKind::ListItem);
        let begin = (0..self.blocks.len()).find(is_text).unwrap_or(self.blocks.len());
        let is_title = |i: &usize| self.blocks[*i].kind == BlockKind::Heading && !signs::starts_with(text(*i), "—");
        let mut headings = (0..begin).filter(is_title);
        let first = headings.next().or_else(|| (0..self.blocks.len()).find(is_title))?;
        match headings.next() {
            Some(second) if text(first).len() < SHORT && text(second).len() * 2 > text(first).len() * 3 => Some(second),
            _ => Some(first),
        }
    }

    fn cut_sentences(&mut self) {
        for block in self.blocks.iter().filter(|block| block.kind != BlockKind::Furniture) {
            let start = block.span.start as usize;
            sentence::split(&self.chars[block.span.range()], |from, to| {
                self.sentences.push(CleanSpan::new(start + from, start + to));
            });
        }
    }
}

/// True when a blank between two characters says nothing.
fn is_stray(before: char, after: char, paragraph: bool) -> bool {
    let wide =
        |c: char| is_wide(c) || signs::is_closer(c) || signs::is_opener(c) || matches!(c, ',' | ';' | ':' | '!' | '?');
    let narrow = |c: char| is_narrow(c) || c == '%';
    wide(before) && wide(after) || paragraph && (wide(before) && narrow(after) || narrow(before) && wide(after))
}

/// True for text of a line on its own that reads as a headline.
fn is_headline(text: &[char]) -> bool {
    reflow::is_headline(text) && !furniture::is_furniture(text, false)
}

/// True for a line among three or more open lines without a gap: an unmarked list. The headlines that open a text
/// are none.
fn in_list(lines: &Lines, fates: &[Fate], i: usize) -> bool {
    const FEWEST: usize = 3;
    let short = |i: usize| {
        let alone = fates[i] == Fate::Begins && fates.get(i + 1) != Some(&Fate::Continues);
        alone && lines.lines[i].mark == Mark::None && reflow::is_headline(lines.text(&lines.lines[i]))
    };
    let above = (1..FEWEST).take_while(|&n| i >= n && !lines.lines[i - n + 1].gap && short(i - n)).count();
    let below = (i + 1..(i + FEWEST).min(fates.len())).take_while(|&n| !lines.lines[n].gap && short(n)).count();
    short(i) && above + below + 1 >= FEWEST && i > above
}
