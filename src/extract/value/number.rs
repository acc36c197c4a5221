//! Numbers in Arabic and Chinese digits, exact, found in one pass over the text.

use rust_decimal::Decimal;

use crate::model::CleanSpan;

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// With Arabic digits, also where 万 or 亿 follows.
    Digits,
    /// In Chinese digits.
    Chinese,
    /// A bare unit such as 百 or 亿, which stands for one of it.
    Unit,
}

/// A number at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numeral {
    /// With its multipliers (`1.2万`) and with 余 or 多 (`10余`).
    pub span: CleanSpan,
    /// Multiplied out; the lower bound of a range.
    pub value: Decimal,
    /// The upper bound of a range (`3至5`).
    pub max: Option<Decimal>,
    /// The largest multiplier: 1, 10, 100, … 10^12.
    pub scale: u64,
    /// True when 余, 多 or 几 says that it is more.
    pub more: bool,
    /// How it is written.
    pub form: Form,
}

/// Longest run of digits that can be a number; longer ones are skipped whole.
const LONGEST: usize = 26;

/// Every number of the text, from left to right, none overlapping another.
///
/// Numbers too large or too precise for exact arithmetic are left out. Time is linear in the length of the text.
pub fn numerals(chars: &[char]) -> Vec<Numeral> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        match single(chars, at) {
            Read::Part(first) => {
                let numeral = range(chars, first);
                at = numeral.span.end as usize;
                found.push(numeral);
            }
            Read::Skip(end) => at = end,
            Read::Nothing => at += 1,
        }
    }
    found
}

/// One number without a range.
#[derive(Debug, Clone, Copy)]
struct Part {
    start: usize,
    end: usize,
    value: Decimal,
    scale: u64,
    more: bool,
    form: Form,
}

enum Read {
    Part(Part),
    /// Digits that are no number, up to this place.
    Skip(usize),
    Nothing,
}

fn single(chars: &[char], at: usize) -> Read {
    match chars[at] {
        c if c.is_ascii_digit() => arabic(chars, at),
        c if digit(c).is_some() || multiplier(chars, at).is_some() => chinese(chars, at),
        _ => Read::Nothing,
    }
}

fn numeral(first: Part) -> Numeral {
    Numeral {
        span: CleanSpan::new(first.start, first.end),
        value: first.value,
        max: None,
        scale: first.scale,
        more: first.more,
        form: first.form,
    }
}

/// Joins `first` with the number after a dash or 至; the first takes the multiplier of the second (`130-140亿`).
fn range(chars: &[char], first: Part) -> Numeral {
    let mut whole = numeral(first);
    let joined = chars.get(first.end).is_some_and(|c| matches!(c, '-' | '–' | '—' | '~' | '～' | '至' | '到'));
    if !joined || first.form == Form::Unit || first.end + 1 >= chars.len() {
        return whole;
    }
    let Read::Part(second) = single(chars, first.end + 1) else { return whole };
    if second.form != first.form {
        return whole;
    }
    let lower = lower_bound(&first, &second);
    if let Some(lower) = lower.filter(|lower| *lower < second.value) {
        whole.span = CleanSpan::new(first.start, second.end);
        whole.value = lower;
        whole.max = Some(second.value);
        whole.scale = second.scale;
        whole.more = second.more;
    }
    whole
}

fn lower_bound(first: &Part, second: &Part) -> Option<Decimal> {
    let scale = Decimal::from(second.scale);
    if first.scale > 1 || second.scale == 1 {
        return Some(first.value);
    }
    if first.value < second.value.checked_div(scale)? {
        return first.value.checked_mul(scale);
    }
    // 5000至1万: the first is told in ones.
    Some(first.value).filter(|lower| *lower >= second.value / Decimal::TEN)
}

/// Reads `1,234.5`, `2.3万`, `10余万`, `1亿3500万`.
fn arabic(chars: &[char], at: usize) -> Read {
    let (end, value) = mantissa(chars, at);
    let Some(value) = value else { return Read::Skip(end + unit_run(chars, end)) };
    let Some(mut part) = multiplied(chars, Part { start: at, end, value, scale: 1, more: false, form: Form::Digits })
    else {
        return Read::Skip(end + unit_run(chars, end));
    };
    if part.scale >= 10_000
        && !part.more
        && chars.get(part.end).is_some_and(char::is_ascii_digit)
        && let (end, Some(value)) = mantissa(chars, part.end)
        && let Some(rest) =
            multiplied(chars, Part { start: part.end, end, value, scale: 1, more: false, form: Form::Digits })
        && rest.scale > 1
        && rest.value < Decimal::from(part.scale)
        && let Some(sum) = part.value.checked_add(rest.value)
    {
        part = Part { end: rest.end, value: sum, more: rest.more, ..part };
    }
    Read::Part(part)
}

/// How many multipliers follow, which belong to digits that are skipped.
fn unit_run(chars: &[char], at: usize) -> usize {
    (at..chars.len()).take_while(|i| multiplier(chars, *i).is_some()).count()
}

/// Digits with thousands commas and a decimal point; no value where they are no number (`2.2.1`, a thousand digits).
fn mantissa(chars: &[char], at: usize) -> (usize, Option<Decimal>) {
    let digits = |from: usize| from + chars[from..].iter().take_while(|c| c.is_ascii_digit()).count();
    let mut end = digits(at);
    if end - at <= 3 {
        while end + 4 <= chars.len() && chars[end] == ',' && digits(end + 1) == end + 4 {
            end += 4;
        }
    }
    if follows(chars, end, '.') {
        end = digits(end + 1);
        if follows(chars, end, '.') {
            while follows(chars, end, '.') {
                end = digits(end + 1);
            }
            return (end, None);
        }
    }
    if end - at > LONGEST {
        return (end, None);
    }
    let text: String = chars[at..end].iter().filter(|c| **c != ',').collect();
    (end, Decimal::from_str_exact(&text).ok())
}

/// True when `mark` stands at `at` with a digit behind it.
fn follows(chars: &[char], at: usize, mark: char) -> bool {
    chars.get(at) == Some(&mark) && chars.get(at + 1).is_some_and(char::is_ascii_digit)
}

/// Takes the multipliers and 余 that follow; none on overflow.
fn multiplied(chars: &[char], mut part: Part) -> Option<Part> {
    loop {
        if !part.more && is_more(chars, part.end) {
            part.more = true;
            part.end += 1;
        } else if let Some(factor) = multiplier(chars, part.end) {
            part.value = part.value.checked_mul(Decimal::from(factor))?;
            part.scale = part.scale.checked_mul(factor)?;
            part.end += 1;
        } else {
            return Some(part);
        }
    }
}

/// 余, 多, 来 or 几 behind a number; not the 多 of 多元, 多样, 多种.
fn is_more(chars: &[char], at: usize) -> bool {
    match chars.get(at) {
        Some('余' | '几') => true,
        Some('多') => !matches!(chars.get(at + 1), Some('样' | '种' | '媒' | '年')) && !begins(chars, at, "多元化"),
        _ => false,
    }
}

fn begins(chars: &[char], at: usize, word: &str) -> bool {
    word.chars().enumerate().all(|(offset, c)| chars.get(at + offset) == Some(&c))
}

fn digit(c: char) -> Option<u8> {
    let digit = match c {
        '〇' | '零' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    };
    Some(digit)
}

/// The factor of the unit at `at`. 千 and 兆 before 瓦, 米 and the like belong to the measure.
fn multiplier(chars: &[char], at: usize) -> Option<u64> {
    let next = chars.get(at + 1);
    let factor = match chars.get(at)? {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' if matches!(next, Some('瓦' | '米' | '克' | '伏' | '卡' | '焦' | '帕' | '字' | '安' | '赫')) => {
            return None;
        }
        '千' | '仟' => 1_000,
        '万' => 10_000,
        '亿' => 100_000_000,
        '兆' if matches!(next, Some('元' | '美' | '日' | '韩' | '余' | '多')) => 1_000_000_000_000,
        _ => return None,
    };
    Some(factor)
}

/// Reads 三十九, 两百, 一千二百万, 二〇二三, 百亿.
fn chinese(chars: &[char], at: usize) -> Read {
    let end =
        at + (at..chars.len()).take_while(|i| digit(chars[*i]).is_some() || multiplier(chars, *i).is_some()).count();
    if end - at > LONGEST {
        return Read::Skip(end);
    }
    let run = &chars[at..end];
    if !run.iter().any(|c| digit(*c).is_none()) {
        return match positional(run) {
            Some(value) => Read::Part(Part { start: at, end, value, scale: 1, more: false, form: Form::Chinese }),
            None => Read::Skip(end),
        };
    }
    let Some((value, scale)) = summed(chars, at, end) else { return Read::Skip(end) };
    let form = if run.iter().any(|c| digit(*c).is_some()) || matches!(run[0], '十' | '拾') {
        Form::Chinese
    } else {
        Form::Unit
    };
    let part = Part { start: at, end, value, scale, more: false, form };
    multiplied(chars, part).map_or(Read::Skip(end), Read::Part)
}

/// A run of digits alone: one digit, or a year (二〇二三). 三五 is an estimate, no number.
fn positional(run: &[char]) -> Option<Decimal> {
    if run.len() != 1 && run.len() < 4 && !run.contains(&'〇') {
        return None;
    }
    let text: String = run.iter().filter_map(|c| digit(*c)).map(|d| char::from(b'0' + d)).collect();
    Decimal::from_str_exact(&text).ok()
}

/// The value of digits with units, and the product of the units that apply to all of it.
fn summed(chars: &[char], at: usize, end: usize) -> Option<(Decimal, u64)> {
    let (mut total, mut section) = (Decimal::ZERO, Decimal::ZERO);
    let mut pending: Option<u8> = None;
    let (mut last, mut scale, mut zero) = (1_u64, 1_u64, false);
    for i in at..end {
        if let Some(d) = digit(chars[i]) {
            if pending.is_some_and(|p| p != 0) {
                return None;
            }
            zero |= d == 0;
            pending = Some(d);
            continue;
        }
        let unit = multiplier(chars, i)?;
        let count = pending.take().filter(|d| *d != 0).map(Decimal::from);
        let nothing = count.is_none() && section.is_zero() && total.is_zero();
        if unit < 10_000 {
            section = section.checked_add(count.unwrap_or(Decimal::ONE).checked_mul(Decimal::from(unit))?)?;
        } else {
            let sum = section.checked_add(count.unwrap_or(if nothing { Decimal::ONE } else { Decimal::ZERO }))?;
            let scope = if unit == 10_000 { sum } else { total.checked_add(sum)? };
            let raised = scope.checked_mul(Decimal::from(unit))?;
            total = if unit == 10_000 { total.checked_add(raised)? } else { raised };
            section = Decimal::ZERO;
            scale = scale.max(unit);
        }
        (last, zero) = (unit, false);
    }
    if let Some(d) = pending {
        // 一万二 is 12,000, 一百零二 is 102.
        let place = if last >= 100 && !zero { last / 10 } else { 1 };
        section = section.checked_add(Decimal::from(d).checked_mul(Decimal::from(place))?)?;
    }
    Some((total.checked_add(section)?, scale))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::value::cases::chars;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<String> {
        let chars = chars(text);
        let show = |n: &Numeral| {
            let max = n.max.map(|m| format!("..{}", m.normalize())).unwrap_or_default();
            format!("{}{}{}", n.value.normalize(), max, if n.more { "+" } else { "" })
        };
        numerals(&chars).iter().map(show).collect()
    }

    #[test]
    fn numbers_are_exact() {
        for (text, values) in [
            ("349,536.25万", &["3495362500"][..]),
            ("1,100.9亿", &["110090000000"]),
            ("三十九", &["39"]),
            ("两百", &["200"]),
            ("一千二百万", &["12000000"]),
            ("二十万亿", &["20000000000000"]),
            ("三百五十一万亿", &["351000000000000"]),
            ("一万零一十二", &["10012"]),
            ("一万零十二", &["10012"]),
            ("一亿三千万", &["130000000"]),
            ("两千五", &["2500"]),
            ("一百零二", &["102"]),
            ("1亿3500万", &["135000000"]),
            ("2.3万余", &["23000+"]),
            ("10余万", &["100000+"]),
            ("三十几万", &["300000+"]),
            ("10-20", &["10..20"]),
            ("3至5", &["3..5"]),
            ("5~8", &["5..8"]),
            ("130-140亿", &["13000000000..14000000000"]),
            ("20亿至50亿", &["2000000000..5000000000"]),
            ("壹佰壹拾万贰仟陆佰壹拾肆", &["1102614"]),
            ("二〇二三", &["2023"]),
            ("三五", &[]),
            ("2.2.1", &[]),
            ("5.8兆元", &["5800000000000"]),
            ("66万千瓦", &["660000"]),
            ("百亿", &["10000000000"]),
            ("3541.07万元2.3本", &["35410700", "2.3"]),
            ("99999999999999999999999999999亿", &[]),
            ("5000至1万", &["5000..10000"]),
        ] {
            assert_eq!(read(text), values, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_spans_stand_in_order(text in "[0-9,.一二百千万亿十余多至-]{0,60}") {
            let chars = chars(&text);
            let mut last = 0;
            for numeral in numerals(&chars) {
                prop_assert!(last <= numeral.span.start && numeral.span.start < numeral.span.end);
                prop_assert!(numeral.span.end as usize <= chars.len());
                last = numeral.span.end;
            }
        }
    }
}
