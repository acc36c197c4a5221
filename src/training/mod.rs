//! Annotated documents → weights.

mod alias;
mod align;
mod lesson;
mod observations;
mod relations;
mod taggers;

use rayon::prelude::*;

use crate::draft::{Draft, Models, Page, draft, draft_of_finds, finds, reading};
use crate::learn::{ForestOptions, LinearOptions, SequenceOptions};
use crate::lexicon::Lexicon;
use crate::model::Reading;

pub use alias::{annotated_finds, train_alias};
pub use align::{Alignment, NamedThing, Occurrence, align, allowed_labels};
pub use lesson::{Judgement, Key, Lesson};
pub use observations::{JudgedFigures, judged_figures, train_figures};
pub use relations::{Judged, Studied, best_threshold, judged, train_judges};
pub use taggers::{LabelledText, train_taggers};

/// Folds of the documents by which taggers are kept from labelling what they learned from.
const FOLDS: usize = 5;

/// How much a candidate among annotated names counts against one among found names.
const ANNOTATED_WEIGHT: f32 = 0.5;

/// Judges of relations have many features for each example, so that they are held back more than others.
const RELATION_OPTIONS: LinearOptions = LinearOptions { epochs: 15, rate: 0.2, penalty: 8e-3, minimum: 2 };

/// Reads every document with models that learned from the documents of the other folds, linear taggers alone: the
/// network that ships has seen them all. Document `n` is in fold `n` modulo `folds`.
pub fn cross_validated(lessons: &[&Lesson], lexicon: &Lexicon, folds: usize) -> Vec<Reading> {
    let mut readings: Vec<Option<Reading>> = vec![None; lessons.len()];
    for fold in 0..folds.min(lessons.len()) {
        let kept = lessons.iter().enumerate().filter(|(at, _)| at % folds != fold);
        let models = train(&kept.map(|(_, lesson)| *lesson).collect::<Vec<_>>(), lexicon);
        for at in (fold..lessons.len()).step_by(folds) {
            let (lesson, page) = (lessons[at], lessons[at].page(lexicon));
            readings[at] = Some(reading(&lesson.gold.id, &lesson.article, &page, &draft(&page, &models)));
        }
    }
    readings.into_iter().flatten().collect()
}

/// Trains every model. Relations are learned on names that taggers found in documents they had not seen, and on the
/// annotated names.
pub fn train(lessons: &[&Lesson], lexicon: &Lexicon) -> Models {
    let (sequence, linear) = (SequenceOptions::default(), LinearOptions::default());
    let pages: Vec<Page<'_>> = lessons.iter().map(|lesson| lesson.page(lexicon)).collect();
    let texts: Vec<LabelledText<'_>> = lessons.iter().zip(&pages).map(|(l, p)| labelled(l, p)).collect();
    let with_lead: Vec<_> = texts.iter().zip(&pages).map(|(text, page)| (text, page.lead)).collect();
    let alias = train_alias(&with_lead, linear);
    let all: Vec<&LabelledText<'_>> = texts.iter().collect();
    let names = (0..=FOLDS).into_par_iter().map(|fold| {
        let kept = all.iter().enumerate().filter(|(at, _)| at % FOLDS != fold).map(|(_, text)| *text);
        train_taggers(&kept.collect::<Vec<_>>(), sequence)
    });
    let mut names: Vec<_> = names.collect();
    let whole = names.remove(FOLDS);
    let empty =
        Models { names: whole, network: None, alias, relations: Default::default(), observation: Default::default() };
    let read = |at: usize| {
        let finds = finds(&pages[at], &names[at % FOLDS], None);
        let draft = draft_of_finds(&pages[at], &empty, finds);
        let judged = judged(lessons[at], &pages[at], &draft);
        let figures = judged_figures(lessons[at], &pages[at], &draft);
        (draft, judged, figures)
    };
    let read: Vec<(Draft, Judged, JudgedFigures)> = (0..lessons.len()).into_par_iter().map(read).collect();
    let told = |at: usize| {
        let draft = draft_of_finds(&pages[at], &empty, annotated_finds(&texts[at]).0);
        let judged = judged(lessons[at], &pages[at], &draft).weighted(ANNOTATED_WEIGHT);
        (draft, judged)
    };
    let told: Vec<(Draft, Judged)> = (0..lessons.len()).into_par_iter().map(told).collect();
    let found = read.iter().map(|(draft, judged, _)| (draft, judged, true));
    let views = found.enumerate().chain(told.iter().map(|(draft, judged)| (draft, judged, false)).enumerate());
    let studied =
        |(article, (draft, judged, typical))| Studied { page: &pages[article], draft, judged, article, typical };
    let documents: Vec<Studied<'_>> = views.map(studied).collect();
    let figures: Vec<JudgedFigures> = read.iter().map(|(.., figures)| figures.clone()).collect();
    let observation = train_figures(&figures, FOLDS, linear);
    Models {
        relations: train_judges(&documents, FOLDS, RELATION_OPTIONS, ForestOptions::default()),
        observation,
        ..empty
    }
}

/// A page with the places of the annotated names.
pub fn labelled<'a>(lesson: &Lesson, page: &Page<'a>) -> LabelledText<'a> {
    let things = lesson.things();
    let alignment = align(page.surface.chars, &things);
    LabelledText { surface: page.surface.clone(), sentences: page.sentences.to_vec(), things, alignment }
}
