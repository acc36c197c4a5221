//! The stretch of text round each value of a sentence that can hold its phrase.

use super::Scene;
use super::item::Item;
use crate::model::CleanSpan;

/// The surroundings of one value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clause {
    /// From the stop or value before it to the value.
    pub left: CleanSpan,
    /// From the value to the next stop or value.
    pub right: CleanSpan,
    /// The clause before, where it has no value of its own.
    pub before: Option<CleanSpan>,
    /// True where only 、, 和 or the like parts it from the value before.
    pub listed: bool,
}

/// The surroundings of each item of a sentence, in order.
pub(super) fn clauses(scene: &Scene, sentence: CleanSpan, items: &[Item]) -> Vec<Clause> {
    (0..items.len()).map(|i| clause(scene, sentence, items, i)).collect()
}

fn clause(scene: &Scene, sentence: CleanSpan, items: &[Item], i: usize) -> Clause {
    let chars = scene.chars;
    let (start, end) = (items[i].span.start as usize, items[i].span.end as usize);
    let floor = if i == 0 { sentence.start as usize } else { tail(chars, items[i - 1].span.end as usize, start) };
    let from = left_stop(chars, floor, start);
    let ceiling = items.get(i + 1).map_or(sentence.end as usize, |next| next.span.start as usize);
    let to = (end..ceiling).find(|at| stops(chars, *at) || matches!(chars[*at], '、' | '(' | ')')).unwrap_or(ceiling);
    let listed = i > 0 && from == floor && start.saturating_sub(from) <= 1 || i > 0 && is_list(chars, floor, start);
    let before = (from > floor).then(|| {
        let stop = from - 1;
        CleanSpan::new(left_stop(chars, floor, stop), stop)
    });
    let before = before.filter(|span| i == 0 || span.start as usize > floor);
    Clause { left: CleanSpan::new(from, start), right: CleanSpan::new(end, to.max(end)), before, listed }
}

/// True when nothing but a list sign stands between two values.
fn is_list(chars: &[char], from: usize, to: usize) -> bool {
    let between: String = chars[from.min(to)..to].iter().collect();
    matches!(between.trim(), "、" | "和" | "及" | "与" | "以及" | "," | "")
}

/// The place behind a value and what belongs to it: 以上, 左右, a list sign.
fn tail(chars: &[char], end: usize, limit: usize) -> usize {
    let mut at = end;
    for word in ["以上", "左右", "以下", "以内", "余", "多"] {
        let length = word.chars().count();
        if at + length <= limit && chars[at..at + length].iter().copied().eq(word.chars()) {
            at += length;
        }
    }
    if at < limit && matches!(chars[at], '、' | '和' | '及' | '与') {
        at += 1;
    }
    at.min(limit)
}

/// The place behind the last stop in `floor..end`; brackets that close again before `end` are passed over.
fn left_stop(chars: &[char], floor: usize, end: usize) -> usize {
    let mut depth = 0_usize;
    for at in (floor..end).rev() {
        match chars[at] {
            ')' | '》' => depth += 1,
            '(' | '《' if depth > 0 => depth -= 1,
            '(' => return at + 1,
            _ if depth == 0 && stops(chars, at) => return at + 1,
            _ => {}
        }
    }
    floor
}

fn stops(chars: &[char], at: usize) -> bool {
    matches!(chars[at], ',' | ';' | '。' | ':' | '!' | '?' | '\n' | '—' | '|' | '\t')
}
