//! The things that a figure may be about, each in whole numbers for the judge that chooses among them.

use std::collections::BTreeMap;

use super::observation::Candidate;
use super::scene::{Item, ItemKind, Scene};
use crate::extract::FindKind;
use crate::model::EntityKind;

/// A thing that a figure may be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectOption {
    /// Index of its cluster.
    pub cluster: usize,
    /// What speaks for or against it, in a fixed order.
    pub numbers: Vec<i32>,
}

/// The number of what does not apply.
const NONE: i32 = -1;
/// How many items before a value are looked at.
const BEFORE: usize = 24;
/// How many items behind it in its sentence.
const BEHIND: usize = 4;

/// How many items on either side of a name's start may overlap it.
const OUTER: usize = 8;

/// The place of a figure among the items of its text.
struct Place {
    /// Index of the first item that ends behind the value's start.
    next: usize,
    sentence: usize,
    block: usize,
    /// The cluster that the rules give it, and whether the clause names it.
    rule: Option<usize>,
    named: bool,
}

/// Every thing named near a figure, the one that the rules give it, and the zone of the text.
pub fn subject_options(scene: &Scene<'_>, candidate: &Candidate) -> Vec<SubjectOption> {
    let place = place_of(scene, candidate);
    let mut nearest: BTreeMap<usize, [Option<usize>; 2]> = BTreeMap::new();
    let mut consider = |at: usize, side: usize| {
        let Some(cluster) = scene.cluster_at(&scene.items[at]).filter(|cluster| may_have(scene, *cluster)) else {
            return;
        };
        nearest.entry(cluster).or_default()[side].get_or_insert(at);
    };
    (place.next.saturating_sub(BEFORE)..place.next).rev().for_each(|at| consider(at, 0));
    let behind =
        scene.items.iter().enumerate().skip(place.next).take_while(|(_, item)| item.sentence == place.sentence);
    behind.take(BEHIND).for_each(|(at, _)| consider(at, 1));
    let topics = [EntityKind::Park, EntityKind::Place, EntityKind::Enterprise, EntityKind::Project];
    let first = topics.map(|kind| scene.near.first_in_block(place.block, FindKind::Entity(kind).index()));
    let first = first.into_iter().flatten().filter(|at| *at < place.next);
    for cluster in first.filter_map(|at| scene.cluster_at(&scene.items[at])).chain(place.rule).chain(scene.main) {
        nearest.entry(cluster).or_default();
    }
    let count = nearest.len() as i32;
    let common = figure_numbers(candidate, &place, count);
    let option = |(cluster, sides): (usize, [Option<usize>; 2])| {
        let mut numbers = common.clone();
        numbers.extend(thing_numbers(scene, &place, cluster));
        numbers.extend(mention_numbers(scene, candidate, &place, sides));
        SubjectOption { cluster, numbers }
    };
    nearest.into_iter().map(option).collect()
}

/// Policies are what no figure is about.
fn may_have(scene: &Scene<'_>, cluster: usize) -> bool {
    scene.clusters[cluster].kind != EntityKind::Policy
}

fn place_of(scene: &Scene<'_>, candidate: &Candidate) -> Place {
    let start = candidate.anchor.start;
    let within = |starts: usize| starts.saturating_sub(1);
    let find = candidate.subject.and_then(|span| {
        let overlaps = |item: &&Item| {
            item.span.overlaps(span) && matches!(item.kind, ItemKind::Find(find) if scene.finds[find].within.is_none())
        };
        let from = scene.items.partition_point(|item| item.span.start < span.start).saturating_sub(OUTER);
        scene.items[from..].iter().take(2 * OUTER).find(overlaps)
    });
    let named = find.and_then(|item| scene.cluster_at(item));
    Place {
        next: scene.items.partition_point(|item| item.span.start < start),
        sentence: within(scene.sentences.partition_point(|s| s.start <= start)),
        block: within(scene.sections.partition_point(|s| s.span.start <= start)),
        rule: named.or(scene.main),
        named: named.is_some(),
    }
}

fn figure_numbers(candidate: &Candidate, place: &Place, options: i32) -> Vec<i32> {
    vec![
        candidate.unit_number(),
        candidate.shape as i32,
        i32::from(candidate.growth.is_some()),
        i32::from(candidate.target),
        i32::from(place.named),
        candidate.indicator.iter().map(|part| part.len()).sum::<usize>() as i32,
        options,
    ]
}

/// What a thing is in the document, and how the rules see it.
fn thing_numbers(scene: &Scene<'_>, place: &Place, cluster: usize) -> Vec<i32> {
    let this = &scene.clusters[cluster];
    let blocks = &scene.blocks_of[cluster];
    let told = &scene.told_in[cluster];
    let before = |list: &[usize], here: usize| {
        let after = list.partition_point(|at| *at <= here);
        after.checked_sub(1).map_or(NONE, |at| (here - list[at]) as i32)
    };
    vec![
        i32::from(place.rule == Some(cluster)),
        i32::from(scene.main == Some(cluster)),
        FindKind::Entity(this.kind).index() as i32,
        scene.rank[cluster] as i32,
        this.finds.len() as i32,
        told.len() as i32,
        this.margin,
        scene.count(this.kind) as i32,
        before(blocks, place.block),
        before(told, place.sentence),
        i32::from(blocks.first().is_some_and(|block| *block <= scene.lead_block())),
        scene.main.map_or(NONE, |main| scene.seats_agree(cluster, main) as i32),
        scene.main.map_or(NONE, |main| FindKind::Entity(scene.clusters[main].kind).index() as i32),
    ]
}

/// How the nearest mentions of a thing, before and behind, stand to a figure.
fn mention_numbers(scene: &Scene<'_>, candidate: &Candidate, place: &Place, sides: [Option<usize>; 2]) -> Vec<i32> {
    let chars = scene.surface.chars;
    let mut out = vec![sides[1].map_or(NONE, |at| scene.items[at].span.start as i32 - candidate.anchor.end as i32)];
    let Some(at) = sides[0] else {
        out.extend([NONE; MENTION]);
        return out;
    };
    let item = &scene.items[at];
    let (start, end) = (item.span.start as usize, item.span.end as usize);
    let value = candidate.anchor.start as usize;
    let between = &chars[end.min(value)..value];
    let marks = |wanted: &[char]| between.iter().filter(|c| wanted.contains(c)).count() as i32;
    let class =
        |wanted: &[char], c: Option<&char>| wanted.iter().position(|m| Some(m) == c).map_or(NONE, |at| at as i32);
    let kind = scene.name_index(item);
    let later = scene.items[at + 1..place.next.max(at + 1)].iter();
    let (mut names, mut same) = (0, 0);
    later.filter(|other| other.span.start >= item.span.end).for_each(|other| {
        names += 1;
        same += i32::from(scene.name_index(other) == kind);
    });
    let (nested, confidence) = match item.kind {
        ItemKind::Find(find) => {
            (i32::from(scene.finds[find].within.is_some()), i32::from(scene.finds[find].confidence))
        }
        _ => (NONE, NONE),
    };
    out.extend([
        (value - end.min(value)) as i32,
        i32::from(item.sentence == place.sentence),
        place.sentence as i32 - item.sentence as i32,
        place.block as i32 - item.block as i32,
        marks(&[',']),
        marks(&[';', '。']),
        marks(&['、']),
        names,
        same,
        nested,
        confidence,
        item.span.len() as i32,
        i32::from(candidate.indicator.iter().any(|part| part.overlaps(item.span))),
        i32::from(scene.sections[item.block].heading),
        class(
            &[',', '。', ';', '、', '\n', '在', '由', '从', '占', '的', '和', '与', '“', '是', '为', ':', '对'],
            start.checked_sub(1).map(|i| &chars[i]),
        ),
        class(
            &[
                ',', '的', '、', '共', '已', '现', '有', '“', '”', '完', '实', '累', '新', '年', '和', '与', '(', '等',
                '项', '占', '全', '规',
            ],
            chars.get(end),
        ),
        i32::from(place.named && candidate.subject.is_some_and(|span| span.overlaps(item.span))),
    ]);
    out
}

/// How many numbers a mention before the figure gives.
const MENTION: usize = 17;
