//! Candidates → statements: one learned judge a predicate, then what can hold only once is settled.

use std::collections::BTreeMap;

use super::candidate::{Candidate, End, candidates};
use super::company::company_features;
use super::pair::pair_features;
use super::scene::Scene;
use super::status::{StageVerb, stage_verbs, status_features};
use crate::learn::{FeatureSet, LinearModel, permille};
use crate::model::Predicate;

/// The two judges of one predicate: the first looks at each candidate alone, the second also at what the first thought
/// of the others (stacked learning as in Kou and Cohen 2007).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RelationJudge {
    /// Judges a candidate by itself.
    pub alone: LinearModel,
    /// Judges it in company; its threshold decides.
    pub together: LinearModel,
}

/// A pair of judges for each predicate.
pub type RelationJudges = BTreeMap<Predicate, RelationJudge>;

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

/// What a judge may know of a candidate; `verbs` from [`stage_verbs`].
pub fn candidate_features(scene: &Scene<'_>, verbs: &[StageVerb], candidate: &Candidate) -> FeatureSet {
    match (candidate.object, candidate.subject) {
        (End::Status(status), End::Thing(cluster)) => {
            let finds = &scene.clusters[cluster].finds;
            let mentions: Vec<usize> = finds.iter().map(|find| scene.item_of_find[*find]).collect();
            status_features(scene, verbs, status, &mentions)
        }
        _ => pair_features(scene, candidate.predicate.name(), candidate.subject_item, candidate.object_item),
    }
}

/// The statements of a document, in the order of [`candidates`].
pub fn judge(scene: &Scene<'_>, judges: &RelationJudges) -> Vec<Statement> {
    let verbs = stage_verbs(scene);
    let candidates = candidates(scene);
    let features: Vec<FeatureSet> = candidates.iter().map(|c| candidate_features(scene, &verbs, c)).collect();
    let first: Vec<i32> = candidates
        .iter()
        .zip(&features)
        .map(|(c, f)| judges.get(&c.predicate).map_or(i32::MIN / 2, |j| j.alone.score(f.hashes())))
        .collect();
    let mut accepted = Vec::new();
    for (at, company) in company_features(scene, &candidates, &first).into_iter().enumerate() {
        let candidate = candidates[at].clone();
        let Some(judge) = judges.get(&candidate.predicate) else { continue };
        let score = judge.together.score(features[at].hashes()) + judge.together.score_more(company.hashes());
        if score >= judge.together.threshold() {
            let margin = score - judge.together.threshold();
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
