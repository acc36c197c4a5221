//! The values of a text, each sort looked for once.

use super::group::{GroupMention, groups};
use super::value::{MoneyMention, Numeral, investments, money, numerals};
use crate::model::CleanSpan;

/// Numbers, and the sums and counted sets that they make, each in text order.
#[derive(Debug, Clone, Default)]
pub struct Values {
    /// Every number.
    pub numerals: Vec<Numeral>,
    /// Sums of money.
    pub money: Vec<MoneyMention>,
    /// For each sum, whether it is an investment.
    pub investment: Vec<bool>,
    /// Counted sets of projects.
    pub groups: Vec<GroupMention>,
}

impl Values {
    /// Looks for the values of a text.
    pub fn of(chars: &[char], sentences: &[CleanSpan]) -> Self {
        let numerals = numerals(chars);
        let money = money(chars, &numerals);
        let investment = investments(chars, sentences, &money);
        let groups = groups(chars, &numerals);
        Self { numerals, money, investment, groups }
    }
}
