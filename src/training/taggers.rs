//! Labelled texts → the two taggers of names.

use super::align::{Alignment, NamedThing, allowed_labels};
use crate::extract::{FindKind, NameTaggers, Surface, inner_features, range_features};
use crate::learn::{SequenceExample, SequenceOptions, label_set, train_sequence};
use crate::model::CleanSpan;

/// One text with its annotated names.
#[derive(Debug, Clone)]
pub struct LabelledText<'a> {
    /// Characters, words, classes.
    pub surface: Surface<'a>,
    /// Sentences in order.
    pub sentences: Vec<CleanSpan>,
    /// What is to be found.
    pub things: Vec<NamedThing>,
    /// Where it stands.
    pub alignment: Alignment,
}

/// Trains both taggers.
pub fn train_taggers(texts: &[&LabelledText<'_>], options: SequenceOptions) -> NameTaggers {
    let names: Vec<&str> = FindKind::ALL.iter().map(|kind| kind.name()).collect();
    let outer: Vec<SequenceExample> = texts.iter().flat_map(|text| outer_examples(text)).collect();
    let inner: Vec<SequenceExample> = texts.iter().flat_map(|text| inner_examples(text)).collect();
    NameTaggers {
        outer: train_sequence(label_set(&names), &outer, options),
        inner: train_sequence(label_set(&names), &inner, options),
    }
}

fn outer_examples(text: &LabelledText<'_>) -> Vec<SequenceExample> {
    let example = |sentence: &CleanSpan| SequenceExample {
        features: range_features(&text.surface, *sentence),
        allowed: allowed_labels(*sentence, &text.alignment.outer, &text.things),
    };
    text.sentences.iter().map(example).collect()
}

fn inner_examples(text: &LabelledText<'_>) -> Vec<SequenceExample> {
    let mut examples = Vec::new();
    for (index, outer) in text.alignment.outer.iter().enumerate() {
        let kind = FindKind::ALL[text.things[outer.thing].kind];
        let inner: Vec<_> = text.alignment.inner.iter().filter(|o| o.within == Some(index)).copied().collect();
        let of = |at: usize| {
            let mut out = Vec::new();
            inner_features(&text.surface, kind, outer.span, at, &mut out);
            out
        };
        let features = outer.span.range().map(of).collect();
        examples.push(SequenceExample { features, allowed: allowed_labels(outer.span, &inner, &text.things) });
    }
    examples
}
