//! The names most like one that the graph does not know.

use std::collections::{BTreeMap, BTreeSet};

use super::alike::{likeness, pairs};
use super::book::Section;
use super::{MOST_ALIKE, Names, ThingId, places};

/// A shared part of two characters is the least by which a name is suggested.
const LEAST_LIKENESS: f64 = 0.2;

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
