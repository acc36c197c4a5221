//! Places with all that lies in them, looked up step by step: a query with a path of any length from every candidate takes
//! seconds on a large store.

use std::collections::BTreeSet;

use oxigraph::model::{NamedNode, NamedOrBlankNode, Term};

use crate::ask::names::kind_of;
use crate::ask::plan::{Filter, ListPlan};
use crate::model::{EntityKind, Predicate};
use crate::rdf::terms;
use crate::store::{Store, StoreError};

/// The plan with the parks and places within each place beside it.
pub(super) fn widened(store: &Store, plan: &ListPlan) -> Result<ListPlan, StoreError> {
    let filters = plan.filters.iter().map(|filter| wider(store, filter)).collect::<Result<_, _>>()?;
    Ok(ListPlan { filters, ..plan.clone() })
}

fn wider(store: &Store, filter: &Filter) -> Result<Filter, StoreError> {
    Ok(match filter {
        Filter::Within(places) => Filter::Within(within(store, places)?),
        Filter::Any(filters) => Filter::Any(filters.iter().map(|one| wider(store, one)).collect::<Result<_, _>>()?),
        other => other.clone(),
    })
}

/// These places and every park and place that lies in one of them, however deep, in order of their text.
pub(super) fn within(store: &Store, places: &[NamedNode]) -> Result<Vec<NamedNode>, StoreError> {
    let mut known: BTreeSet<NamedNode> = places.iter().cloned().collect();
    let mut open: Vec<NamedNode> = places.to_vec();
    let by = terms::property(Predicate::LocatedIn);
    while let Some(place) = open.pop() {
        let place = Term::from(place);
        for quad in store.matching(None, Some(by), Some(place.as_ref())) {
            let NamedOrBlankNode::NamedNode(inner) = quad?.subject else { continue };
            let holds = matches!(kind_of(inner.as_str()), Some(EntityKind::Park | EntityKind::Place));
            if holds && known.insert(inner.clone()) {
                open.push(inner);
            }
        }
    }
    Ok(known.into_iter().collect())
}
