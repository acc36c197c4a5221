//! Measures sums, groups and figures against annotated articles: `figures FOLDER [FIRST LAST] [--errors]`.
//!
//! The folder holds `X.txt` (clean text) beside `X.json` (the annotation).

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use parkgraph::extract::groups;
use parkgraph::extract::value::{MoneyMention, investments, money, numerals};
use parkgraph::model::{CleanSpan, PartialDate};
use parkgraph::relate::observation::{Input, candidates, merged};
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
    figures(article, tallies, errors);
}

/// Places of the names that the annotation gives, longest first where they overlap.
fn names(article: &Article) -> Vec<CleanSpan> {
    let text = &article.chars;
    let mut names: Vec<Vec<char>> = Vec::new();
    for entity in article.list("entities").iter().filter(|e| e["type"] != "Industry" && e["type"] != "Policy") {
        let listed = entity["names"].as_array().into_iter().flatten().filter_map(Value::as_str);
        names.extend(listed.map(|name| name.chars().collect()));
    }
    names.sort_by_key(|name: &Vec<char>| std::cmp::Reverse(name.len()));
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        match names.iter().find(|name| !name.is_empty() && text[at..].starts_with(name)) {
            Some(name) => {
                found.push(CleanSpan::new(at, at + name.len()));
                at += name.len();
            }
            None => at += 1,
        }
    }
    found
}

fn alike(a: &str, b: &str) -> bool {
    let clean = |s: &str| s.chars().filter(|c| !matches!(c, '“' | '”' | ' ')).collect::<String>();
    let (a, b) = (clean(a), clean(b));
    if a.is_empty() || b.is_empty() {
        return false;
    }
    if a.contains(&b) || b.contains(&a) {
        return true;
    }
    let mut rest: Vec<char> = b.chars().collect();
    let longest = a.chars().count().max(rest.len());
    let mut common = 0;
    for c in a.chars() {
        if let Some(i) = rest.iter().position(|o| *o == c) {
            rest.swap_remove(i);
            common += 1;
        }
    }
    common * 5 >= longest * 3
}

fn figures(article: &Article, tallies: &mut BTreeMap<&'static str, Tally>, errors: bool) {
    let named = names(article);
    let input =
        Input { chars: &article.chars, sentences: &article.sentences, published: article.published, names: &named };
    let found = merged(&article.chars, candidates(&input));
    let subjects: BTreeMap<&str, BTreeSet<&str>> = article
        .list("entities")
        .iter()
        .filter_map(|e| Some((e["id"].as_str()?, e["names"].as_array()?.iter().filter_map(Value::as_str).collect())))
        .collect();
    let gold = article.list("observations");
    let mut pairs: Vec<(bool, usize, usize)> = Vec::new();
    for (gi, g) in gold.iter().enumerate() {
        for (si, s) in found.iter().enumerate() {
            let (value, growth) = (decimal(&g["value"]), decimal(&g["growth_pct"]));
            let unit = s.unit_name(&article.chars);
            let right = match value {
                Some(value) => s.value.map(|v| v.normalize()) == Some(value) && unit.as_deref() == g["unit"].as_str(),
                None => growth.is_some() && s.growth.map(|v| v.normalize()) == growth,
            };
            if right && alike(g["indicator"].as_str().unwrap_or(""), &s.phrase(&article.chars)) {
                let period = g["period"].as_str().is_none_or(|p| s.period.is_some_and(|q| q.to_string() == p));
                let grown = value.is_none() || growth.is_none() || s.growth.map(|v| v.normalize()) == growth;
                let own: Option<String> = s.subject.map(|n| article.chars[n.range()].iter().collect());
                let names = subjects.get(g["subject"].as_str().unwrap_or(""));
                let about = own.is_none_or(|own| names.is_some_and(|names| names.contains(own.as_str())));
                pairs.push((!(period && grown), gi, si));
                if errors && std::env::var("FULL").is_ok() && !(period && grown && about) {
                    println!(
                        "{} PART {} | {:?} {:?} | got {:?} {:?} about={about}",
                        article.name,
                        around(article, s.anchor),
                        g["period"],
                        g["growth_pct"],
                        s.period.map(|p| p.to_string()),
                        s.growth
                    );
                }
            }
        }
    }
    pairs.sort();
    let all_pairs = pairs.clone();
    let (mut used_g, mut used_s): (BTreeSet<usize>, BTreeMap<usize, (usize, bool)>) = Default::default();
    for (part, gi, si) in pairs {
        if !used_g.contains(&gi) && !used_s.contains_key(&si) {
            used_g.insert(gi);
            used_s.insert(si, (gi, part));
        }
    }
    let soft: BTreeSet<usize> = (0..gold.len()).filter(|i| optional(&gold[*i])).collect();
    let neutral = used_g.intersection(&soft).count();
    let tally = tallies.entry("observations (all)").or_default();
    tally.gold += gold.len() - soft.len();
    tally.system += found.len() - neutral;
    tally.both += used_g.len() - neutral;
    let full = tallies.entry("observations full").or_default();
    full.gold += gold.len() - soft.len();
    full.system += used_g.len() - neutral;
    full.both += used_s.values().filter(|(gi, part)| !part && !soft.contains(gi)).count();
    if errors {
        for (gi, g) in gold.iter().enumerate().filter(|(i, _)| !used_g.contains(i) && !soft.contains(i)) {
            let _ = gi;
            println!(
                "{} obs MISSED {} = {} {} growth {} ({})",
                article.name, g["indicator"], g["value"], g["unit"], g["growth_pct"], g["period"]
            );
        }
    }
    if let Ok(folder) = std::env::var("DUMP") {
        let rows: Vec<Value> = found
            .iter()
            .enumerate()
            .map(|(i, c)| {
                let hits: Vec<Value> = all_pairs
                    .iter()
                    .filter(|(_, _, si)| *si == i)
                    .map(|(part, gi, _)| serde_json::json!([gi, !part, soft.contains(gi)]))
                    .collect();
                serde_json::json!({"doc": article.name, "hits": hits, "anchor": c.anchor.start, "features": c.features,
                "text": around(article, c.anchor), "phrase": c.phrase(&article.chars)})
            })
            .collect();
        let hard = gold.len() - soft.len();
        let body = serde_json::json!({"doc": article.name, "gold": hard, "rows": rows});
        let _ = std::fs::write(Path::new(&folder).join(format!("{}.json", article.name)), body.to_string());
    }
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
