//! The bookkeeping: a record of each document, and of each form what all documents claim about it, its blocks and its
//! doubtful pairs. It stands in the graph [`BOOK`], which queries do not see. Which thing a form is stands in the knowledge
//! itself: the form's own IRI leads, or is replaced by the thing's.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, TermRef, Triple};
use oxigraph::store::StorageError;

use super::BOOK;
use super::document::{Quads, document_of};
use super::record::Record;
use crate::identity::{Claim, Doubt};
use crate::rdf::{entity_of, terms};

const fn term(iri: &'static str) -> NamedNodeRef<'static> {
    NamedNodeRef::new_unchecked(iri)
}

/// From a form to what all documents claim about it.
const CLAIMS: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/id/store/claims");
/// From a form to a block in which it stands.
pub(super) const BLOCK: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/id/store/block");
/// From a form to one that may be the same.
pub(super) const DOUBT: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/id/store/doubt");
/// From a document to its record.
pub(super) const RECORD: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/id/store/record");
/// From a document to a form of which it speaks without evidence that would lead to it.
pub(super) const SPEAKS: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/id/store/speaks");
/// From a document to a block of texts that may be the same.
pub(super) const PRINT_BLOCK: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/id/store/print-block");
/// From the store to the journal that it follows.
pub(super) const JOURNAL: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/id/store/journal");
/// From the store to a word that turns inference off.
pub(super) const INFERENCE: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/id/store/inference");
/// From the store to statements that still have to go.
pub(super) const PENDING: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/id/store/pending");

/// From a document to itself: its own statements still have to move to the graph in which it speaks.
pub(super) const MISPLACED: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/id/store/misplaced");

/// A statement of the bookkeeping.
pub(super) fn noted(subject: NamedNodeRef<'_>, property: NamedNodeRef<'_>, object: impl Into<Term>) -> Quad {
    Quad::new(subject, property, object, BOOK)
}

/// A claim in one line.
pub(super) fn written(claim: &Claim) -> String {
    let (mark, text) = match claim {
        Claim::Preferred(text) => ('p', text),
        Claim::Other(text) => ('o', text),
        Claim::Alias(text) => ('a', text),
        Claim::Defined(text) => ('d', text),
        Claim::Scope(text) => ('s', text),
        Claim::Fact(text) => ('f', text),
    };
    let mut line = String::with_capacity(text.len() + 1);
    line.push(mark);
    for c in text.chars() {
        match c {
            '\\' => line.push_str("\\\\"),
            '\n' => line.push_str("\\n"),
            c => line.push(c),
        }
    }
    line
}

/// Reads what [`written`] wrote.
pub(super) fn read(line: &str) -> Option<Claim> {
    let mut chars = line.chars();
    let make = match chars.next()? {
        'p' => Claim::Preferred,
        'o' => Claim::Other,
        'a' => Claim::Alias,
        'd' => Claim::Defined,
        's' => Claim::Scope,
        'f' => Claim::Fact,
        _ => return None,
    };
    let mut text = String::with_capacity(line.len());
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.next()? == 'n' => text.push('\n'),
            c => text.push(c),
        }
    }
    Some(make(text))
}

/// What all documents together claim about a form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// Number of documents that speak of it.
    pub(super) documents: u32,
    /// Claims, each with the number of documents that make it.
    pub(super) claims: BTreeMap<Claim, u32>,
}

impl Known {
    /// The claims alone, on which identity rests.
    pub(super) fn set(&self) -> BTreeSet<Claim> {
        self.claims.keys().cloned().collect()
    }

    /// The same, where nothing else is asked of it any more.
    pub(super) fn into_set(self) -> BTreeSet<Claim> {
        self.claims.into_keys().collect()
    }

    /// One more document claims this.
    pub(super) fn add(&mut self, claims: &BTreeSet<Claim>) {
        self.documents += 1;
        for claim in claims {
            *self.claims.entry(claim.clone()).or_default() += 1;
        }
    }

    /// A document that claimed this goes.
    pub(super) fn take(&mut self, claims: &BTreeSet<Claim>) {
        self.documents = self.documents.saturating_sub(1);
        for claim in claims {
            if let Some(count) = self.claims.get_mut(claim) {
                *count -= 1;
                if *count == 0 {
                    self.claims.remove(claim);
                }
            }
        }
    }

    /// The statement that keeps it.
    pub(super) fn noted(&self, form: &str) -> Quad {
        let mut text = self.documents.to_string();
        for (claim, count) in &self.claims {
            text += &format!("\n{count}\t{}", written(claim));
        }
        noted(node(form), CLAIMS, Literal::from(text))
    }

    fn parse(text: &str) -> Self {
        let mut lines = text.split('\n');
        let documents = lines.next().and_then(|count| count.parse().ok()).unwrap_or_default();
        let claim = |line: &str| {
            let (count, claim) = line.split_once('\t')?;
            Some((read(claim)?, count.parse().ok()?))
        };
        Self { documents, claims: lines.filter_map(claim).collect() }
    }
}

/// What all documents claim about a form; none where no document speaks of it.
pub(super) fn known(state: &impl Quads, form: &str) -> Result<Option<Known>, StorageError> {
    Ok(text(state, node(form), CLAIMS)?.map(|text| Known::parse(&text)))
}

/// The record of a document in the store.
pub(super) fn record(state: &impl Quads, document: NamedNodeRef<'_>) -> Result<Option<Record>, StorageError> {
    Ok(text(state, document, RECORD)?.map(|text| Record::parse(&text)))
}

/// The documents that speak of a form.
pub(super) fn documents_with(state: &impl Quads, form: &str) -> Result<BTreeSet<NamedNode>, StorageError> {
    let mut documents = BTreeSet::new();
    let book = Some(GraphNameRef::NamedNode(BOOK));
    for quad in state.matching(None, Some(SPEAKS), Some(node(form).into()), book) {
        if let NamedOrBlankNode::NamedNode(document) = quad?.subject {
            documents.insert(document);
        }
    }
    let Some((kind, _)) = entity_of(form) else { return Ok(documents) };
    let thing = thing_of(state, form)?;
    let several = forms_of(state, node(&thing))?.len() > 1;
    let said = Triple::new(node(&thing), terms::TYPE, terms::class(kind));
    for quad in state.matching(None, Some(terms::REIFIES), Some(TermRef::Triple(&said)), None) {
        let NamedOrBlankNode::NamedNode(fact) = quad?.subject else { continue };
        let Some(document) = document_of(&fact) else { continue };
        if documents.contains(&document) {
            continue;
        }
        // The thing may have stood there under another of its forms.
        if !several || record(state, document.as_ref())?.is_some_and(|record| record.claims.contains_key(form)) {
            documents.insert(document);
        }
    }
    Ok(documents)
}

/// The objects of a form's or document's bookkeeping.
pub(super) fn objects(
    state: &impl Quads,
    subject: NamedNodeRef<'_>,
    property: NamedNodeRef<'_>,
) -> Result<Vec<Term>, StorageError> {
    let found = state.matching(Some(subject.into()), Some(property), None, Some(GraphNameRef::NamedNode(BOOK)));
    found.map(|quad| quad.map(|quad| quad.object)).collect()
}

/// The text of the one literal that stands there.
pub(super) fn text(
    state: &impl Quads,
    subject: NamedNodeRef<'_>,
    property: NamedNodeRef<'_>,
) -> Result<Option<String>, StorageError> {
    let first = objects(state, subject, property)?.into_iter().next();
    Ok(first.and_then(|term| if let Term::Literal(it) = term { Some(it.destruct().0) } else { None }))
}

/// The thing that a form is; itself where nothing replaces it.
pub(super) fn thing_of(state: &impl Quads, form: &str) -> Result<String, StorageError> {
    super::same::present(state, node(form)).map(NamedNode::into_string)
}

/// The forms that a thing has.
pub(super) fn forms_of(state: &impl Quads, thing: NamedNodeRef<'_>) -> Result<BTreeSet<String>, StorageError> {
    let mut forms: BTreeSet<String> =
        state.pointing(terms::IS_REPLACED_BY, thing.into())?.into_iter().map(NamedNode::into_string).collect();
    if known(state, thing.as_str())?.is_some() {
        forms.insert(thing.as_str().to_owned());
    }
    Ok(forms)
}

/// The forms that stand in a block.
pub(super) fn forms_in(state: &impl Quads, block: i64) -> Result<BTreeSet<String>, StorageError> {
    let mut forms = BTreeSet::new();
    let (block, graph) = (Literal::from(block), Some(GraphNameRef::NamedNode(BOOK)));
    for quad in state.matching(None, Some(BLOCK), Some((&block).into()), graph) {
        if let NamedOrBlankNode::NamedNode(form) = quad?.subject {
            forms.insert(form.into_string());
        }
    }
    Ok(forms)
}

/// True when nothing has such a note.
pub(super) fn is_without(state: &impl Quads, property: NamedNodeRef<'_>) -> Result<bool, StorageError> {
    let first = state.matching(None, Some(property), None, Some(GraphNameRef::NamedNode(BOOK))).next();
    Ok(first.transpose()?.is_none())
}

/// A doubt as a statement.
pub(super) fn doubted(doubt: &Doubt) -> Quad {
    let rest = format!("{} {} {}", doubt.score, u8::from(doubt.rival), doubt.pair.1);
    noted(node(&doubt.pair.0), DOUBT, Literal::from(rest))
}

/// The doubt that a statement tells.
pub(super) fn doubt(quad: &Quad) -> Option<Doubt> {
    let (NamedOrBlankNode::NamedNode(first), Term::Literal(rest)) = (&quad.subject, &quad.object) else { return None };
    let mut words = rest.value().splitn(3, ' ');
    let (score, rival) = (words.next()?.parse().ok()?, words.next()? == "1");
    Some(Doubt { pair: (first.as_str().to_owned(), words.next()?.to_owned()), score, rival })
}

/// True for the IRI of a document in the store.
pub(super) fn is_document(state: &impl Quads, document: NamedNodeRef<'_>) -> Result<bool, StorageError> {
    Ok(text(state, document, terms::FINGERPRINT)?.is_some())
}

/// A block as a number, which takes less room than its words; two blocks with one number only cost a comparison.
pub(super) fn block_number(block: &str) -> i64 {
    let hash = blake3::hash(block.as_bytes());
    let bytes = hash.as_bytes().first_chunk::<8>().copied().unwrap_or_default();
    (u64::from_le_bytes(bytes) >> 1) as i64
}

pub(super) fn node(iri: &str) -> NamedNodeRef<'_> {
    NamedNodeRef::new_unchecked(iri)
}
