//! What stands at the other end of a property.

use std::collections::BTreeMap;

use oxigraph::model::Term;

use super::gather::{Gathered, merged, thing_answer};
use super::{Answer, Answers, Failure, quotes, text};
use crate::ask::evidence;
use crate::ask::figure;
use crate::ask::names::{self, Names};
use crate::ask::plan::ValuePlan;
use crate::ask::sparql::{self, Table};
use crate::message::Lang;
use crate::model::Status;
use crate::rdf::terms;
use crate::store::Store;

pub(super) fn valued(store: &Store, names: &Names, plan: &ValuePlan, lang: Lang) -> Result<Answers, Failure> {
    let mut found = Answers::default();
    for by in [&plan.by, &plan.otherwise] {
        if by.is_empty() || !found.answers.is_empty() {
            continue;
        }
        let sparql = sparql::values(plan, by);
        let table = sparql::select(store, &sparql)?;
        found = Answers { answers: value_rows(store, names, plan, &table, lang)?, sparql };
    }
    Ok(found)
}

fn value_rows(
    store: &Store,
    names: &Names,
    plan: &ValuePlan,
    table: &Table,
    lang: Lang,
) -> Result<Vec<Answer>, Failure> {
    let mut things = Vec::new();
    let mut plain: BTreeMap<(String, Option<String>), (Answer, Gathered)> = BTreeMap::new();
    for row in table {
        let [Some(s), Some(p), Some(o), sum @ ..] = &row[..] else { continue };
        let Some(triple) = evidence::statement(s, p, o) else { continue };
        let asked = plan.things.iter().any(|thing| matches!(s, Term::NamedNode(s) if s == thing));
        let other = if asked { o } else { s };
        if let Term::NamedNode(node) = other
            && let Some(kind) = names::kind_of(node.as_str())
        {
            if plan.kind.is_none_or(|wanted| wanted == kind) {
                let mut one = Gathered::default();
                one.things.insert(node.clone());
                one.state(triple);
                things.push(one);
            }
            continue;
        }
        let answer = plain_answer(other, sum, lang);
        let key = (answer.label.clone(), answer.value.map(|value| value.to_string()));
        plain.entry(key).or_insert_with(|| (answer, Gathered::default())).1.state(triple);
    }
    let mut answers = Vec::new();
    for group in merged(names, things) {
        answers.push(thing_answer(store, names, group, plan.kind)?);
    }
    for (answer, group) in plain.into_values() {
        answers.push(Answer { evidence: quotes(store, &group.triples)?, ..answer });
    }
    // What stands first in the text is told first.
    answers.sort_by(|a, b| (a.evidence.first(), &a.label).cmp(&(b.evidence.first(), &b.label)));
    Ok(answers)
}

/// A sum, a stage or a text as an answer.
fn plain_answer(object: &Term, sum: &[Option<Term>], lang: Lang) -> Answer {
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
