//! The sentences of a graph that tell facts, as one run of bytes: sorted lines in a file beside the database, so that a
//! question does not read them all from it.
//!
//! A head line tells version and stamp. Then, for each document, one line with its date and folded title (`key TAB TAB
//! date TAB title`) and one for each sentence in order (`key TAB begin,end TAB text`). Begin and end count characters.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs;

use oxigraph::model::{NamedNode, NamedOrBlankNode, Term};

use crate::ask::kept;
use crate::ask::normal;
use crate::rdf::{document_iri, document_key, terms};
use crate::store::{Store, StoreError};

/// Changes with the layout and with [`normal::fold`].
const VERSION: &str = "parkgraph-sentences-1";
/// The file beside the database.
const FILE: &str = "parkgraph-sentences";

/// The sentences of one state of a store.
#[derive(Debug)]
pub struct Sentences {
    text: String,
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

impl Sentences {
    /// The sentences of a store: from the file beside it where that is of the same state, else from the store, and into
    /// that file if it can be written.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn read(store: &Store) -> Result<Self, StoreError> {
        let (Some(stamp), Some(path)) = (store.stamp(), store.beside(FILE)) else {
            return collect(store, "memory");
        };
        let head = format!("{VERSION} {stamp}\n");
        if let Some(text) = fs::read_to_string(&path).ok().filter(|text| text.starts_with(&head)) {
            return Ok(Self { text });
        }
        let fresh = collect(store, &stamp)?;
        kept::write(&path, fresh.text.as_bytes());
        Ok(fresh)
    }

    /// Every line in order.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        self.text.lines().skip(1).filter_map(|line| {
            let (key, rest) = line.split_once('\t')?;
            let (place, text) = rest.split_once('\t')?;
            if !place.is_empty() {
                return Some(Line::Sentence { key, place, text });
            }
            let (date, title) = text.split_once('\t')?;
            Some(Line::Document { date, title })
        })
    }
}

/// The node of a sentence.
pub fn node(key: &str, place: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{}#char={place}", document_iri(key).as_str()))
}

/// Sentences of one document by their first character: one past the last, text.
type Told = BTreeMap<u64, (u64, String)>;

fn collect(store: &Store, stamp: &str) -> Result<Sentences, StoreError> {
    let mut documents: BTreeMap<String, Told> = BTreeMap::new();
    for quad in store.matching(None, Some(terms::SENTENCE), None) {
        let Term::NamedNode(sentence) = quad?.object else { continue };
        let Some((key, begin, end)) = place_of(sentence.as_str()) else { continue };
        let known = documents.entry(key).or_default();
        if let Entry::Vacant(place) = known.entry(begin) {
            place.insert((end, literal(store, &sentence, terms::ANCHOR_OF)?));
        }
    }
    let mut text = format!("{VERSION} {stamp}\n");
    for (key, told) in documents {
        let document = document_iri(&key);
        let date = literal(store, &document, terms::DATE_PUBLISHED)?;
        let title = plain(&literal(store, &document, terms::HEADLINE)?);
        text.push_str(&format!("{key}\t\t{date}\t{title}\n"));
        for (begin, (end, sentence)) in told {
            text.push_str(&format!("{key}\t{begin},{end}\t{}\n", plain(&sentence)));
        }
    }
    Ok(Sentences { text })
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
