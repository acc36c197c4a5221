//! Source characters to lines of clean characters, each with the position it came from.

use std::ops::Range;

use super::markdown::{self, Mark};
use super::normalize::{DROPPED, Table};

/// Position of a line break that is not there, at the end of the text.
pub(super) const NO_BREAK: u32 = u32::MAX;

/// One line that prints something.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// First character, in [`Lines::chars`].
    pub(super) start: usize,
    /// One past the last character.
    pub(super) end: usize,
    /// What its Markdown marks say.
    pub(super) mark: Mark,
    /// Columns of blank before the first character; a Chinese character is two wide.
    pub(super) indent: u32,
    /// Columns that the characters take.
    pub(super) width: u32,
    /// True when a blank line, a rule or a page break stands before it.
    pub(super) gap: bool,
    /// True when blanks of four columns or more stand inside it, as in the head of a newspaper page.
    pub(super) wide: bool,
    /// Source position of the line break behind it, or [`NO_BREAK`].
    pub(super) line_break: u32,
}

/// All lines of a text.
pub(super) struct Lines {
    /// Clean characters of all lines, without line breaks. Runs of blanks are one blank.
    pub(super) chars: Vec<char>,
    /// Source position of each.
    pub(super) at: Vec<u32>,
    /// The lines that print something.
    pub(super) lines: Vec<Line>,
}

impl Lines {
    /// Splits a source text into lines.
    pub(super) fn of(source: &[char]) -> Self {
        let mut reader = Reader {
            table: Table::for_text(source),
            out: Self { chars: Vec::with_capacity(source.len()), at: Vec::with_capacity(source.len()), lines: vec![] },
            skip: vec![],
            gap: false,
        };
        let mut start = 0;
        while start < source.len() {
            let length = source[start..].iter().position(|&c| is_break(c)).unwrap_or(source.len() - start);
            let end = start + length;
            reader.line(source, start..end);
            let pair = source.get(end) == Some(&'\r') && source.get(end + 1) == Some(&'\n');
            reader.gap |= source.get(end) == Some(&'\u{c}');
            start = end + if pair { 2 } else { 1 };
        }
        reader.out
    }

    /// The characters of a line.
    pub(super) fn text(&self, line: &Line) -> &[char] {
        &self.chars[line.start..line.end]
    }
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

struct Reader {
    table: &'static Table,
    out: Lines,
    skip: Vec<Range<usize>>,
    gap: bool,
}

impl Reader {
    /// Adds the line in `range` of the source.
    fn line(&mut self, source: &[char], range: Range<usize>) {
        let text = &source[range.clone()];
        let (indent, blanks) = self.indent(text);
        let (mark, opening) = markdown::opening(&text[blanks..]);
        match mark {
            Mark::Underline => self.underline(),
            Mark::Nothing => self.gap = true,
            _ => self.content(text, blanks + opening, range, Line { mark, indent, ..self.blank_line() }, source.len()),
        }
    }

    fn blank_line(&self) -> Line {
        let start = self.out.chars.len();
        let gap = self.gap;
        Line { start, end: start, mark: Mark::None, indent: 0, width: 0, gap, wide: false, line_break: NO_BREAK }
    }

    /// Columns of blank at the start of a line, and how many characters make them.
    fn indent(&self, text: &[char]) -> (u32, usize) {
        let mut columns = 0;
        for (i, &c) in text.iter().enumerate() {
            columns += match (c, self.table.fold(c)) {
                ('\u{3000}', _) => 2,
                ('\t', _) => 4,
                (_, ' ') => 1,
                (_, DROPPED) => 0,
                _ => return (columns, i),
            };
        }
        (columns, text.len())
    }

    /// A rule: a heading's if a short line stands right above, else a division.
    fn underline(&mut self) {
        const LONGEST: usize = 60;
        let above = self.out.lines.last_mut().filter(|line| !self.gap && line.end - line.start <= LONGEST);
        if let Some(line) = above.filter(|line| line.mark == Mark::None) {
            line.mark = Mark::Heading;
        }
        self.gap = true;
    }

    fn content(&mut self, text: &[char], first: usize, range: Range<usize>, mut line: Line, source_end: usize) {
        self.skip.clear();
        if markdown::may_have_marks(&text[first..]) {
            markdown::inline_marks(&text[first..], &mut self.skip);
        }
        self.push(&text[first..], range.start + first, &mut line);
        line.end = self.out.chars.len();
        if line.end == line.start {
            self.gap = true;
            return;
        }
        if range.end < source_end {
            line.line_break = range.end as u32;
        }
        self.out.lines.push(line);
        self.gap = false;
    }

    /// Appends the clean characters of a line. Blanks at its ends and around cell borders go, runs become one.
    fn push(&mut self, text: &[char], offset: usize, line: &mut Line) {
        let is_row = line.mark == Mark::Row;
        let marks = std::mem::take(&mut self.skip);
        let mut skip = marks.iter().peekable();
        let mut blank = None;
        let mut columns = 0;
        let mut i = 0;
        while i < text.len() {
            if let Some(range) = skip.next_if(|range| range.start <= i) {
                i = i.max(range.end);
                continue;
            }
            let (c, at) = (self.table.fold(text[i]), (offset + i) as u32);
            i += 1;
            match c {
                DROPPED => {}
                ' ' | '\t' => {
                    columns += if text[i - 1] == '\u{3000}' { 2 } else { 1 };
                    let cell = is_row && c == '\t';
                    if blank.is_none() || cell {
                        blank = Some((if cell { '\t' } else { ' ' }, at));
                    }
                }
                _ => {
                    self.separate(blank.take(), c, line);
                    line.wide |= columns >= 4 && self.out.chars.len() > line.start;
                    columns = 0;
                    line.width += if (c as u32) < 0x1100 { 1 } else { 2 };
                    self.out.chars.push(c);
                    self.out.at.push(at);
                }
            }
        }
        self.skip = marks;
        if is_row && self.out.chars.len() > line.start && self.out.chars.last() == Some(&'|') {
            self.out.chars.pop();
            self.out.at.pop();
        }
    }

    /// Writes the blank before a character where one belongs, and takes back the border that opens a row.
    fn separate(&mut self, blank: Option<(char, u32)>, next: char, line: &mut Line) {
        let row = line.mark == Mark::Row;
        if row && self.out.chars[line.start..] == ['|'] {
            self.out.chars.pop();
            self.out.at.pop();
        }
        let Some((sign, at)) = blank else { return };
        let border = row && sign == ' ' && (next == '|' || self.out.chars.last() == Some(&'|'));
        if self.out.chars.len() > line.start && !border {
            self.out.chars.push(sign);
            self.out.at.push(at);
            line.width += 1;
        }
    }
}
