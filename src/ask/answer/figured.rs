//! Figures about things.

use std::collections::BTreeMap;

use oxigraph::model::{NamedNode, NamedOrBlankNode, Term, Triple};
use rust_decimal::Decimal;

use super::{Answer, Answers, Failure, quotes, text};
use crate::ask::evidence;
use crate::ask::figure;
use crate::ask::names::{self, Names};
use crate::ask::plan::{FigurePlan, Rank};
use crate::ask::sparql;
use crate::message::Lang;
use crate::rdf::terms;
use crate::store::Store;

/// One figure as the graph has it.
pub(super) struct Figure {
    pub(super) subject: NamedNode,
    pub(super) indicator: String,
    pub(super) period: String,
    pub(super) value: Decimal,
    pub(super) max: Option<Decimal>,
    pub(super) unit: Option<String>,
    pub(super) target: bool,
    /// Whether only its growth is told, which stands for its value.
    growth_alone: bool,
    pub(super) triple: Triple,
}

impl Figure {
    /// A row of [`sparql::figures`]: the figure itself, or how much it grew.
    pub(super) fn read(growth_asked: bool, row: &[Option<Term>]) -> Option<Self> {
        let [s, subject, indicator, value, max, unit, period, growth, target] = row else { return None };
        let number = |term: &Option<Term>| term.as_ref().and_then(figure::decimal);
        let told = number(value);
        let (value, max, unit) = match told {
            Some(value) if !growth_asked => (value, number(max), unit.as_ref().map(text)),
            _ => (number(growth)?, None, Some("%".to_owned())),
        };
        let Some(Term::NamedNode(subject)) = subject else { return None };
        let class = Term::from(terms::OBSERVATION.into_owned());
        let triple = evidence::statement(s.as_ref()?, &terms::TYPE.into_owned().into(), &class)?;
        let target = matches!(target, Some(Term::Literal(flag)) if flag.value() == "true");
        let (indicator, period) = (indicator.as_ref().map(text)?, period.as_ref().map(text).unwrap_or_default());
        let growth_alone = told.is_none();
        // 从1992年…增长到 tells since when something is counted and is no name of a figure.
        if indicator.contains('从') && indicator.contains('年') {
            return None;
        }
        Some(Self { subject: subject.clone(), indicator, period, value, max, unit, target, growth_alone, triple })
    }

    /// Its node in the graph.
    pub(super) fn node(&self) -> Option<&NamedNode> {
        if let NamedOrBlankNode::NamedNode(node) = &self.triple.subject { Some(node) } else { None }
    }

    pub(super) fn label(&self, lang: Lang) -> String {
        figure::written(self.value, self.max, self.unit.as_deref(), None, lang)
    }
}

/// The figures of a plan that are of the sort asked for, results or aims, with the query; of several periods the latest
/// where the plan says so. The way in which periods are written puts them in order of time.
pub(super) fn figures(store: &Store, plan: &FigurePlan) -> Result<(String, Vec<Figure>), Failure> {
    let sparql = sparql::figures(plan);
    let table = sparql::select(store, &sparql)?;
    let mut all: Vec<Figure> = table.iter().filter_map(|row| Figure::read(plan.growth, row)).collect();
    // Growth stands for a value only where no value is told.
    if !plan.growth && all.iter().any(|figure| !figure.growth_alone) {
        all.retain(|figure| !figure.growth_alone);
    }
    if plan.both {
        return Ok((sparql, all));
    }
    let (aimed, told): (Vec<_>, Vec<_>) = all.into_iter().partition(|figure| figure.target);
    let mut all = if plan.target || told.is_empty() { aimed } else { told };
    if plan.latest && plan.rank.is_none() {
        let mut last: BTreeMap<(NamedNode, String), String> = BTreeMap::new();
        for figure in &all {
            let known = last.entry((figure.subject.clone(), figure.indicator.clone())).or_default();
            *known = figure.period.clone().max(std::mem::take(known));
        }
        all.retain(|it| last.get(&(it.subject.clone(), it.indicator.clone())) == Some(&it.period));
    }
    Ok((sparql, all))
}

/// Answers by subject, label, aim and period, with the statements behind each.
type Told = BTreeMap<(String, String, bool, String), (Answer, Vec<Triple>)>;

pub(super) fn figured(store: &Store, names: &Names, plan: &FigurePlan, lang: Lang) -> Result<Answers, Failure> {
    let (sparql, mut found) = figures(store, plan)?;
    if plan.growth_too && !found.is_empty() {
        let growth = FigurePlan { growth: true, ..plan.clone() };
        let grown = figures(store, &growth)?.1;
        found.extend(grown.into_iter().filter(|figure| figure.unit.as_deref() == Some("%")));
    }
    if let Some(rank) = plan.rank {
        return Ok(Answers { sparql, answers: ranked(store, names, found, rank, lang)? });
    }
    let mut answers: Told = BTreeMap::new();
    for figure in found {
        let subject = name(names, &figure.subject);
        let label = figure.label(lang);
        let aim = if plan.both && figure.target { if lang == Lang::Zh { "目标" } else { "target" } } else { "" };
        let about = [&subject, figure.period.as_str(), figure.indicator.as_str(), aim];
        let about: Vec<&str> = about.into_iter().filter(|part| !part.is_empty()).collect();
        let key = (figure.period.clone(), subject.clone(), figure.target, format!("{label} {}", figure.value));
        let about = Some(about.join(" "));
        let answer = Answer { label, value: Some(figure.value), unit: figure.unit, about, ..Answer::default() };
        answers.entry(key).or_insert_with(|| (answer, Vec::new())).1.push(figure.triple);
    }
    let mut found = Answers { sparql, answers: Vec::new() };
    for (answer, triples) in answers.into_values() {
        found.answers.push(Answer { evidence: quotes(store, &triples)?, ..answer });
    }
    Ok(found)
}

fn name(names: &Names, thing: &NamedNode) -> String {
    names.by_iri(thing.as_str()).and_then(|thing| thing.names.into_iter().next()).unwrap_or_default()
}

/// Subjects by their latest figure, of the unit that most figures have, so that only like is compared.
fn ranked(
    store: &Store,
    names: &Names,
    mut figures: Vec<Figure>,
    rank: Rank,
    lang: Lang,
) -> Result<Vec<Answer>, Failure> {
    figures.retain(|figure| rank.kind.is_none_or(|kind| names::kind_of(figure.subject.as_str()) == Some(kind)));
    let mut units: BTreeMap<Option<String>, usize> = BTreeMap::new();
    figures.iter().for_each(|figure| *units.entry(figure.unit.clone()).or_default() += 1);
    let Some((unit, _)) = units.into_iter().max_by_key(|(_, count)| *count) else { return Ok(Vec::new()) };
    let mut latest: BTreeMap<NamedNode, Figure> = BTreeMap::new();
    for figure in figures.into_iter().filter(|figure| figure.unit == unit) {
        let known = latest.get(&figure.subject).map(|known| (known.period.clone(), known.value));
        if known.is_none_or(|known| known < (figure.period.clone(), figure.value)) {
            latest.insert(figure.subject.clone(), figure);
        }
    }
    let mut order: Vec<Figure> = latest.into_values().collect();
    order.sort_by(|a, b| if rank.least { a.value.cmp(&b.value) } else { b.value.cmp(&a.value) });
    let last = order.get(rank.count.saturating_sub(1)).map(|figure| figure.value);
    let within = |(at, figure): &(usize, Figure)| *at < rank.count || Some(figure.value) == last;
    let mut answers = Vec::new();
    for (_, figure) in order.into_iter().enumerate().take_while(within) {
        let about = [figure.period.as_str(), figure.indicator.as_str(), &figure.label(lang)].join(" ");
        let thing = names.by_iri(figure.subject.as_str());
        let mut aliases = thing.map(|thing| thing.names).unwrap_or_default();
        let label = if aliases.is_empty() { String::new() } else { aliases.remove(0) };
        answers.push(Answer {
            label,
            iri: Some(figure.subject.as_str().to_owned()),
            aliases,
            about: Some(about.trim().to_owned()),
            evidence: quotes(store, &[figure.triple])?,
            ..Answer::default()
        });
    }
    Ok(answers)
}
