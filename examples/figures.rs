//! Measures sums, groups and figures against annotated articles: `figures FOLDER [FIRST LAST] [--errors]`.
//!
//! The folder holds `X.txt` (clean text) beside `X.json` (the annotation).

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use parkgraph::extract::groups;
use parkgraph::extract::value::{MoneyMention, investments, money, numerals};
use parkgraph::model::{CleanSpan, PartialDate};
use rust_decimal::Decimal;
use serde_json::Value;

fn main() -> anyhow::Result<()> {
    let mut options: Vec<String> = std::env::args().skip(1).collect();
    let errors = take(&mut options, "--errors");
    let mut tallies = BTreeMap::new();
    for path in articles(&options)? {
        let article = Article::read(&path)?;
        measure(&article, &mut tallies, errors);
    }
    for (name, tally) in &tallies {
        println!("{name:22}{tally}");
    }
    Ok(())
}

fn take(options: &mut Vec<String>, flag: &str) -> bool {
    let before = options.len();
    options.retain(|option| option != flag);
    options.len() < before
}

fn articles(options: &[String]) -> anyhow::Result<Vec<PathBuf>> {
    let folder = options.first().map_or(".", String::as_str);
    let name = |path: &PathBuf| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    found.retain(|path| path.extension().is_some_and(|e| e == "json"));
    if let [_, first, last, ..] = options {
        found.retain(|path| (first..=last).contains(&&name(path)));
    }
    found.sort();
    Ok(found)
}

struct Article {
    name: String,
    chars: Vec<char>,
    sentences: Vec<CleanSpan>,
    published: Option<PartialDate>,
    gold: Value,
}

impl Article {
    fn read(path: &Path) -> anyhow::Result<Self> {
        let chars: Vec<char> = std::fs::read_to_string(path.with_extension("txt"))?.chars().collect();
        let gold: Value = serde_json::from_str(&std::fs::read_to_string(path)?)?;
        let published = gold["published"].as_str().and_then(date);
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self { name, sentences: split(&chars), chars, published, gold })
    }

    fn list(&self, part: &str) -> &[Value] {
        self.gold[part].as_array().map_or(&[], Vec::as_slice)
    }
}

fn date(text: &str) -> Option<PartialDate> {
    let mut parts = text.split('-');
    Some(PartialDate {
        year: parts.next()?.parse().ok()?,
        month: parts.next().and_then(|m| m.parse().ok()),
        day: parts.next().and_then(|d| d.parse().ok()),
    })
}

fn split(chars: &[char]) -> Vec<CleanSpan> {
    let mut found = Vec::new();
    let mut start = 0;
    for end in 1..=chars.len() {
        let last = chars[end - 1];
        let quoted = chars.get(end).is_some_and(|c| *c == '”');
        let ends = matches!(last, '。' | '!' | '?' | '\n') && !quoted
            || last == '”' && end >= 2 && matches!(chars[end - 2], '。' | '!' | '?');
        if ends || end == chars.len() {
            found.push(CleanSpan::new(start, end));
            start = end;
        }
    }
    found
}

#[derive(Debug, Default)]
struct Tally {
    gold: usize,
    system: usize,
    both: usize,
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |part: usize, whole: usize| if whole == 0 { 1.0 } else { part as f64 / whole as f64 };
        let (p, r) = (share(self.both, self.system), share(self.both, self.gold));
        write!(f, "{:6}{:6}{p:8.3}{r:8.3}{:8.3}", self.gold, self.system, 2.0 * p * r / (p + r).max(1e-9))
    }
}

fn decimal(value: &Value) -> Option<Decimal> {
    Decimal::from_str(&value.to_string()).ok().map(|d| d.normalize())
}

fn optional(value: &Value) -> bool {
    value["optional"].as_bool().unwrap_or(false)
}

fn measure(article: &Article, tallies: &mut BTreeMap<&'static str, Tally>, errors: bool) {
    amounts(article, tallies, errors);
    sets(article, tallies, errors);
}

fn sets(article: &Article, tallies: &mut BTreeMap<&'static str, Tally>, errors: bool) {
    let found = groups(&article.chars);
    let system: BTreeSet<u64> = found.iter().map(|g| u64::from(g.count)).collect();
    let mut gold: BTreeMap<u64, bool> = BTreeMap::new();
    for group in article.list("groups") {
        let hard = gold.entry(group["count"].as_u64().unwrap_or(0)).or_insert(false);
        *hard |= !optional(group);
    }
    let tally = tallies.entry("groups").or_default();
    tally.gold += gold.values().filter(|hard| **hard).count();
    tally.system += system.iter().filter(|count| gold.get(count) != Some(&false)).count();
    tally.both += gold.iter().filter(|(count, hard)| **hard && system.contains(count)).count();
    if errors {
        for group in article.list("groups") {
            if !optional(group) && !system.contains(&group["count"].as_u64().unwrap_or(0)) {
                println!("{} group MISSED {}", article.name, group["text"]);
            }
        }
        for group in found.iter().filter(|g| !gold.contains_key(&u64::from(g.count))) {
            println!("{} group WRONG {}", article.name, around(article, group.span));
        }
    }
}

fn amounts(article: &Article, tallies: &mut BTreeMap<&'static str, Tally>, errors: bool) {
    let found = money(&article.chars, &numerals(&article.chars));
    let kinds = investments(&article.chars, &article.sentences, &found);
    let mut system: BTreeMap<(Decimal, String), Vec<&MoneyMention>> = BTreeMap::new();
    for sum in &found {
        system.entry((sum.money.value.normalize(), sum.money.currency.to_owned())).or_default().push(sum);
    }
    let mut gold: BTreeMap<(Decimal, String), Vec<&Value>> = BTreeMap::new();
    for amount in article.list("amounts") {
        let key = (decimal(&amount["value"]).unwrap_or_default(), amount["currency"].as_str().unwrap_or("").to_owned());
        gold.entry(key).or_default().push(amount);
    }
    let soft: BTreeSet<_> =
        gold.iter().filter(|(_, all)| all.iter().all(|a| optional(a))).map(|(k, _)| k.clone()).collect();
    let tally = tallies.entry("amounts").or_default();
    tally.gold += gold.len() - soft.len();
    tally.system += system.keys().filter(|k| !soft.contains(k)).count();
    tally.both += gold.keys().filter(|k| !soft.contains(k) && system.contains_key(k)).count();
    if errors {
        for (key, all) in gold.iter().filter(|(k, _)| !soft.contains(k) && !system.contains_key(k)) {
            println!("{} amount MISSED {} {:?}", article.name, all[0]["text"], key);
        }
        for (_, all) in system.iter().filter(|(k, _)| !gold.contains_key(k)) {
            println!("{} amount WRONG {} {}", article.name, around(article, all[0].span), all[0].threshold);
        }
    }
    for (key, sums) in &system {
        let Some(all) = gold.get(key).filter(|_| !soft.contains(key)) else { continue };
        let should = all.iter().any(|a| a["investment"].as_bool().unwrap_or(false));
        let is = sums.iter().any(|sum| found.iter().zip(&kinds).any(|(f, kind)| f == *sum && *kind));
        let tally = tallies.entry("investment right").or_default();
        tally.gold += 1;
        tally.system += 1;
        tally.both += usize::from(is == should);
        if errors && is != should {
            println!("{} investment={should} {}", article.name, around(article, sums[0].span));
        }
    }
}

fn around(article: &Article, span: CleanSpan) -> String {
    let range = span.range();
    let text = |range: std::ops::Range<usize>| article.chars[range].iter().collect::<String>().replace('\n', "¶");
    let (from, to) = (range.start.saturating_sub(24), (range.end + 16).min(article.chars.len()));
    format!("{}[{}]{}", text(from..range.start), text(range.clone()), text(range.end..to))
}
