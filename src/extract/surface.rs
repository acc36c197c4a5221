//! What every extractor looks at: the clean characters with their words and lexicon classes.

use crate::learn::{name, text_number};
use crate::lexicon::{Class, FEATURE_WORDS, Hit, Lexicon, words};
use crate::model::CleanSpan;

/// A dictionary word with its part of speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    /// Where it stands.
    pub span: CleanSpan,
    /// Part-of-speech tag of the ICTCLAS set.
    pub tag: &'a str,
    /// The number of its text, for features.
    pub text_number: u64,
    /// The same; 0 for what is not a word, as punctuation.
    pub number: u64,
    /// The number of its tag, for features.
    pub tag_number: u64,
}

/// One article's characters with what the dictionaries say of each.
#[derive(Clone)]
pub struct Surface<'a> {
    /// The clean text.
    pub chars: &'a [char],
    /// Dictionary words that tile the text.
    pub words: Vec<Word<'a>>,
    /// For each character, the index of its word.
    pub word_at: Vec<u32>,
    /// The lexicon that the hits are from.
    pub lexicon: &'a Lexicon,
    /// Lexicon hits in text order.
    pub hits: Vec<Hit>,
    /// For each character three sets of lexicon classes: those that begin there, go on through it, end there.
    pub classes: Vec<u64>,
    /// For each character the first from it on at which a clause or a noun that closes names ends.
    landmarks: Vec<u32>,
}

/// Nouns that close names.
pub(super) const HEADS: u64 = {
    use Class::{CompanyField, CompanySuffix, HonourHead, IndustryHead, OrgHead, ParkHead, PolicyHead, ProjectHead};
    ParkHead.bit()
        | CompanySuffix.bit()
        | CompanyField.bit()
        | OrgHead.bit()
        | ProjectHead.bit()
        | PolicyHead.bit()
        | IndustryHead.bit()
        | HonourHead.bit()
};

/// Marks at which a clause ends.
pub(super) fn is_clause_end(c: char) -> bool {
    matches!(c, '。' | ',' | ';' | ':' | '!' | '?')
}

impl std::fmt::Debug for Surface<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Surface").field("characters", &self.chars.len()).finish_non_exhaustive()
    }
}

impl<'a> Surface<'a> {
    /// Joins characters with their words and hits; words must tile the characters in order.
    pub fn new(chars: &'a [char], words: Vec<Word<'a>>, hits: Vec<Hit>, lexicon: &'a Lexicon) -> Self {
        let mut classes = Vec::new();
        Lexicon::features_of(&hits, chars.len(), &mut classes);
        let mut word_at = vec![0; chars.len()];
        for (index, word) in words.iter().enumerate() {
            word_at[word.span.range()].fill(index as u32);
        }
        let landmarks = landmarks(chars, &classes);
        Self { chars, words, word_at, lexicon, hits, classes, landmarks }
    }

    /// The first character from a position on at which a clause or a noun that closes names ends; beyond the text if none.
    pub(super) fn next_landmark(&self, position: usize) -> usize {
        self.landmarks.get(position).map_or(usize::MAX, |at| *at as usize)
    }

    /// Looks up the words and classes of clean text.
    pub fn of(chars: &'a [char], lexicon: &'a Lexicon) -> Self {
        Self::new(
            chars,
            words(chars).into_iter().map(|(span, tag)| word(chars, span, tag)).collect(),
            lexicon.scan(chars),
            lexicon,
        )
    }

    /// Classes that begin at a position, go on through it, end there.
    pub fn classes_at(&self, position: usize) -> [u64; FEATURE_WORDS] {
        let at = position * FEATURE_WORDS;
        self.classes.get(at..at + FEATURE_WORDS).and_then(|sets| sets.try_into().ok()).unwrap_or_default()
    }

    /// The character at a position, or a mark outside the text.
    pub fn char_at(&self, position: isize) -> char {
        usize::try_from(position).ok().and_then(|p| self.chars.get(p)).copied().unwrap_or('\u{0}')
    }

    /// The word `offset` words away from the one at a position.
    pub fn word_near(&self, position: usize, offset: isize) -> Option<&Word<'a>> {
        let index = *self.word_at.get(position)? as isize + offset;
        usize::try_from(index).ok().and_then(|i| self.words.get(i))
    }
}

fn landmarks(chars: &[char], classes: &[u64]) -> Vec<u32> {
    let mut next = u32::MAX;
    let mut out = vec![next; chars.len()];
    for ((at, c), sets) in chars.iter().enumerate().zip(classes.chunks_exact(FEATURE_WORDS)).rev() {
        if sets[2] & HEADS != 0 || is_clause_end(*c) {
            next = at as u32;
        }
        out[at] = next;
    }
    out
}

fn word<'a>(chars: &[char], span: CleanSpan, tag: &'a str) -> Word<'a> {
    let text = &chars[span.range()];
    let text_number = text_number(text);
    let number = if text.iter().all(|c| is_letter(*c)) { text_number } else { 0 };
    Word { span, tag, text_number, number, tag_number: name(tag) }
}

/// A letter or digit of any script; Chinese ones are told without the tables of Unicode.
fn is_letter(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}') || c.is_alphanumeric()
}
