//! Features of two items of a document that may be related: where they stand to each other and what stands between.

use super::ends::{EndFeatures, cues_in, each_bit, words_in};
use super::near::NAMES;
use super::scene::{Item, ItemKind, Scene};
use super::telling::telling_features;
use crate::extract::FindKind;
use crate::learn::{FeatureSet, mix, name, text_number};

/// Two items and what every feature of them is joined with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair<'a> {
    pub s: &'a Item,
    pub o: &'a Item,
    /// Number of the subject's item.
    pub subject: usize,
    /// Number of the object's item.
    pub object: usize,
    /// What both are, as one number below `NAMES` squared.
    pub kinds: u64,
    /// How they stand to each other.
    pub distance: u64,
}

/// The seed of a relation's features.
pub fn relation_seed(relation: &str) -> u64 {
    mix(name("relation"), name(relation))
}

/// The seed of the features of one end: 0 the subject, 1 the object.
pub fn end_seed(relation: u64, end: u64) -> u64 {
    mix(relation, end + 1)
}

/// What both items are, below `NAMES` squared.
pub fn kinds_of(scene: &Scene<'_>, subject: usize, object: usize) -> u64 {
    (scene.name_index(&scene.items[subject]) * NAMES + scene.name_index(&scene.items[object])) as u64
}

/// Everything a judge may know of subject and object; `ends` from [`end_features`](super::ends::end_features).
pub fn pair_features(
    scene: &Scene<'_>,
    ends: &[EndFeatures],
    relation: &str,
    subject: usize,
    object: usize,
) -> FeatureSet {
    let seed = relation_seed(relation);
    let mut set = joint_features(scene, seed, subject, object);
    let kinds = kinds_of(scene, subject, object);
    ends[subject].hashes(end_seed(seed, 0), kinds).for_each(|hash| set.push(hash));
    ends[object].hashes(end_seed(seed, 1), kinds).for_each(|hash| set.push(hash));
    set
}

/// The features that both ends make together; those of each end by itself are left out.
pub fn joint_features(scene: &Scene<'_>, seed: u64, subject: usize, object: usize) -> FeatureSet {
    let mut out = FeatureSet::seeded(seed);
    let (s, o) = (&scene.items[subject], &scene.items[object]);
    let kinds = kinds_of(scene, subject, object);
    let pair = Pair { s, o, subject, object, kinds, distance: distance(scene, s, o) };
    out.put(const { name("kinds") }, kinds);
    out.put_both(const { name("distance") }, pair.distance, kinds);
    out.put_both(const { name("gap") }, order(s, o) * 16 + gap_bucket(gap(s, o)), kinds);
    let heading = |item: &Item| u64::from(scene.sections[item.block].heading);
    out.put(const { name("headings") }, heading(s) * 2 + heading(o));
    between_features(scene, &mut out, &pair);
    count_features(scene, &mut out, &pair);
    main_features(scene, &mut out, &pair);
    topic_features(scene, &mut out, &pair);
    name_features(scene, &mut out, &pair);
    telling_features(scene, &mut out, &pair);
    out
}

fn order(s: &Item, o: &Item) -> u64 {
    u64::from(s.span.start > o.span.start)
}

/// Order and distance as one number: 0–3 nested, then by clause, sentence, block.
pub(super) fn distance(scene: &Scene<'_>, s: &Item, o: &Item) -> u64 {
    if scene.nested_in(o, s) {
        match (o.span.start == s.span.start, o.span.end == s.span.end) {
            (true, _) => 0,
            (_, true) => 1,
            _ => 2,
        }
    } else if scene.nested_in(s, o) {
        3
    } else {
        let step = if s.sentence == o.sentence {
            u64::from(clause_between(scene, s, o))
        } else if s.block == o.block {
            2 + u64::from(s.sentence.abs_diff(o.sentence) > 1)
        } else {
            4 + u64::from(s.block.abs_diff(o.block) > 1)
        };
        4 + 2 * step + order(s, o)
    }
}

/// True for one name inside the other.
pub(super) fn is_nested(distance: u64) -> bool {
    distance < 4
}

pub(super) fn gap(s: &Item, o: &Item) -> usize {
    between(s, o).len()
}

fn gap_bucket(gap: usize) -> u64 {
    const EDGES: [usize; 10] = [0, 1, 2, 3, 5, 8, 13, 21, 40, 80];
    EDGES.iter().position(|edge| gap <= *edge).unwrap_or(EDGES.len()) as u64
}

fn clause_between(scene: &Scene<'_>, s: &Item, o: &Item) -> bool {
    between(s, o).any(|at| matches!(scene.surface.chars[at], ',' | ';' | ':' | '。'))
}

pub(super) fn between(s: &Item, o: &Item) -> std::ops::Range<usize> {
    let (first, second) = if s.span.start <= o.span.start { (s, o) } else { (o, s) };
    let start = first.span.end as usize;
    start..(second.span.start as usize).max(start)
}

/// Longest stretch between two names whose words are looked at, in characters.
const LONGEST_BETWEEN: usize = 60;

fn between_features(scene: &Scene<'_>, out: &mut FeatureSet, pair: &Pair<'_>) {
    let range = between(pair.s, pair.o);
    if pair.s.sentence != pair.o.sentence || range.len() > LONGEST_BETWEEN {
        return;
    }
    let order = order(pair.s, pair.o);
    let chars = &scene.surface.chars[range.clone()];
    if chars.len() <= 8 {
        out.put_both(const { name("text") }, mix(order, text_number(chars)), pair.kinds);
    }
    const MARKS: [char; 10] = [',', '、', ';', ':', '(', ')', '。', '的', '和', '与'];
    for (nth, mark) in MARKS.iter().enumerate() {
        let n = chars.iter().filter(|c| *c == mark).count();
        if n > 0 {
            out.put(const { name("mark") }, order + 2 * (n.min(3) as u64 + 4 * nth as u64));
        }
    }
    let (mut first, mut last) = (None, None);
    for number in words_in(scene, range.clone()) {
        out.put(const { name("word") }, mix(order, number));
        first = first.or(Some(number));
        last = Some(number);
    }
    if let (Some(first), Some(last)) = (first, last) {
        out.put_both(const { name("first word") }, mix(order, first), pair.kinds);
        out.put_both(const { name("last word") }, mix(order, last), pair.kinds);
    }
    let cues = cues_in(scene, range);
    each_bit(cues, |bit| out.put_both(const { name("cue between") }, order + 2 * bit, pair.kinds));
    out.put_both(const { name("cues between") }, mix(order, cues), pair.kinds);
}

/// How many items of each end's kind, sums and groups stand between, and whether one end is the other's nearest.
fn count_features(scene: &Scene<'_>, out: &mut FeatureSet, pair: &Pair<'_>) {
    let (low, high) = (pair.subject.min(pair.object), pair.subject.max(pair.object));
    let between = |name: usize| scene.near.between(low, high, name) as u64;
    let (like_s, like_o) = (between(scene.name_index(pair.s)), between(scene.name_index(pair.o)));
    let with = |n: u64| pair.distance * 8 + n;
    out.put_both(const { name("like subject between") }, with(like_s.min(4)), pair.kinds);
    out.put_both(const { name("like object between") }, with(like_o.min(4)), pair.kinds);
    out.put(const { name("like both") }, with(like_s.min(2)) * 4 + like_o.min(2));
    out.put(const { name("money between") }, with(between(NAMES - 2).min(2)));
    out.put(const { name("groups between") }, with(between(NAMES - 1).min(2)));
    out.put_both(const { name("object nearest") }, nearest_like(scene, pair.subject, pair.object), pair.kinds);
    out.put_both(const { name("subject nearest") }, nearest_like(scene, pair.object, pair.subject), pair.kinds);
}

/// Whether, seen from `from`, the item `to` is the nearest of its name on its side, and on both, within the sentence.
pub(super) fn nearest_like(scene: &Scene<'_>, from: usize, to: usize) -> u64 {
    let (here, there) = (&scene.items[from], &scene.items[to]);
    if here.sentence != there.sentence {
        return 0;
    }
    let name = scene.name_index(there);
    let reach = |at: Option<usize>| {
        let item = at.map(|at| &scene.items[at]).filter(|item| item.sentence == here.sentence);
        item.map_or(usize::MAX, |item| gap(here, item))
    };
    let (left, right) = (reach(scene.near.before(from, name)), reach(scene.near.after(from, name)));
    let own = gap(here, there);
    let side = if to < from { left } else { right };
    1 + u64::from(to < from) + 2 * u64::from(own <= side) + 4 * u64::from(own <= left.min(right))
}

fn main_features(scene: &Scene<'_>, out: &mut FeatureSet, pair: &Pair<'_>) {
    for (side, item) in [(0, pair.s), (1, pair.o)] {
        let Some(cluster) = scene.cluster_at(item) else { continue };
        let main = u64::from(scene.main == Some(cluster));
        out.put(mix(const { name("main+distance") }, side), mix(main, pair.kinds * 32 + pair.distance));
        let whole = scene.told_in[cluster].len().min(3) as u64;
        out.put(mix(const { name("whole+distance") }, side), mix(whole, pair.kinds * 32 + pair.distance));
    }
    let main_kind = scene.main.map_or(0, |c| 1 + FindKind::Entity(scene.clusters[c].kind).index() as u64);
    out.put_both(const { name("main kind") }, main_kind, pair.kinds);
}

/// Places in both names, and whether one end is the last or first of its kind before the other.
fn topic_features(scene: &Scene<'_>, out: &mut FeatureSet, pair: &Pair<'_>) {
    let (subject, object) = (scene.cluster_at(pair.s), scene.cluster_at(pair.o));
    if let (Some(subject), Some(object)) = (subject, object) {
        let seats = scene.seats_agree(subject, object) as u64;
        let main = u64::from(scene.main == Some(subject) || scene.main == Some(object));
        out.put_both(const { name("seats") }, seats, pair.kinds);
        out.put(const { name("seats+distance") }, (seats * 2 + main) * 32 + pair.distance);
        out.put(const { name("seats+nested") }, seats * 2 + u64::from(is_nested(pair.distance)));
    }
    for (side, here, there, other) in [(0, pair.subject, object, pair.o), (1, pair.object, subject, pair.s)] {
        let (Some(there), Some(kind)) = (there, scene.entity_kind(other)) else { continue };
        let latest = u64::from(scene.latest(here, kind) == Some(there));
        let topic = u64::from(scene.topic(here, kind) == Some(there));
        let main = u64::from(scene.main == Some(there));
        out.put_both(mix(const { name("sees latest") }, side), latest * 2 + main, pair.kinds);
        out.put_both(mix(const { name("sees topic") }, side), topic * 2 + main, pair.kinds);
        let seen = latest * 4 + topic * 2 + main;
        out.put(mix(const { name("sees") }, side), mix(seen, pair.kinds * 32 + pair.distance));
        let choice = scene.count(kind).min(4) as u64 * 4 + main * 2 + latest;
        out.put(mix(const { name("choice") }, side), mix(choice, pair.kinds));
    }
}

fn name_features(scene: &Scene<'_>, out: &mut FeatureSet, pair: &Pair<'_>) {
    let chars = scene.surface.chars;
    let ending = |item: &Item| {
        let (start, end) = (item.span.start as usize, item.span.end as usize);
        text_number(&chars[end.saturating_sub(2).max(start)..end])
    };
    out.put(const { name("endings") }, mix(ending(pair.s), ending(pair.o)));
    if let (ItemKind::Find(a), ItemKind::Find(b)) = (pair.s.kind, pair.o.kind) {
        let (x, y) = (&scene.finds[a], &scene.finds[b]);
        if x.kind != FindKind::Honour && y.kind != FindKind::Honour {
            let (long, short) = (&chars[x.span.range()], &chars[y.span.range()]);
            let spelt = short.len() <= long.len() && long.windows(short.len().max(1)).any(|w| w == short);
            let opens = spelt && long.starts_with(short);
            out.put(const { name("object spelt in subject") }, u64::from(spelt) * 2 + u64::from(opens));
        }
    }
}
