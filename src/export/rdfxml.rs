//! RDF/XML, the knowledge in one graph. Few tools read triple terms in it: evidence is written as RDF 1.1 says it.

use std::io::Write;

use oxigraph::io::RdfFormat;

use super::graphml::XmlText;
use super::write::triples;
use super::{ExportError, Source};

/// Writes a source as RDF/XML, without the control characters that XML forbids.
pub fn write(source: &Source<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    triples(source, RdfFormat::RdfXml, true, &mut XmlText(out))
}
