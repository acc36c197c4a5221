//! Sums of money with currency, range and qualifier.

use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::number::{Form, Numeral};
use crate::extract::words::{Sheet, Words};
use crate::model::{CleanSpan, Money, Qualifier};

/// A sum of money at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoneyMention {
    /// The bare sum (`180亿元`), without 约 in front or 以上 behind.
    pub span: CleanSpan,
    /// The sum in whole units of its currency.
    pub money: Money,
    /// True where it only bounds a class of things (`5亿元以上项目`).
    pub threshold: bool,
}

/// Every sum of the text that names its currency, from left to right; `numerals` are those of the same text.
///
/// `千亿级` and `百亿企业` are no sums. In a text that counts in 新台币 and never in 人民币, a plain 元 is that.
pub fn money(chars: &[char], numerals: &[Numeral]) -> Vec<MoneyMention> {
    let yuan = plain_yuan(chars);
    numerals.iter().filter_map(|numeral| mention(chars, numeral, yuan)).collect()
}

struct Sheets {
    suffixes: Vec<(Words, &'static str)>,
    prefixes: Vec<(Words, &'static str)>,
    before: [(Words, Qualifier); 3],
    after: [(Words, Qualifier); 3],
    /// What only ends like a word that qualifies: the 约 of 签约.
    other: Words,
    forecast: Words,
    classes: Words,
}

/// ISO codes that the sheet may name.
const CODES: [&str; 19] = [
    "CNY", "USD", "HKD", "EUR", "JPY", "GBP", "KRW", "TWD", "AUD", "CAD", "SGD", "CHF", "MOP", "RUB", "THB", "INR",
    "MYR", "BRL", "AED",
];

static SHEETS: LazyLock<Sheets> = LazyLock::new(|| {
    let sheet = Sheet::shipped(super::MONEY_SHEET);
    let by_code = |table: &str| {
        let pairs = sheet.pairs(table);
        CODES
            .iter()
            .map(|code| (Words::new(pairs.iter().filter(|(_, c)| c == code).map(|(word, _)| *word)), *code))
            .collect()
    };
    let lists = |side: &str| {
        [("about", Qualifier::About), ("at_least", Qualifier::AtLeast), ("at_most", Qualifier::AtMost)]
            .map(|(name, qualifier)| (sheet.words(&format!("{name}_{side}")), qualifier))
    };
    Sheets {
        suffixes: by_code("currency"),
        prefixes: by_code("prefix"),
        before: lists("before"),
        after: lists("after"),
        other: sheet.words("other_before"),
        forecast: sheet.words("forecast"),
        classes: sheet.words("classes"),
    }
});

fn plain_yuan(chars: &[char]) -> &'static str {
    let taiwan = Words::new(["新台币"]);
    let mainland = Words::new(["人民币"]);
    let whole = 0..chars.len();
    if taiwan.within(chars, whole.clone()) && !mainland.within(chars, whole) { "TWD" } else { "CNY" }
}

fn mention(chars: &[char], numeral: &Numeral, yuan: &'static str) -> Option<MoneyMention> {
    let number_end = numeral.span.end as usize;
    let number_start = numeral.span.start as usize;
    let prefix = longest(&SHEETS.prefixes, |words| words.ends(chars, skip_back(chars, number_start)));
    let (unit_end, code) = suffix(chars, number_end, yuan, prefix.map(|(_, code)| code), numeral)?;
    let (end, value) = small_change(chars, unit_end, numeral.value);
    let span = CleanSpan::new(number_start, end);
    let outer = prefix.map_or(number_start, |(length, _)| skip_back(chars, number_start) - length);
    let qualifier = qualifier(chars, outer, end, numeral);
    if numeral.form == Form::Unit && !stands_as_sum(chars, numeral, outer, end, qualifier) {
        return None;
    }
    let estimate = number_start > 0 && matches!(chars[number_start - 1], '数' | '几' | '好');
    if numeral.form != Form::Digits && estimate {
        return None;
    }
    let threshold = is_threshold(chars, end, numeral, qualifier);
    Some(MoneyMention { span, money: Money { value, max: numeral.max, currency: code, qualifier }, threshold })
}

fn longest(table: &[(Words, &'static str)], length: impl Fn(&Words) -> Option<usize>) -> Option<(usize, &'static str)> {
    table.iter().filter_map(|(words, code)| Some((length(words)?, *code))).max_by_key(|(length, _)| *length)
}

/// The place before one space that may stand before a number.
fn skip_back(chars: &[char], at: usize) -> usize {
    if at > 0 && chars[at - 1] == ' ' { at - 1 } else { at }
}

/// Where the currency ends, and which one it is.
fn suffix(
    chars: &[char],
    number_end: usize,
    yuan: &'static str,
    prefix: Option<&'static str>,
    numeral: &Numeral,
) -> Option<(usize, &'static str)> {
    let mut at = number_end;
    if chars.get(at) == Some(&' ') {
        at += 1;
    }
    let Some((length, code)) = longest(&SHEETS.suffixes, |words| words.starts(chars, at)) else {
        return prefix.filter(|_| numeral.form != Form::Unit).map(|code| (number_end, code));
    };
    let plain = chars[at] == '元';
    if plain && !is_money_yuan(chars, at + length, numeral) {
        return None;
    }
    // The bare sum ends at 元 even where 人民币 follows it.
    let end = if plain { at + 1 } else { at + length };
    let code = match (length, code, prefix) {
        (1, "CNY", Some(prefix)) => prefix,
        (1, "CNY", None) if plain => yuan,
        _ => code,
    };
    Some((end, code))
}

/// False for 元 in 三元材料, 10元件, 多元化.
fn is_money_yuan(chars: &[char], after: usize, numeral: &Numeral) -> bool {
    if numeral.form == Form::Chinese && numeral.scale == 1 && numeral.value < Decimal::from(20) {
        return false;
    }
    numeral.scale > 1 || !matches!(chars.get(after), Some('素' | '件' | '器' | '宇' | '化' | '月' | '旦' | '年'))
}

/// 角 and 分 behind 元.
fn small_change(chars: &[char], end: usize, value: Decimal) -> (usize, Decimal) {
    let (mut end, mut value) = (end, value);
    for (name, place) in [('角', 1), ('分', 2)] {
        let digit = chars.get(end).and_then(|c| small_digit(*c));
        if let Some(digit) = digit.filter(|_| chars.get(end + 1) == Some(&name)) {
            value = value.checked_add(Decimal::new(digit, place)).unwrap_or(value);
            end += 2;
        }
    }
    (end, value)
}

fn small_digit(c: char) -> Option<i64> {
    let words = ["零〇", "一壹", "二贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"];
    c.to_digit(10).map(i64::from).or_else(|| words.iter().position(|w| w.contains(c)).map(|d| d as i64))
}

fn qualifier(chars: &[char], start: usize, end: usize, numeral: &Numeral) -> Option<Qualifier> {
    let start = skip_back(chars, start);
    let before = SHEETS.before.iter().filter_map(|(words, q)| Some((words.ends(chars, start)?, *q)));
    let other = SHEETS.other.ends(chars, start).unwrap_or(0);
    if let Some((_, found)) = before.filter(|(length, _)| *length >= other).max_by_key(|(length, _)| *length) {
        return Some(found);
    }
    if numeral.more {
        return Some(Qualifier::AtLeast);
    }
    let after = SHEETS.after.iter().filter_map(|(words, q)| Some((words.starts(chars, end)?, *q)));
    if let Some((_, found)) = after.max_by_key(|(length, _)| *length) {
        return Some(found);
    }
    let clause = start.saturating_sub(14);
    let clause = (clause..start).rev().find(|i| matches!(chars[*i], ',' | ';' | '。' | ':')).unwrap_or(clause);
    SHEETS.forecast.within(chars, clause..start).then_some(Qualifier::About)
}

/// A sum without digits (百亿元, 千亿元) counts where it is told as one, not as the grade of a thing; a bare 亿元 never.
fn stands_as_sum(chars: &[char], numeral: &Numeral, start: usize, end: usize, qualifier: Option<Qualifier>) -> bool {
    let next = chars.get(end);
    if numeral.span.len() == 1
        || matches!(next, Some('级' | '俱' | '集' | ')' | '/'))
        || start > 0 && matches!(chars[start - 1], '数' | '几' | '(')
    {
        return false;
    }
    qualifier.is_some() || matches!(next, Some('大' | ',' | '。' | ';'))
}

fn is_threshold(chars: &[char], end: usize, numeral: &Numeral, qualifier: Option<Qualifier>) -> bool {
    let after = SHEETS.after[1..].iter().find_map(|(words, _)| words.starts(chars, end));
    let rest = end + after.unwrap_or(0);
    match (after, qualifier) {
        (Some(_), _) => SHEETS.classes.starts(chars, rest).is_some() || chars.get(rest) == Some(&'的'),
        (None, Some(Qualifier::AtLeast)) if !numeral.more => {
            chars.get(rest) != Some(&'的') && SHEETS.classes.starts(chars, rest).is_some()
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::value::cases::{chars, text};
    use crate::extract::value::numerals;

    fn read(source: &str) -> Vec<String> {
        let chars = chars(source);
        let show = |m: &MoneyMention| {
            let max = m.money.max.map(|m| format!("..{}", m.normalize())).unwrap_or_default();
            let qualifier = m.money.qualifier.map(|q| format!(" {}", q.name())).unwrap_or_default();
            let threshold = if m.threshold { " threshold" } else { "" };
            let sum = text(&chars, m.span);
            format!("{sum} = {}{max} {}{qualifier}{threshold}", m.money.value.normalize(), m.money.currency)
        };
        money(&chars, &numerals(&chars)).iter().map(show).collect()
    }

    #[test]
    fn sums_are_read_as_printed() {
        for (source, sums) in [
            ("总投资180亿元", &["180亿元 = 18000000000 CNY"][..]),
            ("投资5亿美元", &["5亿美元 = 500000000 USD"]),
            ("约180余亿元", &["180余亿元 = 18000000000 CNY about"]),
            ("5000多亿元", &["5000多亿元 = 500000000000 CNY at_least"]),
            ("总投资超2000亿元", &["2000亿元 = 200000000000 CNY at_least"]),
            ("最高奖励500万元", &["500万元 = 5000000 CNY"]),
            ("最高500万元", &["500万元 = 5000000 CNY at_most"]),
            ("不超过3,000万元", &["3,000万元 = 30000000 CNY at_most"]),
            ("预计年产值40亿元", &["40亿元 = 4000000000 CNY about"]),
            ("约130-140亿元", &["130-140亿元 = 13000000000..14000000000 CNY about"]),
            ("20亿至50亿元", &["20亿至50亿元 = 2000000000..5000000000 CNY"]),
            ("5亿元以上项目47个", &["5亿元 = 500000000 CNY at_least threshold"]),
            ("超亿元项目7个", &[]),
            ("超百亿元项目7个", &["百亿元 = 10000000000 CNY at_least threshold"]),
            ("新签约15亿元", &["15亿元 = 1500000000 CNY"]),
            ("最近3亿元,近3亿元", &["3亿元 = 300000000 CNY", "3亿元 = 300000000 CNY about"]),
            ("千亿级产业", &[]),
            ("百亿企业", &[]),
            ("千亿元级集群", &[]),
            ("突破千亿元大关", &["千亿元 = 100000000000 CNY at_least"]),
            ("签约近200亿", &[]),
            ("数十亿元", &[]),
            ("三元正极材料", &[]),
            ("多元化发展", &[]),
            ("投资额(亿元)", &[]),
            ("新台币5.8兆元,园区2.74兆元", &["5.8兆元 = 5800000000000 TWD", "2.74兆元 = 2740000000000 TWD"]),
            ("1.1亿澳门元", &["1.1亿澳门元 = 110000000 MOP"]),
            ("¥1,200万", &["1,200万 = 12000000 CNY"]),
            ("RMB 8.5亿", &["8.5亿 = 850000000 CNY"]),
            ("9000万欧元", &["9000万欧元 = 90000000 EUR"]),
        ] {
            assert_eq!(read(source), sums, "{source}");
        }
    }

    /// Strings that other readers of sums have been reported to misread or to hang on.
    #[test]
    fn sums_that_others_misread() {
        for (source, sums) in [
            ("2.2本计划投资3541.07万元2.3本项目", &["3541.07万元 = 35410700 CNY"][..]),
            ("花费了47.264287亿元", &["47.264287亿元 = 4726428700 CNY"]),
            ("发行总额(亿)10.00", &[]),
            ("123元1角1分", &["123元1角1分 = 123.11 CNY"]),
            ("一百二十三元一角一分", &["一百二十三元一角一分 = 123.11 CNY"]),
            ("三十几万元", &["三十几万元 = 300000 CNY at_least"]),
            ("二百余万元", &["二百余万元 = 2000000 CNY at_least"]),
            ("一千多万元", &["一千多万元 = 10000000 CNY at_least"]),
            ("二百余元", &["二百余元 = 200 CNY at_least"]),
            ("壹佰壹拾万贰仟陆佰壹拾肆元陆角", &["壹佰壹拾万贰仟陆佰壹拾肆元陆角 = 1102614.6 CNY"]),
            ("1,100万元", &["1,100万元 = 11000000 CNY"]),
            ("1,100.9亿元", &["1,100.9亿元 = 110090000000 CNY"]),
            ("8亿元人民币", &["8亿元 = 800000000 CNY"]),
            ("人民币8亿元", &["8亿元 = 800000000 CNY"]),
            ("人民币人民币3.50亿元", &["3.50亿元 = 350000000 CNY"]),
            ("3万元欧元", &["3万元 = 30000 EUR"]),
            ("100000万美元", &["100000万美元 = 1000000000 USD"]),
            ("我有五千元,你有六千元", &["五千元 = 5000 CNY", "六千元 = 6000 CNY"]),
            ("小于40万元", &["40万元 = 400000 CNY at_most"]),
            ("有至少100个人", &[]),
            ("年末结转和结余10.56亿元", &["10.56亿元 = 1056000000 CNY"]),
        ] {
            assert_eq!(read(source), sums, "{source}");
        }
    }
}
