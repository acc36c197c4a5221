//! The best sequence of labels under scores for single characters and for neighbours, and the names it stands for.

use crate::model::EntityKind;

/// Kinds that names within a longer name may have, in the order of the inner labels.
pub const INNER_KINDS: [EntityKind; 5] =
    [EntityKind::Enterprise, EntityKind::Organization, EntityKind::Park, EntityKind::Industry, EntityKind::Place];

/// A name found in a sentence: characters `start..end` and the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tagged {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// What is named.
    pub kind: EntityKind,
}

/// Scores of label sequences. Label 0 is "no name"; label `1 + 4k + p` is part `p` (begin, inside, end, whole) of kind `k`.
#[derive(Debug, Clone, Copy)]
pub struct Chain<'a> {
    transitions: &'a [i32],
    starts: &'a [i32],
}

/// A score that no allowed sequence reaches, far from overflow.
const NEVER: i32 = i32::MIN / 4;

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

    /// The best allowed sequence. `scores` yields for each character at least [`Self::labels`] scores, those of this chain first.
    /// Of equal sequences the one with the lower last labels wins.
    pub fn best<'s>(&self, scores: impl Iterator<Item = &'s [i32]>) -> Vec<usize> {
        let n = self.labels();
        let mut back: Vec<u8> = Vec::new();
        let mut now = vec![NEVER; n];
        for (at, own) in scores.enumerate() {
            let before = std::mem::replace(&mut now, vec![NEVER; n]);
            for to in 0..n {
                let (from, score) = if at == 0 { (0, self.start(to)) } else { self.reach(&before, to) };
                back.push(from as u8);
                now[to] = score.saturating_add(own[to]).max(NEVER);
            }
        }
        self.trace(&now, &back)
    }

    fn trace(&self, last: &[i32], back: &[u8]) -> Vec<usize> {
        let n = self.labels();
        let closed = (0..n).filter(|&label| label == 0 || part(label) >= END);
        let Some(mut label) = closed.max_by_key(|&label| (last[label], std::cmp::Reverse(label))) else {
            return Vec::new();
        };
        let mut path = Vec::with_capacity(back.len() / n);
        for step in back.chunks_exact(n).rev() {
            path.push(label);
            label = usize::from(step[label]);
        }
        path.reverse();
        path
    }

    fn start(&self, to: usize) -> i32 {
        if to == 0 || part(to) == BEGIN || part(to) == WHOLE { self.starts[to] } else { NEVER }
    }

    /// The best label before `to` and the score up to it.
    fn reach(&self, before: &[i32], to: usize) -> (usize, i32) {
        let score = |from: usize| before[from].saturating_add(self.transitions[from * self.labels() + to]);
        if to > 0 && (part(to) == INSIDE || part(to) == END) {
            let begin = to - part(to);
            let (a, b) = (score(begin), score(begin + INSIDE));
            return if b > a { (begin + INSIDE, b) } else { (begin, a) };
        }
        let mut best = (0, score(0));
        for kind in (1..self.labels()).step_by(4) {
            for from in [kind + END, kind + WHOLE] {
                let reached = score(from);
                if reached > best.1 {
                    best = (from, reached);
                }
            }
        }
        best
    }
}

const BEGIN: usize = 0;
const INSIDE: usize = 1;
const END: usize = 2;
const WHOLE: usize = 3;

/// The part that a label other than 0 stands for.
fn part(label: usize) -> usize {
    (label - 1) % 4
}

/// The names that a label sequence spells, with `kinds` in the order of the labels: [`EntityKind::ALL`] for the outer chain, [`INNER_KINDS`] for the inner one.
pub fn names(path: &[usize], kinds: &[EntityKind]) -> Vec<Tagged> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, &label) in path.iter().enumerate().filter(|(_, label)| **label > 0) {
        if part(label) == BEGIN || part(label) == WHOLE {
            start = at;
        }
        if part(label) == END || part(label) == WHOLE {
            found.extend(kinds.get((label - 1) / 4).map(|&kind| Tagged { start, end: at + 1, kind }));
        }
    }
    found
}
