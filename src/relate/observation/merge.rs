//! One figure for what a text tells twice, as in its headline and its body.

use std::collections::BTreeMap;

use super::Candidate;

/// How many figures of one value are compared with a new one.
const TWINS: usize = 8;

/// Leaves out each figure that repeats another: equal value, unit and growth, and a phrase like the other's. `told` gives
/// a figure's candidate.
///
/// Of two, the one with more told of it stays (growth, then a time, then the later one).
pub fn merged<T>(chars: &[char], figures: Vec<T>, told: impl Fn(&T) -> &Candidate) -> Vec<T> {
    let mut kept: Vec<T> = Vec::new();
    let mut by_value: BTreeMap<(String, Option<String>), Vec<usize>> = BTreeMap::new();
    for figure in figures {
        let candidate = told(&figure);
        let value = candidate.value.or(candidate.growth).map_or(String::new(), |v| v.normalize().to_string());
        let same = by_value.entry((value, candidate.unit_name(chars))).or_default();
        let phrase = candidate.phrase(chars);
        let twin = same.iter().rev().take(TWINS).copied().find(|i| repeats(chars, told(&kept[*i]), candidate, &phrase));
        match twin {
            Some(i) if weight(candidate) >= weight(told(&kept[i])) => kept[i] = figure,
            Some(_) => {}
            None => {
                same.push(kept.len());
                kept.push(figure);
            }
        }
    }
    kept.sort_by_key(|figure| told(figure).anchor);
    kept
}

/// True for the same figure told in another paragraph.
fn repeats(chars: &[char], kept: &Candidate, candidate: &Candidate, phrase: &str) -> bool {
    let between = kept.anchor.end as usize..(candidate.anchor.start as usize).max(kept.anchor.end as usize);
    chars[between].contains(&'\n') && agree(kept, candidate) && alike(&kept.phrase(chars), phrase)
}

fn agree(a: &Candidate, b: &Candidate) -> bool {
    a.growth.is_none() || b.growth.is_none() || a.growth == b.growth
}

fn weight(candidate: &Candidate) -> (bool, bool) {
    (candidate.growth.is_some(), candidate.period.is_some())
}

/// True when one phrase holds the other, or the two share three in five of their characters.
pub(super) fn alike(a: &str, b: &str) -> bool {
    if a.contains(b) || b.contains(a) {
        return true;
    }
    let mut rest: Vec<char> = b.chars().collect();
    let longest = a.chars().count().max(rest.len());
    let mut common = 0;
    for c in a.chars() {
        if let Some(at) = rest.iter().position(|other| *other == c) {
            rest.swap_remove(at);
            common += 1;
        }
    }
    common * 5 >= longest * 3
}
