//! Annotated documents → the judges of figures, of what they are about and of their time; the threshold is set by
//! cross-validation over documents.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::lesson::Lesson;
use super::relations::best_threshold;
use super::things::NamedDraft;
use crate::draft::proposed_figures;
use crate::evaluate::{Gold, GoldObservation, alike};
use crate::learn::{
    Forest, ForestExample, ForestOptions, LinearExample, LinearModel, LinearOptions, train_forest, train_linear,
};
use crate::relate::observation::{Candidate, Proposals};
use crate::relate::{FigureJudges, Standing, subject_options};

/// How much a figure without a time counts in the choice of times: nobody minds a time that the annotation leaves open.
const TIMELESS_WEIGHT: f32 = 0.3;

/// What one document teaches.
struct Studied {
    fold: usize,
    /// Whether thresholds are set on it.
    typical: bool,
    words: Vec<LinearExample>,
    /// Required figures.
    wanted: usize,
    subjects: Vec<ForestExample>,
    times: Vec<ForestExample>,
}

/// Trains the judges in `folds` folds; `annotated` is how much drafts of annotated names count.
pub fn train_figures(
    drafts: &[NamedDraft<'_>],
    folds: usize,
    annotated: f32,
    linear: LinearOptions,
    trees: ForestOptions,
) -> FigureJudges {
    let documents: Vec<Studied> = drafts.par_iter().map(|draft| studied(draft, annotated)).collect();
    let learn = |keep: &dyn Fn(usize) -> bool| {
        let kept = documents.iter().filter(|d| d.typical && keep(d.fold)).flat_map(|d| d.words.iter().cloned());
        train_linear(&kept.collect::<Vec<_>>(), linear)
    };
    let unseen: Vec<LinearModel> = (0..folds).into_par_iter().map(|fold| learn(&|other| other != fold)).collect();
    let rows: Vec<Vec<ForestExample>> = (0..drafts.len())
        .into_par_iter()
        .map(|at| if drafts[at].is_typical() { standing(&drafts[at], &documents[at], &unseen) } else { Vec::new() })
        .collect();
    let choice = |examples: &dyn Fn(&Studied) -> &[ForestExample]| {
        train_forest(&documents.iter().flat_map(examples).collect::<Vec<_>>(), trees)
    };
    FigureJudges {
        words: learn(&|_| true),
        standing: grown(&documents, &rows, folds, trees),
        subject: choice(&|document| &document.subjects),
        time: choice(&|document| &document.times),
    }
}

/// The second judge with its threshold.
fn grown(documents: &[Studied], rows: &[Vec<ForestExample>], folds: usize, trees: ForestOptions) -> Forest {
    let learn = |keep: &(dyn Fn(usize) -> bool + Sync)| {
        let kept = documents.iter().zip(rows).filter(|(document, _)| keep(document.fold));
        train_forest(&kept.flat_map(|(_, rows)| rows).collect::<Vec<_>>(), trees)
    };
    let unseen: Vec<Forest> = (0..folds).into_par_iter().map(|fold| learn(&|other| other != fold)).collect();
    let judged = documents.iter().zip(rows).flat_map(|(d, rows)| rows.iter().map(|e| (d.fold, e)));
    let scored = judged.filter(|(_, e)| e.weight > 0.0).map(|(fold, e)| (unseen[fold].score(&e.numbers), e.yes));
    let wanted = documents.iter().filter(|d| d.typical).map(|d| d.wanted).sum();
    learn(&|_| true).with_threshold(best_threshold(scored.collect(), wanted))
}

fn standing(draft: &NamedDraft<'_>, document: &Studied, unseen: &[LinearModel]) -> Vec<ForestExample> {
    let proposals = proposed_figures(draft.page, draft.draft);
    let (sums, groups) = draft.draft.sums_and_groups();
    let scene = draft.draft.scene(draft.page, &sums, &groups);
    let scores: Vec<i32> = document.words.iter().map(|e| unseen[document.fold].score(&e.features)).collect();
    let standing = Standing::new(&scene, &proposals, &scores);
    let example = |(at, words): (usize, &LinearExample)| ForestExample {
        numbers: standing.numbers(at),
        yes: words.yes,
        weight: words.weight,
    };
    document.words.iter().enumerate().map(example).collect()
}

/// Judges every proposed figure of a draft by the document's annotation, and every choice that those told leave open.
fn studied(draft: &NamedDraft<'_>, annotated: f32) -> Studied {
    let (lesson, weight) = (draft.lesson, if draft.is_typical() { 1.0 } else { annotated });
    let proposals = proposed_figures(draft.page, draft.draft);
    let told = told(lesson, &proposals, draft.page.surface.chars);
    let (sums, groups) = draft.draft.sums_and_groups();
    let scene = draft.draft.scene(draft.page, &sums, &groups);
    let key = lesson.key(draft.draft);
    let (mut subjects, mut times) = (Vec::new(), Vec::new());
    for (candidate, gold) in proposals.candidates.iter().zip(&told) {
        let Some(gold) = gold.filter(|gold| !is_optional(&lesson.gold, gold)) else { continue };
        let options = subject_options(&scene, candidate);
        let is_meant = |cluster: usize| key.names_cluster(cluster, &gold.subject);
        if options.iter().any(|option| is_meant(option.cluster)) {
            subjects.extend(options.into_iter().map(|option| {
                let yes = is_meant(option.cluster);
                ForestExample { numbers: option.numbers, yes, weight }
            }));
        }
        let weight = if gold.period.is_some() { weight } else { weight * TIMELESS_WEIGHT };
        times.extend(proposals.times(candidate).into_iter().map(|option| {
            let yes = option.period.map(|period| period.to_string()) == gold.period;
            ForestExample { numbers: option.numbers, yes, weight }
        }));
    }
    let wanted = lesson.gold.observations.iter().filter(|gold| !is_optional(&lesson.gold, gold)).count();
    let words = words(lesson, &proposals, &told, draft.page.surface.chars);
    Studied { fold: draft.fold, typical: draft.is_typical(), words, wanted, subjects, times }
}

/// For each candidate the annotated figure that it tells; each of these goes with one candidate.
fn told<'a>(lesson: &'a Lesson, proposals: &Proposals<'_>, chars: &[char]) -> Vec<Option<&'a GoldObservation>> {
    let mut left: BTreeSet<usize> = (0..lesson.gold.observations.len()).collect();
    let mut told: Vec<Option<&GoldObservation>> = vec![None; proposals.candidates.len()];
    for full in [true, false] {
        for (slot, candidate) in told.iter_mut().zip(&proposals.candidates).filter(|(slot, _)| slot.is_none()) {
            let tells = |at: &&usize| is_told(&lesson.gold.observations[**at], candidate, chars, full);
            if let Some(at) = left.iter().find(tells).copied() {
                left.remove(&at);
                *slot = Some(&lesson.gold.observations[at]);
            }
        }
    }
    told
}

fn words(
    lesson: &Lesson,
    proposals: &Proposals<'_>,
    told: &[Option<&GoldObservation>],
    chars: &[char],
) -> Vec<LinearExample> {
    let told_before =
        |candidate: &Candidate| lesson.gold.observations.iter().any(|g| is_told(g, candidate, chars, true));
    let example = |(candidate, told): (&Candidate, &Option<&GoldObservation>)| LinearExample {
        features: candidate.features.hashes().to_vec(),
        yes: told.is_some(),
        // What repeats a figure already matched is neither right nor wrong: repeats are merged later.
        weight: match told {
            Some(gold) if is_optional(&lesson.gold, gold) => 0.0,
            None if told_before(candidate) => 0.0,
            _ => 1.0,
        },
    };
    proposals.candidates.iter().zip(told).map(example).collect()
}

fn is_optional(gold: &Gold, observation: &GoldObservation) -> bool {
    observation.optional || gold.is_optional(&observation.subject)
}

fn is_told(gold: &GoldObservation, candidate: &Candidate, chars: &[char], full: bool) -> bool {
    let same = match gold.value {
        Some(value) => candidate.value == Some(value) && gold.unit == candidate.unit_name(chars),
        None => gold.growth_pct.is_some() && gold.growth_pct == candidate.growth,
    };
    let period = || candidate.period.map(|period| period.to_string());
    same && alike(&gold.indicator, &candidate.phrase(chars))
        && (!full || gold.period.is_none() || gold.period == period())
}
