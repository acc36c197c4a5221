//! The values of a text in one list: sums, counts and rates.

use rust_decimal::Decimal;

use super::Scene;
use crate::extract::value::MoneyMention;
use crate::extract::value::percent::Rate;
use crate::extract::value::{percents, quantities};
use crate::extract::{GroupMention, Values};
use crate::model::{CleanSpan, Qualifier};

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Money { code: &'static str, investment: bool },
    Count { unit: CleanSpan, chinese: bool, group: bool },
    Rate(Rate),
}

/// A value at one place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    pub span: CleanSpan,
    pub kind: Kind,
    pub value: Decimal,
    pub max: Option<Decimal>,
    pub qualifier: Option<Qualifier>,
}

/// Every value of the text in text order, none overlapping another; parts of dates are left out.
pub(super) fn items(scene: &Scene, values: &Values) -> Vec<Item> {
    let Values { numerals: numbers, money: sums, investment: kinds, groups: sets } = values;
    let mut found: Vec<Item> = Vec::new();
    // A threshold is part of the phrase that counts its class (`营收10亿元以上企业65家`).
    let told = |sum: &MoneyMention| !sum.threshold && !describes_firms(scene.chars, sum.span.end as usize);
    for (sum, investment) in sums.iter().zip(kinds).filter(|(sum, _)| told(sum)) {
        let kind = Kind::Money { code: sum.money.currency, investment: *investment };
        let qualifier = sum.money.qualifier;
        found.push(Item { span: sum.span, kind, value: sum.money.value, max: sum.money.max, qualifier });
    }
    for rate in percents(scene.chars, numbers) {
        found.push(Item {
            span: rate.span,
            kind: Kind::Rate(rate.rate),
            value: rate.value,
            max: rate.max,
            qualifier: None,
        });
    }
    for count in quantities(scene.chars, numbers) {
        let group = in_set(sets, count.span);
        let kind = Kind::Count { unit: count.unit, chinese: count.chinese, group };
        found.push(Item { span: count.span, kind, value: count.value, max: count.max, qualifier: None });
    }
    found.sort_by_key(|item| (item.span.start, std::cmp::Reverse(item.span.end)));
    let mut last = 0;
    let mut next_time = scene.times.iter().peekable();
    found.retain(|item| {
        while next_time.next_if(|time| time.span.end <= item.span.start).is_some() {}
        let dated = next_time.peek().is_some_and(|time| time.span.overlaps(item.span));
        let keep = item.span.start >= last && !dated;
        if keep {
            last = item.span.end;
        }
        keep
    });
    found
}

/// Firms that a sum may describe: `年产值超过3亿元的企业`.
const FIRMS: [&str; 3] = ["企业", "公司", "户"];
/// How far behind such a sum the firms may be named, in characters.
const FIRMS_WITHIN: usize = 8;

/// True for 的企业, 以上的规上企业 at a place.
fn describes_firms(chars: &[char], at: usize) -> bool {
    let starts = |at: usize, word: &str| chars[at..].iter().copied().take(word.chars().count()).eq(word.chars());
    let at = at + if ["以上", "以下"].iter().any(|word| starts(at, word)) { 2 } else { 0 };
    let end = (at + 1 + FIRMS_WITHIN).min(chars.len());
    let stop = |c: &char| matches!(c, ',' | ';' | '。' | '、' | ':' | '\n' | '(') || c.is_ascii_digit();
    let end = (at.min(end)..end).find(|i| stop(&chars[*i])).unwrap_or(end);
    chars.get(at) == Some(&'的') && (at + 1..end).any(|i| FIRMS.iter().any(|word| starts(i, word)))
}

/// True where a counted set of projects holds the span; sets stand in text order and are short.
fn in_set(sets: &[GroupMention], span: CleanSpan) -> bool {
    let after = sets.partition_point(|set| set.span.start <= span.start);
    sets[after.saturating_sub(3)..after].iter().any(|set| set.span.contains(span))
}

/// The items that lie within a span.
pub(super) fn within(items: &[Item], span: CleanSpan) -> &[Item] {
    let from = items.partition_point(|item| item.span.start < span.start);
    let to = items.partition_point(|item| item.span.start < span.end);
    &items[from..to.max(from)]
}
