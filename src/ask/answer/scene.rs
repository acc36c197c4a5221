//! A sentence by its clauses: which of several facts told there stands nearest to what a question says.

use oxigraph::model::NamedNode;

use crate::ask::clue::clues;
use crate::ask::evidence;
use crate::ask::normal;
use crate::store::{Store, StoreError};

/// Marks between clauses.
const MARKS: &str = ",，;；。!！?？";

/// A sentence with its place in the document.
pub(super) struct Scene {
    begin: usize,
    chars: Vec<char>,
}

impl Scene {
    /// Reads a sentence; `None` where its text is not known.
    pub(super) fn read(store: &Store, sentence: &NamedNode) -> Result<Option<Self>, StoreError> {
        let quote = evidence::quote(store, sentence)?;
        Ok(quote.map(|quote| Self { begin: quote.begin as usize, chars: quote.quote.chars().collect() }))
    }

    /// The folded text of a span.
    pub(super) fn text(&self, span: (usize, usize)) -> String {
        let at = |place: usize| place.saturating_sub(self.begin).min(self.chars.len());
        normal::fold(&self.chars[at(span.0)..at(span.1).max(at(span.0))].iter().collect::<String>())
    }

    /// How many characters lie between a place and the last of these words before it.
    pub(super) fn behind(&self, words: &[String], place: usize) -> Option<usize> {
        let at = place.saturating_sub(self.begin).min(self.chars.len());
        let ends = |from: usize| {
            let here = |word: &String| {
                let end = from + word.chars().count();
                (end <= at && self.chars[from..end].iter().copied().eq(word.chars())).then_some(end)
            };
            words.iter().find_map(here)
        };
        (0..at).rev().find_map(ends).map(|end| at - end)
    }

    /// Where the clause begins that ends before `at`.
    fn clause_before(&self, at: usize) -> usize {
        self.chars[..at].iter().rposition(|c| MARKS.contains(*c)).map_or(0, |mark| mark + 1)
    }

    /// Which clause a place stands in, by where that begins.
    pub(super) fn clause_of(&self, place: usize) -> usize {
        self.clause_before(place.saturating_sub(self.begin).min(self.chars.len()))
    }

    /// How much of the question's words stand in the clause of a span, without what stands in the other `named` spans.
    pub(super) fn rank(&self, span: (usize, usize), named: &[(usize, usize)], words: &[(Vec<String>, f64)]) -> f64 {
        let at = span.0.saturating_sub(self.begin).min(self.chars.len());
        let mark = |c: &char| MARKS.contains(*c);
        let mut from = self.clause_before(at);
        while from > 0
            && clues().going_on.iter().any(|word| {
                self.chars[from..].iter().copied().zip(word.chars()).filter(|(a, b)| a == b).count()
                    == word.chars().count()
            })
        {
            from = self.clause_before(from - 1);
        }
        let to = self.chars[at..].iter().position(mark).map_or(self.chars.len(), |mark| at + mark);
        let mut texts = vec![String::new()];
        for place in from..to {
            let here = self.begin + place;
            let other = |other: &(usize, usize)| *other != span && (other.0..other.1).contains(&here);
            let own = (span.0..span.1).contains(&here);
            if !own && named.iter().any(other) {
                texts.push(String::new());
            } else if let Some(text) = texts.last_mut() {
                text.push(self.chars[place]);
            }
        }
        let texts: Vec<String> = texts.iter().map(|text| normal::fold(text)).collect();
        said_in(words, &texts)
    }
}

/// How much of a question's words some texts have together.
pub(super) fn said_in(words: &[(Vec<String>, f64)], texts: &[String]) -> f64 {
    let held = words
        .iter()
        .filter(|(alike, _)| alike.iter().any(|word| texts.iter().any(|text| text.contains(word.as_str()))));
    held.map(|(_, much)| much).sum()
}
