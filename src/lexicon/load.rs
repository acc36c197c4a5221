//! Brings together the shipped gazetteers and sheets and a user's own folder.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::entry::{Entry, Text, class_of};
use super::pack::{self, Packed, items};
use super::record::{Flaw, Record};
use super::{Class, listed, sheet, turtle};

pub(super) const GAZETTEERS: &str = include_str!(concat!(env!("OUT_DIR"), "/gazetteers.txt"));
pub(super) const HARMLESS: &str = include_str!("../../ontology/lexicon/harmless.txt");
/// File of harmless words in a user's folder.
const HARMLESS_FILE: &str = "harmless.txt";
/// The shipped sheets, by file name.
pub(super) const SHEETS: [(&str, &str); 10] = [
    ("boundary.toml", include_str!("../../ontology/lexicon/boundary.toml")),
    ("enterprise.toml", include_str!("../../ontology/lexicon/enterprise.toml")),
    ("industry.toml", include_str!("../../ontology/lexicon/industry.toml")),
    ("money.toml", include_str!("../../ontology/lexicon/money.toml")),
    ("organization.toml", include_str!("../../ontology/lexicon/organization.toml")),
    ("park.toml", include_str!("../../ontology/lexicon/park.toml")),
    ("policy.toml", include_str!("../../ontology/lexicon/policy.toml")),
    ("project.toml", include_str!("../../ontology/lexicon/project.toml")),
    ("relation.toml", include_str!("../../ontology/lexicon/relation.toml")),
    ("status.toml", include_str!("../../ontology/lexicon/status.toml")),
];

/// A line of a user's lexicon that was left out; everything else of the file is in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub file: PathBuf,
    /// Its line, from 1; 0 where the flaw belongs to no one line.
    pub line: u64,
    /// What is wrong with it.
    pub message: String,
}

/// Why a user's lexicon could not be opened at all.
#[derive(Debug, Error)]
pub enum LexiconError {
    /// The folder cannot be listed.
    #[error("cannot read the lexicon folder {path}: {source}. Name a folder with .ttl, .tsv or .toml files")]
    Folder {
        /// The folder as given.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

/// Everything that the automaton is built from.
#[derive(Debug, Default)]
pub(super) struct Stock {
    /// Things and words; the index is the id.
    pub entries: Vec<Entry>,
    /// Everyday words inside which no name fires.
    pub harmless: Vec<Text>,
    /// Ids from here on are a user's own, which win over shipped ones of the same name and class.
    pub laid_from: u32,
    by_iri: HashMap<Text, u32>,
    links: Vec<(u32, Text, Text)>,
}

impl Stock {
    /// The shipped stock.
    pub fn shipped() -> Self {
        let mut stock = Self::default();
        for line in GAZETTEERS.lines() {
            if let Some(packed) = Packed::read(line) {
                stock.add_packed(packed);
            }
        }
        for (_, text) in SHEETS {
            stock.add_words(sheet::read(text).0);
        }
        stock.add_harmless(HARMLESS.lines().map(Text::Borrowed));
        stock.laid_from = stock.entries.len() as u32;
        stock
    }

    /// Lays the files of a folder over it, in the order of their names.
    pub fn lay(&mut self, folder: &Path) -> Result<Vec<Fault>, LexiconError> {
        let unreadable = |source| LexiconError::Folder { path: folder.to_owned(), source };
        let mut files = Vec::new();
        for file in fs::read_dir(folder).map_err(unreadable)? {
            files.push(file.map_err(unreadable)?.path());
        }
        files.sort();
        let mut faults = Vec::new();
        for file in files {
            let flaws = self.lay_file(&file);
            faults.extend(flaws.into_iter().map(|flaw| Fault {
                file: file.clone(),
                line: flaw.line,
                message: flaw.message,
            }));
        }
        Ok(faults)
    }

    fn lay_file(&mut self, file: &Path) -> Vec<Flaw> {
        let extension = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let harmless = file.file_name().is_some_and(|name| name == HARMLESS_FILE);
        if !harmless && !matches!(extension, "ttl" | "tsv" | "toml") {
            return Vec::new();
        }
        let text = match fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) => return vec![Flaw { line: 0, message: error.to_string() }],
        };
        match extension {
            "ttl" => self.add_records(turtle::read(text.as_bytes())),
            "tsv" => self.add_records(listed::read(&text)),
            "toml" => {
                let (words, flaws) = sheet::read(&text);
                self.add_words(words);
                flaws
            }
            _ => {
                self.add_harmless(text.lines().map(|line| Text::Owned(line.to_owned())));
                Vec::new()
            }
        }
    }

    fn add_records(&mut self, (records, mut flaws): (Vec<Record>, Vec<Flaw>)) -> Vec<Flaw> {
        for record in records {
            let line = pack::line(&record);
            let known = Packed::read(&line).is_some_and(|packed| self.add_owned(packed));
            if !known {
                flaws.push(Flaw {
                    line: 0,
                    message: format!("{}: {} is no class of the lexicon", record.iri, record.kind),
                });
            }
        }
        flaws
    }

    fn add_packed(&mut self, packed: Packed<'static>) -> bool {
        self.add(packed, Text::Borrowed)
    }

    fn add_owned(&mut self, packed: Packed<'_>) -> bool {
        self.add(packed, |text| Text::Owned(text.to_owned()))
    }

    /// Adds a thing, or replaces the one with its IRI. False where its class is none of the lexicon's.
    fn add<'a>(&mut self, packed: Packed<'a>, text: impl Fn(&'a str) -> Text) -> bool {
        let Some(class) = class_of(packed.kind(), packed.level(), packed.label()) else { return false };
        let iri = text(packed.iri());
        let id = *self.by_iri.entry(iri.clone()).or_insert(self.entries.len() as u32);
        let entry = Entry {
            class,
            iri,
            label: text(packed.label()),
            alt: text(packed.alt()),
            weak: text(packed.hidden()),
            parents: Vec::new(),
            industries: Vec::new(),
            silent: class == Class::IndustryTerm && !packed.level().is_empty(),
        };
        self.links.push((id, text(packed.parents()), text(packed.industries())));
        match self.entries.get_mut(id as usize) {
            Some(old) => *old = entry,
            None => self.entries.push(entry),
        }
        true
    }

    fn add_words(&mut self, words: Vec<(Class, String)>) {
        self.entries.extend(words.into_iter().map(|(class, word)| Entry::word(class, Text::Owned(word))));
    }

    fn add_harmless(&mut self, lines: impl Iterator<Item = Text>) {
        self.harmless.extend(lines.filter(|line| !line.is_empty() && !line.starts_with('#')));
    }

    /// Turns the IRIs of parents and industries into ids; those of no entry are passed over.
    pub fn link(&mut self) {
        for (id, parents, industries) in std::mem::take(&mut self.links) {
            let ids = |iris: &str| items(iris).filter_map(|iri| self.by_iri.get(iri).copied()).collect();
            let (parents, industries) = (ids(&parents), ids(&industries));
            let entry = &mut self.entries[id as usize];
            (entry.parents, entry.industries) = (parents, industries);
        }
        self.by_iri = HashMap::new();
    }
}
