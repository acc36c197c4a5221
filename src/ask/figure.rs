//! Figures as people write them: 180亿元, 4.9万平方米, 12.5%.

use oxigraph::model::Term;
use rust_decimal::Decimal;

use crate::message::Lang;

/// The number of a literal.
pub fn decimal(term: &Term) -> Option<Decimal> {
    let Term::Literal(literal) = term else { return None };
    literal.value().parse().ok()
}

/// A figure with its unit, 万 and 亿 taken out in Chinese; `max` makes it a range.
pub fn written(
    value: Decimal,
    max: Option<Decimal>,
    unit: Option<&str>,
    qualifier: Option<&str>,
    lang: Lang,
) -> String {
    let bounds: Vec<String> = std::iter::once(value).chain(max).map(|value| scaled(value, lang)).collect();
    let figure = format!("{}{}", bounds.join("–"), unit.map_or(String::new(), |unit| unit_name(unit, lang)));
    match (qualifier, lang) {
        (Some("about"), Lang::Zh) => format!("约{figure}"),
        (Some("at_least"), Lang::Zh) => format!("{figure}以上"),
        (Some("at_most"), Lang::Zh) => format!("不超过{figure}"),
        (Some("about"), Lang::En) => format!("about {figure}"),
        (Some("at_least"), Lang::En) => format!("at least {figure}"),
        (Some("at_most"), Lang::En) => format!("at most {figure}"),
        _ => figure,
    }
}

fn scaled(value: Decimal, lang: Lang) -> String {
    let scales: &[(i64, &str)] = match lang {
        Lang::Zh => &[(100_000_000, "亿"), (10_000, "万")],
        Lang::En => &[(1_000_000_000, " billion"), (1_000_000, " million")],
    };
    let scale = scales.iter().find(|(scale, _)| value.abs() >= Decimal::from(*scale));
    match scale {
        Some((scale, word)) => format!("{}{word}", (value / Decimal::from(*scale)).normalize()),
        None => value.normalize().to_string(),
    }
}

fn unit_name(unit: &str, lang: Lang) -> String {
    match (unit, lang) {
        ("CNY", Lang::Zh) => "元".to_owned(),
        ("USD", Lang::Zh) => "美元".to_owned(),
        ("EUR", Lang::Zh) => "欧元".to_owned(),
        ("HKD", Lang::Zh) => "港元".to_owned(),
        ("JPY", Lang::Zh) => "日元".to_owned(),
        ("%", _) => "%".to_owned(),
        (unit, Lang::Zh) => unit.to_owned(),
        (unit, Lang::En) => format!(" {unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_for_people() {
        let cases = [
            ("18000000000", None, Some("CNY"), None, "180亿元", "18 billion CNY"),
            ("49000", None, Some("平方米"), Some("about"), "约4.9万平方米", "about 49000 平方米"),
            ("-3.5", None, Some("%"), None, "-3.5%", "-3.5%"),
            ("3000000000", Some("5000000000"), Some("USD"), None, "30亿–50亿美元", "3 billion–5 billion USD"),
            ("12", None, None, Some("at_least"), "12以上", "at least 12"),
        ];
        for (value, max, unit, qualifier, zh, en) in cases {
            let number = |text: &str| text.parse().expect("a number");
            let write = |lang| written(number(value), max.map(number), unit, qualifier, lang);
            assert_eq!((write(Lang::Zh).as_str(), write(Lang::En).as_str()), (zh, en));
        }
    }
}
