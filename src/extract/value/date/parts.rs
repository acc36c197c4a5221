//! Times written with numbers: years, months, days, and spans of them.

use super::{Clock, Found, When, last_day};
use crate::model::{PartialDate, Period};

/// Reads a time that starts with a number at `at`.
pub(super) fn numbered(chars: &[char], at: usize, clock: &Clock) -> Option<Found> {
    if at > 0 && (chars[at - 1].is_ascii_digit() || matches!(chars[at - 1], '.' | '第')) {
        return None;
    }
    if let Some((year, end)) = year_number(chars, at) {
        return dashed(chars, end, year).or_else(|| years(chars, end, year));
    }
    let found = months(chars, at, clock.year()?)?;
    let found = match found.period {
        Some(Period::Span(_, PartialDate { month: Some(last), day: None, .. })) => {
            months(chars, at, clock.year_ending(last)?)?
        }
        _ => found,
    };
    Some(Found { year: None, ..found })
}

/// Four digits, Arabic or Chinese, that can be a year.
fn year_number(chars: &[char], at: usize) -> Option<(u16, usize)> {
    let digits = chars.get(at..at + 4)?;
    if chars.get(at + 4).is_some_and(|c| c.is_ascii_digit()) {
        return None;
    }
    let mut year = 0_u16;
    for c in digits {
        year = year * 10 + u16::try_from(digit(*c)?).ok()?;
    }
    (1900..=2100).contains(&year).then_some((year, at + 4))
}

fn digit(c: char) -> Option<usize> {
    let digit = match c {
        '0'..='9' => c as usize - '0' as usize,
        '〇' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    };
    Some(digit)
}

/// `2017-08-17`, `2017/8/17`, `2017.08.17` behind the year.
fn dashed(chars: &[char], at: usize, year: u16) -> Option<Found> {
    let mark = *chars.get(at).filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (month, end) = small(chars, at + 1, 12)?;
    if chars.get(end) != Some(&mark) {
        return None;
    }
    let (day, end) = small(chars, end + 1, 31)?;
    Some(during(end, Period::Date(PartialDate::day(year, month, day)), year))
}

fn during(end: usize, period: Period, year: u16) -> Found {
    Found { end, period: Some(period), when: When::During, year: Some(year) }
}

/// What may follow four digits of a year: 年, or a dash and a second year.
fn years(chars: &[char], at: usize, year: u16) -> Option<Found> {
    let first = if chars.get(at) == Some(&'年') { at + 1 } else { at };
    if let Some(found) = year_span(chars, first, year) {
        return Some(found);
    }
    (first > at).then(|| within_year(chars, first, year))
}

fn year_span(chars: &[char], at: usize, year: u16) -> Option<Found> {
    let next = dash(chars, at)?;
    let (last, end) = year_number(chars, next)?;
    if chars.get(end) != Some(&'年') || last <= year {
        return None;
    }
    Some(during(end + 1, Period::Span(PartialDate::year(year), PartialDate::year(last)), last))
}

/// The place behind a dash, 至 or 到.
fn dash(chars: &[char], at: usize) -> Option<usize> {
    chars.get(at).filter(|c| matches!(c, '-' | '—' | '–' | '~' | '～' | '至' | '到'))?;
    Some(at + 1)
}

/// A number of one or two digits from 1 to `most`.
fn small(chars: &[char], at: usize, most: u8) -> Option<(u8, usize)> {
    let length = chars.get(at..)?.iter().take(3).take_while(|c| c.is_ascii_digit()).count();
    if !(1..=2).contains(&length) {
        return None;
    }
    let value = chars[at..at + length].iter().fold(0, |sum, c| sum * 10 + c.to_digit(10).unwrap_or(0)) as u8;
    (1..=most).contains(&value).then_some((value, at + length))
}

/// The part of a year that is told behind it; the whole year where nothing follows.
pub(super) fn within_year(chars: &[char], at: usize, year: u16) -> Found {
    let at = if chars.get(at) == Some(&' ') { at + 1 } else { at };
    months(chars, at, year)
        .or_else(|| part_of_year(chars, at, year))
        .unwrap_or_else(|| during(at, Period::Date(PartialDate::year(year)), year))
}

/// A month in Chinese digits, which only 月份 tells from a number of months: `十一月份`.
fn worded_month(chars: &[char], at: usize) -> Option<(u8, usize)> {
    let ten = chars.get(at) == Some(&'十');
    let unit = chars
        .get(at + usize::from(ten))
        .and_then(|c| digit(*c))
        .filter(|unit| *unit > 0 && !chars[at].is_ascii_digit());
    let (month, length) = match (ten, unit) {
        (true, Some(unit)) => (10 + unit, 2),
        (true, None) => (10, 1),
        (false, Some(unit)) => (unit, 1),
        (false, None) => return None,
    };
    let named = chars.get(at + length..at + length + 2) == Some(&['月', '份']);
    (named && month <= 12).then_some((month as u8, at + length))
}

/// Months of a known year: `6月`, `6月30日`, `6月底`, `1-6月`, `1月至6月`.
fn months(chars: &[char], at: usize, year: u16) -> Option<Found> {
    let (first, end) = small(chars, at, 12).or_else(|| worded_month(chars, at))?;
    let named = chars.get(end) == Some(&'月');
    let after = if named { end + 1 } else { end };
    if let Some((last, end)) = dash(chars, after).and_then(|next| small(chars, next, 12))
        && chars.get(end) == Some(&'月')
        && first < last
    {
        let span = Period::Span(PartialDate::month(year, first), PartialDate::month(year, last));
        return Some(during(end + 1, span, year));
    }
    if !named || chars.get(after) == Some(&'份') && chars.get(after + 1) == Some(&'数') {
        return None;
    }
    if let Some((day, end)) = small(chars, after, 31).filter(|(_, end)| matches!(chars.get(*end), Some('日' | '号')))
    {
        let from = PartialDate::day(year, first, day);
        if let Some((to, end)) =
            dash(chars, end + 1).and_then(|next| month_day(chars, next, year)).filter(|(to, _)| from < *to)
        {
            return Some(during(end, Period::Span(from, to), year));
        }
        return Some(during(end + 1, Period::Date(from), year));
    }
    if matches!(chars.get(after), Some('底' | '末')) {
        let day = PartialDate::day(year, first, last_day(year, first));
        return Some(Found { when: When::AsOf, ..during(after + 1, Period::Date(day), year) });
    }
    let end = if chars.get(after) == Some(&'份') { after + 1 } else { after };
    Some(during(end, Period::Date(PartialDate::month(year, first)), year))
}

/// `10月6日`.
fn month_day(chars: &[char], at: usize, year: u16) -> Option<(PartialDate, usize)> {
    let (month, end) = small(chars, at, 12).filter(|(_, end)| chars.get(*end) == Some(&'月'))?;
    let (day, end) = small(chars, end + 1, 31).filter(|(_, end)| chars.get(*end) == Some(&'日'))?;
    Some((PartialDate::day(year, month, day), end + 1))
}

/// Halves, quarters and the ends of a year.
pub(super) fn part_of_year(chars: &[char], at: usize, year: u16) -> Option<Found> {
    let rest = chars.get(at..)?;
    let month = |month| PartialDate::month(year, month);
    let (length, period, when) = match rest {
        ['上', '半', '年', ..] => (3, Period::Half(year, 1), When::During),
        ['下', '半', '年', ..] => (3, Period::Half(year, 2), When::During),
        ['前', '三', '季', '度', ..] | ['前', '3', '季', '度', ..] => {
            (4, Period::Span(month(1), month(9)), When::During)
        }
        ['一', '至', '三', '季', '度', ..] => (5, Period::Span(month(1), month(9)), When::During),
        ['前', '两', '个', '月', ..] | ['头', '两', '个', '月', ..] => {
            (4, Period::Span(month(1), month(2)), When::During)
        }
        ['首', '季', '度', ..] => (3, Period::Quarter(year, 1), When::During),
        ['首', '季', ..] => (2, Period::Quarter(year, 1), When::During),
        ['第', quarter, '季', '度', ..] => (4, Period::Quarter(year, quarter_number(*quarter)?), When::During),
        [quarter, '季', '度', ..] => (3, Period::Quarter(year, quarter_number(*quarter)?), When::During),
        ['前', ..] => return first_months(chars, at, year),
        ['年', '底' | '末', ..] => (2, Period::Date(PartialDate::day(year, 12, 31)), When::AsOf),
        ['底' | '末', ..] => (1, Period::Date(PartialDate::day(year, 12, 31)), When::AsOf),
        ['年', '初', ..] => (2, Period::Date(month(1)), When::AsOf),
        ['初', ..] => (1, Period::Date(month(1)), When::AsOf),
        ['全', '年', ..] | ['年', '内', ..] | ['以', '来', ..] | ['年', '度', ..] => {
            (2, Period::Date(PartialDate::year(year)), When::During)
        }
        _ => return None,
    };
    Some(Found { when, ..during(at + length, period, year) })
}

fn quarter_number(c: char) -> Option<u8> {
    match c {
        '一' | '1' => Some(1),
        '二' | '2' => Some(2),
        '三' | '3' => Some(3),
        '四' | '4' => Some(4),
        _ => None,
    }
}

/// `前7个月`, `前七个月`.
fn first_months(chars: &[char], at: usize, year: u16) -> Option<Found> {
    let (last, end) = small(chars, at + 1, 12).or_else(|| {
        let month = "一二三四五六七八九".chars().position(|d| Some(&d) == chars.get(at + 1))?;
        Some((month as u8 + 1, at + 2))
    })?;
    let end = if chars.get(end) == Some(&'个') { end + 1 } else { end };
    if chars.get(end) != Some(&'月') || last < 2 {
        return None;
    }
    let span = Period::Span(PartialDate::month(year, 1), PartialDate::month(year, last));
    Some(during(end + 1, span, year))
}
