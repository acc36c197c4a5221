//! What the RDF formats share: statements through the library's serializers, one at a time.

use std::io::Write;

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::Quad;

use super::plain::plain;
use super::{ExportError, Source};
use crate::rdf::terms;
use crate::store::StoreError;

/// Writes the knowledge in one graph.
pub fn triples(source: &Source<'_>, format: RdfFormat, plain: bool, out: &mut dyn Write) -> Result<(), ExportError> {
    quads(source.quads(), format, plain || source.is_plain(), out)
}

/// Writes each document's statements in its named graph.
pub fn graphs(source: &Source<'_>, format: RdfFormat, out: &mut dyn Write) -> Result<(), ExportError> {
    quads(source.named_graph_quads(), format, source.is_plain(), out)
}

/// Writes what follows from the knowledge.
pub fn following(source: &Source<'_>, format: RdfFormat, out: &mut dyn Write) -> Result<(), ExportError> {
    quads(source.inferred()?.into_iter().map(Ok), format, source.is_plain(), out)
}

fn quads(
    quads: impl Iterator<Item = Result<Quad, StoreError>>,
    format: RdfFormat,
    as_plain: bool,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let mut serializer = prefixed(format).for_writer(out);
    for quad in quads {
        let quad = quad?;
        let said = if as_plain { plain(quad) } else { vec![quad] };
        for quad in &said {
            serializer.serialize_quad(quad)?;
        }
    }
    serializer.finish()?.flush()?;
    Ok(())
}

/// Prefixes are legal IRIs, so that none is ever left out.
fn prefixed(format: RdfFormat) -> RdfSerializer {
    terms::PREFIXES.iter().fold(RdfSerializer::from_format(format), |serializer, (prefix, iri)| {
        serializer.clone().with_prefix(*prefix, *iri).unwrap_or(serializer)
    })
}
