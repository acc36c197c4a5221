//! Dates in clean text, as far as the document's own date needs them.

use crate::model::PartialDate;

/// The parts of a date that are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Parts {
    /// 1900–2100.
    pub(super) year: Option<u16>,
    /// 1–12.
    pub(super) month: Option<u8>,
    /// 1–31.
    pub(super) day: Option<u8>,
}

impl Parts {
    /// As a date, if a year is printed.
    pub(super) fn dated(self) -> Option<PartialDate> {
        Some(PartialDate { year: self.year?, month: self.month, day: self.day })
    }
}

/// A date and where it stands: `start..end` in the characters that were searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    /// First character.
    pub(super) start: usize,
    /// One past the last character.
    pub(super) end: usize,
    /// What it says.
    pub(super) date: Parts,
}

/// The first date.
pub(super) fn first(text: &[char]) -> Option<Found> {
    all(text).next()
}

/// Every date, in order.
pub(super) fn all(text: &[char]) -> impl Iterator<Item = Found> {
    let mut from = 0;
    std::iter::from_fn(move || {
        while from < text.len() {
            from += text[from..].iter().take_while(|&&c| !may_begin(c)).count();
            match at(text, from) {
                Some(found) => {
                    from = found.end;
                    return Some(found);
                }
                None => from = skip_number(text, from),
            }
        }
        None
    })
}

/// True for the characters with which a date can begin.
fn may_begin(c: char) -> bool {
    c.is_ascii_digit() || c == '十' || c >= '\u{25cb}' && chinese_digit(c).is_some()
}

/// The date that the text consists of, with its year.
pub(super) fn whole(text: &[char]) -> Option<PartialDate> {
    let found = first(text)?;
    (found.start == 0 && found.end == text.len()).then(|| found.date.dated()).flatten()
}

/// True when the last date ends at `end`.
pub(super) fn last_ends_at(text: &[char], end: usize) -> bool {
    all(text).last().is_some_and(|found| found.end == end)
}

/// Past the digits at `from`, so that `12021年` holds no year; one further where none stand.
fn skip_number(text: &[char], from: usize) -> usize {
    let digits = text[from..].iter().take_while(|c| c.is_ascii_digit()).count();
    from + digits.max(1)
}

/// A date that begins at `start`.
fn at(text: &[char], start: usize) -> Option<Found> {
    let (number, length) = year_number(text, start).or_else(|| number(text, start))?;
    let end = start + length;
    match text.get(end)? {
        '年' if (1900..=2100).contains(&number) => Some(from_year(text, start, end + 1, number)),
        sign @ ('-' | '/' | '.') if length == 4 && (1900..=2100).contains(&number) => {
            with_signs(text, start, end, number, *sign)
        }
        '月' if !in_range(text, start) => {
            let (month, day, end) = month_and_day(text, start)?;
            Some(Found { start, end, date: Parts { year: None, month: Some(month), day } })
        }
        _ => None,
    }
}

/// True behind a sign that makes the number the end of a range: `1-6月`.
fn in_range(text: &[char], start: usize) -> bool {
    let behind_end = |i: usize| i > 0 && (text[i - 1].is_ascii_digit() || matches!(text[i - 1], '月' | '日'));
    match text[..start].last() {
        Some('-' | '—' | '~' | '、') => true,
        Some('至' | '到') => behind_end(start - 1),
        _ => false,
    }
}

fn from_year(text: &[char], start: usize, end: usize, year: u32) -> Found {
    let year = Some(year as u16);
    match month_and_day(text, end) {
        Some((month, day, end)) => Found { start, end, date: Parts { year, month: Some(month), day } },
        None => Found { start, end, date: Parts { year, ..Parts::default() } },
    }
}

/// `M月` or `M月D日` at `start`: month, day, and where it ends.
fn month_and_day(text: &[char], start: usize) -> Option<(u8, Option<u8>, usize)> {
    let (month, length) = number(text, start).filter(|(month, _)| (1..=12).contains(month))?;
    let end = start + length;
    if text.get(end) != Some(&'月') {
        return None;
    }
    let day = number(text, end + 1).filter(|(day, _)| (1..=31).contains(day));
    match day {
        Some((day, length)) if matches!(text.get(end + 1 + length), Some('日' | '号')) => {
            Some((month as u8, Some(day as u8), end + 2 + length))
        }
        _ => Some((month as u8, None, end + 1)),
    }
}

/// `2017-07-21`, `2017/7/21`, `2017.7.21`: `end` is where the year's digits end.
fn with_signs(text: &[char], start: usize, end: usize, year: u32, sign: char) -> Option<Found> {
    let (month, length) = number(text, end + 1).filter(|(month, _)| (1..=12).contains(month))?;
    let second = end + 1 + length;
    if text.get(second) != Some(&sign) {
        return None;
    }
    let (day, length) = number(text, second + 1).filter(|(day, _)| (1..=31).contains(day))?;
    let date = Parts { year: Some(year as u16), month: Some(month as u8), day: Some(day as u8) };
    Some(Found { start, end: second + 1 + length, date })
}

/// A number of at most four digits, or a Chinese numeral below 100: its value and length.
fn number(text: &[char], start: usize) -> Option<(u32, usize)> {
    let rest = text.get(start..)?;
    let digits = rest.iter().take(5).take_while(|c| c.is_ascii_digit()).count();
    match digits {
        0 => numeral(rest),
        1..=4 => {
            Some((rest[..digits].iter().filter_map(|c| c.to_digit(10)).fold(0, |sum, digit| sum * 10 + digit), digits))
        }
        _ => None,
    }
}

fn numeral(text: &[char]) -> Option<(u32, usize)> {
    let digit = |i: usize| text.get(i).and_then(|&c| chinese_digit(c)).filter(|&digit| digit > 0);
    let tens = digit(0);
    let ten = usize::from(tens.is_some());
    if text.get(ten) != Some(&'十') {
        return tens.map(|value| (value, 1));
    }
    let ones = digit(ten + 1);
    Some((tens.unwrap_or(1) * 10 + ones.unwrap_or(0), ten + 1 + usize::from(ones.is_some())))
}

/// A year in Chinese digits: `二〇二一`.
fn year_number(text: &[char], start: usize) -> Option<(u32, usize)> {
    let digits = text.get(start..start + 4)?;
    let year = digits.iter().try_fold(0, |sum, &c| Some(sum * 10 + chinese_digit(c)?))?;
    Some((year, 4))
}

fn chinese_digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' | '○' => 0,
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
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_found() {
        let parts = |year, month, day| Parts { year, month, day };
        for (text, expected) in [
            ("2021年7月15日", vec![parts(Some(2021), Some(7), Some(15))]),
            ("(2024年7月)", vec![parts(Some(2024), Some(7), None)]),
            ("2017-07-21 08:12", vec![parts(Some(2017), Some(7), Some(21))]),
            ("二〇二一年十二月三十一日", vec![parts(Some(2021), Some(12), Some(31))]),
            ("新华社郑州7月12日电", vec![parts(None, Some(7), Some(12))]),
            ("1-6月,2019年完成", vec![parts(Some(2019), None, None)]),
            ("12021年的90001月", vec![]),
            ("2022-2024年", vec![parts(Some(2024), None, None)]),
            ("13月40日 2.5亿元", vec![]),
        ] {
            let chars: Vec<char> = text.chars().collect();
            assert_eq!(all(&chars).map(|found| found.date).collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
