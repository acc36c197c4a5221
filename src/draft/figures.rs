//! Figures over a period: proposals by grammar, accepted by learned judges, each with the thing it is about.

use super::{Draft, Page};
use crate::learn::permille;
use crate::model::{CleanSpan, EntityKind};
use crate::relate::observation::{self, Candidate, Input, Proposals};
use crate::relate::{FigureJudges, JudgedFigure, Scene, judge_figures};

/// A figure that was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What is told.
    pub candidate: Candidate,
    /// Index of the cluster it is about.
    pub subject: Option<usize>,
    /// How sure it is, in thousandths.
    pub confidence: u16,
}

/// Every figure that the text may state.
pub fn proposed_figures<'a>(page: &'a Page<'_>, draft: &Draft) -> Proposals<'a> {
    let about = |kind: Option<EntityKind>| {
        use EntityKind::{Enterprise, Organization, Park, Place};
        matches!(kind, Some(Enterprise | Organization | Park | Place))
    };
    let outer = draft.finds.iter().filter(|f| f.within.is_none() && about(f.kind.entity()));
    let names: Vec<CleanSpan> = outer.map(|f| f.span).collect();
    let (chars, sentences) = (page.surface.chars, page.sentences);
    Proposals::of(Input { chars, sentences, published: page.published, names, values: &page.values })
}

/// The figures that the judges accept, each told once. `scene` is the draft laid out.
pub(super) fn figures(page: &Page<'_>, draft: &Draft, scene: &Scene<'_>, judges: &FigureJudges) -> Vec<Figure> {
    let proposals = proposed_figures(page, draft);
    let judged = judge_figures(scene, &proposals, judges);
    observation::merged(page.surface.chars, judged, |figure: &JudgedFigure| &figure.candidate)
        .into_iter()
        .map(|JudgedFigure { candidate, subject, score }| Figure { candidate, subject, confidence: permille(score) })
        .collect()
}
