//! Exact values: money, dates, periods.

use std::fmt;

use rust_decimal::Decimal;

use super::Qualifier;

/// A sum of money, in units of its currency (yuan, not 亿).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Money {
    /// The sum, or the lower bound of a range.
    pub value: Decimal,
    /// The upper bound of a range.
    pub max: Option<Decimal>,
    /// ISO 4217 code: `CNY`, `USD`, …
    pub currency: &'static str,
    /// How exact the text says it is.
    pub qualifier: Option<Qualifier>,
}

/// A date as precise as the text allows; prints as `2023`, `2023-08` or `2023-08-17`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartialDate {
    /// Year of the common era, 1900–2100.
    pub year: u16,
    /// Month, 1–12.
    pub month: Option<u8>,
    /// Day of the month, 1–31; only with a month.
    pub day: Option<u8>,
}

impl PartialDate {
    /// A whole year.
    pub fn year(year: u16) -> Self {
        Self { year, month: None, day: None }
    }

    /// A month of a year.
    pub fn month(year: u16, month: u8) -> Self {
        Self { year, month: Some(month), day: None }
    }

    /// One day.
    pub fn day(year: u16, month: u8, day: u8) -> Self {
        Self { year, month: Some(month), day: Some(day) }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(f, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

/// The time a figure speaks of; prints in the forms of the vocabulary contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Period {
    /// `2023`, `2023-08`, `2021-12-31`.
    Date(PartialDate),
    /// `2023-H1`, `2023-H2`.
    Half(u16, u8),
    /// `2023-Q1` … `2023-Q4`.
    Quarter(u16, u8),
    /// `2018-01/2018-06`: both ends included.
    Span(PartialDate, PartialDate),
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => date.fmt(f),
            Self::Half(year, half) => write!(f, "{year:04}-H{half}"),
            Self::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            Self::Span(first, last) => write!(f, "{first}/{last}"),
        }
    }
}
