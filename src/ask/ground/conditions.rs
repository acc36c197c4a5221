//! A question read by its words alone, condition by condition: every thing that it names, every stage and every field is
//! one by itself.

use std::collections::BTreeSet;

use super::narrow::Named;
use super::{Ground, Stuck};
use crate::ask::clue::clues;
use crate::ask::names::ThingId;
use crate::ask::normal;
use crate::ask::passage::{Part, Wanted, Wish};
use crate::ask::plan::{Filter, ListPlan, Plan, Start, SumPlan, Tell, ValuePlan};
use crate::model::{EntityKind, Predicate};

/// Longest word that is taken for the beginning of a zone's name, in characters.
const SHORT: usize = 3;

impl Ground<'_> {
    /// The plans that make sense of all words of a question, nearest first.
    ///
    /// # Errors
    /// [`Stuck`] if the store cannot be read.
    pub fn conditions(&self, wish: &Wish) -> Result<Vec<Plan>, Stuck> {
        let named: Vec<Named> = wish
            .parts
            .iter()
            .filter_map(|part| match part {
                Part::Name(surface, things) if !things.is_empty() => {
                    Some(Named { key: normal::key(surface), things: self.settled(surface, things) })
                }
                _ => None,
            })
            .collect();
        let mut fields = fields(wish);
        let general = |field: &String| self.grammar.words.is_reserved(field) || self.is_general(field);
        fields.retain(|field| !general(field));
        if let (Some(plan), true) = (self.values_of(wish, &named), fields.is_empty()) {
            return Ok(vec![plan]);
        }
        let [Wanted::Things(kinds)] = &wish.wanted[..] else { return Ok(Vec::new()) };
        let mut plans = Vec::new();
        for &kind in kinds {
            match self.conditions_for(wish, &named, &fields, kind) {
                Ok(filters) if !filters.is_empty() => {
                    let tell = match wish.extreme {
                        Some((true, count)) => Tell::Smallest(count),
                        Some((false, count)) => Tell::Largest(count),
                        None => Tell::All,
                    };
                    plans.push(ListPlan { kind: Some(kind), filters, tell });
                }
                Err(error @ (Stuck::Query(_) | Stuck::Store(_))) => return Err(error),
                _ => {}
            }
        }
        let whole =
            if plans.len() > 1 { vec![Plan::Lists(plans)] } else { plans.into_iter().map(Plan::List).collect() };
        Ok(whole)
    }

    /// 办法、细则 asks for policies that are called so; 政策 and 文件 for any.
    fn of_these_words(&self, wish: &Wish) -> Option<Filter> {
        let any = |word: &String| clues().any_policy.iter().any(|general| word.ends_with(general.as_str()));
        if wish.kind_words.is_empty() || wish.kind_words.iter().any(any) {
            return None;
        }
        let things: BTreeSet<ThingId> =
            wish.kind_words.iter().flat_map(|word| self.known.containing(self.names, word)).collect();
        let things: Vec<ThingId> = things.into_iter().collect();
        (!things.is_empty()).then(|| Filter::Is(self.iris(&things)))
    }

    /// True for 产业方面, which is any field.
    fn is_general(&self, field: &str) -> bool {
        let words = |list: &str| self.grammar.words.lists.get(list).into_iter().flatten();
        let kinds = self.grammar.words.kinds.iter().filter(|(kind, _)| *kind == EntityKind::Industry);
        let bare = kinds.flat_map(|(_, list)| list).filter_map(|word| field.strip_prefix(word.as_str()));
        bare.into_iter().any(|rest| rest.is_empty() || words("field").any(|word| word == rest))
    }

    fn conditions_for(
        &self,
        wish: &Wish,
        named: &[Named],
        fields: &[String],
        kind: EntityKind,
    ) -> Result<Vec<Filter>, Stuck> {
        let mut filters = Vec::new();
        if wish.extreme.is_some() {
            filters.push(Filter::any_sum(wish.currency));
        }
        for one in named {
            let one = Named { key: one.key.clone(), things: one.things.clone() };
            filters.push(self.about(one, kind)?);
        }
        for field in fields {
            if let Some(zone) = self.begun_zone(field) {
                filters.push(self.about(zone, kind)?);
                continue;
            }
            let holds = matches!(kind, EntityKind::Enterprise | EntityKind::Organization | EntityKind::Park);
            let titles = if holds { self.known.titles_like(self.names, field) } else { Vec::new() };
            let topic = self.topic(field, kind)?.map(Filter::Topic);
            let title = (!titles.is_empty()).then_some(Filter::Holds(titles));
            filters.push(topic.or(title).ok_or_else(|| Stuck::Unknown(field.clone()))?);
        }
        if kind == EntityKind::Policy {
            filters.extend(self.of_these_words(wish));
        }
        let mut stages: Vec<Filter> = wish.stages.iter().map(|stage| Filter::Stage(*stage)).collect();
        match stages.len() {
            0 | 1 => filters.append(&mut stages),
            _ => filters.push(Filter::Any(stages)),
        }
        if let Some(period) = wish.period {
            filters.push(Filter::During(period.beginnings(self.latest_year()?)));
        }
        Ok(filters)
    }

    /// The one zone or place whose name begins with a short word: 白鹭 for 白鹭新区.
    fn begun_zone(&self, word: &str) -> Option<Named> {
        if word.chars().count() > SHORT {
            return None;
        }
        let things = self.names.only_beginning(word)?;
        let zone = |id: &usize| matches!(self.names.thing(*id).kind, EntityKind::Park | EntityKind::Place);
        things.iter().all(zone).then(|| Named { key: word.to_owned(), things })
    }

    /// What is asked of one thing that the question names, or of several added up.
    fn values_of(&self, wish: &Wish, named: &[Named]) -> Option<Plan> {
        let kind = |id: ThingId| self.names.thing(id).kind;
        if let ([Wanted::Sums(by)], true, true) = (&wish.wanted[..], wish.total, named.len() > 1) {
            let over = named.iter().map(|one| Start::Things(self.iris(&one.things))).collect();
            return Some(Plan::Sum(SumPlan { over, by: by[0], mean: false }));
        }
        let [one] = named else { return None };
        let first = kind(*one.things.first()?);
        let built = matches!(first, EntityKind::Project | EntityKind::Park);
        let by = match &wish.wanted[..] {
            [Wanted::Titles] => vec![Predicate::Designation],
            [Wanted::Sums(by)] if built => by.clone(),
            [Wanted::Things(kinds)] => match (&kinds[..], first) {
                ([EntityKind::Enterprise, EntityKind::Organization], EntityKind::Policy) => vec![Predicate::IssuedBy],
                ([EntityKind::Enterprise, EntityKind::Organization], _) if built => vec![Predicate::Investor],
                ([EntityKind::Park, EntityKind::Place], EntityKind::Policy) => vec![Predicate::IssuedBy],
                ([EntityKind::Park, EntityKind::Place], _) => vec![Predicate::LocatedIn],
                ([EntityKind::Industry], _) if wish.count.is_none() => vec![Predicate::Industry],
                _ => return None,
            },
            _ => return None,
        };
        Some(Plan::Values(ValuePlan { things: self.iris(&one.things), by, ..ValuePlan::default() }))
    }
}

/// The runs of words that name something, without what only goes before or after it.
fn fields(wish: &Wish) -> Vec<String> {
    let mut fields = Vec::new();
    for run in wish.runs() {
        let first = run.iter().position(|(_, names)| *names);
        let last = run.iter().rposition(|(_, names)| *names);
        if let (Some(first), Some(last)) = (first, last) {
            let text: String = run[first..=last].iter().map(|(word, _)| *word).collect();
            fields.push(normal::key(&text));
        }
    }
    fields.retain(|field| !field.is_empty());
    fields
}
