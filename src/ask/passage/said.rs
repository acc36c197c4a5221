//! Whether any sentence says a word, or two close together.

use super::sentences::Sentences;

/// Marks that part what stands close together.
const MARKS: &str = ",，;；。、!！?？:：";
/// Most lines that are looked at before two words count as said.
const MOST: usize = 4000;

impl Sentences {
    /// True where a line holds the word.
    pub fn says(&self, word: &str) -> bool {
        let lines = self.neighbours().rarest(&[word]);
        lines.is_some_and(|mut lines| lines.any(|line| self.line(line).is_some_and(|line| line.text().contains(word))))
    }

    /// True where a line holds `first`, and `second` behind it with so many characters between, no mark among them.
    pub fn says_near(&self, first: &str, second: &str, between: usize) -> bool {
        let lines = self.neighbours().rarest(&[first, second]);
        lines.is_some_and(|lines| {
            lines.take(MOST).any(|line| self.line(line).is_some_and(|line| near(line.text(), first, second, between)))
        })
    }

    /// True where a document holds `first` in its title or first sentence, and `second` in any.
    pub fn opens_with(&self, first: &str, second: &str) -> bool {
        let Some(lines) = self.neighbours().rarest(&[first]) else { return false };
        let opening = lines.take(MOST).filter_map(|line| match self.begins_document(line) {
            true => Some(line),
            false => line.checked_sub(1).filter(|before| self.begins_document(*before)),
        });
        let holds = |line: usize, word: &str| self.line(line).is_some_and(|line| line.text().contains(word));
        opening.into_iter().any(|begin| {
            let end = (begin + 1..self.count()).find(|line| self.begins_document(*line)).unwrap_or(self.count());
            (begin..end.min(begin + 2)).any(|line| holds(line, first)) && (begin..end).any(|line| holds(line, second))
        })
    }
}

fn near(text: &str, first: &str, second: &str, between: usize) -> bool {
    text.match_indices(first).any(|(at, _)| {
        let rest = &text[at + first.len()..];
        rest.find(second).is_some_and(|gap| {
            let gap = &rest[..gap];
            gap.chars().count() <= between && !gap.contains(|c| MARKS.contains(c))
        })
    })
}
