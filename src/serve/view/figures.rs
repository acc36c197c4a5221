//! Figures over periods: about one thing, and of the whole graph.

use std::collections::{BTreeMap, HashMap};

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};
use serde::Serialize;

use super::entity::Listed;
use super::evidence::{self, Proof};
use super::value::{self, Thing};
use super::{id, plain};
use crate::ask::Names;
use crate::query::select;
use crate::rdf::terms;
use crate::store::{QueryError, Store, StoreError};

/// A figure.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// Identity behind our namespace.
    pub id: String,
    /// What it is about.
    pub subject: Option<Thing>,
    /// What it measures.
    pub indicator: String,
    /// The time it speaks of: `2023`, `2023-H1`, `2018-01/2018-06`, `2021-12-31`.
    pub period: Option<String>,
    /// The number, or the lower bound.
    pub value: Option<String>,
    /// The upper bound.
    pub max: Option<String>,
    /// Unit: `CNY`, `%`, `家`.
    pub unit: Option<String>,
    /// `about`, `at_least` or `at_most`.
    pub qualifier: Option<String>,
    /// Growth in per cent.
    pub growth: Option<String>,
    /// True for an aim.
    pub target: bool,
    /// The sentences behind it; empty in lists of the whole graph.
    pub evidence: Proof,
}

/// The figures about one thing, by indicator and period.
pub(in crate::serve) fn about(store: &Store, iri: NamedNodeRef<'_>, most: usize) -> Result<Listed<Figure>, StoreError> {
    let mut nodes = Vec::new();
    for quad in store.matching(None, Some(terms::SUBJECT), Some(iri.into())) {
        if let NamedOrBlankNode::NamedNode(node) = quad?.subject {
            nodes.push(node);
        }
    }
    let total = nodes.len();
    nodes.sort();
    let mut shown = Vec::new();
    for node in nodes.into_iter().take(most) {
        let mut figure = read(store, &node)?;
        let stated = Triple::new(node, terms::TYPE.into_owned(), terms::OBSERVATION.into_owned());
        figure.evidence = evidence::of(store, &stated)?;
        shown.push(figure);
    }
    sort(&mut shown);
    Ok(Listed { total, shown })
}

/// Every figure of the graph, by indicator, subject and period.
pub(in crate::serve) fn all(store: &Store, names: &Names) -> Result<Vec<Figure>, QueryError> {
    // Property by property, so that no name of a property is written out for each value.
    let mut figures = HashMap::<String, Figure>::new();
    let properties = [terms::INDICATOR, terms::SUBJECT, terms::TARGET].into_iter().chain(PLACES);
    for property in properties {
        let query = format!("SELECT ?figure ?value {{ ?figure {property} ?value }}");
        for row in select(store, &query, &[])?.rows {
            let mut cells = row.iter().map(|cell| cell.as_ref().and_then(plain));
            let (Some(Some(node)), Some(Some(value))) = (cells.next(), cells.next()) else { continue };
            if property == terms::INDICATOR {
                figures
                    .insert(node.clone(), Figure { id: id(&node).to_owned(), indicator: value, ..Figure::default() });
            } else if let Some(figure) = figures.get_mut(&node) {
                if property == terms::SUBJECT {
                    figure.subject = super::ledger::named(names, &value);
                } else {
                    figure.set(property, value);
                }
            }
        }
    }
    let mut figures: Vec<Figure> = figures.into_values().collect();
    sort(&mut figures);
    Ok(figures)
}

/// A series: one indicator of one subject in one unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Series {
    /// What it is about.
    pub subject: Option<Thing>,
    /// What it measures.
    pub indicator: String,
    /// In which unit.
    pub unit: Option<String>,
    /// Number of figures.
    pub count: usize,
    /// Number of different periods.
    pub periods: usize,
}

/// The series of figures: those of things with a name of their own first, then those with most periods, then those that
/// tell one figure a period.
pub(in crate::serve) fn series<'a>(figures: impl Iterator<Item = &'a Figure>) -> Vec<Series> {
    let mut groups: BTreeMap<_, Vec<&Figure>> = BTreeMap::new();
    for figure in figures.filter(|figure| figure.value.is_some()) {
        let key = (figure.subject.as_ref(), figure.indicator.as_str(), figure.unit.as_deref());
        groups.entry(key).or_default().push(figure);
    }
    let mut series: Vec<Series> = groups
        .into_iter()
        .map(|((subject, indicator, unit), figures)| {
            let mut periods: Vec<_> = figures.iter().filter_map(|figure| figure.period.as_deref()).collect();
            periods.sort_unstable();
            periods.dedup();
            Series {
                subject: subject.cloned(),
                indicator: indicator.to_owned(),
                unit: unit.map(str::to_owned),
                count: figures.len(),
                periods: periods.len(),
            }
        })
        .collect();
    let is_local = |it: &Series| it.subject.as_ref().is_none_or(|subject| crate::graph::is_local(&subject.id));
    series.sort_by_key(|it| (is_local(it), std::cmp::Reverse(it.periods), it.count - it.periods.min(it.count)));
    series
}

fn read(store: &Store, node: &NamedNode) -> Result<Figure, StoreError> {
    let mut figure = Figure { id: id(node.as_str()).to_owned(), ..Figure::default() };
    for quad in store.matching(Some(node.as_ref().into()), None, None) {
        let quad = quad?;
        let property = quad.predicate.as_ref();
        if property == terms::SUBJECT {
            if let Term::NamedNode(subject) = &quad.object {
                figure.subject = value::thing(store, subject.as_ref())?;
            }
            continue;
        }
        let Some(text) = plain(&quad.object) else { continue };
        figure.set(property, text);
    }
    Ok(figure)
}

/// Properties whose value is kept as it stands.
const PLACES: [NamedNodeRef<'static>; 6] =
    [terms::PERIOD, terms::VALUE, terms::MAX_VALUE, terms::UNIT_TEXT, terms::QUALIFIER, terms::GROWTH];

impl Figure {
    /// Takes the value of a property; others than those of a figure are passed over.
    fn set(&mut self, property: NamedNodeRef<'_>, text: String) {
        match property {
            terms::INDICATOR => self.indicator = text,
            terms::TARGET => self.target = text == "true",
            terms::PERIOD => self.period = Some(text),
            terms::VALUE => self.value = Some(text),
            terms::MAX_VALUE => self.max = Some(text),
            terms::UNIT_TEXT => self.unit = Some(text),
            terms::QUALIFIER => self.qualifier = Some(text),
            terms::GROWTH => self.growth = Some(text),
            _ => {}
        }
    }
}

fn sort(figures: &mut [Figure]) {
    fn key(it: &Figure) -> (&str, &Option<Thing>, &Option<String>, &str) {
        (&it.indicator, &it.subject, &it.period, &it.id)
    }
    figures.sort_unstable_by(|a, b| key(a).cmp(&key(b)));
}
