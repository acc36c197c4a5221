//! The names of the graph, found while they are typed: by characters, by pinyin, by the first letters of pinyin.

use std::collections::BTreeMap;

use memchr::memmem;
use pinyin::ToPinyin;
use serde::Serialize;

use super::id;
use crate::ask::{Names, key};
use crate::model::EntityKind;

/// A named thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its identity behind our namespace.
    pub id: String,
    /// Local name of its class.
    pub kind: &'static str,
    /// Its preferred name.
    pub label: String,
    /// Its other names.
    pub aliases: Vec<String>,
}

/// A thing that was found, with the name by which.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit<'a> {
    /// The thing.
    #[serde(flatten)]
    pub entry: &'a Entry,
    /// The name that fits.
    pub matched: &'a str,
    /// How well, 0 to 100: 100 for the whole name.
    pub score: u32,
}

/// One way of writing names: all of them in one text, a line each.
#[derive(Debug, Default)]
struct Sheet {
    text: String,
    /// Where each line begins, with the entry and the number of its name (0 for the preferred one).
    lines: Vec<(usize, u32, u32)>,
}

impl Sheet {
    fn push(&mut self, written: &str, entry: u32, name: u32) {
        self.lines.push((self.text.len(), entry, name));
        self.text.push_str(written);
        self.text.push('\n');
    }

    /// The lines that hold `part`: entry, name, whether at its start, and its length in bytes.
    fn find(&self, part: &str) -> impl Iterator<Item = (u32, u32, bool, usize)> {
        memmem::find_iter(self.text.as_bytes(), part.as_bytes().to_vec().as_slice())
            .map(|at| {
                let line = self.lines.partition_point(|(begin, ..)| *begin <= at) - 1;
                let (begin, entry, name) = self.lines[line];
                let end = self.lines.get(line + 1).map_or(self.text.len(), |next| next.0);
                (entry, name, begin == at, end - begin - 1)
            })
            .collect::<Vec<_>>()
            .into_iter()
    }
}

/// Every name of the graph.
#[derive(Debug, Default)]
pub struct NameIndex {
    entries: Vec<Entry>,
    characters: Sheet,
    pinyin: Sheet,
    initials: Sheet,
}

impl NameIndex {
    /// Files the names of all things.
    pub fn of(names: &Names) -> Self {
        let mut index = Self::default();
        for mut thing in names.things() {
            let aliases = thing.names.split_off(1.min(thing.names.len()));
            let label = thing.names.pop().unwrap_or_default();
            index.add(Entry { id: id(thing.iri.as_str()).to_owned(), kind: thing.kind.name(), label, aliases });
        }
        index
    }

    fn add(&mut self, entry: Entry) {
        let number = self.entries.len() as u32;
        let names = std::iter::once(&entry.label).chain(&entry.aliases);
        for (at, name) in names.enumerate() {
            self.characters.push(&key(name), number, at as u32);
            let (whole, first) = spelled(name);
            self.pinyin.push(&whole, number, at as u32);
            self.initials.push(&first, number, at as u32);
        }
        self.entries.push(entry);
    }

    /// The things whose names fit `typed` best, with the number of all that fit.
    pub fn search(&self, typed: &str, kind: Option<EntityKind>, most: usize) -> (Vec<Hit<'_>>, usize) {
        let wanted = key(typed);
        let mut best: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
        if wanted.is_empty() {
            return self.of_kind(kind, most);
        }
        let mut note = |sheet: &Sheet, part: &str, worth: u32| {
            for (entry, name, starts, length) in sheet.find(part) {
                // A name that is nearly all typed fits better than a long one.
                let share = (30 * part.len() / length.max(1)) as u32;
                let score = if part.len() == length { worth } else { worth - 50 + share + if starts { 15 } else { 0 } };
                let score = score.saturating_sub(if name > 0 { 1 } else { 0 });
                let known = best.entry(entry).or_insert((score, name));
                if score > known.0 {
                    *known = (score, name);
                }
            }
        };
        note(&self.characters, &wanted, 100);
        let letters: String = typed.to_ascii_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
        if letters.len() >= 2 && !typed.chars().any(|c| c as u32 >= 0x2e80) {
            note(&self.pinyin, &letters, 90);
            note(&self.initials, &letters, 85);
        }
        let mut hits: Vec<Hit<'_>> = best
            .into_iter()
            .map(|(entry, (score, name))| {
                let entry = &self.entries[entry as usize];
                let matched = if name == 0 { &entry.label } else { &entry.aliases[name as usize - 1] };
                Hit { entry, matched, score }
            })
            .filter(|hit| kind.is_none_or(|kind| kind.name() == hit.entry.kind))
            .collect();
        let total = hits.len();
        hits.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.entry.label.cmp(&b.entry.label)));
        hits.truncate(most);
        (hits, total)
    }
}

impl NameIndex {
    /// The first things of a kind by name, with the number of all; nothing without a kind.
    fn of_kind(&self, kind: Option<EntityKind>, most: usize) -> (Vec<Hit<'_>>, usize) {
        let fits = |entry: &&Entry| kind.is_some_and(|kind| kind.name() == entry.kind);
        let mut entries: Vec<&Entry> = self.entries.iter().filter(fits).collect();
        let total = entries.len();
        entries.sort_by(|a, b| a.label.cmp(&b.label));
        entries.truncate(most);
        (entries.into_iter().map(|entry| Hit { entry, matched: &entry.label, score: 0 }).collect(), total)
    }
}

/// A name in pinyin without tones, and the first letters of its syllables; other letters as they are.
fn spelled(name: &str) -> (String, String) {
    let (mut whole, mut first) = (String::new(), String::new());
    for c in name.chars() {
        match c.to_pinyin() {
            Some(syllable) => {
                whole.push_str(&syllable.plain().replace('ü', "v"));
                first.push_str(syllable.first_letter());
            }
            None if c.is_ascii_alphanumeric() => {
                whole.push(c.to_ascii_lowercase());
                first.push(c.to_ascii_lowercase());
            }
            None => {}
        }
    }
    (whole, first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_characters_pinyin_and_first_letters() {
        let mut index = NameIndex::default();
        let rows = [
            ("enterprise/甲", "Enterprise", "星河微电子有限公司", vec!["星河微电子"]),
            ("park/乙", "Park", "星河传感谷", vec![]),
            ("project/丙", "Project", "ABC芯片项目", vec![]),
        ];
        for (id, kind, label, aliases) in rows {
            let aliases: Vec<String> = aliases.into_iter().map(str::to_owned).collect();
            index.add(Entry { id: id.into(), kind, label: label.into(), aliases });
        }
        let cases: &[(&str, &[&str])] = &[
            ("传感", &["park/乙"]),
            ("星河微电子", &["enterprise/甲"]),
            ("xinghe", &["park/乙", "enterprise/甲"]),
            ("xhcgg", &["park/乙"]),
            ("chuangan", &["park/乙"]),
            ("abc", &["project/丙"]),
            ("量子", &[]),
            ("", &[]),
        ];
        for (typed, expected) in cases {
            let found: Vec<_> = index.search(typed, None, 9).0.iter().map(|hit| hit.entry.id.as_str()).collect();
            assert_eq!(&found, expected, "{typed}");
        }
        assert_eq!(index.search("xinghe", Some(EntityKind::Park), 9).1, 1);
    }
}
