//! What is known of the document of a sentence: where it begins, its years, the places that it has named so far.

use super::search::{Pairs, Question};
use super::sentences::{Line, Sentences};

/// What is known of the document of a sentence.
#[derive(Default)]
pub(super) struct Document {
    /// The line with which it begins.
    line: usize,
    /// The question's pairs that its title has.
    pub(super) title: Pairs,
    /// Those that the sentence before has.
    pub(super) before: Pairs,
    /// True where the sentence before was found.
    pub(super) open: bool,
    /// Which needs for a place the document has met so far.
    pub(super) placed: Vec<usize>,
}

impl Document {
    /// A document that begins with that line, which has these pairs.
    pub(super) fn new(question: &Question<'_>, line: usize, seen: Pairs) -> Self {
        let mut it = Self { line, title: seen, ..Self::default() };
        it.place_names(question, line);
        it
    }

    /// Notes the places of the question that a line names.
    pub(super) fn place_names(&mut self, question: &Question<'_>, line: usize) {
        for at in question.places() {
            if !self.placed.contains(at) && question.is_said(*at, line) {
                self.placed.push(*at);
            }
        }
    }

    /// True if its date or its title may be of that year. What happened in a year is also told early in the next.
    pub(super) fn may_tell_of(&self, sentences: &Sentences, year: u16) -> bool {
        let Some(Line::Document { date, title }) = sentences.line(self.line) else { return true };
        let dated: Option<u16> = date.get(..4).and_then(|year| year.parse().ok());
        dated.is_none_or(|dated| dated == year || dated == year + 1) || years(title).contains(&year)
    }
}

/// The years that a text names: four digits alone.
pub(super) fn years(text: &str) -> Vec<u16> {
    let runs = text.split(|c: char| !c.is_ascii_digit());
    let years = runs.filter(|run| run.len() == 4).filter_map(|run| run.parse().ok());
    years.filter(|year| (1949..=2100).contains(year)).collect()
}
