//! Whether a sum is money put into projects, parks or companies, or something else: output, tax, a reward, a price.

use std::collections::HashMap;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::money::MoneyMention;
use crate::extract::words::{Sheet, Words};
use crate::model::CleanSpan;

struct Lists {
    invest: Words,
    weak: Words,
    other: Words,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let sheet = Sheet::shipped(super::MONEY_SHEET);
    Lists { invest: sheet.words("invest"), weak: sheet.words("invest_weakly"), other: sheet.words("other") }
});

/// How far behind the sum its noun may stand (`50亿元产值`), in characters.
const BEHIND: usize = 4;
/// How far before the sum a word may decide, in characters.
const BEFORE: usize = 120;
/// How far behind the sum a word may decide, in characters.
const AFTER: usize = 60;

/// Whether each sum is, or is to be, invested; the answers stand in the order of `sums`.
///
/// A sum without any word of its own kind, as in a headline, is of the kind of the same sum elsewhere in the text.
pub fn investments(chars: &[char], sentences: &[CleanSpan], sums: &[MoneyMention]) -> Vec<bool> {
    let sentence = |sum: &MoneyMention| {
        let after = sentences.partition_point(|s| s.start <= sum.span.start);
        after.checked_sub(1).map_or(sum.span, |i| sentences[i])
    };
    let told: Vec<Option<bool>> = sums.iter().map(|sum| told(chars, sentence(sum), sum)).collect();
    let mut by_value: HashMap<(Decimal, &str), bool> = HashMap::new();
    for (sum, kind) in sums.iter().zip(&told) {
        if let Some(kind) = kind {
            by_value.entry((sum.money.value, sum.money.currency)).or_insert(*kind);
        }
    }
    let elsewhere = |sum: &MoneyMention| by_value.get(&(sum.money.value, sum.money.currency)).copied();
    sums.iter()
        .zip(told)
        .map(|(sum, kind)| kind.or_else(|| elsewhere(sum)).unwrap_or_else(|| fallback(chars, sum)))
        .collect()
}

/// True when the words round the sum say that it is, or is to be, invested.
///
/// The noun right behind the sum decides first, then the nearest word to its left in the sentence, then the nearest
/// to its right, then what stands before the sentence. A threshold (`5亿元以上项目`) is no investment.
pub fn is_investment(chars: &[char], sentence: CleanSpan, sum: &MoneyMention) -> bool {
    told(chars, sentence, sum).unwrap_or_else(|| fallback(chars, sum))
}

/// What the sentence says of the sum; none where it has no word for it.
fn told(chars: &[char], sentence: CleanSpan, sum: &MoneyMention) -> Option<bool> {
    if sum.threshold {
        return Some(false);
    }
    let (start, end) = (sum.span.start as usize, sum.span.end as usize);
    let from = (sentence.start as usize).min(start).max(start.saturating_sub(BEFORE));
    let last = (sentence.end as usize).clamp(end, end + AFTER);
    let clause_end = (end..last).find(|i| is_stop(chars[*i])).unwrap_or(last);
    let behind = right(chars, end, clause_end.min(end + BEHIND));
    if behind == Some(false) {
        return behind;
    }
    let clause = (from..start).rev().find(|i| matches!(chars[*i], ';' | '。' | ',' | ':')).map_or(from, |i| i + 1);
    left(chars, clause, start, false)
        .or(behind)
        .or_else(|| left(chars, from, start, true))
        .or_else(|| right(chars, end, clause_end))
}

/// The kind told last before the sum, whatever the sentence; an investment where nothing is told.
fn fallback(chars: &[char], sum: &MoneyMention) -> bool {
    let start = sum.span.start as usize;
    left(chars, start.saturating_sub(BEFORE), start, true).unwrap_or(true)
}

fn is_stop(c: char) -> bool {
    matches!(c, ',' | ';' | '。' | '!' | '?' | '、' | ':')
}

/// What the nearest word that ends within `from..to`, seen from `to`, speaks of.
fn left(chars: &[char], from: usize, to: usize, weakly: bool) -> Option<bool> {
    (from + 1..=to).rev().find_map(|end| verdict(|words| words.ends(chars, end), weakly))
}

/// What the nearest word that starts within `from..to`, seen from `from`, speaks of.
fn right(chars: &[char], from: usize, to: usize) -> Option<bool> {
    (from..to).find_map(|at| verdict(|words| words.starts(chars, at), true))
}

/// The longer word wins at one place.
fn verdict(length: impl Fn(&Words) -> Option<usize>, weakly: bool) -> Option<bool> {
    let weak = if weakly { length(&LISTS.weak) } else { None };
    match (length(&LISTS.invest).max(weak), length(&LISTS.other)) {
        (None, None) => None,
        (invest, other) => Some(invest > other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::value::cases::chars;
    use crate::extract::value::{money, numerals};

    #[test]
    fn the_words_round_a_sum_tell_its_kind() {
        for (source, expected) in [
            ("总投资180亿元的产业园", &[true][..]),
            ("总投资5亿元,达产后年产值10亿元", &[true, false]),
            ("实现工业产值3.83亿元,完成固定资产投资7.52亿元", &[false, true]),
            ("签约额3亿元", &[true]),
            ("奖励500万元", &[false]),
            ("给予最高100万元奖励", &[false]),
            ("拟投入募集资金不超过16亿元", &[true]),
            ("产能扩展到20亿元", &[false]),
            ("税收贡献30亿元", &[false]),
            ("投资额5亿元以上项目有6个", &[false]),
            ("设立规模20亿元的基金", &[true]),
            ("实际利用外资3亿美元", &[true]),
        ] {
            let chars = chars(source);
            let whole = CleanSpan::new(0, chars.len());
            let sums = money(&chars, &numerals(&chars));
            let found: Vec<bool> = sums.iter().map(|sum| is_investment(&chars, whole, sum)).collect();
            assert_eq!(found, expected, "{source}");
        }
    }
}
