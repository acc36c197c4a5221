//! Annotated documents → the judge of figures, with its threshold set by cross-validation over documents.

use super::lesson::Lesson;
use super::relations::best_threshold;
use crate::draft::{Draft, Page, proposed_figures};
use crate::evaluate::{Gold, GoldObservation, alike};
use crate::learn::{LinearExample, LinearModel, LinearOptions, train_linear};
use crate::relate::observation::Candidate;

/// Judged candidates of one document, with the number of figures that were to be found.
pub type JudgedFigures = (Vec<LinearExample>, usize);

/// Judges every proposed figure of a draft by the document's annotation.
pub fn judged_figures(lesson: &Lesson, page: &Page<'_>, draft: &Draft) -> JudgedFigures {
    let chars = page.surface.chars;
    let proposed = proposed_figures(page, draft);
    let mut left: Vec<Option<&GoldObservation>> = lesson.gold.observations.iter().map(Some).collect();
    let mut examples: Vec<Option<LinearExample>> = vec![None; proposed.len()];
    for full in [true, false] {
        for (at, candidate) in proposed.iter().enumerate() {
            if examples[at].is_some() {
                continue;
            }
            let matches = |gold: &GoldObservation| is_told(gold, candidate, chars, full);
            if let Some(slot) = left.iter_mut().find(|slot| slot.is_some_and(matches)) {
                let optional = slot.take().is_some_and(|gold| is_optional(&lesson.gold, gold));
                let weight = if optional { 0.0 } else { 1.0 };
                examples[at] =
                    Some(LinearExample { features: candidate.features.hashes().to_vec(), yes: true, weight });
            }
        }
    }
    let told_before =
        |candidate: &Candidate| lesson.gold.observations.iter().any(|g| is_told(g, candidate, chars, true));
    let rest = |(at, example): (usize, Option<LinearExample>)| {
        example.unwrap_or_else(|| LinearExample {
            features: proposed[at].features.hashes().to_vec(),
            yes: false,
            // What repeats a figure already matched is neither right nor wrong: repeats are merged later.
            weight: if told_before(&proposed[at]) { 0.0 } else { 1.0 },
        })
    };
    let wanted = lesson.gold.observations.iter().filter(|gold| !is_optional(&lesson.gold, gold)).count();
    (examples.into_iter().enumerate().map(rest).collect(), wanted)
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

/// Trains the judge from documents, each in the fold given with it.
pub fn train_figures(documents: &[(usize, JudgedFigures)], folds: usize, options: LinearOptions) -> LinearModel {
    let learn = |keep: &dyn Fn(usize) -> bool| {
        let kept =
            documents.iter().filter(|(fold, _)| keep(*fold)).flat_map(|(_, (examples, _))| examples.iter().cloned());
        train_linear(&kept.collect::<Vec<_>>(), options)
    };
    let unseen: Vec<LinearModel> = (0..folds).map(|fold| learn(&|other| other != fold)).collect();
    let judged = documents.iter().flat_map(|(fold, (examples, _))| examples.iter().map(|e| (*fold, e)));
    let scored = judged.filter(|(_, e)| e.weight > 0.0).map(|(fold, e)| (unseen[fold].score(&e.features), e.yes));
    let wanted = documents.iter().map(|(_, (_, wanted))| wanted).sum();
    learn(&|_| true).with_threshold(best_threshold(scored.collect(), wanted))
}
