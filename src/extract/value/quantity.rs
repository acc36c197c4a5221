//! Counted and measured things: a number with its measure word.

use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::number::{Form, Numeral};
use crate::extract::words::{Sheet, Words};
use crate::model::CleanSpan;

/// A number with its measure word at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// Number and measure word (`50余家`).
    pub span: CleanSpan,
    /// Where the measure word stands.
    pub unit: CleanSpan,
    /// Multiplied out; the lower bound of a range.
    pub value: Decimal,
    /// The upper bound of a range.
    pub max: Option<Decimal>,
    /// True when the number is in Chinese digits (`两家`).
    pub chinese: bool,
}

struct Lists {
    measures: Words,
    not_measures: Words,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let sheet = Sheet::shipped(super::QUANTITY_SHEET);
    Lists { measures: sheet.words("measures"), not_measures: sheet.words("not_measures") }
});

/// Every quantity of the text, from left to right; `numerals` are those of the same text.
///
/// Left out: ordinals (`第3个`), ranks (`前移3位`), the bare 一 of `一个`, percentage points, and parts of words of Latin letters (`B2C`).
pub fn quantities(chars: &[char], numerals: &[Numeral]) -> Vec<Quantity> {
    numerals.iter().filter_map(|numeral| quantity(chars, numeral)).collect()
}

fn quantity(chars: &[char], numeral: &Numeral) -> Option<Quantity> {
    let (start, mut at) = (numeral.span.start as usize, numeral.span.end as usize);
    let before = start.checked_sub(1).map(|i| chars[i]);
    if before.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '第' | '初' | '.')) || vague(numeral, before) {
        return None;
    }
    if chars.get(at) == Some(&' ') {
        at += 1;
    }
    // 余 may also stand behind a measure of weight or length: it is then part of the noun, not of the number.
    if LISTS.not_measures.starts(chars, at).is_some() {
        return None;
    }
    let length = LISTS.measures.starts(chars, at)?;
    let end = at + length;
    if chars[at] == '位' && before.is_some_and(|c| matches!(c, '移' | '进' | '升' | '前' | '列' | '居' | '降' | '退'))
    {
        return None;
    }
    let latin = chars[end - 1].is_ascii_alphabetic();
    if latin && chars.get(end).is_some_and(char::is_ascii_alphanumeric) {
        return None;
    }
    Some(Quantity {
        span: CleanSpan::new(start, end),
        unit: CleanSpan::new(at, end),
        value: numeral.value,
        max: numeral.max,
        chinese: numeral.form != Form::Digits,
    })
}

/// 一个, 百家, 数十个: words, not counts.
fn vague(numeral: &Numeral, before: Option<char>) -> bool {
    match numeral.form {
        Form::Digits => false,
        Form::Unit => !numeral.more,
        Form::Chinese => numeral.value <= Decimal::ONE || matches!(before, Some('数' | '几' | '好')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::value::cases::{chars, text};
    use crate::extract::value::numerals;

    #[test]
    fn numbers_take_their_measure_word() {
        for (source, expected) in [
            ("集聚企业50余家", &["50余家 = 50 家"][..]),
            ("140余万吨", &["140余万吨 = 1400000 吨"]),
            ("430多平方公里", &["430多平方公里 = 430 平方公里"]),
            ("18.53万平方米", &["18.53万平方米 = 185300 平方米"]),
            ("3-5个项目", &["3-5个 = 3 个"]),
            ("高出0.3个百分点", &[]),
            ("历时3个月", &[]),
            ("第23位", &[]),
            ("一个项目", &[]),
            ("两家上市公司", &["两家 = 2 家"]),
            ("十余家央企", &["十余家 = 10 家"]),
            ("66万千瓦机组", &["66万千瓦 = 660000 千瓦"]),
            ("年产30GW单晶", &["30GW = 30 GW"]),
            ("客运量1353.5万人次", &["1353.5万人次 = 13535000 人次"]),
        ] {
            let chars = chars(source);
            let show =
                |q: &Quantity| format!("{} = {} {}", text(&chars, q.span), q.value.normalize(), text(&chars, q.unit));
            let found: Vec<String> = quantities(&chars, &numerals(&chars)).iter().map(show).collect();
            assert_eq!(found, expected, "{source}");
        }
    }
}
