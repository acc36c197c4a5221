//! Where the documents say a statement: from reifier to mention to sentence.

use std::collections::BTreeSet;

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Term, Triple};

use crate::rdf::{self, terms};
use crate::store::{Store, StoreError};

/// A sentence of a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quote {
    /// Key of the document.
    pub document: String,
    /// First character of the source text.
    pub begin: u64,
    /// One past the last character.
    pub end: u64,
    /// The text exactly as in the source.
    pub quote: String,
    /// The place in the source's own terms, such as a page and line or a cell, where the document told one.
    pub locator: Option<String>,
}

/// The sentences that state `statement`, in order of document and place.
///
/// # Errors
/// If the store cannot be read.
pub fn quotes(store: &Store, statement: &Triple) -> Result<BTreeSet<Quote>, StoreError> {
    let mut quotes = BTreeSet::new();
    let stated = Term::from(statement.clone());
    for quad in store.matching(None, Some(terms::REIFIES), Some(stated.as_ref())) {
        let reifier = quad?.subject;
        for mention in objects(store, reifier.as_ref(), terms::WAS_DERIVED_FROM)? {
            if let Term::NamedNode(mention) = mention {
                quotes.extend(quote(store, &mention)?);
            }
        }
    }
    Ok(quotes)
}

/// The sentence of a mention, or the mention where it is a sentence itself; `None` where it has no text.
///
/// # Errors
/// If the store cannot be read.
pub fn quote(store: &Store, mention: &NamedNode) -> Result<Option<Quote>, StoreError> {
    let sentence = match objects(store, mention.as_ref().into(), terms::SENTENCE)?.into_iter().next() {
        Some(Term::NamedNode(sentence)) => sentence,
        _ => mention.clone(),
    };
    let text = |node: &NamedNode, property| -> Result<Option<String>, StoreError> {
        let found = objects(store, node.as_ref().into(), property)?.into_iter().next();
        Ok(found.and_then(|term| if let Term::Literal(l) = term { Some(l.value().to_owned()) } else { None }))
    };
    let literal = |property| text(&sentence, property);
    let locator = text(mention, terms::LOCATOR)?.or(literal(terms::LOCATOR)?);
    let (Some(quote), Some((begin, end))) = (literal(terms::ANCHOR_OF)?, place(&sentence)) else { return Ok(None) };
    let document = rdf::document_key(sentence.as_str()).unwrap_or_else(|| sentence.as_str().to_owned());
    Ok(Some(Quote { document, begin, end, quote, locator }))
}

/// The characters of a sentence, as its identity tells them: `#char=5,9`.
fn place(sentence: &NamedNode) -> Option<(u64, u64)> {
    let (begin, end) = sentence.as_str().rsplit_once("#char=")?.1.split_once(',')?;
    Some((begin.parse().ok()?, end.parse().ok()?))
}

fn objects(
    store: &Store,
    subject: NamedOrBlankNodeRef<'_>,
    property: NamedNodeRef<'_>,
) -> Result<Vec<Term>, StoreError> {
    store.matching(Some(subject), Some(property), None).map(|quad| quad.map(|quad| quad.object)).collect()
}

/// A statement, from the terms of a row of results.
pub fn statement(subject: &Term, predicate: &Term, object: &Term) -> Option<Triple> {
    let subject = match subject {
        Term::NamedNode(node) => NamedOrBlankNode::from(node.clone()),
        Term::BlankNode(node) => NamedOrBlankNode::from(node.clone()),
        _ => return None,
    };
    let Term::NamedNode(predicate) = predicate else { return None };
    Some(Triple::new(subject, predicate.clone(), object.clone()))
}
