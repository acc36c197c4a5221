//! The things to which most others are joined: the park with most projects, who invests in most of them.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{NamedNode, Term};

use super::gather::{Gathered, merged, thing_answer};
use super::within::within;
use super::{Answer, Answers, Failure};
use crate::ask::evidence;
use crate::ask::names::Names;
use crate::ask::plan::MostPlan;
use crate::ask::sparql;
use crate::message::Lang;
use crate::model::Predicate;
use crate::rdf::terms;
use crate::store::Store;

/// Names of counted things that are told beside their number.
const MOST_TOLD: usize = 6;

pub(super) fn most(store: &Store, names: &Names, plan: &MostPlan, lang: Lang) -> Result<Answers, Failure> {
    let within = within(store, &plan.within)?;
    let sparql = sparql::most(&MostPlan { within, ..plan.clone() });
    // What each answer counts, by the identity of the counted thing.
    let mut counted: BTreeMap<NamedNode, BTreeMap<NamedNode, Gathered>> = BTreeMap::new();
    for row in sparql::select(store, &sparql)? {
        let [Some(Term::NamedNode(answer)), Some(s), Some(p), Some(o)] = &row[..] else { continue };
        let (Term::NamedNode(thing), Some(triple)) = (s, evidence::statement(s, p, o)) else { continue };
        let one = counted.entry(answer.clone()).or_default().entry(thing.clone()).or_default();
        one.things.insert(thing.clone());
        one.state(triple);
    }
    let mut ranked: Vec<(usize, NamedNode, Vec<Gathered>)> = Vec::new();
    for (answer, things) in counted {
        let things = merged(names, things.into_values().collect());
        ranked.push((things.len(), answer, things));
    }
    let alike: Vec<(usize, NamedNode)> = ranked.iter().map(|(count, answer, _)| (*count, answer.clone())).collect();
    let mut outer = BTreeSet::new();
    for (count, inner) in &alike {
        for quad in store.matching(Some(inner.as_ref().into()), Some(terms::property(Predicate::LocatedIn)), None) {
            if let Term::NamedNode(place) = quad?.object
                && alike.contains(&(*count, place.clone()))
            {
                outer.insert(place);
            }
        }
    }
    // A place that has no more than a part of it is told by that part.
    ranked.retain(|(_, answer, _)| !outer.contains(answer));
    ranked.sort_by(|a, b| if plan.least { a.0.cmp(&b.0) } else { b.0.cmp(&a.0) });
    let last = ranked.get(plan.count.saturating_sub(1)).map(|it| it.0);
    let mut answers: Vec<Answer> = Vec::new();
    for (at, (count, answer, things)) in ranked.into_iter().enumerate() {
        if at >= plan.count && Some(count) != last {
            break;
        }
        let told: BTreeSet<String> = things.iter().filter_map(|it| label(names, it)).collect();
        let told: Vec<String> = told.into_iter().take(MOST_TOLD).collect();
        let mut group = Gathered::default();
        things.into_iter().for_each(|it| group.take_in(it));
        group.things = BTreeSet::from([answer]);
        let about = match lang {
            Lang::Zh => format!("{count}个：{}{}", told.join("、"), if count > told.len() { "等" } else { "" }),
            Lang::En => format!("{count}: {}{}", told.join(", "), if count > told.len() { ", …" } else { "" }),
        };
        answers.push(Answer { about: Some(about), ..thing_answer(store, names, group, Some(plan.kind))? });
    }
    Ok(Answers { sparql, answers })
}

fn label(names: &Names, group: &Gathered) -> Option<String> {
    let thing = group.things.iter().find_map(|thing| names.by_iri(thing.as_str()))?;
    thing.names.into_iter().next()
}
