//! Hard-wrapped text: the column width at which it was broken, and where its paragraphs begin.

use super::lines::{Line, Lines};
use super::markdown::Mark;
use super::signs;

/// How a text was wrapped.
pub(super) struct Wrap {
    /// Width of a full line, in columns.
    width: u32,
    /// True for each line that is set in as the first of a paragraph.
    indented: Vec<bool>,
}

/// Lines wider than this were not broken by hand or by a column.
const WIDEST: u32 = 110;
/// A line narrower than this share of the width, in per cent, ends a paragraph.
const FULL: u32 = 72;

/// Finds out whether the text is wrapped: most lines with another right below are of about one width
/// and stop in the middle of a sentence.
pub(super) fn measure(text: &Lines) -> Option<Wrap> {
    const FEWEST: usize = 4;
    let lines = &text.lines;
    let inner = || lines.windows(2).filter(|pair| is_inner(pair)).map(|pair| &pair[0]);
    let mut widths: Vec<u32> = inner().map(|line| line.width).collect();
    let broken = inner().filter(|line| !signs::is_finished(text.text(line))).count();
    if widths.len() < FEWEST || broken * 10 < widths.len() * 6 {
        return None;
    }
    widths.sort_unstable();
    // The upper half, since the last lines of paragraphs are short.
    let width = widths[widths.len() * 5 / 8];
    let near = widths.iter().filter(|&&w| w * 100 >= width * 80 && w * 100 <= width * 125).count();
    let wider = lines.iter().filter(|line| line.width * 100 > width * 130).count();
    let wrapped = width <= WIDEST && wider * 10 <= lines.len() && near * 10 >= widths.len() * 6 && near >= FEWEST;
    wrapped.then(|| Wrap { width, indented: indents(lines) })
}

/// A plain line with a plain line right below it.
fn is_inner(pair: &[Line]) -> bool {
    !pair[1].gap && pair.iter().all(|line| line.mark == Mark::None)
}

/// Lines set in by at least two columns more than the lines of their group, or than lines commonly are.
fn indents(lines: &[Line]) -> Vec<bool> {
    let base = common_indent(lines);
    lines.iter().map(|line| line.indent >= base + 2).collect()
}

/// The indent that most lines below another have.
fn common_indent(lines: &[Line]) -> u32 {
    let mut counts = [0usize; 64];
    for pair in lines.windows(2).filter(|pair| is_inner(pair)) {
        counts[(pair[1].indent as usize).min(63)] += 1;
    }
    (0..64).rev().max_by_key(|&i| counts[i]).unwrap_or(0) as u32
}

impl Wrap {
    /// True when the line is so wide that its text was broken there.
    pub(super) fn is_full(&self, line: &Line) -> bool {
        line.mark == Mark::None && line.width * 100 >= self.width * FULL
    }

    /// True when line `i` is set in as the first of a paragraph.
    pub(super) fn is_indented(&self, i: usize) -> bool {
        self.indented.get(i).copied().unwrap_or(false)
    }
}
