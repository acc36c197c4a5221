//! Turtle (RDF 1.2), the knowledge in one graph.

use std::io::Write;

use oxigraph::io::RdfFormat;

use super::write::triples;
use super::{ExportError, Source};

/// Writes a source as Turtle.
pub fn write(source: &Source<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    triples(source, RdfFormat::Turtle, false, out)
}
