//! Plans over several things: sums, pairs, chains, paths, everything about one thing.

use std::collections::BTreeSet;

use oxigraph::model::NamedNode;

use super::{Ground, Stuck};
use crate::ask::grammar::Slots;
use crate::ask::normal;
use crate::ask::plan::{Hop, HopPlan, Measure, PairPlan, PathPlan, Plan, Start, SumPlan, Tell, ValuePlan};
use crate::ask::tag::Tag;
use crate::model::Predicate;

/// What is said of a sum where a question names none: properties in the order in which they answer.
const MONEY: [Predicate; 3] =
    [Predicate::TotalInvestment, Predicate::PlannedInvestment, Predicate::CompletedInvestment];

impl Ground<'_> {
    fn slot_things(&self, slots: &Slots, slot: &str) -> Result<Vec<NamedNode>, Stuck> {
        Ok(self.iris(&self.thing(slots.get(slot).ok_or(Stuck::Unread)?)?))
    }

    /// A sum over the things of two names or of a description.
    pub(super) fn sum(&self, slots: &Slots, by: Predicate) -> Result<SumPlan, Stuck> {
        let over = if slots.contains_key("second") {
            ["name", "second"]
                .iter()
                .map(|slot| self.slot_things(slots, slot).map(Start::Things))
                .collect::<Result<_, _>>()?
        } else {
            vec![Start::Listed(self.list(slots, Tell::All)?)]
        };
        Ok(SumPlan { over, by })
    }

    /// Two things side by side.
    pub(super) fn pair(&self, slots: &Slots, difference: bool) -> Result<PairPlan, Stuck> {
        let things = [self.slot_things(slots, "name")?, self.slot_things(slots, "second")?];
        let asked = normal::key(&self.tagged.surface(slots.get("indicator").ok_or(Stuck::Unread)?));
        let words = |list: &str| self.grammar.words.lists.get(list).map(Vec::as_slice).unwrap_or_default();
        let measure = if words("money").contains(&asked) {
            Measure::Money(MONEY.to_vec())
        } else {
            let side = |slot: &str| -> Result<_, Stuck> {
                let mut own = Slots::new();
                own.insert("name".to_owned(), slots.get(slot).cloned().ok_or(Stuck::Unread)?);
                for slot in ["indicator", "period"] {
                    own.extend(slots.get(slot).map(|text| (slot.to_owned(), text.clone())));
                }
                self.figures(&own)
            };
            Measure::Figures(Box::new([side("name")?, side("second")?]))
        };
        Ok(PairPlan { things, measure, difference, least: slots.contains_key("smaller") })
    }

    /// A chain of properties from a thing or from whatever a description fits.
    pub(super) fn hops(&self, slots: &Slots, hops: &[Hop]) -> Result<HopPlan, Stuck> {
        let (start, but) = match slots.get("thing") {
            Some(slot) => {
                let things = self.iris(&self.thing(slot)?);
                (Start::Things(things.clone()), things)
            }
            None => (Start::Listed(self.list(slots, Tell::All)?), self.named_in(slots)),
        };
        let kind = slots.get("result").and_then(|word| self.grammar.words.kind(word.trim()));
        Ok(HopPlan { start, hops: hops.to_vec(), kind, but })
    }

    /// Every thing that the description names.
    fn named_in(&self, slots: &Slots) -> Vec<NamedNode> {
        let marks = slots.get("what").into_iter().flat_map(|what| what.chars());
        let things = marks.filter_map(|mark| match self.tagged.find(mark) {
            Some(Tag::Name(_, things)) => Some(self.iris(things)),
            _ => None,
        });
        things.flatten().collect::<BTreeSet<_>>().into_iter().collect()
    }

    pub(super) fn path(&self, slots: &Slots) -> Result<PathPlan, Stuck> {
        Ok(PathPlan { from: self.slot_things(slots, "name")?, to: self.slot_things(slots, "second")? })
    }

    /// Everything that is stated of a thing.
    pub(super) fn overview(&self, slots: &Slots) -> Result<Plan, Stuck> {
        let things = self.slot_things(slots, "thing")?;
        let by = Predicate::ALL.to_vec();
        Ok(Plan::Values(ValuePlan { things, by, symmetric: true, wide: true, ..ValuePlan::default() }))
    }
}
