//! The examples of the pattern files, checked against the patterns.

use super::grammar::{Candidate, Grammar, Narrowing, Slots};
use super::names::Names;
use super::normal;
use super::tag::Tagged;

/// Examples of a frame that are not among its readings, or that it reads first of all though it should not. Readings are
/// tried in turn until one is answered, so that a hit need not be read by its frame first.
pub fn frame(grammar: &Grammar, name: &str, hits: &[(String, Slots)], misses: &[String]) -> Vec<String> {
    let mut faults = Vec::new();
    for (question, slots) in hits {
        let wanted: Slots = slots.iter().map(|(name, text)| (name.clone(), normal::fold(text))).collect();
        let readings = readings(grammar, question);
        if !readings.iter().any(|(frame, slots)| frame == name && *slots == wanted) {
            faults.push(format!("{name}.toml: {question} is read as {:?}", readings.first()));
        }
    }
    for question in misses {
        if readings(grammar, question).first().is_some_and(|(frame, _)| frame == name) {
            faults.push(format!("{name}.toml: {question} should not be read by it"));
        }
    }
    faults
}

/// Examples of a phrase that are not read as it says.
pub fn phrase(grammar: &Grammar, narrowing: Narrowing, hits: &[String], misses: &[String]) -> Vec<String> {
    let reads = |text: &String| {
        let text = Tagged::example(text).text;
        grammar.phrases(&text).into_iter().find(|(length, ..)| *length == text.len()).map(|found| found.1)
    };
    let missed = hits.iter().filter(|text| reads(text) != Some(narrowing));
    let taken = misses.iter().filter(|text| reads(text) == Some(narrowing));
    let missed = missed.map(|text| format!("phrases.toml: {text} is not read as {narrowing:?}"));
    missed.chain(taken.map(|text| format!("phrases.toml: {text} should not be read as {narrowing:?}"))).collect()
}

/// The frames that read a question, in order, with the slots as the question writes them. Finds may be written with marks;
/// otherwise only sums and periods are found, since no graph is at hand.
fn readings(grammar: &Grammar, question: &str) -> Vec<(String, Slots)> {
    let tagged = if question.contains(['〈', '〔', '「']) {
        Tagged::example(normal::trim_marks(question))
    } else {
        Tagged::new(&grammar.strip(question), &Names::default(), &grammar.words)
    };
    let written = |candidate: Candidate<'_>| {
        let slots = candidate.slots.iter().map(|(name, text)| (name.clone(), tagged.surface(text).trim().to_owned()));
        (candidate.frame.name.clone(), slots.collect())
    };
    grammar.candidates(&tagged.text).map(written).collect()
}
