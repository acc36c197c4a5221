//! Boosted decision trees over whole numbers: a yes-or-no judge for few, dense features. Reads in integers.

use super::grove::Grove;
use super::weights::{Cursor, WeightsError, put_i16, put_i32, put_u32};

/// A judge that adds up the leaves its trees lead to, and accepts what reaches its threshold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Forest {
    pub(super) trees: Vec<Tree>,
    /// Log-odds before any tree, in units of 1/1024.
    pub(super) bias: i32,
    pub(super) threshold: i32,
    /// The trees as they are scored.
    grove: Grove,
}

/// A binary tree; the first node is the root. One leaf alone where there is no node.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Tree {
    pub(super) nodes: Vec<TreeNode>,
    /// Log-odds that each leaf adds, in units of 1/1024.
    pub(super) leaves: Vec<i16>,
}

/// Goes on to `below` where the feature is at most `at_most`, else to `above`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TreeNode {
    pub(super) feature: u32,
    pub(super) at_most: i32,
    pub(super) below: Branch,
    pub(super) above: Branch,
}

/// Where a node leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Branch {
    /// Index of a node, always greater than that of the node it hangs from.
    Node(u32),
    /// Index of a leaf.
    Leaf(u32),
}

impl Tree {
    pub(super) fn leaf(&self, numbers: &[i32]) -> usize {
        let mut branch = if self.nodes.is_empty() { Branch::Leaf(0) } else { Branch::Node(0) };
        loop {
            match branch {
                Branch::Leaf(leaf) => return leaf as usize,
                Branch::Node(at) => {
                    let node = &self.nodes[at as usize];
                    let number = numbers.get(node.feature as usize).copied().unwrap_or(0);
                    branch = if number <= node.at_most { node.below } else { node.above };
                }
            }
        }
    }
}

impl Forest {
    /// Puts trees together.
    pub(super) fn new(trees: Vec<Tree>, bias: i32, threshold: i32) -> Self {
        let grove = Grove::new(&trees);
        Self { trees, bias, threshold, grove }
    }

    /// Log-odds for yes in units of 1/1024. Numbers that are missing count as nought.
    pub fn score(&self, numbers: &[i32]) -> i32 {
        self.bias.saturating_add(self.grove.sum(numbers, i32::MIN).unwrap_or(i32::MIN))
    }

    /// The same where it is at least so much; takes less time than [`Self::score`] where it is less.
    pub fn score_from(&self, least: i32, numbers: &[i32]) -> Option<i32> {
        let sum = self.grove.sum(numbers, least.saturating_sub(self.bias))?;
        Some(self.bias.saturating_add(sum))
    }

    /// The score from which on a thing is accepted, in units of 1/1024.
    pub fn threshold(&self) -> i32 {
        self.threshold
    }

    /// The same judge with another threshold.
    pub fn with_threshold(mut self, threshold: i32) -> Self {
        self.threshold = threshold;
        self
    }

    /// As a section of a file of weights. Trees have far fewer nodes, and examples fewer features, than 16 bits count.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put_i32(&mut out, self.bias);
        put_i32(&mut out, self.threshold);
        put_u32(&mut out, self.trees.len() as u32);
        for tree in &self.trees {
            put_i16(&mut out, tree.nodes.len() as i16);
            for node in &tree.nodes {
                put_i16(&mut out, node.feature as i16);
                put_i32(&mut out, node.at_most);
                put_i16(&mut out, node.below.number());
                put_i16(&mut out, node.above.number());
            }
            put_i16(&mut out, tree.leaves.len() as i16);
            tree.leaves.iter().for_each(|leaf| put_i16(&mut out, *leaf));
        }
        out
    }

    /// From a section of a file of weights.
    ///
    /// # Errors
    /// [`WeightsError::Malformed`] if the bytes are cut short or a branch leads back or nowhere.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, WeightsError> {
        let mut cursor = Cursor { bytes };
        let (bias, threshold) = (cursor.i32()?, cursor.i32()?);
        let trees = (0..cursor.u32()?).map(|_| Tree::read(&mut cursor)).collect::<Result<_, _>>()?;
        Ok(Self::new(trees, bias, threshold))
    }
}

impl Tree {
    fn read(cursor: &mut Cursor<'_>) -> Result<Self, WeightsError> {
        let count = u32::from(cursor.i16()?.unsigned_abs());
        let mut nodes = Vec::new();
        for at in 0..count {
            let (feature, at_most) = (u32::from(cursor.i16()?.unsigned_abs()), cursor.i32()?);
            let (below, above) = (Branch::from_number(cursor.i16()?), Branch::from_number(cursor.i16()?));
            for branch in [below, above] {
                if matches!(branch, Branch::Node(next) if next <= at || next >= count) {
                    return Err(WeightsError::Malformed);
                }
            }
            nodes.push(TreeNode { feature, at_most, below, above });
        }
        let leaves = (0..cursor.i16()?).map(|_| cursor.i16()).collect::<Result<_, _>>()?;
        Ok(Self { nodes, leaves })
    }
}

impl Branch {
    fn number(self) -> i16 {
        match self {
            Self::Node(at) => at as i16,
            Self::Leaf(leaf) => -1 - leaf as i16,
        }
    }

    fn from_number(number: i16) -> Self {
        if number >= 0 { Self::Node(number as u32) } else { Self::Leaf((-1 - number) as u32) }
    }
}
