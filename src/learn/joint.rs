//! Two taggers as one: the labels that the network and the linear tagger together find best.

use super::neural::Chain;
use super::sequence::{Emissions, LabelledSpan, SequenceModel};

/// A score that no allowed sequence reaches, far from overflow.
const NEVER: i32 = i32::MIN / 4;
/// Units of the linear tagger in one unit of the network.
const NETWORK_UNIT: i32 = 4;
const PARTS: usize = 4;
const BEGIN: usize = 0;
const END: usize = 2;
const WHOLE: usize = 3;

/// Which kinds are looked for: the number of each with the linear tagger, and with the network where it knows the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JointKind {
    /// Number of the kind in the linear tagger's labels.
    pub linear: usize,
    /// Number of the kind in the network's labels; the network takes other kinds for no name.
    pub network: Option<usize>,
}

/// The two taggers over one set of kinds. State 0 is "no name"; state `1 + 4k + p` is part `p` (begin, inside, end,
/// whole) of kind `k`.
#[derive(Debug)]
pub struct Joint<'a> {
    kinds: &'a [JointKind],
    chain: Chain<'a>,
    linear: &'a SequenceModel,
    /// Allowed transitions into each state with their scores.
    into: Vec<Vec<(usize, i32)>>,
}

impl<'a> Joint<'a> {
    /// Joins the taggers.
    pub fn new(kinds: &'a [JointKind], chain: Chain<'a>, linear: &'a SequenceModel) -> Self {
        let mut joint = Self { kinds, chain, linear, into: Vec::new() };
        joint.into = (0..joint.states()).map(|to| joint.transitions_into(to)).collect();
        joint
    }

    fn states(&self) -> usize {
        1 + PARTS * self.kinds.len()
    }

    fn transitions_into(&self, to: usize) -> Vec<(usize, i32)> {
        let width = self.linear.labels().len();
        let score = |from: usize| {
            let linear = self.linear.transitions[self.linear_label(from) * width + self.linear_label(to)];
            let network = self.chain.transition(self.network_label(from), self.network_label(to));
            // What one tagger never sees, as kinds that only the other knows, costs nothing in it.
            let known = |score: i32| if score < -100_000_000 { 0 } else { score };
            (from, known(linear) + NETWORK_UNIT * known(network))
        };
        (0..self.states()).filter(|from| follows(*from, to)).map(score).collect()
    }

    fn linear_label(&self, state: usize) -> usize {
        match state.checked_sub(1) {
            None => 0,
            Some(at) => 1 + 2 * self.kinds[at / PARTS].linear + usize::from(!matches!(at % PARTS, BEGIN | WHOLE)),
        }
    }

    fn network_label(&self, state: usize) -> usize {
        let kind = state.checked_sub(1).and_then(|at| self.kinds[at / PARTS].network.map(|kind| (kind, at % PARTS)));
        kind.map_or(0, |(kind, part)| 1 + PARTS * kind + part)
    }

    /// The spans of the best sequence, each with how far the best sequence without it lies below: 0 or more, in units
    /// of 1/1024 of a natural-log unit. `network` holds `stride` scores a position, of which this chain's stand at
    /// `offset`; `linear` the linear tagger's.
    pub fn spans(&self, network: &[i32], stride: usize, offset: usize, linear: &Emissions) -> Vec<(LabelledSpan, i32)> {
        let (n, states) = (linear.len(), self.states());
        let mut emissions = vec![0i32; n * states];
        for at in 0..n {
            let rows = (&network[at * stride + offset..], &linear.scores[at * linear.labels..]);
            for state in 0..states {
                emissions[at * states + state] =
                    NETWORK_UNIT * rows.0[self.network_label(state)] + rows.1[self.linear_label(state)];
            }
        }
        let forward = self.forward(&emissions, n);
        let backward = self.backward(&emissions, n);
        let path = self.best_path(&emissions, &forward, n);
        let total =
            |at: usize, state: usize| forward[at * states + state].saturating_add(backward[at * states + state]);
        let mut spans = Vec::new();
        let mut at = 0;
        while at < n {
            if path[at] == 0 {
                at += 1;
                continue;
            }
            let kind = (path[at] - 1) / PARTS;
            let start = at;
            while at + 1 < n && path[at] != 0 && !matches!((path[at] - 1) % PARTS, END | WHOLE) {
                at += 1;
            }
            at += 1;
            let begins = |state: usize| state == 1 + PARTS * kind || state == 1 + PARTS * kind + WHOLE;
            let without = (0..states).filter(|state| !begins(*state)).map(|state| total(start, state)).max();
            let margin = total(start, path[start]).saturating_sub(without.unwrap_or(NEVER));
            spans.push((LabelledSpan { start, end: at, kind }, margin.max(0)));
        }
        spans
    }

    fn forward(&self, emissions: &[i32], n: usize) -> Vec<i32> {
        let states = self.states();
        let mut forward = vec![NEVER; n * states];
        for at in 0..n {
            for to in 0..states {
                let best = if at == 0 {
                    self.start(to)
                } else {
                    let before = &forward[(at - 1) * states..at * states];
                    self.into[to]
                        .iter()
                        .map(|(from, score)| before[*from].saturating_add(*score))
                        .max()
                        .unwrap_or(NEVER)
                };
                forward[at * states + to] = best.saturating_add(emissions[at * states + to]).max(NEVER);
            }
        }
        forward
    }

    fn start(&self, state: usize) -> i32 {
        let may = state == 0 || matches!((state - 1) % PARTS, BEGIN | WHOLE);
        if may { NETWORK_UNIT * self.chain.start_score(self.network_label(state)) } else { NEVER }
    }

    fn backward(&self, emissions: &[i32], n: usize) -> Vec<i32> {
        let states = self.states();
        let mut backward = vec![NEVER; n * states];
        for state in (0..states).filter(|state| closed(*state)) {
            if let Some(cell) = backward.get_mut(n.wrapping_sub(1).wrapping_mul(states).wrapping_add(state)) {
                *cell = 0;
            }
        }
        for at in (0..n.saturating_sub(1)).rev() {
            let (now, after) = backward.split_at_mut((at + 1) * states);
            let now = &mut now[at * states..];
            for to in 0..states {
                let ahead = after[to].saturating_add(emissions[(at + 1) * states + to]);
                for (from, score) in &self.into[to] {
                    now[*from] = now[*from].max(ahead.saturating_add(*score));
                }
            }
        }
        backward
    }

    fn best_path(&self, emissions: &[i32], forward: &[i32], n: usize) -> Vec<usize> {
        let states = self.states();
        let mut path = vec![0; n];
        for at in (0..n).rev() {
            let row = &forward[at * states..(at + 1) * states];
            let better = |a: (usize, i32), b: (usize, i32)| if b.1 > a.1 { b } else { a };
            let first = (0, i32::MIN);
            path[at] = if at + 1 == n {
                (0..states).filter(|state| closed(*state)).map(|state| (state, row[state])).fold(first, better).0
            } else {
                let into = self.into[path[at + 1]].iter();
                into.map(|(from, score)| (*from, row[*from].saturating_add(*score))).fold(first, better).0
            };
        }
        debug_assert!(emissions.len() == forward.len());
        path
    }
}

fn closed(state: usize) -> bool {
    state == 0 || matches!((state - 1) % PARTS, END | WHOLE)
}

fn follows(from: usize, to: usize) -> bool {
    match to.checked_sub(1) {
        None => closed(from),
        Some(at) if matches!(at % PARTS, BEGIN | WHOLE) => closed(from),
        Some(at) => from > 0 && (from - 1) / PARTS == at / PARTS && !closed(from),
    }
}
