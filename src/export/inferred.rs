//! What follows from the knowledge, as N-Quads (RDF 1.2) in the graph `pgr:inferred`; no other format has it.

use std::io::Write;

use oxigraph::io::RdfFormat;

use super::write::following;
use super::{ExportError, Source};

/// Writes the statements that follow, each with what it rests on.
pub fn write(source: &Source<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    following(source, RdfFormat::NQuads, out)
}
