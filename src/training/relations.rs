//! Annotated documents → the judges of relations, with thresholds set by cross-validation over documents.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::lesson::{Judgement, Lesson};
use crate::draft::{Draft, Page};
use crate::learn::{LinearExample, LinearModel, LinearOptions, train_linear};
use crate::model::Predicate;
use crate::relate::{RelationJudges, candidate_features, candidates};

/// Judged candidates of one document by predicate, with the number of statements that were to be found.
pub type Judged = BTreeMap<Predicate, (Vec<LinearExample>, usize)>;

/// Judges every candidate of a draft by the document's annotation.
pub fn judged(lesson: &Lesson, page: &Page<'_>, draft: &Draft) -> Judged {
    let key = lesson.key(draft);
    let (sums, groups) = draft.sums_and_groups();
    let scene = draft.scene(page, &sums, &groups);
    let mut out: Judged = Predicate::ALL.iter().map(|p| (*p, (Vec::new(), key.required(*p)))).collect();
    for candidate in candidates(&scene) {
        let judgement = key.judge(&candidate);
        if judgement == Judgement::Either {
            continue;
        }
        let features = candidate_features(&scene, &candidate).hashes().to_vec();
        if let Some((examples, _)) = out.get_mut(&candidate.predicate) {
            examples.push(LinearExample { features, yes: judgement == Judgement::Yes, weight: 1.0 });
        }
    }
    out
}

/// Trains one judge a predicate from documents in `folds` folds.
pub fn train_judges(documents: &[Judged], folds: usize, options: LinearOptions) -> RelationJudges {
    Predicate::ALL
        .par_iter()
        .map(|predicate| {
            let rows: Vec<&(Vec<LinearExample>, usize)> = documents.iter().filter_map(|d| d.get(predicate)).collect();
            (*predicate, train_judge(&rows, folds, options))
        })
        .collect()
}

fn train_judge(documents: &[&(Vec<LinearExample>, usize)], folds: usize, options: LinearOptions) -> LinearModel {
    let gather = |keep: &dyn Fn(usize) -> bool| -> Vec<LinearExample> {
        let kept = documents.iter().enumerate().filter(|(at, _)| keep(*at));
        kept.flat_map(|(_, (examples, _))| examples.iter().cloned()).collect()
    };
    let mut scored: Vec<(i32, bool)> = Vec::new();
    for fold in 0..folds {
        let model = train_linear(&gather(&|at| at % folds != fold), options);
        scored.extend(gather(&|at| at % folds == fold).iter().map(|e| (model.score(&e.features), e.yes)));
    }
    let wanted: usize = documents.iter().map(|(_, required)| required).sum();
    train_linear(&gather(&|_| true), options).with_threshold(best_threshold(scored, wanted))
}

/// The score from which on accepting gives the best F1, when `wanted` were to be found.
pub fn best_threshold(mut scored: Vec<(i32, bool)>, wanted: usize) -> i32 {
    scored.sort_unstable_by_key(|(score, _)| std::cmp::Reverse(*score));
    let (mut hits, mut best, mut threshold) = (0usize, 0u64, 0);
    for (taken, (score, yes)) in scored.iter().enumerate() {
        hits += usize::from(*yes);
        // F1 = 2·hits / (taken + wanted), compared in millionths.
        let f1 = 2_000_000 * hits as u64 / (taken + 1 + wanted).max(1) as u64;
        if f1 > best {
            (best, threshold) = (f1, *score);
        }
    }
    threshold
}
