//! Lists, their number, their extremes, and whether there is anything on them.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::Term;
use rust_decimal::Decimal;

use super::gather::{Gathered, merged, thing_answer};
use super::within::{narrowed, widened};
use super::{Answer, Answers, Failure, MOST_QUOTES, quotes, summed};
use crate::ask::evidence::{self, Quote};
use crate::ask::figure;
use crate::ask::names::Names;
use crate::ask::plan::{Filter, ListPlan, Tell, ValuePlan, Way};
use crate::ask::sparql::{self, Table};
use crate::message::Lang;
use crate::model::Predicate;
use crate::store::Store;

pub(super) fn listed(store: &Store, names: &Names, plan: &ListPlan, lang: Lang) -> Result<Answers, Failure> {
    let (sparql, mut gathered) = found(store, names, plan)?;
    let ranking = plan.tell.places();
    if let Some((from, to, largest)) = ranking {
        gathered = ranked(gathered, from, to, largest);
    }
    let mut answers = Vec::new();
    for group in gathered {
        let sum = group.sum;
        let mut answer = thing_answer(store, names, group, plan.kind)?;
        if let (Some(sum), true) = (sum, ranking.is_some()) {
            answer.about = Some(figure::written(sum, None, currency(plan), None, lang));
        }
        answers.push((sum, answer));
    }
    if let Some((.., largest)) = ranking {
        answers.sort_by(|a, b| {
            let order = if largest { b.0.cmp(&a.0) } else { a.0.cmp(&b.0) };
            order.then_with(|| a.1.label.cmp(&b.1.label))
        });
        return Ok(Answers { sparql, answers: answers.into_iter().map(|(_, answer)| answer).collect() });
    }
    let mut answers: Vec<Answer> = answers.into_iter().map(|(_, answer)| answer).collect();
    answers.sort_by(|a, b| (a.way, &a.label, &a.iri).cmp(&(b.way, &b.label, &b.iri)));
    let answers = match plan.tell {
        Tell::Number => counted(answers),
        Tell::Whether => whether(store, plan, answers, lang)?,
        _ => answers,
    };
    Ok(Answers { sparql, answers })
}

/// The lists one after the other; a thing that stands on two is told once, under the first.
pub(super) fn lists(store: &Store, names: &Names, plans: &[ListPlan], lang: Lang) -> Result<Answers, Failure> {
    let mut all = Answers::default();
    for plan in plans {
        let Answers { sparql, answers } = listed(store, names, plan, lang)?;
        for answer in answers {
            let known = |told: &Answer| told.iri == answer.iri || told.label == answer.label;
            if !all.answers.iter().any(known) {
                all.answers.push(answer);
            }
        }
        let comments = all.sparql.lines().map(|line| format!("# {}\n", line.trim_start_matches("# ")));
        all.sparql = comments.collect::<String>() + &sparql;
    }
    Ok(all)
}

/// The things that a list finds, each once under all its identities, and the query.
pub(super) fn found(store: &Store, names: &Names, plan: &ListPlan) -> Result<(String, Vec<Gathered>), Failure> {
    let sparql = sparql::list(&narrowed(store, widened(store, plan)?)?);
    let table = sparql::select(store, &sparql)?;
    Ok((sparql, nearest(merged(names, gather_rows(&table, plan.filters.len())))))
}

/// What has only remotely to do with a field is no answer where something states it or is named after it.
fn nearest(mut groups: Vec<Gathered>) -> Vec<Gathered> {
    if groups.iter().any(|group| group.way.is_some_and(|way| way <= Way::Named)) {
        groups.retain(|group| group.way != Some(Way::Remote));
    }
    groups
}

/// The currency of the sums that a plan looks at.
fn currency(plan: &ListPlan) -> Option<&str> {
    plan.filters.iter().find_map(|filter| match filter {
        Filter::Money { currency, .. } => Some(currency.as_str()),
        _ => None,
    })
}

/// Those at the places `from` to `to` by sum; those with the same sum as the last of them too, and where a single place is meant,
/// all that share it.
fn ranked(mut groups: Vec<Gathered>, from: usize, to: usize, largest: bool) -> Vec<Gathered> {
    groups.retain(|group| group.sum.is_some());
    groups.sort_by(|a, b| if largest { b.sum.cmp(&a.sum) } else { a.sum.cmp(&b.sum) });
    let sum_at = |place: usize| groups.get(place).map(|group| group.sum);
    let (first, last) = (sum_at(from), sum_at(to.saturating_sub(1)));
    let Some(first) = first else { return Vec::new() };
    let meant = |(at, group): &(usize, Gathered)| {
        let within = (from..to).contains(at) || Some(group.sum) == last;
        within && (*at >= from || group.sum == first)
    };
    groups.into_iter().enumerate().filter(meant).map(|(_, group)| group).collect()
}

/// 是 with what speaks for it; 否 where documents tell something else of the thing. What no document tells is not denied.
fn whether(store: &Store, plan: &ListPlan, answers: Vec<Answer>, lang: Lang) -> Result<Vec<Answer>, Failure> {
    let said = |yes: bool| match (yes, lang) {
        (true, Lang::Zh) => "是",
        (false, Lang::Zh) => "否",
        (true, Lang::En) => "yes",
        (false, Lang::En) => "no",
    };
    if !answers.is_empty() {
        let evidence: BTreeSet<Quote> = answers.into_iter().flat_map(|answer| answer.evidence).collect();
        let evidence = evidence.into_iter().take(MOST_QUOTES).collect();
        return Ok(vec![Answer { label: said(true).to_owned(), evidence, ..Answer::default() }]);
    }
    let [Filter::Is(things), rest @ ..] = &plan.filters[..] else { return Ok(Vec::new()) };
    let mut triples = Vec::new();
    for by in rest.iter().filter_map(contradicted) {
        let stated = ValuePlan { things: things.clone(), by: vec![by], ..ValuePlan::default() };
        let table = sparql::select(store, &sparql::values(&stated, &stated.by))?;
        triples.extend(table.iter().filter_map(|row| summed::stated(row)));
    }
    let evidence = quotes(store, &triples)?;
    let denied = Answer { label: said(false).to_owned(), evidence, ..Answer::default() };
    Ok(if triples.is_empty() { Vec::new() } else { vec![denied] })
}

/// The property of which another value speaks against a condition: a thing is at one stage and in one place, its sum is
/// one, and who tells its honours tells all. Of other conditions the graph only knows what holds.
fn contradicted(filter: &Filter) -> Option<Predicate> {
    match filter {
        Filter::Stage(_) | Filter::NotYet(_) => Some(Predicate::Status),
        Filter::Within(_) => Some(Predicate::LocatedIn),
        Filter::Holds(_) => Some(Predicate::Designation),
        Filter::Money { .. } => Some(Predicate::TotalInvestment),
        Filter::Joined { by, forward: true, .. } => {
            by.first().copied().filter(|by| matches!(by, Predicate::Investor | Predicate::IssuedBy))
        }
        _ => None,
    }
}

fn counted(answers: Vec<Answer>) -> Vec<Answer> {
    if answers.is_empty() {
        return answers;
    }
    let count = answers.len();
    let evidence: BTreeSet<Quote> = answers.iter().flat_map(|answer| answer.evidence.iter().cloned()).collect();
    vec![Answer {
        label: count.to_string(),
        value: Some(Decimal::from(count)),
        unit: Some("个".to_owned()),
        about: Some(answers.into_iter().map(|answer| answer.label).collect::<Vec<_>>().join("、")),
        evidence: evidence.into_iter().take(MOST_QUOTES).collect(),
        ..Answer::default()
    }]
}

/// The rows of a list query by answer. Every row carries, for each filter, a statement and a way.
fn gather_rows(table: &Table, filters: usize) -> Vec<Gathered> {
    let mut by_thing: BTreeMap<String, Gathered> = BTreeMap::new();
    for row in table {
        let Some(Some(Term::NamedNode(thing))) = row.first() else { continue };
        let mut one = Gathered::default();
        one.things.insert(thing.clone());
        for filter in 0..filters {
            let cell = |n: usize| row.get(1 + filter * 4 + n).and_then(Option::as_ref);
            if let (Some(s), Some(p), Some(o)) = (cell(0), cell(1), cell(2))
                && let Some(triple) = evidence::statement(s, p, o)
            {
                one.state(triple);
            }
            one.way = one.way.max(cell(3).and_then(way));
        }
        one.sum = row.get(1 + filters * 4).and_then(Option::as_ref).and_then(figure::decimal);
        by_thing.entry(thing.as_str().to_owned()).or_default().take_in(one);
    }
    by_thing.into_values().collect()
}

fn way(term: &Term) -> Option<Way> {
    let Term::Literal(number) = term else { return None };
    Way::from_number(number.value().parse().ok()?)
}
