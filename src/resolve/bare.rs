//! Bare words for the place that a document is about: 全市, 全省, 自治区.

use std::collections::BTreeMap;

use crate::extract::{Find, FindKind};
use crate::lexicon::Lexicon;
use crate::model::EntityKind;

/// Words for a place by its level alone, with how the full names of such places end.
const BARE: [(&str, &str); 16] = [
    ("全市", "市"),
    ("我市", "市"),
    ("本市", "市"),
    ("该市", "市"),
    ("市里", "市"),
    ("全省", "省"),
    ("我省", "省"),
    ("本省", "省"),
    ("该省", "省"),
    ("省里", "省"),
    ("全县", "县"),
    ("我县", "县"),
    ("该县", "县"),
    ("全州", "州"),
    ("自治区", "自治区"),
    ("全自治区", "自治区"),
];

/// What a mention in title or lead counts beside one elsewhere.
const EARLY: usize = 3;

/// Pairs of finds, the place first, where a bare word stands for the one place of its level that the document names most.
/// `lead` is the number of characters that count as title and lead. Of two that are named alike none is meant.
pub fn bare_places(finds: &[Find], chars: &[char], lead: usize, lexicon: &Lexicon) -> Vec<(usize, usize)> {
    let text = |find: &Find| chars[find.span.range()].iter().collect::<String>();
    let is_place = |find: &&Find| find.kind == FindKind::Entity(EntityKind::Place);
    let level = |find: &Find| BARE.iter().find(|(word, _)| *word == text(find)).map(|(_, end)| *end);
    let mut meant: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    let mut pairs = Vec::new();
    for (at, find) in finds.iter().enumerate().filter(|(_, find)| is_place(find)) {
        let Some(end) = level(find) else { continue };
        let place = *meant.entry(end).or_insert_with(|| most_named(finds, &text, lead, lexicon, end));
        pairs.extend(place.map(|place| (place, at)));
    }
    pairs
}

/// The first find of the place that is named most among those whose full name ends like this.
fn most_named(
    finds: &[Find],
    text: &impl Fn(&Find) -> String,
    lead: usize,
    lexicon: &Lexicon,
    end: &str,
) -> Option<usize> {
    let mut named: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for (at, find) in finds.iter().enumerate().filter(|(_, find)| find.kind == FindKind::Entity(EntityKind::Place)) {
        let senses = lexicon.look_up(&text(find));
        let Some((_, id)) = senses.iter().find(|(class, _)| class.is_place()) else { continue };
        if lexicon.entry(*id).is_some_and(|entry| entry.label().ends_with(end)) {
            let (_, weight) = named.entry(*id).or_insert((at, 0));
            *weight += if (find.span.start as usize) < lead { 1 + EARLY } else { 1 };
        }
    }
    let most = named.values().map(|(_, weight)| *weight).max()?;
    let mut best = named.values().filter(|(_, weight)| *weight == most);
    best.next().filter(|_| best.next().is_none()).map(|(at, _)| *at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CleanSpan;

    #[test]
    fn bare_words_stand_for_the_place_named_most() {
        for (text, expected) in [
            ("郑州 新密市 郑州市 全市", Some("郑州")),
            ("河南 郑州市 全省", Some("河南")),
            ("郑州 洛阳 全市", None),
            ("河南 全市", None),
            ("广西 全自治区", Some("广西")),
            ("上海 全市", Some("上海")),
        ] {
            let chars: Vec<char> = text.chars().collect();
            let mut finds = Vec::new();
            let mut start = 0;
            for word in text.split(' ') {
                let end = start + word.chars().count();
                finds.push(Find {
                    kind: FindKind::Entity(EntityKind::Place),
                    span: CleanSpan::new(start, end),
                    within: None,
                    confidence: 900,
                    rule: "test",
                });
                start = end + 1;
            }
            let pairs = bare_places(&finds, &chars, 0, Lexicon::shared());
            let meant = pairs.first().map(|(place, _)| chars[finds[*place].span.range()].iter().collect::<String>());
            assert_eq!(meant.as_deref(), expected, "{text}");
        }
    }
}
