//! Shares and rates in per cent, 成 and 倍.

use rust_decimal::Decimal;

use super::number::{Form, Numeral};
use crate::model::CleanSpan;

/// How a rate is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rate {
    /// With a per cent sign or 百分之.
    Percent,
    /// In tenths: 八成 is 80.
    Tenths,
    /// In times: 1.1倍 is 110, 翻番 is 100.
    Times,
    /// Percentage points, which are a difference of rates.
    Points,
}

/// A rate at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PercentMention {
    /// Number and sign (`12.5%`, `1.1倍`, `翻番`).
    pub span: CleanSpan,
    /// In per cent; below zero where a minus sign stands in front.
    pub value: Decimal,
    /// The upper bound of a range.
    pub max: Option<Decimal>,
    /// How it is told.
    pub rate: Rate,
}

/// Every rate of the text, from left to right; `numerals` are those of the same text.
pub fn percents(chars: &[char], numerals: &[Numeral]) -> Vec<PercentMention> {
    let mut found: Vec<PercentMention> = numerals.iter().filter_map(|numeral| percent(chars, numeral)).collect();
    found.extend(doublings(chars));
    found.sort_by_key(|mention| mention.span);
    found
}

fn percent(chars: &[char], numeral: &Numeral) -> Option<PercentMention> {
    let (start, end) = (numeral.span.start as usize, numeral.span.end as usize);
    let (length, rate, factor) = sign(chars, end, numeral)?;
    let mut value = numeral.value.checked_mul(factor)?;
    let mut start = start;
    let minus = start > 0 && matches!(chars[start - 1], '-' | '−');
    if minus && !(start > 1 && (chars[start - 2].is_ascii_digit() || chars[start - 2] == '%')) {
        value = -value;
        start -= 1;
    }
    let max = numeral.max.and_then(|max| max.checked_mul(factor));
    let (value, start) = joined_range(chars, start, value).unwrap_or((value, start));
    Some(PercentMention { span: CleanSpan::new(start, end + length), value, max, rate })
}

/// 百分之 in front takes the number as it stands.
fn joined_range(chars: &[char], start: usize, value: Decimal) -> Option<(Decimal, usize)> {
    let from = start.checked_sub(3)?;
    (chars[from..start] == ['百', '分', '之']).then_some((value, from))
}

fn sign(chars: &[char], end: usize, numeral: &Numeral) -> Option<(usize, Rate, Decimal)> {
    let hundredth = numeral.span.start >= 3 && {
        let start = numeral.span.start as usize;
        chars[start - 3..start] == ['百', '分', '之']
    };
    if hundredth {
        return Some((0, Rate::Percent, Decimal::ONE));
    }
    let rest = chars.get(end..)?;
    match rest {
        ['%', ..] => Some((1, Rate::Percent, Decimal::ONE)),
        [' ', '%', ..] => Some((2, Rate::Percent, Decimal::ONE)),
        ['个', '百', '分', '点', ..] => Some((4, Rate::Points, Decimal::ONE)),
        ['多' | '余', '倍', ..] => Some((2, Rate::Times, Decimal::ONE_HUNDRED)),
        ['倍', ..] => Some((1, Rate::Times, Decimal::ONE_HUNDRED)),
        ['成', next, ..] if is_tenths(*next, numeral) => Some((1, Rate::Tenths, Decimal::TEN)),
        ['成'] if is_tenths('。', numeral) => Some((1, Rate::Tenths, Decimal::TEN)),
        _ => None,
    }
}

/// 八成 is a share; 三成立, 2018年建成 are not.
fn is_tenths(next: char, numeral: &Numeral) -> bool {
    numeral.form != Form::Unit
        && numeral.value < Decimal::TEN
        && !numeral.value.is_zero()
        && !matches!(next, '立' | '功' | '长' | '为' | '果' | '员' | '本' | '品' | '熟' | '都' | '交' | '型')
}

/// 翻番, 翻一番, 翻两番.
fn doublings(chars: &[char]) -> Vec<PercentMention> {
    let mut found = Vec::new();
    for start in 0..chars.len() {
        let (length, value) = match &chars[start..] {
            ['翻', '番', ..] => (2, 100),
            ['翻', '一', '番' | '倍', ..] => (3, 100),
            ['翻', '了', '一', '番' | '倍', ..] => (4, 100),
            ['翻', '两', '番', ..] => (3, 300),
            _ => continue,
        };
        let span = CleanSpan::new(start, start + length);
        found.push(PercentMention { span, value: Decimal::from(value), max: None, rate: Rate::Times });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::value::cases::{chars, text};
    use crate::extract::value::numerals;

    #[test]
    fn rates_are_told_in_per_cent() {
        for (source, expected) in [
            ("同比增长12.5%", &["12.5% = 12.5 Percent"][..]),
            ("增速-3.2%", &["-3.2% = -3.2 Percent"]),
            ("增长1.1倍", &["1.1倍 = 110 Times"]),
            ("双双翻番", &["翻番 = 100 Times"]),
            ("高出0.3个百分点", &["0.3个百分点 = 0.3 Points"]),
            ("占八成以上", &["八成 = 80 Tenths"]),
            ("百分之二十", &["百分之二十 = 20 Percent"]),
            ("三成立", &[]),
            ("10%-15%", &["10% = 10 Percent", "15% = 15 Percent"]),
        ] {
            let chars = chars(source);
            let show = |p: &PercentMention| format!("{} = {} {:?}", text(&chars, p.span), p.value.normalize(), p.rate);
            let found: Vec<String> = percents(&chars, &numerals(&chars)).iter().map(show).collect();
            assert_eq!(found, expected, "{source}");
        }
    }
}
