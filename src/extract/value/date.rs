//! Dates and periods, resolved against the years told before them and the date of publication.

mod parts;
mod words;

use crate::model::{CleanSpan, PartialDate, Period};

/// How a time is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// A stretch of time in which something happened.
    During,
    /// A state at its end: 截至, 底, 末.
    AsOf,
    /// The time of writing: 目前, 如今.
    Now,
    /// A time that the text does not fix: 达产后.
    Open,
}

/// A time at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateMention {
    /// The words that tell it (`2023年上半年`, `截至7月底`).
    pub span: CleanSpan,
    /// The time; none where nothing in the text fixes it.
    pub period: Option<Period>,
    /// How it is meant.
    pub when: When,
}

/// What the reader knows of the time at one place of the text.
#[derive(Debug, Clone, Copy)]
struct Clock {
    /// The year told last in this paragraph.
    year: Option<u16>,
    /// The year told last in this sentence.
    near: Option<u16>,
    published: Option<PartialDate>,
}

impl Clock {
    /// The year that a bare month or half-year belongs to.
    fn year(&self) -> Option<u16> {
        self.year.or_else(|| self.this_year())
    }

    /// The year of a stretch that is told without one and ends with `month`: over by the date of publication; where its month
    /// is not known, the year told last.
    fn year_ending(&self, month: u8) -> Option<u16> {
        if self.near.is_some() {
            return self.near;
        }
        let published = self.published?;
        let Some(now) = published.month else { return self.year() };
        Some(if now >= month { published.year } else { published.year - 1 })
    }

    fn this_year(&self) -> Option<u16> {
        self.published.map(|date| date.year)
    }

    /// The month of publication, or the year where no more is known.
    fn now(&self) -> Option<Period> {
        self.published.map(|date| Period::Date(PartialDate { day: None, ..date }))
    }
}

/// A time read at one place, before its span is known.
#[derive(Debug, Clone, Copy)]
struct Found {
    end: usize,
    period: Option<Period>,
    when: When,
    /// The year that later bare months belong to.
    year: Option<u16>,
}

/// Every time of the text, from left to right, none overlapping another.
///
/// A line break ends a paragraph and with it what is known of the year. Times inside 《》 belong to a title and are
/// left out. Without `published`, 今年 and 目前 have no period.
pub fn dates(chars: &[char], published: Option<PartialDate>) -> Vec<DateMention> {
    let mut clock = Clock { year: None, near: None, published };
    let mut found = Vec::new();
    let (mut at, mut title) = (0, false);
    while at < chars.len() {
        match chars[at] {
            '\n' => (clock.year, clock.near, title) = (None, None, false),
            '。' => clock.near = None,
            '《' => title = true,
            '》' => title = false,
            _ => {}
        }
        let hit =
            if title { None } else { parts::numbered(chars, at, &clock).or_else(|| words::worded(chars, at, &clock)) };
        let Some(hit) = hit else {
            at += 1;
            continue;
        };
        clock.year = hit.year.or(clock.year);
        // 目前 turns from a past year back to the time of writing.
        clock.near = if hit.when == When::Now { None } else { hit.year.or(clock.near) };
        let (start, when) = with_lead(chars, at, hit.when);
        found.push(DateMention { span: CleanSpan::new(start, hit.end), period: hit.period, when });
        at = hit.end;
    }
    found
}

/// Takes in 截至 before the time.
fn with_lead(chars: &[char], at: usize, when: When) -> (usize, When) {
    for lead in ["截至", "截止", "截止到", "截至到"] {
        let length = lead.chars().count();
        if at >= length && chars[at - length..at].iter().copied().eq(lead.chars()) {
            let when = if when == When::Now { when } else { When::AsOf };
            return (at - length, when);
        }
    }
    (at, when)
}

/// Days of a month.
fn last_day(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::value::cases::{chars, text};
    use proptest::prelude::*;

    #[test]
    fn times_are_resolved() {
        let published = Some(PartialDate::day(2018, 7, 20));
        for (source, expected) in [
            ("2023年上半年", &["2023年上半年 2023-H1 During"][..]),
            ("1-6月,全区", &["1-6月 2018-01/2018-06 During"]),
            ("1月至6月", &["1月至6月 2018-01/2018-06 During"]),
            ("2017年1至9月", &["2017年1至9月 2017-01/2017-09 During"]),
            ("今年前三季度", &["今年前三季度 2018-01/2018-09 During"]),
            ("前7个月", &["前7个月 2018-01/2018-07 During"]),
            ("一季度", &["一季度 2018-Q1 During"]),
            ("一月份", &["一月份 2018-01 During"]),
            ("去年十二月份,十月份", &["去年十二月份 2017-12 During", "十月份 2017-10 During"]),
            ("一月内,三月份数", &[]),
            ("去年12月29日", &["去年12月29日 2017-12-29 During"]),
            ("截至2021年底", &["截至2021年底 2021-12-31 AsOf"]),
            ("截至7月底", &["截至7月底 2018-07-31 AsOf"]),
            ("2016年2月末", &["2016年2月末 2016-02-29 AsOf"]),
            ("2020年至2022年", &["2020年至2022年 2020/2022 During"]),
            ("9月29日至10月6日", &["9月29日至10月6日 2018-09-29/2018-10-06 During"]),
            ("年度重点项目", &[]),
            ("2016-2018年", &["2016-2018年 2016/2018 During"]),
            ("目前", &["目前 2018-07 Now"]),
            ("“十三五”期间", &["十三五”期间 2016/2020 During"]),
            ("2015年开工,同年9月", &["2015年 2015 During", "同年9月 2015-09 During"]),
            ("达产后", &["达产后 - Open"]),
            ("2017-08-17", &["2017-08-17 2017-08-17 During"]),
            ("《2018年行动计划》", &[]),
            ("二〇一七年", &["二〇一七年 2017 During"]),
            ("3年建成", &[]),
            ("下半年 前三季度", &["下半年 2018-H2 During", "前三季度 2017-01/2017-09 During"]),
            ("2015年,产值\n上半年", &["2015年 2015 During", "上半年 2018-H1 During"]),
        ] {
            let chars = chars(source);
            let show = |d: &DateMention| {
                let period = d.period.map_or("-".to_owned(), |p| p.to_string());
                format!("{} {period} {:?}", text(&chars, d.span), d.when)
            };
            let found: Vec<String> = dates(&chars, published).iter().map(show).collect();
            assert_eq!(found, expected, "{source}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[0-9年月日底至前三季度今上半十五-]{0,40}") {
            let chars = chars(&text);
            for mention in dates(&chars, Some(PartialDate::year(2020))) {
                prop_assert!(mention.span.end as usize <= chars.len() && !mention.span.is_empty());
            }
        }
    }
}
