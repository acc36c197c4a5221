//! An RDF file as a graph of its own, to be looked into like a store: statements without documents.

use std::path::Path;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::GraphName;

use super::{Store, StoreError};

impl Store {
    /// The statements of an RDF file, in memory; what stands in named graphs is taken as one graph. The end of its name
    /// tells the format, Turtle where it tells none.
    ///
    /// # Errors
    /// When the bytes are not of that format.
    pub fn of_rdf(bytes: &[u8], file: &Path) -> Result<Self, StoreError> {
        let end = file.extension().and_then(|end| end.to_str()).unwrap_or_default();
        let format = RdfFormat::from_extension(end).unwrap_or(RdfFormat::Turtle);
        let store = Self::memory()?;
        let wrong = |detail: String| StoreError::NotRdf { file: file.into(), detail };
        for quad in RdfParser::from_format(format).for_slice(bytes) {
            let mut quad = quad.map_err(|error| wrong(error.to_string()))?;
            quad.graph_name = GraphName::DefaultGraph;
            store.inner.insert(&quad).map_err(|error| store.failure(error))?;
        }
        Ok(store)
    }
}
