//! Annotated documents → the judges of relations, with thresholds set by cross-validation over documents.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::lesson::{Judgement, Lesson};
use crate::draft::{Draft, Page};
use crate::learn::{
    Forest, ForestExample, ForestOptions, LinearExample, LinearModel, LinearOptions, train_forest, train_linear,
};
use crate::model::Predicate;
use crate::relate::{Knowledge, RelationJudge, RelationJudges, candidates, company};

/// The judged candidates of one document, with the number of statements of each predicate that were to be found.
#[derive(Debug, Clone, Default)]
pub struct Judged {
    /// Predicate and example of each candidate, in the order of [`candidates`].
    pub rows: Vec<(Predicate, LinearExample)>,
    /// Required statements.
    pub wanted: BTreeMap<Predicate, usize>,
}

impl Judged {
    /// The same examples, each counting `factor` times as much.
    pub fn weighted(mut self, factor: f32) -> Self {
        self.rows.iter_mut().for_each(|(_, example)| example.weight *= factor);
        self
    }
}

/// Judges every candidate of a draft by the document's annotation.
pub fn judged(lesson: &Lesson, page: &Page<'_>, draft: &Draft) -> Judged {
    let key = lesson.key(draft);
    let (sums, groups) = draft.sums_and_groups();
    let scene = draft.scene(page, &sums, &groups);
    let knowledge = Knowledge::new(&scene);
    let example = |candidate: &crate::relate::Candidate| {
        let judgement = key.judge(candidate);
        let features = knowledge.features(candidate).hashes().to_vec();
        let weight = if judgement == Judgement::Either { 0.0 } else { 1.0 };
        (candidate.predicate, LinearExample { features, yes: judgement == Judgement::Yes, weight })
    };
    let rows = candidates(&scene).iter().map(example).collect();
    Judged { rows, wanted: Predicate::ALL.iter().map(|p| (*p, key.required(*p))).collect() }
}

/// A document from which judges of relations learn.
#[derive(Debug)]
pub struct Studied<'a> {
    /// Its page.
    pub page: &'a Page<'a>,
    /// What was found in it.
    pub draft: &'a Draft,
    /// Its judged candidates.
    pub judged: &'a Judged,
    /// The fold it is in: every draft of one article is in the same.
    pub fold: usize,
    /// Whether thresholds are set on it; false for a draft of annotated names.
    pub typical: bool,
}

/// Trains the judges from documents in `folds` folds.
pub fn train_judges(
    documents: &[Studied<'_>],
    folds: usize,
    linear: LinearOptions,
    trees: ForestOptions,
) -> RelationJudges {
    let alone: Vec<(LinearModel, Scores)> = Predicate::ALL
        .par_iter()
        .map(|predicate| {
            let examples: Vec<Vec<LinearExample>> = documents.iter().map(|d| rows(d.judged, *predicate)).collect();
            let scores = scores_by_article(documents, &examples, folds, linear);
            (train_linear(&examples.concat(), linear), scores)
        })
        .collect();
    let scores: Vec<&Scores> = alone.iter().map(|(_, scores)| scores).collect();
    let numbers: Vec<Vec<Vec<i32>>> =
        (0..documents.len()).into_par_iter().map(|at| numbers_of(&documents[at], &scores, at)).collect();
    Predicate::ALL
        .into_par_iter()
        .zip(alone)
        .map(|(predicate, (alone, _))| {
            let together = grown(documents, &numbers, predicate, folds, trees);
            (predicate, RelationJudge { alone, together })
        })
        .collect()
}

/// For each document the scores of its candidates of one predicate, by a judge that did not learn from it.
type Scores = Vec<Vec<i32>>;

fn rows(judged: &Judged, predicate: Predicate) -> Vec<LinearExample> {
    judged.rows.iter().filter(|(p, _)| *p == predicate).map(|(_, example)| example.clone()).collect()
}

/// Scores of every example by a model that learned from no draft of its article.
fn scores_by_article(
    documents: &[Studied<'_>],
    examples: &[Vec<LinearExample>],
    folds: usize,
    options: LinearOptions,
) -> Vec<Vec<i32>> {
    let mut scores = vec![Vec::new(); documents.len()];
    for fold in 0..folds {
        let unseen = |at: &usize| documents[*at].fold == fold;
        let kept = (0..documents.len()).filter(|at| !unseen(at)).flat_map(|at| examples[at].iter().cloned());
        let model = train_linear(&kept.collect::<Vec<_>>(), options);
        for at in (0..documents.len()).filter(unseen) {
            scores[at] = examples[at].iter().map(|e| model.score(&e.features)).collect();
        }
    }
    scores
}

/// Every candidate of document `at` in whole numbers, given the scores of each predicate's candidates.
fn numbers_of(document: &Studied<'_>, scores: &[&Scores], at: usize) -> Vec<Vec<i32>> {
    let (sums, groups) = document.draft.sums_and_groups();
    let scene = document.draft.scene(document.page, &sums, &groups);
    let mut queues: BTreeMap<Predicate, std::slice::Iter<'_, i32>> =
        Predicate::ALL.into_iter().zip(scores).map(|(predicate, scores)| (predicate, scores[at].iter())).collect();
    let candidates = candidates(&scene);
    let next = |c: &crate::relate::Candidate| queues.get_mut(&c.predicate).and_then(|q| q.next()).copied().unwrap_or(0);
    let in_order: Vec<i32> = candidates.iter().map(next).collect();
    let knowledge = Knowledge::new(&scene);
    let company = company(&scene, &candidates, &in_order);
    candidates.iter().zip(&company).map(|(candidate, company)| knowledge.numbers(candidate, company)).collect()
}

/// The forest of a predicate with its threshold.
fn grown(
    documents: &[Studied<'_>],
    numbers: &[Vec<Vec<i32>>],
    predicate: Predicate,
    folds: usize,
    options: ForestOptions,
) -> Forest {
    let example = |((_, example), numbers): (&(Predicate, LinearExample), &Vec<i32>)| ForestExample {
        numbers: numbers.clone(),
        yes: example.yes,
        weight: example.weight,
    };
    let examples_of = |(document, numbers): (&Studied<'_>, &Vec<Vec<i32>>)| -> Vec<ForestExample> {
        document.judged.rows.iter().zip(numbers).filter(|((p, _), _)| *p == predicate).map(example).collect()
    };
    let examples: Vec<Vec<ForestExample>> = documents.iter().zip(numbers).map(examples_of).collect();
    let learn = |keep: &dyn Fn(usize) -> bool| {
        let kept = documents.iter().zip(&examples).filter(|(document, _)| keep(document.fold));
        train_forest(&kept.flat_map(|(_, examples)| examples).collect::<Vec<_>>(), options)
    };
    let unseen: Vec<Forest> = (0..folds).map(|fold| learn(&|other| other != fold)).collect();
    let typical = documents.iter().zip(&examples).filter(|(document, _)| document.typical);
    let judged = typical.flat_map(|(document, examples)| examples.iter().map(|e| (document.fold, e)));
    let scored = judged.filter(|(_, e)| e.weight > 0.0).map(|(fold, e)| (unseen[fold].score(&e.numbers), e.yes));
    let wanted: usize = documents.iter().filter(|d| d.typical).filter_map(|d| d.judged.wanted.get(&predicate)).sum();
    learn(&|_| true).with_threshold(best_threshold(scored.collect(), wanted))
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
