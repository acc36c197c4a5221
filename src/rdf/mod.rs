//! What one document says, as quads with evidence.

mod iri;
mod jsonl;
mod literal;
mod ontology;
pub mod terms;
mod writer;

use oxigraph::model::{NamedNode, Quad};

use crate::model::Reading;

pub use iri::{document_iri, document_key, entity_iri, entity_of, expand, shorten};
pub use jsonl::json_line;
pub use ontology::ONTOLOGY;

/// Everything the document says, each statement once, in the named graph of the document and in reading order: the
/// document, its entities, amounts, groups, relations and figures, each followed by its evidence. Equal readings give
/// equal lists.
pub fn quads(reading: &Reading) -> Vec<Quad> {
    writer::Writer::new(reading).write()
}

/// The same with these nodes for the reading's entities, in order.
pub fn quads_naming(reading: &Reading, entities: Vec<NamedNode>) -> Vec<Quad> {
    writer::Writer::naming(reading, entities).write()
}

#[cfg(test)]
pub(crate) mod sample;
