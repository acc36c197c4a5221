//! The sentences that state an edge.

use std::collections::BTreeSet;

use oxigraph::model::{NamedNode, NamedOrBlankNode, Term, Triple};
use petgraph::graph::EdgeIndex;
use serde::Serialize;

use super::PropertyGraph;
use crate::ask;
use crate::model::Predicate;
use crate::rdf::{document_key, terms};
use crate::store::{Store, StoreError};

/// A sentence of a source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Sentence {
    /// Key of the document.
    pub document: String,
    /// The text exactly as in the source.
    pub quote: String,
    /// First character of the source text.
    pub begin: u64,
    /// One past the last character.
    pub end: u64,
}

impl PropertyGraph {
    /// The sentences that state an edge, in order of document and place.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn sentences(&self, store: &Store, edge: EdgeIndex) -> Result<Vec<Sentence>, StoreError> {
        let ends = self.graph.edge_endpoints(edge);
        let Some((from, to)) = ends else { return Ok(Vec::new()) };
        let Some(predicate) = Predicate::from_name(self.graph[edge].predicate) else { return Ok(Vec::new()) };
        sentences(store, &self.graph[from].iri, predicate, &self.graph[to].iri)
    }
}

/// Keys of the documents that state a relation between two identities.
///
/// # Errors
/// If the store cannot be read.
pub fn stated_by(store: &Store, from: &str, predicate: Predicate, to: &str) -> Result<BTreeSet<String>, StoreError> {
    let node = NamedNode::new_unchecked;
    let statement = Term::from(Triple::new(node(from), terms::property(predicate), node(to)));
    let mut keys = BTreeSet::new();
    for quad in store.matching(None, Some(terms::REIFIES), Some(statement.as_ref())) {
        if let NamedOrBlankNode::NamedNode(reifier) = quad?.subject {
            keys.extend(document_key(reifier.as_str()));
        }
    }
    Ok(keys)
}

/// The sentences that state a relation between two identities.
///
/// # Errors
/// If the store cannot be read.
fn sentences(store: &Store, from: &str, predicate: Predicate, to: &str) -> Result<Vec<Sentence>, StoreError> {
    let node = NamedNode::new_unchecked;
    let statement = Triple::new(node(from), terms::property(predicate), node(to));
    Ok(ask::quotes(store, &statement)?.into_iter().map(Sentence::from).collect())
}

impl From<ask::Quote> for Sentence {
    fn from(quote: ask::Quote) -> Self {
        let ask::Quote { document, begin, end, quote, .. } = quote;
        Self { document, quote, begin, end }
    }
}
