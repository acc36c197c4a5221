//! The names of the graph: exact look-up by key, look-up by a part or by sound, and the nearest names to an unknown one.
//!
//! They are kept in one file beside the database, so that a question does not read them all from it.

mod alike;
mod book;
mod collect;
mod nearest;
mod parts;
mod sound;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use oxigraph::model::{Literal, NamedNode};

use super::kept;
use super::normal;
use super::passage::Sentences;
use super::tag::Tag;
use super::words::Words;
use crate::model::EntityKind;
use crate::rdf::terms;
use crate::store::{Store, StoreError};
use alike::{near, two_words};
use book::{Book, Section};
use collect::Collected;
pub(in crate::ask) use parts::pinyin;

/// Which thing in [`Names`]: the place of its line.
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
}

impl Thing {
    /// The keys of all its names.
    pub fn keys(&self) -> BTreeSet<String> {
        self.names.iter().flat_map(|name| normal::keys(name)).collect()
    }
}

/// Every name of the graph, filed by key.
#[derive(Debug, Default)]
pub struct Names {
    book: Book,
    sentences: OnceLock<Sentences>,
}

/// The file beside the database.
const FILE: &str = "parkgraph-names";

/// What may stand before a bare word for a kind of place that names one.
const OPENING: &str = "在于与和跟同、,，年月度日了到由把";

/// Longest name that is looked for in a question, in characters.
const LONGEST: usize = 60;

/// Names with one beginning that are looked at to see whether they are of one thing.
const MOST_BEGUN: usize = 20;

/// Most names that hold a part of the question before it says too little to suggest any.
const MOST_ALIKE: usize = 20_000;

impl Names {
    /// The names of all things, honours and figures of a store: from the file beside it where that is of the same state,
    /// else from the store, and into that file if it can be written.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn read(store: &Store) -> Result<Self, StoreError> {
        let (Some(stamp), Some(path)) = (store.stamp(), store.beside(FILE)) else {
            return Ok(Self::of(Collected::read(store)?.book("memory")));
        };
        if let Some(book) = Book::read(&path, &stamp.text) {
            return Ok(Self::of(book));
        }
        let book = Collected::read(store)?.book(&stamp.text);
        if store.is_as(&stamp) {
            kept::write(&path, book.bytes());
        }
        Ok(Self::of(book))
    }

    fn of(book: Book) -> Self {
        Self { book, sentences: OnceLock::new() }
    }

    /// The sentences of the store, which must be the one that the names are of; read when first asked for.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub(super) fn sentences(&self, store: &Store) -> Result<&Sentences, StoreError> {
        if let Some(known) = self.sentences.get() {
            return Ok(known);
        }
        let read = Sentences::read(store)?;
        Ok(self.sentences.get_or_init(|| read))
    }

    /// The thing with that place.
    pub fn thing(&self, id: ThingId) -> Thing {
        let line = self.book.line(Section::Things, id);
        let (head, names) = line.split_once('\t').unwrap_or((line, ""));
        Self::thing_of(head, names)
    }

    /// The preferred name of the thing with that place.
    fn first_name(&self, id: ThingId) -> Option<&str> {
        self.book.line(Section::Things, id).split_once('\t')?.1.split('\u{1f}').next()
    }

    /// Every thing, by the part of its IRI behind our namespace.
    pub fn things(&self) -> impl Iterator<Item = Thing> {
        self.book.lines(Section::Things).map(|(_, head, names)| Self::thing_of(head, names))
    }

    /// The preferred name of a thing, by its IRI.
    pub fn label(&self, iri: &str) -> Option<&str> {
        let names = self.book.get(Section::Things, collect::head(iri))?;
        names.split('\u{1f}').next()
    }

    fn thing_of(head: &str, names: &str) -> Thing {
        let iri = collect::iri(head);
        let kind = kind_of(iri.as_str()).unwrap_or(EntityKind::Project);
        Thing { iri, kind, names: names.split('\u{1f}').map(str::to_owned).collect() }
    }

    /// The thing with that identity.
    pub fn by_iri(&self, iri: &str) -> Option<Thing> {
        let head = collect::head(iri);
        let place = self.book.first_from(Section::Things, head);
        let thing = self.thing(place);
        (thing.iri.as_str() == iri).then_some(thing)
    }

    /// Things one of whose names has that key.
    pub fn exact(&self, key: &str) -> Vec<ThingId> {
        self.book.get(Section::Keys, key).map(places).unwrap_or_default()
    }

    /// Things one of whose keys contains `part`, which must have two characters or more. A part of four characters or more
    /// is also taken for two words that may stand a little apart: 网络安全 is in 网络空间安全产业园.
    pub fn containing(&self, part: &str) -> Vec<ThingId> {
        if part.chars().count() < 2 {
            return Vec::new();
        }
        let mut found: BTreeSet<ThingId> = gathered(self.book.keys_holding(&[part])).into_iter().collect();
        for (first, second) in two_words(part) {
            let words = [first.as_str(), second.as_str()];
            let both = self.book.keys_holding(&words);
            found.extend(gathered(both.filter(|(key, _)| near(key, &first, &second))));
        }
        found.into_iter().collect()
    }

    /// The things that `key` names: those of that name; else those of which it is a part, or a shortening, if they are
    /// one thing under several identities; else the one that it describes by characters of its name.
    pub fn find(&self, key: &str) -> Vec<ThingId> {
        let exact = self.exact(key);
        if !exact.is_empty() {
            return exact;
        }
        let parts = if key.chars().count() >= 3 { self.containing(key) } else { Vec::new() };
        let found = if parts.is_empty() { self.shortened_as(key) } else { parts };
        let one = found.iter().all(|&id| self.share_a_name(found[0], id));
        if one && !found.is_empty() { found } else { self.described(key).unwrap_or_default() }
    }

    fn share_a_name(&self, left: ThingId, right: ThingId) -> bool {
        left == right || !self.thing(left).keys().is_disjoint(&self.thing(right).keys())
    }

    /// Things that `short` may be a shortening of: it has five characters or more, begins as a name does, and leaves out
    /// some of the later ones, at most half of all.
    pub fn shortened_as(&self, short: &str) -> Vec<ThingId> {
        let length = short.chars().count();
        if length < 5 {
            return Vec::new();
        }
        let head: String = short.chars().take(2).collect();
        let fits = |key: &str| {
            let mut rest = key.chars();
            key.chars().count() <= length * 2 && short.chars().all(|c| rest.any(|k| k == c))
        };
        gathered(self.book.beginning_with(Section::Keys, &head).filter(|(key, _)| fits(key)))
    }

    /// The one thing (under its identities) with a name that begins with `start`; `None` where there is none or several.
    pub fn only_beginning(&self, start: &str) -> Option<Vec<ThingId>> {
        let found: BTreeSet<ThingId> = self
            .book
            .beginning_with(Section::Keys, start)
            .take(MOST_BEGUN)
            .flat_map(|(_, things)| places(things))
            .collect();
        let found: Vec<ThingId> = found.into_iter().collect();
        let one = found.iter().all(|&id| self.share_a_name(found[0], id));
        (one && !found.is_empty()).then_some(found)
    }

    /// Honours whose text contains `part` or is contained in it.
    pub fn titles_like(&self, part: &str) -> Vec<Literal> {
        let length = part.chars().count();
        let like = |key: &str| key.contains(part) || part.contains(key) && key.chars().count() * 2 >= length;
        let found = self.book.lines(Section::Titles).filter(|(_, key, _)| length >= 2 && like(key));
        found.filter_map(|(_, _, title)| title.parse().ok()).collect()
    }

    /// The names of figures, with the key of each.
    pub fn figures(&self) -> Vec<(String, Literal)> {
        let figure = |(_, key, name): (usize, &str, &str)| Some((key.to_owned(), name.parse().ok()?));
        self.book.lines(Section::Figures).filter_map(figure).collect()
    }

    /// The words and IRIs of counted sets whose words hold `part`.
    pub fn groups<'a>(&'a self, part: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.book.holding(Section::Groups, part).take(MOST_ALIKE)
    }

    /// Things below whatever bears one of these keys: places and parks in a place, industries under an industry.
    pub fn below(&self, keys: &BTreeSet<String>) -> Vec<ThingId> {
        let mut found = BTreeSet::new();
        let mut open: Vec<String> = keys.iter().cloned().collect();
        let mut known = keys.clone();
        while let Some(key) = open.pop() {
            for id in self.book.get(Section::Below, &key).map(places).unwrap_or_default() {
                if found.insert(id) {
                    open.extend(self.thing(id).keys().into_iter().filter(|key| known.insert(key.clone())));
                }
            }
        }
        found.into_iter().collect()
    }

    /// The longest name of a thing that begins at character `at`, with the position past its end; of names that are only
    /// heard alike, those longer than any that is written alike.
    pub(super) fn longest_at(&self, chars: &[char], at: usize, words: &Words) -> Option<(usize, Tag)> {
        let most = LONGEST.min(chars.len() - at);
        let written = |length: usize| {
            let text: String = chars[at..at + length].iter().collect();
            self.book.get(Section::Keys, &text).is_some()
        };
        (2..=most).rev().find_map(|length| {
            let end = at + length;
            if splits_word(chars, at) || splits_word(chars, end) {
                return None;
            }
            let text: String = chars[at..end].iter().collect();
            let things = match self.book.get(Section::Keys, &text) {
                Some(line) => places(line),
                // 青岚石 of 青岚石化 only sounds like 青岚市.
                None if length > 2 && !chars[at].is_ascii() && written(length - 1) => Vec::new(),
                None => self.heard(&chars[at..end]),
            };
            let free = !words.is_reserved(&text) || end < chars.len() && self.stands_for_one(&things, &chars[..at]);
            let told = !things.is_empty() && free && !text.chars().all(|c| c.is_ascii_digit());
            told.then(|| (end + self.closing(&things, &chars[end..]), Tag::Name(text, things)))
        })
    }

    /// True where a word for a kind of place is the name of one: 高新区有哪些企业, but not 有哪些高新区.
    fn stands_for_one(&self, things: &[ThingId], before: &[char]) -> bool {
        let parks = things.iter().all(|&id| self.thing(id).kind == EntityKind::Park);
        parks && before.last().is_none_or(|c| OPENING.contains(*c))
    }

    /// Length of a closing 项目 that belongs to the name of projects, though their keys do without it.
    fn closing(&self, things: &[ThingId], rest: &[char]) -> usize {
        let whole = |thing: Thing| {
            thing.kind == EntityKind::Project && thing.names.iter().any(|name| normal::fold(name).ends_with("项目"))
        };
        let project = rest.starts_with(&['项', '目']) && things.iter().all(|&id| whole(self.thing(id)));
        if project { 2 } else { 0 }
    }

    /// Things with a name that sounds like what was typed: in Latin letters, or with one character of the same sound in
    /// place of the right one.
    fn heard(&self, typed: &[char]) -> Vec<ThingId> {
        let latin = typed.iter().all(|c| c.is_ascii_lowercase() || *c == ' ');
        if typed.first() == Some(&' ') || typed.last() == Some(&' ') || typed.len() < if latin { 5 } else { 3 } {
            return Vec::new();
        }
        let mut found = BTreeSet::new();
        for place in self.book.sounding(sound::hash(&sound::sound(typed.iter().copied()))) {
            let line = self.book.line(Section::Keys, place);
            let Some((key, things)) = line.split_once('\t') else { continue };
            let same = if latin { key.chars().all(sound::is_spoken) } else { sound::one_slip(typed, key) };
            if same {
                found.extend(places(things));
            }
        }
        found.into_iter().collect()
    }

    /// The longest honour that begins at character `at`, with the position past its end.
    pub(super) fn title_at(&self, chars: &[char], at: usize) -> Option<(usize, Tag)> {
        let most = LONGEST.min(chars.len() - at);
        (3..=most).rev().find_map(|length| {
            let key: String = chars[at..at + length].iter().collect();
            self.book.get(Section::Titles, &key).map(|_| (at + length, Tag::Title(self.titles_like(&key))))
        })
    }

    /// The names that begin with `start`, in order, at most `count`; for completion.
    pub fn beginning(&self, start: &str, count: usize) -> Vec<String> {
        let key = normal::fold(start);
        if key.is_empty() {
            return Vec::new();
        }
        let mut names = Vec::new();
        for (_, things) in self.book.beginning_with(Section::Keys, &key) {
            let things = places(things).into_iter().map(|id| self.thing(id));
            for name in things.flat_map(|thing| thing.names).filter(|name| normal::fold(name).starts_with(&key)) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            if names.len() >= count {
                break;
            }
        }
        names.truncate(count);
        names
    }
}

/// The things of a line.
fn places(line: &str) -> Vec<ThingId> {
    line.split(' ').filter_map(|place| place.parse().ok()).collect()
}

fn gathered<'a>(lines: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<ThingId> {
    lines.flat_map(|(_, things)| places(things)).collect::<BTreeSet<_>>().into_iter().collect()
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

fn splits_word(chars: &[char], at: usize) -> bool {
    let letter = |c: Option<&char>| c.is_some_and(char::is_ascii_alphanumeric);
    at > 0 && letter(chars.get(at - 1)) && letter(chars.get(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf;

    fn names() -> Names {
        let mut collected = Collected::default();
        for (kind, forms) in [
            (EntityKind::Industry, vec!["氢能"]),
            (EntityKind::Park, vec!["中国氢能谷", "氢谷"]),
            (EntityKind::Project, vec!["甲公司氢能(制储)基地项目"]),
        ] {
            let forms: Vec<String> = forms.into_iter().map(str::to_owned).collect();
            collected.labels.insert(rdf::entity_iri(kind, &forms[0]).into_string(), forms);
        }
        Names::of(collected.book("test"))
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
