//! The names most like one that the graph does not know.

use std::collections::{BTreeMap, BTreeSet};

use super::alike::{likeness, pairs};
use super::book::Section;
use super::{MOST_ALIKE, Names, ThingId, places};
use crate::ask::neighbours::Lines;

/// A shared part of two characters is the least by which a name is suggested.
const LEAST_LIKENESS: f64 = 0.2;
/// What joins the parts of a description and stands in no name.
const JOINTS: &str = "的在那个家座之里位于";
/// Shortest description of a thing by characters of its name.
const LEAST_DESCRIBED: usize = 4;
/// Which share of the neighbouring pairs of a description its name must have as neighbours, and of its name's characters
/// a description must have.
const LEAST_WHOLE: f64 = 0.55;
const LEAST_COVERED: f64 = 0.3;
/// How much better than any other the thing must fit that is meant.
const APART: f64 = 0.08;

impl Names {
    /// The names most like `key`, best first, at most `count`.
    pub fn nearest(&self, key: &str, count: usize) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for (_, id) in self.likest(key, count) {
            let name = self.first_name(id).unwrap_or_default();
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
            if names.len() == count {
                break;
            }
        }
        names
    }

    /// The one thing (under its identities) whose name holds the characters of `phrase` in order, some of its own left
    /// out: 青岚研发中心 for 青岚中国研发技术中心. `None` where there is none or several fit about as well.
    pub fn described(&self, phrase: &str) -> Option<Vec<ThingId>> {
        let text: Vec<char> = phrase.chars().filter(|c| !JOINTS.contains(*c)).collect();
        if text.len() < LEAST_DESCRIBED {
            return None;
        }
        let mut lists: Vec<Lines<'_>> = text.windows(2).map(|pair| self.book.keys_with((pair[0], pair[1]))).collect();
        lists.sort_by_key(Lines::len);
        // A name that fits lacks so few pairs that it has one of these.
        let all = lists.len();
        let lacking =
            (0..=all).rev().find(|lacking| (all - lacking) as f64 / all as f64 >= LEAST_WHOLE).unwrap_or_default();
        let near: BTreeSet<usize> =
            lists.into_iter().take(lacking + 1).flat_map(|list| list.take(MOST_ALIKE)).collect();
        let alike = near.into_iter().filter_map(|place| self.book.line(Section::Keys, place).split_once('\t'));
        let fits = alike.filter_map(|(key, things)| Some((fitness(&text, key)?, things)));
        let mut ranked: Vec<(f64, ThingId)> =
            fits.flat_map(|(fit, things)| places(things).into_iter().map(move |id| (fit, id))).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let (best, first) = *ranked.first()?;
        let near: BTreeSet<ThingId> = ranked.iter().filter(|(fit, _)| *fit > best - APART).map(|(_, id)| *id).collect();
        let one = near.iter().all(|&id| self.share_a_name(first, id));
        one.then(|| near.into_iter().collect())
    }

    /// How like the likest name is to `key`.
    pub fn likeness(&self, key: &str) -> f64 {
        self.likest(key, 1).first().map_or(0.0, |found| found.0)
    }

    /// The things with names that share something with `key`, the likest first, with their likeness: 1 for the same pairs
    /// of characters. Things less like than so many of other names may be missing.
    fn likest(&self, key: &str, count: usize) -> Vec<(f64, ThingId)> {
        let wanted = pairs(key);
        let parts: BTreeSet<(char, char)> = wanted.iter().copied().collect();
        let mut places: Vec<usize> =
            parts.iter().flat_map(|part| self.book.keys_with(*part).take(MOST_ALIKE)).collect();
        places.sort_unstable();
        let mut shared: Vec<(usize, usize)> = places.chunk_by(usize::eq).map(|run| (run.len(), run[0])).collect();
        shared.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut best: BTreeMap<ThingId, f64> = BTreeMap::new();
        for alike in shared.chunk_by(|a, b| a.0 == b.0) {
            // A name has at least the pairs that it shares.
            let most = alike[0].0 + wanted.len() - parts.len();
            let bound = 2.0 * most as f64 / (wanted.len() + most) as f64;
            if bound < LEAST_LIKENESS || self.told_apart(&best, bound) >= count {
                break;
            }
            for (_, place) in alike {
                let Some((other, things)) = self.book.line(Section::Keys, *place).split_once('\t') else { continue };
                let likeness = likeness(&wanted, &pairs(other));
                if likeness >= LEAST_LIKENESS {
                    for id in self::places(things) {
                        best.entry(id).and_modify(|known| *known = known.max(likeness)).or_insert(likeness);
                    }
                }
            }
        }
        let mut ranked: Vec<(f64, ThingId)> = best.into_iter().map(|(id, likeness)| (likeness, id)).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked
    }

    /// How many different names have the things that are more like than that.
    fn told_apart(&self, found: &BTreeMap<ThingId, f64>, bound: f64) -> usize {
        let alike = found.iter().filter(|(_, likeness)| **likeness > bound);
        alike.filter_map(|(id, _)| self.first_name(*id)).collect::<BTreeSet<_>>().len()
    }
}

/// How well a description fits a name that holds its characters in order: by what stays together and by how much of the
/// name it says. `None` where it does not fit.
fn fitness(text: &[char], key: &str) -> Option<f64> {
    let name: Vec<char> = key.chars().collect();
    let mut rest = name.iter();
    if !text.iter().all(|c| rest.any(|other| other == c)) {
        return None;
    }
    let whole = text.windows(2).filter(|pair| name.windows(2).any(|other| other == *pair)).count();
    let whole = whole as f64 / (text.len() - 1) as f64;
    let covered = text.len() as f64 / name.len() as f64;
    (whole >= LEAST_WHOLE && covered >= LEAST_COVERED).then_some(whole + covered / 2.0)
}
