//! Sums of money as questions write them: `10亿元`, `一千万`, `5 million dollars`.

use rust_decimal::Decimal;

/// A sum that a question names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// In units of the currency.
    pub value: Decimal,
    /// ISO 4217 code.
    pub currency: &'static str,
}

const SCALES: [(&str, u64); 9] = [
    ("万亿", 1_000_000_000_000),
    ("千亿", 100_000_000_000),
    ("百亿", 10_000_000_000),
    ("千万", 10_000_000),
    ("百万", 1_000_000),
    (" billion", 1_000_000_000),
    (" million", 1_000_000),
    ("亿", 100_000_000),
    ("万", 10_000),
];

const CURRENCIES: [(&str, &str); 14] = [
    ("元人民币", "CNY"),
    ("人民币", "CNY"),
    ("美元", "USD"),
    ("美金", "USD"),
    ("欧元", "EUR"),
    ("港元", "HKD"),
    ("港币", "HKD"),
    ("日元", "JPY"),
    ("块钱", "CNY"),
    ("元", "CNY"),
    (" dollars", "USD"),
    (" yuan", "CNY"),
    (" rmb", "CNY"),
    (" cny", "CNY"),
];

/// The sum that begins at character `at`, with the position past its end. A bare number is none: it needs a
/// currency, or 亿 or 万亿.
pub fn at(chars: &[char], at: usize) -> Option<(usize, Sum)> {
    if at > 0 && (is_digit(chars[at - 1]) || chars[at - 1] == '.') {
        return None;
    }
    let (mut end, number) = number(chars, at)?;
    let scale = SCALES.iter().find(|(word, _)| starts(chars, end, word));
    end += scale.map_or(0, |(word, _)| word.chars().count());
    let currency = CURRENCIES.iter().find(|(word, _)| starts(chars, end, word));
    if currency.is_none() && !scale.is_some_and(|(word, _)| word.ends_with('亿') || word.starts_with(' ')) {
        return None;
    }
    end += currency.map_or(0, |(word, _)| word.chars().count());
    let value = number.checked_mul(Decimal::from(scale.map_or(1, |(_, scale)| *scale)))?.normalize();
    Some((end, Sum { value, currency: currency.map_or("CNY", |(_, code)| code) }))
}

fn starts(chars: &[char], at: usize, word: &str) -> bool {
    word.chars().enumerate().all(|(i, c)| chars.get(at + i) == Some(&c))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn number(chars: &[char], at: usize) -> Option<(usize, Decimal)> {
    if is_digit(*chars.get(at)?) { arabic(chars, at) } else { chinese(chars, at) }
}

fn arabic(chars: &[char], at: usize) -> Option<(usize, Decimal)> {
    let mut end = at;
    while chars.get(end).is_some_and(|&c| is_digit(c) || ",.".contains(c)) {
        end += 1;
    }
    while end > at && !is_digit(chars[end - 1]) {
        end -= 1;
    }
    let digits: String = chars[at..end].iter().filter(|c| **c != ',').collect();
    Some((end, digits.parse().ok()?))
}

/// A number below ten thousand in Chinese digits: 一, 十五, 三百, 一千二百.
fn chinese(chars: &[char], at: usize) -> Option<(usize, Decimal)> {
    let (mut total, mut digit, mut end) = (0u64, None, at);
    while let Some(&c) = chars.get(end) {
        match (value(c), unit(c)) {
            (Some(v), _) if digit.is_none() => digit = Some(v),
            // 百亿 and 千万 behind a digit are scales, not part of the number.
            (_, Some(unit)) if !followed_by_scale(chars, end) || digit.is_none() => {
                total += digit.take().unwrap_or(1) * unit;
            }
            _ => break,
        }
        end += 1;
    }
    let whole = total + digit.unwrap_or(0);
    (end > at && whole > 0).then(|| (end, Decimal::from(whole)))
}

fn followed_by_scale(chars: &[char], at: usize) -> bool {
    SCALES.iter().any(|(word, _)| word.chars().count() == 2 && starts(chars, at, word))
}

fn value(c: char) -> Option<u64> {
    "零一二三四五六七八九".chars().position(|d| d == c).map(|v| v as u64).or(if c == '两' { Some(2) } else { None })
}

fn unit(c: char) -> Option<u64> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_read() {
        let cases = [
            ("10亿元", Some((4, "1000000000", "CNY"))),
            ("1.5亿美元的", Some((6, "150000000", "USD"))),
            ("1,000万元", Some((7, "10000000", "CNY"))),
            ("十亿", Some((2, "1000000000", "CNY"))),
            ("一百二十亿元", Some((6, "12000000000", "CNY"))),
            ("百亿元", Some((3, "10000000000", "CNY"))),
            ("五千万元", Some((4, "50000000", "CNY"))),
            ("5 million dollars", Some((17, "5000000", "USD"))),
            ("100个", None),
            ("3万人", None),
            ("项目", None),
        ];
        for (text, expected) in cases {
            let chars: Vec<char> = text.chars().collect();
            let found = at(&chars, 0).map(|(end, sum)| (end, sum.value.to_string(), sum.currency));
            let expected = expected.map(|(end, value, currency)| (end, value.to_owned(), currency));
            assert_eq!(found, expected, "{text}");
        }
    }
}
