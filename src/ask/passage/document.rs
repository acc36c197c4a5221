//! What is known of the document of a sentence: its years, its title, the places that it has named so far.

use super::search::{Need, Pairs, Question};

/// What is known of the document of a sentence.
#[derive(Default)]
pub(super) struct Document {
    /// The year of its date.
    pub(super) year: Option<u16>,
    /// The years of its title.
    pub(super) titled: Vec<u16>,
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
    /// A document of this date and title, whose line has these pairs.
    pub(super) fn new(question: &Question<'_>, date: &str, title: &str, seen: Pairs) -> Self {
        let mut it = Self {
            year: date.get(..4).and_then(|year| year.parse().ok()),
            titled: years(title),
            title: seen,
            ..Self::default()
        };
        it.place_names(question, title);
        it
    }

    /// Notes the places of the question that a text names.
    pub(super) fn place_names(&mut self, question: &Question<'_>, text: &str) {
        for (at, need) in question.needs().iter().enumerate() {
            if let Need::Name { keys, place: true, .. } = need
                && !self.placed.contains(&at)
                && keys.iter().any(|key| text.contains(key.as_str()))
            {
                self.placed.push(at);
            }
        }
    }
}

/// The years that a text names: four digits alone.
pub(super) fn years(text: &str) -> Vec<u16> {
    let runs = text.split(|c: char| !c.is_ascii_digit());
    let years = runs.filter(|run| run.len() == 4).filter_map(|run| run.parse().ok());
    years.filter(|year| (1949..=2100).contains(year)).collect()
}
