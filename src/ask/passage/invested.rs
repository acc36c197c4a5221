//! What a question says of money: of which kinds, in which currency, for which stage of a building site.

use crate::ask::clue::{clues, has};
use crate::ask::number;
use crate::ask::plan::INVESTED;
use crate::model::Predicate;

/// The kinds of money that a text names.
pub fn kinds_of_money(text: &str) -> Vec<Predicate> {
    let told = [
        (&clues().planned, Predicate::PlannedInvestment),
        (&clues().completed, Predicate::CompletedInvestment),
        (&clues().whole, Predicate::TotalInvestment),
    ];
    told.into_iter().filter(|(words, _)| has(words, text)).map(|(_, by)| by).collect()
}

/// The kinds of money that a question asks for; all where it names none.
pub(super) fn money_asked(text: &str) -> Vec<Predicate> {
    let named = kinds_of_money(text);
    if named.is_empty() { INVESTED.to_vec() } else { named }
}

/// The currency that a text names, ISO 4217.
pub fn currency_of(text: &str) -> Option<&'static str> {
    let known = [("美元", "USD"), ("人民币", "CNY"), ("欧元", "EUR")];
    known.into_iter().find_map(|(word, code)| text.contains(word).then_some(code))
}

/// The words for the one stage of a building site that a text names, as documents write it: 一期, 首期.
pub(super) fn phase(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let number = |pair: &[char]| match pair {
        ['首', '期'] => Some(1),
        [digit, '期'] if *digit != '两' && !digit.is_ascii() => number::small(&digit.to_string()),
        _ => None,
    };
    let mut named = chars.windows(2).filter_map(number);
    let (Some(one), None) = (named.next(), named.next()) else { return Vec::new() };
    let first = (one == 1).then(|| "首".to_owned());
    number::written(one).into_iter().chain(first).map(|number| format!("{number}期")).collect()
}
