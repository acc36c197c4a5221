//! Sums of money in questions: those that articles are read for, and what only questions leave out or say in English.

use rust_decimal::Decimal;

use crate::extract::value::{Form, Numeral, money, numerals};

/// A sum that a question names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// In units of the currency; the lower bound of a range.
    pub value: Decimal,
    /// The upper bound of a range (`10-20亿元`).
    pub most: Option<Decimal>,
    /// ISO 4217 code.
    pub currency: &'static str,
}

/// What people write for one yuan behind a number, though articles do not.
const COLLOQUIAL: [&str; 4] = ["人民币", "块钱", "元", "块"];
/// A number from here on is a sum though no currency follows it: 总投资超过10亿.
const BARE: u64 = 100_000_000;
/// What follows a bare number that is no sum.
const COUNTED: &str = "个家户人吨件只台辆平亩千瓦立次名位";
/// English scales and currencies, behind a number.
const SCALES: [(&str, u64); 2] = [(" billion", 1_000_000_000), (" million", 1_000_000)];
const CURRENCIES: [(&str, &str); 5] =
    [(" dollars", "USD"), (" usd", "USD"), (" yuan", "CNY"), (" rmb", "CNY"), (" cny", "CNY")];

/// The sums of a folded question, each with its first character and the one past its last, from left to right.
pub fn sums(chars: &[char]) -> Vec<(usize, usize, Sum)> {
    let numerals = numerals(chars);
    let told = money(chars, &numerals);
    let mut found = Vec::new();
    for numeral in numerals.iter().filter(|numeral| !is_asked(chars, numeral)) {
        let span = (numeral.span.start as usize, numeral.span.end as usize);
        let mention = told.iter().find(|it| (it.span.start..it.span.end).contains(&numeral.span.start));
        if let Some(it) = mention {
            let sum = Sum { value: it.money.value, most: it.money.max, currency: it.money.currency };
            let end = it.span.end as usize;
            found.push((it.span.start as usize, end + follows(chars, end, &["人民币"]), sum));
        } else if let Some(sum) = bare(chars, numeral) {
            found.push((span.0, span.1 + follows(chars, span.1, &COLLOQUIAL), sum));
        } else if let Some((end, sum)) = english(chars, numeral) {
            found.push((span.0, end, sum));
        }
    }
    found.dedup_by_key(|(from, ..)| *from);
    found
}

/// True for the 亿 of 多少亿元.
fn is_asked(chars: &[char], numeral: &Numeral) -> bool {
    let start = numeral.span.start as usize;
    numeral.form == Form::Unit && start > 0 && matches!(chars[start - 1], '少' | '几')
}

/// A number of 亿 without a currency, or one that colloquial words make a sum.
fn bare(chars: &[char], numeral: &Numeral) -> Option<Sum> {
    let end = numeral.span.end as usize;
    let next = chars.get(end);
    let yuan = numeral.scale >= 10_000 && follows(chars, end, &COLLOQUIAL) > 0;
    let plain = numeral.scale >= BARE && !next.is_some_and(|c| COUNTED.contains(*c));
    (yuan || plain).then(|| Sum { value: numeral.value.normalize(), most: numeral.max, currency: "CNY" })
}

/// `5 million dollars`, `10 billion`.
fn english(chars: &[char], numeral: &Numeral) -> Option<(usize, Sum)> {
    let mut end = numeral.span.end as usize;
    let scale = SCALES.iter().find(|(word, _)| starts(chars, end, word))?;
    end += scale.0.chars().count();
    let currency = CURRENCIES.iter().find(|(word, _)| starts(chars, end, word));
    end += currency.map_or(0, |(word, _)| word.chars().count());
    let value = numeral.value.checked_mul(Decimal::from(scale.1))?.normalize();
    Some((end, Sum { value, most: None, currency: currency.map_or("CNY", |(_, code)| code) }))
}

fn follows(chars: &[char], at: usize, words: &[&str]) -> usize {
    words.iter().find(|word| starts(chars, at, word)).map_or(0, |word| word.chars().count())
}

fn starts(chars: &[char], at: usize, word: &str) -> bool {
    word.chars().enumerate().all(|(i, c)| chars.get(at + i) == Some(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_read() {
        let cases = [
            ("10亿元", Some((0, 4, "1000000000", "CNY"))),
            ("超过1.5亿美元的", Some((2, 8, "150000000", "USD"))),
            ("1,000万元", Some((0, 7, "10000000", "CNY"))),
            ("十亿", Some((0, 2, "1000000000", "CNY"))),
            ("一百二十亿元", Some((0, 6, "12000000000", "CNY"))),
            ("两百亿以上", Some((0, 3, "20000000000", "CNY"))),
            ("五千万元", Some((0, 4, "50000000", "CNY"))),
            ("5 million dollars", Some((0, 17, "5000000", "USD"))),
            ("投资多少亿元", None),
            ("100个", None),
            ("3万人", None),
            ("3亿人", None),
            ("项目", None),
        ];
        for (text, expected) in cases {
            let chars: Vec<char> = text.chars().collect();
            let found = sums(&chars).into_iter().next();
            let found = found.map(|(from, end, sum)| (from, end, sum.value.normalize().to_string(), sum.currency));
            let expected = expected.map(|(from, end, value, currency)| (from, end, value.to_owned(), currency));
            assert_eq!(found, expected, "{text}");
        }
    }
}
