//! What of a candidate follows from what a first judge thought of statements one step away: narrower places, the investor
//! of a project, the fellows of a group.

use std::collections::BTreeMap;

use super::candidate::{Candidate, End};
use super::company::{NONE, bounded, mean};
use super::scene::{Scene, Seats};
use crate::model::Predicate;

/// How many numbers statements one step away give.
pub(super) const NETWORK: usize = 10;

/// Candidates by their ends.
pub(super) struct Network<'a> {
    scene: &'a Scene<'a>,
    candidates: &'a [Candidate],
    scores: &'a [i32],
    of_subject: &'a BTreeMap<(Predicate, End), Vec<usize>>,
    score_of: BTreeMap<(Predicate, End, End), i32>,
    /// The likeliest investors of a project, and projects of an investor.
    invests: BTreeMap<End, Vec<(End, i32)>>,
    /// The likeliest group of each project.
    group_of: BTreeMap<End, End>,
    /// Candidates of one predicate and object whose subjects share a group.
    in_group: BTreeMap<(Predicate, End, End), Vec<usize>>,
}

/// The fewest log-odds, in units of 1/1024, with which a statement one step away counts.
const LIKELY: i32 = -1024;
/// How many statements one step away are looked at.
const STEPS: usize = 24;

impl<'a> Network<'a> {
    pub(super) fn new(
        scene: &'a Scene<'a>,
        candidates: &'a [Candidate],
        scores: &'a [i32],
        of_subject: &'a BTreeMap<(Predicate, End), Vec<usize>>,
    ) -> Self {
        let mut network = Self {
            scene,
            candidates,
            scores,
            of_subject,
            score_of: BTreeMap::new(),
            invests: BTreeMap::new(),
            group_of: BTreeMap::new(),
            in_group: BTreeMap::new(),
        };
        let mut best: BTreeMap<End, i32> = BTreeMap::new();
        for (c, score) in candidates.iter().zip(scores) {
            network.score_of.insert((c.predicate, c.subject, c.object), *score);
            if c.predicate == Predicate::Investor && *score > LIKELY {
                network.invests.entry(c.subject).or_default().push((c.object, *score));
                network.invests.entry(c.object).or_default().push((c.subject, *score));
            }
            if c.predicate == Predicate::MemberOf && *score > best.get(&c.subject).copied().unwrap_or(LIKELY) {
                best.insert(c.subject, *score);
                network.group_of.insert(c.subject, c.object);
            }
        }
        for (at, c) in candidates.iter().enumerate() {
            if let Some(group) = network.group_of.get(&c.subject) {
                network.in_group.entry((c.predicate, c.object, *group)).or_default().push(at);
            }
        }
        network
    }

    /// What statements one step away say of a candidate: scores of chains, and [`NONE`] where they say nothing.
    pub(super) fn numbers(&self, at: usize) -> [i32; NETWORK] {
        let c = &self.candidates[at];
        let placed = c.predicate == Predicate::LocatedIn;
        let chained = |score: Option<i32>| score.filter(|_| placed).map_or(NONE, bounded);
        let sum = |other: Predicate| {
            let score = self.score_of.get(&(other, c.subject, c.object)).filter(|_| other != c.predicate);
            score.map_or(NONE, |score| bounded(*score))
        };
        let partners = self.invests.get(&c.subject).map_or(&[][..], Vec::as_slice);
        [
            chained(self.chain(c, |network, z| network.located(z, c.object))),
            chained(self.chain(c, |network, z| network.located(c.object, z))),
            chained(self.chain(c, |network, z| network.seat(z, c.object))),
            chained(self.chain(c, |network, z| network.seat(c.object, z))),
            self.group_fellows(at),
            self.through_investor(c, partners),
            partners.iter().filter(|(_, score)| *score > 0).count() as i32,
            sum(Predicate::TotalInvestment),
            sum(Predicate::PlannedInvestment),
            sum(Predicate::CompletedInvestment),
        ]
    }

    fn group_fellows(&self, at: usize) -> i32 {
        let c = &self.candidates[at];
        let Some(group) = self.group_of.get(&c.subject) else { return NONE };
        let all = &self.in_group[&(c.predicate, c.object, *group)];
        let fellows: Vec<usize> = all.iter().copied().filter(|other| *other != at).take(STEPS).collect();
        mean(&fellows, self.scores)
    }

    fn through_investor(&self, c: &Candidate, partners: &[(End, i32)]) -> i32 {
        let same = partners.iter().take(STEPS).filter_map(|(other, likely)| {
            self.score_of.get(&(c.predicate, *other, c.object)).map(|score| (*score).min(*likely))
        });
        same.max().map_or(NONE, bounded)
    }

    /// The best rival z of a candidate by the lesser of its own score and of the link asked for.
    fn chain(&self, c: &Candidate, link: impl Fn(&Self, End) -> Option<i32>) -> Option<i32> {
        let rivals = self.of_subject[&(c.predicate, c.subject)].iter().take(STEPS * 4);
        let likely = rivals.filter(|o| self.scores[**o] > LIKELY && self.candidates[**o].object != c.object);
        likely.filter_map(|o| link(self, self.candidates[*o].object).map(|score| score.min(self.scores[*o]))).max()
    }

    fn located(&self, inner: End, outer: End) -> Option<i32> {
        self.score_of.get(&(Predicate::LocatedIn, inner, outer)).copied().filter(|score| *score > LIKELY)
    }

    fn seat(&self, inner: End, outer: End) -> Option<i32> {
        let (End::Thing(inner), End::Thing(outer)) = (inner, outer) else { return None };
        (self.scene.seats_agree(inner, outer) == Seats::Within).then_some(i32::MAX)
    }
}
