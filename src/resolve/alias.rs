//! Whether two names of one kind in one document mean the same thing: candidates, features, and the learned judge.

use crate::learn::FeatureSet;
use crate::model::EntityKind;

/// A form of name within a document, with what the document tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameForm {
    /// The name without white space, quotes and outer brackets; see [`name_key`].
    pub key: Vec<char>,
    /// How often it stands in the document.
    pub count: usize,
    /// Rank among the document's forms of its kind by weight (count, title and lead), 0 first.
    pub rank: usize,
}

/// A name as it is compared: no white space, no quotation marks, no brackets at its ends, lower-case Latin, and for a
/// project no closing 项目.
pub fn name_key(kind: EntityKind, name: impl Iterator<Item = char>) -> Vec<char> {
    let quote = |c: char| c.is_whitespace() || matches!(c, '“' | '”' | '"' | '‘' | '’' | '\'');
    let key: Vec<char> = name.filter(|c| !quote(*c)).flat_map(char::to_lowercase).collect();
    let edge = |c: &char| {
        matches!(c, '《' | '》' | '「' | '」' | '【' | '】' | '、' | ',' | '。' | ':' | ';' | '.' | '!' | '?')
    };
    let start = key.iter().position(|c| !edge(c)).unwrap_or(0);
    let end = key.iter().rposition(|c| !edge(c)).map_or(start, |last| last + 1);
    let mut key = key[start..end].to_vec();
    if key.first() == Some(&'(') && key.last() == Some(&')') {
        key = key[1..key.len() - 1].to_vec();
    }
    if kind == EntityKind::Project && key.len() > 3 && key.ends_with(&['项', '目']) {
        key.truncate(key.len() - 2);
    }
    key
}

/// Shortest name in which one differing character may be a misprint, in characters.
const SLIP_LENGTH: usize = 6;

/// Whether two forms are worth judging: one is spelt within the other, they differ by one character, or the shorter
/// is a bare word for a zone.
pub fn comparable(kind: EntityKind, a: &[char], b: &[char]) -> bool {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    // Short names of one length that differ are two things (中国声谷, 中国视谷); only longer ones may hold a slip.
    if short.len() < 2 || long == short || (long.len() == short.len() && short.len() < SLIP_LENGTH) {
        return false;
    }
    // A party committee is no commission (市委, 市发改委), and a quarter no zone.
    if matches!(short, ['市' | '省' | '县' | '区', '委'] | ['小', '区']) {
        return false;
    }
    subsequence(short, long)
        || (kind == EntityKind::Park && short.len() <= 5)
        || (kind != EntityKind::Place && shared(long, short) * 10 >= short.len() * 7)
}

/// Features of a pair of forms, the longer first (of equal ones, the one that is named more).
pub fn pair_features(kind: EntityKind, a: &NameForm, b: &NameForm) -> FeatureSet {
    let (long, short) = if (a.key.len(), a.count) >= (b.key.len(), b.count) { (a, b) } else { (b, a) };
    let mut features = FeatureSet::new();
    let (l, s) = (&long.key[..], &short.key[..]);
    let kind_name = kind.name();
    let relation = containment(l, s);
    let mut add = |name: &str, value: &str| {
        features.add(name, value);
        features.add(&format!("{kind_name}|{name}"), value);
    };
    add("relation", relation);
    add("extra", &bucket(l.len() - s.len()));
    add("short", &bucket(s.len()));
    add("relation+short", &format!("{relation}{}", bucket(s.len())));
    add("relation+extra", &format!("{relation}{}", bucket(l.len() - s.len())));
    add("last", if l.last() == s.last() { "same" } else { "other" });
    add("last+relation", &format!("{}{relation}", l.last() == s.last()));
    add("first", if l.first() == s.first() { "same" } else { "other" });
    add("ranks", &format!("{}{}", long.rank.min(2), short.rank.min(2)));
    add("long first", &format!("{}{}", long.rank == 0, s.len() <= 4));
    add("phase", &format!("{}", phase(l) == phase(s)));
    add("shared", &bucket(shared(l, s) * 10 / l.len().max(1)));
    add("counts", &format!("{}{}", long.count.min(3), short.count.min(3)));
    let text = |chars: &[char]| chars.iter().collect::<String>();
    if s.len() <= 5 {
        add("short text", &text(s));
        add("short text+first", &format!("{}{}", text(s), long.rank == 0));
    }
    if relation == "suffix" {
        add("head", &text(&l[..l.len() - s.len()]));
    } else if relation == "prefix" {
        add("tail", &text(&l[s.len()..]));
        add("tail end", &text(&l[l.len().saturating_sub(2)..]));
    } else if l.len() == s.len() && relation == "slip" {
        let differing: String = l.iter().zip(s).filter(|(x, y)| x != y).flat_map(|(x, y)| [*x, *y]).collect();
        add("slip digits", &format!("{}", differing.chars().any(numeral)));
    }
    let suffix: String = l[l.len().saturating_sub(2)..].iter().collect();
    add("long end", &suffix);
    add("short end", &text(&s[s.len().saturating_sub(2)..]));
    features
}

fn bucket(n: usize) -> String {
    match n {
        0..=6 => n.to_string(),
        7..=9 => "7-9".to_owned(),
        10..=14 => "10-14".to_owned(),
        _ => "15+".to_owned(),
    }
}

fn containment(long: &[char], short: &[char]) -> &'static str {
    if long.starts_with(short) {
        "prefix"
    } else if long.ends_with(short) {
        "suffix"
    } else if long.windows(short.len()).any(|w| w == short) {
        "infix"
    } else if long.len() == short.len() && long.iter().zip(short).filter(|(x, y)| x != y).count() == 1 {
        "slip"
    } else if subsequence(short, long) {
        match (long.first() == short.first(), long.last() == short.last()) {
            (true, true) => "sub-both",
            (false, true) => "sub-end",
            (true, false) => "sub-start",
            (false, false) => "sub",
        }
    } else {
        "part"
    }
}

/// Whether `short` can be read off `long` from left to right.
pub fn subsequence(short: &[char], long: &[char]) -> bool {
    let mut rest = long.iter();
    short.iter().all(|c| rest.any(|x| x == c))
}

fn shared(a: &[char], b: &[char]) -> usize {
    let mut left = b.to_vec();
    a.iter().filter(|c| left.iter().position(|x| x == *c).map(|at| left.swap_remove(at)).is_some()).count()
}

fn numeral(c: char) -> bool {
    c.is_ascii_digit() || "一二三四五六七八九十".contains(c)
}

/// The numerals and letters of a name, which tell phases, lines and years apart.
fn phase(name: &[char]) -> Vec<char> {
    name.iter().copied().filter(|c| numeral(*c) || c.is_ascii_alphabetic()).collect()
}
