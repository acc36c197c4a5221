//! Sums of money: distinct values per document, and whether each is an investment.

use std::collections::BTreeMap;

use super::gold::{Gold, GoldAmount};
use super::table::{Table, Tally};
use super::view::{Sort, Sum, View};

pub(super) fn sum_of(amount: &GoldAmount) -> Sum {
    (amount.value.normalize(), amount.currency.clone())
}

/// Counts the sums.
pub(super) fn score(gold: &Gold, view: &View, table: &mut Table) {
    let mut expected: BTreeMap<Sum, Vec<&GoldAmount>> = BTreeMap::new();
    for amount in &gold.amounts {
        expected.entry(sum_of(amount)).or_default().push(amount);
    }
    let mut read: BTreeMap<Sum, bool> = BTreeMap::new();
    for thing in &view.things {
        if let Sort::Amount { sum, investment } = &thing.sort {
            *read.entry(sum.clone()).or_default() |= investment;
        }
    }
    expected.retain(|sum, same| {
        let needed = same.iter().any(|amount| !amount.optional);
        if !needed {
            read.remove(sum);
        }
        needed
    });
    let both = expected.keys().filter(|sum| read.contains_key(*sum)).count() as u32;
    let tally = Tally { found: both, gold: expected.len() as u32, right: both, system: read.len() as u32 };
    table.add("amounts", tally);
    for (sum, same) in &expected {
        let text = &same[0].text;
        let should = same.iter().any(|amount| amount.investment);
        match read.get(sum) {
            None => table.say(&gold.id, "amount MISSED".into(), text.clone()),
            Some(&is) => score_kind(gold, text, should, is, table),
        }
    }
    for (value, currency) in read.keys().filter(|sum| !expected.contains_key(*sum)) {
        table.say(&gold.id, "amount WRONG".into(), format!("{value} {currency}"));
    }
}

fn score_kind(gold: &Gold, text: &str, should: bool, is: bool, table: &mut Table) {
    let right = u32::from(is && should);
    table.add("investment?", Tally { found: right, gold: should.into(), right, system: is.into() });
    if is != should {
        table.say(&gold.id, "amount KIND".into(), format!("{text} investment={should}"));
    }
}
