//! What the graph holds, in numbers: counted where it lies, without writing out what is counted.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::plain;
use crate::ask::{Names, kind_of};
use crate::model::{EntityKind, Predicate, Status};
use crate::query::select;
use crate::rdf::terms;
use crate::store::{QueryError, Store};

/// What the graph holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Number of articles.
    pub documents: usize,
    /// Number of things of each kind.
    pub things: BTreeMap<&'static str, usize>,
    /// Number of figures.
    pub observations: usize,
    /// Number of projects whose furthest stage is this one.
    pub stages: BTreeMap<&'static str, usize>,
}

impl Stats {
    /// Counts what the graph holds.
    pub(in crate::serve) fn of(store: &Store, names: &Names) -> Result<Self, QueryError> {
        let mut stats = Self {
            documents: store.count(terms::TYPE, Some(terms::DOCUMENT))?,
            observations: store.count(terms::TYPE, Some(terms::OBSERVATION))?,
            ..Self::default()
        };
        names.things().for_each(|thing| *stats.things.entry(thing.kind.name()).or_default() += 1);
        for stage in furthest(store)?.into_values() {
            *stats.stages.entry(Status::ALL[stage].name()).or_default() += 1;
        }
        Ok(stats)
    }
}

/// The furthest stage of each project by its place in [`Status::ALL`].
fn furthest(store: &Store) -> Result<HashMap<String, usize>, QueryError> {
    let query = format!("SELECT ?project ?stage WHERE {{ ?project {} ?stage }}", terms::property(Predicate::Status));
    let mut furthest = HashMap::new();
    for row in select(store, &query, &[])?.rows {
        let mut cells = row.iter().map(|cell| cell.as_ref().and_then(plain));
        let (Some(Some(project)), Some(Some(stage))) = (cells.next(), cells.next()) else { continue };
        let place = Status::ALL.into_iter().position(|status| terms::status(status).as_str() == stage);
        let Some(place) = place.filter(|_| kind_of(&project) == Some(EntityKind::Project)) else { continue };
        let known = furthest.entry(project).or_insert(place);
        *known = place.max(*known);
    }
    Ok(furthest)
}
