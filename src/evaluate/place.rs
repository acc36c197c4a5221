//! Finds annotated words in a text. Blanks and line breaks within them do not matter.

use crate::model::{Sentence, SourceSpan};

/// A place where a name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    pub span: SourceSpan,
    /// Index of the name among those of its thing.
    pub name: u32,
}

/// A text prepared for searching.
pub(super) struct Page {
    source: Vec<char>,
    /// The characters without blanks.
    dense: Vec<char>,
    /// For each of them its position in the source.
    position: Vec<usize>,
    sentences: Vec<Sentence>,
}

impl Page {
    pub fn new(text: &str) -> Self {
        let source: Vec<char> = text.chars().collect();
        let position: Vec<usize> = (0..source.len()).filter(|i| !source[*i].is_whitespace()).collect();
        let dense = position.iter().map(|i| source[*i]).collect();
        let sentences = sentences(&source);
        Self { source, dense, position, sentences }
    }

    /// Every place of the words, in text order.
    pub fn find(&self, words: &str) -> Vec<SourceSpan> {
        let words: Vec<char> = words.chars().filter(|c| !c.is_whitespace()).collect();
        if words.is_empty() {
            return Vec::new();
        }
        let hits = self.dense.windows(words.len()).enumerate().filter(|(_, window)| **window == words[..]);
        hits.map(|(at, _)| SourceSpan::new(self.position[at], self.position[at + words.len() - 1] + 1)).collect()
    }

    /// The places of all things, given their names. A place within a longer name counts for the longer one only, unless
    /// the shorter stands nowhere else.
    pub fn claim(&self, things: &[&[String]]) -> Vec<Vec<Spot>> {
        let mut all: Vec<(usize, Spot)> = Vec::new();
        for (thing, names) in things.iter().enumerate() {
            for (name, words) in names.iter().enumerate() {
                let spot = |span| (thing, Spot { span, name: name as u32 });
                all.extend(self.find(words).into_iter().map(spot));
            }
        }
        all.sort_by_key(|(_, spot)| (spot.span.start as i64 - i64::from(spot.span.end), spot.span.start));
        let mut claimed = vec![false; self.source.len()];
        let mut places: Vec<Vec<Spot>> = vec![Vec::new(); things.len()];
        for (thing, spot) in &all {
            if !claimed[spot.span.range()].iter().any(|taken| *taken) {
                claimed[spot.span.range()].fill(true);
                places[*thing].push(*spot);
            }
        }
        for (thing, spots) in places.iter_mut().enumerate() {
            if spots.is_empty() {
                let nested = all.iter().find(|(owner, _)| *owner == thing).map(|(_, spot)| *spot);
                spots.push(nested.unwrap_or(Spot { span: SourceSpan::default(), name: 0 }));
            }
            spots.sort_by_key(|spot| spot.span);
        }
        places
    }

    /// The stretch exactly as in the source.
    pub fn text(&self, span: SourceSpan) -> String {
        self.source[span.range()].iter().collect()
    }

    /// True when a digit or a decimal point stands right before.
    pub fn follows_digit(&self, span: SourceSpan) -> bool {
        let before = (span.start as usize).checked_sub(1).map(|at| self.source[at]);
        before.is_some_and(|c| c.is_numeric() || matches!(c, '.' | '．' | '点'))
    }

    /// Index of the sentence in which the stretch begins.
    pub fn sentence(&self, span: SourceSpan) -> u32 {
        let after = self.sentences.partition_point(|sentence| sentence.span.start <= span.start);
        after.saturating_sub(1) as u32
    }

    /// The sentence that holds the nearest pair of two lists of places, beginning at the later one's.
    pub fn sentence_of_nearest(&self, a: &[SourceSpan], b: &[SourceSpan]) -> SourceSpan {
        let pairs = a.iter().flat_map(|x| b.iter().map(move |y| (x, y)));
        let nearest = pairs.min_by_key(|(x, y)| x.start.abs_diff(y.start)).map(|(x, y)| *x.max(y));
        let place = nearest.or_else(|| a.first().copied()).unwrap_or_default();
        self.sentences.get(self.sentence(place) as usize).map(|sentence| sentence.span).unwrap_or_default()
    }

    pub fn into_sentences(self) -> Vec<Sentence> {
        self.sentences
    }
}

/// Cuts after full stops and at line ends; blanks around a sentence are not part of it.
fn sentences(source: &[char]) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut start = 0;
    for end in 1..=source.len() {
        let last = source[end - 1];
        if end == source.len() || matches!(last, '。' | '！' | '？' | '!' | '?' | '\n') {
            let blank = |at: &usize| source[*at].is_whitespace();
            let first = (start..end).find(|at| !blank(at));
            let stop = (start..end).rev().find(|at| !blank(at));
            if let (Some(first), Some(stop)) = (first, stop) {
                let span = SourceSpan::new(first, stop + 1);
                found.push(Sentence { span, text: source[span.range()].iter().collect() });
            }
            start = end;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_across_line_breaks_and_the_longest_name_wins() {
        let page = Page::new("城东高\n新区。高新区的产业园。");
        assert_eq!(page.find("高新区"), [SourceSpan::new(2, 6), SourceSpan::new(7, 10)]);
        let (zone, park) = (["城东高新区".to_owned(), "高新区".to_owned()], ["产业".to_owned(), "产业园".to_owned()]);
        let spots = page.claim(&[&zone, &park]);
        let spans = |i: usize| spots[i].iter().map(|s| (s.span.start, s.span.end, s.name)).collect::<Vec<_>>();
        assert_eq!(spans(0), [(0, 6, 0), (7, 10, 1)]);
        assert_eq!(spans(1), [(11, 14, 1)]);
    }
}
