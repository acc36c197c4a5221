//! Annotated names → the judge of whether two names mean one thing.

use super::taggers::LabelledText;
use crate::extract::{Find, FindKind};
use crate::learn::{LinearExample, LinearModel, LinearOptions, train_linear};
use crate::model::EntityKind;
use crate::resolve::{comparable, name_forms, pair_features};

/// Trains the judge from every pair of names of one kind in one document.
pub fn train_alias(texts: &[(&LabelledText<'_>, usize)], options: LinearOptions) -> LinearModel {
    let examples: Vec<LinearExample> = texts.iter().flat_map(|(text, lead)| alias_examples(text, *lead)).collect();
    train_linear(&examples, options)
}

fn alias_examples(text: &LabelledText<'_>, lead: usize) -> Vec<LinearExample> {
    let (finds, things) = annotated_finds(text);
    let mut examples = Vec::new();
    for kind in EntityKind::ALL {
        let forms = name_forms(kind, &finds, text.surface.chars, lead);
        for (at, (a, a_finds)) in forms.iter().enumerate() {
            for (b, b_finds) in forms.iter().skip(at + 1) {
                if comparable(kind, &a.key, &b.key) {
                    let yes = a_finds.iter().any(|x| b_finds.iter().any(|y| things[*x] == things[*y]));
                    let features = pair_features(kind, a, b).hashes().to_vec();
                    examples.push(LinearExample { features, yes, weight: 1.0 });
                }
            }
        }
    }
    examples
}

/// The annotated places as finds, with the thing of each.
pub fn annotated_finds(text: &LabelledText<'_>) -> (Vec<Find>, Vec<usize>) {
    let mut placed: Vec<_> = text.alignment.outer.iter().chain(&text.alignment.inner).collect();
    placed.sort_by_key(|o| (o.span.start, std::cmp::Reverse(o.span.end)));
    let index_of = |at: usize| placed.iter().position(|o| o.within.is_none() && **o == text.alignment.outer[at]);
    let find = |o: &&super::align::Occurrence| Find {
        span: o.span,
        kind: FindKind::ALL[text.things[o.thing].kind],
        within: o.within.and_then(index_of).map(|at| at as u32),
        confidence: 1000,
        rule: "annotation",
    };
    (placed.iter().map(find).collect(), placed.iter().map(|o| o.thing).collect())
}
