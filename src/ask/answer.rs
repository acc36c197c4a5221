//! Plans carried out: rows of results become answers, one for each real thing, with the sentences behind them.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{NamedNode, Term, Triple};
use rust_decimal::Decimal;

use super::evidence::{self, Quote};
use super::figure;
use super::names::{self, Names};
use super::plan::{FigurePlan, Filter, ListPlan, Plan, Tell, ValuePlan, Way};
use super::sparql;
use super::sparql::Table;
use crate::message::Lang;
use crate::model::{EntityKind, Predicate, Status};
use crate::rdf::{self, terms};
use crate::store::{QueryError, Store, StoreError};

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// Its name, or a figure as people write it.
    pub label: String,
    /// Its identity, where it is a thing.
    pub iri: Option<String>,
    /// The figure, where it is one.
    pub value: Option<Decimal>,
    /// Unit of the figure: `CNY`, `%`, a measure word.
    pub unit: Option<String>,
    /// Its other names.
    pub aliases: Vec<String>,
    /// In which way it has to do with the field asked for.
    pub way: Option<Way>,
    /// What a figure is about: subject, indicator, period.
    pub about: Option<String>,
    /// Sentences that state it, in order of document and place.
    pub evidence: Vec<Quote>,
}

/// A plan's answers with the SPARQL that found them.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    /// The query.
    pub sparql: String,
    /// The answers, nearest first.
    pub answers: Vec<Answer>,
}

/// What went wrong below.
#[derive(Debug)]
pub enum Failure {
    /// A query.
    Query(QueryError),
    /// Reading the store.
    Store(StoreError),
}

impl From<QueryError> for Failure {
    fn from(error: QueryError) -> Self {
        Self::Query(error)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Carries out a plan.
///
/// # Errors
/// If the store cannot be read.
pub fn answers(store: &Store, names: &Names, plan: &Plan, lang: Lang) -> Result<Answers, Failure> {
    match plan {
        Plan::List(plan) => listed(store, names, plan, lang),
        Plan::Values(plan) => valued(store, names, plan, lang),
        Plan::Figures(plan) => figured(store, names, plan, lang),
    }
}

/// A thing under its identities, while answers are gathered.
#[derive(Default)]
struct Gathered {
    things: BTreeSet<NamedNode>,
    way: Option<Way>,
    /// The largest sum that a row tells.
    sum: Option<Decimal>,
    statements: BTreeSet<String>,
    triples: Vec<Triple>,
}

impl Gathered {
    fn state(&mut self, triple: Triple) {
        if self.statements.insert(triple.to_string()) {
            self.triples.push(triple);
        }
    }

    fn take_in(&mut self, other: Self) {
        self.things.extend(other.things);
        self.way = match (self.way, other.way) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        self.sum = self.sum.max(other.sum);
        for triple in other.triples {
            self.state(triple);
        }
    }
}

/// Most sentences that one answer carries.
const MOST_QUOTES: usize = 20;

fn quotes(store: &Store, triples: &[Triple]) -> Result<Vec<Quote>, StoreError> {
    let mut quotes = BTreeSet::new();
    for triple in triples {
        quotes.extend(evidence::quotes(store, triple)?);
    }
    Ok(quotes.into_iter().take(MOST_QUOTES).collect())
}

fn listed(store: &Store, names: &Names, plan: &ListPlan, lang: Lang) -> Result<Answers, Failure> {
    let sparql = sparql::list(plan);
    let table = sparql::select(store, &sparql)?;
    let gathered = merged(names, gather_rows(&table, plan.filters.len()));
    let mut answers = Vec::new();
    for group in gathered {
        let sum = group.sum;
        let mut answer = thing_answer(store, names, group, plan.kind)?;
        if let (Some(sum), Tell::Largest(_) | Tell::Smallest(_)) = (sum, plan.tell) {
            answer.about = Some(figure::written(sum, None, Some("CNY"), None, lang));
        }
        answers.push((sum, answer));
    }
    let answers = match plan.tell {
        Tell::Largest(count) => ranked(answers, count, true),
        Tell::Smallest(count) => ranked(answers, count, false),
        tell => {
            let mut answers: Vec<Answer> = answers.into_iter().map(|(_, answer)| answer).collect();
            answers.sort_by(|a, b| (a.way, &a.label, &a.iri).cmp(&(b.way, &b.label, &b.iri)));
            match tell {
                Tell::Number => counted(answers),
                Tell::Whether => whether(store, plan, answers, lang)?,
                _ => answers,
            }
        }
    };
    Ok(Answers { sparql, answers })
}

/// The first `count` by sum; those with the same sum as the last of them too.
fn ranked(mut answers: Vec<(Option<Decimal>, Answer)>, count: usize, largest: bool) -> Vec<Answer> {
    answers.retain(|(sum, _)| sum.is_some());
    answers.sort_by(|a, b| {
        let order = if largest { b.0.cmp(&a.0) } else { a.0.cmp(&b.0) };
        order.then_with(|| a.1.label.cmp(&b.1.label))
    });
    let last = answers.get(count.saturating_sub(1)).map(|(sum, _)| *sum);
    let tied = |(at, (sum, _)): &(usize, (Option<Decimal>, Answer))| *at < count || Some(*sum) == last;
    answers.into_iter().enumerate().take_while(tied).map(|(_, (_, answer))| answer).collect()
}

/// 是 with what speaks for it; 否 where the thing has reached another stage than the one asked for. What no document
/// tells is not denied.
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
    let staged = plan.filters.iter().any(|filter| matches!(filter, Filter::Stage(_)));
    let [Filter::Is(things), ..] = &plan.filters[..] else { return Ok(Vec::new()) };
    if !staged {
        return Ok(Vec::new());
    }
    let by = [Predicate::Status];
    let stages =
        ValuePlan { things: things.clone(), by: by.to_vec(), otherwise: Vec::new(), symmetric: false, kind: None };
    let table = sparql::select(store, &sparql::values(&stages, &by))?;
    let triples: Vec<Triple> = table.iter().filter_map(|row| stated(row)).collect();
    let evidence = quotes(store, &triples)?;
    let denied = Answer { label: said(false).to_owned(), evidence, ..Answer::default() };
    Ok(if triples.is_empty() { Vec::new() } else { vec![denied] })
}

fn stated(row: &[Option<Term>]) -> Option<Triple> {
    let [Some(s), Some(p), Some(o), ..] = row else { return None };
    evidence::statement(s, p, o)
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

/// Groups whose things share a name become one.
fn merged(names: &Names, groups: Vec<Gathered>) -> Vec<Gathered> {
    let mut merged: Vec<Gathered> = Vec::new();
    let mut of_key: BTreeMap<String, usize> = BTreeMap::new();
    for group in groups {
        let keys = group_keys(names, &group);
        let mut homes: Vec<usize> = keys.iter().filter_map(|key| of_key.get(key).copied()).collect();
        homes.sort_unstable();
        homes.dedup();
        let home = homes.first().copied().unwrap_or_else(|| {
            merged.push(Gathered::default());
            merged.len() - 1
        });
        merged[home].take_in(group);
        for other in homes.into_iter().skip(1) {
            let emptied = std::mem::take(&mut merged[other]);
            merged[home].take_in(emptied);
            of_key.values_mut().filter(|at| **at == other).for_each(|at| *at = home);
        }
        of_key.extend(keys.into_iter().map(|key| (key, home)));
    }
    merged.retain(|group| !group.things.is_empty());
    merged
}

fn group_keys(names: &Names, group: &Gathered) -> Vec<String> {
    let things = group.things.iter().filter_map(|thing| names.by_iri(thing.as_str()));
    things.flat_map(|thing| thing.keys.iter().cloned()).collect()
}

/// The answer for a gathered thing; its label is that of the identity with the kind asked for.
fn thing_answer(store: &Store, names: &Names, group: Gathered, kind: Option<EntityKind>) -> Result<Answer, StoreError> {
    let mut things: Vec<_> = group.things.iter().collect();
    things.sort_by_key(|thing| (names::kind_of(thing.as_str()) != kind, thing.as_str()));
    let mut labels: Vec<String> = Vec::new();
    for thing in &things {
        let known = names.by_iri(thing.as_str()).map(|thing| thing.names.clone());
        for name in known.unwrap_or_else(|| vec![rdf::shorten(thing.as_str())]) {
            if !labels.contains(&name) {
                labels.push(name);
            }
        }
    }
    let label = labels.remove(0);
    Ok(Answer {
        label,
        iri: things.first().map(|thing| thing.as_str().to_owned()),
        aliases: labels,
        way: group.way,
        evidence: quotes(store, &group.triples)?,
        ..Answer::default()
    })
}

fn valued(store: &Store, names: &Names, plan: &ValuePlan, lang: Lang) -> Result<Answers, Failure> {
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

fn text(term: &Term) -> String {
    match term {
        Term::Literal(literal) => literal.value().to_owned(),
        Term::NamedNode(node) => rdf::shorten(node.as_str()),
        other => other.to_string(),
    }
}

fn figured(store: &Store, names: &Names, plan: &FigurePlan, lang: Lang) -> Result<Answers, Failure> {
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
