//! From the slots of a question to a plan over things that the graph has.

mod describe;
mod figures;
mod narrow;
mod topic;

use oxigraph::model::{NamedNode, Term};

use super::grammar::{self, Asked, Candidate, Grammar, Slots};
use super::names::{Names, ThingId};
use super::normal;
use super::plan::{Filter, ListPlan, Plan, Tell, ValuePlan};
use super::tag::{Tag, Tagged};
use crate::model::EntityKind;
use crate::store::{QueryError, Store};

/// Why a reading of a question has no plan.
#[derive(Debug)]
pub enum Stuck {
    /// It names something that the graph does not know.
    Unknown(String),
    /// It does not make sense of all words.
    Unread,
    /// The store failed.
    Query(QueryError),
}

impl From<QueryError> for Stuck {
    fn from(error: QueryError) -> Self {
        Self::Query(error)
    }
}

/// What grounding needs to look at.
pub struct Ground<'a> {
    /// The grammar that found the slots.
    pub grammar: &'a Grammar,
    /// The names of the graph.
    pub names: &'a Names,
    /// The graph.
    pub store: &'a Store,
    /// The question with its finds.
    pub tagged: &'a Tagged,
}

impl Ground<'_> {
    /// The plan of a candidate.
    ///
    /// # Errors
    /// [`Stuck`] where it has none.
    pub fn plan(&self, candidate: &Candidate<'_>) -> Result<Plan, Stuck> {
        let slots = &candidate.slots;
        match &candidate.frame.ask {
            Asked::List => self.list(slots, Tell::All).map(Plan::List),
            Asked::Count => self.list(slots, Tell::Number).map(Plan::List),
            Asked::Top => self.top(slots).map(Plan::List),
            Asked::Check => self.check(slots).map(Plan::List),
            Asked::Value { by, otherwise, symmetric } => {
                let things = self.thing(named_slot(slots).ok_or(Stuck::Unread)?)?;
                let kind = grammar::kind_of(&self.grammar.words, slots);
                let (by, otherwise) = (by.clone(), otherwise.clone());
                Ok(Plan::Values(ValuePlan { things: self.iris(&things), by, otherwise, symmetric: *symmetric, kind }))
            }
            Asked::Figure => self.figures(slots).map(Plan::Figures),
        }
    }

    fn iris(&self, things: &[ThingId]) -> Vec<NamedNode> {
        things.iter().map(|&id| self.names.thing(id).iri.clone()).collect()
    }

    /// The things that a slot names.
    fn thing(&self, slot: &str) -> Result<Vec<ThingId>, Stuck> {
        if let Some(Tag::Name(_, things)) = self.tagged.only(slot)
            && !things.is_empty()
        {
            return Ok(things.clone());
        }
        let surface = self.tagged.surface(slot);
        let found = self.names.find(&normal::key(&surface));
        if found.is_empty() { Err(Stuck::Unknown(surface)) } else { Ok(found) }
    }

    /// The things with the largest or smallest sums, among those that the description fits.
    fn top(&self, slots: &Slots) -> Result<ListPlan, Stuck> {
        let kind = grammar::kind_of(&self.grammar.words, slots).unwrap_or(EntityKind::Project);
        let mut filters = vec![Filter::Money { least: None, most: None, currency: "CNY".to_owned() }];
        for slot in ["what", "more"] {
            if let Some(text) = slots.get(slot) {
                filters.extend(self.filters(text, kind)?);
            }
        }
        let number = slots.get("number").and_then(|text| small_number(text)).unwrap_or(1);
        let tell = if slots.contains_key("least") { Tell::Smallest(number) } else { Tell::Largest(number) };
        Ok(ListPlan { kind: Some(kind), filters, tell })
    }

    /// Whether the description fits the thing.
    fn check(&self, slots: &Slots) -> Result<ListPlan, Stuck> {
        let things = self.thing(named_slot(slots).ok_or(Stuck::Unread)?)?;
        let kind = self.names.thing(*things.first().ok_or(Stuck::Unread)?).kind;
        let mut filters = vec![Filter::Is(self.iris(&things))];
        filters.extend(self.filters(slots.get("what").ok_or(Stuck::Unread)?, kind)?);
        Ok(ListPlan { kind: None, filters, tell: Tell::Whether })
    }

    /// A question that names no kind asks for whatever the description fits.
    fn list(&self, slots: &Slots, tell: Tell) -> Result<ListPlan, Stuck> {
        let kind = grammar::kind_of(&self.grammar.words, slots);
        let read_as = kind.unwrap_or(EntityKind::Enterprise);
        let mut filters = self.filters(slots.get("what").ok_or(Stuck::Unread)?, read_as)?;
        if let Some(more) = slots.get("more") {
            filters.extend(self.filters(more, read_as)?);
        }
        if filters.is_empty() { Err(Stuck::Unread) } else { Ok(ListPlan { kind, filters, tell }) }
    }
}

fn node(term: Term) -> Option<NamedNode> {
    if let Term::NamedNode(node) = term { Some(node) } else { None }
}

/// The slot of the thing asked about.
fn named_slot(slots: &Slots) -> Option<&String> {
    slots.get("name").or_else(|| slots.get("thing"))
}

/// A count such as 3 or 三.
fn small_number(text: &str) -> Option<usize> {
    let chinese = |c: char| "一二三四五六七八九十".chars().position(|digit| digit == c).map(|at| at + 1);
    let two = |text: &str| (text == "两").then_some(2);
    text.parse().ok().or_else(|| two(text)).or_else(|| chinese(text.chars().next()?)).filter(|number| *number > 0)
}
