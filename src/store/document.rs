//! Everything that stands in the store because of one document, found through its evidence.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{
    GraphName, GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Quad, Term, TermRef,
    Triple,
};
use oxigraph::store::{QuadIter, StorageError, Transaction};

use super::{BOOK, book, labels};
use crate::identity::Claim;
use crate::rdf::{document_iri, document_key, terms};

/// A state of the store that can be looked into.
pub(super) trait Quads {
    /// Statements that match; `None` matches all.
    fn matching(
        &self,
        s: Option<NamedOrBlankNodeRef<'_>>,
        p: Option<NamedNodeRef<'_>>,
        o: Option<TermRef<'_>>,
        g: Option<GraphNameRef<'_>>,
    ) -> QuadIter<'_>;

    /// Statements of the knowledge about a node.
    fn about(&self, node: NamedNodeRef<'_>) -> QuadIter<'_> {
        self.matching(Some(node.into()), None, None, Some(GraphNameRef::DefaultGraph))
    }

    /// Nodes that the knowledge links to `object` by `property`.
    fn pointing(&self, property: NamedNodeRef<'_>, object: TermRef<'_>) -> Result<Vec<NamedNode>, StorageError> {
        let found = self.matching(None, Some(property), Some(object), Some(GraphNameRef::DefaultGraph));
        found.filter_map(|quad| quad.map(|quad| named(quad.subject)).transpose()).collect()
    }
}

impl Quads for oxigraph::store::Store {
    fn matching(
        &self,
        s: Option<NamedOrBlankNodeRef<'_>>,
        p: Option<NamedNodeRef<'_>>,
        o: Option<TermRef<'_>>,
        g: Option<GraphNameRef<'_>>,
    ) -> QuadIter<'_> {
        self.quads_for_pattern(s, p, o, g)
    }
}

impl Quads for Transaction<'_> {
    fn matching(
        &self,
        s: Option<NamedOrBlankNodeRef<'_>>,
        p: Option<NamedNodeRef<'_>>,
        o: Option<TermRef<'_>>,
        g: Option<GraphNameRef<'_>>,
    ) -> QuadIter<'_> {
        self.quads_for_pattern(s, p, o, g)
    }
}

/// What one document put into the store.
pub(super) struct Contents {
    /// Statements about the document and the nodes that it owns, in the default graph.
    pub(super) owned: Vec<Quad>,
    /// Statements about things that other documents may make as well.
    pub(super) shared: Vec<Triple>,
    /// Names that the document gives to things, in the graph of the document.
    pub(super) names: Vec<Quad>,
    /// Its bookkeeping.
    pub(super) book: Vec<Quad>,
}

impl Contents {
    /// Looks up what `document` put into the store; all empty where it is not there.
    pub(super) fn of(state: &impl Quads, document: NamedNodeRef<'_>) -> Result<Self, StorageError> {
        let mut owned = state.about(document).collect::<Result<Vec<_>, _>>()?;
        // A reprint says everything in a graph of its own.
        extend(&mut owned, state.matching(None, None, None, Some(document.into())))?;
        let mut facts = BTreeSet::new();
        for mention in state.pointing(terms::REFERENCE_CONTEXT, document.into())? {
            facts.extend(state.pointing(terms::WAS_DERIVED_FROM, mention.as_ref().into())?);
            extend(&mut owned, state.about(mention.as_ref()))?;
        }
        let (mut nodes, mut shared) = (BTreeSet::new(), Vec::new());
        // Of a document on its way from one graph to the other, evidence may stand here and what it speaks for there.
        nodes.extend(owned.iter().filter_map(|quad| owned_subject(quad, document)));
        for fact in &facts {
            for quad in state.about(fact.as_ref()) {
                let quad = quad?;
                match (&quad.object, owned_subject(&quad, document)) {
                    (Term::Triple(_), Some(node)) => drop(nodes.insert(node)),
                    (Term::Triple(statement), None) => shared.push(statement.as_ref().clone()),
                    _ => {}
                }
                owned.push(quad);
            }
        }
        for node in &nodes {
            extend(&mut owned, state.about(node.as_ref()))?;
        }
        let mut book = Vec::new();
        extend(&mut book, state.matching(Some(document.into()), None, None, Some(GraphNameRef::NamedNode(BOOK))))?;
        let names = names(state, document)?;
        Ok(Self { owned, shared, names, book })
    }
}

/// The node of the document about which a piece of evidence speaks.
fn owned_subject(evidence: &Quad, document: NamedNodeRef<'_>) -> Option<NamedNode> {
    let Term::Triple(said) = &evidence.object else { return None };
    named(said.subject.clone()).filter(|node| is_owned(node.as_str(), document))
}

/// The names that a document gives to things.
fn names(state: &impl Quads, document: NamedNodeRef<'_>) -> Result<Vec<Quad>, StorageError> {
    let mut things = BTreeMap::<String, BTreeSet<(String, bool)>>::new();
    let claims = book::record(state, document)?.map(|record| record.claims).unwrap_or_default();
    for (form, claims) in claims {
        let names = things.entry(book::thing_of(state, &form)?).or_default();
        names.extend(claims.into_iter().filter_map(|claim| match claim {
            Claim::Preferred(name) => Some((name, true)),
            Claim::Other(name) => Some((name, false)),
            _ => None,
        }));
    }
    let graph = GraphName::from(document.into_owned());
    let said = |(thing, names): (String, BTreeSet<(String, bool)>)| {
        labels::said(book::node(&thing), names.iter().map(|(name, preferred)| (name.as_str(), *preferred)), &graph)
    };
    Ok(things.into_iter().flat_map(said).collect())
}

/// The document that owns a node.
pub(super) fn document_of(node: &NamedNode) -> Option<NamedNode> {
    let key = document_key(node.as_str())?;
    Some(document_iri(&key))
}

/// True for statements about the document and the nodes that it owns.
pub(super) fn is_about_owned(quad: &Quad, document: NamedNodeRef<'_>) -> bool {
    matches!(&quad.subject, NamedOrBlankNode::NamedNode(node) if is_owned(node.as_str(), document))
}

/// True for what is said about the document itself.
pub(super) fn is_about(quad: &Quad, document: &NamedNode) -> bool {
    matches!(&quad.subject, NamedOrBlankNode::NamedNode(node) if node == document)
}

/// True for the document itself and for nodes whose IRI begins with the document's.
pub(super) fn is_owned(node: &str, document: NamedNodeRef<'_>) -> bool {
    node.strip_prefix(document.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('#'))
}

fn named(node: NamedOrBlankNode) -> Option<NamedNode> {
    match node {
        NamedOrBlankNode::NamedNode(node) => Some(node),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}

fn extend(quads: &mut Vec<Quad>, found: QuadIter<'_>) -> Result<(), StorageError> {
    for quad in found {
        quads.push(quad?);
    }
    Ok(())
}
