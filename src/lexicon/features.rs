//! Lexicon classes as bits for learned taggers.

use super::Hit;

/// Words of [`features`](super::Lexicon::features) for each character: classes that begin at it, that go on
/// through it, that end with it. The bit of a class is [`Class::bit`](super::Class::bit). A hit of one character
/// both begins and ends.
pub const FEATURE_WORDS: usize = 3;

/// Writes the words for `length` characters over `out`.
pub(super) fn write(hits: &[Hit], length: usize, out: &mut Vec<u64>) {
    out.clear();
    out.resize(length * FEATURE_WORDS, 0);
    for hit in hits {
        let bit = hit.class.bit();
        let range = hit.span.range();
        out[range.start * FEATURE_WORDS] |= bit;
        out[(range.end - 1) * FEATURE_WORDS + 2] |= bit;
        for at in range.start + 1..(range.end - 1).max(range.start + 1) {
            out[at * FEATURE_WORDS + 1] |= bit;
        }
    }
}
