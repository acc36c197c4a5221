//! Candidates → statements: one learned judge a predicate, then what can hold only once is settled.

use std::collections::BTreeMap;

use super::candidate::{Candidate, End, candidates};
use super::pair::pair_features;
use super::scene::Scene;
use super::status::status_features;
use crate::learn::{FeatureSet, LinearModel, permille};
use crate::model::Predicate;

/// A judge for each predicate.
pub type RelationJudges = BTreeMap<Predicate, LinearModel>;

/// A candidate that was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// What is stated, and where it shows best.
    pub candidate: Candidate,
    /// How sure it is, in thousandths.
    pub confidence: u16,
    /// Score above the judge's threshold, in units of 1/1024 of log-odds.
    pub margin: i32,
}

/// What a judge may know of a candidate.
pub fn candidate_features(scene: &Scene<'_>, candidate: &Candidate) -> FeatureSet {
    match candidate.object {
        End::Status(status) => status_features(scene, status, candidate.subject_item),
        _ => pair_features(scene, candidate.predicate.name(), candidate.subject_item, candidate.object_item),
    }
}

/// The statements of a document, in the order of [`candidates`].
pub fn judge(scene: &Scene<'_>, judges: &RelationJudges) -> Vec<Statement> {
    let mut accepted = Vec::new();
    for candidate in candidates(scene) {
        let Some(model) = judges.get(&candidate.predicate) else { continue };
        let score = model.score(candidate_features(scene, &candidate).hashes());
        if score >= model.threshold() {
            let margin = score - model.threshold();
            accepted.push(Statement { candidate, confidence: permille(score), margin });
        }
    }
    settle(accepted)
}

/// Keeps the best statement where only one can hold: a project has one stage and stands in one group, a sum is one
/// thing's and of one kind.
fn settle(accepted: Vec<Statement>) -> Vec<Statement> {
    let mut best: BTreeMap<(u8, End), i32> = BTreeMap::new();
    for statement in &accepted {
        if let Some(slot) = exclusive(&statement.candidate) {
            let margin = best.entry(slot).or_insert(i32::MIN);
            *margin = (*margin).max(statement.margin);
        }
    }
    let mut taken = std::collections::BTreeSet::new();
    accepted
        .into_iter()
        .filter(|statement| match exclusive(&statement.candidate) {
            Some(slot) => best[&slot] == statement.margin && taken.insert(slot),
            None => true,
        })
        .collect()
}

fn exclusive(candidate: &Candidate) -> Option<(u8, End)> {
    match candidate.predicate {
        Predicate::Status => Some((0, candidate.subject)),
        Predicate::MemberOf => Some((1, candidate.subject)),
        Predicate::TotalInvestment | Predicate::PlannedInvestment | Predicate::CompletedInvestment => {
            Some((2, candidate.object))
        }
        _ => None,
    }
}
