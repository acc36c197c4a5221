//! One document: its sentences in order with what they name.

use std::collections::BTreeMap;

use oxigraph::model::{NamedNode, NamedOrBlankNode, Term};
use serde::Serialize;

use super::value::{self, Thing};
use super::{plain, text};
use crate::rdf::{document_iri, terms};
use crate::store::{Store, StoreError};

/// A document with the sentences that the graph knows of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Document {
    /// Its key.
    pub key: String,
    /// Its headline.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// Length of the source in characters.
    pub characters: Option<String>,
    /// Sentences in order of their place.
    pub sentences: Vec<Sentence>,
}

/// A sentence of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sentence {
    /// First character in the source text.
    pub begin: u64,
    /// One past the last character.
    pub end: u64,
    /// The text, exactly as in the source.
    pub text: String,
    /// What is named in it, by place.
    pub mentions: Vec<Mention>,
}

/// A stretch of text that names a thing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Mention {
    /// First character in the source text.
    pub begin: u64,
    /// One past the last character.
    pub end: u64,
    /// The thing.
    pub thing: Thing,
}

/// What the store knows of a mention.
#[derive(Default)]
struct Found {
    begin: Option<u64>,
    end: Option<u64>,
    text: String,
    sentence: Option<NamedNode>,
    names: Option<NamedNode>,
}

/// The view of a document; none where the store has no such document.
pub(in crate::serve) fn of(store: &Store, key: &str) -> Result<Option<Document>, StoreError> {
    let iri = document_iri(key);
    let Some(_) = text(store, iri.as_ref(), terms::CONTENT_HASH)? else { return Ok(None) };
    let mut found: BTreeMap<NamedNode, Found> = BTreeMap::new();
    for quad in store.matching(None, Some(terms::REFERENCE_CONTEXT), Some(iri.as_ref().into())) {
        if let NamedOrBlankNode::NamedNode(mention) = quad?.subject {
            let read = read(store, &mention)?;
            found.insert(mention, read);
        }
    }
    Ok(Some(Document {
        key: key.to_owned(),
        title: text(store, iri.as_ref(), terms::HEADLINE)?,
        published: text(store, iri.as_ref(), terms::DATE_PUBLISHED)?,
        characters: text(store, iri.as_ref(), terms::CHARACTERS)?,
        sentences: sentences(store, &found)?,
    }))
}

fn read(store: &Store, mention: &NamedNode) -> Result<Found, StoreError> {
    let mut found = Found::default();
    for quad in store.matching(Some(mention.as_ref().into()), None, None) {
        let quad = quad?;
        let property = quad.predicate.as_ref();
        let number = || plain(&quad.object).and_then(|text| text.parse().ok());
        if property == terms::BEGIN_INDEX {
            found.begin = number();
        } else if property == terms::END_INDEX {
            found.end = number();
        } else if property == terms::ANCHOR_OF {
            found.text = plain(&quad.object).unwrap_or_default();
        } else if let Term::NamedNode(node) = &quad.object {
            if property == terms::SENTENCE {
                found.sentence = Some(node.clone());
            } else if property == terms::TA_IDENT_REF {
                found.names = Some(node.clone());
            }
        }
    }
    Ok(found)
}

fn sentences(store: &Store, found: &BTreeMap<NamedNode, Found>) -> Result<Vec<Sentence>, StoreError> {
    let mut sentences: BTreeMap<&NamedNode, Sentence> = BTreeMap::new();
    for (node, it) in found.iter().filter(|(_, it)| it.sentence.is_none()) {
        if let (Some(begin), Some(end)) = (it.begin, it.end) {
            let sentence = Sentence { begin, end, text: it.text.clone(), mentions: Vec::new() };
            sentences.insert(node, sentence);
        }
    }
    for it in found.values() {
        let (Some(sentence), Some(names), Some(begin), Some(end)) = (&it.sentence, &it.names, it.begin, it.end) else {
            continue;
        };
        let Some(sentence) = sentences.get_mut(sentence) else { continue };
        if let Some(thing) = value::thing(store, names.as_ref())? {
            sentence.mentions.push(Mention { begin, end, thing });
        }
    }
    let mut sentences: Vec<_> = sentences.into_values().collect();
    sentences.iter_mut().for_each(|sentence| sentence.mentions.sort());
    sentences.sort_by_key(|sentence| (sentence.begin, sentence.end));
    Ok(sentences)
}
