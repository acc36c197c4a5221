//! Features of the character tagger: what stands around a character, in which word, under which lexicon classes.

use super::find::FindKind;
use super::surface::{HEADS, Surface, Word, is_clause_end};
use crate::learn::{feature, mix, text_number};
use crate::model::CleanSpan;

/// Features of every position of a range, in the order of the positions.
pub fn range_features(surface: &Surface<'_>, range: CleanSpan) -> Vec<Vec<u32>> {
    let features = |position| {
        let mut out = Vec::new();
        position_features(surface, range, position, &mut out);
        out
    };
    range.range().map(features).collect()
}

/// Adds the features of one position; nothing outside `range` is looked at.
pub fn position_features(surface: &Surface<'_>, range: CleanSpan, position: usize, out: &mut Vec<u32>) {
    character_features(surface, range, position, out);
    word_features(surface, range, position, out);
    class_features(surface, range, position, out);
}

/// Adds the features of one position inside a name of a kind: as in a text that is the name alone, with the kind, the
/// place in the name and its ending.
pub fn inner_features(surface: &Surface<'_>, kind: FindKind, span: CleanSpan, position: usize, out: &mut Vec<u32>) {
    let first = out.len();
    position_features(surface, span, position, out);
    let (from_start, to_end) = (position - span.start as usize, span.end as usize - position);
    let label = kind.index() as u64;
    for at in first..out.len() {
        out.push(one(60, mix(label, u64::from(out[at]))));
    }
    out.push(one(61, mix(label, from_start.min(8) as u64)));
    out.push(one(62, mix(label, to_end.min(8) as u64)));
    out.push(one(63, mix(label, span.len().min(20) as u64)));
    let last = &surface.chars[(span.end as usize).saturating_sub(2).max(span.start as usize)..span.end as usize];
    out.push(one(64, mix(mix(label, from_start.min(8) as u64), text_number(last))));
}

/// The feature of a template with a value.
fn one(template: u64, value: u64) -> u32 {
    feature(mix(template, value))
}

fn character_features(surface: &Surface<'_>, range: CleanSpan, position: usize, out: &mut Vec<u32>) {
    let at = |offset: isize| {
        let place = position as isize + offset;
        let inside = place >= range.start as isize && place < range.end as isize;
        if inside { surface.char_at(place) } else { '\u{0}' }
    };
    let near = [at(-2), at(-1), at(0), at(1), at(2)];
    let [a, b, c, d, e] = near.map(|c| u64::from(u32::from(c)));
    out.extend([one(1, a), one(2, b), one(3, c), one(4, d), one(5, e)]);
    let two = |x: u64, y: u64| x << 32 | y;
    out.extend([one(6, two(a, b)), one(7, two(b, c)), one(8, two(c, d)), one(9, two(d, e)), one(10, two(b, d))]);
    let three = |x: u64, y: u64, z: u64| mix(two(x, y), z);
    out.extend([one(11, three(a, b, c)), one(12, three(b, c, d)), one(13, three(c, d, e))]);
    out.push(one(14, near.iter().fold(0, |shapes, ch| shapes << 4 | shape(*ch))));
}

fn word_features(surface: &Surface<'_>, range: CleanSpan, position: usize, out: &mut Vec<u32>) {
    let Some(word) = surface.word_near(position, 0) else { return };
    let place = place_in(word.span, position);
    let near = |offset: isize| surface.word_near(position, offset).filter(|w| range.contains(w.span));
    let text = |word: Option<&Word<'_>>| word.map_or(1, |w| w.text_number);
    let tag = |word: Option<&Word<'_>>| word.map_or(1, |w| w.tag_number);
    let (before, after) = (near(-1), near(1));
    let tags = [tag(before), word.tag_number, tag(after)];
    let with_place = [
        (20, word.text_number),
        (21, tags[1]),
        (22, text(before)),
        (23, text(after)),
        (24, mix(tags[0], tags[1])),
        (25, mix(tags[1], tags[2])),
        (26, mix(mix(tags[0], tags[1]), tags[2])),
        (27, text(near(2))),
        (28, text(near(-2))),
    ];
    out.extend(with_place.map(|(template, value)| one(template << 2 | place, value)));
}

fn class_features(surface: &Surface<'_>, range: CleanSpan, position: usize, out: &mut Vec<u32>) {
    for (place, set) in surface.classes_at(position).into_iter().enumerate() {
        each_bit(set, |bit| out.push(one(140, (place as u64) << 8 | bit)));
    }
    if position > range.start as usize {
        each_bit(surface.classes_at(position - 1)[2], |bit| out.push(one(141, bit)));
    }
    if position + 1 < range.end as usize {
        each_bit(surface.classes_at(position + 1)[0], |bit| out.push(one(142, bit)));
    }
    head_features(surface, range, position, out);
}

/// How far ahead a noun that closes a name is looked for, in characters.
const HEAD_REACH: usize = 18;

/// The next noun that closes a name within the clause, and how far off it ends.
fn head_features(surface: &Surface<'_>, range: CleanSpan, position: usize, out: &mut Vec<u32>) {
    let end = (position + HEAD_REACH).min(range.end as usize);
    let (mut found, mut at) = (0, surface.next_landmark(position));
    while at < end && !is_clause_end(surface.chars[at]) {
        let fresh = surface.classes_at(at)[2] & HEADS & !found;
        each_bit(fresh, |bit| {
            let far = ((at - position).min(12) as u64).next_power_of_two();
            out.push(one(143, far << 8 | bit));
            out.push(one(144, u64::from(found == 0) << 8 | bit));
        });
        found |= fresh;
        at = surface.next_landmark(at + 1);
    }
}

fn each_bit(mut bits: u64, mut visit: impl FnMut(u64)) {
    while bits != 0 {
        visit(u64::from(bits.trailing_zeros()));
        bits &= bits - 1;
    }
}

/// 0 alone, 1 first, 2 inside, 3 last.
fn place_in(span: CleanSpan, position: usize) -> u64 {
    match (span.start as usize == position, span.end as usize == position + 1) {
        (true, true) => 0,
        (true, false) => 1,
        (false, false) => 2,
        (false, true) => 3,
    }
}

/// Kind of character: none, digit, Latin, white, Chinese numeral, quote, bracket, stop, other sign, Chinese.
pub fn shape(c: char) -> u64 {
    match c {
        '\u{0}' => 0,
        '0'..='9' => 1,
        'a'..='z' | 'A'..='Z' => 2,
        ' ' | '\n' | '\t' => 3,
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千' | '万' | '亿' => {
            4
        }
        '“' | '”' | '"' | '‘' | '’' | '《' | '》' => 5,
        '(' | ')' | '[' | ']' | '【' | '】' => 6,
        '。' | ',' | '、' | ';' | ':' | '!' | '?' => 7,
        // Asking the tables of Unicode takes longer.
        '\u{4E00}'..='\u{9FFF}' => 9,
        c if c.is_alphanumeric() => 9,
        _ => 8,
    }
}
