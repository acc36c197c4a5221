//! The user's own decisions about identity: a text file, one decision a line.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use thiserror::Error;

use crate::message::Bilingual;
use crate::rdf::{entity_of, expand, shorten};

/// One decision; things by the IRIs of their forms.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entry {
    /// Both are one thing.
    Merge(String, String),
    /// They are two things.
    Split(String, String),
    /// It is nothing else.
    Alone(String),
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Merge(a, b) => write!(f, "merge {} {}", shorten(a), shorten(b)),
            Self::Split(a, b) => write!(f, "split {} {}", shorten(a), shorten(b)),
            Self::Alone(a) => write!(f, "split {}", shorten(a)),
        }
    }
}

/// A line of the journal that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "line {line} of the journal cannot be read: `{text}`; write `merge pgr:kind/name pgr:kind/name` or `split pgr:kind/name`"
)]
pub struct JournalError {
    /// Its number, from 1.
    pub line: usize,
    /// The line.
    pub text: String,
}

impl Bilingual for JournalError {
    fn zh(&self) -> String {
        let Self { line, text } = self;
        format!("日志第 {line} 行无法读取：`{text}`；请写成 `merge pgr:类/名称 pgr:类/名称` 或 `split pgr:类/名称`")
    }
}

/// All decisions of a user. A later line overrides an earlier one about the same pair.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Journal {
    pairs: BTreeMap<(String, String), bool>,
    alone: BTreeSet<String>,
}

impl Journal {
    /// Reads the text of a journal. `#` begins a remark.
    ///
    /// # Errors
    /// At the first line that is no decision.
    pub fn parse(text: &str) -> Result<Self, JournalError> {
        let mut journal = Self::default();
        for (index, line) in text.lines().enumerate() {
            let words: Vec<&str> = line.split_whitespace().take_while(|word| !word.starts_with('#')).collect();
            if words.is_empty() {
                continue;
            }
            let entry = read(&words).ok_or_else(|| JournalError { line: index + 1, text: line.trim().to_owned() })?;
            journal.add(&entry);
        }
        Ok(journal)
    }

    /// Takes in one more decision.
    pub fn add(&mut self, entry: &Entry) {
        match entry {
            Entry::Merge(a, b) => {
                self.alone.remove(a);
                self.alone.remove(b);
                self.pairs.insert(ordered(a, b), true);
            }
            Entry::Split(a, b) => {
                self.pairs.insert(ordered(a, b), false);
            }
            Entry::Alone(a) => {
                self.pairs.retain(|(x, y), joins| !*joins || (x != a && y != a));
                self.alone.insert(a.clone());
            }
        }
    }

    /// The decisions in order; equal journals have equal texts.
    pub fn text(&self) -> String {
        let pair = |((a, b), joins): (&(String, String), &bool)| {
            if *joins { Entry::Merge(a.clone(), b.clone()) } else { Entry::Split(a.clone(), b.clone()) }
        };
        let alone = self.alone.iter().map(|a| Entry::Alone(a.clone()));
        alone.chain(self.pairs.iter().map(pair)).map(|entry| format!("{entry}\n")).collect()
    }

    /// Whether it says that two forms are one thing.
    pub fn joins(&self, a: &str, b: &str) -> bool {
        self.pairs.get(&ordered(a, b)) == Some(&true)
    }

    /// Whether it says that two forms are two things.
    pub fn parts(&self, a: &str, b: &str) -> bool {
        self.pairs.get(&ordered(a, b)).map_or_else(|| self.alone.contains(a) || self.alone.contains(b), |joins| !joins)
    }

    /// The forms that it joins with one.
    pub fn joined_with<'a>(&'a self, form: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs.iter().filter(|(_, joins)| **joins).filter_map(move |((a, b), _)| match form {
            it if it == a => Some(b.as_str()),
            it if it == b => Some(a.as_str()),
            _ => None,
        })
    }

    /// The forms about which two journals say something else.
    pub fn changed(&self, other: &Self) -> BTreeSet<String> {
        let mut forms: BTreeSet<String> = self.alone.symmetric_difference(&other.alone).cloned().collect();
        for (one, two) in [(self, other), (other, self)] {
            for (pair, joins) in &one.pairs {
                if two.pairs.get(pair) != Some(joins) {
                    forms.extend([pair.0.clone(), pair.1.clone()]);
                }
            }
        }
        forms
    }
}

fn ordered(a: &str, b: &str) -> (String, String) {
    if a <= b { (a.to_owned(), b.to_owned()) } else { (b.to_owned(), a.to_owned()) }
}

fn read(words: &[&str]) -> Option<Entry> {
    let form = |word: &str| expand(word).map(|node| node.into_string()).filter(|iri| entity_of(iri).is_some());
    Some(match words {
        ["merge", a, b] => Entry::Merge(form(a)?, form(b)?),
        ["split", a, b] => Entry::Split(form(a)?, form(b)?),
        ["split", a] => Entry::Alone(form(a)?),
        _ => return None,
    })
}
