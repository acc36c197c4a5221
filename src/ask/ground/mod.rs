//! From the slots of a question to a plan over things that the graph has.

mod clues;
mod conditions;
mod describe;
mod figures;
mod group;
mod known;
mod many;
mod narrow;
mod topic;

use std::cell::RefCell;
use std::collections::BTreeSet;

use oxigraph::model::{NamedNode, Term};

use known::Known;

use super::clue::clues;
use super::frame::Asked;
use super::grammar::{self, Candidate, Grammar, Slots};
use super::names::{Names, Thing, ThingId};
use super::normal;
use super::number;
use super::passage;
use super::plan::{FigurePlan, Filter, GroupPlan, GroupTell, INVESTED, ListPlan, Plan, Rank, Tell, ValuePlan};
use super::tag::{Tag, Tagged};
use crate::model::{EntityKind, Predicate};
use crate::store::{QueryError, Store, StoreError};

/// Statements about a thing beyond which more do not make it better known.
const MOST_KNOWN: usize = 500;

/// Most things of a kind that are listed where a question says nothing else.
const MOST_LISTED: usize = 200;

/// Why a reading of a question has no plan.
#[derive(Debug)]
pub enum Stuck {
    /// It names something that the graph does not know.
    Unknown(String),
    /// It does not make sense of all words.
    Unread,
    /// A query failed.
    Query(QueryError),
    /// The store failed.
    Store(StoreError),
}

impl From<StoreError> for Stuck {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
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
    /// What the question leaves open, with the reading taken.
    pub open: RefCell<Vec<Open>>,
    /// What has been looked up for it.
    pub known: Known,
}

/// A name that several things bear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// The name as asked.
    pub name: String,
    /// The things that it may mean, the one taken first.
    pub meanings: Vec<String>,
}

impl Ground<'_> {
    /// The plan of a candidate.
    ///
    /// # Errors
    /// [`Stuck`] where it has none.
    pub fn plan(&self, candidate: &Candidate<'_>) -> Result<Plan, Stuck> {
        let slots = &candidate.slots;
        match &candidate.frame.ask {
            Asked::List if slots.contains_key("kinds") => self.lists(slots),
            Asked::List => self.list(slots, Tell::All).map(Plan::List),
            Asked::Related => self.related(slots).map(Plan::Lists),
            Asked::Most => self.most(slots).map(Plan::Most),
            Asked::Count => self.list(slots, Tell::Number).map(Plan::List),
            Asked::Sum(by) => self.sum(slots, *by).map(Plan::Sum),
            Asked::Compare => self.pair(slots, false).map(Plan::Pair),
            Asked::Every => self.every(slots).map(Plan::List),
            Asked::Choose => self.choose(slots).map(Plan::List),
            Asked::Difference => self.pair(slots, true).map(Plan::Pair),
            Asked::Hop(hops) => self.hops(slots, hops).map(Plan::Hops),
            Asked::Path => self.path(slots).map(Plan::Path),
            Asked::About => self.overview(slots),
            Asked::Rank => {
                let kind = grammar::kind_of(&self.grammar.words, slots);
                let count = slots.get("number").and_then(|text| number::small(text)).unwrap_or(1);
                let rank = Some(Rank { kind, least: slots.contains_key("least"), count });
                Ok(Plan::Figures(FigurePlan { rank, ..self.figures(slots)? }))
            }
            Asked::Top => self.top(slots).map(Plan::List),
            Asked::Check => self.check(slots).map(Plan::List),
            Asked::Value { by, otherwise, symmetric } => {
                let things = self.thing(named_slot(slots).ok_or(Stuck::Unread)?)?;
                let kind = grammar::kind_of(&self.grammar.words, slots);
                let (by, otherwise) = (by.clone(), otherwise.clone());
                let (mut things, symmetric) = (self.iris(&things), *symmetric);
                if by.iter().all(|by| INVESTED.contains(by) || *by == Predicate::Status) {
                    things = self.their_project(things)?;
                }
                let year = match slots.get("period").and_then(|slot| self.tagged.only(slot)) {
                    Some(Tag::Period(wish)) => wish.year,
                    _ => None,
                };
                Ok(Plan::Values(ValuePlan { things, by, otherwise, symmetric, kind, year, ..ValuePlan::default() }))
            }
            Asked::Figure => self.figures(slots).map(Plan::Figures),
        }
    }

    /// The plan over a counted set that a candidate may ask for besides, and whether it goes before any other: what a
    /// document itself counts or sums up by those very words is better than what can be counted in the graph.
    ///
    /// # Errors
    /// [`Stuck`] where the store fails.
    pub fn group_plan(&self, candidate: &Candidate<'_>) -> Result<Option<(Plan, bool)>, Stuck> {
        let tell = match &candidate.frame.ask {
            Asked::List => GroupTell::Members,
            Asked::Count => GroupTell::Number,
            // How many of something a zone has may be told of a figure or of a counted set.
            Asked::Figure if candidate.frame.name == "register" => GroupTell::Number,
            Asked::Sum(by) if !candidate.slots.contains_key("mean") => GroupTell::Sum(*by),
            Asked::Value { by, .. } => match by.first() {
                Some(by) if INVESTED.contains(by) => GroupTell::Sum(*by),
                _ => return Ok(None),
            },
            _ => return Ok(None),
        };
        let first = matches!(tell, GroupTell::Number) || matches!(candidate.frame.ask, Asked::Sum(_));
        let group = self.group(&candidate.slots)?;
        let plan = |group| Plan::Group(GroupPlan { groups: vec![group], tell });
        Ok(group.map(|(group, exact)| (plan(group), first && exact)))
    }

    fn iris(&self, things: &[ThingId]) -> Vec<NamedNode> {
        things.iter().map(|&id| self.names.thing(id).iri.clone()).collect()
    }

    /// The things that a slot names.
    fn thing(&self, slot: &str) -> Result<Vec<ThingId>, Stuck> {
        if let Some(Tag::Name(_, things)) = self.tagged.only(slot)
            && !things.is_empty()
        {
            return Ok(self.settled(&self.tagged.surface(slot), things));
        }
        let surface = self.tagged.surface(slot);
        let found = self.names.find(&normal::key(&surface));
        if found.is_empty() { Err(Stuck::Unknown(surface)) } else { Ok(found) }
    }

    /// Those of the things with one name that the question is taken to mean: where several of one kind bear it that share no
    /// other name, the one of which the graph knows most.
    fn settled(&self, name: &str, things: &[ThingId]) -> Vec<ThingId> {
        let key = normal::key(name);
        let mut meanings: Vec<(Vec<ThingId>, BTreeSet<String>)> = Vec::new();
        for &id in things {
            let keys: BTreeSet<String> =
                self.names.thing(id).keys().into_iter().filter(|other| *other != key).collect();
            let fits = |other: &(Vec<ThingId>, BTreeSet<String>)| {
                !other.1.is_disjoint(&keys) || keys.is_empty() || other.1.is_empty()
            };
            match meanings.iter_mut().find(|other| fits(other)) {
                Some(home) => {
                    home.0.push(id);
                    home.1.extend(keys);
                }
                None => meanings.push((vec![id], keys)),
            }
        }
        let kinds = |ids: &[ThingId]| ids.iter().map(|&id| self.names.thing(id).kind).collect::<BTreeSet<_>>();
        let open = meanings
            .iter()
            .enumerate()
            .any(|(at, (ids, _))| meanings[at + 1..].iter().any(|(others, _)| !kinds(ids).is_disjoint(&kinds(others))));
        if !open {
            return things.to_vec();
        }
        let known = |ids: &[ThingId]| -> usize {
            let nodes = ids.iter().map(|&id| Term::from(self.names.thing(id).iri));
            nodes.map(|node| self.store.matching(None, None, Some(node.as_ref())).take(MOST_KNOWN).count()).sum()
        };
        meanings.sort_by_cached_key(|(ids, _)| std::cmp::Reverse(known(ids)));
        let label = |(ids, _): &(Vec<ThingId>, _)| self.names.thing(ids[0]).names.swap_remove(0);
        let told = Open { name: name.to_owned(), meanings: meanings.iter().map(label).collect() };
        let mut notes = self.open.borrow_mut();
        if !notes.contains(&told) {
            notes.push(told);
        }
        meanings.swap_remove(0).0
    }

    /// The things with the largest or smallest sums, among those that the description fits.
    fn top(&self, slots: &Slots) -> Result<ListPlan, Stuck> {
        let kind = grammar::kind_of(&self.grammar.words, slots).unwrap_or(EntityKind::Project);
        let mut filters = vec![Filter::any_sum(passage::currency_of(&self.tagged.text))];
        for slot in ["what", "more"] {
            if let Some(text) = slots.get(slot) {
                filters.extend(self.described(slots, text, kind)?);
            }
        }
        let number = slots.get("number").and_then(|text| number::small(text)).unwrap_or(1);
        let place = |slot: &str| slots.get(slot).and_then(|text| number::small(text));
        let tell = match (place("nth"), place("low")) {
            (Some(place), _) => Tell::LargestAt(place),
            (_, Some(place)) => Tell::SmallestAt(place),
            _ if slots.contains_key("least") => Tell::Smallest(number),
            _ => Tell::Largest(number),
        };
        Ok(ListPlan { kind: Some(kind), filters, tell })
    }

    /// The filters that a description says; one that means a counted set means what is listed under it.
    fn described(&self, slots: &Slots, text: &str, kind: EntityKind) -> Result<Vec<Filter>, Stuck> {
        match self.filters(text, kind) {
            Err(stuck @ (Stuck::Unknown(_) | Stuck::Unread)) => {
                self.members(slots)?.map(|filter| vec![filter]).ok_or(stuck)
            }
            found => found,
        }
    }

    /// What is listed under the counted set that a description means.
    fn members(&self, slots: &Slots) -> Result<Option<Filter>, Stuck> {
        let joined = |(group, _)| Filter::Joined { by: vec![Predicate::MemberOf], forward: true, things: vec![group] };
        Ok(self.group(slots)?.filter(|(_, exact)| *exact).map(joined))
    }

    /// Whether the description fits the thing.
    fn check(&self, slots: &Slots) -> Result<ListPlan, Stuck> {
        let things = self.thing(named_slot(slots).ok_or(Stuck::Unread)?)?;
        let kind = self.names.thing(*things.first().ok_or(Stuck::Unread)?).kind;
        let mut filters = vec![Filter::Is(self.iris(&things))];
        filters.extend(self.filters(slots.get("what").ok_or(Stuck::Unread)?, kind)?);
        Ok(ListPlan { kind: None, filters, tell: Tell::Whether })
    }

    /// All things of a kind; of zones those whose names close with the word for them.
    fn every(&self, slots: &Slots) -> Result<ListPlan, Stuck> {
        let kind = grammar::kind_of(&self.grammar.words, slots).ok_or(Stuck::Unread)?;
        let word = slots.get("kind").map(|word| normal::key(word)).unwrap_or_default();
        let row = clues().zones.iter().find(|row| row.contains(&word));
        let fits = |thing: &Thing| {
            let closes = |key: &String, row: &[String]| row.iter().any(|noun| key.ends_with(noun) && key != noun);
            row.is_none_or(|row| thing.keys().iter().any(|key| closes(key, row)))
        };
        let things = self.names.of_kind(kind, MOST_LISTED, fits).into_iter().map(|thing| thing.iri).collect();
        Ok(ListPlan { kind: Some(kind), filters: vec![Filter::Is(things)], tell: Tell::All })
    }

    /// Those of two things that the description fits.
    fn choose(&self, slots: &Slots) -> Result<ListPlan, Stuck> {
        let mut things = self.thing(named_slot(slots).ok_or(Stuck::Unread)?)?;
        let kind = self.names.thing(*things.first().ok_or(Stuck::Unread)?).kind;
        things.extend(self.thing(slots.get("second").ok_or(Stuck::Unread)?)?);
        let mut filters = vec![Filter::Is(self.iris(&things))];
        filters.extend(self.filters(slots.get("what").ok_or(Stuck::Unread)?, kind)?);
        Ok(ListPlan { kind: None, filters, tell: Tell::All })
    }

    /// A question that names no kind asks for whatever the description fits.
    fn list(&self, slots: &Slots, tell: Tell) -> Result<ListPlan, Stuck> {
        self.list_of(slots, grammar::kind_of(&self.grammar.words, slots), tell)
    }

    fn list_of(&self, slots: &Slots, kind: Option<EntityKind>, tell: Tell) -> Result<ListPlan, Stuck> {
        let read_as = kind.unwrap_or(EntityKind::Enterprise);
        let mut filters = self.described(slots, slots.get("what").ok_or(Stuck::Unread)?, read_as)?;
        if let Some(more) = slots.get("more") {
            filters.extend(self.filters(more, read_as)?);
        }
        let of_any_kind = kind.is_none() && !filters.iter().any(|it| matches!(it, Filter::Holds(_)));
        if filters.is_empty() || of_any_kind { Err(Stuck::Unread) } else { Ok(ListPlan { kind, filters, tell }) }
    }
}

fn node(term: Term) -> Option<NamedNode> {
    if let Term::NamedNode(node) = term { Some(node) } else { None }
}

/// The slot of the thing asked about.
fn named_slot(slots: &Slots) -> Option<&String> {
    slots.get("name").or_else(|| slots.get("thing"))
}
