//! Nodes of a store and what stands at their properties.

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Term};

use crate::rdf::terms::PGR;
use crate::store::{Store, StoreError};

/// The part of an IRI of ours behind the namespace: `project/…`.
pub fn id(iri: &str) -> &str {
    iri.strip_prefix(PGR).unwrap_or(iri)
}

/// The thing that `id` names: the part behind our namespace, or a whole IRI.
pub fn thing(id: &str) -> Option<NamedNode> {
    let is_whole = id.starts_with("http://") || id.starts_with("https://");
    let iri = if is_whole { id.to_owned() } else { format!("{PGR}{}", id.trim_start_matches("pgr:")) };
    NamedNode::new(iri).ok()
}

/// Objects of the statements about `subject` with `property`, in order of their text.
///
/// # Errors
/// When the disk refuses.
pub fn objects(
    store: &Store,
    subject: NamedOrBlankNodeRef<'_>,
    property: NamedNodeRef<'_>,
) -> Result<Vec<Term>, StoreError> {
    let found = store.matching(Some(subject), Some(property), None);
    let mut objects = found.map(|quad| quad.map(|quad| quad.object)).collect::<Result<Vec<_>, _>>()?;
    objects.sort_by_cached_key(ToString::to_string);
    Ok(objects)
}

/// The first of the objects as text: the characters of a literal, or an IRI.
///
/// # Errors
/// When the disk refuses.
pub fn text(
    store: &Store,
    subject: NamedNodeRef<'_>,
    property: NamedNodeRef<'_>,
) -> Result<Option<String>, StoreError> {
    Ok(objects(store, subject.into(), property)?.first().and_then(plain))
}

/// The characters of a literal, or an IRI.
pub fn plain(term: &Term) -> Option<String> {
    match term {
        Term::Literal(literal) => Some(literal.value().to_owned()),
        Term::NamedNode(node) => Some(node.as_str().to_owned()),
        Term::BlankNode(_) | Term::Triple(_) => None,
    }
}
