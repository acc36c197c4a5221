//! N-Quads (RDF 1.2), each document's statements in its named graph.

use std::io::Write;

use oxigraph::io::RdfFormat;

use super::write::graphs;
use super::{ExportError, Source};

/// Writes a source as N-Quads.
pub fn write(source: &Source<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    graphs(source, RdfFormat::NQuads, out)
}
