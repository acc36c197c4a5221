//! Common words by whether they name something: 富士康 does, 一口气 does not.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Words that name nothing, and, with `=` before them, names that hold one of those.
static WORDS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../../ontology/questions/common.txt").lines().filter(|line| !line.starts_with('#')).collect()
});
/// Lengths of the words, longest first, in characters.
const LENGTHS: [usize; 4] = [5, 4, 3, 2];

/// Verbs of one character that open a phrase: 搞机床.
const VERBS: &str = "做搞干投拿出造办";

/// The words of a text in order, without gaps, each with whether it names something. What the list does not know does,
/// unless it is one character between words that do not.
pub fn words(text: &str) -> Vec<(String, bool)> {
    let chars: Vec<char> = text.chars().collect();
    let mut found: Vec<(String, bool)> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let known = LENGTHS.iter().filter(|length| at + **length <= chars.len()).find_map(|length| {
            let word: String = chars[at..at + length].iter().collect();
            if WORDS.contains(format!("={word}").as_str()) {
                return Some((word, true));
            }
            WORDS.contains(word.as_str()).then_some((word, false))
        });
        let opens = found.last().is_none_or(|(_, names)| !names);
        if known.is_none() && opens && VERBS.contains(chars[at]) && at + 1 < chars.len() {
            found.push((chars[at].to_string(), false));
            at += 1;
            continue;
        }
        match (known, found.last_mut()) {
            (Some((word, names)), _) => {
                at += word.chars().count();
                found.push((word, names));
                continue;
            }
            (None, Some((last, true))) if !is_closed(last) => last.push(chars[at]),
            _ => found.push((chars[at].to_string(), true)),
        }
        at += 1;
    }
    for (word, names) in &mut found {
        *names &= word.chars().count() > 1 || word.chars().all(|c| c.is_ascii_alphanumeric());
    }
    found
}

/// True for a name of the list, which does not grow.
fn is_closed(word: &str) -> bool {
    WORDS.contains(format!("={word}").as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_name_or_do_not() {
        let cases: [(&str, &[(&str, bool)]); 5] = [
            ("一起开工", &[("一起", false), ("开工", false)]),
            ("生产线", &[("生产线", true)]),
            ("甲乙丙", &[("甲乙丙", true)]),
            ("到", &[("到", false)]),
            ("搞甲乙", &[("搞", false), ("甲乙", true)]),
        ];
        for (text, expected) in cases {
            let found = words(text);
            let found: Vec<(&str, bool)> = found.iter().map(|(word, names)| (word.as_str(), *names)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
