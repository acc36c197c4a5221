//! What speaks for or against a candidate, as strings for a linear scorer.

use std::collections::{BTreeMap, HashMap};

use super::item::{Item, Kind};
use super::{Candidate, LISTS, Scene, when};
use crate::model::CleanSpan;

/// How far from a value words are looked at, in characters.
const WINDOW: usize = 120;

/// Sets the features that the candidate's own sentence gives.
pub(super) fn describe(scene: &Scene, sentence: CleanSpan, items: &[Item], candidate: &mut Candidate) {
    let chars = scene.chars;
    let mut features = std::mem::take(&mut candidate.features);
    let unit = candidate.unit_name(chars).unwrap_or_else(|| "none".to_owned());
    let shape = format!("{:?}", candidate.shape);
    features.push(format!("unit:{unit}"));
    features.push(format!("shape:{shape}"));
    features.push(format!("unit-shape:{unit}:{shape}"));
    features.push(format!("target:{}", candidate.target));
    features.push(format!("growth:{}", candidate.growth.is_some()));
    features.push(format!("subject:{}", candidate.subject.is_some()));
    features.push(format!("state:{}", when::is_state(scene, candidate)));
    features.push(format!("size:{}", candidate.value.map_or(0, |v| v.trunc().to_string().len())));
    phrase(&candidate.phrase(chars), &unit, &mut features);
    surroundings(chars, candidate, &mut features);
    place(chars, sentence, items, candidate, &mut features);
    candidate.features = features;
}

fn phrase(text: &str, unit: &str, features: &mut Vec<String>) {
    let letters: Vec<char> = text.chars().collect();
    let part = |range: std::ops::Range<usize>| letters[range].iter().collect::<String>();
    let n = letters.len();
    for length in 1..=4.min(n) {
        features.push(format!("head{length}:{}", part(n - length..n)));
        features.push(format!("front{length}:{}", part(0..length)));
    }
    features.push(format!("unit-head:{unit}:{}", part(n.saturating_sub(2)..n)));
    features.push(format!("length:{}", (n / 3).min(8)));
    features.extend((1..n).map(|i| format!("pair:{}", part(i - 1..i + 1))));
    features.extend(["“", "(", "、", "的"].iter().filter(|c| text.contains(**c)).map(|c| format!("has:{c}")));
}

fn surroundings(chars: &[char], candidate: &Candidate, features: &mut Vec<String>) {
    let (start, end) = (candidate.anchor.start as usize, candidate.anchor.end as usize);
    let text = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
    for length in 1..=3 {
        features.push(format!("left{length}:{}", text(start.saturating_sub(length), start)));
        features.push(format!("right{length}:{}", text(end, (end + length).min(chars.len()))));
    }
}

fn place(chars: &[char], sentence: CleanSpan, items: &[Item], candidate: &Candidate, features: &mut Vec<String>) {
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
        let side = ["before", "behind", "near"][usize::from(rank)];
        features.push(format!("{side}:{}", word.iter().collect::<String>()));
    }
    let own = items.iter().position(|item| item.span == candidate.anchor);
    features.push(format!("index:{}", own.unwrap_or(9).min(6)));
    features.push(format!("items:{}", items.len().min(8)));
    let rates = items.iter().filter(|item| matches!(item.kind, Kind::Rate(_))).count();
    features.push(format!("rates:{}", rates.min(4)));
    if let Some(item) = own.map(|i| &items[i]) {
        let kind = match item.kind {
            Kind::Money { investment, .. } => format!("money:{investment}"),
            Kind::Count { chinese, group, .. } => format!("count:{chinese}:{group}"),
            Kind::Rate(rate) => format!("rate:{rate:?}"),
        };
        features.push(kind);
    }
    let ended = chars[..sentence.end as usize].last().is_some_and(|c| matches!(c, '。' | '”' | '!' | '?'));
    features.push(format!("ended:{ended}"));
    let open = chars[first..start].iter().rev().find(|c| matches!(c, '“' | '”'));
    let quoted = open == Some(&'“');
    features.push(format!("quoted:{quoted}"));
}

/// Sets the features that compare a candidate with the others of its text.
pub(super) fn compare(scene: &Scene, found: &mut [Candidate]) {
    let told: Vec<_> = found.iter().map(|c| (c.value, c.unit_name(scene.chars), c.growth)).collect();
    let shape = |c: &Candidate| format!("{:?}", c.shape);
    let shapes: Vec<String> = found.iter().map(shape).collect();
    let mut times_told: HashMap<_, usize> = HashMap::new();
    for key in &told {
        *times_told.entry(key.clone()).or_default() += 1;
    }
    for (i, candidate) in found.iter_mut().enumerate() {
        let neighbours = [i.checked_sub(1), Some(i + 1)].map(|j| j.filter(|j| *j < told.len()));
        let same = neighbours.iter().flatten().any(|j| told[*j].1 == told[i].1);
        for (side, j) in ["last", "next"].iter().zip(neighbours) {
            let shape = j.map_or("none", |j| shapes[j].as_str());
            candidate.features.push(format!("{side}:{shape}"));
        }
        candidate.features.push(format!("same-unit:{same}"));
        candidate.features.push(format!("again:{}", times_told.get(&told[i]).copied().unwrap_or(0).min(3)));
    }
}
