//! The names of the graph: exact look-up by key, look-up by a part, and the nearest names to one that is unknown.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use oxigraph::model::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term};

use super::normal;
use super::tag::Tag;
use super::words::Words;
use crate::model::{EntityKind, Predicate};
use crate::rdf::terms;
use crate::store::{Store, StoreError};

/// Index of a thing in [`Names`].
pub type ThingId = usize;

/// A named thing of the graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    /// Its identity.
    pub iri: NamedNode,
    /// What it is.
    pub kind: EntityKind,
    /// Its preferred name first, then the others in order of their text.
    pub names: Vec<String>,
    /// Keys of all its names.
    pub keys: Vec<String>,
}

/// Every name of the graph, filed by key.
#[derive(Debug, Default)]
pub struct Names {
    things: Vec<Thing>,
    by_key: HashMap<String, Vec<ThingId>>,
    titles: Vec<(String, Literal)>,
    /// Industries by the IRI of the broader one, as stated by `skos:broader`.
    narrower: HashMap<NamedNode, Vec<NamedNode>>,
    longest: usize,
}

/// From an industry to the one above it in the taxonomy.
const BROADER: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#broader");

/// A shared part of two characters is the least by which a name is suggested.
const LEAST_LIKENESS: f64 = 0.2;

impl Names {
    /// Reads the names of all things and all honours of a store.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn read(store: &Store) -> Result<Self, StoreError> {
        let mut labels: BTreeMap<NamedNode, Vec<String>> = BTreeMap::new();
        for property in [terms::PREF_LABEL, terms::ALT_LABEL] {
            for quad in store.matching(None, Some(property), None) {
                let quad = quad?;
                if let (NamedOrBlankNode::NamedNode(thing), Term::Literal(name)) = (quad.subject, quad.object) {
                    labels.entry(thing).or_default().push(name.value().to_owned());
                }
            }
        }
        let mut names = Self::default();
        for (iri, mut forms) in labels {
            let Some(kind) = kind_of(iri.as_str()) else { continue };
            // The preferred label was read first; the others are put in order.
            forms[1..].sort();
            names.add(iri, kind, forms);
        }
        names.read_titles(store)?;
        names.read_narrower(store)?;
        Ok(names)
    }

    fn read_titles(&mut self, store: &Store) -> Result<(), StoreError> {
        let mut titles = BTreeMap::new();
        for quad in store.matching(None, Some(terms::property(Predicate::Designation)), None) {
            if let Term::Literal(title) = quad?.object {
                titles.insert(title.to_string(), (title_key(title.value()), title));
            }
        }
        self.titles = titles.into_values().collect();
        Ok(())
    }

    fn read_narrower(&mut self, store: &Store) -> Result<(), StoreError> {
        for quad in store.matching(None, Some(BROADER), None) {
            let quad = quad?;
            if let (NamedOrBlankNode::NamedNode(narrow), Term::NamedNode(broad)) = (quad.subject, quad.object) {
                self.narrower.entry(broad).or_default().push(narrow);
            }
        }
        Ok(())
    }

    /// Files a thing under its names, the preferred one first.
    pub fn add(&mut self, iri: NamedNode, kind: EntityKind, names: Vec<String>) {
        let id = self.things.len();
        let keys: BTreeSet<String> = names.iter().flat_map(|name| normal::keys(name)).collect();
        for key in &keys {
            self.longest = self.longest.max(key.chars().count());
            self.by_key.entry(key.clone()).or_default().push(id);
        }
        self.things.push(Thing { iri, kind, names, keys: keys.into_iter().collect() });
    }

    /// The thing with that index.
    pub fn thing(&self, id: ThingId) -> &Thing {
        &self.things[id]
    }

    /// The thing with that identity.
    pub fn by_iri(&self, iri: &str) -> Option<&Thing> {
        let at = self.things.binary_search_by(|thing| thing.iri.as_str().cmp(iri)).ok()?;
        Some(&self.things[at])
    }

    /// Things one of whose names has that key.
    pub fn exact(&self, key: &str) -> Vec<ThingId> {
        self.by_key.get(key).cloned().unwrap_or_default()
    }

    /// Things one of whose keys contains `part`, which must have two characters or more. Where there is none, a part of
    /// four characters is taken for two words that may stand a little apart: 网络安全 is in 网络空间安全产业园.
    pub fn containing(&self, part: &str) -> Vec<ThingId> {
        if part.chars().count() < 2 {
            return Vec::new();
        }
        let all = |holds: &dyn Fn(&String) -> bool| -> Vec<ThingId> {
            (0..self.things.len()).filter(|&id| self.things[id].keys.iter().any(holds)).collect()
        };
        let found = all(&|key| key.contains(part));
        let words = two_words(part);
        match words {
            Some((first, second)) if found.is_empty() => all(&|key| near(key, &first, &second)),
            _ => found,
        }
    }

    /// The things that `key` names: those of that name; else those of which it is a part, or a shortening, if they are
    /// one thing under several identities.
    pub fn find(&self, key: &str) -> Vec<ThingId> {
        let exact = self.exact(key);
        if !exact.is_empty() {
            return exact;
        }
        let parts = if key.chars().count() >= 3 { self.containing(key) } else { Vec::new() };
        let found = if parts.is_empty() { self.shortened_as(key) } else { parts };
        let one = found.iter().all(|&id| self.share_a_name(found[0], id));
        if one { found } else { Vec::new() }
    }

    fn share_a_name(&self, left: ThingId, right: ThingId) -> bool {
        self.things[left].keys.iter().any(|key| self.things[right].keys.contains(key))
    }

    /// Things that `short` may be a shortening of: it has five characters or more, begins as a name does, and leaves out
    /// some of the later ones, at most half of all.
    pub fn shortened_as(&self, short: &str) -> Vec<ThingId> {
        let length = short.chars().count();
        if length < 5 {
            return Vec::new();
        }
        let head: String = short.chars().take(2).collect();
        let fits = |key: &String| {
            let mut rest = key.chars();
            key.starts_with(&head) && key.chars().count() <= length * 2 && short.chars().all(|c| rest.any(|k| k == c))
        };
        (0..self.things.len()).filter(|&id| self.things[id].keys.iter().any(fits)).collect()
    }

    /// Honours whose text contains `part` or is contained in it.
    pub fn titles_like(&self, part: &str) -> Vec<Literal> {
        let like =
            |key: &str| key.contains(part) || part.contains(key) && key.chars().count() * 2 >= part.chars().count();
        let found = self.titles.iter().filter(|(key, _)| part.chars().count() >= 2 && like(key));
        found.map(|(_, title)| title.clone()).collect()
    }

    /// Industries under `industry` in the taxonomy, at any depth.
    pub fn narrower(&self, industry: &NamedNode) -> BTreeSet<NamedNode> {
        let mut found = BTreeSet::new();
        let mut open = vec![industry];
        while let Some(next) = open.pop() {
            for narrow in self.narrower.get(next).into_iter().flatten() {
                if found.insert(narrow.clone()) {
                    open.push(narrow);
                }
            }
        }
        found
    }

    /// The longest name of a thing that begins at character `at`, with the position past its end.
    pub(super) fn longest_at(&self, chars: &[char], at: usize, words: &Words) -> Option<(usize, Tag)> {
        let most = self.longest.min(chars.len() - at);
        (2..=most).rev().find_map(|length| {
            let end = at + length;
            if splits_word(chars, at) || splits_word(chars, end) {
                return None;
            }
            let text: String = chars[at..end].iter().collect();
            let things = self.by_key.get(&text)?;
            let told = !words.is_reserved(&text) && !text.chars().all(|c| c.is_ascii_digit());
            told.then(|| (end, Tag::Name(text, things.clone())))
        })
    }

    /// The longest honour that begins at character `at`, with the position past its end.
    pub(super) fn title_at(&self, chars: &[char], at: usize) -> Option<(usize, Tag)> {
        let starts = |key: &str| key.chars().enumerate().all(|(i, c)| chars.get(at + i) == Some(&c));
        let (key, _) = self
            .titles
            .iter()
            .filter(|(key, _)| key.chars().count() >= 3 && starts(key))
            .max_by_key(|(key, _)| key.len())?;
        Some((at + key.chars().count(), Tag::Title(self.titles_like(key))))
    }

    /// The names most like `key`, best first, at most `count`.
    pub fn nearest(&self, key: &str, count: usize) -> Vec<String> {
        self.likest(key).into_iter().take(count).map(|(_, name)| name.to_owned()).collect()
    }

    /// The names that share something with `key`, the likest first, with their likeness: 1 for the same pairs of
    /// characters.
    pub fn likest(&self, key: &str) -> Vec<(f64, &str)> {
        let wanted = pairs(key);
        let mut ranked: Vec<(f64, &str)> = Vec::new();
        for thing in &self.things {
            let likeness = thing.keys.iter().map(|key| likeness(&wanted, &pairs(key))).fold(0.0, f64::max);
            if likeness >= LEAST_LIKENESS {
                ranked.push((likeness, &thing.names[0]));
            }
        }
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        ranked.dedup_by(|a, b| a.1 == b.1);
        ranked
    }
}

/// The key of an honour, without the word for those who hold it.
fn title_key(title: &str) -> String {
    let key = normal::key(title);
    let bare = ["企业", "单位"].iter().find_map(|word| key.strip_suffix(word));
    bare.filter(|bare| bare.chars().count() >= 3).map(str::to_owned).unwrap_or(key)
}

/// The kind that the IRI of a thing tells.
pub fn kind_of(iri: &str) -> Option<EntityKind> {
    let (kind, _) = iri.strip_prefix(terms::PGR)?.split_once('/')?;
    EntityKind::ALL.into_iter().find(|candidate| candidate.name().to_ascii_lowercase() == kind)
}

/// A key of four Chinese characters as two words.
fn two_words(key: &str) -> Option<(String, String)> {
    let chars: Vec<char> = key.chars().collect();
    let fits = chars.len() == 4 && chars.iter().all(|c| !c.is_ascii());
    fits.then(|| (chars[..2].iter().collect(), chars[2..].iter().collect()))
}

/// True if `second` follows `first` in `key` with at most two characters between.
fn near(key: &str, first: &str, second: &str) -> bool {
    let behind = key.match_indices(first).map(|(at, _)| &key[at + first.len()..]);
    let mut gaps = behind.filter_map(|rest| rest.find(second).map(|at| rest[..at].chars().count()));
    gaps.any(|gap| gap <= 2)
}

fn splits_word(chars: &[char], at: usize) -> bool {
    let letter = |c: Option<&char>| c.is_some_and(char::is_ascii_alphanumeric);
    at > 0 && letter(chars.get(at - 1)) && letter(chars.get(at))
}

/// The pairs of neighbouring characters of a key, in order; for a single character, itself twice.
fn pairs(key: &str) -> Vec<(char, char)> {
    let chars: Vec<char> = key.chars().collect();
    let mut pairs: Vec<(char, char)> = chars.windows(2).map(|pair| (pair[0], pair[1])).collect();
    if let [single] = chars[..] {
        pairs.push((single, single));
    }
    pairs.sort_unstable();
    pairs
}

/// Dice coefficient of two sorted lists of pairs: 0 for nothing shared, 1 for the same.
fn likeness(left: &[(char, char)], right: &[(char, char)]) -> f64 {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < left.len() && j < right.len() {
        match left[i].cmp(&right[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                i += 1;
                j += 1;
            }
        }
    }
    if left.is_empty() || right.is_empty() { 0.0 } else { 2.0 * shared as f64 / (left.len() + right.len()) as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf;

    fn names() -> Names {
        let mut names = Names::default();
        for (kind, forms) in [
            (EntityKind::Industry, vec!["氢能"]),
            (EntityKind::Park, vec!["中国氢能谷", "氢谷"]),
            (EntityKind::Project, vec!["甲公司氢能(制储)基地项目"]),
        ] {
            let forms: Vec<String> = forms.into_iter().map(str::to_owned).collect();
            names.add(rdf::entity_iri(kind, &forms[0]), kind, forms);
        }
        names
    }

    #[test]
    fn names_are_found_by_key_and_by_part() {
        let names = names();
        let labels = |ids: Vec<ThingId>| ids.iter().map(|&id| names.thing(id).names[0].clone()).collect::<Vec<_>>();
        assert_eq!(labels(names.exact("氢能谷")), ["中国氢能谷"]);
        assert_eq!(labels(names.exact(&normal::key("甲公司氢能制储基地"))), ["甲公司氢能(制储)基地项目"]);
        assert_eq!(labels(names.containing("氢能")), ["氢能", "中国氢能谷", "甲公司氢能(制储)基地项目"]);
        assert_eq!(labels(names.containing("制储")), ["甲公司氢能(制储)基地项目"]);
        assert_eq!(labels(names.containing("氢能基地")), ["甲公司氢能(制储)基地项目"]);
        assert_eq!(labels(names.shortened_as("甲公司氢能基地")), ["甲公司氢能(制储)基地项目"]);
        assert!(names.exact("氢").is_empty() && names.containing("氢").is_empty());
    }

    #[test]
    fn the_nearest_names_come_first() {
        assert_eq!(names().nearest("氢能山谷", 2), ["氢能", "中国氢能谷"]);
        assert!(names().nearest("量子香蕉", 3).is_empty());
    }
}
