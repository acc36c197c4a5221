//! Forms that were compared → things, the surest pairs first; what is against it stays apart.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

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
/// it is in it, and `links` holds such pairs.
pub fn decide(
    forms: &BTreeMap<String, Arc<Profile>>,
    links: &BTreeSet<(String, String)>,
    journal: &Journal,
) -> Decision {
    let list: Vec<&Profile> = forms.values().map(Arc::as_ref).collect();
    let number = |iri: &String| list.binary_search_by(|form| form.iri.as_str().cmp(iri)).ok();
    let pairs: Vec<(usize, usize)> = links.iter().filter_map(|(a, b)| Some((number(a)?, number(b)?))).collect();
    let decided: Vec<Decision> = components(list.len(), &pairs)
        .into_par_iter()
        .map(|(members, pairs)| Work::new(members.into_iter().map(|at| list[at]).collect(), journal).decide(&pairs))
        .collect();
    let mut decision = Decision::default();
    for one in decided {
        decision.things.extend(one.things);
        decision.parts.extend(one.parts);
        decision.doubts.extend(one.doubts);
    }
    decision
}

/// Members, and pairs of them by place in that list.
type Component = (Vec<usize>, Vec<(usize, usize)>);

/// Numbers that hang together, each list in order, with their pairs by place in that list.
fn components(count: usize, pairs: &[(usize, usize)]) -> Vec<Component> {
    let mut above: Vec<usize> = (0..count).collect();
    for (a, b) in pairs {
        let (a, b) = (root(&mut above, *a), root(&mut above, *b));
        // The least of a component is its root.
        above[a.max(b)] = a.min(b);
    }
    let mut found: Vec<Component> = Vec::new();
    let (mut component, mut place) = (vec![0; count], vec![0; count]);
    for at in 0..count {
        let first = root(&mut above, at);
        if first == at {
            component[at] = found.len();
            found.push(Default::default());
        }
        component[at] = component[first];
        place[at] = found[component[at]].0.len();
        found[component[at]].0.push(at);
    }
    for (a, b) in pairs {
        found[component[*a]].1.push((place[*a], place[*b]));
    }
    found
}

/// The number that stands for all that hang together with one.
fn root(above: &mut [usize], mut at: usize) -> usize {
    while above[at] != at {
        above[at] = above[above[at]];
        at = above[at];
    }
    at
}

/// The fullest name leads: the official one, else the longest, else the first in order.
fn rank(profile: &Profile) -> (bool, Reverse<usize>, &str) {
    (!profile.is_official(), Reverse(profile.name.chars().count()), &profile.iri)
}

/// A pair that links: score, the two forms, and whether something excludes it.
type Edge = (Reverse<i32>, usize, usize, bool);

/// Forms that hang together, by number in order of their IRIs.
struct Work<'a> {
    forms: Vec<&'a Profile>,
    journal: &'a Journal,
    group: Vec<usize>,
    members: Vec<Vec<usize>>,
    /// Pairs that were found to exclude each other or not.
    against: RefCell<HashMap<(usize, usize), bool>>,
}

impl<'a> Work<'a> {
    fn new(forms: Vec<&'a Profile>, journal: &'a Journal) -> Self {
        let group = (0..forms.len()).collect();
        let members = (0..forms.len()).map(|at| vec![at]).collect();
        Self { forms, journal, group, members, against: RefCell::default() }
    }

    fn decide(mut self, pairs: &[(usize, usize)]) -> Decision {
        let mut decision = Decision::default();
        let (mut edges, mut phases) = (Vec::with_capacity(pairs.len()), Vec::new());
        for (a, b) in pairs {
            let verdict = self.verdict(*a, *b);
            if verdict.part {
                phases.push((*a, *b));
            }
            edges.push((Reverse(verdict.score()), *a, *b, verdict.conflict.is_some()));
        }
        edges.sort_unstable();
        let mut of = vec![Vec::new(); self.forms.len()];
        for (at, (_, a, b, conflict)) in edges.iter().enumerate() {
            if !conflict {
                of[*a].push(at);
                of[*b].push(at);
            }
        }
        let weights = Weights::shared();
        let mut doubts = Vec::new();
        for (Reverse(score), a, b, conflict) in &edges {
            if *score < weights.doubtful() || *conflict || self.joined(*a, *b) {
                continue;
            }
            let rival = self.rival(*a, *b, *score, &edges, &of);
            if *score >= weights.same() && !rival && !self.excluded(*a, *b) {
                self.join(*a, *b);
            } else {
                doubts.push((*a, *b, *score, rival));
            }
        }
        for (a, b, score, rival) in doubts.into_iter().filter(|(a, b, ..)| !self.joined(*a, *b)) {
            let pair = (self.forms[a].iri.clone(), self.forms[b].iri.clone());
            decision.doubts.insert(Doubt { pair, score, rival });
        }
        for members in self.members.iter().filter(|members| !members.is_empty()) {
            let best = members.iter().map(|at| self.forms[*at]).min_by_key(|form| rank(form));
            let thing = best.map_or("", |form| form.iri.as_str());
            decision.things.extend(members.iter().map(|at| (self.forms[*at].iri.clone(), thing.to_owned())));
        }
        decision.parts = self.parts(&phases, &decision.things);
        decision
    }

    /// Phases lead to their whole where there is exactly one.
    fn parts(&self, phases: &[(usize, usize)], things: &BTreeMap<String, String>) -> BTreeMap<String, String> {
        let mut wholes = BTreeMap::<&str, BTreeSet<&str>>::new();
        for (a, b) in phases {
            let (phase, whole) = if self.forms[*a].anatomy.phase.is_some() { (a, b) } else { (b, a) };
            let thing = |at: usize| things[&self.forms[at].iri].as_str();
            wholes.entry(thing(*phase)).or_default().insert(thing(*whole));
        }
        let single = |(phase, wholes): (&str, BTreeSet<&str>)| {
            let whole = wholes.first().filter(|whole| wholes.len() == 1 && **whole != phase)?;
            Some((phase.to_owned(), (*whole).to_owned()))
        };
        wholes.into_iter().filter_map(single).collect()
    }

    fn verdict(&self, a: usize, b: usize) -> Verdict {
        let (a, b) = (self.forms[a], self.forms[b]);
        let mut verdict = compare(a, b);
        if self.journal.joins(&a.iri, &b.iri) {
            verdict.signs.insert(0, (Sign::Journal, String::new()));
            verdict.conflict = None;
        } else if self.journal.parts(&a.iri, &b.iri) {
            verdict.conflict = Some(("您的日志把它们分开", "your journal keeps them apart"));
        }
        verdict
    }

    fn joined(&self, a: usize, b: usize) -> bool {
        self.group[a] == self.group[b]
    }

    /// True when something excludes that a thing of the one group is one of the other.
    fn excluded(&self, a: usize, b: usize) -> bool {
        let members = |form: usize| &self.members[self.group[form]];
        members(a).iter().any(|x| members(b).iter().any(|y| self.are_against(*x, *y)))
            && !self.journal.joins(&self.forms[a].iri, &self.forms[b].iri)
    }

    fn are_against(&self, x: usize, y: usize) -> bool {
        let pair = (x.min(y), x.max(y));
        if let Some(known) = self.against.borrow().get(&pair) {
            return *known;
        }
        let verdict = self.verdict(x, y);
        let against = verdict.conflict.is_some() || (verdict.signs.is_empty() && self.apart(x, y));
        self.against.borrow_mut().insert(pair, against);
        against
    }

    /// True for pairs that have nothing in common and are of different places, which the comparison does not tell.
    fn apart(&self, a: usize, b: usize) -> bool {
        let (a, b) = (self.forms[a], self.forms[b]);
        super::compare::are_apart(a, b) || self.journal.parts(&a.iri, &b.iri)
    }

    /// True when one of the pair has another candidate that is about as good and cannot be the same as this one. `of`
    /// holds the edges of each form, the surest first.
    fn rival(&self, a: usize, b: usize, score: i32, edges: &[Edge], of: &[Vec<usize>]) -> bool {
        if score >= Weights::shared().of(Sign::Journal) {
            return false;
        }
        let least = score - Weights::shared().margin();
        let against = |mine: usize, other: usize| !self.joined(mine, other) && self.excluded(mine, other);
        [(a, b), (b, a)].into_iter().any(|(end, mine)| {
            let others = of[end].iter().map(|at| edges[*at]).take_while(|(Reverse(other), ..)| *other > least);
            others.map(|(_, c, d, _)| if c == end { d } else { c }).any(|other| other != mine && against(mine, other))
        })
    }

    fn join(&mut self, a: usize, b: usize) {
        let (into, from) = (self.group[a].min(self.group[b]), self.group[a].max(self.group[b]));
        let moved = std::mem::take(&mut self.members[from]);
        for form in &moved {
            self.group[*form] = into;
        }
        self.members[into].extend(moved);
    }
}
