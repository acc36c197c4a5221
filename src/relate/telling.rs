//! Features of how a whole document tells of two things: how often each by itself and both together, under which
//! headings, and in which lists.

use super::pair::Gathered;
use super::scene::{Item, ItemKind, Scene};

/// How often, where and how far together the things of two items are named.
pub(super) fn telling_features(
    scene: &Scene<'_>,
    out: &mut Gathered<'_>,
    (s, o): (&Item, &Item),
    kinds: &str,
    distance: &str,
) {
    for (side, item, other) in [("s", s, o), ("o", o, s)] {
        let Some(cluster) = scene.cluster_at(item) else { continue };
        let whole = scene.told_in[cluster].len().min(3);
        out.both(&format!("{side} whole"), &whole.to_string(), kinds);
        out.add(&format!("{side} whole+distance"), &format!("{whole}{distance}{kinds}"));
        let blocks = &scene.blocks_of[cluster];
        let early = blocks.first().is_some_and(|block| *block <= scene.lead_block());
        out.both(&format!("{side} early"), &early.to_string(), kinds);
        let headed = heading_above(scene, other.block).is_some_and(|block| blocks.binary_search(&block).is_ok());
        out.both(&format!("{side} heads other"), &headed.to_string(), kinds);
        let before = other.block.checked_sub(1).is_some_and(|block| blocks.binary_search(&block).is_ok());
        out.add(&format!("{side} in block before"), &format!("{before}{kinds}"));
    }
    if let (Some(a), Some(b)) = (scene.cluster_at(s), scene.cluster_at(o)) {
        first_features(scene, out, "s", (a, b), kinds);
        first_features(scene, out, "o", (b, a), kinds);
        let sentences = common(&scene.told_in[a], &scene.told_in[b]);
        let blocks = common(&scene.blocks_of[a], &scene.blocks_of[b]);
        out.both("shared sentences", &sentences.min(3).to_string(), kinds);
        out.both("shared blocks", &blocks.min(3).to_string(), kinds);
        let spelt = holds(scene, a, b);
        let whole = scene.told_in[b].len().min(2);
        out.both("held by name", &format!("{spelt}{whole}"), kinds);
        out.add("held by name+told", &format!("{spelt}{}{}{kinds}", sentences.min(1), whole.min(1)));
    }
}

/// How the first place that names one thing lies to the other thing.
fn first_features(scene: &Scene<'_>, out: &mut Gathered<'_>, side: &str, (here, there): (usize, usize), kinds: &str) {
    let first = &scene.items[scene.item_of_find[scene.clusters[here].finds[0]]];
    let kind = scene.clusters[there].kind;
    let main = scene.main == Some(there);
    let latest = scene.latest(first, kind);
    let topic = scene.topic(first, kind);
    let word = |found: Option<usize>| match found {
        None => "none",
        Some(found) if found == there => "it",
        Some(found) if scene.main == Some(found) => "main",
        Some(_) => "other",
    };
    let (latest, topic) = (word(latest), word(topic));
    out.both(&format!("{side} first sees latest"), &format!("{latest}{main}"), kinds);
    out.both(&format!("{side} first sees topic"), &format!("{topic}{main}"), kinds);
    out.add(&format!("{side} first sees"), &format!("{latest}{topic}{main}{kinds}"));
    let block = scene.blocks_of[there].binary_search(&first.block).is_ok();
    let sentence = scene.told_in[there].binary_search(&first.sentence).is_ok();
    out.both(&format!("{side} first with"), &format!("{block}{sentence}{main}"), kinds);
}

/// Whether a name of cluster `outer` holds one of cluster `inner`.
fn holds(scene: &Scene<'_>, outer: usize, inner: usize) -> bool {
    let within = |find: &usize| scene.finds[*find].within;
    let outer_of = |find: u32| scene.cluster_of.get(find as usize).copied().flatten();
    scene.clusters[inner].finds.iter().filter_map(within).any(|find| outer_of(find) == Some(outer))
}

/// How many numbers two rising lists share.
fn common(a: &[usize], b: &[usize]) -> usize {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.iter().filter(|n| long.binary_search(n).is_ok()).count()
}

/// The nearest heading at or before a block, at most [`HEADING_REACH`] blocks away.
fn heading_above(scene: &Scene<'_>, block: usize) -> Option<usize> {
    let end = block.min(scene.sections.len());
    (end.saturating_sub(HEADING_REACH)..end).rev().find(|at| scene.sections[*at].heading)
}

/// How many blocks a heading speaks for.
const HEADING_REACH: usize = 40;
/// How many members of a list are walked on each side.
const LIST_REACH: usize = 30;

/// The list in which an item stands: its length, the item's place, and the words before and behind the whole list.
pub(super) fn list_features(scene: &Scene<'_>, out: &mut Gathered<'_>, side: &str, at: usize, kinds: &str) {
    let (first, before) = walk(scene, at, false);
    let (last, behind) = walk(scene, at, true);
    let length = before + behind + 1;
    out.both(&format!("{side} list length"), &length.min(5).to_string(), kinds);
    if length == 1 {
        return;
    }
    out.add(&format!("{side} list place"), &format!("{}{}", before.min(2), behind.min(2)));
    let (start, end) = (scene.items[first].span.start as usize, scene.items[last].span.end as usize);
    let word = |position: usize, offset: isize| {
        let word = scene.surface.word_near(position, offset);
        word.map_or(String::new(), |w| scene.surface.chars[w.span.range()].iter().collect())
    };
    out.both(&format!("{side} list after"), &word(start, -1), kinds);
    out.add(&format!("{side} list after2"), &format!("{}{}", word(start, -2), word(start, -1)));
    out.both(&format!("{side} list before"), &word(end.saturating_sub(1), 1), kinds);
    out.add(
        &format!("{side} list before2"),
        &format!("{}{}", word(end.saturating_sub(1), 1), word(end.saturating_sub(1), 2)),
    );
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
    scene.item_name(a) == scene.item_name(b)
        && matches!(between, ['、' | '和' | '与' | '及' | '/' | ','] | ['以', '及'] | ['”', '、', '“'])
}
