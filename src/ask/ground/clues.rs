//! A question read by what it sets side by side or bounds, whatever else it says: two things with a word that compares, a
//! sum with a bound, the largest of a place, the sum of a thing that it describes.

use oxigraph::model::NamedNode;

use super::{Ground, Stuck};
use crate::ask::clue::{clues, has};
use crate::ask::number;
use crate::ask::passage::{Part, Wanted, Wish};
use crate::ask::plan::{Filter, INVESTED, ListPlan, Measure, PairPlan, Plan, Start, SumPlan, Tell, ValuePlan};
use crate::ask::sum::Sum;
use crate::ask::tag::Tag;
use crate::model::{EntityKind, Predicate};

/// Names of zones so short are bare: 高新区; so many characters at most.
const BARE: usize = 3;
/// What may stand before a bare name that stands for one zone.
const OPENING: &str = "在于与和跟同年月度日了到由把的";
/// Shortest description of a thing, in characters.
const LEAST: usize = 4;

impl Ground<'_> {
    /// The plans by such clues, nearest first.
    ///
    /// # Errors
    /// [`Stuck`] if the store cannot be read.
    pub fn clues(&self, wish: Option<&Wish>) -> Result<Vec<Plan>, Stuck> {
        let mut plans = self.side_by_side()?;
        if wish.is_none_or(|wish| matches!(wish.wanted[..], [Wanted::Things(_)])) {
            plans.extend(self.bounded()?);
        }
        if let Some(wish) = wish {
            plans.extend(self.largest(wish)?);
            plans.extend(self.sum_of_described(wish)?);
        }
        Ok(plans)
    }

    /// Two things that the question describes on either side of a joint, compared or added up by their sums.
    fn side_by_side(&self) -> Result<Vec<Plan>, Stuck> {
        let text = &self.tagged.text;
        if !has(&clues().spends, text) {
            return Ok(Vec::new());
        }
        for joint in &clues().joints {
            for (at, _) in text.match_indices(joint.as_str()) {
                let (left, right) = (&text[..at], &text[at + joint.len()..]);
                let end = clues().ends.iter().filter_map(|word| right.find(word.as_str())).min().unwrap_or(right.len());
                let (Some(left), Some(one)) = (self.built(left), self.built(&right[..end])) else { continue };
                if left.iter().any(|thing| one.contains(thing)) {
                    continue;
                }
                return Ok(compared([left, one], &right[end..]));
            }
        }
        Ok(Vec::new())
    }

    /// The projects or parks that some words of the question describe, and nothing else.
    fn built(&self, words: &str) -> Option<Vec<NamedNode>> {
        let words = words.trim_matches(|c: char| ",，的 ".contains(c));
        let found = match self.tagged.only(words) {
            Some(Tag::Name(_, things)) => things.clone(),
            _ => self.names.find(&crate::ask::normal::key(&self.tagged.surface(words))),
        };
        let kind = |id: usize| self.names.thing(id).kind;
        let fits = found.iter().all(|&id| matches!(kind(id), EntityKind::Project | EntityKind::Park));
        (fits && !found.is_empty()).then(|| self.iris(&found))
    }

    /// Projects with sums on one side of a bound, in the places that the question names.
    fn bounded(&self) -> Result<Option<Plan>, Stuck> {
        let text = &self.tagged.text;
        let amounts: Vec<(usize, &Sum)> = text
            .char_indices()
            .filter_map(|(at, mark)| match self.tagged.find(mark) {
                Some(Tag::Amount(sum)) => Some((at, sum)),
                _ => None,
            })
            .collect();
        let [(at, sum)] = amounts[..] else { return Ok(None) };
        if !asks_for_projects(text) {
            return Ok(None);
        }
        let behind = text[at..].chars().skip(1).collect::<String>();
        let behind = behind.trim_start_matches("人民币");
        let beside = |words: &[String]| {
            words.iter().any(|word| text[..at].ends_with(word.as_str()) || behind.starts_with(word.as_str()))
        };
        let (least, most) = match (beside(&clues().under), beside(&clues().over)) {
            (true, _) => (None, Some(sum.value)),
            (_, true) => (Some(sum.value), None),
            _ => return Ok(None),
        };
        let mut filters = vec![Filter::Money { least, most, currency: sum.currency.to_owned() }];
        let stages = self.grammar.words.stages.iter();
        let told = stages.filter(|(_, words)| words.iter().any(|word| text.contains(word.as_str())));
        let stages: Vec<Filter> = told.map(|(stage, _)| Filter::Stage(*stage)).collect();
        if !stages.is_empty() {
            filters.push(Filter::Any(stages));
        }
        Ok(self.listed(filters, Tell::All)?.map(Plan::List))
    }

    /// The largest or smallest of a place: whatever else the question says only points there.
    fn largest(&self, wish: &Wish) -> Result<Option<Plan>, Stuck> {
        let text = &self.tagged.text;
        let first = text.find('前').and_then(|at| {
            let rest: Vec<char> = text[at..].chars().skip(1).take(2).collect();
            let measured = rest.get(1).is_some_and(|c| "名位大个".contains(*c));
            rest.first().filter(|_| measured).and_then(|c| number::small(&c.to_string()))
        });
        let Some((least, count)) = wish.extreme.or(first.map(|count| (false, count))) else { return Ok(None) };
        let money = has(&clues().spends, text);
        if !asks_for_projects(text) || !money || !self.only_scopes() {
            return Ok(None);
        }
        let tell = if least { Tell::Smallest(count) } else { Tell::Largest(count) };
        let whole = Filter::any_sum(wish.currency);
        let mut filters = vec![whole];
        filters.extend(wish.stages.iter().take(1).map(|stage| Filter::Stage(*stage)));
        Ok(self.listed(filters, tell)?.map(Plan::List))
    }

    /// True where the question names nothing but places and fields, and no bare 高新区 behind a word that is no known place.
    fn only_scopes(&self) -> bool {
        let marks: Vec<char> = self.tagged.text.chars().collect();
        let bare = |at: usize| {
            let short = matches!(self.tagged.find(marks[at]), Some(Tag::Name(key, _)) if key.chars().count() <= BARE);
            let before = at.checked_sub(1).map(|at| marks[at]).filter(|c| self.tagged.find(*c).is_none());
            short && before.is_some_and(|c| c.is_alphabetic() && !OPENING.contains(c))
        };
        if (0..marks.len()).any(bare) {
            return false;
        }
        let place = |id: &usize| {
            matches!(self.names.thing(*id).kind, EntityKind::Park | EntityKind::Place | EntityKind::Industry)
        };
        self.tagged.text.chars().filter_map(|mark| self.tagged.find(mark)).all(|tag| match tag {
            Tag::Name(_, things) => things.iter().all(place),
            _ => true,
        })
    }

    /// Projects on which these conditions hold, where the question names nothing but places and fields beside; in those, and in its time.
    fn listed(&self, mut filters: Vec<Filter>, tell: Tell) -> Result<Option<ListPlan>, Stuck> {
        // 高新区 that is no find is that of a zone which the graph does not know.
        let zones =
            self.grammar.words.kinds.iter().filter(|(kind, _)| *kind == EntityKind::Park).flat_map(|(_, list)| list);
        let unknown =
            zones.filter(|word| word.chars().count() == BARE).any(|word| self.tagged.text.contains(word.as_str()));
        if unknown || !self.only_scopes() {
            return Ok(None);
        }
        for mark in self.tagged.text.chars() {
            match self.tagged.find(mark) {
                Some(Tag::Name(key, things)) if !things.is_empty() => {
                    let named = super::narrow::Named { key: key.clone(), things: self.settled(key, things) };
                    filters.push(self.about(named, EntityKind::Project)?);
                }
                Some(Tag::Period(wish)) => filters.push(Filter::During(wish.beginnings(self.latest_year()?))),
                _ => {}
            }
        }
        Ok(Some(ListPlan { kind: Some(EntityKind::Project), filters, tell }))
    }

    /// What is invested in the thing that the first words of a clause describe.
    fn sum_of_described(&self, wish: &Wish) -> Result<Option<Plan>, Stuck> {
        let [Wanted::Sums(by), ..] = &wish.wanted[..] else { return Ok(None) };
        if wish.count.is_some() || wish.parts.iter().any(|part| matches!(part, Part::Figure(_))) {
            return Ok(None);
        }
        let text = &self.tagged.text;
        let words = clues().spends.iter().chain(&clues().sum_ends);
        let end = words.filter_map(|word| text.find(word.as_str())).min();
        let Some(end) = end else { return Ok(None) };
        let marks: Vec<usize> = text[..end].char_indices().map(|(at, _)| at).chain([end]).collect();
        for to in marks.iter().rev().copied() {
            let words = &text[..to];
            if self.tagged.surface(words).chars().count() < LEAST {
                break;
            }
            if let Some(things) = self.built(words).filter(|things| self.have_sums(things)) {
                return Ok(Some(Plan::Values(ValuePlan { things, by: by.clone(), ..ValuePlan::default() })));
            }
        }
        Ok(None)
    }

    fn have_sums(&self, things: &[NamedNode]) -> bool {
        let told = |thing: &NamedNode, by| {
            self.store
                .matching(Some(thing.as_ref().into()), Some(crate::rdf::terms::property(by)), None)
                .next()
                .is_some()
        };
        things.iter().any(|thing| INVESTED.iter().any(|by| told(thing, *by)))
    }
}

/// True where a question asks for projects, or for nothing that has another name.
fn asks_for_projects(text: &str) -> bool {
    has(&clues().projects, text) || !has(&clues().no_projects, text)
}

/// The plans over two things by what the rest of the question says.
fn compared(things: [Vec<NamedNode>; 2], rest: &str) -> Vec<Plan> {
    let measure = Measure::Money(vec![Predicate::TotalInvestment, Predicate::PlannedInvestment]);
    let pair = |difference, least| {
        Plan::Pair(PairPlan { things: things.clone(), measure: measure.clone(), difference, least, across: false })
    };
    if has(&clues().together, rest) {
        let over: Vec<Start> = things.iter().cloned().map(Start::Things).collect();
        let kinds = [Predicate::TotalInvestment, Predicate::PlannedInvestment];
        return kinds.map(|by| Plan::Sum(SumPlan { over: over.clone(), by, mean: false })).into();
    }
    if has(&clues().apart, rest) {
        return vec![pair(true, false)];
    }
    match (has(&clues().less, rest), has(&clues().more, rest)) {
        (true, _) => vec![pair(false, true)],
        (_, true) => vec![pair(false, false)],
        _ => Vec::new(),
    }
}
