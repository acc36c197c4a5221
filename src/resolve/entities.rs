//! Finds → the document's entities: equal names, defined short names, and names that a learned judge takes for one.

use std::collections::BTreeMap;

use super::alias::{NameForm, comparable, name_key, pair_features};
use crate::extract::Find;
use crate::learn::LinearModel;
use crate::model::EntityKind;

/// A thing of the document: indices of the finds that name it, in text order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// What it is.
    pub kind: EntityKind,
    /// Indices of finds.
    pub finds: Vec<usize>,
    /// How sure it is that this is a thing, in units of 1/1024 of log-odds above what is needed.
    pub margin: i32,
}

/// The forms of name of one kind with the finds that use each, in order of first appearance.
pub fn name_forms(kind: EntityKind, finds: &[Find], chars: &[char], lead: usize) -> Vec<(NameForm, Vec<usize>)> {
    let mut forms: Vec<(NameForm, Vec<usize>)> = Vec::new();
    let mut index: BTreeMap<Vec<char>, usize> = BTreeMap::new();
    for (at, find) in finds.iter().enumerate().filter(|(_, f)| f.kind.entity() == Some(kind)) {
        let key = name_key(kind, chars[find.span.range()].iter().copied());
        let slot = *index.entry(key.clone()).or_insert_with(|| {
            forms.push((NameForm { key, count: 0, rank: 0 }, Vec::new()));
            forms.len() - 1
        });
        forms[slot].0.count += 1;
        forms[slot].1.push(at);
    }
    let weight = |(form, members): &(NameForm, Vec<usize>)| {
        let early = members.iter().filter(|at| (finds[**at].span.start as usize) < lead).count();
        form.count + 3 * early.min(2)
    };
    let mut order: Vec<usize> = (0..forms.len()).collect();
    order.sort_by_key(|&at| (std::cmp::Reverse(weight(&forms[at])), at));
    order.iter().enumerate().for_each(|(rank, &at)| forms[at].0.rank = rank);
    forms
}

/// Joins finds that name one thing. `lead` is the number of characters that count as title and lead; `defined` holds
/// pairs of finds that the text itself equates.
pub fn cluster(
    finds: &[Find],
    chars: &[char],
    lead: usize,
    defined: &[(usize, usize)],
    judge: &LinearModel,
) -> Vec<Cluster> {
    let mut clusters = Vec::new();
    for kind in EntityKind::ALL {
        let forms = name_forms(kind, finds, chars, lead);
        let mut parent: Vec<usize> = (0..forms.len()).collect();
        let form_of = |find: usize| forms.iter().position(|(_, members)| members.contains(&find));
        for (a, b) in defined {
            if let (Some(a), Some(b)) = (form_of(*a), form_of(*b)) {
                join(&mut parent, a, b);
            }
        }
        for (_, a, b) in judged_pairs(kind, &forms, judge) {
            join(&mut parent, a, b);
        }
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, (_, finds)) in forms.iter().enumerate() {
            members.entry(root(&parent, at)).or_default().extend(finds);
        }
        clusters.extend(members.into_values().map(|mut finds| {
            finds.sort_unstable();
            Cluster { kind, finds, margin: 0 }
        }));
    }
    clusters.sort_by_key(|c| (c.finds[0], c.kind));
    clusters
}

/// Pairs that the judge accepts; each short form goes to its best longer form only, unless it is one slip away.
fn judged_pairs(kind: EntityKind, forms: &[(NameForm, Vec<usize>)], judge: &LinearModel) -> Vec<(i32, usize, usize)> {
    let mut best: Vec<(i32, usize, usize)> = Vec::new();
    for b in 0..forms.len() {
        let candidates = (0..forms.len()).filter(|&a| {
            let (x, y) = (&forms[a].0, &forms[b].0);
            a != b && (x.key.len(), std::cmp::Reverse(a)) > (y.key.len(), std::cmp::Reverse(b))
        });
        let score = |a: usize| {
            let (x, y) = (&forms[a].0, &forms[b].0);
            comparable(kind, &x.key, &y.key).then(|| (judge.score(pair_features(kind, x, y).hashes()), a, b))
        };
        let accepted = candidates.filter_map(score).filter(|(score, ..)| *score >= judge.threshold());
        best.extend(accepted.max_by_key(|(score, a, _)| (*score, std::cmp::Reverse(*a))));
    }
    best
}

fn root(parent: &[usize], mut at: usize) -> usize {
    while parent[at] != at {
        at = parent[at];
    }
    at
}

fn join(parent: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(parent, a), root(parent, b));
    parent[a.max(b)] = a.min(b);
}
