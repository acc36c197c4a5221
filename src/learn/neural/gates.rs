//! One step of a gated recurrent unit in whole numbers: reset, update and new gate, then the mix of old state and new.

/// Bits that separate the recurrent sums (1/2^23) from the gate inputs (1/2^10).
const RECURRENT_SHIFT: i32 = 13;
/// One half of the logistic table: eight, in units of the gate inputs.
const LOGISTIC_REACH: i32 = 8 << 10;
/// Entries of the logistic table: one for every four units of the gate inputs.
const ENTRIES: usize = ((2 * LOGISTIC_REACH) >> 2) as usize;

/// The logistic function as a table, in units of 1/2^14.
type Table = [i16; ENTRIES];

/// What turns sums into gates.
pub(super) struct Gates {
    logistic: Box<Table>,
}

impl Gates {
    /// Takes the table of a weights file; missing entries count as nought.
    pub(super) fn new(logistic: &[i16]) -> Self {
        let mut table = Box::new([0; ENTRIES]);
        table.iter_mut().zip(logistic).for_each(|(entry, value)| *entry = *value);
        Self { logistic: table }
    }

    /// Takes one step. `input` (1/2^10) and `sums` (1/2^23) hold reset, update and new gate one behind the other,
    /// `bias` (1/2^23) the recurrent bias of the new gate; `old` and `state`, the states before and after, are in units of
    /// 1/2^12. What `sums` holds afterwards means nothing.
    pub(super) fn step(&self, input: &[i16], sums: &mut [i32], bias: &[i32], old: &[i16], state: &mut [i16]) {
        #[cfg(target_arch = "x86_64")]
        if std::is_x86_feature_detected!("avx2") {
            // SAFETY: AVX2 was just found.
            unsafe { self.wide_step(input, sums, bias, old, state) };
            return;
        }
        self.plain_step(input, sums, bias, old, state);
    }

    /// The same with wider registers.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn wide_step(&self, input: &[i16], sums: &mut [i32], bias: &[i32], old: &[i16], state: &mut [i16]) {
        self.plain_step(input, sums, bias, old, state);
    }

    /// Each pass over the units is either arithmetic, which takes many units at once, or look-ups, which do not wait for
    /// one another.
    #[inline(always)]
    fn plain_step(&self, input: &[i16], sums: &mut [i32], bias: &[i32], old: &[i16], state: &mut [i16]) {
        let hidden = state.len();
        let (gates, new) = sums[..3 * hidden].split_at_mut(2 * hidden);
        let (gates_input, new_input) = input[..3 * hidden].split_at(2 * hidden);
        for (sum, input) in gates.iter_mut().zip(gates_input) {
            *sum = entry(i32::from(*input) + (*sum >> RECURRENT_SHIFT));
        }
        self.look_up(gates);
        let (reset, update) = gates.split_at(hidden);
        for ((sum, input), (bias, reset)) in new.iter_mut().zip(new_input).zip(bias.iter().zip(reset)) {
            let recalled = (sum.wrapping_add(*bias) >> RECURRENT_SHIFT).clamp(-32_768, 32_767);
            *sum = entry(2 * (i32::from(*input) + ((recalled * reset) >> 14)));
        }
        self.look_up(new);
        for ((state, old), (logistic, update)) in state.iter_mut().zip(old).zip(new.iter().zip(update)) {
            // The hyperbolic tangent, from the logistic function at twice the argument.
            let new = (logistic >> 1) - 4_096;
            *state = (new + ((update * (i32::from(*old) - new)) >> 14)) as i16;
        }
    }

    /// Puts in the place of each entry its value.
    #[inline(always)]
    fn look_up(&self, entries: &mut [i32]) {
        for entry in entries {
            *entry = self.logistic[*entry as usize % ENTRIES].into();
        }
    }
}

/// The entry of the logistic table for an argument, in units of the gate inputs.
#[inline(always)]
fn entry(x: i32) -> i32 {
    (x.clamp(-LOGISTIC_REACH, LOGISTIC_REACH - 1) + LOGISTIC_REACH) >> 2
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
            gates.step(&input, &mut sums.clone(), &bias, &state, &mut fast);
            gates.plain_step(&input, &mut sums.clone(), &bias, &state, &mut plain);
            prop_assert_eq!(fast, plain);
        }
    }
}
