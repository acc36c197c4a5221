//! Lines in reading order → paragraphs, across columns and pages, with the page and line of each stretch.

use super::super::compose::{Text, row};
use super::column::Line;
use crate::model::Place;

/// A text that is put together from lines.
pub(super) struct Joining {
    text: Text,
    last: Option<(u32, Line)>,
}

impl Joining {
    pub(super) fn new(text: Text) -> Self {
        Self { text, last: None }
    }

    /// Adds the lines of a page.
    pub(super) fn page(&mut self, page: u32, lines: Vec<Line>) {
        for (line, number) in lines.into_iter().zip(1..) {
            self.line(page, line, Place::Line { page, line: number });
        }
    }

    pub(super) fn finish(self) -> Text {
        self.text
    }

    fn line(&mut self, page: u32, line: Line, place: Place) {
        let last = self.last.replace((page, line.clone()));
        let is_row = line.cells.len() > 1;
        let text = if is_row { row(&line.cells) } else { line.cells.concat() };
        match last {
            Some((_, last)) if is_row && last.cells.len() > 1 => self.text.line(&text, place),
            Some((before, last)) if !is_row && continues(&last, &line, before == page) => {
                let joint = [self.text.chars.last().copied(), text.chars().next()];
                if joint.iter().all(|c| c.is_some_and(|c| c.is_ascii_alphanumeric())) {
                    self.text.more(" ");
                }
                self.text.run(&text, place);
            }
            _ => self.text.paragraph(&text, place),
        }
    }
}

/// True when a line goes on with the paragraph of the one before it.
fn continues(last: &Line, line: &Line, same_page: bool) -> bool {
    let alike = (last.size - line.size).abs() <= 0.12 * last.size.max(line.size);
    if last.cells.len() > 1 || !alike {
        return false;
    }
    let set_in = line.left > line.column.0 + 1.2 * line.size;
    let finished = last.cells[0].ends_with(['。', '！', '？', '”', '…', '；', '：', '）', '!', '?']);
    let room = last.column.1 - last.right;
    let short = room > if finished { 1.5 } else { 3.0 } * last.size;
    let below = same_page && last.column == line.column;
    let gap = line.y - last.y;
    // What stands lower in other columns is another part of the page, as the text under its headline.
    let lower = same_page && last.column != line.column && gap > 0.0;
    let apart = lower || below && (gap > 1.35 * line.pitch || gap <= 0.0);
    // A heading of one line ends short of its column; what follows elsewhere may only go on in the middle of a sentence.
    !(set_in || short || apart || !below && finished)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, left: f32, right: f32, y: f32) -> Line {
        Line { cells: vec![text.to_owned()], left, right, y, size: 10.0, column: (0.0, 100.0), pitch: 15.0 }
    }

    fn text(pages: Vec<Vec<Line>>) -> String {
        let mut joining = Joining::new(Text::default());
        for (lines, number) in pages.into_iter().zip(1..) {
            joining.page(number, lines);
        }
        joining.finish().chars.into_iter().collect()
    }

    #[test]
    fn paragraphs_end_where_the_page_shows_it() {
        for (pages, expected) in [
            (vec![vec![line("一", 20.0, 100.0, 0.0), line("二", 0.0, 100.0, 15.0)]], "一二"),
            (vec![vec![line("一", 20.0, 100.0, 0.0), line("二", 20.0, 100.0, 15.0)]], "一\n\n二"),
            (vec![vec![line("一。", 0.0, 80.0, 0.0), line("二", 0.0, 100.0, 15.0)]], "一。\n\n二"),
            (vec![vec![line("一", 0.0, 100.0, 0.0), line("二", 0.0, 100.0, 30.0)]], "一\n\n二"),
            (
                vec![vec![Line { column: (0.0, 30.0), ..line("一", 0.0, 30.0, 0.0) }, line("二", 0.0, 100.0, 15.0)]],
                "一\n\n二",
            ),
            (vec![vec![line("a", 0.0, 100.0, 0.0), line("b", 0.0, 100.0, 15.0)]], "a b"),
            (vec![vec![line("一", 0.0, 100.0, 300.0)], vec![line("二", 0.0, 100.0, 0.0)]], "一二"),
            (vec![vec![line("一。", 0.0, 100.0, 300.0)], vec![line("二", 0.0, 100.0, 0.0)]], "一。\n\n二"),
        ] {
            assert_eq!(text(pages), expected);
        }
    }
}
