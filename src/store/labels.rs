//! The names of a thing over all documents: one preferred, the others alternative.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{GraphName, GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use oxigraph::store::{StorageError, Transaction};

use super::document::Quads;
use crate::rdf::terms;

/// Names that documents give to one thing.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Names {
    /// Those that some document prefers.
    preferred: BTreeSet<String>,
    /// All of them.
    all: BTreeSet<String>,
}

impl Names {
    /// The names that documents in the store give to `thing`.
    pub(super) fn of(state: &impl Quads, thing: NamedNodeRef<'_>) -> Result<Self, StorageError> {
        let mut names = Self::default();
        for property in [terms::PREF_LABEL, terms::ALT_LABEL] {
            for quad in state.matching(Some(thing.into()), Some(property), None, None) {
                let quad = quad?;
                if quad.graph_name != GraphName::DefaultGraph {
                    names.add(&quad);
                }
            }
        }
        Ok(names)
    }

    /// Takes in a name that a document gives.
    pub(super) fn add(&mut self, quad: &Quad) {
        let Term::Literal(name) = &quad.object else { return };
        self.all.insert(name.value().to_owned());
        if quad.predicate == terms::PREF_LABEL {
            self.preferred.insert(name.value().to_owned());
        }
    }

    /// Takes in the names that other documents give.
    pub(super) fn join(&mut self, other: Self) {
        self.preferred.extend(other.preferred);
        self.all.extend(other.all);
    }

    /// The knowledge's statements about the names of `thing`: of the preferred names the longest one stays preferred, the
    /// lexicographically first of equally long ones.
    pub(super) fn statements(&self, thing: &NamedNode) -> Vec<Quad> {
        let chosen = self.preferred.iter().min_by_key(|name| (usize::MAX - name.chars().count(), *name));
        let statement = |name: &String| {
            let property = if Some(name) == chosen { terms::PREF_LABEL } else { terms::ALT_LABEL };
            let literal = Literal::new_language_tagged_literal_unchecked(name, "zh");
            Quad::new(thing.clone(), property, literal, GraphName::DefaultGraph)
        };
        self.all.iter().map(statement).collect()
    }
}

/// The names that `quads` of document graphs give, by thing.
pub(super) fn by_thing<'a>(quads: impl Iterator<Item = &'a Quad>) -> BTreeMap<NamedNode, Names> {
    let mut things = BTreeMap::<_, Names>::new();
    for quad in quads {
        if let NamedOrBlankNode::NamedNode(thing) = &quad.subject {
            things.entry(thing.clone()).or_default().add(quad);
        }
    }
    things
}

/// The names of `thing` in the knowledge as it stands.
pub(super) fn current(state: &impl Quads, thing: NamedNodeRef<'_>) -> Result<Vec<Quad>, StorageError> {
    let mut found = Vec::new();
    for property in [terms::PREF_LABEL, terms::ALT_LABEL] {
        for quad in state.matching(Some(thing.into()), Some(property), None, Some(GraphNameRef::DefaultGraph)) {
            found.push(quad?);
        }
    }
    Ok(found)
}

/// Makes the knowledge's names of `thing` follow from what the documents say.
pub(super) fn settle(transaction: &mut Transaction<'_>, thing: &NamedNode) -> Result<(), StorageError> {
    let wanted = Names::of(&*transaction, thing.as_ref())?.statements(thing);
    for quad in current(&*transaction, thing.as_ref())? {
        if !wanted.contains(&quad) {
            transaction.remove(&quad);
        }
    }
    wanted.iter().for_each(|quad| transaction.insert(quad));
    Ok(())
}
