//! Annotated documents → the judges of which things are things, with thresholds set by cross-validation over documents.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::lesson::{Judgement, Lesson};
use super::relations::best_threshold;
use crate::draft::{Draft, Page};
use crate::learn::{
    Forest, ForestExample, ForestOptions, LinearExample, LinearModel, LinearOptions, train_forest, train_linear,
};
use crate::model::EntityKind;
use crate::relate::{ThingJudge, ThingJudges, Things};

/// Whose names a draft has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// Those that reading would find: by taggers and a network that have not seen the document.
    Found,
    /// The annotated ones.
    Annotated,
    /// Those that linear taggers find without a network.
    Linear,
}

/// A draft whose things are judged by the document's annotation.
#[derive(Debug)]
pub struct NamedDraft<'a> {
    /// The annotated document.
    pub lesson: &'a Lesson,
    /// Its page.
    pub page: &'a Page<'a>,
    /// What was found in it.
    pub draft: &'a Draft,
    /// The fold it is in.
    pub fold: usize,
    /// Whose names it has; judges of things learn from those found.
    pub names: Names,
}

impl NamedDraft<'_> {
    /// Whether it is like what reading would make, so that thresholds may be set on it.
    pub fn is_typical(&self) -> bool {
        self.names == Names::Found
    }
}

/// One example a cluster of a draft: its kind and what the first judge hears.
type Rows = Vec<(EntityKind, LinearExample)>;

/// Trains the judges in `folds` folds. Beside them the margin of every cluster of every draft, by judges that did not
/// learn from the draft's document.
pub fn train_things(
    drafts: &[NamedDraft<'_>],
    folds: usize,
    linear: LinearOptions,
    trees: ForestOptions,
) -> (ThingJudges, Vec<Vec<i32>>) {
    let rows: Vec<Rows> = drafts.par_iter().map(rows).collect();
    let words: Vec<(EntityKind, LinearModel, Vec<LinearModel>)> =
        EntityKind::ALL.par_iter().map(|kind| train_words(drafts, &rows, *kind, folds, linear)).collect();
    let numbers: Vec<Vec<Vec<i32>>> =
        (0..drafts.len()).into_par_iter().map(|at| numbers_of(&drafts[at], &rows[at], &words)).collect();
    let grown: Vec<(EntityKind, Forest, Vec<Forest>)> =
        EntityKind::ALL.par_iter().map(|kind| grow(drafts, &rows, &numbers, *kind, folds, trees)).collect();
    let margins = |at: usize| -> Vec<i32> {
        let fold = drafts[at].fold;
        let margin = |(kind, numbers): (EntityKind, &Vec<i32>)| {
            let (_, whole, unseen) = grown.iter().find(|(k, ..)| *k == kind).expect("every kind has a judge");
            unseen[fold].score(numbers) - whole.threshold()
        };
        rows[at].iter().map(|(kind, _)| *kind).zip(&numbers[at]).map(margin).collect()
    };
    let margins = (0..drafts.len()).map(margins).collect();
    let judges: BTreeMap<_, _> = words
        .into_iter()
        .zip(grown)
        .map(|((kind, words, _), (_, standing, _))| (kind, ThingJudge { words, standing }))
        .collect();
    (judges, margins)
}

fn rows(named: &NamedDraft<'_>) -> Rows {
    let (sums, groups) = named.draft.sums_and_groups();
    let scene = named.draft.scene(named.page, &sums, &groups);
    let things = Things::new(&scene);
    let example = |(at, cluster): (usize, &crate::resolve::Cluster)| {
        let judgement = named.lesson.judge_thing(cluster, &named.draft.finds);
        let weight = if judgement == Judgement::Either || !named.is_typical() { 0.0 } else { 1.0 };
        let features = things.word_features(at).hashes().to_vec();
        (cluster.kind, LinearExample { features, yes: judgement == Judgement::Yes, weight })
    };
    named.draft.clusters.iter().enumerate().map(example).collect()
}

/// The first judge of a kind: of all drafts, and for each fold of those outside it.
fn train_words(
    drafts: &[NamedDraft<'_>],
    rows: &[Rows],
    kind: EntityKind,
    folds: usize,
    options: LinearOptions,
) -> (EntityKind, LinearModel, Vec<LinearModel>) {
    let learn = |keep: &dyn Fn(usize) -> bool| {
        // Annotated names only tell which features are common enough to count.
        let hears = |draft: &NamedDraft<'_>| keep(draft.fold) && draft.names != Names::Linear;
        let kept = drafts.iter().zip(rows).filter(|(draft, _)| hears(draft)).flat_map(|(_, rows)| rows);
        let examples: Vec<LinearExample> = kept.filter(|(k, _)| *k == kind).map(|(_, e)| e.clone()).collect();
        train_linear(&examples, options)
    };
    (kind, learn(&|_| true), (0..folds).map(|fold| learn(&|other| other != fold)).collect())
}

fn numbers_of(
    named: &NamedDraft<'_>,
    rows: &Rows,
    words: &[(EntityKind, LinearModel, Vec<LinearModel>)],
) -> Vec<Vec<i32>> {
    let (sums, groups) = named.draft.sums_and_groups();
    let scene = named.draft.scene(named.page, &sums, &groups);
    let score = |(kind, example): &(EntityKind, LinearExample)| {
        let judge = words.iter().find(|(k, ..)| k == kind);
        judge.map_or(0, |(.., unseen)| unseen[named.fold].score(&example.features))
    };
    let scores: Vec<i32> = rows.iter().map(score).collect();
    let things = Things::new(&scene);
    (0..rows.len()).map(|at| things.numbers(at, &scores)).collect()
}

/// The second judge of a kind with its threshold, and for each fold the judge that did not learn from it.
fn grow(
    drafts: &[NamedDraft<'_>],
    rows: &[Rows],
    numbers: &[Vec<Vec<i32>>],
    kind: EntityKind,
    folds: usize,
    options: ForestOptions,
) -> (EntityKind, Forest, Vec<Forest>) {
    let example = |((_, example), numbers): (&(EntityKind, LinearExample), &Vec<i32>)| ForestExample {
        numbers: numbers.clone(),
        yes: example.yes,
        weight: example.weight,
    };
    let of_kind = |at: usize| rows[at].iter().zip(&numbers[at]).filter(|((k, _), _)| *k == kind).map(example);
    let examples: Vec<Vec<ForestExample>> = (0..drafts.len()).map(|at| of_kind(at).collect()).collect();
    let learn = |keep: &dyn Fn(usize) -> bool| {
        let kept = drafts.iter().zip(&examples).filter(|(draft, _)| keep(draft.fold));
        train_forest(&kept.flat_map(|(_, examples)| examples).collect::<Vec<_>>(), options)
    };
    let unseen: Vec<Forest> = (0..folds).map(|fold| learn(&|other| other != fold)).collect();
    let judged = drafts.iter().zip(&examples).filter(|(draft, _)| draft.is_typical());
    let judged = judged.flat_map(|(draft, examples)| examples.iter().map(|e| (draft.fold, e)));
    let scored = judged.filter(|(_, e)| e.weight > 0.0).map(|(fold, e)| (unseen[fold].score(&e.numbers), e.yes));
    let wanted = drafts.iter().filter(|draft| draft.is_typical()).map(|draft| draft.lesson.required_things(kind)).sum();
    let threshold = best_threshold(scored.collect(), wanted);
    (kind, learn(&|_| true).with_threshold(threshold), unseen)
}
