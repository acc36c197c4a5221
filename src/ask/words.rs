//! The words of questions: lists that patterns name, names of kinds and stages, English terms, names of figures.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use super::normal;
use crate::model::{EntityKind, Status};

/// Everything in `words.toml`, `english.toml` and `indicators.toml`, longest forms first.
#[derive(Debug, Clone)]
pub struct Words {
    /// What may open a question and says nothing.
    pub opening: Vec<String>,
    /// What may close one.
    pub closing: Vec<String>,
    /// Lists by the name that patterns use.
    pub lists: BTreeMap<String, Vec<String>>,
    /// Words for each kind of thing.
    pub kinds: Vec<(EntityKind, Vec<String>)>,
    /// Words for each stage of a project.
    pub stages: Vec<(Status, Vec<String>)>,
    /// English terms and the Chinese key for each.
    pub english: Vec<(String, String)>,
    /// Lists of names of one figure, as keys.
    pub figures: Vec<Vec<String>>,
    /// The lists, and all words of kinds and stages, as patterns match them.
    letters: BTreeMap<String, Letters>,
}

/// Words as patterns match them: longest first, those that end with a space also without it.
pub type Letters = Arc<Vec<Vec<char>>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordsFile {
    opening: Vec<String>,
    closing: Vec<String>,
    words: BTreeMap<String, Vec<String>>,
    kinds: BTreeMap<String, Vec<String>>,
    stages: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EnglishFile {
    terms: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FiguresFile {
    same: Vec<Vec<String>>,
}

impl Words {
    /// Reads the three files.
    ///
    /// # Errors
    /// What is wrong with one of them, as a sentence.
    pub fn read(words: &str, english: &str, indicators: &str) -> Result<Self, String> {
        let file: WordsFile = toml::from_str(words).map_err(|e| format!("words.toml: {e}"))?;
        let english: EnglishFile = toml::from_str(english).map_err(|e| format!("english.toml: {e}"))?;
        let figures: FiguresFile = toml::from_str(indicators).map_err(|e| format!("indicators.toml: {e}"))?;
        let terms = english.terms.iter().map(|(term, name)| (normal::fold(term), normal::key(name)));
        let mut words = Self {
            opening: longest_first(file.opening),
            closing: longest_first(file.closing),
            lists: file.words.into_iter().map(|(name, list)| (name, longest_first(list))).collect(),
            kinds: named(file.kinds, EntityKind::from_name)?,
            stages: named(file.stages, Status::from_name)?,
            english: terms.collect(),
            figures: figures.same.iter().map(|list| list.iter().map(|name| normal::key(name)).collect()).collect(),
            letters: BTreeMap::new(),
        };
        let lists = words.lists.iter().map(|(name, list)| (name.clone(), letters(list.iter())));
        let kinds = letters(words.kinds.iter().flat_map(|(_, list)| list));
        let stages = letters(words.stages.iter().flat_map(|(_, list)| list));
        words.letters = lists.chain([("kind".to_owned(), kinds), ("stage".to_owned(), stages)]).collect();
        Ok(words)
    }

    /// The words of a list of `words.toml`, longest first; none where there is no such list.
    pub fn list(&self, name: &str) -> impl Iterator<Item = &String> {
        self.lists.get(name).into_iter().flatten()
    }

    /// True where a text has a word of that list.
    pub fn has(&self, name: &str, text: &str) -> bool {
        self.list(name).any(|word| text.contains(word.as_str()))
    }

    /// The words of a list, or all words of `kind` or `stage`.
    pub fn letters(&self, list: &str) -> Option<Letters> {
        self.letters.get(list).cloned()
    }

    /// The kind that a word stands for.
    pub fn kind(&self, word: &str) -> Option<EntityKind> {
        self.kinds.iter().find(|(_, words)| words.iter().any(|w| w == word)).map(|(kind, _)| *kind)
    }

    /// The stage that a word stands for.
    pub fn stage(&self, word: &str) -> Option<Status> {
        self.stages.iter().find(|(_, words)| words.iter().any(|w| w == word)).map(|(stage, _)| *stage)
    }

    /// True for a word that patterns use, which is therefore never read as the name of a thing.
    pub fn is_reserved(&self, key: &str) -> bool {
        let lists = self.lists.values().flatten();
        let kinds = self.kinds.iter().flat_map(|(_, words)| words);
        let stages = self.stages.iter().flat_map(|(_, words)| words);
        lists.chain(kinds).chain(stages).any(|word| word == key)
    }

    /// The other names of a figure, with itself.
    pub fn figure_names(&self, key: &str) -> Vec<String> {
        let own = std::iter::once(key.to_owned());
        let same = self.figures.iter().filter(|list| list.iter().any(|name| name == key)).flatten().cloned();
        own.chain(same.filter(|name| name != key)).collect()
    }
}

fn letters<'a>(list: impl Iterator<Item = &'a String>) -> Letters {
    let mut words: Vec<Vec<char>> = Vec::new();
    for word in list {
        words.push(word.chars().collect());
        // Spaces beside Chinese are not kept.
        if word.trim().len() < word.len() {
            words.push(word.trim().chars().collect());
        }
    }
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    Arc::new(words)
}

fn longest_first(mut words: Vec<String>) -> Vec<String> {
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words
}

fn named<K>(
    table: BTreeMap<String, Vec<String>>,
    find: fn(&str) -> Option<K>,
) -> Result<Vec<(K, Vec<String>)>, String> {
    let row = |(name, words): (String, Vec<String>)| match find(&name) {
        Some(kind) => Ok((kind, longest_first(words))),
        None => Err(format!("words.toml: no kind or stage is called {name}")),
    };
    table.into_iter().map(row).collect()
}
