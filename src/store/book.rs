//! The bookkeeping of identity: claims of documents about forms, blocks of forms, and the thing that each form is.
//!
//! The graph `{document}#claims` holds what one document claims; the graph [`BOOK`] holds each claim once, over all of them,
//! with what follows from it. Neither is visible to queries.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{GraphName, GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use oxigraph::store::StorageError;

use super::BOOK;
use super::document::Quads;
use crate::identity::{Claim, Doubt, Journal, Profile, Weights, compare};
use crate::rdf::terms;

const fn term(iri: &'static str) -> NamedNodeRef<'static> {
    NamedNodeRef::new_unchecked(iri)
}

/// From a form to a claim about it.
pub(super) const CLAIM: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/id/store/claim");
/// From a form to a block in which it stands.
pub(super) const BLOCK: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/id/store/block");
/// From a form to the thing that it is.
pub(super) const THING: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/id/store/thing");
/// From a form to one that may be the same.
pub(super) const DOUBT: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/id/store/doubt");
/// From a document to its record.
pub(super) const RECORD: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/id/store/record");
/// From a document to the sentences by which its text is known.
pub(super) const PRINT: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/id/store/print");
/// From a document to a block of texts that may be the same.
pub(super) const PRINT_BLOCK: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/id/store/print-block");
/// From the store to the journal that it follows.
pub(super) const JOURNAL: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/id/store/journal");
/// From the store to statements that still have to go.
pub(super) const PENDING: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/id/store/pending");

/// What the graph of a document's claims is called after the document's IRI.
const CLAIMS: &str = "#claims";

/// The graph of a document's claims.
pub(super) fn claims_graph(document: NamedNodeRef<'_>) -> NamedNode {
    NamedNode::new_unchecked(format!("{}{CLAIMS}", document.as_str()))
}

/// A statement of the bookkeeping.
pub(super) fn noted(subject: NamedNodeRef<'_>, property: NamedNodeRef<'_>, object: impl Into<Term>) -> Quad {
    Quad::new(subject, property, object, BOOK)
}

/// A claim as a literal.
pub(super) fn written(claim: &Claim) -> Literal {
    let (mark, text) = match claim {
        Claim::Preferred(text) => ('p', text),
        Claim::Other(text) => ('o', text),
        Claim::Alias(text) => ('a', text),
        Claim::Defined(text) => ('d', text),
        Claim::Scope(text) => ('s', text),
        Claim::Fact(text) => ('f', text),
    };
    Literal::from(format!("{mark}{text}"))
}

fn read(term: &Term) -> Option<Claim> {
    let Term::Literal(literal) = term else { return None };
    let mut chars = literal.value().chars();
    let make = match chars.next()? {
        'p' => Claim::Preferred,
        'o' => Claim::Other,
        'a' => Claim::Alias,
        'd' => Claim::Defined,
        's' => Claim::Scope,
        'f' => Claim::Fact,
        _ => return None,
    };
    Some(make(chars.as_str().to_owned()))
}

/// The claims of one document by form.
pub(super) fn claims_of(
    state: &impl Quads,
    document: NamedNodeRef<'_>,
) -> Result<BTreeMap<String, BTreeSet<Claim>>, StorageError> {
    let graph = claims_graph(document);
    let mut claims = BTreeMap::<_, BTreeSet<_>>::new();
    for quad in state.matching(None, Some(CLAIM), None, Some(GraphNameRef::NamedNode(graph.as_ref()))) {
        let quad = quad?;
        if let (NamedOrBlankNode::NamedNode(form), Some(claim)) = (quad.subject, read(&quad.object)) {
            claims.entry(form.into_string()).or_default().insert(claim);
        }
    }
    Ok(claims)
}

/// All claims about a form over all documents.
pub(super) fn claims_about(state: &impl Quads, form: &str) -> Result<BTreeSet<Claim>, StorageError> {
    let mut claims = BTreeSet::new();
    for quad in state.matching(Some(node(form).into()), Some(CLAIM), None, Some(GraphNameRef::NamedNode(BOOK))) {
        claims.extend(read(&quad?.object));
    }
    Ok(claims)
}

/// True when a document other than those `gone` makes this claim.
pub(super) fn is_supported(
    state: &impl Quads,
    form: &str,
    claim: &Claim,
    gone: &BTreeSet<NamedNode>,
) -> Result<bool, StorageError> {
    let literal = written(claim);
    for quad in state.matching(Some(node(form).into()), Some(CLAIM), Some((&literal).into()), None) {
        if claimant(&quad?).is_some_and(|document| !gone.contains(&document)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The document in whose graph of claims a statement stands.
fn claimant(quad: &Quad) -> Option<NamedNode> {
    match &quad.graph_name {
        GraphName::NamedNode(graph) => graph.as_str().strip_suffix(CLAIMS).map(NamedNode::new_unchecked),
        _ => None,
    }
}

/// The documents that speak of a form.
pub(super) fn documents_with(state: &impl Quads, form: &str) -> Result<BTreeSet<NamedNode>, StorageError> {
    let mut documents = BTreeSet::new();
    for quad in state.matching(Some(node(form).into()), Some(CLAIM), None, None) {
        documents.extend(claimant(&quad?));
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

/// The thing that a form is; itself where that was not decided.
pub(super) fn thing_of(state: &impl Quads, form: &str) -> Result<String, StorageError> {
    let first = objects(state, node(form), THING)?.into_iter().next();
    Ok(match first {
        Some(Term::NamedNode(thing)) => thing.into_string(),
        _ => form.to_owned(),
    })
}

/// The forms that a thing has.
pub(super) fn forms_of(state: &impl Quads, thing: NamedNodeRef<'_>) -> Result<BTreeSet<String>, StorageError> {
    forms_with(state, THING, thing.into())
}

fn forms_with(state: &impl Quads, property: NamedNodeRef<'_>, object: Term) -> Result<BTreeSet<String>, StorageError> {
    let mut forms = BTreeSet::new();
    let object = object.as_ref();
    for quad in state.matching(None, Some(property), Some(object), Some(GraphNameRef::NamedNode(BOOK))) {
        if let NamedOrBlankNode::NamedNode(form) = quad?.subject {
            forms.insert(form.into_string());
        }
    }
    Ok(forms)
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
pub(super) fn block_number(block: &str) -> Literal {
    let hash = blake3::hash(block.as_bytes());
    let bytes = hash.as_bytes().first_chunk::<8>().copied().unwrap_or_default();
    Literal::from((u64::from_le_bytes(bytes) >> 1) as i64)
}

pub(super) fn node(iri: &str) -> NamedNodeRef<'_> {
    NamedNodeRef::new_unchecked(iri)
}

/// Forms that hang together, and the pairs that link them.
pub(super) type Component = (BTreeMap<String, Profile>, BTreeSet<(String, String)>);

/// The forms of a store as they are or as they are about to be.
pub(super) struct View<'a, S> {
    state: &'a S,
    journal: &'a Journal,
    /// Forms whose claims change; none where all go.
    changed: &'a BTreeMap<String, Option<Profile>>,
    /// Blocks of the changed forms.
    blocks: BTreeMap<String, BTreeSet<String>>,
    known: BTreeMap<String, Option<Profile>>,
}

impl<'a, S: Quads> View<'a, S> {
    pub(super) fn new(state: &'a S, journal: &'a Journal, changed: &'a BTreeMap<String, Option<Profile>>) -> Self {
        let mut blocks = BTreeMap::<_, BTreeSet<_>>::new();
        for profile in changed.values().flatten() {
            for block in profile.blocks().0 {
                blocks.entry(block).or_default().insert(profile.iri.clone());
            }
        }
        Self { state, journal, changed, blocks, known: BTreeMap::new() }
    }

    fn load(&mut self, form: &str) -> Result<(), StorageError> {
        if !self.changed.contains_key(form) && !self.known.contains_key(form) {
            let claims = claims_about(self.state, form)?;
            let profile = if claims.is_empty() { None } else { Profile::new(form, claims) };
            self.known.insert(form.to_owned(), profile);
        }
        Ok(())
    }

    fn get(&self, form: &str) -> Option<&Profile> {
        self.changed.get(form).or_else(|| self.known.get(form)).and_then(Option::as_ref)
    }

    /// Forms that may have something in common with one.
    fn candidates(&self, profile: &Profile) -> Result<BTreeSet<String>, StorageError> {
        let mut found: BTreeSet<String> = self.journal.joined_with(&profile.iri).map(str::to_owned).collect();
        for block in profile.blocks().1 {
            let stored = forms_with(self.state, BLOCK, block_number(&block).into())?;
            found.extend(stored.into_iter().filter(|form| !self.changed.contains_key(form)));
            found.extend(self.blocks.get(&block).into_iter().flatten().cloned());
        }
        found.remove(&profile.iri);
        Ok(found)
    }

    /// The forms that hang together with some, and the pairs that link them.
    pub(super) fn component(&mut self, seeds: impl IntoIterator<Item = String>) -> Result<Component, StorageError> {
        let mut queue: Vec<String> = seeds.into_iter().collect();
        let (mut members, mut links) = (BTreeMap::new(), BTreeSet::new());
        while let Some(form) = queue.pop() {
            if members.contains_key(&form) {
                continue;
            }
            self.load(&form)?;
            let Some(profile) = self.get(&form).cloned() else { continue };
            for other in self.candidates(&profile)? {
                self.load(&other)?;
                let Some(candidate) = self.get(&other) else { continue };
                if is_link(&profile, candidate, self.journal) {
                    links.insert(if form < other {
                        (form.clone(), other.clone())
                    } else {
                        (other.clone(), form.clone())
                    });
                    if !members.contains_key(&other) {
                        queue.push(other);
                    }
                }
            }
            members.insert(form, profile);
        }
        Ok((members, links))
    }
}

fn is_link(a: &Profile, b: &Profile, journal: &Journal) -> bool {
    if journal.joins(&a.iri, &b.iri) {
        return true;
    }
    let verdict = compare(a, b);
    verdict.part || (verdict.conflict.is_none() && verdict.score() >= Weights::shared().doubtful())
}
