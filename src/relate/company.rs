//! How a candidate stands among its rivals and fellows, from what a first judge thought of each.

use std::collections::BTreeMap;

use super::candidate::{Candidate, End};
use super::network::{NETWORK, Network};
use super::scene::Scene;
use crate::model::Predicate;

/// How many numbers tell of a candidate's company.
pub const COMPANY: usize = 17 + NETWORK;
/// A candidate's company in numbers.
pub type Company = [i32; COMPANY];
/// The number of what is not there: below every score that counts.
pub(super) const NONE: i32 = -20_000;

/// For each candidate, how it stands among the others of its predicate. `scores` are the first judge's, in units of
/// 1/1024 of log-odds.
pub fn company(scene: &Scene<'_>, candidates: &[Candidate], scores: &[i32]) -> Vec<Company> {
    let mut of_subject: BTreeMap<(Predicate, End), Vec<usize>> = BTreeMap::new();
    let mut of_object: BTreeMap<(Predicate, End), Vec<usize>> = BTreeMap::new();
    let mut of_predicate: BTreeMap<Predicate, Vec<usize>> = BTreeMap::new();
    for (at, candidate) in candidates.iter().enumerate() {
        of_subject.entry((candidate.predicate, candidate.subject)).or_default().push(at);
        of_object.entry((candidate.predicate, candidate.object)).or_default().push(at);
        of_predicate.entry(candidate.predicate).or_default().push(at);
    }
    let accepted: BTreeMap<Predicate, usize> =
        of_predicate.iter().map(|(predicate, all)| (*predicate, likely(all, scores))).collect();
    let network = Network::new(scene, candidates, scores, &of_subject);
    let numbers = |(at, candidate): (usize, &Candidate)| {
        let rivals = &of_subject[&(candidate.predicate, candidate.subject)];
        let suitors = &of_object[&(candidate.predicate, candidate.object)];
        let window = around(suitors, at);
        let alike: Vec<usize> =
            window.iter().copied().filter(|other| *other != at && like(scene, candidates, *other, at)).collect();
        let near: Vec<usize> = alike.iter().copied().filter(|o| near(scene, candidates, *o, at)).collect();
        let beside = |after| neighbour(scene, candidates, &alike, at, after).map_or(NONE, |o| bounded(scores[o]));
        let (rank, lead) = standing(at, rivals, scores);
        let (object_rank, object_lead) = standing(at, suitors, scores);
        let own = [
            bounded(scores[at]),
            rank,
            lead,
            rivals.len() as i32,
            likely(rivals, scores) as i32,
            mean(rivals, scores),
            object_rank,
            object_lead,
            suitors.len() as i32,
            likely(suitors, scores) as i32,
            mean(suitors, scores),
            mean(&alike, scores),
            mean(&near, scores),
            beside(true),
            beside(false),
            accepted[&candidate.predicate] as i32,
            of_predicate[&candidate.predicate].len() as i32,
        ];
        let mut all = [0; COMPANY];
        all[..own.len()].copy_from_slice(&own);
        all[own.len()..].copy_from_slice(&network.numbers(at));
        all
    };
    candidates.iter().enumerate().map(numbers).collect()
}

/// How many fellows on either side are looked at, so that time grows with the number of candidates.
const FELLOWS: usize = 60;

fn around(all: &[usize], at: usize) -> &[usize] {
    let place = all.partition_point(|other| *other < at);
    &all[place.saturating_sub(FELLOWS)..(place + FELLOWS).min(all.len())]
}

fn likely(of: &[usize], scores: &[i32]) -> usize {
    of.iter().filter(|o| scores[**o] > 0).count()
}

/// A score within eight units of log-odds.
pub(super) fn bounded(score: i32) -> i32 {
    score.clamp(-8192, 8192)
}

pub(super) fn mean(of: &[usize], scores: &[i32]) -> i32 {
    if of.is_empty() {
        return NONE;
    }
    (of.iter().map(|o| i64::from(bounded(scores[*o]))).sum::<i64>() / of.len() as i64) as i32
}

/// Rank of a candidate among others by score, 0 first, and its lead over the best of the others.
fn standing(at: usize, others: &[usize], scores: &[i32]) -> (i32, i32) {
    let better = others.iter().filter(|o| (scores[**o], std::cmp::Reverse(**o)) > (scores[at], std::cmp::Reverse(at)));
    let best = others.iter().filter(|o| **o != at).map(|o| scores[*o]).max();
    (better.count() as i32, best.map_or(-NONE, |best| bounded(scores[at]) - bounded(best)))
}

fn like(scene: &Scene<'_>, candidates: &[Candidate], a: usize, b: usize) -> bool {
    match (candidates[a].subject, candidates[b].subject) {
        (End::Thing(a), End::Thing(b)) => scene.clusters[a].kind == scene.clusters[b].kind,
        _ => true,
    }
}

fn near(scene: &Scene<'_>, candidates: &[Candidate], a: usize, b: usize) -> bool {
    let (a, b) = (&scene.items[candidates[a].subject_item], &scene.items[candidates[b].subject_item]);
    a.sentence == b.sentence
}

/// The nearest fellow on one side by the places of the subjects.
fn neighbour(scene: &Scene<'_>, candidates: &[Candidate], fellows: &[usize], at: usize, after: bool) -> Option<usize> {
    let place = |o: usize| scene.items[candidates[o].subject_item].span.start;
    let here = place(at);
    let side = fellows.iter().copied().filter(|o| if after { place(*o) > here } else { place(*o) < here });
    side.min_by_key(|o| (place(*o).abs_diff(here), *o))
}
