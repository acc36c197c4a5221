//! Plans carried out: rows of results become answers, one for each real thing, with the sentences behind them.

mod figured;
mod gather;
mod grouped;
mod hopped;
mod joined;
mod listed;
mod most;
mod paired;
mod scene;
mod summed;
mod told;
mod valued;
mod within;

use std::collections::BTreeSet;

use oxigraph::model::{Term, Triple};
use rust_decimal::Decimal;

use super::evidence::{self, Quote};
use super::names::Names;
use super::plan::{Plan, Way};
use crate::message::Lang;
use crate::rdf;
use crate::store::{QueryError, Store, StoreError};
use figured::figured;
use grouped::grouped;
use hopped::hopped;
use joined::joined;
use listed::{listed, lists};
use most::most;
use paired::paired;
use summed::summed;
pub(super) use told::difference;
use told::told;
use valued::valued;

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
        Plan::Sum(plan) => summed(store, names, plan, lang),
        Plan::Pair(plan) => paired(store, names, plan, lang),
        Plan::Hops(plan) => hopped(store, names, plan, lang),
        Plan::Path(plan) => joined(store, names, plan, lang),
        Plan::Group(plan) => grouped(store, names, plan, lang),
        Plan::Lists(plans) => lists(store, names, plans, lang),
        Plan::Most(plan) => most(store, names, plan, lang),
        Plan::Passage(plan) => told(store, names, plan, lang),
        Plan::Apart(sides) => told::apart(store, names, sides, lang),
    }
}

/// Most sentences that one answer carries.
const MOST_QUOTES: usize = 20;

fn quotes(store: &Store, triples: &[Triple]) -> Result<Vec<Quote>, StoreError> {
    let mut quotes = BTreeSet::new();
    for triple in triples {
        quotes.extend(evidence::quotes(store, triple)?);
        if quotes.len() >= MOST_QUOTES {
            break;
        }
    }
    Ok(quotes.into_iter().take(MOST_QUOTES).collect())
}

fn text(term: &Term) -> String {
    match term {
        Term::Literal(literal) => literal.value().to_owned(),
        Term::NamedNode(node) => rdf::shorten(node.as_str()),
        other => other.to_string(),
    }
}
