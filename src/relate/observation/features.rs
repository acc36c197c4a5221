//! What speaks for or against a candidate, as hashed features for a linear judge.

use std::collections::{BTreeMap, HashMap};

use super::item::{Item, Kind};
use super::{Candidate, LISTS, Scene, Shape, Unit, when};
use crate::learn::{FeatureSet, mix, name, text_number};
use crate::model::CleanSpan;

/// How far from a value words are looked at, in characters.
const WINDOW: usize = 120;

/// Tells these features from those of other judges.
pub(super) const FIGURE: u64 = name("figure");

/// Sets the features that the candidate's own sentence gives.
pub(super) fn describe(scene: &Scene, sentence: CleanSpan, items: &[Item], candidate: &mut Candidate) {
    let chars = scene.chars;
    let mut out = std::mem::take(&mut candidate.features);
    let unit = unit_number(chars, candidate.unit);
    let shape = candidate.shape as u64;
    out.put(const { name("unit") }, unit);
    out.put(const { name("shape") }, shape);
    out.put(const { name("unit-shape") }, mix(unit, shape));
    out.put(const { name("target") }, u64::from(candidate.target));
    out.put(const { name("growth") }, u64::from(candidate.growth.is_some()));
    out.put(const { name("subject") }, u64::from(candidate.subject.is_some()));
    out.put(const { name("state") }, u64::from(when::is_state(scene, candidate)));
    let digits =
        candidate.value.map_or(0, |v| v.trunc().abs().mantissa().unsigned_abs().checked_ilog10().unwrap_or(0) + 1);
    out.put(const { name("size") }, u64::from(digits));
    phrase(candidate, chars, unit, &mut out);
    surroundings(chars, candidate, &mut out);
    place(chars, sentence, items, candidate, &mut out);
    candidate.features = out;
}

/// The number of what a figure is counted in.
fn unit_number(chars: &[char], unit: Option<Unit>) -> u64 {
    match unit {
        None => 0,
        Some(Unit::Percent) => 1,
        Some(Unit::Currency(code)) => name(code),
        Some(Unit::Measure(span)) => text_number(&chars[span.range()]),
    }
}

fn phrase(candidate: &Candidate, chars: &[char], unit: u64, out: &mut FeatureSet) {
    let letters: Vec<char> = candidate.indicator.iter().flat_map(|part| &chars[part.range()]).copied().collect();
    let n = letters.len();
    for length in 1..=4.min(n) {
        out.put(mix(const { name("head") }, length as u64), text_number(&letters[n - length..]));
        out.put(mix(const { name("front") }, length as u64), text_number(&letters[..length]));
    }
    out.put(const { name("unit-head") }, mix(unit, text_number(&letters[n.saturating_sub(2)..])));
    out.put(const { name("length") }, (n / 3).min(8) as u64);
    for pair in letters.windows(2) {
        out.put(const { name("pair") }, text_number(pair));
    }
    for mark in ['“', '(', '、', '的'] {
        if letters.contains(&mark) {
            out.put(const { name("has") }, u64::from(u32::from(mark)));
        }
    }
}

fn surroundings(chars: &[char], candidate: &Candidate, out: &mut FeatureSet) {
    let (start, end) = (candidate.anchor.start as usize, candidate.anchor.end as usize);
    for length in 1..=3 {
        let left = &chars[start.saturating_sub(length)..start];
        let right = &chars[end..(end + length).min(chars.len())];
        out.put(mix(const { name("left") }, length as u64), text_number(left));
        out.put(mix(const { name("right") }, length as u64), text_number(right));
    }
}

fn place(chars: &[char], sentence: CleanSpan, items: &[Item], candidate: &Candidate, out: &mut FeatureSet) {
    let (start, end) = (candidate.anchor.start as usize, candidate.anchor.end as usize);
    let first = (sentence.start as usize).max(start.saturating_sub(WINDOW));
    let last = (sentence.end as usize).min(end + WINDOW).max(end);
    let stop = |c: char| matches!(c, ';' | '。' | ',' | '\n');
    let from = (first..start).rev().find(|i| stop(chars[*i])).map_or(first, |i| i + 1);
    let to = (end..last).find(|i| stop(chars[*i])).unwrap_or(last);
    let mut told: BTreeMap<&[char], u8> = BTreeMap::new();
    for at in first..last {
        for word in LISTS.tells.all_at(chars, at) {
            let rank = if at >= from && at + word.len() <= start {
                0
            } else if at >= end && at + word.len() <= to {
                1
            } else {
                2
            };
            told.entry(word).and_modify(|old| *old = rank.min(*old)).or_insert(rank);
        }
    }
    for (word, rank) in told {
        out.put(mix(const { name("tells") }, u64::from(rank)), text_number(word));
    }
    let own = items.iter().position(|item| item.span == candidate.anchor);
    out.put(const { name("index") }, own.unwrap_or(9).min(6) as u64);
    out.put(const { name("items") }, items.len().min(8) as u64);
    let rates = items.iter().filter(|item| matches!(item.kind, Kind::Rate(_))).count();
    out.put(const { name("rates") }, rates.min(4) as u64);
    if let Some(item) = own.map(|at| &items[at]) {
        let kind = match item.kind {
            Kind::Money { investment, .. } => u64::from(investment),
            Kind::Count { chinese, group, .. } => 2 + 2 * u64::from(chinese) + u64::from(group),
            Kind::Rate(rate) => 8 + rate as u64,
        };
        out.put(const { name("kind") }, kind);
    }
    let ended = chars[..sentence.end as usize].last().is_some_and(|c| matches!(c, '。' | '”' | '!' | '?'));
    out.put(const { name("ended") }, u64::from(ended));
    let open = chars[first..start].iter().rev().find(|c| matches!(c, '“' | '”'));
    out.put(const { name("quoted") }, u64::from(open == Some(&'“')));
}

/// Sets the features that compare a candidate with the others of its text.
pub(super) fn compare(scene: &Scene, found: &mut [Candidate]) {
    let told: Vec<_> = found.iter().map(|c| (c.value, unit_number(scene.chars, c.unit), c.growth)).collect();
    let shapes: Vec<Shape> = found.iter().map(|c| c.shape).collect();
    let mut times_told: HashMap<_, usize> = HashMap::new();
    for key in &told {
        *times_told.entry(*key).or_default() += 1;
    }
    for (i, candidate) in found.iter_mut().enumerate() {
        let neighbours = [i.checked_sub(1), Some(i + 1)].map(|j| j.filter(|j| *j < told.len()));
        let same = neighbours.iter().flatten().any(|j| told[*j].1 == told[i].1);
        for (side, j) in neighbours.into_iter().enumerate() {
            let shape = j.map_or(9, |j| shapes[j] as u64);
            candidate.features.put(mix(const { name("beside") }, side as u64), shape);
        }
        candidate.features.put(const { name("same unit") }, u64::from(same));
        let again = times_told.get(&told[i]).copied().unwrap_or(0).min(3);
        candidate.features.put(const { name("again") }, again as u64);
    }
}
