//! A candidate in whole numbers, for the judge that decides by trees: both ends, how they stand to each other, company.

use super::candidate::{Candidate, End};
use super::company::Company;
use super::ends::{CUES, cues_in};
use super::near::NAMES;
use super::pair::{between, distance, gap, nearest_like};
use super::scene::{Item, ItemKind, Scene};
use super::status::{STAGE_NUMBERS, StageTelling, stage_numbers};
use crate::extract::FindKind;
use crate::model::EntityKind;

/// How far on either side of a name cues are looked for, in characters.
const WINDOW: usize = 14;
/// The number of what does not apply.
const NONE: i32 = -1;

/// What one item is like by itself.
pub fn end_numbers(scene: &Scene<'_>, item: &Item) -> Vec<i32> {
    let cluster = scene.cluster_at(item);
    let of_thing = |tell: &dyn Fn(usize) -> usize| cluster.map_or(NONE, |cluster| tell(cluster) as i32);
    let (nested, confidence) = match item.kind {
        ItemKind::Find(find) => {
            let find = &scene.finds[find];
            (i32::from(find.within.is_some()), i32::from(find.confidence))
        }
        ItemKind::Money(money) => (NONE, i32::from(scene.money[money].investment)),
        ItemKind::Group(_) => (NONE, NONE),
    };
    let sentence = scene.sentences.get(item.sentence).copied().unwrap_or(item.span);
    let (start, end) = (item.span.start as usize, item.span.end as usize);
    let (first, last) = ((sentence.start as usize).min(start), (sentence.end as usize).max(end));
    let mut out = vec![
        scene.name_index(item) as i32,
        of_thing(&|c| scene.rank[c]),
        of_thing(&|c| scene.clusters[c].finds.len()),
        of_thing(&|c| scene.told_in[c].len()),
        of_thing(&|c| usize::from(scene.main == Some(c))),
        cluster.map_or(0, |c| scene.clusters[c].margin),
        of_thing(&|c| scene.blocks_of[c].first().copied().unwrap_or(0)),
        of_thing(&|c| usize::from(scene.blocks_of[c].first().is_some_and(|block| *block <= scene.lead_block()))),
        item.span.len() as i32,
        item.block as i32,
        i32::from(scene.sections[item.block].heading),
        nested,
        confidence,
        scene.items_of_sentence(item.sentence).count() as i32,
        (start - first) as i32,
        (last - first) as i32,
    ];
    let left = cues_in(scene, start.saturating_sub(WINDOW).max(first)..start);
    let right = cues_in(scene, end..(end + WINDOW).min(last.min(scene.surface.chars.len())));
    out.extend(CUES.map(|cue| i32::from(left & cue.bit() != 0)));
    out.extend(CUES.map(|cue| i32::from(right & cue.bit() != 0)));
    out
}

/// The numbers of a whole document, the same for all its candidates.
pub fn scene_numbers(scene: &Scene<'_>) -> Vec<i32> {
    let mut out: Vec<i32> = EntityKind::ALL.iter().map(|kind| scene.count(*kind) as i32).collect();
    out.push(scene.money.len() as i32);
    out.push(scene.groups.len() as i32);
    out.push(scene.main.map_or(NONE, |main| FindKind::Entity(scene.clusters[main].kind).index() as i32));
    out
}

/// Everything about a candidate in a fixed order, its company first. `ends` are [`end_numbers`] of its items, `whole` [`scene_numbers`].
pub fn candidate_numbers(
    scene: &Scene<'_>,
    ends: [&[i32]; 2],
    whole: &[i32],
    stage: Option<&StageTelling>,
    candidate: &Candidate,
    company: &Company,
) -> Vec<i32> {
    let mut out = Vec::with_capacity(240);
    out.extend_from_slice(company);
    out.extend_from_slice(whole);
    out.extend_from_slice(ends[0]);
    if let End::Status(status) = candidate.object {
        out.extend(stage.map_or([0; STAGE_NUMBERS], |told| stage_numbers(told, status)));
        return out;
    }
    out.extend_from_slice(ends[1]);
    joint_numbers(scene, candidate.subject_item, candidate.object_item, &mut out);
    out
}

fn joint_numbers(scene: &Scene<'_>, subject: usize, object: usize, out: &mut Vec<i32>) {
    let (s, o) = (&scene.items[subject], &scene.items[object]);
    out.extend([
        distance(scene, s, o) as i32,
        gap(s, o) as i32,
        o.span.start as i32 - s.span.start as i32,
        o.sentence as i32 - s.sentence as i32,
        o.block as i32 - s.block as i32,
        nearest_like(scene, subject, object) as i32,
        nearest_like(scene, object, subject) as i32,
    ]);
    let range = between(s, o);
    let together = s.sentence == o.sentence;
    let cues = if together { cues_in(scene, range.clone()) } else { 0 };
    out.extend(CUES.map(|cue| i32::from(cues & cue.bit() != 0)));
    let chars = &scene.surface.chars[range];
    let count = |mark: char| chars.iter().filter(|c| **c == mark).count() as i32;
    out.extend([',', '、', ';', ':', '。', '的'].map(|mark| if together { count(mark) } else { NONE }));
    let (low, high) = (subject.min(object), subject.max(object));
    out.extend((0..NAMES).map(|name| scene.near.between(low, high, name) as i32));
    match (scene.cluster_at(s), scene.cluster_at(o)) {
        (Some(a), Some(b)) => thing_numbers(scene, (subject, a), (object, b), out),
        _ => out.extend([NONE; THINGS]),
    }
}

/// How many numbers [`thing_numbers`] gives.
const THINGS: usize = 3 + 2 * 7 + 2 + 4;

/// How two things stand to each other in the whole document; each end is an item and its cluster.
fn thing_numbers(scene: &Scene<'_>, s: (usize, usize), o: (usize, usize), out: &mut Vec<i32>) {
    let (a, b) = (s.1, o.1);
    let shared = |x: &[usize], y: &[usize]| x.iter().filter(|n| y.binary_search(n).is_ok()).count() as i32;
    out.push(scene.seats_agree(a, b) as i32);
    out.push(shared(&scene.told_in[a], &scene.told_in[b]));
    out.push(shared(&scene.blocks_of[a], &scene.blocks_of[b]));
    for ((item, here), there) in [(s, b), (o, a)] {
        let kind = scene.clusters[there].kind;
        let word = |found: Option<usize>| match found {
            None => 0,
            Some(found) if found == there => 1,
            Some(found) if scene.main == Some(found) => 2,
            Some(_) => 3,
        };
        let first = scene.item_of_find[scene.clusters[here].finds[0]];
        let other = scene.item_of_find[scene.clusters[there].finds[0]];
        let place = &scene.items[first];
        out.extend([
            word(scene.latest(item, kind)),
            word(scene.topic(item, kind)),
            word(scene.latest(first, kind)),
            word(scene.topic(first, kind)),
            i32::from(scene.blocks_of[there].binary_search(&place.block).is_ok()),
            i32::from(scene.told_in[there].binary_search(&place.sentence).is_ok()),
            scene.items[other].span.start as i32 - place.span.start as i32,
        ]);
    }
    let text = |item: usize| &scene.surface.chars[scene.items[item].span.range()];
    let (long, short) = (text(s.0), text(o.0));
    let spelt = short.len() <= long.len() && long.windows(short.len().max(1)).any(|w| w == short);
    out.push(i32::from(spelt));
    out.push(i32::from(long.starts_with(short)));
    out.push(scene.trades_agree(a, b) as i32);
    out.extend(shared_numbers(scene, a, b));
}

/// What the longest names of two things share: their longest common part, where it begins in the first, how much of the
/// second it leaves out.
fn shared_numbers(scene: &Scene<'_>, a: usize, b: usize) -> [i32; 3] {
    let longest = |cluster: usize| {
        let spans = scene.clusters[cluster].finds.iter().map(|find| scene.finds[*find].span);
        let span = spans.max_by_key(|span| (span.len(), std::cmp::Reverse(span.start)));
        span.map_or(&[][..], |span| &scene.surface.chars[span.start as usize..][..span.len().min(LONG)])
    };
    let (first, second) = (longest(a), longest(b));
    let (length, start) = common_part(first, second);
    [length as i32, if length == 0 { NONE } else { start as i32 }, (second.len() - length) as i32]
}

/// How much of a name is compared, in characters.
const LONG: usize = 40;

/// The longest part that two texts have in common: its length, and its first place in the first text.
fn common_part(first: &[char], second: &[char]) -> (usize, usize) {
    let mut before = vec![0usize; second.len() + 1];
    let mut best = (0, 0);
    for (i, c) in first.iter().enumerate() {
        let mut diagonal = 0;
        for (j, other) in second.iter().enumerate() {
            let above = before[j + 1];
            before[j + 1] = if c == other { diagonal + 1 } else { 0 };
            diagonal = above;
            if before[j + 1] > best.0 {
                best = (before[j + 1], i + 1 - before[j + 1]);
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::common_part;

    #[test]
    fn the_longest_common_part_is_found() {
        for (first, second, expected) in [
            ("云岭氟电子5000吨六氟磷酸锂", "云南云岭氟电子有限公司", (5, 0)),
            ("年产5万吨碳纤维项目", "碳纤维", (3, 5)),
            ("甲乙", "丙", (0, 0)),
            ("", "", (0, 0)),
        ] {
            let chars = |text: &str| text.chars().collect::<Vec<char>>();
            assert_eq!(common_part(&chars(first), &chars(second)), expected, "{first} {second}");
        }
    }
}
