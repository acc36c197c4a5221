//! What stands at the other end of a property.

use std::collections::BTreeMap;

use oxigraph::model::{NamedNode, Term, Triple};

use super::gather::{Gathered, merged, thing_answer};
use super::{Answer, Answers, Failure, quotes, text};
use crate::ask::evidence;
use crate::ask::figure;
use crate::ask::names::{self, Names};
use crate::ask::plan::ValuePlan;
use crate::ask::render::{inverse_name, property_name};
use crate::ask::sparql::{self, Table};
use crate::message::Lang;
use crate::model::{Predicate, Status};
use crate::rdf::terms;
use crate::store::Store;

/// Most things that are told by one property.
const MOST_ANSWERS: usize = 500;

pub(super) fn valued(store: &Store, names: &Names, plan: &ValuePlan, lang: Lang) -> Result<Answers, Failure> {
    let mut found = Answers::default();
    for by in [&plan.by, &plan.otherwise] {
        if by.is_empty() || !found.answers.is_empty() {
            continue;
        }
        let sparql = sparql::values(plan, by);
        let table = sparql::select(store, &sparql)?;
        found = Answers { answers: value_rows(store, names, plan, &table, &BTreeMap::new(), lang)?, sparql };
        let of_year = |answer: &Answer| plan.year.is_some_and(|year| answer.label.contains(&year.to_string()));
        if found.answers.iter().any(of_year) {
            found.answers.retain(of_year);
        }
    }
    Ok(found)
}

/// The rows of [`sparql::values`] as answers; `before` has the statements that led to the things asked about.
pub(super) fn value_rows(
    store: &Store,
    names: &Names,
    plan: &ValuePlan,
    table: &Table,
    before: &BTreeMap<NamedNode, Vec<Triple>>,
    lang: Lang,
) -> Result<Vec<Answer>, Failure> {
    let mut things = Vec::new();
    let mut plain: BTreeMap<(String, Option<String>), (Answer, Gathered)> = BTreeMap::new();
    for row in table {
        let [Some(s), Some(p), Some(o), sum @ ..] = &row[..] else { continue };
        let Some(triple) = evidence::statement(s, p, o) else { continue };
        let asked = !plan.inverse && plan.things.iter().any(|thing| matches!(s, Term::NamedNode(s) if s == thing));
        let (from, other) = if asked { (s, o) } else { (o, s) };
        if plan.but.iter().any(|thing| matches!(other, Term::NamedNode(other) if other == thing)) {
            continue;
        }
        let way = match from {
            Term::NamedNode(from) => before.get(from).map(Vec::as_slice).unwrap_or_default(),
            _ => &[],
        };
        let about = plan.wide.then(|| said_of(p, asked, lang)).flatten();
        if let Term::NamedNode(node) = other
            && let Some(kind) = names::kind_of(node.as_str())
        {
            if plan.kind.is_none_or(|wanted| wanted == kind) {
                let mut one = Gathered::default();
                one.things.insert(node.clone());
                one.state(triple);
                way.iter().for_each(|triple| one.state(triple.clone()));
                things.push((about, one));
            }
            continue;
        }
        let answer = Answer { about, ..plain_answer(other, sum, lang) };
        let key = (answer.label.clone(), answer.about.clone());
        let group = &mut plain.entry(key).or_insert_with(|| (answer, Gathered::default())).1;
        group.state(triple);
        way.iter().for_each(|triple| group.state(triple.clone()));
    }
    let mut answers = Vec::new();
    let mut told: BTreeMap<Option<String>, Vec<Gathered>> = BTreeMap::new();
    things.into_iter().for_each(|(about, one)| told.entry(about).or_default().push(one));
    for (about, things) in told {
        for group in merged(names, things).into_iter().take(MOST_ANSWERS) {
            answers.push(Answer { about: about.clone(), ..thing_answer(store, names, group, plan.kind)? });
        }
    }
    for (answer, group) in plain.into_values() {
        answers.push(Answer { evidence: quotes(store, &group.triples)?, ..answer });
    }
    // What stands first in the text is told first.
    let said = |answer: &Answer| {
        (answer.about.is_some(), answer.about.clone(), answer.evidence.first().cloned(), answer.label.clone())
    };
    answers.sort_by_cached_key(said);
    Ok(answers)
}

/// What an answer is to the thing asked about.
fn said_of(property: &Term, forward: bool, lang: Lang) -> Option<String> {
    let Term::NamedNode(property) = property else { return None };
    let property = Predicate::ALL.into_iter().find(|known| terms::property(*known) == *property)?;
    let name = if forward { property_name(property, lang) } else { inverse_name(property, lang) };
    Some(name.to_owned())
}

/// A sum, a stage or a text as an answer; `sum` has the columns of [`sparql::values`] behind the object.
pub(super) fn plain_answer(object: &Term, sum: &[Option<Term>], lang: Lang) -> Answer {
    if let [value, max, currency, qualifier, _text] = sum
        && let Some(value) = value.as_ref().and_then(figure::decimal)
    {
        let unit = currency.as_ref().map(text);
        let max = max.as_ref().and_then(figure::decimal);
        let qualifier = qualifier.as_ref().map(text);
        let label = figure::written(value, max, unit.as_deref(), qualifier.as_deref(), lang);
        return Answer { label, value: Some(value), unit, ..Answer::default() };
    }
    let stage = Status::ALL
        .into_iter()
        .find(|stage| matches!(object, Term::NamedNode(node) if node.as_ref() == terms::status(*stage)));
    match stage {
        Some(stage) => Answer {
            label: stage_name(stage, lang).to_owned(),
            iri: Some(terms::status(stage).as_str().to_owned()),
            aliases: vec![stage.name().to_owned()],
            ..Answer::default()
        },
        None => Answer { label: text(object), ..Answer::default() },
    }
}

/// What people call a stage.
pub fn stage_name(stage: Status, lang: Lang) -> &'static str {
    let (zh, en) = match stage {
        Status::Planned => ("谋划", "planned"),
        Status::Signed => ("签约", "signed"),
        Status::Started => ("开工", "started"),
        Status::UnderConstruction => ("在建", "under construction"),
        Status::Completed => ("建成", "completed"),
        Status::Operating => ("投运", "operating"),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}
