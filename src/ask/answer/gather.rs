//! Rows that speak of one real thing, gathered into one answer.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{NamedNode, Triple};
use rust_decimal::Decimal;

use super::{Answer, quotes};
use crate::ask::names::{self, Names};
use crate::ask::plan::Way;
use crate::model::EntityKind;
use crate::rdf;
use crate::store::{Store, StoreError};

/// A thing under its identities, while answers are gathered.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) things: BTreeSet<NamedNode>,
    pub(super) way: Option<Way>,
    /// The largest sum that a row tells.
    pub(super) sum: Option<Decimal>,
    pub(super) statements: BTreeSet<String>,
    pub(super) triples: Vec<Triple>,
}

impl Gathered {
    /// Takes in a statement, once.
    pub(super) fn state(&mut self, triple: Triple) {
        if self.statements.insert(triple.to_string()) {
            self.triples.push(triple);
        }
    }

    pub(super) fn take_in(&mut self, other: Self) {
        self.things.extend(other.things);
        self.way = match (self.way, other.way) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        self.sum = self.sum.max(other.sum);
        for triple in other.triples {
            self.state(triple);
        }
    }
}

/// Groups whose things share a name become one.
pub(super) fn merged(names: &Names, groups: Vec<Gathered>) -> Vec<Gathered> {
    let mut merged: Vec<Gathered> = Vec::new();
    let mut of_key: BTreeMap<String, usize> = BTreeMap::new();
    for group in groups {
        let keys = group_keys(names, &group);
        let mut homes: Vec<usize> = keys.iter().filter_map(|key| of_key.get(key).copied()).collect();
        homes.sort_unstable();
        homes.dedup();
        let home = homes.first().copied().unwrap_or_else(|| {
            merged.push(Gathered::default());
            merged.len() - 1
        });
        merged[home].take_in(group);
        for other in homes.into_iter().skip(1) {
            let emptied = std::mem::take(&mut merged[other]);
            merged[home].take_in(emptied);
            of_key.values_mut().filter(|at| **at == other).for_each(|at| *at = home);
        }
        of_key.extend(keys.into_iter().map(|key| (key, home)));
    }
    merged.retain(|group| !group.things.is_empty());
    merged
}

fn group_keys(names: &Names, group: &Gathered) -> Vec<String> {
    let things = group.things.iter().filter_map(|thing| names.by_iri(thing.as_str()));
    things.flat_map(|thing| thing.keys()).collect()
}

/// The answer for a gathered thing; its label is that of the identity with the kind asked for.
pub(super) fn thing_answer(
    store: &Store,
    names: &Names,
    group: Gathered,
    kind: Option<EntityKind>,
) -> Result<Answer, StoreError> {
    let mut things: Vec<_> = group.things.iter().collect();
    things.sort_by_key(|thing| (names::kind_of(thing.as_str()) != kind, thing.as_str()));
    let mut labels: Vec<String> = Vec::new();
    for thing in &things {
        let known = names.by_iri(thing.as_str()).map(|thing| thing.names.clone());
        for name in known.unwrap_or_else(|| vec![rdf::shorten(thing.as_str())]) {
            if !labels.contains(&name) {
                labels.push(name);
            }
        }
    }
    let label = labels.remove(0);
    Ok(Answer {
        label,
        iri: things.first().map(|thing| thing.as_str().to_owned()),
        aliases: labels,
        way: group.way,
        evidence: quotes(store, &group.triples)?,
        ..Answer::default()
    })
}
