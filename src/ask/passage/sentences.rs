//! The sentences of a graph that tell facts, as one run of bytes in a file beside the database, so that a question does
//! not read them all from it.
//!
//! A head line tells version, stamp and the lengths of the sections. They are: for each document, one line with its date
//! and folded title (`key TAB TAB date TAB title`) and one for each sentence in order (`key TAB begin,end TAB text`), where
//! begin and end count characters; where each line begins, 8 bytes, doubled, and one more for that of a document; and which
//! lines hold which neighbouring characters in title or text.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use oxigraph::model::{NamedNode, NamedOrBlankNode, Term};

use crate::ask::kept::{self, Bytes};
use crate::ask::neighbours::{Filing, Neighbours};
use crate::ask::normal;
use crate::rdf::{document_iri, document_key, terms};
use crate::store::{Store, StoreError};

/// Changes with the layout and with [`normal::fold`].
const VERSION: &str = "parkgraph-sentences-2";
/// The file beside the database.
const FILE: &str = "parkgraph-sentences";
const SECTIONS: usize = 3;

/// The sentences of one state of a store, in lines that are counted from 0.
#[derive(Debug)]
pub struct Sentences {
    bytes: Bytes,
    bounds: [(usize, usize); SECTIONS],
}

/// A line of [`Sentences`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line<'a> {
    /// A document begins.
    Document {
        /// Its date as far as known, such as `2023-05-01`; may be empty.
        date: &'a str,
        /// Its folded title; may be empty.
        title: &'a str,
    },
    /// A sentence of the document begun last.
    Sentence {
        /// Key of the document.
        key: &'a str,
        /// `begin,end` in characters of the source.
        place: &'a str,
        /// Its folded text.
        text: &'a str,
    },
}

impl<'a> Line<'a> {
    /// Its text, or the title.
    pub fn text(&self) -> &'a str {
        match self {
            Self::Document { title, .. } => title,
            Self::Sentence { text, .. } => text,
        }
    }
}

impl Sentences {
    /// The sentences of a store: from the file beside it where that is of the same state, else from the store, and into
    /// that file if it can be written.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn read(store: &Store) -> Result<Self, StoreError> {
        let (Some(stamp), Some(path)) = (store.stamp(), store.beside(FILE)) else {
            return Self::collect(store, "memory");
        };
        if let Some(known) = kept::open(&path).and_then(|bytes| Self::parse(bytes, &stamp.text)) {
            return Ok(known);
        }
        let fresh = Self::collect(store, &stamp.text)?;
        if store.is_as(&stamp) {
            kept::write(&path, &fresh.bytes);
        }
        Ok(fresh)
    }

    fn parse(bytes: Bytes, stamp: &str) -> Option<Self> {
        let end = memchr::memchr(b'\n', &bytes)?;
        let mut words = std::str::from_utf8(&bytes[..end]).ok()?.split(' ');
        if words.next() != Some(VERSION) || words.next() != Some(stamp) {
            return None;
        }
        let (mut bounds, mut at) = ([(0, 0); SECTIONS], end + 1);
        for bound in &mut bounds {
            let length: usize = words.next()?.parse().ok()?;
            *bound = (at, at.checked_add(length)?);
            at = bound.1;
        }
        (at == bytes.len()).then_some(Self { bytes, bounds })
    }

    fn collect(store: &Store, stamp: &str) -> Result<Self, StoreError> {
        let sections = Made::of(documents(store)?, store)?;
        let lengths: Vec<String> = sections.iter().map(|section| section.len().to_string()).collect();
        let mut bytes = format!("{VERSION} {stamp} {}\n", lengths.join(" ")).into_bytes();
        sections.iter().for_each(|section| bytes.extend_from_slice(section));
        Ok(Self::parse(Bytes::Made(bytes), stamp)
            .unwrap_or(Self { bytes: Bytes::default(), bounds: Default::default() }))
    }

    fn section(&self, at: usize) -> &[u8] {
        &self.bytes[self.bounds[at].0..self.bounds[at].1]
    }

    fn starts(&self) -> &[[u8; 8]] {
        self.section(1).as_chunks().0
    }

    /// How many lines there are.
    pub fn count(&self) -> usize {
        self.starts().len()
    }

    /// True where a document begins.
    pub fn begins_document(&self, line: usize) -> bool {
        self.starts().get(line).is_some_and(|start| start[0] & 1 == 1)
    }

    /// One line; `None` past the end.
    pub fn line(&self, line: usize) -> Option<Line<'_>> {
        let start = u64::from_le_bytes(*self.starts().get(line)?) >> 1;
        let rest = self.section(0).get(start as usize..)?;
        let line = std::str::from_utf8(&rest[..memchr::memchr(b'\n', rest)?]).ok()?;
        let (key, rest) = line.split_once('\t')?;
        let (place, text) = rest.split_once('\t')?;
        if !place.is_empty() {
            return Some(Line::Sentence { key, place, text });
        }
        let (date, title) = text.split_once('\t')?;
        Some(Line::Document { date, title })
    }

    /// Which lines hold which neighbouring characters.
    pub(super) fn neighbours(&self) -> Neighbours<'_> {
        Neighbours::new(self.section(2))
    }

    /// The lines whose text or title holds a word.
    pub(super) fn holding(&self, word: &str) -> Vec<usize> {
        let found = memchr::memmem::Finder::new(word.as_bytes());
        let holds = |line: &usize| self.line(*line).is_some_and(|line| found.find(line.text().as_bytes()).is_some());
        match self.neighbours().rarest(&[word]) {
            // A pair is all there is of the word.
            Some(lines) if word.chars().count() == 2 => lines.collect(),
            Some(lines) => lines.filter(holds).collect(),
            None => (0..self.count()).filter(holds).collect(),
        }
    }
}

/// The node of a sentence.
pub fn node(key: &str, place: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{}#char={place}", document_iri(key).as_str()))
}

/// Sentences of one document by their first character: one past the last, text.
type Told = BTreeMap<u64, (u64, String)>;

fn documents(store: &Store) -> Result<BTreeMap<String, Told>, StoreError> {
    let mut documents: BTreeMap<String, Told> = BTreeMap::new();
    for quad in store.matching(None, Some(terms::SENTENCE), None) {
        let Term::NamedNode(sentence) = quad?.object else { continue };
        let Some((key, begin, end)) = place_of(sentence.as_str()) else { continue };
        let known = documents.entry(key).or_default();
        if let Entry::Vacant(place) = known.entry(begin) {
            place.insert((end, literal(store, &sentence, terms::ANCHOR_OF)?));
        }
    }
    Ok(documents)
}

/// The sections in the making.
#[derive(Default)]
struct Made {
    text: String,
    starts: Vec<u8>,
    lines: u64,
    neighbours: Filing,
}

impl Made {
    fn of(documents: BTreeMap<String, Told>, store: &Store) -> Result<[Vec<u8>; SECTIONS], StoreError> {
        let mut it = Self::default();
        for (key, told) in documents {
            let document = document_iri(&key);
            let date = literal(store, &document, terms::DATE_PUBLISHED)?;
            let title = plain(&literal(store, &document, terms::HEADLINE)?);
            it.push(&format!("{key}\t\t{date}\t"), &title, true);
            for (begin, (end, sentence)) in told {
                it.push(&format!("{key}\t{begin},{end}\t"), &plain(&sentence), false);
            }
        }
        Ok([it.text.into_bytes(), it.starts, it.neighbours.bytes()])
    }

    fn push(&mut self, head: &str, text: &str, begins: bool) {
        self.starts.extend_from_slice(&((self.text.len() as u64) << 1 | u64::from(begins)).to_le_bytes());
        self.neighbours.add(self.lines, text);
        self.lines += 1;
        self.text.extend([head, text, "\n"]);
    }
}

fn place_of(iri: &str) -> Option<(String, u64, u64)> {
    let (begin, end) = iri.split_once("#char=")?.1.split_once(',')?;
    Some((document_key(iri)?, begin.parse().ok()?, end.parse().ok()?))
}

fn literal(store: &Store, node: &NamedNode, property: oxigraph::model::NamedNodeRef<'_>) -> Result<String, StoreError> {
    let subject = NamedOrBlankNode::from(node.clone());
    match store.matching(Some(subject.as_ref()), Some(property), None).next().transpose()?.map(|quad| quad.object) {
        Some(Term::Literal(literal)) => Ok(literal.value().to_owned()),
        _ => Ok(String::new()),
    }
}

/// Folded, on one line.
fn plain(text: &str) -> String {
    normal::fold(text).replace(|c: char| c.is_control(), " ")
}
