//! Which lines of the sentences say a part of a question.

use super::search::Need;
use super::sentences::Sentences;
use crate::ask::number;

/// A bit for each line that has a word or a name of a part.
pub(super) fn lines_saying(need: &Need, sentences: &Sentences) -> Vec<u64> {
    let words = match need {
        Need::Pairs(_) => return Vec::new(),
        Need::OneOf(words, _) => words,
        Need::Name { keys, .. } => keys,
    };
    // A word that holds another has no line of its own.
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    words.sort_by_key(|word| word.len());
    let mut least: Vec<&str> = Vec::new();
    for word in words {
        if !least.iter().any(|shorter| word.contains(shorter)) {
            least.push(word);
        }
    }
    let mut bits = vec![0; sentences.count().div_ceil(64)];
    for line in least.iter().flat_map(|word| sentences.holding(word)) {
        if let Some(bits) = bits.get_mut(line / 64) {
            *bits |= 1u64 << (line % 64);
        }
    }
    bits
}

/// Measure words behind a number of things.
const MEASURES: &str = "个家项大条座户种";

/// How a number of things is written.
pub(super) fn counted(count: usize) -> Vec<String> {
    let numbers = number::written(count).into_iter();
    numbers.flat_map(|number| MEASURES.chars().map(move |measure| format!("{number}{measure}"))).collect()
}
