//! What documents say of counted sets of things: how many, of what sum, with which members.

use oxigraph::model::{Term, Triple};

use super::valued::value_rows;
use super::{Answer, Answers, Failure, quotes, text};
use crate::ask::figure;
use crate::ask::names::Names;
use crate::ask::plan::{GroupPlan, GroupTell, ValuePlan};
use crate::ask::sparql;
use crate::message::Lang;
use crate::model::Predicate;
use crate::rdf::terms;
use crate::store::Store;

pub(super) fn grouped(store: &Store, names: &Names, plan: &GroupPlan, lang: Lang) -> Result<Answers, Failure> {
    let (by, inverse) = match plan.tell {
        GroupTell::Number => return counted(store, plan),
        GroupTell::Sum(by) => (by, false),
        GroupTell::Members => (Predicate::MemberOf, true),
    };
    let step = ValuePlan { things: plan.groups.clone(), by: vec![by], inverse, ..ValuePlan::default() };
    let sparql = sparql::values(&step, &step.by);
    let table = sparql::select(store, &sparql)?;
    let mut answers = value_rows(store, names, &step, &table, &Default::default(), lang)?;
    let label = plan.groups.first().map(|group| store.label(group.as_ref())).transpose()?.flatten();
    for answer in answers.iter_mut().filter(|answer| answer.value.is_some()) {
        answer.about = label.clone();
    }
    Ok(Answers { sparql, answers })
}

fn counted(store: &Store, plan: &GroupPlan) -> Result<Answers, Failure> {
    let sparql = sparql::counts(&plan.groups);
    let mut answers: Vec<Answer> = Vec::new();
    for row in sparql::select(store, &sparql)? {
        let [Some(Term::NamedNode(group)), Some(count), label] = &row[..] else { continue };
        let Some(value) = figure::decimal(count) else { continue };
        let class = Triple::new(group.clone(), terms::TYPE.into_owned(), terms::PROJECT_GROUP.into_owned());
        let evidence = quotes(store, &[class])?;
        if let Some(known) = answers.iter_mut().find(|answer| answer.value == Some(value)) {
            known.evidence.extend(evidence);
            continue;
        }
        let (label, about) = (text(count), label.as_ref().map(text));
        answers.push(Answer {
            label,
            value: Some(value),
            unit: Some("个".to_owned()),
            about,
            evidence,
            ..Answer::default()
        });
    }
    Ok(Answers { sparql, answers })
}
