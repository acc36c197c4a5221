//! Stretches of time as questions name them, and as the graph writes them. They are read by the grammar of articles.

use crate::extract::value::{DateMention, When, dates};
use crate::model::{PartialDate, Period};

/// Months of one year or several, or of any year where the question names none: 上半年 is months 1 to 6.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodWish {
    /// The first year, if told.
    pub year: Option<u16>,
    /// The year as told from the time of writing: 0 for 今年 and a bare 上半年, -1 for 去年.
    pub back: Option<i16>,
    /// Years that it goes on beyond the first.
    pub more: u16,
    /// First month of the first year, 1–12.
    pub first: u8,
    /// Last month of the last year.
    pub last: u8,
}

/// How well a period of the graph answers a wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It lies within the wished one.
    Within,
    /// It is the wished one.
    Exact,
}

impl PeriodWish {
    /// How well the literal of a `pg:period` fits; `None` if it does not.
    pub fn fit(self, literal: &str) -> Option<Fit> {
        let ((first_year, first), (last_year, last)) = months(literal)?;
        let Some(year) = self.year else {
            let same = first_year == last_year && (first, last) == (self.first, self.last);
            return same.then_some(Fit::Exact);
        };
        let (from, to) = ((year, self.first), (year + self.more, self.last));
        if ((first_year, first), (last_year, last)) == (from, to) {
            return Some(Fit::Exact);
        }
        (from <= (first_year, first) && (last_year, last) <= to).then_some(Fit::Within)
    }

    /// True if the literal of a `pg:period` lies between the beginning of this one and the end of `last`.
    pub fn spans(self, last: Self, literal: &str) -> bool {
        let Some((from, to)) = months(literal) else { return false };
        let (Some(first_year), Some(last_year)) = (self.year, last.year) else { return false };
        (first_year, self.first) <= from && to <= (last_year + last.more, last.last)
    }

    /// How the dates begin that lie within it, where the time of writing is in the year `now`: `2023`, or `2023-01` for
    /// each month.
    pub fn beginnings(self, now: Option<u16>) -> Vec<String> {
        let year = self.year.or_else(|| now?.checked_add_signed(self.back.unwrap_or(0)));
        let Some(year) = year else { return Vec::new() };
        if (self.first, self.last) == (1, 12) || self.more > 0 {
            return (year..=year + self.more).map(|year| format!("{year:04}")).collect();
        }
        (self.first..=self.last).map(|month| format!("{year:04}-{month:02}")).collect()
    }
}

/// First and last month of a period literal such as `2023`, `2023-H1`, `2018-01/2018-06`, `2021-12-31`.
fn months(literal: &str) -> Option<((u16, u8), (u16, u8))> {
    if let Some((first, last)) = literal.split_once('/') {
        return Some((months(first)?.0, months(last)?.1));
    }
    let year = literal.get(..4)?.parse().ok()?;
    let (first, last) = match literal.get(4..)? {
        "" => (1, 12),
        "-H1" => (1, 6),
        "-H2" => (7, 12),
        rest if rest.starts_with("-Q") => {
            let quarter: u8 = rest[2..].parse().ok().filter(|q| (1..=4).contains(q))?;
            (quarter * 3 - 2, quarter * 3)
        }
        rest => {
            let month: u8 = rest.get(1..3)?.parse().ok()?;
            (month, month)
        }
    };
    Some(((year, first), (year, last)))
}

/// Two dates of writing: what they make of the same words tells which years the question itself names.
const WRITTEN: [u16; 2] = [2000, 2010];

/// The times of a folded question, each with its first character and the one past its last, from left to right.
pub fn periods(chars: &[char]) -> Vec<(usize, usize, PeriodWish)> {
    let [here, there] = WRITTEN.map(|year| dates(chars, Some(PartialDate::day(year, 12, 31))));
    let mut found: Vec<(usize, usize, PeriodWish)> = Vec::new();
    for (one, other) in here.iter().zip(&there) {
        let Some(wish) = wish(one, other) else { continue };
        let (from, mut end) = (one.span.start as usize, one.span.end as usize);
        // A word is no time because 年 or 月 follows a name.
        end += skip(&chars[end..], &["全年", "年度", "度", "份"]);
        match found.last_mut() {
            // 2023年的上半年 is one time.
            Some(last) if wish.year.is_some() && last.2.year == wish.year && is_joint(&chars[last.1..from]) => {
                *last = (last.0, end, wish);
            }
            _ => found.push((from, end, wish)),
        }
    }
    for at in 0..chars.len() {
        if let Some((length, wish)) = english(&chars[at..]).or_else(|| bare_year(chars, at))
            && !found.iter().any(|(from, end, _)| (*from..*end).contains(&at))
        {
            found.push((at, at + length, wish));
        }
    }
    found.sort_by_key(|(from, ..)| *from);
    joined(found)
}

/// A bare year and what follows it at once are one time: 2018上半年.
fn joined(found: Vec<(usize, usize, PeriodWish)>) -> Vec<(usize, usize, PeriodWish)> {
    let mut joined: Vec<(usize, usize, PeriodWish)> = Vec::new();
    for (from, end, wish) in found {
        match joined.last_mut() {
            Some((_, last, year))
                if *last == from && year.year.is_some() && wish.year.is_none() && wish.back == Some(0) =>
            {
                (*last, *year) = (end, PeriodWish { year: year.year, back: None, more: 0, ..wish });
            }
            _ => joined.push((from, end, wish)),
        }
    }
    joined
}

fn is_joint(between: &[char]) -> bool {
    matches!(between, [] | ['的'] | [' '] | [','])
}

fn wish(one: &DateMention, other: &DateMention) -> Option<PeriodWish> {
    if matches!(one.when, When::Now | When::Open) {
        return None;
    }
    let ((from, first), (to, last)) = bounds(one.period?);
    let told = other.period.map(bounds) == Some(((from, first), (to, last)));
    let back = i32::from(from) - i32::from(WRITTEN[0]);
    let (year, back) = if told { (Some(from), None) } else { (None, i16::try_from(back).ok()) };
    Some(PeriodWish { year, back, more: to.saturating_sub(from), first, last })
}

/// Year and month of beginning and end.
fn bounds(period: Period) -> ((u16, u8), (u16, u8)) {
    match period {
        Period::Date(date) => ((date.year, date.month.unwrap_or(1)), (date.year, date.month.unwrap_or(12))),
        Period::Half(year, half) => ((year, half * 6 - 5), (year, half * 6)),
        Period::Quarter(year, quarter) => ((year, quarter * 3 - 2), (year, quarter * 3)),
        Period::Span(from, to) => ((from.year, from.month.unwrap_or(1)), (to.year, to.month.unwrap_or(12))),
    }
}

/// A bare `2023` of the years 1949–2100.
fn bare_year(chars: &[char], at: usize) -> Option<(usize, PeriodWish)> {
    if at > 0 && (chars[at - 1].is_ascii_digit() || ".-".contains(chars[at - 1])) {
        return None;
    }
    let digits: String = chars[at..].iter().take(4).collect();
    let year: u16 = digits.parse().ok().filter(|year| (1949..=2100).contains(year))?;
    match chars.get(at + 4) {
        Some(c) if c.is_ascii_digit() || ".,%亿万元年".contains(*c) => None,
        _ => Some((4, PeriodWish { year: Some(year), back: None, more: 0, first: 1, last: 12 })),
    }
}

/// `first half of 2023`, `first half`, `h1`.
fn english(rest: &[char]) -> Option<(usize, PeriodWish)> {
    const HALVES: [(&str, u8, u8); 4] = [("first half", 1, 6), ("second half", 7, 12), ("h1", 1, 6), ("h2", 7, 12)];
    let (word, first, last) = HALVES.iter().find(|(word, ..)| skip(rest, &[word]) > 0)?;
    let length = word.chars().count();
    let joint = skip(&rest[length..], &[" of ", " "]);
    let half = PeriodWish { year: None, back: Some(0), more: 0, first: *first, last: *last };
    match bare_year(rest, length + joint).filter(|_| joint > 0) {
        Some((more, year)) => Some((length + joint + more, PeriodWish { year: year.year, back: None, ..half })),
        None if rest.get(length).is_some_and(|c| c.is_ascii_alphanumeric()) => None,
        None => Some((length, half)),
    }
}

fn skip(rest: &[char], words: &[&str]) -> usize {
    let starts = |word: &&&str| word.chars().enumerate().all(|(i, c)| rest.get(i) == Some(&c));
    words.iter().find(starts).map_or(0, |word| word.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read() {
        let told = |year| Some((Some(year), None));
        let relative = |back| Some((None, Some(back)));
        let cases = [
            ("2023年上半年", 8, told(2023), 1, 6),
            ("2023年的上半年", 9, told(2023), 1, 6),
            ("2023年", 5, told(2023), 1, 12),
            ("2018上半年", 7, told(2018), 1, 6),
            ("2023年度", 6, told(2023), 1, 12),
            ("2018年1-6月", 9, told(2018), 1, 6),
            ("2022年前三季度", 9, told(2022), 1, 9),
            ("2021年8月份", 8, told(2021), 8, 8),
            ("2021年底", 6, told(2021), 12, 12),
            ("上半年", 3, relative(0), 1, 6),
            ("2023", 4, told(2023), 1, 12),
            ("2023亿元", 0, None, 0, 0),
            ("20230", 0, None, 0, 0),
            ("截至2021年11月", 10, told(2021), 11, 11),
            ("今年1-5月", 6, relative(0), 1, 5),
            ("今年", 2, relative(0), 1, 12),
            ("去年", 2, relative(-1), 1, 12),
            ("first half of 2017", 18, told(2017), 1, 6),
            ("到底", 0, None, 0, 0),
            ("目前", 0, None, 0, 0),
        ];
        for (text, end, year, first, last) in cases {
            let chars: Vec<char> = text.chars().collect();
            let found = periods(&chars);
            let expected: Vec<_> = year.iter().map(|(year, back)| (0, end, *year, *back, first, last)).collect();
            let found: Vec<_> =
                found.iter().map(|(from, end, it)| (*from, *end, it.year, it.back, it.first, it.last)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn literals_fit_wishes() {
        let half = PeriodWish { year: Some(2023), back: None, more: 0, first: 1, last: 6 };
        let any_half = PeriodWish { year: None, back: Some(0), ..half };
        let year = PeriodWish { last: 12, ..half };
        let cases = [
            (half, "2023-H1", Some(Fit::Exact)),
            (half, "2023-01/2023-06", Some(Fit::Exact)),
            (half, "2023-Q2", Some(Fit::Within)),
            (half, "2023", None),
            (half, "2022-H1", None),
            (any_half, "2018-H1", Some(Fit::Exact)),
            (any_half, "2018-03", None),
            (year, "2023", Some(Fit::Exact)),
            (year, "2023-12-31", Some(Fit::Within)),
            (year, "not a period", None),
        ];
        for (wish, literal, expected) in cases {
            assert_eq!(wish.fit(literal), expected, "{wish:?} {literal}");
        }
    }

    #[test]
    fn dates_begin_as_wished() {
        let half = PeriodWish { year: Some(2023), back: None, more: 0, first: 1, last: 2 };
        let last = PeriodWish { year: None, back: Some(-1), more: 0, first: 1, last: 12 };
        assert_eq!(half.beginnings(None), ["2023-01", "2023-02"]);
        assert_eq!((last.beginnings(Some(2024)), last.beginnings(None)), (vec!["2023".to_owned()], Vec::new()));
    }
}
