//! Stretches of time as questions name them, and as the graph writes them.

/// Months of one year, or of any year where the question names none: 上半年 is months 1 to 6.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodWish {
    /// The year, if told.
    pub year: Option<u16>,
    /// First month, 1–12.
    pub first: u8,
    /// Last month, not before the first.
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
        let same_year = self.year.is_none_or(|year| year == first_year && year == last_year) && first_year == last_year;
        if !same_year {
            return None;
        }
        if (first, last) == (self.first, self.last) {
            return Some(Fit::Exact);
        }
        (self.year.is_some() && self.first <= first && last <= self.last).then_some(Fit::Within)
    }
}

impl PeriodWish {
    /// True if the literal of a `pg:period` lies between the beginning of this one and the end of `last`.
    pub fn spans(self, last: Self, literal: &str) -> bool {
        let Some((from, to)) = months(literal) else { return false };
        let (Some(first_year), Some(last_year)) = (self.year, last.year) else { return false };
        (first_year, self.first) <= from && to <= (last_year, last.last)
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

/// The period that begins at character `at`, with the position past its end.
pub fn at(chars: &[char], at: usize) -> Option<(usize, PeriodWish)> {
    let rest = &chars[at..];
    if at > 0 && chars[at - 1].is_ascii_digit() {
        return None;
    }
    let until = skip(rest, &["截至", "截止到", "截止", "到"]);
    if until > 0 && year(&rest[until..]).is_some() {
        return self::at(chars, at + until);
    }
    if let Some((length, wish)) = half_of_year(rest) {
        return Some((at + length, wish));
    }
    let Some((length, year)) = year(rest) else {
        // This year is the year of each document.
        let this = skip(rest, &["今年", "当年", "本年"]);
        if this > 0 {
            return part(&rest[this..])
                .map(|(more, first, last)| (at + this + more, PeriodWish { year: None, first, last }));
        }
        return part(rest).map(|(length, first, last)| (at + length, PeriodWish { year: None, first, last }));
    };
    let year = Some(year);
    let behind = length + skip(&rest[length..], &["的", " "]);
    if let Some((more, first, last)) = part(&rest[behind..]) {
        return Some((at + behind + more, PeriodWish { year, first, last }));
    }
    let closed = skip(&rest[length..], &["年底", "年末", "年中", "底", "末"]);
    let first = if closed > 0 { 12 } else { 1 };
    let length = length + closed.max(skip(&rest[length..], &["全年", "年度", "度"]));
    Some((at + length, PeriodWish { year, first, last: 12 }))
}

/// `first half of 2023`.
fn half_of_year(rest: &[char]) -> Option<(usize, PeriodWish)> {
    const HALVES: [(&str, u8, u8); 2] = [("first half of ", 1, 6), ("second half of ", 7, 12)];
    let (word, first, last) = HALVES.iter().find(|(word, ..)| starts(rest, word))?;
    let length = word.chars().count();
    let (more, year) = year(&rest[length..])?;
    Some((length + more, PeriodWish { year: Some(year), first: *first, last: *last }))
}

/// `2023年` or a bare `2023` of the years 1949–2100.
fn year(rest: &[char]) -> Option<(usize, u16)> {
    let digits: String = rest.iter().take(4).collect();
    let year: u16 = digits.parse().ok().filter(|year| (1949..=2100).contains(year))?;
    match rest.get(4) {
        Some('年') => Some((5, year)),
        Some(c) if c.is_ascii_digit() || ".,%亿万元".contains(*c) => None,
        _ => Some((4, year)),
    }
}

/// A named part of a year: length, first and last month.
fn part(rest: &[char]) -> Option<(usize, u8, u8)> {
    const NAMED: [(&str, u8, u8); 15] = [
        ("上半年", 1, 6),
        ("下半年", 7, 12),
        ("前三季度", 1, 9),
        ("前三个季度", 1, 9),
        ("一季度", 1, 3),
        ("二季度", 4, 6),
        ("三季度", 7, 9),
        ("四季度", 10, 12),
        ("第一季度", 1, 3),
        ("第二季度", 4, 6),
        ("第三季度", 7, 9),
        ("第四季度", 10, 12),
        ("首季", 1, 3),
        ("first half", 1, 6),
        ("h1", 1, 6),
    ];
    if let Some((word, first, last)) = NAMED.iter().find(|(word, ..)| starts(rest, word)) {
        return Some((word.chars().count(), *first, *last));
    }
    month_span(rest)
}

/// `1-6月`, `1至6月份`, `8月`.
fn month_span(rest: &[char]) -> Option<(usize, u8, u8)> {
    let (length, first) = small_number(rest)?;
    let joined = skip(&rest[length..], &["-", "至", "到"]);
    let (length, last) = match small_number(&rest[length + joined..]) {
        Some((more, last)) if joined > 0 => (length + joined + more, last),
        _ => (length, first),
    };
    if rest.get(length) != Some(&'月') || !(1..=12).contains(&first) || !(first..=12).contains(&last) {
        return None;
    }
    Some((length + 1 + skip(&rest[length + 1..], &["份"]), first, last))
}

fn small_number(rest: &[char]) -> Option<(usize, u8)> {
    let digits: String = rest.iter().take(2).take_while(|c| c.is_ascii_digit()).collect();
    Some((digits.len(), digits.parse().ok()?))
}

fn skip(rest: &[char], words: &[&str]) -> usize {
    words.iter().find(|word| starts(rest, word)).map_or(0, |word| word.chars().count())
}

fn starts(rest: &[char], word: &str) -> bool {
    word.chars().enumerate().all(|(i, c)| rest.get(i) == Some(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read() {
        let cases = [
            ("2023年上半年", Some((8, Some(2023), 1, 6))),
            ("2023年", Some((5, Some(2023), 1, 12))),
            ("2018年1-6月", Some((9, Some(2018), 1, 6))),
            ("2022年前三季度", Some((9, Some(2022), 1, 9))),
            ("2021年8月份", Some((8, Some(2021), 8, 8))),
            ("2021年底", Some((6, Some(2021), 12, 12))),
            ("上半年", Some((3, None, 1, 6))),
            ("2023", Some((4, Some(2023), 1, 12))),
            ("2023亿元", None),
            ("20230", None),
            ("截至2021年11月", Some((10, Some(2021), 11, 11))),
            ("今年1-5月", Some((6, None, 1, 5))),
            ("first half of 2017", Some((18, Some(2017), 1, 6))),
            ("到底", None),
        ];
        for (text, expected) in cases {
            let chars: Vec<char> = text.chars().collect();
            let found = at(&chars, 0).map(|(end, wish)| (end, wish.year, wish.first, wish.last));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn literals_fit_wishes() {
        let half = PeriodWish { year: Some(2023), first: 1, last: 6 };
        let any_half = PeriodWish { year: None, first: 1, last: 6 };
        let year = PeriodWish { year: Some(2023), first: 1, last: 12 };
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
}
