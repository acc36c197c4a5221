//! Document-level annotations → labelled stretches of the clean text.

use crate::model::CleanSpan;

/// A thing to be found, under all its names; the names are clean text without white space.
#[derive(Debug, Clone)]
pub struct NamedThing {
    /// Index of the label kind.
    pub kind: usize,
    /// True where an annotator may as well leave it out.
    pub optional: bool,
    /// Every form of its name.
    pub names: Vec<Vec<char>>,
}

/// One place where a thing is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    /// Where.
    pub span: CleanSpan,
    /// Index of the thing.
    pub thing: usize,
    /// Index, in the list of outer occurrences, of the name it is nested in.
    pub within: Option<usize>,
}

/// The places where things are named: outer ones without overlaps, then those nested in them.
#[derive(Debug, Clone, Default)]
pub struct Alignment {
    /// Names that stand in no longer one, in text order.
    pub outer: Vec<Occurrence>,
    /// Names inside an outer one, in text order.
    pub inner: Vec<Occurrence>,
}

/// Finds every name; where two overlap, the longer wins and the shorter is kept only if it lies wholly inside.
pub fn align(chars: &[char], things: &[NamedThing]) -> Alignment {
    let mut found = all_occurrences(chars, things);
    found.sort_by_key(|o| (std::cmp::Reverse(o.span.len()), things[o.thing].optional, o.span.start, o.thing));
    let mut outer: Vec<Occurrence> = Vec::new();
    let mut inner: Vec<(CleanSpan, Occurrence)> = Vec::new();
    for occurrence in found {
        match outer.iter().find(|o| o.span.overlaps(occurrence.span)).map(|o| o.span) {
            None => outer.push(occurrence),
            Some(around) if around.contains(occurrence.span) && around != occurrence.span => {
                if !inner.iter().any(|(_, o)| o.span.overlaps(occurrence.span)) {
                    inner.push((around, occurrence));
                }
            }
            Some(_) => {}
        }
    }
    outer.sort_by_key(|o| o.span);
    let mut inner: Vec<Occurrence> = inner
        .into_iter()
        .map(|(around, o)| Occurrence { within: outer.iter().position(|x| x.span == around), ..o })
        .collect();
    inner.sort_by_key(|o| o.span);
    Alignment { outer, inner }
}

fn all_occurrences(chars: &[char], things: &[NamedThing]) -> Vec<Occurrence> {
    let solid: Vec<usize> = (0..chars.len()).filter(|&i| !chars[i].is_whitespace()).collect();
    let squeezed: Vec<char> = solid.iter().map(|&i| chars[i].to_ascii_lowercase()).collect();
    let mut found = Vec::new();
    for (thing, named) in things.iter().enumerate() {
        for name in named.names.iter().filter(|name| !name.is_empty()) {
            let name: Vec<char> = name.iter().map(|c| c.to_ascii_lowercase()).collect();
            for start in 0..(squeezed.len() + 1).saturating_sub(name.len()) {
                if squeezed[start..start + name.len()] == name[..] {
                    let span = CleanSpan::new(solid[start], solid[start + name.len() - 1] + 1);
                    found.push(Occurrence { span, thing, within: None });
                }
            }
        }
    }
    found
}

/// Label sets (bit y for label y) of a range for occurrences of one layer: `O` is 0, `B` 1 + 2·kind, `I` 2 + 2·kind.
pub fn allowed_labels(range: CleanSpan, occurrences: &[Occurrence], things: &[NamedThing]) -> Vec<u32> {
    let mut allowed = vec![1u32; range.len()];
    for occurrence in occurrences.iter().filter(|o| range.contains(o.span)) {
        let thing = &things[occurrence.thing];
        for position in occurrence.span.range() {
            let label = if position == occurrence.span.start as usize { 1 } else { 2 } + 2 * thing.kind;
            allowed[position - range.start as usize] = 1 << label | u32::from(thing.optional);
        }
    }
    allowed
}
