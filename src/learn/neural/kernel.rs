//! Integer matrix times vector. The same sums in the same width everywhere, so that every machine gives the same scores.

/// A matrix of 16-bit weights, stored so that four outputs take two inputs in one step. `GROUPS` groups of four outputs
/// have their sums in registers together; it is a multiple of four and at most 16.
pub(super) struct Matrix<const GROUPS: usize> {
    /// Steps of eight weights: outputs `4g..4g+4`, each with inputs `2p` and `2p+1`; `GROUPS` groups a block, all pairs of a block in a row.
    steps: Vec<[i16; 8]>,
    outputs: usize,
    inputs: usize,
}

impl<const GROUPS: usize> Matrix<GROUPS> {
    /// Packs weights given row by row, one row for each output. `inputs` is even.
    pub(super) fn new(rows: &[i16], inputs: usize) -> Self {
        let outputs = rows.len() / inputs;
        let blocks = outputs.div_ceil(4 * GROUPS);
        let weight = |output: usize, input: usize| rows.get(output * inputs + input).copied().unwrap_or(0);
        let mut steps = Vec::with_capacity(blocks * GROUPS * inputs / 2);
        for block in 0..blocks {
            for pair in 0..inputs / 2 {
                for group in 0..GROUPS {
                    let first = 4 * (block * GROUPS + group);
                    steps.push(std::array::from_fn(|lane| weight(first + lane / 2, 2 * pair + lane % 2)));
                }
            }
        }
        Self { steps, outputs, inputs }
    }

    /// Writes the sums of products into `out`, wrapping at 32 bits; `out` holds [`Self::padded`] numbers.
    pub(super) fn multiply(&self, vector: &[i16], out: &mut [i32]) {
        multiply::<GROUPS>(&self.steps, self.inputs, vector, out);
    }

    /// Number of outputs, rounded up to whole blocks.
    pub(super) fn padded(&self) -> usize {
        self.outputs.next_multiple_of(4 * GROUPS)
    }
}

#[cfg(target_arch = "x86_64")]
fn multiply<const GROUPS: usize>(steps: &[[i16; 8]], inputs: usize, vector: &[i16], out: &mut [i32]) {
    if std::is_x86_feature_detected!("avx512f") && std::is_x86_feature_detected!("avx512vnni") {
        let blocks = steps.len() / (GROUPS * inputs / 2).max(1);
        // SAFETY: AVX-512 with its dot products was just found.
        unsafe {
            if blocks == 5 {
                avx512::multiply::<GROUPS, 5>(steps, inputs, vector, out);
            } else {
                avx512::multiply::<GROUPS, 1>(steps, inputs, vector, out);
            }
        }
    } else if std::is_x86_feature_detected!("avx2") {
        // SAFETY: AVX2 was just found.
        unsafe { avx2::multiply::<GROUPS>(steps, inputs, vector, out) }
    } else {
        // SAFETY: every x86-64 processor has SSE2.
        unsafe { sse2::multiply::<GROUPS>(steps, inputs, vector, out) }
    }
}

#[cfg(not(target_arch = "x86_64"))]
use portable::multiply;

/// Both inputs of a pair in one 32-bit number, the first in the low half.
#[cfg(target_arch = "x86_64")]
fn joined(pair: &[i16]) -> i32 {
    i32::from(pair[0]) & 0xFFFF | i32::from(pair[1]) << 16
}

#[cfg(target_arch = "x86_64")]
mod sse2 {
    use super::joined;
    use std::arch::x86_64::*;

    #[target_feature(enable = "sse2")]
    pub(super) fn multiply<const GROUPS: usize>(steps: &[[i16; 8]], inputs: usize, vector: &[i16], out: &mut [i32]) {
        for (block, out) in steps.chunks_exact(GROUPS * inputs / 2).zip(out.chunks_exact_mut(4 * GROUPS)) {
            let mut sums = [_mm_setzero_si128(); GROUPS];
            for (pair, steps) in vector.chunks_exact(2).zip(block.chunks_exact(GROUPS)) {
                let both = _mm_set1_epi32(joined(pair));
                for (sum, w) in sums.iter_mut().zip(steps) {
                    let weights = _mm_set_epi16(w[7], w[6], w[5], w[4], w[3], w[2], w[1], w[0]);
                    *sum = _mm_add_epi32(*sum, _mm_madd_epi16(weights, both));
                }
            }
            for (sum, out) in sums.into_iter().zip(out.chunks_exact_mut(4)) {
                // SAFETY: `out` has room for four numbers; the store needs no alignment.
                unsafe { _mm_storeu_si128(out.as_mut_ptr().cast(), sum) };
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use super::joined;
    use std::arch::x86_64::*;

    #[target_feature(enable = "avx2")]
    pub(super) fn multiply<const GROUPS: usize>(steps: &[[i16; 8]], inputs: usize, vector: &[i16], out: &mut [i32]) {
        for (block, out) in steps.chunks_exact(GROUPS * inputs / 2).zip(out.chunks_exact_mut(4 * GROUPS)) {
            let mut sums = [_mm256_setzero_si256(); 8];
            for (pair, steps) in vector.chunks_exact(2).zip(block.chunks_exact(GROUPS)) {
                let both = _mm256_set1_epi32(joined(pair));
                for (sum, two) in sums[..GROUPS / 2].iter_mut().zip(steps.chunks_exact(2)) {
                    // SAFETY: `two` is sixteen weights in a row; the load needs no alignment.
                    let weights = unsafe { _mm256_loadu_si256(two.as_ptr().cast()) };
                    *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(weights, both));
                }
            }
            for (sum, out) in sums.into_iter().zip(out.chunks_exact_mut(8)) {
                // SAFETY: `out` has room for eight numbers; the store needs no alignment.
                unsafe { _mm256_storeu_si256(out.as_mut_ptr().cast(), sum) };
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod avx512 {
    use super::joined;
    use std::arch::x86_64::*;

    /// Takes `BLOCKS` blocks at a time, so that enough sums are under way at once.
    #[target_feature(enable = "avx512f,avx512vnni")]
    pub(super) fn multiply<const GROUPS: usize, const BLOCKS: usize>(
        steps: &[[i16; 8]],
        inputs: usize,
        vector: &[i16],
        out: &mut [i32],
    ) {
        let block = GROUPS * inputs / 2;
        for (steps, out) in steps.chunks_exact(BLOCKS * block).zip(out.chunks_exact_mut(BLOCKS * 4 * GROUPS)) {
            let mut sums = [[_mm512_setzero_si512(); 4]; BLOCKS];
            for (at, pair) in vector.chunks_exact(2).enumerate() {
                let both = _mm512_set1_epi32(joined(pair));
                for (nth, sums) in sums.iter_mut().enumerate() {
                    let row = &steps[nth * block + at * GROUPS..][..GROUPS];
                    for (sum, four) in sums[..GROUPS / 4].iter_mut().zip(row.chunks_exact(4)) {
                        // SAFETY: `four` is thirty-two weights in a row; the load needs no alignment.
                        let weights = unsafe { _mm512_loadu_si512(four.as_ptr().cast()) };
                        *sum = _mm512_dpwssd_epi32(*sum, weights, both);
                    }
                }
            }
            for (sums, out) in sums.iter().zip(out.chunks_exact_mut(4 * GROUPS)) {
                for (sum, out) in sums[..GROUPS / 4].iter().zip(out.chunks_exact_mut(16)) {
                    // SAFETY: `out` has room for sixteen numbers; the store needs no alignment.
                    unsafe { _mm512_storeu_si512(out.as_mut_ptr().cast(), *sum) };
                }
            }
        }
    }
}

/// The same sums without special instructions.
#[cfg(any(test, not(target_arch = "x86_64")))]
mod portable {
    pub(super) fn multiply<const GROUPS: usize>(steps: &[[i16; 8]], inputs: usize, vector: &[i16], out: &mut [i32]) {
        for (block, out) in steps.chunks_exact(GROUPS * inputs / 2).zip(out.chunks_exact_mut(4 * GROUPS)) {
            out.fill(0);
            for (pair, steps) in vector.chunks_exact(2).zip(block.chunks_exact(GROUPS)) {
                let (a, b) = (i32::from(pair[0]), i32::from(pair[1]));
                for (out, w) in out.iter_mut().zip(steps.as_flattened().chunks_exact(2)) {
                    *out = out.wrapping_add(i32::from(w[0]) * a).wrapping_add(i32::from(w[1]) * b);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_way_gives_the_plain_sums(
            (inputs, rows, vector) in (1usize..20, 1usize..300).prop_flat_map(|(half, outputs)| (
                Just(2 * half),
                prop::collection::vec(any::<i16>(), 2 * half * outputs),
                prop::collection::vec(any::<i16>(), 2 * half),
            ))
        ) {
            let matrix = Matrix::<12>::new(&rows, inputs);
            let mut fast = vec![7; matrix.padded()];
            matrix.multiply(&vector, &mut fast);
            let mut plain = vec![7; matrix.padded()];
            portable::multiply::<12>(&matrix.steps, inputs, &vector, &mut plain);
            prop_assert_eq!(&fast, &plain);
            #[cfg(target_arch = "x86_64")]
            {
                if std::is_x86_feature_detected!("avx2") {
                    // SAFETY: AVX2 was just found.
                    unsafe { avx2::multiply::<12>(&matrix.steps, inputs, &vector, &mut plain) };
                    prop_assert_eq!(&fast, &plain);
                }
                // SAFETY: every x86-64 processor has SSE2.
                unsafe { sse2::multiply::<12>(&matrix.steps, inputs, &vector, &mut plain) };
                prop_assert_eq!(&fast, &plain);
            }
            for (row, &sum) in rows.chunks_exact(inputs).zip(&fast) {
                let want = row.iter().zip(&vector).fold(0i32, |s, (&w, &x)| s.wrapping_add(i32::from(w) * i32::from(x)));
                prop_assert_eq!(sum, want);
            }
        }
    }
}
