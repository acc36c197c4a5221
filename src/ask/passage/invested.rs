//! The kinds of money invested that a question names.

use crate::ask::clue::{clues, has};
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
