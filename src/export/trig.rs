//! TriG (RDF 1.2), each document's statements in its named graph.

use std::io::Write;

use oxigraph::io::RdfFormat;

use super::write::graphs;
use super::{ExportError, Source};

/// Writes a source as TriG.
pub fn write(source: &Source<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    graphs(source, RdfFormat::TriG, out)
}
