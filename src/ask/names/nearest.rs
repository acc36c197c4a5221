//! The names most like one that the graph does not know.

use std::collections::{BTreeMap, BTreeSet};

use super::alike::{likeness, pairs};
use super::book::Section;
use super::{MOST_ALIKE, Names, ThingId, places};

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
        for (_, id) in self.likest(key) {
            let name = self.thing(id).names.swap_remove(0);
            if !names.contains(&name) {
                names.push(name);
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
        let pairs: Vec<String> = text.windows(2).map(|pair| pair.iter().collect()).collect();
        let alike: BTreeMap<&str, &str> =
            pairs.iter().flat_map(|pair| self.book.holding(Section::Keys, pair).take(MOST_ALIKE)).collect();
        let fits = alike.into_iter().filter_map(|(key, things)| Some((fitness(&text, key)?, things)));
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
        self.likest(key).first().map_or(0.0, |found| found.0)
    }

    /// The things with names that share something with `key`, the likest first, with their likeness: 1 for the same pairs
    /// of characters.
    fn likest(&self, key: &str) -> Vec<(f64, ThingId)> {
        let wanted = pairs(key);
        let parts: BTreeSet<String> =
            wanted.iter().map(|(a, b)| if a == b { a.to_string() } else { format!("{a}{b}") }).collect();
        let mut alike: BTreeMap<&str, &str> = BTreeMap::new();
        for part in &parts {
            alike.extend(self.book.holding(Section::Keys, part).take(MOST_ALIKE));
        }
        let mut best: BTreeMap<ThingId, f64> = BTreeMap::new();
        for (other, things) in alike {
            let likeness = likeness(&wanted, &pairs(other));
            if likeness >= LEAST_LIKENESS {
                for id in places(things) {
                    best.entry(id).and_modify(|known| *known = known.max(likeness)).or_insert(likeness);
                }
            }
        }
        let mut ranked: Vec<(f64, ThingId)> = best.into_iter().map(|(id, likeness)| (likeness, id)).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked
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
