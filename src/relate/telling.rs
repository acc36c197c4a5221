//! Features of how a whole document tells of two things: how often both together, under which headings, and what the
//! first place that names one says of the other.

use super::pair::Pair;
use super::scene::Scene;
use crate::learn::{FeatureSet, mix, name};

/// How often, where and how far together the things of two items are named.
pub(super) fn telling_features(scene: &Scene<'_>, out: &mut FeatureSet, pair: &Pair<'_>) {
    for (side, item, other) in [(0, pair.s, pair.o), (1, pair.o, pair.s)] {
        let Some(cluster) = scene.cluster_at(item) else { continue };
        let blocks = &scene.blocks_of[cluster];
        let headed = heading_above(scene, other.block).is_some_and(|block| blocks.binary_search(&block).is_ok());
        out.put_both(mix(const { name("heads other") }, side), u64::from(headed), pair.kinds);
        let before = other.block.checked_sub(1).is_some_and(|block| blocks.binary_search(&block).is_ok());
        out.put(mix(const { name("in block before") }, side), pair.kinds * 2 + u64::from(before));
    }
    if let (Some(a), Some(b)) = (scene.cluster_at(pair.s), scene.cluster_at(pair.o)) {
        first_features(scene, out, 0, (a, b), pair.kinds);
        first_features(scene, out, 1, (b, a), pair.kinds);
        let sentences = common(&scene.told_in[a], &scene.told_in[b]) as u64;
        let blocks = common(&scene.blocks_of[a], &scene.blocks_of[b]) as u64;
        out.put_both(const { name("shared sentences") }, sentences.min(3), pair.kinds);
        out.put_both(const { name("shared blocks") }, blocks.min(3), pair.kinds);
        let spelt = u64::from(holds(scene, a, b));
        let whole = scene.told_in[b].len().min(2) as u64;
        out.put_both(const { name("held by name") }, spelt * 4 + whole, pair.kinds);
        let told = (spelt * 2 + sentences.min(1)) * 2 + whole.min(1);
        out.put(const { name("held by name+told") }, pair.kinds * 8 + told);
    }
}

/// How the first place that names one thing lies to the other thing.
fn first_features(scene: &Scene<'_>, out: &mut FeatureSet, side: u64, (here, there): (usize, usize), kinds: u64) {
    let at = scene.item_of_find[scene.clusters[here].finds[0]];
    let first = &scene.items[at];
    let kind = scene.clusters[there].kind;
    let main = u64::from(scene.main == Some(there));
    let word = |found: Option<usize>| match found {
        None => 0,
        Some(found) if found == there => 1,
        Some(found) if scene.main == Some(found) => 2,
        Some(_) => 3,
    };
    let (latest, topic) = (word(scene.latest(at, kind)), word(scene.topic(at, kind)));
    out.put_both(mix(const { name("first sees latest") }, side), latest * 2 + main, kinds);
    out.put_both(mix(const { name("first sees topic") }, side), topic * 2 + main, kinds);
    out.put(mix(const { name("first sees") }, side), mix((latest * 4 + topic) * 2 + main, kinds));
    let block = u64::from(scene.blocks_of[there].binary_search(&first.block).is_ok());
    let sentence = u64::from(scene.told_in[there].binary_search(&first.sentence).is_ok());
    out.put_both(mix(const { name("first with") }, side), (block * 2 + sentence) * 2 + main, kinds);
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
