//! What is reached from things by a chain of properties; an answer carries the sentences of every step.

use std::collections::BTreeMap;

use oxigraph::model::{NamedNode, Term, Triple};

use super::summed::{begin, stated};
use super::valued::value_rows;
use super::{Answers, Failure};
use crate::ask::names::Names;
use crate::ask::plan::{Hop, HopPlan, ValuePlan};
use crate::ask::sparql;
use crate::message::Lang;
use crate::store::Store;

/// Most statements that are told of the way to one thing.
const MOST_STATEMENTS: usize = 6;

pub(super) fn hopped(store: &Store, names: &Names, plan: &HopPlan, lang: Lang) -> Result<Answers, Failure> {
    let (first, groups) = begin(store, names, &plan.start)?;
    let mut front: BTreeMap<NamedNode, Vec<Triple>> = BTreeMap::new();
    for group in groups {
        for thing in group.things {
            front.entry(thing).or_default().extend(group.triples.iter().take(MOST_STATEMENTS).cloned());
        }
    }
    let mut earlier: Vec<String> = first.into_iter().collect();
    let Some((last, before)) = plan.hops.split_last() else { return Ok(Answers::default()) };
    for hop in before {
        let step = step(&front, *hop);
        let query = sparql::values(&step, &step.by);
        let table = sparql::select(store, &query)?;
        earlier.push(query);
        let mut next: BTreeMap<NamedNode, Vec<Triple>> = BTreeMap::new();
        for row in &table {
            let (Some(Some(Term::NamedNode(s))), Some(Some(Term::NamedNode(o)))) = (row.first(), row.get(2)) else {
                continue;
            };
            let (from, to) = if hop.inverse { (o, s) } else { (s, o) };
            let way = next.entry(to.clone()).or_default();
            way.extend(stated(row));
            way.extend(front.get(from).into_iter().flatten().cloned());
            way.truncate(MOST_STATEMENTS);
        }
        front = next;
    }
    let mut step = step(&front, *last);
    (step.kind, step.but) = (plan.kind, plan.but.clone());
    let query = sparql::values(&step, &step.by);
    let table = sparql::select(store, &query)?;
    let answers = value_rows(store, names, &step, &table, &front, lang)?;
    let comments: String = earlier.iter().flat_map(|query| query.lines()).map(|line| format!("# {line}\n")).collect();
    Ok(Answers { sparql: comments + &query, answers })
}

fn step(front: &BTreeMap<NamedNode, Vec<Triple>>, hop: Hop) -> ValuePlan {
    ValuePlan {
        things: front.keys().cloned().collect(),
        by: vec![hop.by],
        inverse: hop.inverse,
        ..ValuePlan::default()
    }
}
