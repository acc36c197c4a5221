//! Listed companies, one a line: code, full name, short name, class of industry. Shared with `build.rs`.

use super::record::{Flaw, Record};

/// Legal forms that a company's name carries at its end.
const LEGAL: [&str; 3] = ["股份有限公司", "有限责任公司", "有限公司"];

/// A full name without its legal form stands alone above this length; below it may be words of everyday: 中国电影.
const SHORT: usize = 4;

/// Reads the table; lines that start with `#` are notes.
pub fn read(text: &str) -> (Vec<Record>, Vec<Flaw>) {
    let mut records = Vec::new();
    let mut flaws = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        match row(line) {
            Some(record) => records.push(record),
            None => {
                flaws.push(Flaw { line: at as u64 + 1, message: "expected: code, full name, short name, class".into() })
            }
        }
    }
    (records, flaws)
}

fn row(line: &str) -> Option<Record> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [code, full, short, class] = fields[..] else { return None };
    if code.is_empty() || full.is_empty() {
        return None;
    }
    let industries = if class.is_empty() { Vec::new() } else { vec![format!("industry/sw-{class}")] };
    Some(Record {
        iri: format!("enterprise/{code}"),
        kind: "Enterprise".into(),
        label: full.into(),
        alt: forms(full, short),
        industries,
        ..Record::default()
    })
}

/// 汉威科技集团股份有限公司 is also 汉威科技集团; the stock's short name stands first.
fn forms(full: &str, short: &str) -> Vec<String> {
    let mut forms: Vec<String> = Vec::new();
    let stem = LEGAL.iter().find_map(|legal| full.strip_suffix(legal));
    let long = stem.filter(|stem| stem.chars().count() > SHORT);
    for form in [Some(short).filter(|short| !short.is_empty()), long].into_iter().flatten() {
        if form != full && !forms.iter().any(|known| known == form) {
            forms.push(form.to_owned());
        }
    }
    forms
}
