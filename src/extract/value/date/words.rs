//! Times written in words: 今年, 上半年, 目前, “十三五”期间, 达产后.

use super::parts::{part_of_year, within_year};
use super::{Clock, Found, When};
use crate::model::{PartialDate, Period};

/// Words for a year, with its distance from the year of publication, or from the year told last.
const YEARS: [(&str, Base, i16); 13] = [
    ("今年以来", Base::Published, 0),
    ("今年", Base::Published, 0),
    ("本年度", Base::Published, 0),
    ("本年", Base::Published, 0),
    ("去年", Base::Published, -1),
    ("前年", Base::Published, -2),
    ("明年", Base::Published, 1),
    ("上年度", Base::Published, -1),
    ("同年", Base::Told, 0),
    ("当年", Base::Told, 0),
    ("该年", Base::Told, 0),
    ("次年", Base::Told, 1),
    ("翌年", Base::Told, 1),
];

/// Words for the time of writing.
const NOW: [&str; 12] =
    ["截至目前", "截止目前", "到目前为止", "目前", "如今", "眼下", "迄今", "至今", "现有", "现已", "现在", "当前"];

/// Words after which figures have no time.
const OPEN: [&str; 20] = [
    "全部达产后",
    "全面达产后",
    "达产后",
    "达产达效后",
    "满产后",
    "全部投产后",
    "全面投产后",
    "建成投产后",
    "投产后",
    "全部建成后",
    "建成后",
    "建成达产后",
    "投用后",
    "投运后",
    "达效后",
    "竣工后",
    "建成运营后",
    "运营后",
    "未来",
    "远期",
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Base {
    Published,
    Told,
}

/// Reads a time that starts with a word at `at`.
pub(super) fn worded(chars: &[char], at: usize, clock: &Clock) -> Option<Found> {
    if !may_begin(*chars.get(at)?) {
        return None;
    }
    named_year(chars, at, clock)
        .or_else(|| bare_part(chars, at, clock))
        .or_else(|| plan(chars, at))
        .or_else(|| now(chars, at, clock))
}

/// Whether any word of this file begins with the character, those of [`bare_part`] and [`plan`] among them.
fn may_begin(c: char) -> bool {
    matches!(c, '上' | '下' | '前' | '头' | '第' | '首' | '一' | '二' | '三' | '四' | '年' | '全' | '十')
        || matches!(c, '今' | '本' | '去' | '明' | '同' | '当' | '该' | '次' | '翌')
        || matches!(
            c,
            '截' | '到'
                | '目'
                | '如'
                | '眼'
                | '迄'
                | '至'
                | '现'
                | '达'
                | '满'
                | '投'
                | '建'
                | '竣'
                | '运'
                | '未'
                | '远'
        )
}

/// Length of `word` if it stands at `at`.
fn length(chars: &[char], at: usize, word: &str) -> Option<usize> {
    let mut end = at;
    for c in word.chars() {
        if chars.get(end) != Some(&c) {
            return None;
        }
        end += 1;
    }
    Some(end - at)
}

fn named_year(chars: &[char], at: usize, clock: &Clock) -> Option<Found> {
    let (length, base, offset) =
        YEARS.iter().find_map(|(word, base, offset)| Some((length(chars, at, word)?, *base, *offset)))?;
    let year = if base == Base::Told { clock.year() } else { clock.this_year() }?;
    Some(within_year(chars, at + length, year.checked_add_signed(offset)?))
}

/// 上半年, 一季度, 全年 and the like, of the year told last or of publication.
fn bare_part(chars: &[char], at: usize, clock: &Clock) -> Option<Found> {
    if !matches!(chars[at], '上' | '下' | '前' | '头' | '第' | '首' | '一' | '二' | '三' | '四' | '年' | '全')
    {
        return None;
    }
    // 年度 and 年内 alone only qualify a noun (年度重点项目) or look ahead.
    if chars[at] == '年' && !matches!(chars.get(at + 1), Some('底' | '末' | '初' | '内')) {
        return None;
    }
    let year = match part_of_year(chars, at, clock.year()?)?.period? {
        Period::Half(_, 1) => clock.year_ending(6),
        Period::Quarter(_, quarter) => clock.year_ending(quarter * 3),
        Period::Span(_, PartialDate { month: Some(last), .. }) => clock.year_ending(last),
        // In the first months of a year 全年 looks back.
        Period::Date(PartialDate { month: None, .. }) if chars[at] == '全' => clock.year_ending(3),
        _ => clock.near.or_else(|| clock.year()),
    };
    part_of_year(chars, at, year?).map(|found| Found { year: None, ..found })
}

/// “十三五”期间: the thirteenth plan ran from 2016 to 2020.
fn plan(chars: &[char], at: usize) -> Option<Found> {
    let ['十', tail, '五', ..] = chars.get(at..)? else { return None };
    let number = "一二三四五".chars().position(|c| c == *tail)? as u16 + 11;
    let first = 2006 + 5 * (number - 11);
    let end = if chars.get(at + 3) == Some(&'”') { at + 4 } else { at + 3 };
    let span = Period::Span(PartialDate::year(first), PartialDate::year(first + 4));
    let endings = [("期间", span), ("时期", span), ("以来", span), ("末", Period::Date(PartialDate::year(first + 4)))];
    let (word, period) = endings.into_iter().find(|(word, _)| length(chars, end, word).is_some())?;
    Some(Found { end: end + word.chars().count(), period: Some(period), when: When::During, year: None })
}

fn now(chars: &[char], at: usize, clock: &Clock) -> Option<Found> {
    let found = |length, period, when| Found { end: at + length, period, when, year: None };
    if let Some(length) = NOW.iter().find_map(|word| length(chars, at, word)) {
        return Some(found(length, clock.now(), When::Now));
    }
    OPEN.iter().find_map(|word| length(chars, at, word)).map(|length| found(length, None, When::Open))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_begins_with_a_character_that_may_begin_one() {
        let years = YEARS.iter().map(|(word, ..)| word);
        for word in years.chain(&NOW).chain(&OPEN) {
            assert!(word.starts_with(may_begin), "{word}");
        }
    }
}
