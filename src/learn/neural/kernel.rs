//! Integer matrix times vector. The same sums in the same width everywhere, so that every machine gives the same scores.

/// Weights that one line of the processor's cache holds: sixteen outputs with two inputs each.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Line([i16; LINE]);

/// Weights in a [`Line`].
const LINE: usize = 32;

/// Most vectors that are multiplied at once.
pub(super) const MOST: usize = 4;

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

    /// Writes the sums of products of each vector into `out`, wrapping at 32 bits; `out` holds [`Self::padded`] numbers
    /// for each of at most [`MOST`] vectors. Several at once ask for each weight once.
    pub(super) fn multiply(&self, vectors: &[&[i16]], out: &mut [i32]) {
        multiply::<LINES>(&self.lines, self.inputs, vectors, out);
    }

    /// Number of outputs, rounded up to whole blocks.
    pub(super) fn padded(&self) -> usize {
        self.outputs.next_multiple_of(16 * LINES)
    }
}

#[cfg(target_arch = "x86_64")]
fn multiply<const LINES: usize>(lines: &[Line], inputs: usize, vectors: &[&[i16]], out: &mut [i32]) {
    let wide = std::is_x86_feature_detected!("avx512f") && std::is_x86_feature_detected!("avx512vnni");
    if !wide && std::is_x86_feature_detected!("avx2") {
        // SAFETY: AVX2 was just found.
        unsafe { avx2::multiply::<LINES>(lines, inputs, vectors, out) };
        return;
    }
    let blocks = lines.len() / (LINES * inputs / 2).max(1);
    for (vector, out) in vectors.iter().zip(out.chunks_exact_mut(blocks * LINES * LINE / 2)) {
        // SAFETY: AVX-512 with its dot products was just found; every x86-64 processor has SSE2.
        unsafe {
            match (wide, blocks) {
                (true, 5) => avx512::multiply::<LINES, 5>(lines, inputs, vector, out),
                (true, _) => avx512::multiply::<LINES, 1>(lines, inputs, vector, out),
                _ => sse2::multiply::<LINES>(lines, inputs, vector, out),
            }
        }
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn multiply<const LINES: usize>(lines: &[Line], inputs: usize, vectors: &[&[i16]], out: &mut [i32]) {
    let padded = lines.len() / (inputs / 2).max(1) * LINE / 2;
    for (vector, out) in vectors.iter().zip(out.chunks_exact_mut(padded)) {
        portable::multiply::<LINES>(lines, inputs, vector, out);
    }
}

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
    pub(super) fn multiply<const LINES: usize>(lines: &[Line], inputs: usize, vectors: &[&[i16]], out: &mut [i32]) {
        match *vectors {
            [a, b, c, d] => together::<LINES, 1, 4>(lines, inputs, [a, b, c, d], out),
            [a, b, c] => together::<LINES, 1, 3>(lines, inputs, [a, b, c], out),
            [a, b] => together::<LINES, LINES, 2>(lines, inputs, [a, b], out),
            [a] => together::<LINES, LINES, 1>(lines, inputs, [a], out),
            _ => {}
        }
    }

    /// Multiplies `MANY` vectors; the sums of `TILE` of the lines of a block, a part of `LINES`, are in registers together.
    #[target_feature(enable = "avx2")]
    fn together<const LINES: usize, const TILE: usize, const MANY: usize>(
        lines: &[Line],
        inputs: usize,
        vectors: [&[i16]; MANY],
        out: &mut [i32],
    ) {
        let vectors = vectors.map(|vector| &vector[..inputs]);
        let padded = out.len() / MANY;
        for (nth, block) in lines.chunks_exact(LINES * inputs / 2).enumerate() {
            for first in (0..LINES).step_by(TILE) {
                let mut sums = [[[_mm256_setzero_si256(); 2]; TILE]; MANY];
                for (pair, row) in block.chunks_exact(LINES).enumerate() {
                    let both = vectors.map(|vector| _mm256_set1_epi32(joined(&vector[2 * pair..2 * pair + 2])));
                    for (tile, line) in row[first..first + TILE].iter().enumerate() {
                        for (half, sixteen) in line.0.chunks_exact(16).enumerate() {
                            // SAFETY: `sixteen` is sixteen weights in a row; the load needs no alignment.
                            let weights = unsafe { _mm256_loadu_si256(sixteen.as_ptr().cast()) };
                            for (sums, both) in sums.iter_mut().zip(both) {
                                let sum = &mut sums[tile][half];
                                *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(weights, both));
                            }
                        }
                    }
                }
                for (many, sums) in sums.into_iter().enumerate() {
                    let at = many * padded + 16 * (nth * LINES + first);
                    let out = out[at..at + 16 * TILE].chunks_exact_mut(8);
                    for (sum, out) in sums.into_iter().flatten().zip(out) {
                        // SAFETY: `out` has room for eight numbers; the store needs no alignment.
                        unsafe { _mm256_storeu_si256(out.as_mut_ptr().cast(), sum) };
                    }
                }
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

/// Adds rows number by number in their order, each sum within 16 bits, and writes the sums into `out`.
pub(super) fn add_rows(rows: &[&[i16]], out: &mut [i16]) {
    #[cfg(target_arch = "x86_64")]
    if std::is_x86_feature_detected!("avx2") {
        // SAFETY: AVX2 was just found.
        unsafe { add_wide_rows(rows, out) };
        return;
    }
    add_each_row(rows, out);
}

/// The same sums with wider registers.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn add_wide_rows(rows: &[&[i16]], out: &mut [i16]) {
    add_each_row(rows, out);
}

#[inline(always)]
fn add_each_row(rows: &[&[i16]], out: &mut [i16]) {
    /// Numbers whose sums are in registers together.
    const TILE: usize = 80;
    let mut start = 0;
    for out in out.chunks_mut(TILE) {
        let mut sums = [0i16; TILE];
        for row in rows {
            let tile = &row[start..start + out.len()];
            match <&[i16; TILE]>::try_from(tile) {
                Ok(tile) => sums.iter_mut().zip(tile).for_each(|(sum, w)| *sum = sum.saturating_add(*w)),
                Err(_) => sums.iter_mut().zip(tile).for_each(|(sum, w)| *sum = sum.saturating_add(*w)),
            }
        }
        out.copy_from_slice(&sums[..out.len()]);
        start += TILE;
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
            let mut plain = vec![7; matrix.padded()];
            portable::multiply::<3>(&matrix.lines, inputs, &vector, &mut plain);
            for (row, &sum) in rows.chunks_exact(inputs).zip(&plain) {
                let want = row.iter().zip(&vector).fold(0i32, |s, (&w, &x)| s.wrapping_add(i32::from(w) * i32::from(x)));
                prop_assert_eq!(sum, want);
            }
            let turned: Vec<i16> = vector.iter().rev().copied().collect();
            let mut other = plain.clone();
            portable::multiply::<3>(&matrix.lines, inputs, &turned, &mut other);
            for many in 1..=MOST {
                let vectors: Vec<&[i16]> = (0..many).map(|at| [&vector[..], &turned][at % 2]).collect();
                let want: Vec<i32> = (0..many).flat_map(|at| [&plain, &other][at % 2]).copied().collect();
                let mut fast = vec![7; many * matrix.padded()];
                matrix.multiply(&vectors, &mut fast);
                prop_assert_eq!(&fast, &want);
                #[cfg(target_arch = "x86_64")]
                if std::is_x86_feature_detected!("avx2") {
                    // SAFETY: AVX2 was just found.
                    unsafe { avx2::multiply::<3>(&matrix.lines, inputs, &vectors, &mut fast) };
                    prop_assert_eq!(&fast, &want);
                }
            }
            #[cfg(target_arch = "x86_64")]
            {
                // SAFETY: every x86-64 processor has SSE2.
                unsafe { sse2::multiply::<3>(&matrix.lines, inputs, &vector, &mut other) };
                prop_assert_eq!(&other, &plain);
            }
        }
    }
}
