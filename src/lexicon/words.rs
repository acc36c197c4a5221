//! Dictionary words with parts of speech from jieba, for features only: no boundary is ever decided by them.

use std::sync::LazyLock;

use jieba_rs::Jieba;

use crate::model::CleanSpan;

/// Tags of jieba's dictionary.
const TAGS: [&str; 57] = [
    "a", "ad", "ag", "an", "b", "c", "d", "df", "dg", "e", "f", "g", "h", "i", "j", "k", "l", "m", "mg", "mq", "n",
    "ng", "nr", "nrfg", "nrt", "ns", "nt", "nz", "o", "p", "q", "qg", "r", "rg", "rr", "rz", "s", "t", "tg", "u", "ud",
    "ug", "uj", "ul", "uv", "uz", "v", "vd", "vg", "vi", "vn", "vq", "x", "y", "z", "zg", "eng",
];
/// Tag of what the dictionary does not know.
const UNKNOWN: &str = "x";

static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// The words of a text in order, without gaps, each with its tag (`n`, `v`, `ns`, …; `x` where unknown).
pub fn words(chars: &[char]) -> Vec<(CleanSpan, &'static str)> {
    let mut text = String::with_capacity(3 * chars.len());
    text.extend(chars);
    let mut at = 0;
    JIEBA
        .tag(&text, false)
        .into_iter()
        .map(|tag| {
            let start = at;
            at += tag.word.chars().count();
            (CleanSpan::new(start, at), known_tag(tag.tag))
        })
        .collect()
}

fn known_tag(tag: &str) -> &'static str {
    let Some(first) = tag.bytes().next() else { return UNKNOWN };
    let from = FIRST[usize::from(first)];
    TAGS[usize::from(from)..].iter().find(|known| **known == tag).copied().unwrap_or(UNKNOWN)
}

/// For each byte the place of the first tag that begins with it; behind the last tag where there is none.
const FIRST: [u8; 256] = {
    let mut first = [TAGS.len() as u8; 256];
    let mut at = TAGS.len();
    while at > 0 {
        at -= 1;
        first[TAGS[at].as_bytes()[0] as usize] = at as u8;
    }
    first
};
