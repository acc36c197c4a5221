//! Why the graph says something: the sentence, the words in it, the document, the rule.

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term, TermRef, Triple};
use serde::Serialize;

use super::node::{id, objects, plain, text};
use crate::rdf::{document_key, terms};
use crate::store::{Store, StoreError};

/// Most pieces of evidence that are listed behind one statement.
const MOST: usize = 20;

/// A sentence that states something.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Evidence {
    /// Key of the document.
    pub document: String,
    /// First character of the sentence in the source text.
    pub begin: u64,
    /// One past its last character.
    pub end: u64,
    /// The sentence, exactly as in the source.
    pub quote: String,
    /// Begin and end, in characters of the source text, of the words that matter; the sentence's where no others are told.
    pub marks: Vec<(u64, u64)>,
    /// Where the sentence is in the terms of its file: page and line, cell, paragraph.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locator: Option<String>,
    /// Headline of the document.
    pub title: Option<String>,
    /// When it was published: `2023`, `2023-08` or `2023-08-17`.
    pub published: Option<String>,
    /// Identity of the piece of evidence, which `/api/v1/why/…` explains.
    pub fact: Option<String>,
    /// How sure the reader is, 0 to 1.
    pub confidence: Option<String>,
    /// Which extractor made it.
    pub extractor: Option<String>,
    /// By which rule.
    pub rule: Option<String>,
    /// When it was reported, for facts that change over the years: `2023`, `2023-08` or `2023-08-17`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reported: Option<String>,
}

/// Evidence, cut to a length that can be read, with the number of all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Proof {
    /// Number of all pieces.
    pub total: usize,
    /// The first of them, by document and place.
    pub shown: Vec<Evidence>,
}

/// The evidence of a statement, cut to a length that can be read.
///
/// # Errors
/// When the disk refuses.
pub fn of(store: &Store, statement: &Triple) -> Result<Proof, StoreError> {
    first(store, statement, MOST)
}

/// All evidence of a statement, by document and place.
///
/// # Errors
/// When the disk refuses.
pub fn all(store: &Store, statement: &Triple) -> Result<Vec<Evidence>, StoreError> {
    Ok(first(store, statement, usize::MAX)?.shown)
}

fn first(store: &Store, statement: &Triple, most: usize) -> Result<Proof, StoreError> {
    let stated = Term::from(statement.clone());
    let facts = reifiers(store, stated.as_ref())?;
    let mut shown = Vec::new();
    for fact in facts.iter().take(most) {
        shown.extend(of_fact(store, fact.as_ref())?);
    }
    shown.sort();
    Ok(Proof { total: facts.len(), shown })
}

fn reifiers(store: &Store, statement: TermRef<'_>) -> Result<Vec<NamedNode>, StoreError> {
    let mut facts = Vec::new();
    for quad in store.matching(None, Some(terms::REIFIES), Some(statement)) {
        if let NamedOrBlankNode::NamedNode(fact) = quad?.subject {
            facts.push(fact);
        }
    }
    facts.sort();
    Ok(facts)
}

/// The statement that a piece of evidence speaks for.
///
/// # Errors
/// When the disk refuses.
pub fn statement_of(store: &Store, fact: NamedNodeRef<'_>) -> Result<Option<Triple>, StoreError> {
    let stated = objects(store, fact.into(), terms::REIFIES)?.into_iter().next();
    Ok(stated.and_then(|term| if let Term::Triple(triple) = term { Some(*triple) } else { None }))
}

/// What a piece of evidence rests on; none where it leads to no sentence.
///
/// # Errors
/// When the disk refuses.
pub fn of_fact(store: &Store, fact: NamedNodeRef<'_>) -> Result<Option<Evidence>, StoreError> {
    let mentions = named(objects(store, fact.into(), terms::WAS_DERIVED_FROM)?);
    let Some(first) = mentions.first() else { return Ok(None) };
    let Some(mut evidence) = at_mention(store, first.as_ref())? else { return Ok(None) };
    for mention in &mentions[1..] {
        evidence.marks.extend(span(store, mention.as_ref())?);
    }
    evidence.marks.sort_unstable();
    evidence.fact = Some(id(fact.as_str()).to_owned());
    evidence.confidence = text(store, fact, terms::CONFIDENCE)?;
    evidence.extractor = text(store, fact, terms::EXTRACTOR)?;
    evidence.rule = text(store, fact, terms::RULE)?;
    evidence.reported = text(store, fact, terms::REPORTED)?;
    Ok(Some(evidence))
}

/// The sentence around a mention.
///
/// # Errors
/// When the disk refuses.
pub fn at_mention(store: &Store, mention: NamedNodeRef<'_>) -> Result<Option<Evidence>, StoreError> {
    let sentence = named(objects(store, mention.into(), terms::SENTENCE)?).into_iter().next();
    let sentence = sentence.unwrap_or_else(|| mention.into_owned());
    let place = span(store, sentence.as_ref())?;
    let quote = text(store, sentence.as_ref(), terms::ANCHOR_OF)?;
    let (Some((begin, end)), Some(quote)) = (place, quote) else { return Ok(None) };
    let document = document_key(sentence.as_str()).unwrap_or_default();
    let whole = crate::rdf::document_iri(&document);
    let marks = span(store, mention)?.into_iter().collect();
    let title = text(store, whole.as_ref(), terms::HEADLINE)?;
    let published = text(store, whole.as_ref(), terms::DATE_PUBLISHED)?;
    let locator = text(store, mention, terms::LOCATOR)?.or(text(store, sentence.as_ref(), terms::LOCATOR)?);
    Ok(Some(Evidence {
        document,
        begin,
        end,
        quote,
        marks,
        locator,
        title,
        published,
        fact: None,
        confidence: None,
        extractor: None,
        rule: None,
        reported: None,
    }))
}

/// Begin and end of a mention, in characters of the source text.
///
/// # Errors
/// When the disk refuses.
pub fn span(store: &Store, mention: NamedNodeRef<'_>) -> Result<Option<(u64, u64)>, StoreError> {
    let number = |property| -> Result<Option<u64>, StoreError> {
        Ok(objects(store, mention.into(), property)?.first().and_then(plain).and_then(|text| text.parse().ok()))
    };
    Ok(number(terms::BEGIN_INDEX)?.zip(number(terms::END_INDEX)?))
}

fn named(terms: Vec<Term>) -> Vec<NamedNode> {
    terms.into_iter().filter_map(|term| if let Term::NamedNode(node) = term { Some(node) } else { None }).collect()
}
