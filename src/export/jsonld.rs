//! JSON-LD, the knowledge in one graph. It has no triple terms: evidence is written as RDF 1.1 says it.

use std::io::Write;

use oxigraph::io::{JsonLdProfileSet, RdfFormat};

use super::write::triples;
use super::{ExportError, Source};

/// Writes a source as JSON-LD.
pub fn write(source: &Source<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    let format = RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() };
    triples(source, format, true, out)
}
