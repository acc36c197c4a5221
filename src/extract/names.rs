//! Names of things: a tagger over each sentence, and a second one inside the names that the first found.

use super::find::{Find, FindKind};
use super::surface::Surface;
use super::tagging::{inner_features, position_features};
use crate::learn::{Emissions, LabelledSpan, SequenceModel, permille, spans_of};
use crate::model::CleanSpan;

/// The two taggers of names.
#[derive(Debug, Clone)]
pub struct NameTaggers {
    /// Labels whole names.
    pub outer: SequenceModel,
    /// Labels names inside names.
    pub inner: SequenceModel,
}

impl NameTaggers {
    /// Names in the sentences, sorted by start, the longer first.
    pub fn find(&self, surface: &Surface<'_>, sentences: &[CleanSpan]) -> Vec<Find> {
        let mut finds = Vec::new();
        for sentence in sentences {
            for outer in self.tag_outer(surface, *sentence) {
                let index = finds.len() as u32;
                let inner = self.tag_inner(surface, &outer, index);
                finds.push(outer);
                finds.extend(inner);
            }
        }
        finds
    }

    fn tag_outer(&self, surface: &Surface<'_>, sentence: CleanSpan) -> Vec<Find> {
        let mut emissions = Emissions::zero(sentence.len(), self.outer.labels().len());
        for (at, position) in sentence.range().enumerate() {
            self.outer.add_features(&position_features(surface, sentence, position), &mut emissions, at);
        }
        finds_of(&self.outer, &emissions, sentence, "tagger/outer")
    }

    fn tag_inner(&self, surface: &Surface<'_>, outer: &Find, index: u32) -> Vec<Find> {
        let span = outer.span;
        let mut emissions = Emissions::zero(span.len(), self.inner.labels().len());
        for (at, position) in span.range().enumerate() {
            self.inner.add_features(&inner_features(surface, outer.kind, span, position), &mut emissions, at);
        }
        let mut finds = finds_of(&self.inner, &emissions, span, "tagger/inner");
        finds.retain(|find| find.span != span);
        finds.iter_mut().for_each(|find| find.within = Some(index));
        finds
    }
}

fn finds_of(model: &SequenceModel, emissions: &Emissions, range: CleanSpan, rule: &'static str) -> Vec<Find> {
    let path = model.viterbi(emissions);
    let spans = spans_of(&path);
    if spans.is_empty() {
        return Vec::new();
    }
    let lattice = model.lattice(emissions);
    let find = |span: &LabelledSpan| Find {
        span: CleanSpan::new(range.start as usize + span.start, range.start as usize + span.end),
        kind: FindKind::ALL[span.kind],
        within: None,
        confidence: permille(model.best_without(&lattice, *span)),
        rule,
    };
    spans.iter().map(find).collect()
}
