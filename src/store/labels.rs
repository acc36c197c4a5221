//! What the knowledge says of a thing because of its forms: its names, scope, whole, and the IRIs that it had.

use oxigraph::model::{GraphName, GraphNameRef, Literal, NamedNodeRef, Quad};
use oxigraph::store::StorageError;

use super::book;
use super::document::Quads;
use crate::identity::Profile;
use crate::rdf::terms;

/// The statements of the knowledge about a thing that follow from its forms, as they stand.
pub(super) fn about(state: &impl Quads, thing: NamedNodeRef<'_>) -> Result<Vec<Quad>, StorageError> {
    let mut found = Vec::new();
    for property in [terms::PREF_LABEL, terms::ALT_LABEL, terms::SCOPE, terms::IS_PART_OF] {
        for quad in state.matching(Some(thing.into()), Some(property), None, Some(GraphNameRef::DefaultGraph)) {
            found.push(quad?);
        }
    }
    Ok(found)
}

/// The statements of the knowledge about a thing with these forms: of the names that documents prefer the longest one is
/// preferred, the first in order of equally long ones; where documents have bare words only, the name with its place.
pub(super) fn statements(thing: &str, forms: &[&Profile], whole: Option<&String>) -> Vec<Quad> {
    let node = book::node(thing);
    let say = |property, object: Literal| Quad::new(node, property, object, GraphName::DefaultGraph);
    let mut names: Vec<(&str, bool)> = forms.iter().flat_map(|form| form.printed()).collect();
    let leading = forms.iter().find(|form| form.iri == thing);
    let scoped = leading.filter(|form| form.is_scoped());
    names.sort_unstable();
    let mut chosen = names
        .iter()
        .filter(|(_, preferred)| *preferred)
        .map(|(name, _)| *name)
        .min_by_key(|name| (usize::MAX - name.chars().count(), *name));
    let mut quads = Vec::new();
    if let Some(form) = scoped {
        quads.extend(form.scope().map(|scope| say(terms::SCOPE, Literal::from(scope))));
        if !form.is_own() {
            chosen = Some(chosen.filter(|name| name.chars().count() > form.name.chars().count()).unwrap_or(&form.name));
        }
    }
    let mut said: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
    said.extend(chosen);
    said.sort_unstable();
    said.dedup();
    for name in said {
        let property = if Some(name) == chosen { terms::PREF_LABEL } else { terms::ALT_LABEL };
        quads.push(say(property, chinese(name)));
    }
    if let Some(whole) = whole {
        quads.push(Quad::new(node, terms::IS_PART_OF, book::node(whole), GraphName::DefaultGraph));
    }
    let replaced = forms.iter().filter(|form| form.iri != thing);
    quads.extend(
        replaced.map(|form| Quad::new(book::node(&form.iri), terms::IS_REPLACED_BY, node, GraphName::DefaultGraph)),
    );
    quads
}

/// The names that one document gives to one thing, each as it stands in the document's graph.
pub(super) fn said<'a>(
    thing: NamedNodeRef<'_>,
    names: impl Iterator<Item = (&'a str, bool)>,
    graph: &GraphName,
) -> Vec<Quad> {
    let mut names: Vec<_> = names.collect();
    names.sort_unstable();
    let preferred = names.iter().filter(|(_, preferred)| *preferred).map(|(name, _)| *name);
    let chosen = preferred.min_by_key(|name| (usize::MAX - name.chars().count(), *name));
    let mut all: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
    all.dedup();
    let property = |name: &str| if Some(name) == chosen { terms::PREF_LABEL } else { terms::ALT_LABEL };
    all.into_iter().map(|name| Quad::new(thing, property(name), chinese(name), graph.clone())).collect()
}

fn chinese(name: &str) -> Literal {
    Literal::new_language_tagged_literal_unchecked(name, "zh")
}
