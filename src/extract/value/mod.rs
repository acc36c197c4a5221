//! Exact values in clean text: numbers, money, counted quantities, per cent, dates and periods.

pub mod date;
pub mod invest;
pub mod money;
pub mod number;
pub mod percent;
pub mod quantity;

#[cfg(test)]
pub(crate) mod cases;

/// Word lists of money, as shipped.
pub(crate) const MONEY_SHEET: &str = include_str!("../../../ontology/grammar/money.toml");
/// Measure words, as shipped.
pub(crate) const QUANTITY_SHEET: &str = include_str!("../../../ontology/grammar/quantity.toml");

pub use date::{DateMention, When, dates};
pub use invest::{investments, is_investment};
pub use money::{MoneyMention, money};
pub use number::{Form, Numeral, numerals};
pub use percent::{PercentMention, percents};
pub use quantity::{Quantity, quantities};
