//! Annotated documents → weights.

mod alias;
mod align;
mod figures;
mod lesson;
mod relations;
mod taggers;
mod things;

use rayon::prelude::*;

use crate::draft::{Draft, Models, Page, draft_of_finds, finds, reading};
use crate::extract::NameTaggers;
use crate::learn::neural::Network;
use crate::learn::{ForestOptions, LinearOptions, SequenceOptions};
use crate::lexicon::Lexicon;
use crate::model::Reading;

pub use alias::{annotated_finds, train_alias};
pub use align::{Alignment, NamedThing, Occurrence, align, allowed_labels};
pub use figures::train_figures;
pub use lesson::{Judgement, Key, Lesson};
pub use relations::{Judged, Studied, best_threshold, judged, train_judges};
pub use taggers::{LabelledText, train_taggers};
pub use things::{NamedDraft, Names, train_things};

/// Folds of the documents by which taggers are kept from labelling what they learned from.
pub const FOLDS: usize = 5;

/// How much a candidate among other names than those that reading would find counts: among annotated names, and among
/// those that linear taggers find by themselves.
const OTHER_WEIGHT: f32 = 0.5;

/// Judges of relations have many features for each example, so that they are held back more than others.
const RELATION_OPTIONS: LinearOptions = LinearOptions { epochs: 15, rate: 0.2, penalty: 8e-3, minimum: 2 };

/// So have judges of things.
const THING_OPTIONS: LinearOptions = LinearOptions { epochs: 20, rate: 0.2, penalty: 4e-3, minimum: 2 };

/// Annotated documents to learn from, each in one of [`FOLDS`] folds, and the networks that go with the folds.
#[derive(Debug, Clone, Copy)]
pub struct Course<'a> {
    /// The documents; the first is in fold 0, the next in fold 1, and so on round.
    pub lessons: &'a [&'a Lesson],
    /// For each fold a network that has not seen its documents; none for linear taggers alone.
    pub networks: &'a [&'a Network],
    /// The words known.
    pub lexicon: &'a Lexicon,
}

impl Course<'_> {
    fn fold_of(lesson: usize) -> usize {
        lesson % FOLDS
    }

    fn network(&self, fold: usize) -> Option<&Network> {
        self.networks.get(fold).copied()
    }

    /// Reads every document with models, and a network, that learned from the documents of the other folds.
    pub fn cross_validated(&self) -> Vec<Reading> {
        let mut readings: Vec<Option<Reading>> = vec![None; self.lessons.len()];
        for fold in 0..FOLDS.min(self.lessons.len()) {
            let models = self.train(Some(fold));
            for at in (fold..self.lessons.len()).step_by(FOLDS) {
                readings[at] = Some(self.read_unseen(at, &models));
            }
        }
        readings.into_iter().flatten().collect()
    }

    /// Reads one document with models that have not seen its fold.
    pub fn read_unseen(&self, lesson: usize, models: &Models) -> Reading {
        let page = self.lessons[lesson].page(self.lexicon);
        let finds = finds(&page, &models.names, self.network(Self::fold_of(lesson)));
        let draft = draft_of_finds(&page, models, finds);
        reading(&self.lessons[lesson].gold.id, &self.lessons[lesson].article, &page, &draft)
    }

    /// Trains every model from the documents of all folds but `without`. What is said of names is learned on names that
    /// taggers found in documents they had not seen; relations also on the annotated names and, where there are networks, on
    /// those that linear taggers find without them, so that judges see more ways of being wrong.
    pub fn train(&self, without: Option<usize>) -> Models {
        let kept: Vec<usize> = (0..self.lessons.len()).filter(|at| Some(Self::fold_of(*at)) != without).collect();
        let lessons: Vec<&Lesson> = kept.iter().map(|at| self.lessons[*at]).collect();
        let folds: Vec<usize> = kept.iter().map(|at| Self::fold_of(*at)).collect();
        let pages: Vec<Page<'_>> = lessons.iter().map(|lesson| lesson.page(self.lexicon)).collect();
        let texts: Vec<LabelledText<'_>> = lessons.iter().zip(&pages).map(|(l, p)| labelled(l, p)).collect();
        let with_lead: Vec<_> = texts.iter().zip(&pages).map(|(text, page)| (text, page.lead)).collect();
        let alias = train_alias(&with_lead, LinearOptions::default());
        let mut names: Vec<NameTaggers> = (0..=FOLDS)
            .into_par_iter()
            .map(|fold| {
                let seen = texts.iter().zip(&folds).filter(|(_, other)| **other != fold && Some(fold) != without);
                train_taggers(&seen.map(|(text, _)| text).collect::<Vec<_>>(), SequenceOptions::default())
            })
            .collect();
        let whole = names.remove(FOLDS);
        let empty = Models::of_names(whole, alias);
        let found = |at: usize| {
            let finds = finds(&pages[at], &names[folds[at]], self.network(folds[at]));
            draft_of_finds(&pages[at], &empty, finds)
        };
        let told = |at: usize| draft_of_finds(&pages[at], &empty, annotated_finds(&texts[at]).0);
        let bare = |at: usize| draft_of_finds(&pages[at], &empty, finds(&pages[at], &names[folds[at]], None));
        let all = || (0..lessons.len()).into_par_iter();
        let mut drafts: Vec<Draft> = all().map(found).chain(all().map(told)).collect();
        if !self.networks.is_empty() {
            drafts.par_extend(all().map(bare));
        }
        let annotated = lessons.len()..2 * lessons.len();
        let (things, margins) =
            train_things(&named(&lessons, &pages, &folds, &drafts), FOLDS, THING_OPTIONS, ForestOptions::default());
        for (at, (draft, margins)) in drafts.iter_mut().zip(&margins).enumerate() {
            draft.weigh(margins);
            if !annotated.contains(&at) {
                draft.admit();
            }
        }
        let drafts = named(&lessons, &pages, &folds, &drafts);
        let figures = train_figures(&drafts, FOLDS, OTHER_WEIGHT, LinearOptions::default(), ForestOptions::default());
        let judged: Vec<Judged> = drafts
            .par_iter()
            .map(|it| {
                let judged = judged(it.lesson, it.page, it.draft);
                if it.is_typical() { judged } else { judged.weighted(OTHER_WEIGHT) }
            })
            .collect();
        let documents: Vec<Studied<'_>> = drafts
            .iter()
            .zip(&judged)
            .map(|(it, judged)| Studied {
                page: it.page,
                draft: it.draft,
                judged,
                fold: it.fold,
                typical: it.is_typical(),
            })
            .collect();
        let relations = train_judges(&documents, FOLDS, RELATION_OPTIONS, ForestOptions::default());
        Models { things, relations, figures, ..empty }
    }
}

/// Drafts with their documents: of every lesson, the names as found, then as annotated, then by linear taggers.
fn named<'a>(
    lessons: &[&'a Lesson],
    pages: &'a [Page<'a>],
    folds: &[usize],
    drafts: &'a [Draft],
) -> Vec<NamedDraft<'a>> {
    let one = |(at, draft)| {
        let article = at % lessons.len();
        let names = [Names::Found, Names::Annotated, Names::Linear][at / lessons.len()];
        NamedDraft { lesson: lessons[article], page: &pages[article], draft, fold: folds[article], names }
    };
    drafts.iter().enumerate().map(one).collect()
}

/// A page with the places of the annotated names.
pub fn labelled<'a>(lesson: &Lesson, page: &Page<'a>) -> LabelledText<'a> {
    let things = lesson.things();
    let alignment = align(page.surface.chars, &things);
    LabelledText { surface: page.surface.clone(), sentences: page.sentences.to_vec(), things, alignment }
}
