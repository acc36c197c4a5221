//! How two things are joined: the shortest chain of statements between them.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{NamedNode, NamedOrBlankNode, Term, Triple};

use super::{Answer, Answers, Failure, quotes};
use crate::ask::names::{self, Names};
use crate::ask::plan::PathPlan;
use crate::ask::render::property_name;
use crate::ask::sparql;
use crate::message::Lang;
use crate::model::Predicate;
use crate::rdf::terms;
use crate::store::{Store, StoreError};

/// Most statements in a chain.
const LONGEST: usize = 4;
/// Most things that are looked at on the way.
const MOST_THINGS: usize = 3000;
/// Most neighbours of one thing that are followed.
const MOST_NEIGHBOURS: usize = 300;

pub(super) fn joined(store: &Store, names: &Names, plan: &PathPlan, lang: Lang) -> Result<Answers, Failure> {
    let goal: BTreeSet<&NamedNode> = plan.to.iter().collect();
    let mut came: BTreeMap<NamedNode, Option<(NamedNode, Triple)>> = BTreeMap::new();
    plan.from.iter().for_each(|thing| drop(came.insert(thing.clone(), None)));
    let mut front: Vec<NamedNode> = plan.from.clone();
    let mut end = None;
    'search: for _ in 0..LONGEST {
        let mut next = Vec::new();
        for thing in &front {
            for (other, triple) in neighbours(store, thing)? {
                if came.contains_key(&other) {
                    continue;
                }
                came.insert(other.clone(), Some((thing.clone(), triple)));
                if goal.contains(&other) {
                    end = Some(other);
                    break 'search;
                }
                next.push(other);
            }
            if came.len() > MOST_THINGS {
                break 'search;
            }
        }
        front = next;
    }
    let mut chain = Vec::new();
    let mut at = end;
    while let Some(thing) = at {
        let step = came.get(&thing).cloned().flatten();
        at = step.as_ref().map(|(from, _)| from.clone());
        chain.extend(step.map(|(_, triple)| triple));
    }
    chain.reverse();
    let mut answers = Answers { sparql: sparql::between(&chain), answers: Vec::new() };
    for triple in chain {
        let label = told(names, &triple, lang);
        let evidence = quotes(store, &[triple])?;
        answers.answers.push(Answer { label, evidence, ..Answer::default() });
    }
    Ok(answers)
}

/// A statement as `甲 —所在地→ 乙`.
fn told(names: &Names, triple: &Triple, lang: Lang) -> String {
    let name = |iri: &str| names.by_iri(iri).and_then(|thing| thing.names.into_iter().next()).unwrap_or_default();
    let property = Predicate::ALL.into_iter().find(|predicate| terms::property(*predicate) == triple.predicate);
    let property = property.map_or("", |property| property_name(property, lang));
    let (NamedOrBlankNode::NamedNode(s), Term::NamedNode(o)) = (&triple.subject, &triple.object) else {
        return String::new();
    };
    format!("{} —{property}→ {}", name(s.as_str()), name(o.as_str()))
}

/// The things that a statement joins to `thing`, in order.
fn neighbours(store: &Store, thing: &NamedNode) -> Result<Vec<(NamedNode, Triple)>, StoreError> {
    let mut found: BTreeMap<(NamedNode, NamedNode), Triple> = BTreeMap::new();
    let object = Term::from(thing.clone());
    let out = store.matching(Some(thing.as_ref().into()), None, None);
    let back = store.matching(None, None, Some(object.as_ref())).take(MOST_NEIGHBOURS * 4);
    for quad in out.chain(back) {
        let quad = quad?;
        let (NamedOrBlankNode::NamedNode(s), Term::NamedNode(o)) = (&quad.subject, &quad.object) else { continue };
        let other = if s == thing { o } else { s };
        let is_relation = Predicate::ALL.into_iter().any(|predicate| terms::property(predicate) == quad.predicate);
        if is_relation && names::kind_of(other.as_str()).is_some() {
            found.insert((other.clone(), quad.predicate.clone()), quad.clone().into());
        }
    }
    Ok(found.into_iter().take(MOST_NEIGHBOURS).map(|((other, _), triple)| (other, triple)).collect())
}
