//! A reading made ready for the store.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{GraphName, Literal, NamedNode, Quad};

use super::BOOK;
use super::book::{self, CLAIM, RECORD};
use super::record::{Record, placeholder};
use super::sources::{self, UNDATED};
use crate::identity::{Claim, Print, localize};
use crate::model::Reading;
use crate::rdf::{self, document_iri, terms};

/// A document's statements, sorted by what they depend on.
pub(super) struct Prepared {
    pub(super) document: NamedNode,
    /// Statements that name no thing, for the default graph.
    pub(super) owned: Vec<Quad>,
    /// Statements that name things.
    pub(super) record: Record,
    /// Claims by form.
    pub(super) claims: BTreeMap<String, BTreeSet<Claim>>,
    /// What its text is known by.
    pub(super) print: Print,
    /// Date of publication, for order.
    pub(super) published: String,
    fingerprint: Quad,
}

impl Prepared {
    pub(super) fn new(reading: &Reading, version: &str) -> Self {
        let document = document_iri(&reading.document.key);
        let local = localize(reading);
        let quads = rdf::quads_naming(reading, (0..reading.entities.len()).map(placeholder).collect());
        let (record, mut owned) = Record::part(quads, local.forms, document.as_ref());
        owned.iter_mut().for_each(|quad| quad.graph_name = GraphName::DefaultGraph);
        let print = Literal::from(fingerprint(&reading.document.hash, version));
        let fingerprint = Quad::new(document.clone(), terms::FINGERPRINT, print, BOOK);
        let published = reading.document.published.map_or_else(|| UNDATED.to_owned(), |date| date.to_string());
        Self { document, owned, record, claims: local.claims, print: Print::of(reading), published, fingerprint }
    }

    /// The document's bookkeeping.
    pub(super) fn book(&self) -> Vec<Quad> {
        let graph = book::claims_graph(self.document.as_ref());
        let claims = self.claims.iter().flat_map(|(form, claims)| claims.iter().map(move |claim| (form, claim)));
        let claims =
            claims.map(|(form, claim)| Quad::new(book::node(form), CLAIM, book::written(claim), graph.clone()));
        let record = book::noted(self.document.as_ref(), RECORD, Literal::from(self.record.text()));
        let prints = sources::noted(self.document.as_ref(), &self.print);
        claims.chain(prints).chain([record, self.fingerprint.clone()]).collect()
    }
}

/// What tells whether a document must be read again: the hash of its bytes and the reader's version.
pub(super) fn fingerprint(hash: &str, version: &str) -> String {
    format!("{hash} {version}")
}
