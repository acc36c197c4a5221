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
    /// Those of the `candidates` that documents in the store give to `thing`. A thing has few names but may stand in
    /// every document, so that each name is looked up instead of each document.
    fn of(
        state: &impl Quads,
        thing: NamedNodeRef<'_>,
        candidates: impl IntoIterator<Item = Literal>,
    ) -> Result<Self, StorageError> {
        let given = |property, name: &Literal| -> Result<bool, StorageError> {
            for quad in state.matching(Some(thing.into()), Some(property), Some(name.into()), None) {
                if quad?.graph_name != GraphName::DefaultGraph {
                    return Ok(true);
                }
            }
            Ok(false)
        };
        let mut names = Self::default();
        for name in candidates {
            if given(terms::PREF_LABEL, &name)? {
                names.preferred.insert(name.value().to_owned());
                names.all.insert(name.value().to_owned());
            } else if given(terms::ALT_LABEL, &name)? {
                names.all.insert(name.value().to_owned());
            }
        }
        Ok(names)
    }

    /// The names that documents in the store give to `thing`.
    pub(super) fn stored(state: &impl Quads, thing: NamedNodeRef<'_>) -> Result<Self, StorageError> {
        Self::of(state, thing, current(state, thing)?.into_iter().filter_map(literal))
    }

    /// Takes in a name that a document gives.
    pub(super) fn add(&mut self, quad: &Quad) {
        let Term::Literal(name) = &quad.object else { return };
        self.all.insert(name.value().to_owned());
        if quad.predicate == terms::PREF_LABEL {
            self.preferred.insert(name.value().to_owned());
        }
    }

    /// True when the knowledge, which has the statements `current`, already says all that these names would make it say.
    pub(super) fn are_known(&self, current: &[Quad]) -> bool {
        let has = |name: &String, property: Option<NamedNodeRef<'_>>| {
            current.iter().any(|quad| {
                property.is_none_or(|property| quad.predicate == property)
                    && matches!(&quad.object, Term::Literal(literal) if literal.value() == name)
            })
        };
        self.preferred.iter().all(|name| has(name, Some(terms::PREF_LABEL)))
            && self.all.iter().all(|name| has(name, None))
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
            Quad::new(thing.clone(), property, chinese(name), GraphName::DefaultGraph)
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

/// Makes the knowledge's names of `thing` follow from what the documents say, of which some gave it the names `new` and,
/// where `lost` is set, some gave it names no longer.
pub(super) fn settle(
    transaction: &mut Transaction<'_>,
    thing: &NamedNode,
    new: Names,
    lost: bool,
) -> Result<(), StorageError> {
    let before = current(&*transaction, thing.as_ref())?;
    if !lost && new.are_known(&before) {
        return Ok(());
    }
    let candidates = before.iter().cloned().filter_map(literal).chain(new.all.into_iter().map(chinese));
    let wanted = Names::of(&*transaction, thing.as_ref(), candidates)?.statements(thing);
    before.iter().filter(|quad| !wanted.contains(quad)).for_each(|quad| transaction.remove(quad));
    wanted.iter().for_each(|quad| transaction.insert(quad));
    Ok(())
}

fn literal(quad: Quad) -> Option<Literal> {
    match quad.object {
        Term::Literal(literal) => Some(literal),
        _ => None,
    }
}

fn chinese(name: impl Into<String>) -> Literal {
    Literal::new_language_tagged_literal_unchecked(name, "zh")
}
