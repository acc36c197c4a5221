//! What a list needs beforehand, looked up step by step: places with all that lies in them, since a query with a path of any
//! length from every candidate takes seconds on a large store; and of the many ways to a wide field those that matter.

use std::collections::BTreeSet;

use oxigraph::model::{NamedNode, NamedOrBlankNode, Term};

use crate::ask::names::kind_of;
use crate::ask::plan::{Filter, ListPlan, Topic};
use crate::ask::sparql;
use crate::model::{EntityKind, Predicate};
use crate::rdf::terms;
use crate::store::{QueryError, Store, StoreError};

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

/// Ways to a field beyond which those are found first that lead to what another filter lets through.
const MOST_WAYS: usize = 40;

/// The plan without the ways to a field that nothing takes which another filter lets through.
pub(super) fn narrowed(store: &Store, mut plan: ListPlan) -> Result<ListPlan, QueryError> {
    let is_narrow = |filter: &&Filter| {
        matches!(filter, Filter::Is(_) | Filter::Joined { .. } | Filter::Within(_) | Filter::Holds(_))
    };
    let is_wide = |filter: &Filter| matches!(filter, Filter::Topic(topic) if ways(topic) > MOST_WAYS);
    let Some(first) = plan.filters.iter().find(is_narrow).filter(|_| plan.filters.iter().any(is_wide)) else {
        return Ok(plan);
    };
    let found = sparql::select(store, &sparql::reach(first))?;
    let known: BTreeSet<&NamedNode> = found.iter().flatten().filter_map(node).collect();
    for filter in &mut plan.filters {
        if let Filter::Topic(topic) = filter {
            let Topic { term: _, fields, named, narrower, remote, parks } = topic;
            [fields, named, narrower, remote, parks]
                .into_iter()
                .for_each(|ways| ways.retain(|way| known.contains(way)));
        }
    }
    Ok(plan)
}

fn ways(topic: &Topic) -> usize {
    [&topic.fields, &topic.named, &topic.narrower, &topic.remote, &topic.parks].map(Vec::len).iter().sum()
}

fn node(term: &Option<Term>) -> Option<&NamedNode> {
    if let Some(Term::NamedNode(node)) = term { Some(node) } else { None }
}
