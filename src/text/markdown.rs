//! Markdown marks of one line: what the line is, and which characters only mark something up.

use std::ops::Range;

/// What the marks at the start of a line say it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// No mark.
    None,
    /// `#` … `######`.
    Heading,
    /// A bullet or a number with its point.
    Item,
    /// Cells between `|` or tabs.
    Row,
    /// A line that prints nothing: a rule, a fence, the line under a table's head.
    Nothing,
    /// `===` or `---` under a headline: prints nothing and makes the line above a heading.
    Underline,
}

/// Reads the marks at the start of a line without its indent. Returns how many characters they take.
pub(super) fn opening(line: &[char]) -> (Mark, usize) {
    let quoted = quotes(line);
    let rest = &line[quoted..];
    let (mark, length) = match rest.first() {
        None => (Mark::None, 0),
        Some('#') => heading(rest),
        Some('|') => (row(rest), 0),
        Some('`' | '~') if starts_with_run(rest, 3) => (Mark::Nothing, rest.len()),
        Some('=' | '-' | '_' | '*') if is_rule(rest) => (rule(rest), rest.len()),
        Some(_) if rest.iter().filter(|&&c| c == '|').count() >= 2 => (row(rest), 0),
        Some('-' | '+' | '*' | '•' | '·' | '●' | '■' | '◆') => bullet(rest),
        Some('0'..='9') => number(rest),
        Some(_) => (Mark::None, 0),
    };
    (if mark == Mark::None && has_cells(rest) { Mark::Row } else { mark }, quoted + length)
}

/// Length of the `>` marks of a quotation.
fn quotes(line: &[char]) -> usize {
    if line.first() != Some(&'>') {
        return 0;
    }
    line.iter().take_while(|c| **c == '>' || c.is_whitespace()).count()
}

fn heading(line: &[char]) -> (Mark, usize) {
    let level = line.iter().take_while(|&&c| c == '#').count();
    let spaced = line.get(level).is_none_or(|c| c.is_whitespace());
    if level <= 6 && (spaced || level >= 2) { (Mark::Heading, level) } else { (Mark::None, 0) }
}

fn bullet(line: &[char]) -> (Mark, usize) {
    match line.get(1) {
        Some(c) if c.is_whitespace() => (Mark::Item, 2),
        Some(_) if matches!(line[0], '•' | '●' | '■' | '◆') => (Mark::Item, 1),
        _ => (Mark::None, 0),
    }
}

/// `1. ` and `1) `; a blank must follow, since `1.5亿元` may open a torn line.
fn number(line: &[char]) -> (Mark, usize) {
    let digits = line.iter().take(4).take_while(|c| c.is_ascii_digit()).count();
    let marked = digits <= 3
        && matches!(line.get(digits), Some('.' | ')'))
        && line.get(digits + 1).is_some_and(|c| c.is_whitespace());
    if marked { (Mark::Item, digits + 2) } else { (Mark::None, 0) }
}

fn starts_with_run(line: &[char], length: usize) -> bool {
    line.len() >= length && line[..length].iter().all(|&c| c == line[0])
}

/// Three or more of one sign, blanks aside.
fn is_rule(line: &[char]) -> bool {
    let signs = line.iter().filter(|&&c| c == line[0]).count();
    signs >= 3 && line.iter().all(|&c| c == line[0] || c.is_whitespace())
}

fn rule(line: &[char]) -> Mark {
    if matches!(line[0], '=' | '-') { Mark::Underline } else { Mark::Nothing }
}

/// A row of a table, or the line that divides its head from its body.
fn row(line: &[char]) -> Mark {
    let divides = line.iter().all(|c| matches!(c, '|' | '-' | ':' | '+') || c.is_whitespace());
    if divides {
        Mark::Nothing
    } else if line.iter().filter(|&&c| c == '|').count() >= 2 {
        Mark::Row
    } else {
        Mark::None
    }
}

/// True for short lines whose words stand apart by tabs.
fn has_cells(line: &[char]) -> bool {
    const LONGEST: usize = 200;
    line.len() <= LONGEST
        && line.contains(&'\t')
        && !line.contains(&'。')
        && line.split(|&c| c == '\t').filter(|cell| cell.iter().any(|c| !c.is_whitespace())).count() >= 2
}

/// True when a line has signs that could be marks inside it.
pub(super) fn may_have_marks(line: &[char]) -> bool {
    line.iter().any(|c| matches!(c, '*' | '_' | '`' | ']' | '~' | '#'))
}

/// Collects the ranges of `line` that only mark up, in order, without overlaps. Takes time linear in the line.
pub(super) fn inline_marks(line: &[char], skip: &mut Vec<Range<usize>>) {
    skip.clear();
    let last_close = line.iter().rposition(|&c| c == ')');
    let mut bracket = None;
    let mut i = 0;
    while i < line.len() {
        let next = line.get(i + 1).copied();
        match line[i] {
            '`' => skip.push(i..i + 1),
            '*' | '_' | '~' if next == Some(line[i]) => {
                skip.push(i..i + 2);
                i += 1;
            }
            '*' if emphasis_side(line, i) => skip.push(i..i + 1),
            '[' => bracket = Some(i),
            ']' if next == Some('(') && last_close > Some(i) => {
                i = link(line, i, bracket.take(), skip);
            }
            ']' => bracket = None,
            _ => {}
        }
        i += 1;
    }
    closing_hashes(line, skip);
}

/// A single star next to a letter on one side and to a blank, a sign or the edge on the other.
fn emphasis_side(line: &[char], at: usize) -> bool {
    let word = |i: Option<usize>| i.and_then(|i| line.get(i)).is_some_and(|c| c.is_alphanumeric());
    let (before, after) = (word(at.checked_sub(1)), word(Some(at + 1)));
    let digit = |i: Option<usize>| i.and_then(|i| line.get(i)).is_some_and(|c| c.is_ascii_digit());
    (before || after) && !digit(at.checked_sub(1)) && !digit(Some(at + 1))
}

/// Marks of `[text](target)` whose `](` stands at `close`; an image goes whole. Returns the last index taken.
fn link(line: &[char], close: usize, open: Option<usize>, skip: &mut Vec<Range<usize>>) -> usize {
    let Some(open) = open else { return close };
    let Some(length) = line[close..].iter().position(|&c| c == ')') else { return close };
    let end = close + length;
    let image = open > 0 && line[open - 1] == '!';
    let first = if image { open - 1 } else { open };
    let inside = skip.iter().rposition(|range| range.end <= first).map_or(0, |i| i + 1);
    if image {
        skip.truncate(inside);
        skip.push(first..end + 1);
    } else {
        skip.insert(inside, first..first + 1);
        skip.push(close..end + 1);
    }
    end
}

/// The signs that may close a heading: `## Text ##`.
fn closing_hashes(line: &[char], skip: &mut Vec<Range<usize>>) {
    let length = line.iter().rev().take_while(|c| **c == '#' || c.is_whitespace()).count();
    let start = line.len() - length;
    let free = skip.last().is_none_or(|range| range.end <= start);
    if free && start > 0 && line[start..].contains(&'#') && line[start].is_whitespace() {
        skip.push(start..line.len());
    }
}
