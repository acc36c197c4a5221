//! Features of two items of a document that may be related: where they stand, what stands between and around them.

use super::scene::{Item, ItemKind, Scene};
use super::telling::{list_features, telling_features};
use crate::extract::FindKind;
use crate::learn::FeatureSet;

/// Everything a judge may know of subject and object; every feature carries the relation's name.
pub fn pair_features(scene: &Scene<'_>, relation: &str, subject: usize, object: usize) -> FeatureSet {
    let mut gathered = Gathered { relation, set: FeatureSet::new() };
    let (s, o) = (&scene.items[subject], &scene.items[object]);
    let kinds = format!("{}>{}", scene.item_name(s), scene.item_name(o));
    gathered.add("kinds", &kinds);
    let distance = place_features(scene, &mut gathered, s, o, &kinds);
    between_features(scene, &mut gathered, subject, object, &kinds, &distance);
    around_features(scene, &mut gathered, "s", s);
    around_features(scene, &mut gathered, "o", o);
    standing_features(scene, &mut gathered, s, o, &kinds, &distance);
    name_features(scene, &mut gathered, s, o);
    telling_features(scene, &mut gathered, (s, o), &kinds, &distance);
    list_features(scene, &mut gathered, "s", subject, &kinds);
    list_features(scene, &mut gathered, "o", object, &kinds);
    gathered.set
}

/// A feature set whose names all start with the relation's.
pub(super) struct Gathered<'a> {
    pub(super) relation: &'a str,
    pub(super) set: FeatureSet,
}

impl Gathered<'_> {
    pub(super) fn add(&mut self, name: &str, value: &str) {
        self.set.add(&format!("{}:{name}", self.relation), value);
    }

    pub(super) fn both(&mut self, name: &str, value: &str, with: &str) {
        self.add(name, value);
        self.add(&format!("{name}+"), &format!("{value}|{with}"));
    }
}

/// Order and distance; returns a word for the distance that other features are joined with.
fn place_features(scene: &Scene<'_>, out: &mut Gathered<'_>, s: &Item, o: &Item, kinds: &str) -> String {
    let nested = if scene.nested_in(o, s) {
        if o.span.start == s.span.start {
            "opens"
        } else if o.span.end == s.span.end {
            "closes"
        } else {
            "inside"
        }
    } else if scene.nested_in(s, o) {
        "around"
    } else {
        ""
    };
    let order = if s.span.start <= o.span.start { "<" } else { ">" };
    let distance = if !nested.is_empty() {
        nested.to_owned()
    } else if s.sentence == o.sentence {
        if clause_between(scene, s, o) { format!("sentence{order}") } else { format!("clause{order}") }
    } else if s.block == o.block {
        let apart = s.sentence.abs_diff(o.sentence);
        format!("block{order}{}", if apart == 1 { "1" } else { "2" })
    } else {
        format!("far{order}{}", if s.block.abs_diff(o.block) == 1 { "1" } else { "2" })
    };
    out.both("distance", &distance, kinds);
    let gap = gap(s, o);
    out.both("gap", &format!("{order}{}", gap_bucket(gap)), kinds);
    out.add("headings", &format!("{}{}", scene.sections[s.block].heading, scene.sections[o.block].heading));
    distance
}

fn gap(s: &Item, o: &Item) -> usize {
    let (first, second) = if s.span.start <= o.span.start { (s, o) } else { (o, s) };
    (second.span.start as usize).saturating_sub(first.span.end as usize)
}

fn gap_bucket(gap: usize) -> &'static str {
    match gap {
        0 => "0",
        1 => "1",
        2 => "2",
        3 => "3",
        4..=5 => "5",
        6..=8 => "8",
        9..=13 => "13",
        14..=21 => "21",
        22..=40 => "40",
        41..=80 => "80",
        _ => "+",
    }
}

fn clause_between(scene: &Scene<'_>, s: &Item, o: &Item) -> bool {
    between(s, o).any(|at| matches!(scene.surface.chars[at], ',' | ';' | ':' | '。'))
}

fn between(s: &Item, o: &Item) -> std::ops::Range<usize> {
    let (first, second) = if s.span.start <= o.span.start { (s, o) } else { (o, s) };
    let start = first.span.end as usize;
    start..(second.span.start as usize).max(start)
}

fn between_features(
    scene: &Scene<'_>,
    out: &mut Gathered<'_>,
    subject: usize,
    object: usize,
    kinds: &str,
    distance: &str,
) {
    let (s, o) = (&scene.items[subject], &scene.items[object]);
    let range = between(s, o);
    let order = if s.span.start <= o.span.start { "<" } else { ">" };
    if s.sentence == o.sentence && range.len() <= 60 {
        let chars = &scene.surface.chars[range.clone()];
        if chars.len() <= 8 {
            out.both("text", &format!("{order}{}", chars.iter().collect::<String>()), kinds);
        }
        for mark in [',', '、', ';', ':', '(', ')', '。', '的', '和', '与'] {
            let n = chars.iter().filter(|c| **c == mark).count();
            if n > 0 {
                out.add("mark", &format!("{order}{mark}{}", n.min(3)));
            }
        }
        let words = words_in(scene, range.clone());
        for word in &words {
            out.add("word", &format!("{order}{word}"));
        }
        if let (Some(first), Some(last)) = (words.first(), words.last()) {
            out.both("first word", &format!("{order}{first}"), kinds);
            out.both("last word", &format!("{order}{last}"), kinds);
        }
    }
    let (low, high) = (subject.min(object), subject.max(object));
    let mut counts = [0usize; 4];
    for item in scene.items[low + 1..high].iter().filter(|i| i.sentence == s.sentence || s.sentence != o.sentence) {
        if scene.nested_in(item, s) || scene.nested_in(item, o) {
            continue;
        }
        counts[0] += usize::from(scene.item_name(item) == scene.item_name(s));
        counts[1] += usize::from(scene.item_name(item) == scene.item_name(o));
        counts[2] += usize::from(matches!(item.kind, ItemKind::Money(_)));
        counts[3] += usize::from(matches!(item.kind, ItemKind::Group(_)));
    }
    let small = |n: usize| n.min(4).to_string();
    out.both("like subject between", &format!("{distance}{}", small(counts[0])), kinds);
    out.both("like object between", &format!("{distance}{}", small(counts[1])), kinds);
    out.add("like both", &format!("{distance}{}{}", counts[0].min(2), counts[1].min(2)));
    out.add("money between", &format!("{distance}{}", counts[2].min(2)));
    out.add("groups between", &format!("{distance}{}", counts[3].min(2)));
}

/// Dictionary words of a range that lie in no find's interior, without punctuation.
fn words_in<'a>(scene: &Scene<'a>, range: std::ops::Range<usize>) -> Vec<String> {
    let mut words = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let Some(word) = scene.surface.word_near(at, 0) else { break };
        let text: String = scene.surface.chars[word.span.range()].iter().collect();
        if text.chars().all(char::is_alphanumeric) {
            words.push(text);
        }
        at = (word.span.end as usize).max(at + 1);
    }
    words
}

fn around_features(scene: &Scene<'_>, out: &mut Gathered<'_>, side: &str, item: &Item) {
    let sentence = scene.sentences.get(item.sentence).copied().unwrap_or(item.span);
    let chars = scene.surface.chars;
    let (start, end) = (item.span.start as usize, item.span.end as usize);
    let left = &chars[start.saturating_sub(2).max((sentence.start as usize).min(start))..start];
    let right = &chars[end..(end + 2).min((sentence.end as usize).max(end)).min(chars.len())];
    out.add(&format!("{side} left"), &left.iter().collect::<String>());
    out.add(&format!("{side} right"), &right.iter().collect::<String>());
    let word = |offset: isize, position: usize| {
        scene.surface.word_near(position, offset).map_or(String::new(), |w| chars[w.span.range()].iter().collect())
    };
    out.add(&format!("{side} word left"), &word(-1, start));
    out.add(&format!("{side} word left2"), &format!("{}{}", word(-2, start), word(-1, start)));
    out.add(&format!("{side} word right"), &if end > start { word(1, end - 1) } else { String::new() });
    let listed = left.last() == Some(&'、') || right.first() == Some(&'、');
    out.add(&format!("{side} listed"), &listed.to_string());
    out.add(&format!("{side} starts"), &(start == sentence.start as usize).to_string());
    for window in words_in(scene, start.saturating_sub(14).max((sentence.start as usize).min(start))..start) {
        out.add(&format!("{side} before"), &window);
    }
    for window in words_in(scene, end..(end + 14).min((sentence.end as usize).max(end))) {
        out.add(&format!("{side} after"), &window);
    }
}

fn standing_features(scene: &Scene<'_>, out: &mut Gathered<'_>, s: &Item, o: &Item, kinds: &str, distance: &str) {
    for (side, item) in [("s", s), ("o", o)] {
        let cluster = match item.kind {
            ItemKind::Find(find) => scene.cluster_of[find],
            _ => None,
        };
        if let Some(cluster) = cluster {
            let main = scene.main == Some(cluster);
            let rank = scene.rank[cluster].min(3);
            out.both(&format!("{side} main"), &main.to_string(), &format!("{kinds}{distance}"));
            out.both(&format!("{side} rank"), &rank.to_string(), kinds);
            let mentions = scene.clusters[cluster].finds.len();
            out.add(&format!("{side} mentions"), &mentions.min(5).to_string());
        }
        if let ItemKind::Find(find) = item.kind {
            out.add(&format!("{side} nested"), &scene.finds[find].within.is_some().to_string());
        }
        if let ItemKind::Money(money) = item.kind {
            out.add(&format!("{side} investment"), &scene.money[money].investment.to_string());
        }
    }
    topic_features(scene, out, s, o, kinds, distance);
    let main_kind = scene.main.map_or("none", |c| scene.clusters[c].kind.name());
    out.both("main kind", main_kind, kinds);
    let nearest = nearest_like(scene, s, o);
    out.both("object nearest", &nearest, kinds);
    out.both("subject nearest", &nearest_like(scene, o, s), kinds);
}

/// Places in both names, and whether one end is the last or first of its kind before the other.
fn topic_features(scene: &Scene<'_>, out: &mut Gathered<'_>, s: &Item, o: &Item, kinds: &str, distance: &str) {
    let cluster = |item: &Item| match item.kind {
        ItemKind::Find(find) => scene.cluster_of[find],
        _ => None,
    };
    let (subject, object) = (cluster(s), cluster(o));
    if let (Some(subject), Some(object)) = (subject, object) {
        let seats = scene.seats_agree(subject, object);
        let main = scene.main == Some(subject) || scene.main == Some(object);
        out.both("seats", seats, kinds);
        out.add("seats+distance", &format!("{seats}{distance}{main}"));
        out.add("seats+nested", &format!("{seats}{}", distance.len() > 5));
    }
    for (side, here, there, other) in [("s", s, object, o), ("o", o, subject, s)] {
        let (Some(there), Some(kind)) = (there, scene.entity_kind(other)) else { continue };
        let latest = scene.latest(here, kind) == Some(there);
        let topic = scene.topic(here, kind) == Some(there);
        let main = scene.main == Some(there);
        out.both(&format!("{side} sees latest"), &format!("{latest}{main}"), kinds);
        out.both(&format!("{side} sees topic"), &format!("{topic}{main}"), kinds);
        out.add(&format!("{side} sees"), &format!("{latest}{topic}{main}{kinds}{distance}"));
        let kinds_told = scene.count(kind).min(4);
        out.add(&format!("{side} choice"), &format!("{kinds_told}{main}{latest}{kinds}"));
    }
}

/// Whether, seen from `from`, the item `to` is the nearest of its name to the left or right within the sentence.
fn nearest_like(scene: &Scene<'_>, from: &Item, to: &Item) -> String {
    if from.sentence != to.sentence {
        return "apart".to_owned();
    }
    let name = scene.item_name(to);
    let mut left = true;
    let mut all = true;
    for (_, item) in scene.items_of_sentence(from.sentence) {
        if item.kind == to.kind || item.kind == from.kind || scene.item_name(item) != name {
            continue;
        }
        let same_side = (item.span.start < from.span.start) == (to.span.start < from.span.start);
        if gap(from, item) < gap(from, to) {
            all = false;
            left &= !same_side;
        }
    }
    format!("{}{}{}", if to.span.start < from.span.start { "<" } else { ">" }, left, all)
}

fn name_features(scene: &Scene<'_>, out: &mut Gathered<'_>, s: &Item, o: &Item) {
    let chars = scene.surface.chars;
    let ending = |item: &Item| chars[item.span.range()].iter().rev().take(2).rev().collect::<String>();
    out.add("s ending", &ending(s));
    out.add("o ending", &ending(o));
    out.add("endings", &format!("{}|{}", ending(s), ending(o)));
    if let (ItemKind::Find(a), ItemKind::Find(b)) = (s.kind, o.kind) {
        let (x, y) = (&scene.finds[a], &scene.finds[b]);
        if x.kind != FindKind::Honour && y.kind != FindKind::Honour {
            let (long, short) = (&chars[x.span.range()], &chars[y.span.range()]);
            let spelt = short.len() <= long.len() && long.windows(short.len().max(1)).any(|w| w == short);
            let opens = spelt && long.starts_with(short);
            out.add("object spelt in subject", &format!("{spelt}{opens}"));
        }
    }
}
