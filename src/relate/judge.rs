//! Candidates → statements: one learned judge a predicate, then what can hold only once is settled.

use std::collections::BTreeMap;

use super::candidate::{Candidate, End, candidates};
use super::company::{Company, company};
use super::ends::{EndFeatures, end_features};
use super::numbers::{candidate_numbers, end_numbers, scene_numbers};
use super::pair::{end_seed, joint_features, kinds_of, pair_features, relation_seed};
use super::scene::Scene;
use super::status::{StageTelling, stage_telling, stage_verbs, status_features};
use crate::learn::{FeatureSet, Forest, LinearModel, permille};
use crate::model::{EntityKind, Predicate};
use crate::resolve::Cluster;

/// The two judges of one predicate: the first looks at each candidate alone and at what words say, the second in whole
/// numbers at where things stand and at what the first thought of the others (stacked learning as in Kou and Cohen 2007).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RelationJudge {
    /// Judges a candidate by itself.
    pub alone: LinearModel,
    /// Judges it in company; its threshold decides.
    pub together: Forest,
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

/// What judges may know of the candidates of one document.
#[derive(Debug)]
pub struct Knowledge<'a> {
    scene: &'a Scene<'a>,
    ends: Vec<EndFeatures>,
    end_numbers: Vec<Vec<i32>>,
    scene_numbers: Vec<i32>,
    /// For each cluster that is a project, what its places tell of its stage.
    stages: Vec<Option<StageTelling>>,
}

impl<'a> Knowledge<'a> {
    /// Gathers what is known of each item and project.
    pub fn new(scene: &'a Scene<'a>) -> Self {
        let verbs = stage_verbs(scene);
        let telling = |cluster: &Cluster| {
            let mentions: Vec<usize> = cluster.finds.iter().map(|find| scene.item_of_find[*find]).collect();
            (cluster.kind == EntityKind::Project).then(|| stage_telling(scene, &verbs, &mentions))
        };
        let stages = scene.clusters.iter().map(telling).collect();
        let end_numbers = scene.items.iter().map(|item| end_numbers(scene, item)).collect();
        Self { scene, ends: end_features(scene), end_numbers, scene_numbers: scene_numbers(scene), stages }
    }

    /// One candidate in whole numbers, in its company.
    pub fn numbers(&self, candidate: &Candidate, company: &Company) -> Vec<i32> {
        let ends = [candidate.subject_item, candidate.object_item].map(|at| self.end_numbers[at].as_slice());
        let stage = match candidate.subject {
            End::Thing(cluster) => self.stages[cluster].as_ref(),
            _ => None,
        };
        candidate_numbers(self.scene, ends, &self.scene_numbers, stage, candidate, company)
    }

    /// Everything known of one candidate.
    pub fn features(&self, candidate: &Candidate) -> FeatureSet {
        match self.stage(candidate) {
            Some(features) => features,
            None => {
                let name = candidate.predicate.name();
                pair_features(self.scene, &self.ends, name, candidate.subject_item, candidate.object_item)
            }
        }
    }

    fn stage(&self, candidate: &Candidate) -> Option<FeatureSet> {
        let (End::Status(status), End::Thing(cluster)) = (candidate.object, candidate.subject) else { return None };
        Some(self.stages[cluster].as_ref().map_or_else(FeatureSet::new, |told| status_features(told, status)))
    }
}

/// Sums of the weights of what one relation's ends are by themselves, each made when first asked for.
struct EndScores<'a> {
    knowledge: &'a Knowledge<'a>,
    judge: &'a LinearModel,
    seed: u64,
    known: BTreeMap<(usize, u64, u64), i32>,
}

impl EndScores<'_> {
    fn score(&mut self, item: usize, end: u64, kinds: u64) -> i32 {
        let (knowledge, judge, seed) = (self.knowledge, self.judge, self.seed);
        *self.known.entry((item, end, kinds)).or_insert_with(|| {
            knowledge.ends[item].hashes(end_seed(seed, end), kinds).map(|hash| judge.weight(hash)).sum()
        })
    }
}

/// The first judge's score of each candidate; very low where there is no judge.
fn first_scores(knowledge: &Knowledge<'_>, judges: &RelationJudges, candidates: &[Candidate]) -> Vec<i32> {
    let mut scores = Vec::with_capacity(candidates.len());
    for row in candidates.chunk_by(|a, b| a.predicate == b.predicate) {
        let Some(judge) = judges.get(&row[0].predicate).map(|judge| &judge.alone) else {
            scores.resize(scores.len() + row.len(), i32::MIN / 2);
            continue;
        };
        let seed = relation_seed(row[0].predicate.name());
        let mut ends = EndScores { knowledge, judge, seed, known: BTreeMap::new() };
        for candidate in row {
            let (s, o) = (candidate.subject_item, candidate.object_item);
            scores.push(match knowledge.stage(candidate) {
                Some(features) => judge.score(features.hashes()),
                None => {
                    let kinds = kinds_of(knowledge.scene, s, o);
                    let ends = ends.score(s, 0, kinds) + ends.score(o, 1, kinds);
                    judge.score(joint_features(knowledge.scene, seed, s, o).hashes()) + ends
                }
            });
        }
    }
    scores
}

/// The statements of a document, in the order of [`candidates`].
pub fn judge(scene: &Scene<'_>, judges: &RelationJudges) -> Vec<Statement> {
    if judges.is_empty() {
        return Vec::new();
    }
    let candidates = candidates(scene);
    let knowledge = Knowledge::new(scene);
    let first = first_scores(&knowledge, judges, &candidates);
    let mut accepted = Vec::new();
    for (candidate, company) in candidates.iter().zip(company(scene, &candidates, &first)) {
        let Some(judge) = judges.get(&candidate.predicate) else { continue };
        let threshold = judge.together.threshold();
        if let Some(score) = judge.together.score_from(threshold, &knowledge.numbers(candidate, &company)) {
            let margin = score - threshold;
            accepted.push(Statement { candidate: candidate.clone(), confidence: permille(score), margin });
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
