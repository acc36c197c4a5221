//! Figures about things.

use std::collections::BTreeMap;

use oxigraph::model::{Term, Triple};

use super::{Answer, Answers, Failure, quotes, text};
use crate::ask::evidence;
use crate::ask::figure;
use crate::ask::names::Names;
use crate::ask::plan::FigurePlan;
use crate::ask::sparql;
use crate::message::Lang;
use crate::rdf::terms;
use crate::store::Store;

pub(super) fn figured(store: &Store, names: &Names, plan: &FigurePlan, lang: Lang) -> Result<Answers, Failure> {
    let sparql = sparql::figures(plan);
    let table = sparql::select(store, &sparql)?;
    let aims =
        |row: &Vec<Option<Term>>| matches!(row.last(), Some(Some(Term::Literal(flag))) if flag.value() == "true");
    let (aimed, told): (Vec<_>, Vec<_>) = table.iter().partition(|row| aims(row));
    let rows = if plan.target || told.is_empty() { aimed } else { told };
    let mut answers: BTreeMap<(String, String, String), (Answer, Vec<Triple>)> = BTreeMap::new();
    for row in rows {
        let Some((answer, key, triple)) = figure_answer(names, plan, row, lang) else { continue };
        answers.entry(key).or_insert_with(|| (answer, Vec::new())).1.push(triple);
    }
    let mut found = Answers { sparql, answers: Vec::new() };
    for (answer, triples) in answers.into_values() {
        found.answers.push(Answer { evidence: quotes(store, &triples)?, ..answer });
    }
    Ok(found)
}

type FigureKey = (String, String, String);

/// A figure as an answer, what it is sorted and merged by (period, subject, figure), and the statement behind it.
fn figure_answer(
    names: &Names,
    plan: &FigurePlan,
    row: &[Option<Term>],
    lang: Lang,
) -> Option<(Answer, FigureKey, Triple)> {
    let [s, subject, indicator, value, max, unit, period, growth, _] = row else { return None };
    let number = |term: &Option<Term>| term.as_ref().and_then(figure::decimal);
    let growth = number(growth);
    let (value, max, unit) = match number(value) {
        Some(value) if !plan.growth => (value, number(max), unit.as_ref().map(text)),
        _ => (growth?, None, Some("%".to_owned())),
    };
    let subject_name = match subject.as_ref()? {
        Term::NamedNode(node) => names.by_iri(node.as_str()).map(|thing| thing.names[0].clone()),
        _ => None,
    };
    let period = period.as_ref().map(text).unwrap_or_default();
    let about = [subject_name.clone().unwrap_or_default(), period.clone(), indicator.as_ref().map(text)?];
    let about: Vec<String> = about.into_iter().filter(|part| !part.is_empty()).collect();
    let label = figure::written(value, max, unit.as_deref(), None, lang);
    let triple =
        evidence::statement(s.as_ref()?, &terms::TYPE.into_owned().into(), &terms::OBSERVATION.into_owned().into())?;
    let key = (period, subject_name.unwrap_or_default(), format!("{label} {value}"));
    let answer = Answer { label, value: Some(value), unit, about: Some(about.join(" ")), ..Answer::default() };
    Some((answer, key, triple))
}
