//! Characters of a page → its lines in reading order: columns one after the other, headlines above them first.

use super::glyphs::Glyph;

/// A line of a column. Lengths are in points.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// Its pieces; several where it is a row of a table.
    pub(super) cells: Vec<String>,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) y: f32,
    pub(super) size: f32,
    /// Left and right edge of its column.
    pub(super) column: (f32, f32),
    /// Usual distance of lines in its column.
    pub(super) pitch: f32,
}

/// A stretch of text without a wide gap.
#[derive(Debug, Clone, PartialEq)]
struct Piece {
    text: String,
    left: f32,
    right: f32,
    y: f32,
    size: f32,
}

/// How deep columns may be divided.
const DEEPEST: u32 = 8;

/// Most places at which a division is tried.
const MOST_TRIES: usize = 256;

/// The lines of a page in reading order.
pub(super) fn lines(glyphs: &[Glyph]) -> Vec<Line> {
    let mut rows = rows(pieces(glyphs));
    let (mut head, mut foot) = (Vec::new(), Vec::new());
    for _ in 0..3 {
        if is_alone(&rows, true) {
            head.push(rows.remove(0));
        }
        if is_alone(&rows, false) {
            foot.extend(rows.pop());
        }
    }
    foot.reverse();
    let mut lines: Vec<Line> = head.into_iter().flat_map(leaf).collect();
    lines.extend(order(rows.into_iter().flatten().collect(), 0));
    lines.extend(foot.into_iter().flat_map(leaf));
    lines.retain(|line| !is_page_mark(line));
    lines
}

/// Cuts the characters of each base line at wide gaps.
fn pieces(glyphs: &[Glyph]) -> Vec<Piece> {
    let mut glyphs: Vec<&Glyph> = glyphs.iter().filter(|it| !it.text.is_empty()).collect();
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
    let mut pieces = Vec::new();
    let mut start = 0;
    while start < glyphs.len() {
        let near = |it: &&&Glyph| (it.y - glyphs[start].y).abs() <= 0.35 * it.size.min(glyphs[start].size);
        let count = glyphs[start..].iter().take_while(near).count().max(1);
        let row = &mut glyphs[start..start + count];
        row.sort_by(|a, b| a.x.total_cmp(&b.x));
        cut(row, &mut pieces);
        start += count;
    }
    pieces
}

fn cut(row: &[&Glyph], pieces: &mut Vec<Piece>) {
    let mut open: Option<Piece> = None;
    let mut blank = false;
    for (at, glyph) in row.iter().enumerate() {
        if glyph.text.trim().is_empty() {
            blank = true;
            continue;
        }
        let blank = std::mem::take(&mut blank);
        let room = row.get(at + 1).map_or(f32::MAX, |next| next.x - glyph.x);
        let right = glyph.x + width(glyph).min(room.max(0.1 * glyph.size));
        match &mut open {
            // Text set bold by printing it twice.
            Some(piece) if glyph.x - piece.right < -0.6 * glyph.size && piece.text.ends_with(&glyph.text) => {}
            Some(piece) if glyph.x - piece.right <= 0.9 * glyph.size.max(piece.size) => {
                let apart = blank || glyph.x - piece.right > 0.3 * glyph.size;
                let words = is_word(piece.text.chars().last()) && is_word(glyph.text.chars().next());
                if apart && words {
                    piece.text.push(' ');
                }
                piece.text.push_str(&glyph.text);
                (piece.right, piece.size) = (right, piece.size.max(glyph.size));
            }
            _ => {
                pieces.extend(open.take());
                open = Some(Piece { text: glyph.text.clone(), left: glyph.x, right, y: glyph.y, size: glyph.size });
            }
        }
    }
    pieces.extend(open);
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_graphic())
}

/// A Chinese character is as wide as it is high, others about half.
fn width(glyph: &Glyph) -> f32 {
    let share = glyph.text.chars().map(|c| match c {
        'M' | 'W' | 'm' | 'w' | '@' | '%' => 0.9,
        'A'..='Z' => 0.7,
        '\u{0}'..='\u{10ff}' => 0.55,
        _ => 1.0,
    });
    glyph.size * share.fold(0.0, f32::max)
}

/// Pieces on one base line together, from the top.
fn rows(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        match rows.last_mut().filter(|row| (row[0].y - piece.y).abs() <= 0.35 * piece.size.min(row[0].size)) {
            Some(row) => row.push(piece),
            None => rows.push(vec![piece]),
        }
    }
    rows
}

/// True when the first or last row stands far from the others.
fn is_alone(rows: &[Vec<Piece>], first: bool) -> bool {
    let Some(((row, other), rest)) = (if first {
        rows.split_first().and_then(|(row, rest)| Some(((row, rest.first()?), rest)))
    } else {
        rows.split_last().and_then(|(row, rest)| Some(((row, rest.last()?), rest)))
    }) else {
        return false;
    };
    let size = row.iter().chain(other).map(|it| it.size).fold(0.0, f32::max);
    rest.len() >= 3 && (row[0].y - other[0].y).abs() > 2.4 * size
}

/// Puts pieces in reading order.
fn order(pieces: Vec<Piece>, depth: u32) -> Vec<Line> {
    let Some(x) = (depth < DEEPEST).then(|| gutter(&pieces)).flatten() else { return leaf(pieces) };
    let (mut lines, mut band, mut across) = (Vec::new(), Vec::new(), Vec::new());
    for piece in pieces {
        if crosses(&piece, x) {
            lines.extend(sides(std::mem::take(&mut band), x, depth));
            across.push(piece);
        } else {
            lines.extend(leaf(std::mem::take(&mut across)));
            band.push(piece);
        }
    }
    lines.extend(leaf(across));
    lines.extend(sides(band, x, depth));
    lines
}

fn sides(band: Vec<Piece>, x: f32, depth: u32) -> Vec<Line> {
    let (left, right): (Vec<_>, Vec<_>) = band.into_iter().partition(|piece| piece.left < x);
    [left, right].into_iter().filter(|side| !side.is_empty()).flat_map(|side| order(side, depth + 1)).collect()
}

fn crosses(piece: &Piece, x: f32) -> bool {
    piece.left < x - 0.5 && piece.right > x + 0.5
}

/// Where the pieces part into columns best: a blank strip with running text on both sides, that few cross.
fn gutter(pieces: &[Piece]) -> Option<f32> {
    if pieces.len() < 6 {
        return None;
    }
    let mut edges: Vec<f32> = pieces.iter().map(|it| it.left).collect();
    edges.sort_by(f32::total_cmp);
    edges.dedup_by(|a, b| (*a - *b).abs() < 0.5);
    let step = edges.len().div_ceil(MOST_TRIES);
    let tries = edges.iter().step_by(step).filter_map(|edge| parting(pieces, *edge - 0.6));
    let best = tries.min_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)).then(a.2.total_cmp(&b.2)))?;
    Some(best.2)
}

/// How many pieces cross `x`, and how many stand on the poorer side; none where that is no gutter.
fn parting(pieces: &[Piece], x: f32) -> Option<(usize, usize, f32)> {
    let left: Vec<&Piece> = pieces.iter().filter(|it| it.right <= x + 0.5).collect();
    let right: Vec<&Piece> = pieces.iter().filter(|it| it.left >= x - 0.5).collect();
    let fewer = left.len().min(right.len());
    let across = pieces.len().saturating_sub(left.len() + right.len());
    if fewer < 3 || across * 3 > left.len() + right.len() {
        return None;
    }
    let size = median(pieces.iter().map(|it| it.size));
    let edge = left.iter().map(|it| it.right).fold(f32::MIN, f32::max);
    let (top, bottom) = left.iter().fold((f32::MAX, f32::MIN), |(top, bottom), it| (top.min(it.y), bottom.max(it.y)));
    let beside = right.iter().filter(|it| (top - 1.0..=bottom + 1.0).contains(&it.y)).count();
    let running = |side: &[&Piece]| median(side.iter().map(|it| it.right - it.left)) >= 5.0 * size;
    let parted = x + 0.6 - edge >= 0.7 * size && beside * 2 >= fewer && running(&left) && running(&right);
    parted.then_some((across, fewer, x))
}

fn median(values: impl Iterator<Item = f32>) -> f32 {
    let mut values: Vec<f32> = values.collect();
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

/// The lines of one column, from the top.
fn leaf(mut pieces: Vec<Piece>) -> Vec<Line> {
    pieces.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.left.total_cmp(&b.left)));
    let left = pieces.iter().map(|it| it.left).fold(f32::MAX, f32::min);
    let right = pieces.iter().map(|it| it.right).fold(f32::MIN, f32::max);
    let mut rows = rows(pieces);
    rows.iter_mut().for_each(|row| row.sort_by(|a, b| a.left.total_cmp(&b.left)));
    let pitch = median(rows.windows(2).map(|pair| pair[1][0].y - pair[0][0].y));
    let counts: Vec<usize> = rows.iter().map(Vec::len).collect();
    let is_row = |at: usize| {
        let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|it| counts.get(it));
        counts[at] >= 2 && beside.into_iter().any(|count| *count == counts[at])
    };
    let line = |(at, row): (usize, Vec<Piece>)| {
        let texts = row.iter().map(|it| it.text.clone());
        let cells = if is_row(at) { texts.collect() } else { vec![texts.collect::<Vec<_>>().join(" ")] };
        Line {
            cells,
            left: row[0].left,
            right: row.iter().map(|it| it.right).fold(f32::MIN, f32::max),
            y: row[0].y,
            size: row.iter().map(|it| it.size).fold(0.0, f32::max),
            column: (left, right),
            pitch,
        }
    };
    rows.into_iter().enumerate().map(line).collect()
}

/// `— 2 —`, `3`, `第 3 页`: nothing of an article.
fn is_page_mark(line: &Line) -> bool {
    let [text] = line.cells.as_slice() else { return false };
    let bare: String =
        text.chars().filter(|c| !matches!(c, ' ' | '-' | '—' | '－' | '·' | '/' | '第' | '页' | '共')).collect();
    bare.len() <= 6 && bare.chars().all(|c| c.is_ascii_digit()) && text.chars().count() <= 14
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Characters of a line of ten points that begins at `x`.
    fn set(glyphs: &mut Vec<Glyph>, x: f32, y: f32, text: &str) {
        glyphs.extend(text.chars().enumerate().map(|(at, c)| Glyph {
            text: c.to_string(),
            x: x + 10.0 * at as f32,
            y,
            size: 10.0,
        }));
    }

    fn read(glyphs: &[Glyph]) -> String {
        lines(glyphs).iter().map(|line| line.cells.join("|")).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn columns_are_read_one_after_the_other_below_what_spans_them() {
        let mut glyphs = Vec::new();
        set(&mut glyphs, 0.0, 0.0, "星河日报");
        set(&mut glyphs, 200.0, 0.0, "二版要闻");
        set(&mut glyphs, 20.0, 60.0, "一二三四五六七八九十一二三四五六七八");
        for row in 0..4 {
            set(
                &mut glyphs,
                0.0,
                90.0 + 15.0 * row as f32,
                ["左一行左一行左", "左二行左二行左", "左三行左三行左", "左四行左四行左"][row],
            );
            set(
                &mut glyphs,
                110.0,
                93.0 + 15.0 * row as f32,
                ["右一行右一行右", "右二行右二行右", "右三行右三行右", "右四行右四行右"][row],
            );
        }
        set(&mut glyphs, 100.0, 200.0, "— 2 —");
        let text = "星河日报 二版要闻\n一二三四五六七八九十一二三四五六七八\n左一行左一行左\n左二行左二行左\n左三行左三行左\n\
            左四行左四行左\n右一行右一行右\n右二行右二行右\n右三行右三行右\n右四行右四行右";
        assert_eq!(read(&glyphs), text);
    }

    #[test]
    fn narrow_columns_are_a_table() {
        let mut glyphs = Vec::new();
        for row in 0..5 {
            set(&mut glyphs, 0.0, 15.0 * row as f32, "项目");
            set(&mut glyphs, 100.0, 15.0 * row as f32, "3亿");
        }
        assert_eq!(read(&glyphs), ["项目|3亿"; 5].join("\n"));
    }
}
