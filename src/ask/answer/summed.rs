//! Sums over things. Each thing counts once, whatever number of names and documents it has, and kinds of money and
//! currencies are never mixed.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{Term, Triple};
use rust_decimal::Decimal;

use super::gather::{Gathered, merged};
use super::{Answer, Answers, Failure, listed, quotes, text};
use crate::ask::evidence;
use crate::ask::figure;
use crate::ask::names::Names;
use crate::ask::plan::{Start, SumPlan, ValuePlan};
use crate::ask::sparql;
use crate::message::Lang;
use crate::model::Predicate;
use crate::store::Store;

/// Digits behind the point of a mean.
const MEAN_DIGITS: u32 = 2;

/// A sum of money of one thing and the statement that tells it.
pub(super) struct Told {
    pub(super) value: Decimal,
    pub(super) triple: Triple,
}

/// The things with which a plan begins, each once, and the query that found them.
pub(super) fn begin(store: &Store, names: &Names, start: &Start) -> Result<(Option<String>, Vec<Gathered>), Failure> {
    match start {
        Start::Things(things) => {
            let group = Gathered { things: things.iter().cloned().collect(), ..Gathered::default() };
            Ok((None, vec![group]))
        }
        Start::Listed(plan) => {
            let (sparql, found) = listed::found(store, names, plan)?;
            Ok((Some(sparql), found))
        }
    }
}

/// The largest sum of each currency that a thing has by a property, with the query.
pub(super) fn money(
    store: &Store,
    group: &Gathered,
    by: Predicate,
) -> Result<(String, BTreeMap<String, Told>), Failure> {
    let plan = ValuePlan { things: group.things.iter().cloned().collect(), by: vec![by], ..ValuePlan::default() };
    let sparql = sparql::values(&plan, &plan.by);
    let mut sums: BTreeMap<String, Told> = BTreeMap::new();
    for row in sparql::select(store, &sparql)? {
        let [Some(s), Some(p), Some(o), Some(value), _, Some(currency), ..] = &row[..] else { continue };
        let (Some(value), Some(triple)) = (figure::decimal(value), evidence::statement(s, p, o)) else { continue };
        let known = sums.get(&text(currency)).map(|told| told.value);
        if known.is_none_or(|known| known < value) {
            sums.insert(text(currency), Told { value, triple });
        }
    }
    Ok((sparql, sums))
}

pub(super) fn summed(store: &Store, names: &Names, plan: &SumPlan, lang: Lang) -> Result<Answers, Failure> {
    let mut groups = Vec::new();
    for start in &plan.over {
        groups.extend(begin(store, names, start)?.1);
    }
    let groups = merged(names, groups);
    let mut totals: BTreeMap<String, (Decimal, Vec<String>, Vec<Triple>)> = BTreeMap::new();
    for group in &groups {
        for (currency, told) in money(store, group, plan.by)?.1 {
            let name = group.things.iter().find_map(|thing| names.by_iri(thing.as_str()));
            let name = name.and_then(|thing| thing.names.into_iter().next()).unwrap_or_default();
            let total = totals.entry(currency.clone()).or_default();
            let Some(sum) = total.0.checked_add(told.value) else { continue };
            total.0 = sum;
            total.1.push(format!("{name} {}", figure::written(told.value, None, Some(&currency), None, lang)));
            total.2.push(told.triple);
        }
    }
    let things: BTreeSet<_> = groups.iter().flat_map(|group| group.things.iter().cloned()).collect();
    let shown = ValuePlan { things: things.into_iter().collect(), by: vec![plan.by], ..ValuePlan::default() };
    let mut answers = Answers { sparql: sparql::values(&shown, &shown.by), answers: Vec::new() };
    for (currency, (mut value, parts, triples)) in totals {
        if plan.mean {
            value = (value / Decimal::from(parts.len().max(1))).round_dp(MEAN_DIGITS).normalize();
        }
        let label = figure::written(value, None, Some(&currency), None, lang);
        let about = match lang {
            Lang::Zh => format!("{}项{}：{}", parts.len(), if plan.mean { "平均" } else { "之和" }, parts.join("、")),
            Lang::En => format!("{} of {}: {}", if plan.mean { "mean" } else { "sum" }, parts.len(), parts.join(", ")),
        };
        let evidence = quotes(store, &triples)?;
        let (value, about) = (Some(value), Some(about));
        answers.answers.push(Answer { label, value, unit: Some(currency), about, evidence, ..Answer::default() });
    }
    Ok(answers)
}

/// The terms of a row as a statement.
pub(super) fn stated(row: &[Option<Term>]) -> Option<Triple> {
    let [Some(s), Some(p), Some(o), ..] = row else { return None };
    evidence::statement(s, p, o)
}
