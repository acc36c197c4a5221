//! A trie over characters that tells every key that starts at a place of a text.
//!
//! Nodes stand in order of breadth, so that the children of a node are neighbours, sorted by their character, and those
//! of the next node follow at once: a node needs only the index of its first child.

use std::collections::VecDeque;

use super::pairs::Pairs;

/// No key ends at a node with this number.
const NONE: u32 = u32::MAX;
/// Characters below this have a direct way from the root.
const DIRECT: usize = 0x1_0000;
/// Up to this many children a straight look is faster than halving.
const FEW: usize = 8;

/// Keys and their numbers.
pub(super) struct Trie {
    /// Character that leads to each node; the root's is unused.
    labels: Vec<char>,
    /// Every node and one more, which closes the last one's children.
    nodes: Vec<Node>,
    /// Node of each first character, or 0.
    direct: Vec<u32>,
    /// Node of each first two characters.
    pairs: Pairs,
}

/// What is read together when a step reaches a node.
#[derive(Clone, Copy)]
struct Node {
    /// First child.
    first: u32,
    /// Number of the key that ends here, or [`NONE`].
    key: u32,
}

/// A run of keys that share their first `depth` characters.
struct Run {
    start: usize,
    end: usize,
    depth: usize,
}

impl Trie {
    /// Builds it from sorted, unique keys that are not empty; a key's number is its index.
    pub fn build(keys: &[&str]) -> Self {
        let letters: Vec<char> = keys.iter().flat_map(|key| key.chars()).collect();
        let chars = slices(keys, &letters);
        let mut trie = Self { labels: vec!['\0'], nodes: Vec::new(), direct: vec![0; DIRECT], pairs: Pairs::new(&[]) };
        let mut runs = VecDeque::from([Run { start: 0, end: keys.len(), depth: 0 }]);
        while let Some(run) = runs.pop_front() {
            let first = trie.labels.len() as u32;
            let own = chars.get(run.start).is_some_and(|key| key.len() == run.depth);
            trie.nodes.push(Node { first, key: if own { run.start as u32 } else { NONE } });
            let rest = run.start + usize::from(own);
            let mut start = rest;
            for same in chars[rest..run.end].chunk_by(|a, b| a[run.depth] == b[run.depth]) {
                trie.labels.push(same[0][run.depth]);
                runs.push_back(Run { start, end: start + same.len(), depth: run.depth + 1 });
                start += same.len();
            }
        }
        trie.nodes.push(Node { first: trie.labels.len() as u32, key: NONE });
        trie.shorten_ways();
        trie
    }

    /// Fills the tables that lead to the first two levels at once.
    fn shorten_ways(&mut self) {
        let mut pairs = Vec::new();
        for node in self.children(0) {
            let first = self.labels[node];
            if let Some(direct) = self.direct.get_mut(first as usize) {
                *direct = node as u32;
            }
            pairs.extend(self.children(node).map(|second| (first, self.labels[second], second as u32)));
        }
        self.pairs = Pairs::new(&pairs);
    }

    /// Calls `found` with length and number of every key that starts the text, the shortest first.
    pub fn prefixes(&self, text: &[char], mut found: impl FnMut(usize, u32)) {
        let mut tell = |length: usize, node: usize| {
            let key = self.nodes[node].key;
            if key != NONE {
                found(length, key);
            }
        };
        let [first, rest @ ..] = text else { return };
        let Some(mut node) = self.first_step(*first) else { return };
        tell(1, node);
        let [second, rest @ ..] = rest else { return };
        match self.second_step(node, *first, *second) {
            Some(next) => node = next,
            None => return,
        }
        tell(2, node);
        for (at, c) in rest.iter().enumerate() {
            let Some(next) = self.child(node, *c) else { return };
            node = next;
            tell(at + 3, node);
        }
    }

    fn first_step(&self, c: char) -> Option<usize> {
        match self.direct.get(c as usize) {
            Some(node) => Some(*node as usize).filter(|node| *node != 0),
            None => self.child(0, c),
        }
    }

    fn second_step(&self, node: usize, first: char, second: char) -> Option<usize> {
        match self.pairs.node(first, second) {
            Some(next) => Some(next).filter(|next| *next != 0),
            None => self.child(node, second),
        }
    }

    /// Number of the key that is exactly this.
    pub fn get(&self, name: &str) -> Option<u32> {
        let node = name.chars().try_fold(0, |node, c| self.child(node, c))?;
        Some(self.nodes[node].key).filter(|key| *key != NONE)
    }

    /// Bytes on the heap.
    pub fn heap_bytes(&self) -> usize {
        4 * (self.labels.len() + 2 * self.nodes.len() + self.direct.len()) + self.pairs.heap_bytes()
    }

    fn children(&self, node: usize) -> std::ops::Range<usize> {
        self.nodes[node].first as usize..self.nodes[node + 1].first as usize
    }

    fn child(&self, node: usize, c: char) -> Option<usize> {
        let range = self.children(node);
        let labels = &self.labels[range.clone()];
        let offset = match labels.len() {
            0..=FEW => labels.iter().position(|label| *label == c)?,
            _ => labels.binary_search(&c).ok()?,
        };
        Some(range.start + offset)
    }
}

/// The characters of each key, cut from those of all.
fn slices<'a>(keys: &[&str], letters: &'a [char]) -> Vec<&'a [char]> {
    let mut rest = letters;
    keys.iter()
        .map(|key| {
            let (own, others) = rest.split_at(key.chars().count());
            rest = others;
            own
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Trie;

    fn prefixes(trie: &Trie, text: &[char]) -> Vec<(usize, u32)> {
        let mut all = Vec::new();
        trie.prefixes(text, |length, key| all.push((length, key)));
        all
    }

    proptest! {
        #[test]
        fn finds_every_key_that_starts_the_text(keys in prop::collection::btree_set("[ab中国𠀀]{1,5}", 0..30), text in "[ab中国𠀀]{0,12}") {
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            let chars: Vec<char> = text.chars().collect();
            let trie = Trie::build(&keys);
            let mut wanted: Vec<(usize, u32)> = (0..).zip(&keys).filter(|(_, key)| text.starts_with(**key))
                .map(|(number, key)| (key.chars().count(), number)).collect();
            wanted.sort_unstable();
            prop_assert_eq!(prefixes(&trie, &chars), wanted);
            for (number, key) in (0..).zip(&keys) {
                prop_assert_eq!(trie.get(key), Some(number));
            }
        }
    }
}
