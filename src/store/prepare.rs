//! A reading made ready for the store.

use std::collections::BTreeSet;

use oxigraph::model::{GraphName, Literal, NamedNode, Quad};

use super::BOOK;
use super::book::{self, RECORD, SPEAKS};
use super::document::is_about;
use super::record::{Record, placeholder};
use super::sources::{self, UNDATED};
use crate::identity::{Print, localize};
use crate::model::Reading;
use crate::rdf::{self, document_iri, terms};

/// A document's statements, sorted by what they depend on.
pub(super) struct Prepared {
    pub(super) document: NamedNode,
    /// Statements that name no thing, for the default graph.
    pub(super) owned: Vec<Quad>,
    /// Statements that name things, and what it claims about them.
    pub(super) record: Record,
    /// Date of publication, for order.
    pub(super) published: String,
    fingerprint: Quad,
    /// Forms to which no evidence leads.
    unseen: BTreeSet<String>,
}

impl Prepared {
    pub(super) fn new(reading: &Reading, version: &str) -> Self {
        let document = document_iri(&reading.document.key);
        let local = localize(reading);
        let quads = rdf::quads_naming(reading, (0..reading.entities.len()).map(placeholder).collect());
        let unseen = reading.entities.iter().zip(&local.forms).filter(|(entity, _)| entity.mentions.is_empty());
        let unseen = unseen.map(|(_, form)| form.clone()).collect();
        let (record, mut owned) = Record::part(quads, local, Print::of(reading), document.as_ref());
        owned.iter_mut().for_each(|quad| quad.graph_name = GraphName::DefaultGraph);
        let print = Literal::from(fingerprint(&reading.document.hash, version));
        let fingerprint = Quad::new(document.clone(), terms::FINGERPRINT, print, BOOK);
        let published = reading.document.published.map_or_else(|| UNDATED.to_owned(), |date| date.to_string());
        Self { document, owned, record, published, fingerprint, unseen }
    }

    /// The document's bookkeeping, with its record as text.
    pub(super) fn book(&self, record: String) -> Vec<Quad> {
        let document = self.document.as_ref();
        let record = book::noted(document, RECORD, Literal::from(record));
        let unseen = self.unseen.iter().map(|form| book::noted(document, SPEAKS, book::node(form)));
        let prints = sources::noted(document, &self.record.print);
        unseen.chain(prints).chain([record, self.fingerprint.clone()]).collect()
    }
}

/// A document's own statements in the graph in which it speaks. What is said about the document itself stands in the
/// knowledge always.
pub(super) fn placed(mut owned: Vec<Quad>, document: &NamedNode, graph: &GraphName) -> Vec<Quad> {
    for quad in owned.iter_mut().filter(|quad| !is_about(quad, document)) {
        quad.graph_name = graph.clone();
    }
    owned
}

/// What tells whether a document must be read again: the hash of its bytes and the reader's version.
pub(super) fn fingerprint(hash: &str, version: &str) -> String {
    format!("{hash} {version}")
}
