//! Counted sets of projects: `新签约引进重点项目5个`, `26个项目`, `其中签约51个`.

use std::sync::LazyLock;

use rust_decimal::prelude::ToPrimitive;

use super::value::Numeral;
use super::words::{Sheet, Words};
use crate::model::CleanSpan;

/// A counted set at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupMention {
    /// The words that name and count the set.
    pub span: CleanSpan,
    /// How many, or the lower bound of a range.
    pub count: u32,
    /// The upper bound of a range.
    pub count_max: Option<u32>,
    /// True where the noun is left out and taken from a set told before (`开工18个`).
    pub elliptic: bool,
}

struct Lists {
    counters: Words,
    nouns: Words,
    links: Words,
    stages: Words,
    others: Words,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let sheet = Sheet::shipped(include_str!("../../ontology/grammar/group.toml"));
    Lists {
        counters: sheet.words("counters"),
        nouns: sheet.words("nouns"),
        links: sheet.words("links"),
        stages: sheet.words("stages"),
        others: sheet.words("others"),
    }
});

/// How far behind its count the noun of a set may end, in characters.
const NOUN_WITHIN: usize = 22;
/// How far before its count the words of a set may begin, in characters.
const WORDS_WITHIN: usize = 24;
/// How far back a set without noun may lean on another, in characters.
const CONTEXT: usize = 220;
/// How far behind a bare count its sum may stand, in characters.
const SUM_WITHIN: usize = 12;

/// Every counted set of projects of the text, whose numbers are given, from left to right.
pub fn groups(chars: &[char], numerals: &[Numeral]) -> Vec<GroupMention> {
    let mut found: Vec<GroupMention> = Vec::new();
    for numeral in numerals {
        let near = found.last().is_some_and(|last| {
            // A number inside the noun of the last set (`12个10亿元以上项目`) starts before that set ends.
            let start = numeral.span.start as usize;
            let between = (last.span.end as usize).min(start)..start;
            between.len() < CONTEXT && !chars[between].contains(&'\n')
        });
        found.extend(group(chars, numeral, near));
    }
    found
}

fn group(chars: &[char], numeral: &Numeral, near: bool) -> Option<GroupMention> {
    let count = numeral.value.to_u32().filter(|_| numeral.value.fract().is_zero())?;
    let (start, at) = (numeral.span.start as usize, numeral.span.end as usize);
    let length = LISTS.counters.starts(chars, at)?;
    let end = at + length;
    if chars[at] == '项' && chars.get(end) == Some(&'目') {
        return None;
    }
    let big = chars[at] == '大';
    let ordinal =
        start > 0 && (matches!(chars[start - 1], '第' | '.' | '数' | '几') || chars[start - 1].is_ascii_alphanumeric());
    if ordinal || count < if big || numeral.form != super::value::Form::Digits { 2 } else { 1 } || is_other(chars, end)
    {
        return None;
    }
    let mention = |from, to, elliptic| GroupMention {
        span: CleanSpan::new(from, to),
        count,
        count_max: numeral.max.and_then(|max| max.to_u32()),
        elliptic,
    };
    let clause = clause_start(chars, start);
    if let Some(noun_end) = noun_behind(chars, end) {
        return Some(mention(start, noun_end, false));
    }
    if big {
        return None;
    }
    let bare = unlinked(chars, clause, start);
    if LISTS.nouns.ends(chars, bare).is_some_and(|n| bare - n >= clause) {
        return Some(mention(clause, end, false));
    }
    let stage = LISTS.stages.ends(chars, bare).is_some_and(|n| bare - n >= clause);
    let alone = ends_here(chars, end);
    let sum = ["投资", "亿元", "万元"].iter().any(|w| contains(chars, end, chars.len().min(end + SUM_WITHIN), w));
    let told = if near { stage || sum } else { stage && sum };
    (alone && told).then(|| mention(clause, end, true))
}

fn is_other(chars: &[char], at: usize) -> bool {
    let at = if chars.get(at) == Some(&'的') { at + 1 } else { at };
    LISTS
        .others
        .starts(chars, at)
        .is_some_and(|n| LISTS.nouns.starts(chars, at + n).is_none() && noun_behind(chars, at + n).is_none())
}

fn is_stop(c: char) -> bool {
    matches!(c, ',' | ';' | '。' | '!' | '?' | ':' | '\n' | '(' | ')' | '、')
}

fn ends_here(chars: &[char], at: usize) -> bool {
    chars.get(at).is_none_or(|c| is_stop(*c) || matches!(c, '以' | '左' | '落' | '动' | '已'))
}

/// Where the noun of the set ends that begins right behind the counter.
fn noun_behind(chars: &[char], at: usize) -> Option<usize> {
    let stop = (at..chars.len().min(at + NOUN_WITHIN))
        .find(|i| is_stop(chars[*i]))
        .unwrap_or(chars.len().min(at + NOUN_WITHIN));
    let (_, end) = LISTS.nouns.find(chars, at..stop)?;
    if chars[at..end].iter().any(|c| matches!(c, '“' | '”')) && chars[at] != '“' {
        return None;
    }
    let verb = ["完成", "实施", "推进", "获", "参与", "承担"].iter().any(|v| contains(chars, at, end, v));
    (!verb).then_some(end)
}

fn contains(chars: &[char], from: usize, to: usize, word: &str) -> bool {
    let word: Vec<char> = word.chars().collect();
    chars[from..to].windows(word.len()).any(|w| w == word)
}

fn clause_start(chars: &[char], start: usize) -> usize {
    let least = start.saturating_sub(WORDS_WITHIN);
    (least..start).rev().find(|i| is_stop(chars[*i]) && chars[*i] != ')').map_or(least, |i| i + 1)
}

/// The place before 共计, 达到 and the like in front of the number; the 约 of 签约 is none of them.
fn unlinked(chars: &[char], from: usize, mut at: usize) -> usize {
    while let Some(length) = LISTS.links.ends(chars, at) {
        let stage = LISTS.stages.ends(chars, at).is_some_and(|stage| stage > length);
        if at - length < from || stage {
            break;
        }
        at -= length;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::value::cases::{chars, text};
    use crate::extract::value::numerals;

    #[test]
    fn sets_are_named_and_counted() {
        for (source, expected) in [
            ("新签约引进重点项目5个", &["新签约引进重点项目5个 = 5"][..]),
            ("26个项目集中开工", &["26个项目 = 26"]),
            ("集中开工项目共计39个", &["集中开工项目共计39个 = 39"]),
            ("产业项目58个、388亿元", &["产业项目58个 = 58"]),
            ("签下4宗项目", &["4宗项目 = 4"]),
            ("其中食品产业项目6个", &["其中食品产业项目6个 = 6"]),
            ("75个项目亮相:签约51个,开工18个", &["75个项目 = 75", "签约51个 = 51", "开工18个 = 18"]),
            ("3-5个新的城市更新项目", &["3-5个新的城市更新项目 = 3"]),
            ("三大项目", &["三大项目 = 3"]),
            ("12个县区", &[]),
            ("第3个项目", &[]),
            ("开工18个", &[]),
            ("签约43个,总投资210亿元;开工12个", &["签约43个 = 43", "开工12个 = 12"]),
            ("签约的有9个,总投资64亿元", &["签约的有9个 = 9"]),
            ("青岚市一次开工23个,合计投资86亿元", &["青岚市一次开工23个 = 23"]),
            ("开工的7个、33亿元", &["开工的7个 = 7"]),
        ] {
            let chars = chars(source);
            let show = |g: &GroupMention| format!("{} = {}", text(&chars, g.span), g.count);
            let found: Vec<String> = groups(&chars, &numerals(&chars)).iter().map(show).collect();
            assert_eq!(found, expected, "{source}");
        }
    }
}
