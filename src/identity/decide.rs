//! Forms that were compared → things, the surest pairs first; what is against it stays apart.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::compare::{Verdict, compare};
use super::journal::Journal;
use super::profile::Profile;
use super::table::{Sign, Weights};

/// A pair that has something for it and was not joined.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Doubt {
    /// IRIs of the two forms, in order.
    pub pair: (String, String),
    /// The sum of weights.
    pub score: i32,
    /// True when another candidate is as good and excludes it.
    pub rival: bool,
}

/// What follows from a set of forms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decision {
    /// Form → the form whose IRI its thing has.
    pub things: BTreeMap<String, String>,
    /// Thing → the thing of which it is a phase.
    pub parts: BTreeMap<String, String>,
    /// Pairs worth a look.
    pub doubts: BTreeSet<Doubt>,
}

/// Decides which of the forms are one thing. The set must be closed: every form that has something in common with one of
/// it is in it.
pub fn decide(forms: &BTreeMap<String, Profile>, links: &BTreeSet<(String, String)>, journal: &Journal) -> Decision {
    let mut work = Work { forms, journal, group: BTreeMap::new(), members: BTreeMap::new() };
    for iri in forms.keys() {
        work.group.insert(iri, iri);
        work.members.insert(iri, vec![iri]);
    }
    let mut decision = Decision::default();
    let mut edges = Vec::new();
    let mut phases = Vec::new();
    for (a, b) in links {
        let verdict = work.verdict(a, b);
        if verdict.part {
            phases.push((a.as_str(), b.as_str()));
        }
        edges.push((Reverse(verdict.score()), a.as_str(), b.as_str(), verdict.conflict.is_some()));
    }
    edges.sort();
    let weights = Weights::shared();
    for (Reverse(score), a, b, conflict) in &edges {
        if *score < weights.doubtful() || *conflict || work.joined(a, b) {
            continue;
        }
        let rival = work.rival(a, b, *score, &edges);
        if *score >= weights.same() && !rival && !work.excluded(a, b) {
            work.join(a, b);
        } else {
            let pair = ((*a).to_owned(), (*b).to_owned());
            decision.doubts.insert(Doubt { pair, score: *score, rival });
        }
    }
    decision.doubts.retain(|doubt| !work.joined(&doubt.pair.0, &doubt.pair.1));
    for members in work.members.values() {
        let best = members.iter().min_by_key(|iri| rank(&forms[**iri])).copied().unwrap_or_default();
        decision.things.extend(members.iter().map(|iri| ((*iri).to_owned(), best.to_owned())));
    }
    decision.parts = parts(forms, &phases, &decision.things);
    decision
}

/// The fullest name leads: the official one, else the longest, else the first in order.
fn rank(profile: &Profile) -> (bool, Reverse<usize>, &str) {
    (!profile.is_official(), Reverse(profile.name.chars().count()), &profile.iri)
}

/// Phases lead to their whole where there is exactly one.
fn parts(
    forms: &BTreeMap<String, Profile>,
    phases: &[(&str, &str)],
    things: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let mut wholes = BTreeMap::<&str, BTreeSet<&str>>::new();
    for (a, b) in phases {
        let (phase, whole) = if forms[*a].anatomy.phase.is_some() { (a, b) } else { (b, a) };
        wholes.entry(&things[*phase]).or_default().insert(&things[*whole]);
    }
    let single = |(phase, wholes): (&str, BTreeSet<&str>)| {
        let whole = wholes.first().filter(|whole| wholes.len() == 1 && **whole != phase)?;
        Some((phase.to_owned(), (*whole).to_owned()))
    };
    wholes.into_iter().filter_map(single).collect()
}

struct Work<'a> {
    forms: &'a BTreeMap<String, Profile>,
    journal: &'a Journal,
    group: BTreeMap<&'a str, &'a str>,
    members: BTreeMap<&'a str, Vec<&'a str>>,
}

type Edge<'a> = (Reverse<i32>, &'a str, &'a str, bool);

impl<'a> Work<'a> {
    fn verdict(&self, a: &str, b: &str) -> Verdict {
        let mut verdict = compare(&self.forms[a], &self.forms[b]);
        if self.journal.joins(a, b) {
            verdict.signs.insert(0, (Sign::Journal, String::new()));
            verdict.conflict = None;
        } else if self.journal.parts(a, b) {
            verdict.conflict = Some(("您的日志把它们分开", "your journal keeps them apart"));
        }
        verdict
    }

    fn joined(&self, a: &str, b: &str) -> bool {
        self.group.get(a) == self.group.get(b)
    }

    /// True when something excludes that a thing of the one group is one of the other.
    fn excluded(&self, a: &str, b: &str) -> bool {
        let members = |form: &str| self.group.get(form).and_then(|group| self.members.get(group)).into_iter().flatten();
        members(a).any(|x| {
            members(b).any(|y| {
                let verdict = self.verdict(x, y);
                verdict.conflict.is_some() || (verdict.signs.is_empty() && self.apart(x, y))
            })
        }) && !self.journal.joins(a, b)
    }

    /// True for pairs that have nothing in common and are of different places, which the comparison does not tell.
    fn apart(&self, a: &str, b: &str) -> bool {
        super::compare::are_apart(&self.forms[a], &self.forms[b]) || self.journal.parts(a, b)
    }

    /// True when one of the pair has another candidate that is about as good and cannot be the same as this one.
    fn rival(&self, a: &str, b: &str, score: i32, edges: &[Edge<'_>]) -> bool {
        if score >= Weights::shared().of(Sign::Journal) {
            return false;
        }
        let least = score - Weights::shared().margin();
        edges.iter().take_while(|(Reverse(other), ..)| *other > least).any(|(Reverse(_), c, d, conflict)| {
            if *conflict || (*c, *d) == (a, b) {
                return false;
            }
            let against = |mine: &str, other: &str| !self.joined(mine, other) && self.excluded(mine, other);
            (*c == a && against(b, d))
                || (*d == a && against(b, c))
                || (*c == b && against(a, d))
                || (*d == b && against(a, c))
        })
    }

    fn join(&mut self, a: &str, b: &str) {
        let (Some(&a), Some(&b)) = (self.group.get(a), self.group.get(b)) else { return };
        let (into, from) = if a <= b { (a, b) } else { (b, a) };
        let moved = self.members.remove(from).unwrap_or_default();
        for form in &moved {
            self.group.insert(form, into);
        }
        self.members.entry(into).or_default().extend(moved);
    }
}
