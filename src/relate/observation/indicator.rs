//! The phrase that a figure measures, cut out of the text round it.

use super::{LISTS, Scene};
use crate::model::CleanSpan;

/// A phrase and the name that stood in front of it.
#[derive(Debug, Clone, Default)]
pub(super) struct Phrase {
    /// The parts to be read together; empty where nothing is left.
    pub parts: Vec<CleanSpan>,
    /// The name that led the clause.
    pub subject: Option<CleanSpan>,
}

impl Phrase {
    /// Length in characters.
    pub fn len(&self) -> usize {
        self.parts.iter().map(|part| part.len()).sum()
    }
}

/// Longest phrase kept, in characters; of a longer clause the end is kept.
const LONGEST: usize = 28;

/// The phrase in `left`: without time, subject and connecting words at its front, without verbs of measure at its end.
pub(super) fn phrase(scene: &Scene, left: CleanSpan) -> Phrase {
    let end = strip_end(scene, left);
    let (start, subject) = strip_leads(scene, left.start as usize, end);
    let start = start.max(end.saturating_sub(LONGEST));
    if start >= end {
        return Phrase { parts: Vec::new(), subject };
    }
    Phrase { parts: parted(scene.chars, start, end), subject }
}

/// The place before the links and times that end a clause: `产值上半年`, `总产值从1992年的`.
fn strip_end(scene: &Scene, clause: CleanSpan) -> usize {
    let mut end = strip_links(scene.chars, clause);
    while let Ok(time) = scene.times.binary_search_by_key(&(end as u32), |time| time.span.end)
        && scene.times[time].span.start > clause.start
    {
        end = strip_links(scene.chars, CleanSpan { end: scene.times[time].span.start, ..clause });
    }
    end
}

/// The place before the trailing links of a clause.
pub(super) fn strip_links(chars: &[char], clause: CleanSpan) -> usize {
    let (start, mut end) = (clause.start as usize, clause.end as usize);
    loop {
        if end > start && matches!(chars[end - 1], ' ' | '“' | ',' | '、' | '-' | '—') {
            end -= 1;
            continue;
        }
        let Some(length) = LISTS.links.ends(chars, end) else { return end };
        let kept = LISTS.keeps.ends(chars, end).is_some_and(|keep| keep > length);
        if kept || start + length > end {
            return end;
        }
        end -= length;
    }
}

/// The place behind time, names and connecting words at the front, and the last name met.
fn strip_leads(scene: &Scene, start: usize, end: usize) -> (usize, Option<CleanSpan>) {
    let chars = scene.chars;
    let (mut at, mut subject) = (start, None);
    while at < end {
        let compared = matches!(chars[at], '比' | '较') && time_at(scene, at + 1).is_some();
        if compared {
            at += 1;
        } else if let Some(time) = time_at(scene, at).filter(|to| *to <= end) {
            at = past_small(chars, time, end);
        } else if let Some(name) = name_at(scene, at).filter(|name| name.end as usize <= end) {
            subject = Some(name);
            at = past_small(chars, name.end as usize, end);
        } else if matches!(chars[at], ' ' | '、' | ',' | '”' | '-' | '·' | ')') {
            at += 1;
        } else if let Some(length) = LISTS.leads.starts(chars, at).filter(|n| at + n <= end) {
            at += length;
        } else {
            break;
        }
    }
    (at, subject)
}

fn time_at(scene: &Scene, at: usize) -> Option<usize> {
    let i = scene.times.binary_search_by_key(&(at as u32), |time| time.span.start).ok()?;
    Some(scene.times[i].span.end as usize)
}

fn name_at(scene: &Scene, at: usize) -> Option<CleanSpan> {
    let i = scene.names.binary_search_by_key(&(at as u32), |name| name.start).ok()?;
    Some(scene.names[i])
}

/// Skips 的, 内, 里 and the like behind a time or a name.
fn past_small(chars: &[char], at: usize, end: usize) -> usize {
    let small = at < end && matches!(chars[at], '的' | '内' | '里' | '末' | '时' | '共' | '已' | '有' | '就');
    if small { at + 1 } else { at }
}

/// Cuts a verb of measure out of the middle (`企业|预计实现|营业收入`).
fn parted(chars: &[char], start: usize, end: usize) -> Vec<CleanSpan> {
    match LISTS.inner.find(chars, start + 2..end.max(start + 2)) {
        Some((from, to)) if to + 2 <= end => vec![CleanSpan::new(start, from), CleanSpan::new(to, end)],
        _ => vec![CleanSpan::new(start, end)],
    }
}

/// Longest noun taken from behind a count, in characters.
const BEHIND: usize = 18;

/// The noun behind a count (`163家规模以上服务业企业`), none where the clause ends there.
pub(super) fn behind(chars: &[char], right: CleanSpan) -> Option<CleanSpan> {
    let (mut start, end) = (right.start as usize, right.end as usize);
    for word in ["以上", "左右", "之多", "以内", "余", "多", "的", " "] {
        let length = word.chars().count();
        if start + length <= end && chars[start..start + length].iter().copied().eq(word.chars()) {
            start += length;
        }
    }
    let end = end.min(start + BEHIND);
    if start + 2 > end || matches!(chars[start], '和' | '与' | '及' | '等' | '、' | '”' | '占' | '增' | '为')
    {
        return None;
    }
    Some(CleanSpan::new(start, end))
}

/// The members of a list (`地区生产总值、工业增加值和财政收入`); one member where it is none.
pub(super) fn members(chars: &[char], span: CleanSpan) -> Vec<CleanSpan> {
    let mut found = Vec::new();
    let mut start = span.start as usize;
    for at in span.range() {
        if matches!(chars[at], '、' | '和' | '及' | '与' | ',') {
            if at > start {
                found.push(CleanSpan::new(start, at));
            }
            start = at + 1;
        }
    }
    if start < span.end as usize {
        found.push(CleanSpan::new(start, span.end as usize));
    }
    found
}
