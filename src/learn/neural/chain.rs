//! Scores of labels beside each other, and what the labels stand for.

use crate::model::EntityKind;

/// Kinds that names within a longer name may have, in the order of the inner labels.
pub const INNER_KINDS: [EntityKind; 5] =
    [EntityKind::Enterprise, EntityKind::Organization, EntityKind::Park, EntityKind::Industry, EntityKind::Place];

/// Scores of label sequences. Label 0 is "no name"; label `1 + 4k + p` is part `p` (begin, inside, end, whole) of kind `k`.
#[derive(Debug, Clone, Copy)]
pub struct Chain<'a> {
    transitions: &'a [i32],
    starts: &'a [i32],
}

impl<'a> Chain<'a> {
    pub(super) fn new(transitions: &'a [i32], starts: &'a [i32]) -> Self {
        Self { transitions, starts }
    }

    /// Score of one label after another, in units of 1/256 of a natural logarithm.
    pub fn transition(&self, from: usize, to: usize) -> i32 {
        self.transitions[from * self.labels() + to]
    }

    /// Score of a sentence's first label.
    pub fn start_score(&self, label: usize) -> i32 {
        self.starts[label]
    }

    /// Number of labels.
    pub fn labels(&self) -> usize {
        self.starts.len()
    }
}
