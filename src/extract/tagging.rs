//! Features of the character tagger: what stands around a character, in which word, under which lexicon classes.

use super::find::FindKind;
use super::surface::{Surface, Word};
use crate::learn::FeatureHash;
use crate::lexicon::Class;
use crate::model::CleanSpan;

/// Features of every position of a range, in the order of the positions.
pub fn range_features(surface: &Surface<'_>, range: CleanSpan) -> Vec<Vec<u32>> {
    range.range().map(|position| position_features(surface, range, position)).collect()
}

/// Features of one position; nothing outside `range` is looked at.
pub fn position_features(surface: &Surface<'_>, range: CleanSpan, position: usize) -> Vec<u32> {
    let mut out = Vec::with_capacity(48);
    character_features(surface, range, position, &mut out);
    word_features(surface, range, position, &mut out);
    class_features(surface, range, position, &mut out);
    out
}

/// Features of one position inside a name of a kind: as in a text that is the name alone, with the kind, the place in
/// the name and its ending.
pub fn inner_features(surface: &Surface<'_>, kind: FindKind, span: CleanSpan, position: usize) -> Vec<u32> {
    let mut out = position_features(surface, span, position);
    let (from_start, to_end) = (position - span.start as usize, span.end as usize - position);
    let label = kind.index() as u64;
    let plain = out.len();
    for at in 0..plain {
        out.push(FeatureHash::new(60).number(label).number(u64::from(out[at])).finish());
    }
    out.push(FeatureHash::new(61).number(label).number(from_start.min(8) as u64).finish());
    out.push(FeatureHash::new(62).number(label).number(to_end.min(8) as u64).finish());
    out.push(FeatureHash::new(63).number(label).number(span.len().min(20) as u64).finish());
    let last = &surface.chars[(span.end as usize).saturating_sub(2).max(span.start as usize)..span.end as usize];
    out.push(FeatureHash::new(64).number(label).number(from_start.min(8) as u64).chars(last).finish());
    out
}

fn character_features(surface: &Surface<'_>, range: CleanSpan, position: usize, out: &mut Vec<u32>) {
    let at = |offset: isize| {
        let place = position as isize + offset;
        if place < range.start as isize || place >= range.end as isize { '\u{0}' } else { surface.char_at(place) }
    };
    let (a, b, c, d, e) = (at(-2), at(-1), at(0), at(1), at(2));
    let unigrams = [(1, a), (2, b), (3, c), (4, d), (5, e)];
    out.extend(unigrams.map(|(template, ch)| FeatureHash::new(template).char(ch).finish()));
    let bigrams = [(6, a, b), (7, b, c), (8, c, d), (9, d, e), (10, b, d)];
    out.extend(bigrams.map(|(template, x, y)| FeatureHash::new(template).char(x).char(y).finish()));
    let trigrams = [(11, a, b, c), (12, b, c, d), (13, c, d, e)];
    out.extend(trigrams.map(|(template, x, y, z)| FeatureHash::new(template).char(x).char(y).char(z).finish()));
    let shape = [a, b, c, d, e].iter().fold(FeatureHash::new(14), |hash, ch| hash.number(shape(*ch)));
    out.push(shape.finish());
}

fn word_features(surface: &Surface<'_>, range: CleanSpan, position: usize, out: &mut Vec<u32>) {
    let Some(word) = surface.word_near(position, 0) else { return };
    let place = place_in(word.span, position);
    let near = |offset: isize| surface.word_near(position, offset).filter(|w| range.contains(w.span));
    let text = |word: Option<&Word<'_>>| word.map_or(&[][..], |w| &surface.chars[w.span.range()]);
    let tag = |word: Option<&Word<'_>>| word.map_or(String::new(), |w| w.tag.to_owned());
    let (before, after) = (near(-1), near(1));
    out.push(FeatureHash::new(20).number(place).chars(text(Some(word))).finish());
    out.push(FeatureHash::new(21).number(place).text(word.tag).finish());
    out.push(FeatureHash::new(22).number(place).chars(text(before)).finish());
    out.push(FeatureHash::new(23).number(place).chars(text(after)).finish());
    out.push(FeatureHash::new(24).number(place).text(&tag(before)).text(word.tag).finish());
    out.push(FeatureHash::new(25).number(place).text(word.tag).text(&tag(after)).finish());
    out.push(FeatureHash::new(26).number(place).text(&tag(before)).text(word.tag).text(&tag(after)).finish());
    out.push(FeatureHash::new(27).number(place).chars(text(near(2))).finish());
    out.push(FeatureHash::new(28).number(place).chars(text(near(-2))).finish());
}

fn class_features(surface: &Surface<'_>, range: CleanSpan, position: usize, out: &mut Vec<u32>) {
    for (place, set) in surface.classes_at(position).into_iter().enumerate() {
        each_bit(set, |bit| out.push(FeatureHash::new(40).number(place as u64).number(bit).finish()));
    }
    if position > range.start as usize {
        each_bit(surface.classes_at(position - 1)[2], |bit| out.push(FeatureHash::new(41).number(bit).finish()));
    }
    if position + 1 < range.end as usize {
        each_bit(surface.classes_at(position + 1)[0], |bit| out.push(FeatureHash::new(42).number(bit).finish()));
    }
    head_features(surface, range, position, out);
}

/// How far ahead a noun that closes a name is looked for, in characters.
const HEAD_REACH: usize = 18;

/// The next noun that closes a name within the clause, and how far off it ends.
fn head_features(surface: &Surface<'_>, range: CleanSpan, position: usize, out: &mut Vec<u32>) {
    let heads = HEADS.iter().fold(0, |bits, class| bits | class.bit());
    let end = (position + HEAD_REACH).min(range.end as usize);
    let mut found = 0;
    for at in position..end {
        if matches!(surface.chars[at], '。' | ',' | ';' | ':' | '!' | '?') {
            break;
        }
        let fresh = surface.classes_at(at)[2] & heads & !found;
        each_bit(fresh, |bit| {
            let far = ((at - position).min(12) as u64).next_power_of_two();
            out.push(FeatureHash::new(43).number(bit).number(far).finish());
            out.push(FeatureHash::new(44).number(bit).number(u64::from(found == 0)).finish());
        });
        found |= fresh;
    }
}

const HEADS: [Class; 8] = [
    Class::ParkHead,
    Class::CompanySuffix,
    Class::CompanyField,
    Class::OrgHead,
    Class::ProjectHead,
    Class::PolicyHead,
    Class::IndustryHead,
    Class::HonourHead,
];

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
        c if c.is_alphanumeric() => 9,
        _ => 8,
    }
}
