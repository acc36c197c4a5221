//! Figures over a period: proposals by grammar, accepted by a learned judge, each with the thing it is about.

use std::collections::BTreeMap;

use super::{Draft, Page};
use crate::learn::{LinearModel, permille};
use crate::model::{CleanSpan, EntityKind};
use crate::relate::observation::{self, Candidate, Input, Shape};

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
pub fn proposed_figures(page: &Page<'_>, draft: &Draft) -> Vec<Candidate> {
    let about = |kind: Option<EntityKind>| {
        use EntityKind::{Enterprise, Organization, Park, Place};
        matches!(kind, Some(Enterprise | Organization | Park | Place))
    };
    let outer = draft.finds.iter().filter(|f| f.within.is_none() && about(f.kind.entity()));
    let names: Vec<CleanSpan> = outer.map(|f| f.span).collect();
    observation::candidates(&Input {
        chars: page.surface.chars,
        sentences: page.sentences,
        published: page.published,
        names: &names,
    })
}

/// The figures that the judge accepts, each told once.
pub(super) fn figures(page: &Page<'_>, draft: &Draft, judge: &LinearModel) -> Vec<Figure> {
    let score = |candidate: &Candidate| judge.score(candidate.features.hashes());
    let scored = proposed_figures(page, draft).into_iter().map(|candidate| (score(&candidate), candidate));
    let accepted: Vec<(i32, Candidate)> = scored.filter(|(score, _)| *score >= judge.threshold()).collect();
    let mut best: BTreeMap<CleanSpan, i32> = BTreeMap::new();
    for (score, candidate) in accepted.iter().filter(|(_, c)| c.shape != Shape::Growth) {
        let slot = best.entry(candidate.anchor).or_insert(*score);
        *slot = (*slot).max(*score);
    }
    // One number tells one figure; growth may be told of several phrases at once.
    let keeps = |(score, c): &(i32, Candidate)| c.shape == Shape::Growth || best.get(&c.anchor) == Some(score);
    let proposed: Vec<Candidate> = accepted.into_iter().filter(keeps).map(|(_, candidate)| candidate).collect();
    let (sums, groups) = draft.sums_and_groups();
    let main = draft.scene(page, &sums, &groups).main;
    observation::merged(page.surface.chars, proposed)
        .into_iter()
        .map(|candidate| {
            let subject = candidate.subject.and_then(|span| cluster_at(draft, span)).or(main);
            let confidence = permille(score(&candidate));
            Figure { candidate, subject, confidence }
        })
        .collect()
}

fn cluster_at(draft: &Draft, span: CleanSpan) -> Option<usize> {
    let find = draft.finds.iter().position(|f| f.within.is_none() && f.span.overlaps(span))?;
    draft.clusters.iter().position(|cluster| cluster.finds.contains(&find))
}
