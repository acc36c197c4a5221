//! One step of a gated recurrent unit in whole numbers: reset, update and new gate, then the mix of old state and new.

/// Bits that separate the recurrent sums (1/2^23) from the gate inputs (1/2^10).
const RECURRENT_SHIFT: i32 = 13;
/// One half of the logistic table: eight, in units of the gate inputs.
const LOGISTIC_REACH: i32 = 8 << 10;
/// Entries of the logistic table: one for every four units of the gate inputs.
const ENTRIES: usize = ((2 * LOGISTIC_REACH) >> 2) as usize;

/// The logistic function as a table, in units of 1/2^14, with one more entry, since the last is read as half of a wider number.
type Table = [i16; ENTRIES + 1];

/// What turns sums into gates.
pub(super) struct Gates {
    logistic: Box<Table>,
}

impl Gates {
    /// Takes the table of a weights file; missing entries count as nought.
    pub(super) fn new(logistic: &[i16]) -> Self {
        let mut table = Box::new([0; ENTRIES + 1]);
        table.iter_mut().take(ENTRIES).zip(logistic).for_each(|(entry, value)| *entry = *value);
        Self { logistic: table }
    }

    /// Takes one step. `input` (1/2^10) and `sums` (1/2^23) hold reset, update and new gate one behind the other,
    /// `bias` (1/2^23) the recurrent bias of the new gate; `old` and `state`, the states before
    /// and after, are in units of 1/2^12.
    pub(super) fn step(&self, input: &[i16], sums: &[i32], bias: &[i32], old: &[i16], state: &mut [i16]) {
        let hidden = state.len();
        assert!(input.len() >= 3 * hidden && sums.len() >= 3 * hidden && bias.len() >= hidden && old.len() >= hidden);
        #[cfg(target_arch = "x86_64")]
        if hidden.is_multiple_of(8) && std::is_x86_feature_detected!("avx2") {
            // SAFETY: AVX2 was just found, and the slices are as long as it reads.
            unsafe { avx2::step(&self.logistic, input, sums, bias, old, state) };
            return;
        }
        self.plain_step(input, sums, bias, old, state);
    }

    fn plain_step(&self, input: &[i16], sums: &[i32], bias: &[i32], old: &[i16], state: &mut [i16]) {
        let hidden = state.len();
        let gate = |gate: usize, i: usize| i32::from(input[gate * hidden + i]);
        for (i, (state, old)) in state.iter_mut().zip(old).enumerate() {
            let reset = self.logistic(gate(0, i) + (sums[i] >> RECURRENT_SHIFT));
            let update = self.logistic(gate(1, i) + (sums[hidden + i] >> RECURRENT_SHIFT));
            let recalled = (sums[2 * hidden + i].wrapping_add(bias[i]) >> RECURRENT_SHIFT).clamp(-32_768, 32_767);
            let new = self.tanh(gate(2, i) + ((recalled * reset) >> 14));
            *state = (new + ((update * (i32::from(*old) - new)) >> 14)) as i16;
        }
    }

    fn logistic(&self, x: i32) -> i32 {
        let at = (x.clamp(-LOGISTIC_REACH, LOGISTIC_REACH - 1) + LOGISTIC_REACH) >> 2;
        self.logistic[at as usize].into()
    }

    /// From the logistic function at twice the argument.
    fn tanh(&self, x: i32) -> i32 {
        (self.logistic(2 * x) >> 1) - 4_096
    }
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use super::{LOGISTIC_REACH, RECURRENT_SHIFT, Table};
    use std::arch::x86_64::*;

    /// The same as the plain step, eight units at a time.
    ///
    /// # Safety
    /// `state` holds a multiple of eight numbers, `old` and `bias` as many, `input` and `sums` three times as many.
    #[target_feature(enable = "avx2")]
    pub(super) unsafe fn step(
        table: &Table,
        input: &[i16],
        sums: &[i32],
        bias: &[i32],
        old: &[i16],
        state: &mut [i16],
    ) {
        let hidden = state.len();
        for i in (0..hidden).step_by(8) {
            // SAFETY: the caller says that the slices are long enough; loads and stores need no alignment.
            let (input, sum, bias, old) = unsafe {
                let input =
                    |gate: usize| _mm256_cvtepi16_epi32(_mm_loadu_si128(input.as_ptr().add(gate * hidden + i).cast()));
                let sum = |gate: usize| _mm256_loadu_si256(sums.as_ptr().add(gate * hidden + i).cast());
                (
                    [input(0), input(1), input(2)],
                    [sum(0), sum(1), sum(2)],
                    _mm256_loadu_si256(bias.as_ptr().add(i).cast()),
                    _mm256_cvtepi16_epi32(_mm_loadu_si128(old.as_ptr().add(i).cast())),
                )
            };
            let scaled = |sum: __m256i| _mm256_srai_epi32::<RECURRENT_SHIFT>(sum);
            let reset = logistic(table, _mm256_add_epi32(input[0], scaled(sum[0])));
            let update = logistic(table, _mm256_add_epi32(input[1], scaled(sum[1])));
            let recalled = within(scaled(_mm256_add_epi32(sum[2], bias)), -32_768, 32_767);
            let new = _mm256_add_epi32(input[2], _mm256_srai_epi32::<14>(_mm256_mullo_epi32(recalled, reset)));
            let new = logistic(table, _mm256_add_epi32(new, new));
            let new = _mm256_sub_epi32(_mm256_srai_epi32::<1>(new), _mm256_set1_epi32(4_096));
            let mixed = _mm256_srai_epi32::<14>(_mm256_mullo_epi32(update, _mm256_sub_epi32(old, new)));
            let state_of = _mm256_add_epi32(new, mixed);
            let halves = (_mm256_castsi256_si128(state_of), _mm256_extracti128_si256::<1>(state_of));
            // SAFETY: as above.
            unsafe { _mm_storeu_si128(state.as_mut_ptr().add(i).cast(), _mm_packs_epi32(halves.0, halves.1)) };
        }
    }

    #[target_feature(enable = "avx2")]
    fn within(x: __m256i, low: i32, high: i32) -> __m256i {
        _mm256_min_epi32(_mm256_max_epi32(x, _mm256_set1_epi32(low)), _mm256_set1_epi32(high))
    }

    #[target_feature(enable = "avx2")]
    fn logistic(table: &Table, x: __m256i) -> __m256i {
        let x = within(x, -LOGISTIC_REACH, LOGISTIC_REACH - 1);
        let at = _mm256_srai_epi32::<2>(_mm256_add_epi32(x, _mm256_set1_epi32(LOGISTIC_REACH)));
        // SAFETY: every index is at least 0 and below the number of entries, behind which one more stands.
        let pairs = unsafe { _mm256_i32gather_epi32::<2>(table.as_ptr().cast(), at) };
        _mm256_srai_epi32::<16>(_mm256_slli_epi32::<16>(pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_way_takes_the_same_step(
            (input, sums, bias, state) in (1usize..6).prop_flat_map(|groups| (
                prop::collection::vec(any::<i16>(), 24 * groups),
                prop::collection::vec(any::<i32>(), 24 * groups),
                prop::collection::vec(any::<i32>(), 8 * groups),
                prop::collection::vec(-4096i16..=4096, 8 * groups),
            ))
        ) {
            let logistic = |at: i32| (16_384.0 / (1.0 + (-(f64::from(at) + 0.5) / 256.0 + 8.0).exp())).round() as i16;
            let gates = Gates::new(&(0..ENTRIES as i32).map(logistic).collect::<Vec<_>>());
            let (mut fast, mut plain) = (state.clone(), state.clone());
            gates.step(&input, &sums, &bias, &state, &mut fast);
            gates.plain_step(&input, &sums, &bias, &state, &mut plain);
            prop_assert_eq!(fast, plain);
        }
    }
}
