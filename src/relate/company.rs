//! Features of a candidate among its rivals and fellows, from what a first judge thought of each.

use std::collections::BTreeMap;

use super::candidate::{Candidate, End};
use super::network::Network;
use super::scene::Scene;
use crate::learn::FeatureSet;
use crate::model::Predicate;

/// For each candidate, how it stands among the others of its predicate. `scores` are the first judge's, in units of
/// 1/1024 of log-odds.
pub fn company_features(scene: &Scene<'_>, candidates: &[Candidate], scores: &[i32]) -> Vec<FeatureSet> {
    let mut of_subject: BTreeMap<(Predicate, End), Vec<usize>> = BTreeMap::new();
    let mut of_object: BTreeMap<(Predicate, End), Vec<usize>> = BTreeMap::new();
    let mut of_predicate: BTreeMap<Predicate, Vec<usize>> = BTreeMap::new();
    for (at, candidate) in candidates.iter().enumerate() {
        of_subject.entry((candidate.predicate, candidate.subject)).or_default().push(at);
        of_object.entry((candidate.predicate, candidate.object)).or_default().push(at);
        of_predicate.entry(candidate.predicate).or_default().push(at);
    }
    let network = Network::new(scene, candidates, scores, &of_subject);
    let features = |(at, candidate): (usize, &Candidate)| {
        let mut set = FeatureSet::new();
        let name = candidate.predicate.name();
        let mut add = |feature: &str, value: String| set.add(&format!("{name}~{feature}"), &value);
        let score = scores[at];
        add("score", level(score));
        let rivals = &of_subject[&(candidate.predicate, candidate.subject)];
        let (rank, gap) = standing(at, rivals, scores);
        add("rank", rank.min(4).to_string());
        add("rank+score", format!("{}{}", rank.min(3), level(score)));
        add("gap", level(gap));
        let suitors = &of_object[&(candidate.predicate, candidate.object)];
        let (rank, gap) = standing(at, suitors, scores);
        add("object rank", rank.min(4).to_string());
        add("object gap", level(gap));
        let alike: Vec<usize> =
            suitors.iter().copied().filter(|other| *other != at && like(scene, candidates, *other, at)).collect();
        add("fellows", mean_level(&alike, scores));
        add("fellows+score", format!("{}{}", mean_level(&alike, scores), level(score)));
        let near: Vec<usize> = alike.iter().copied().filter(|o| near(scene, candidates, *o, at)).collect();
        add("near fellows", mean_level(&near, scores));
        add("near fellows+score", format!("{}{}", mean_level(&near, scores), level(score)));
        let next = neighbour(scene, candidates, &alike, at, true).map_or("none".to_owned(), |o| level(scores[o]));
        let last = neighbour(scene, candidates, &alike, at, false).map_or("none".to_owned(), |o| level(scores[o]));
        add("next fellow", next);
        add("last fellow", last);
        let share = |of: &[usize]| of.iter().filter(|o| scores[**o] > 0).count() * 5 / of.len().max(1);
        add("object share", share(suitors).to_string());
        network.add_features(at, &mut add);
        add(
            "accepted",
            of_predicate[&candidate.predicate].iter().filter(|o| scores[**o] > 0).count().min(9).to_string(),
        );
        set
    };
    candidates.iter().enumerate().map(features).collect()
}

/// Rank of a candidate among others by score, and its lead over the best of the others.
fn standing(at: usize, others: &[usize], scores: &[i32]) -> (usize, i32) {
    let better = others.iter().filter(|o| (scores[**o], std::cmp::Reverse(**o)) > (scores[at], std::cmp::Reverse(at)));
    let best = others.iter().filter(|o| **o != at).map(|o| scores[*o]).max();
    (better.count(), best.map_or(8192, |best| scores[at].saturating_sub(best)))
}

/// A score in half-steps of log-odds from -4 to 4.
pub(super) fn level(score: i32) -> String {
    (score / 700).clamp(-6, 6).to_string()
}

pub(super) fn mean_level(of: &[usize], scores: &[i32]) -> String {
    if of.is_empty() {
        return "none".to_owned();
    }
    level((of.iter().map(|o| i64::from(scores[*o].clamp(-6000, 6000))).sum::<i64>() / of.len() as i64) as i32)
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
