//! A question that no pattern fits, read by its words alone: what asks is set aside, one kind of thing is what is asked
//! for, and all the rest describes it. `郑州高新区现在都有哪些在建的 项目啊` needs no pattern of its own.

use super::grammar::Slots;
use super::words::Words;

/// Lists of `words.toml` whose words only ask.
const ASKING: [&str; 4] = ["which", "pad", "measure", "have"];
/// Lists whose words ask for a number.
const COUNTING: [&str; 1] = ["howmany"];
/// What joins a description and the kind it describes.
const JOINTS: &str = "的,、。?!;: ";

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// The things.
    List,
    /// Their number.
    Count,
}

/// The slots `kind` and `what` of a question, and what it asks for; `None` where it names no kind, does not ask or
/// describes nothing.
pub fn read(text: &str, words: &Words) -> Option<(Wanted, Slots)> {
    let chars: Vec<char> = text.chars().collect();
    let mut rest: Vec<char> = Vec::new();
    // Kinds by where they stand in the rest, with their words; the last one next to a word that asks is asked for.
    let mut kinds: Vec<(usize, String, bool)> = Vec::new();
    let (mut asks, mut counts, mut fresh) = (false, false, false);
    let mut at = 0;
    while at < chars.len() {
        let here = &chars[at..];
        if let Some(word) = longest(words.kinds.iter().flat_map(|(_, list)| list), here) {
            kinds.push((rest.len(), word.to_owned(), fresh));
            rest.extend(word.chars());
            at += word.chars().count();
            fresh = false;
            continue;
        }
        let counting = longest(lists(words, &COUNTING), here);
        let asking = longest(lists(words, &ASKING), here);
        // 多少 counts what follows or goes before; elsewhere it asks for a figure.
        let counting = counting.filter(|word| {
            let behind = &here[word.chars().count()..];
            let measure = longest(lists(words, &["measure"]), behind).map_or(0, |word| word.chars().count());
            let counted = longest(words.kinds.iter().flat_map(|(_, list)| list), &behind[measure..]).is_some();
            counted || kinds.last().is_some_and(|kind| kind.0 + kind.1.chars().count() == rest.len())
        });
        if let Some(word) = counting.into_iter().chain(asking).max_by_key(|word| word.len()) {
            counts |= counting == Some(word);
            let which = lists(words, &["which"]).any(|it| it == word) || counting == Some(word);
            if let (true, Some(last)) =
                (which, kinds.last_mut().filter(|kind| kind.0 + kind.1.chars().count() == rest.len()))
            {
                last.2 = true;
            }
            asks |= which;
            fresh |= which;
            at += word.chars().count();
            continue;
        }
        if !JOINTS.contains(chars[at]) {
            fresh = false;
        }
        rest.push(chars[at]);
        at += 1;
    }
    let asked = kinds.iter().rposition(|kind| kind.2).or(kinds.len().checked_sub(1))?;
    let (from, word, _) = kinds.swap_remove(asked);
    rest.drain(from..from + word.chars().count());
    let what: String = rest.into_iter().collect::<String>().trim_matches(|c| JOINTS.contains(c)).to_owned();
    let wanted = if counts { Wanted::Count } else { Wanted::List };
    if !asks || what.is_empty() {
        return None;
    }
    Some((wanted, Slots::from([("kind".to_owned(), word), ("what".to_owned(), what)])))
}

fn lists<'w>(words: &'w Words, names: &'static [&'static str]) -> impl Iterator<Item = &'w String> {
    names.iter().filter_map(|name| words.lists.get(*name)).flatten()
}

fn longest<'w>(words: impl Iterator<Item = &'w String>, text: &[char]) -> Option<&'w str> {
    let starts = |word: &&String| word.chars().enumerate().all(|(at, c)| text.get(at) == Some(&c));
    words.filter(starts).map(String::as_str).max_by_key(|word| word.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::grammar::Grammar;

    #[test]
    fn words_tell_what_is_asked() {
        let words = &Grammar::shipped().expect("the shipped files can be read").words;
        let cases = [
            ("北斗到底都有哪几个项目", Some((Wanted::List, "项目", "北斗"))),
            ("哪些企业甲园区里面有", Some((Wanted::List, "企业", "甲园区里面"))),
            ("甲的园区一共有多少个企业", Some((Wanted::Count, "企业", "甲的园区"))),
            ("今天天气怎么样", None),
            ("项目", None),
        ];
        for (text, expected) in cases {
            let found = read(text, words);
            let found = found.as_ref().map(|(wanted, slots)| (*wanted, slots["kind"].as_str(), slots["what"].as_str()));
            assert_eq!(found, expected, "{text}");
        }
    }
}
