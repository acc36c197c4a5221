//! Integer matrix times vector. The same sums in the same width everywhere, so that every machine gives the same scores.

/// Weights that one line of the processor's cache holds: sixteen outputs with two inputs each.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Line([i16; LINE]);

/// Weights in a [`Line`].
const LINE: usize = 32;

/// A matrix of 16-bit weights, stored so that sixteen outputs take two inputs in one step. `LINES` times sixteen outputs
/// have their sums in registers together; at most 4.
pub(super) struct Matrix<const LINES: usize> {
    /// Outputs `16n..16n+16`, each with inputs `2p` and `2p+1`; `LINES` lines a block, all pairs of a block in a row.
    lines: Vec<Line>,
    outputs: usize,
    inputs: usize,
}

impl<const LINES: usize> Matrix<LINES> {
    /// Packs weights given row by row, one row for each output. `inputs` is even.
    pub(super) fn new(rows: &[i16], inputs: usize) -> Self {
        let outputs = rows.len() / inputs;
        let blocks = outputs.div_ceil(16 * LINES);
        let weight = |output: usize, input: usize| rows.get(output * inputs + input).copied().unwrap_or(0);
        let mut lines = Vec::with_capacity(blocks * LINES * inputs / 2);
        for block in 0..blocks {
            for pair in 0..inputs / 2 {
                for line in 0..LINES {
                    let first = 16 * (block * LINES + line);
                    lines.push(Line(std::array::from_fn(|lane| weight(first + lane / 2, 2 * pair + lane % 2))));
                }
            }
        }
        Self { lines, outputs, inputs }
    }

    /// Writes the sums of products into `out`, wrapping at 32 bits; `out` holds [`Self::padded`] numbers.
    pub(super) fn multiply(&self, vector: &[i16], out: &mut [i32]) {
        multiply::<LINES>(&self.lines, self.inputs, vector, out);
    }

    /// Number of outputs, rounded up to whole blocks.
    pub(super) fn padded(&self) -> usize {
        self.outputs.next_multiple_of(16 * LINES)
    }
}

#[cfg(target_arch = "x86_64")]
fn multiply<const LINES: usize>(lines: &[Line], inputs: usize, vector: &[i16], out: &mut [i32]) {
    if std::is_x86_feature_detected!("avx512f") && std::is_x86_feature_detected!("avx512vnni") {
        let blocks = lines.len() / (LINES * inputs / 2).max(1);
        // SAFETY: AVX-512 with its dot products was just found.
        unsafe {
            if blocks == 5 {
                avx512::multiply::<LINES, 5>(lines, inputs, vector, out);
            } else {
                avx512::multiply::<LINES, 1>(lines, inputs, vector, out);
            }
        }
    } else if std::is_x86_feature_detected!("avx2") {
        // SAFETY: AVX2 was just found.
        unsafe { avx2::multiply::<LINES>(lines, inputs, vector, out) }
    } else {
        // SAFETY: every x86-64 processor has SSE2.
        unsafe { sse2::multiply::<LINES>(lines, inputs, vector, out) }
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
    use super::{Line, joined};
    use std::arch::x86_64::*;

    #[target_feature(enable = "sse2")]
    pub(super) fn multiply<const LINES: usize>(lines: &[Line], inputs: usize, vector: &[i16], out: &mut [i32]) {
        for (block, out) in lines.chunks_exact(LINES * inputs / 2).zip(out.chunks_exact_mut(16 * LINES)) {
            let mut sums = [[_mm_setzero_si128(); 4]; LINES];
            for (pair, lines) in vector.chunks_exact(2).zip(block.chunks_exact(LINES)) {
                let both = _mm_set1_epi32(joined(pair));
                for (sums, line) in sums.iter_mut().zip(lines) {
                    for (sum, eight) in sums.iter_mut().zip(line.0.chunks_exact(8)) {
                        // SAFETY: `eight` is eight weights in a row; the load needs no alignment.
                        let weights = unsafe { _mm_loadu_si128(eight.as_ptr().cast()) };
                        *sum = _mm_add_epi32(*sum, _mm_madd_epi16(weights, both));
                    }
                }
            }
            for (sum, out) in sums.into_iter().flatten().zip(out.chunks_exact_mut(4)) {
                // SAFETY: `out` has room for four numbers; the store needs no alignment.
                unsafe { _mm_storeu_si128(out.as_mut_ptr().cast(), sum) };
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use super::{Line, joined};
    use std::arch::x86_64::*;

    #[target_feature(enable = "avx2")]
    pub(super) fn multiply<const LINES: usize>(lines: &[Line], inputs: usize, vector: &[i16], out: &mut [i32]) {
        for (block, out) in lines.chunks_exact(LINES * inputs / 2).zip(out.chunks_exact_mut(16 * LINES)) {
            let mut sums = [[_mm256_setzero_si256(); 2]; LINES];
            for (pair, lines) in vector.chunks_exact(2).zip(block.chunks_exact(LINES)) {
                let both = _mm256_set1_epi32(joined(pair));
                for (sums, line) in sums.iter_mut().zip(lines) {
                    for (sum, sixteen) in sums.iter_mut().zip(line.0.chunks_exact(16)) {
                        // SAFETY: `sixteen` is sixteen weights in a row; the load needs no alignment.
                        let weights = unsafe { _mm256_loadu_si256(sixteen.as_ptr().cast()) };
                        *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(weights, both));
                    }
                }
            }
            for (sum, out) in sums.into_iter().flatten().zip(out.chunks_exact_mut(8)) {
                // SAFETY: `out` has room for eight numbers; the store needs no alignment.
                unsafe { _mm256_storeu_si256(out.as_mut_ptr().cast(), sum) };
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod avx512 {
    use super::{Line, joined};
    use std::arch::x86_64::*;

    /// Takes `BLOCKS` blocks at a time, so that enough sums are under way at once.
    #[target_feature(enable = "avx512f,avx512vnni")]
    pub(super) fn multiply<const LINES: usize, const BLOCKS: usize>(
        lines: &[Line],
        inputs: usize,
        vector: &[i16],
        out: &mut [i32],
    ) {
        let block = LINES * inputs / 2;
        for (lines, out) in lines.chunks_exact(BLOCKS * block).zip(out.chunks_exact_mut(BLOCKS * 16 * LINES)) {
            let mut sums = [[_mm512_setzero_si512(); LINES]; BLOCKS];
            for (at, pair) in vector.chunks_exact(2).enumerate() {
                let both = _mm512_set1_epi32(joined(pair));
                for (nth, sums) in sums.iter_mut().enumerate() {
                    let row = &lines[nth * block + at * LINES..][..LINES];
                    for (sum, line) in sums.iter_mut().zip(row) {
                        // SAFETY: a line is thirty-two weights; the load needs no alignment.
                        let weights = unsafe { _mm512_loadu_si512(line.0.as_ptr().cast()) };
                        *sum = _mm512_dpwssd_epi32(*sum, weights, both);
                    }
                }
            }
            for (sum, out) in sums.iter().flatten().zip(out.chunks_exact_mut(16)) {
                // SAFETY: `out` has room for sixteen numbers; the store needs no alignment.
                unsafe { _mm512_storeu_si512(out.as_mut_ptr().cast(), *sum) };
            }
        }
    }
}

/// The same sums without special instructions.
#[cfg(any(test, not(target_arch = "x86_64")))]
mod portable {
    use super::Line;

    pub(super) fn multiply<const LINES: usize>(lines: &[Line], inputs: usize, vector: &[i16], out: &mut [i32]) {
        for (block, out) in lines.chunks_exact(LINES * inputs / 2).zip(out.chunks_exact_mut(16 * LINES)) {
            out.fill(0);
            for (pair, lines) in vector.chunks_exact(2).zip(block.chunks_exact(LINES)) {
                let (a, b) = (i32::from(pair[0]), i32::from(pair[1]));
                for (out, w) in out.iter_mut().zip(lines.iter().flat_map(|line| line.0.chunks_exact(2))) {
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
            let matrix = Matrix::<3>::new(&rows, inputs);
            let mut fast = vec![7; matrix.padded()];
            matrix.multiply(&vector, &mut fast);
            let mut plain = vec![7; matrix.padded()];
            portable::multiply::<3>(&matrix.lines, inputs, &vector, &mut plain);
            prop_assert_eq!(&fast, &plain);
            #[cfg(target_arch = "x86_64")]
            {
                if std::is_x86_feature_detected!("avx2") {
                    // SAFETY: AVX2 was just found.
                    unsafe { avx2::multiply::<3>(&matrix.lines, inputs, &vector, &mut plain) };
                    prop_assert_eq!(&fast, &plain);
                }
                // SAFETY: every x86-64 processor has SSE2.
                unsafe { sse2::multiply::<3>(&matrix.lines, inputs, &vector, &mut plain) };
                prop_assert_eq!(&fast, &plain);
            }
            for (row, &sum) in rows.chunks_exact(inputs).zip(&fast) {
                let want = row.iter().zip(&vector).fold(0i32, |s, (&w, &x)| s.wrapping_add(i32::from(w) * i32::from(x)));
                prop_assert_eq!(sum, want);
            }
        }
    }
}
