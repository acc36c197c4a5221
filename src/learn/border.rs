//! The states of names at one position, and what it costs to cross from one name or none to another.

/// A score that no allowed sequence reaches, far from overflow.
pub(super) const NEVER: i32 = i32::MIN / 4;
/// Parts of a name, each a state of its kind.
pub(super) const PARTS: usize = 4;
/// The first character.
pub(super) const BEGIN: usize = 0;
/// One in between.
pub(super) const INSIDE: usize = 1;
/// The last character.
pub(super) const END: usize = 2;
/// The only character.
pub(super) const WHOLE: usize = 3;

/// Most states that may stand before or behind the border of a name: "no name" and two for each kind.
pub(super) const BORDERS: usize = 24;
/// Most kinds.
pub(super) const KINDS: usize = (BORDERS - 1) / 2;

/// Scores of all states at one position, laid out for wide registers. What lies behind the last kind counts for nothing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    /// "No name", then begin and whole of each kind: the states that may follow a border.
    pub(super) open: [i32; BORDERS],
    /// Nothing, then inside and end of each kind.
    pub(super) inner: [i32; BORDERS],
}

/// A row that no sequence reaches.
pub(super) const UNREACHED: Row = Row { open: [NEVER; BORDERS], inner: [NEVER; BORDERS] };

impl Row {
    /// The score of a state.
    pub(super) fn at(&self, state: usize) -> i32 {
        let Some(at) = state.checked_sub(1) else { return self.open[0] };
        let (kind, part) = (at / PARTS, at % PARTS);
        match part {
            BEGIN => self.open[1 + 2 * kind],
            WHOLE => self.open[2 + 2 * kind],
            INSIDE => self.inner[1 + 2 * kind],
            _ => self.inner[2 + 2 * kind],
        }
    }

    /// Adds the scores of another row; no sum falls below [`NEVER`].
    #[inline(always)]
    pub(super) fn add(&mut self, other: &Self) {
        let add = |score: &mut i32, other: &i32| *score = (*score + other).max(NEVER);
        self.open.iter_mut().zip(&other.open).for_each(|(score, other)| add(score, other));
        self.inner.iter_mut().zip(&other.inner).for_each(|(score, other)| add(score, other));
    }

    /// The scores of the states after which a name may begin: "no name", then end and whole of each kind.
    #[inline(always)]
    pub(super) fn closed(&self) -> [i32; BORDERS] {
        std::array::from_fn(|at| if at == 0 || at % 2 == 0 { self.open[at] } else { self.inner[(at + 1) % BORDERS] })
    }
}

/// Scores between the states on both sides of a border.
#[derive(Debug)]
pub(super) struct Border {
    /// For each state on one side those of all on the other, [`NEVER`] where there is none.
    scores: Vec<[i32; BORDERS]>,
    /// How much better than "no name" each state can make any state on the other side.
    gain: [i32; BORDERS],
}

impl Border {
    /// `score` gives what it costs to cross between two of `side` states on either side.
    pub(super) fn new(side: usize, score: impl Fn(usize, usize) -> i32) -> Self {
        let row = |from: usize| std::array::from_fn(|to| if to < side { score(from, to) } else { NEVER });
        let scores: Vec<[i32; BORDERS]> = (0..side).map(row).collect();
        let mut gain = [NEVER; BORDERS];
        for (gain, row) in gain.iter_mut().zip(&scores) {
            let gains = row.iter().zip(&scores[0]).take(side).map(|(own, none)| own - none);
            *gain = gains.max().unwrap_or(NEVER);
        }
        Self { scores, gain }
    }

    /// The best that each state on the other side gets. A state that is too far below "no name" to be better anywhere is
    /// passed over.
    #[inline(always)]
    pub(super) fn best(&self, side: &[i32; BORDERS]) -> [i32; BORDERS] {
        let mut best = [NEVER; BORDERS];
        self.each_of_use(side, |nth, row| {
            best.iter_mut().zip(row).for_each(|(best, across)| *best = (*best).max(side[nth] + across));
        });
        best
    }

    /// Visits "no name" and the states that may be better than it somewhere, in their order.
    #[inline(always)]
    pub(super) fn each_of_use(&self, side: &[i32; BORDERS], mut visit: impl FnMut(usize, &[i32; BORDERS])) {
        let better = side
            .iter()
            .zip(&self.gain)
            .zip(0..)
            .fold(0u32, |set, ((score, gain), nth)| set | u32::from(score + gain > side[0]) << nth);
        let mut left = better | 1;
        while left != 0 {
            let nth = left.trailing_zeros() as usize;
            if let Some(row) = self.scores.get(nth) {
                visit(nth, row);
            }
            left &= left - 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_passed_over_is_never_the_best(
            (costs, scores) in (1..BORDERS).prop_flat_map(|side| (
                prop::collection::vec(prop::collection::vec(-5_000..5_000, side), side),
                prop::collection::vec(-20_000..20_000, side),
            ))
        ) {
            let border = Border::new(costs.len(), |from, to| costs[from][to]);
            let mut side = [NEVER; BORDERS];
            side[..scores.len()].copy_from_slice(&scores);
            let best = border.best(&side);
            for to in 0..costs.len() {
                let plain = (0..costs.len()).map(|from| scores[from] + costs[from][to]).max();
                prop_assert_eq!(Some(best[to]), plain);
            }
        }
    }
}
