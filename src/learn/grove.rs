//! A forest laid out for scoring: all trees in one row of small nodes, several trees walked side by side.

use super::forest::{Branch, Tree};

/// How many trees are walked side by side, so that waiting for one is time for the others.
const ABREAST: usize = 4;

/// A place in a tree: a node as in [`Tree`], or a leaf, which holds its value in `at_most` and leads to itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Place {
    at_most: i32,
    /// Index of the number that is looked at.
    number: u16,
    /// Counted from the tree's first place, as is `above`.
    below: u16,
    above: u16,
}

/// Trees that are walked side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    /// First place of each.
    first: [u32; ABREAST],
    /// Steps to the deepest leaf.
    depth: u32,
    /// The most that this row and those behind it add.
    most: i32,
}

/// Trees in the form in which they are scored.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Grove {
    places: Vec<Place>,
    rows: Vec<Row>,
    /// How many numbers the trees look at, at least one.
    width: usize,
}

impl Grove {
    /// Lays trees out. Their branches lead forward, and each has fewer than 2^15 nodes and as many leaves.
    pub(super) fn new(trees: &[Tree]) -> Self {
        let width = trees.iter().flat_map(|tree| &tree.nodes).map(|node| node.feature as usize + 1).max().unwrap_or(1);
        let mut grove = Self { places: Vec::new(), rows: Vec::new(), width };
        for trees in trees.chunks(ABREAST) {
            let mut row = Row { first: [0; ABREAST], depth: 0, most: 0 };
            for (nth, first) in row.first.iter_mut().enumerate() {
                *first = grove.places.len() as u32;
                let tree = trees.get(nth).cloned().unwrap_or_default();
                row.depth = row.depth.max(grove.put(&tree));
                row.most += tree.leaves.iter().map(|leaf| i32::from(*leaf)).max().unwrap_or(0).max(0);
            }
            grove.rows.push(row);
        }
        let mut behind = 0;
        for row in grove.rows.iter_mut().rev() {
            row.most += behind;
            behind = row.most;
        }
        grove
    }

    /// Adds a tree: its nodes, then its leaves, then a leaf of nought for branches that lead nowhere. Gives its depth.
    fn put(&mut self, tree: &Tree) -> u32 {
        let (nodes, leaves) = (tree.nodes.len(), tree.leaves.len());
        let place = |branch: Branch| match branch {
            Branch::Node(at) => at as usize,
            Branch::Leaf(leaf) => nodes + (leaf as usize).min(leaves),
        };
        let mut depths = vec![0; nodes + leaves + 1];
        for (at, node) in tree.nodes.iter().enumerate().rev() {
            depths[at] = 1 + depths[place(node.below)].max(depths[place(node.above)]);
        }
        self.places.extend(tree.nodes.iter().map(|node| Place {
            at_most: node.at_most,
            number: node.feature as u16,
            below: place(node.below) as u16,
            above: place(node.above) as u16,
        }));
        let values = tree.leaves.iter().map(|leaf| i32::from(*leaf)).chain([0]);
        self.places.extend(values.zip(nodes..).map(|(value, itself)| {
            let itself = itself as u16;
            Place { at_most: value, number: 0, below: itself, above: itself }
        }));
        depths[0]
    }

    /// What the trees add up to for these numbers (those that are missing are nought); none as soon as it is sure to be below `least`.
    pub(super) fn sum(&self, numbers: &[i32], least: i32) -> Option<i32> {
        let mut filled = Vec::new();
        let numbers = if numbers.len() < self.width {
            filled.extend_from_slice(numbers);
            filled.resize(self.width, 0);
            &filled
        } else {
            numbers
        };
        let mut sum = 0;
        for row in &self.rows {
            if sum + row.most < least {
                return None;
            }
            sum += self.walk(row, numbers);
        }
        (sum >= least).then_some(sum)
    }

    fn walk(&self, row: &Row, numbers: &[i32]) -> i32 {
        let mut at = row.first;
        for _ in 0..row.depth {
            for (at, first) in at.iter_mut().zip(row.first) {
                let place = &self.places[*at as usize];
                let below = numbers[usize::from(place.number)] <= place.at_most;
                *at = first + u32::from(if below { place.below } else { place.above });
            }
        }
        at.iter().map(|at| self.places[*at as usize].at_most).sum()
    }
}
