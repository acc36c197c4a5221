//! Text put together from paragraphs, with the place of each.

use crate::model::{Place, Places};

/// A text in the making.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) chars: Vec<char>,
    pub(super) places: Places,
}

impl Text {
    /// Adds a paragraph behind a blank line.
    pub(super) fn paragraph(&mut self, text: &str, place: Place) {
        self.gap("\n\n");
        self.run(text, place);
    }

    /// Adds a line right below the last one, as rows of a table stand.
    pub(super) fn line(&mut self, text: &str, place: Place) {
        self.gap("\n");
        self.run(text, place);
    }

    /// Goes on in the same line at another place.
    pub(super) fn run(&mut self, text: &str, place: Place) {
        self.places.push(self.chars.len() as u32, place);
        self.chars.reserve(text.len() / 3);
        self.chars.extend(text.chars());
    }

    /// Goes on in the same line and at the same place.
    pub(super) fn more(&mut self, text: &str) {
        self.chars.extend(text.chars());
    }

    fn gap(&mut self, gap: &str) {
        if !self.chars.is_empty() {
            self.chars.extend(gap.chars());
        }
    }
}

/// Cells as a row that the text layer knows as one.
pub(super) fn row(cells: &[String]) -> String {
    format!("| {} |", cells.join(" | "))
}

/// Text with every run of white space as one blank, none at its ends.
pub(super) fn tidy(text: &str) -> String {
    let text = text.trim();
    // Most lines have no white space within.
    if !text.chars().any(|c| c.is_whitespace() && c != '\u{3000}') {
        return text.trim_matches('\u{3000}').to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() && c != '\u{3000}').filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out.trim_matches('\u{3000}').to_owned()
}
