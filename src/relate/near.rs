//! What lies nearest: for each item the last and next of every name, whole names counted, and the first of each block.

use super::scene::{Item, ItemKind};
use crate::extract::{Find, FindKind};

/// How many names an item may have: the kinds of finds, sums, groups.
pub const NAMES: usize = FindKind::ALL.len() + 2;
const NONE: u32 = u32::MAX;

/// The number of what an item is, below [`NAMES`].
pub fn name_index(finds: &[Find], item: &Item) -> usize {
    match item.kind {
        ItemKind::Find(find) => finds[find].kind.index(),
        ItemKind::Money(_) => FindKind::ALL.len(),
        ItemKind::Group(_) => FindKind::ALL.len() + 1,
    }
}

/// Neighbours of every item, so that a pair is described without a walk over what lies between.
#[derive(Debug, Default)]
pub struct Near {
    /// For each item, the last item of each name that comes before it.
    before: Vec<[u32; NAMES]>,
    /// For each item, the next item of each name.
    after: Vec<[u32; NAMES]>,
    /// For each item, the last whole name of each name that starts before it.
    whole_before: Vec<[u32; NAMES]>,
    /// How many whole items of each name come before each item; one row more than items.
    counts: Vec<[u32; NAMES]>,
    /// For each block, its first whole item of each name.
    first: Vec<[u32; NAMES]>,
}

impl Near {
    /// Looks at items in text order.
    pub fn new(items: &[Item], finds: &[Find]) -> Self {
        let whole = |item: &Item| !matches!(item.kind, ItemKind::Find(find) if finds[find].within.is_some());
        let mut near = Self::default();
        let (mut last, mut count) = ([NONE; NAMES], [0; NAMES]);
        let blocks = items.iter().map(|item| item.block + 1).max().unwrap_or(0);
        near.first = vec![[NONE; NAMES]; blocks];
        let mut started = 0;
        let mut whole_last = [NONE; NAMES];
        for (at, item) in items.iter().enumerate() {
            while items[started].span.start < item.span.start {
                if whole(&items[started]) {
                    whole_last[name_index(finds, &items[started])] = started as u32;
                }
                started += 1;
            }
            near.before.push(last);
            near.whole_before.push(whole_last);
            near.counts.push(count);
            let name = name_index(finds, item);
            last[name] = at as u32;
            if whole(item) {
                count[name] += 1;
                let first = &mut near.first[item.block][name];
                *first = (*first).min(at as u32);
            }
        }
        near.counts.push(count);
        let mut next = [NONE; NAMES];
        near.after = vec![next; items.len()];
        for (at, item) in items.iter().enumerate().rev() {
            near.after[at] = next;
            next[name_index(finds, item)] = at as u32;
        }
        near
    }

    /// The last item of a name before an item, in text order.
    pub fn before(&self, item: usize, name: usize) -> Option<usize> {
        known(self.before[item][name])
    }

    /// The next item of a name.
    pub fn after(&self, item: usize, name: usize) -> Option<usize> {
        known(self.after[item][name])
    }

    /// The last whole item of a name that starts before an item.
    pub fn whole_before(&self, item: usize, name: usize) -> Option<usize> {
        known(self.whole_before[item][name])
    }

    /// The first whole item of a name in a block.
    pub fn first_in_block(&self, block: usize, name: usize) -> Option<usize> {
        known(self.first.get(block)?[name])
    }

    /// How many whole items of a name lie between two items.
    pub fn between(&self, low: usize, high: usize, name: usize) -> usize {
        self.counts[high.max(low + 1)][name].saturating_sub(self.counts[low + 1][name]) as usize
    }
}

fn known(at: u32) -> Option<usize> {
    (at != NONE).then_some(at as usize)
}
