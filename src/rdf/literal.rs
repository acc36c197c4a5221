//! Exact values as literals, always in the canonical form that a store gives back.

use oxigraph::model::Literal;
use oxigraph::model::vocab::xsd;
use rust_decimal::Decimal;

use crate::model::PartialDate;

/// Text in Chinese.
pub(super) fn chinese(text: &str) -> Literal {
    Literal::new_language_tagged_literal_unchecked(text, "zh")
}

/// A number of things.
pub(super) fn integer(value: u32) -> Literal {
    Literal::new_typed_literal(value.to_string(), xsd::INTEGER)
}

/// A number without needless zeros.
pub(super) fn decimal(value: Decimal) -> Literal {
    Literal::new_typed_literal(value.normalize().to_string(), xsd::DECIMAL)
}

/// A year, a month or a day.
pub(super) fn date(date: PartialDate) -> Literal {
    let datatype = match (date.month, date.day) {
        (None, _) => xsd::G_YEAR,
        (Some(_), None) => xsd::G_YEAR_MONTH,
        (Some(_), Some(_)) => xsd::DATE,
    };
    Literal::new_typed_literal(date.to_string(), datatype)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_forms() {
        for (literal, expected) in [
            (decimal(Decimal::new(930, 3)), "\"0.93\"^^<http://www.w3.org/2001/XMLSchema#decimal>"),
            (decimal(Decimal::new(100, 2)), "\"1\"^^<http://www.w3.org/2001/XMLSchema#decimal>"),
            (integer(39), "\"39\"^^<http://www.w3.org/2001/XMLSchema#integer>"),
            (date(PartialDate::year(2023)), "\"2023\"^^<http://www.w3.org/2001/XMLSchema#gYear>"),
            (date(PartialDate::month(2023, 8)), "\"2023-08\"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>"),
            (date(PartialDate::day(2023, 8, 7)), "\"2023-08-07\"^^<http://www.w3.org/2001/XMLSchema#date>"),
            (chinese("项目"), "\"项目\"@zh"),
        ] {
            assert_eq!(literal.to_string(), expected);
        }
    }
}
