//! Finds every name and word of the lexicon in a text.

use super::automaton::Automaton;
use super::{Class, Entry, Hit};
use crate::model::CleanSpan;

/// Names up to this length give way to an earlier name that they cross: 江西安远 holds no 西安.
const GIVES_WAY: usize = 4;

/// Characters in the longest name of a place that may contain another, and then some.
const LONGEST_PLACE: u32 = 16;

/// What shows, right behind a short place name that is an everyday word as well, that the place is meant.
const PLACE_FOLLOWS: [&str; 12] = [
    "高新区",
    "高新技术",
    "经开区",
    "经济开发区",
    "经济技术开发区",
    "综合保税区",
    "工业园区",
    "县委",
    "市委",
    "县政府",
    "市政府",
    "管委会",
];

/// A match before it is judged.
#[derive(Clone, Copy)]
struct Raw {
    span: CleanSpan,
    key: u32,
}

/// Every hit, by start, then the longer first, then by class.
pub(super) fn scan(automaton: &Automaton, entries: &[Entry], chars: &[char]) -> Vec<Hit> {
    let raw = matches(automaton, chars);
    let mut hits = judge(automaton, &raw);
    settle_place_words(entries, chars, &mut hits);
    hits
}

/// Every match in order of start, then the longer first.
fn matches(automaton: &Automaton, chars: &[char]) -> Vec<Raw> {
    let mut raw = Vec::with_capacity(chars.len() / 2);
    for start in 0..chars.len() {
        let before = raw.len();
        automaton.prefixes(&chars[start..], |length, key| {
            let span = CleanSpan::new(start, start + length);
            if stands_free(chars, span) {
                raw.push(Raw { span, key });
            }
        });
        raw[before..].reverse();
    }
    raw
}

/// False where a Latin word goes on across an end of the span: AI does not stand in MAIN.
fn stands_free(chars: &[char], span: CleanSpan) -> bool {
    let (start, end) = (span.start as usize, span.end as usize);
    let joined = |left: usize| chars[left].is_ascii_alphabetic() && chars[left + 1].is_ascii_alphabetic();
    !(start > 0 && joined(start - 1) || end < chars.len() && joined(end - 1))
}

/// What has been passed on the way through the matches. Starts only grow, so that the furthest end decides.
struct Passed {
    /// End of the harmless words.
    harmless: u32,
    /// End of the names that start before the present one.
    name: u32,
    /// End of the hits of each family.
    family: [u32; Class::COUNT],
}

/// Leaves out names inside harmless words, short names that cross an earlier name, and the shorter of two nested
/// hits of one family.
fn judge(automaton: &Automaton, raw: &[Raw]) -> Vec<Hit> {
    let mut hits = Vec::with_capacity(raw.len());
    let mut passed = Passed { harmless: 0, name: 0, family: [0; Class::COUNT] };
    for (at, same) in starts(raw) {
        let mut name = passed.name;
        for (offset, one) in same.iter().enumerate() {
            let senses = automaton.senses(one.key);
            if senses.is_empty() && holds(automaton, raw, at + offset) {
                passed.harmless = passed.harmless.max(one.span.end);
            }
            for sense in senses {
                if !stands(one.span, sense.class, &passed) {
                    continue;
                }
                let family = &mut passed.family[sense.class.family() as usize];
                // Also passes over further senses of one class and span: the first one stands for them.
                if one.span.end <= *family {
                    continue;
                }
                *family = one.span.end;
                if sense.class.is_name() && !sense.class.is_weak() {
                    name = name.max(one.span.end);
                }
                hits.push(Hit { span: one.span, class: sense.class, id: sense.id });
            }
        }
        passed.name = name;
    }
    hits
}

/// The matches by start, each with the index of its first.
fn starts(raw: &[Raw]) -> impl Iterator<Item = (usize, &[Raw])> {
    let mut at = 0;
    raw.chunk_by(|a, b| a.span.start == b.span.start).map(move |same| {
        let first = at;
        at += same.len();
        (first, same)
    })
}

fn stands(span: CleanSpan, class: Class, passed: &Passed) -> bool {
    let crosses = span.start < passed.name && passed.name < span.end && span.len() <= GIVES_WAY;
    !class.is_name() || !crosses && span.end > passed.harmless
}

/// False for a harmless word whose end a longer name crosses: 大连人 does not hold in 大连人工智能.
fn holds(automaton: &Automaton, raw: &[Raw], at: usize) -> bool {
    let word = raw[at].span;
    let inside = raw[at + 1..].iter().take_while(|other| other.span.start < word.end);
    !inside.clone().any(|other| {
        other.span.end > word.end && automaton.senses(other.key).first().is_some_and(|sense| sense.class.is_name())
    })
}

/// Makes a [`Class::PlaceWord`] the place it may be where a zone's or an administration's name goes on behind it, or a
/// place that contains it stands before it.
fn settle_place_words(entries: &[Entry], chars: &[char], hits: &mut [Hit]) {
    for at in 0..hits.len() {
        let Hit { span, class, id } = hits[at];
        if class != Class::PlaceWord {
            continue;
        }
        let rest = &chars[span.end as usize..];
        let followed = PLACE_FOLLOWS.iter().any(|head| starts_with(rest, head));
        let near = hits[..at].iter().rev().take_while(|hit| hit.span.start + LONGEST_PLACE > span.start);
        let contained = near.filter(|hit| hit.span.end == span.start && hit.class.is_place());
        if followed || contained.into_iter().any(|hit| within(entries, id, hit.id)) {
            hits[at].class = entries[id as usize].class();
        }
    }
}

fn starts_with(text: &[char], word: &str) -> bool {
    let mut letters = text.iter();
    word.chars().all(|c| letters.next() == Some(&c))
}

/// True when a place lies in another, at any remove.
fn within(entries: &[Entry], place: u32, container: u32) -> bool {
    let mut at = place;
    // Chains are a few steps long; the bound keeps a user's cyclic gazetteer from going round for ever.
    for _ in 0..8 {
        match entries[at as usize].parents().first() {
            Some(parent) if *parent == container => return true,
            Some(parent) => at = *parent,
            None => return false,
        }
    }
    false
}

/// The longest hits of the given classes that do not overlap, leftmost first.
pub(super) fn outermost(hits: &[Hit], wanted: impl Fn(Class) -> bool) -> Vec<Hit> {
    let mut chosen: Vec<Hit> = Vec::new();
    for hit in hits.iter().filter(|hit| wanted(hit.class)) {
        if chosen.last().is_none_or(|last| last.span.end <= hit.span.start) {
            chosen.push(*hit);
        }
    }
    chosen
}
