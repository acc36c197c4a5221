//! Features of one end of a candidate by itself, gathered once for each item: what stands around it, in which list,
//! how its thing stands in the document.

use super::scene::{Item, ItemKind, Scene};
use crate::learn::{feature, mix, name, text_number};
use crate::lexicon::Class;

/// What one item is like, as numbers that a relation and a side turn into features.
#[derive(Debug, Clone, Default)]
pub struct EndFeatures {
    plain: Vec<u64>,
    /// These count by themselves and together with the kinds of both ends.
    with_kinds: Vec<u64>,
}

impl EndFeatures {
    /// The finished features: `seed` tells relation and side, `kinds` what both ends are.
    pub fn hashes(&self, seed: u64, kinds: u64) -> impl Iterator<Item = u32> {
        let plain = self.plain.iter().map(move |core| feature(mix(seed, *core)));
        let both = self.with_kinds.iter().flat_map(move |core| {
            let single = mix(seed, *core);
            [feature(single), feature(mix(single, mix(kinds, 1)))]
        });
        plain.chain(both)
    }

    fn add(&mut self, name: u64, value: u64) {
        self.plain.push(mix(name, value));
    }

    fn both(&mut self, name: u64, value: u64) {
        self.with_kinds.push(mix(name, value));
    }
}

/// Words that tell what is said of a name near them.
pub(super) const CUES: [Class; 20] = [
    Class::GroupWord,
    Class::StatusPlanned,
    Class::StatusSigned,
    Class::StatusStarted,
    Class::StatusUnderConstruction,
    Class::StatusCompleted,
    Class::StatusOperating,
    Class::FutureGuard,
    Class::Negation,
    Class::InvestTotal,
    Class::InvestPlanned,
    Class::InvestCompleted,
    Class::InvestWord,
    Class::MoneyOther,
    Class::AwardVerb,
    Class::IssueVerb,
    Class::CooperationVerb,
    Class::LocationVerb,
    Class::InvestorVerb,
    Class::AliasCue,
];

/// How far on either side of a name words are looked at, in characters.
const WINDOW: usize = 14;
/// How many members of a list are walked on each side.
const LIST_REACH: usize = 30;

/// The features of every item of a scene, in their order.
pub fn end_features(scene: &Scene<'_>) -> Vec<EndFeatures> {
    (0..scene.items.len())
        .map(|at| {
            let mut out = EndFeatures::default();
            around(scene, &mut out, &scene.items[at]);
            standing(scene, &mut out, &scene.items[at]);
            list(scene, &mut out, at);
            out
        })
        .collect()
}

fn around(scene: &Scene<'_>, out: &mut EndFeatures, item: &Item) {
    let sentence = scene.sentences.get(item.sentence).copied().unwrap_or(item.span);
    let chars = scene.surface.chars;
    let (start, end) = (item.span.start as usize, item.span.end as usize);
    let first = (sentence.start as usize).min(start);
    let last = (sentence.end as usize).max(end).min(chars.len());
    let left = &chars[start.saturating_sub(2).max(first)..start];
    let right = &chars[end..(end + 2).min(last)];
    out.add(const { name("left") }, text_number(left));
    out.add(const { name("right") }, text_number(right));
    let word = |position: usize, offset: isize| {
        scene.surface.word_near(position, offset).map_or(0, |w| text_number(&chars[w.span.range()]))
    };
    out.add(const { name("word left") }, word(start, -1));
    out.add(const { name("word left2") }, mix(word(start, -2), word(start, -1)));
    out.add(const { name("word right") }, if end > start { word(end - 1, 1) } else { 0 });
    let listed = left.last() == Some(&'、') || right.first() == Some(&'、');
    out.add(const { name("listed") }, u64::from(listed));
    out.add(const { name("starts") }, u64::from(start == first));
    let ending = &chars[end.saturating_sub(2).max(start)..end];
    out.add(const { name("ending") }, text_number(ending));
    let windows = [start.saturating_sub(WINDOW).max(first)..start, end..(end + WINDOW).min(last)];
    for (side, window) in windows.into_iter().enumerate() {
        for number in words_in(scene, window.clone()) {
            out.add(mix(const { name("word near") }, side as u64), number);
        }
        let cues = cues_in(scene, window);
        each_bit(cues, |bit| out.both(mix(const { name("cue near") }, side as u64), bit));
    }
}

/// The numbers of the dictionary words in a range, without punctuation.
pub(super) fn words_in<'a>(scene: &'a Scene<'_>, range: std::ops::Range<usize>) -> impl Iterator<Item = u64> + use<'a> {
    let surface = scene.surface;
    let first = surface.word_at.get(range.start).map_or(surface.words.len(), |at| *at as usize);
    let words = surface.words[first..].iter().take_while(move |w| (w.span.start as usize) < range.end);
    words.map(|word| word.number).filter(|number| *number != 0)
}

/// The classes of cues that begin in a range.
pub(super) fn cues_in(scene: &Scene<'_>, range: std::ops::Range<usize>) -> u64 {
    let all = CUES.iter().fold(0, |bits, class| bits | class.bit());
    range.fold(0, |bits, at| bits | scene.surface.classes_at(at)[0]) & all
}

pub(super) fn each_bit(mut bits: u64, mut visit: impl FnMut(u64)) {
    while bits != 0 {
        visit(u64::from(bits.trailing_zeros()));
        bits &= bits - 1;
    }
}

fn standing(scene: &Scene<'_>, out: &mut EndFeatures, item: &Item) {
    let heading = scene.sections.get(item.block).is_some_and(|section| section.heading);
    out.both(const { name("heading") }, u64::from(heading));
    match item.kind {
        ItemKind::Find(find) => {
            out.add(const { name("nested") }, u64::from(scene.finds[find].within.is_some()));
            out.add(const { name("confidence") }, u64::from(scene.finds[find].confidence / 125));
        }
        ItemKind::Money(money) => {
            out.both(const { name("investment") }, u64::from(scene.money[money].investment));
        }
        ItemKind::Group(_) => {}
    }
    let Some(cluster) = scene.cluster_at(item) else { return };
    out.both(const { name("main") }, u64::from(scene.main == Some(cluster)));
    out.both(const { name("rank") }, scene.rank[cluster].min(3) as u64);
    out.add(const { name("mentions") }, scene.clusters[cluster].finds.len().min(5) as u64);
    let whole = scene.told_in[cluster].len().min(3);
    out.both(const { name("whole") }, whole as u64);
    let early = scene.blocks_of[cluster].first().is_some_and(|block| *block <= scene.lead_block());
    out.both(const { name("early") }, u64::from(early));
}

/// The list in which an item stands: its length, the item's place, and the words before and behind the whole list.
fn list(scene: &Scene<'_>, out: &mut EndFeatures, at: usize) {
    let (first, before) = walk(scene, at, false);
    let (last, behind) = walk(scene, at, true);
    let length = before + behind + 1;
    out.both(const { name("list length") }, length.min(5) as u64);
    if length == 1 {
        return;
    }
    out.add(const { name("list place") }, (before.min(2) * 3 + behind.min(2)) as u64);
    let (start, end) = (scene.items[first].span.start as usize, scene.items[last].span.end as usize);
    let word = |position: usize, offset: isize| {
        let word = scene.surface.word_near(position, offset);
        word.map_or(0, |w| text_number(&scene.surface.chars[w.span.range()]))
    };
    let end = end.saturating_sub(1);
    out.both(const { name("list after") }, word(start, -1));
    out.add(const { name("list after2") }, mix(word(start, -2), word(start, -1)));
    out.both(const { name("list before") }, word(end, 1));
    out.add(const { name("list before2") }, mix(word(end, 1), word(end, 2)));
}

/// The last member of an item's list on one side, and how many steps away it is.
fn walk(scene: &Scene<'_>, from: usize, forward: bool) -> (usize, usize) {
    let (mut at, mut steps) = (from, 0);
    while steps < LIST_REACH {
        let next = if forward { following(scene, at) } else { preceding(scene, at) };
        let Some(next) = next.filter(|next| linked(scene, at.min(*next), at.max(*next))) else { break };
        (at, steps) = (next, steps + 1);
    }
    (at, steps)
}

fn following(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let end = scene.items[at].span.end;
    (at + 1..scene.items.len().min(at + 8)).find(|i| scene.items[*i].span.start >= end)
}

fn preceding(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let start = scene.items[at].span.start;
    let whole = |i: &usize| match scene.items[*i].kind {
        ItemKind::Find(find) => scene.finds[find].within.is_none(),
        _ => true,
    };
    (at.saturating_sub(8)..at).rev().filter(whole).find(|i| scene.items[*i].span.end <= start)
}

/// Whether two items of one name are joined as members of a list.
fn linked(scene: &Scene<'_>, first: usize, second: usize) -> bool {
    let (a, b) = (&scene.items[first], &scene.items[second]);
    let between = &scene.surface.chars[a.span.end as usize..b.span.start as usize];
    scene.name_index(a) == scene.name_index(b)
        && matches!(between, ['、' | '和' | '与' | '及' | '/' | ','] | ['以', '及'] | ['”', '、', '“'])
}
