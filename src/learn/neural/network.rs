//! The tagger's network: a table of characters, feature bits, one gated recurrent layer each way, and a score for each label.
//!
//! Everything is fixed-point: gate inputs in units of 1/1,024, states of 1/4,096, gates of 1/16,384, scores of 1/256.

use std::sync::OnceLock;

use super::LearnError;
use super::chain::Chain;
use super::gates::Gates;
use super::kernel::Matrix;
use super::weights::Weights;

/// Bits that separate the output sums (1/2^22) from the scores (1/2^8).
const OUTPUT_SHIFT: u32 = 14;
/// A loaded tagger. It holds no state between calls and may be shared by threads.
pub struct Network {
    weights: Weights,
    /// Gate inputs of each character, computed when first needed; they depend on nothing else.
    table: Vec<OnceLock<Box<[i16]>>>,
    recurrent: [Matrix<3>; 2],
    output: Matrix<4>,
    gates: Gates,
}

impl std::fmt::Debug for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Network").field("characters", &self.weights.chars.len()).finish_non_exhaustive()
    }
}

impl Network {
    /// Reads a weights file.
    ///
    /// # Errors
    /// [`LearnError::Weights`] for another format, another version or damaged bytes.
    pub fn load(bytes: &[u8]) -> Result<Self, LearnError> {
        let weights = Weights::read(bytes)?;
        Ok(Self {
            table: (0..=weights.chars.len()).map(|_| OnceLock::new()).collect(),
            recurrent: [0, 1].map(|way| Matrix::new(&weights.recurrent[way], weights.hidden)),
            output: Matrix::new(&weights.output, 2 * weights.hidden),
            gates: Gates::new(&weights.logistic),
            weights,
        })
    }

    /// The chain over the outer labels: names that lie in no other name.
    pub fn outer_chain(&self) -> Chain<'_> {
        self.chain(0)
    }

    /// The chain over the inner labels: names within a longer name.
    pub fn inner_chain(&self) -> Chain<'_> {
        self.chain(1)
    }

    fn chain(&self, layer: usize) -> Chain<'_> {
        Chain::new(&self.weights.transitions[layer], &self.weights.starts[layer])
    }

    /// How many scores [`Self::emissions`] gives for each character: first those of the outer labels, then of the inner ones.
    pub fn scores_per_char(&self) -> usize {
        self.weights.labels[0] + self.weights.labels[1]
    }

    /// The scores of every label at every character of a sentence, in units of 1/256 of a natural logarithm.
    ///
    /// `chars` is normalised text (Simplified, half width), `features` the bits of [`Features`](super::Features) for it;
    /// missing ones count as none.
    pub fn emissions(&self, chars: &[char], features: &[u64], out: &mut Vec<i32>) {
        let rows: Vec<&[i16]> = chars.iter().map(|c| self.row(*c)).collect();
        let hidden = self.weights.hidden;
        let mut states = vec![0; chars.len() * 2 * hidden];
        self.run(0, &rows, features, 0..chars.len(), &mut states);
        self.run(1, &rows, features, (0..chars.len()).rev(), &mut states);
        out.clear();
        out.reserve(chars.len() * self.scores_per_char());
        let mut sums = vec![0; self.output.padded()];
        for state in states.chunks_exact(2 * hidden) {
            self.output.multiply(state, &mut sums);
            out.extend(sums.iter().zip(&self.weights.output_bias).map(|(sum, bias)| (sum + bias) >> OUTPUT_SHIFT));
        }
    }

    /// Gate inputs of one way at a character: its half of the character's row plus those of the rows of its feature bits.
    fn input<'a>(&'a self, way: usize, row: &'a [i16], mut bits: u64, own: &'a mut Vec<i16>) -> &'a [i16] {
        let half = 3 * self.weights.hidden;
        let row = &row[way * half..][..half];
        if bits == 0 {
            return row;
        }
        own.clear();
        own.extend_from_slice(row);
        while bits != 0 {
            let bit = bits.trailing_zeros() as usize;
            if let Some(row) = self.weights.features.get((2 * bit + way) * half..(2 * bit + way + 1) * half) {
                own.iter_mut().zip(row).for_each(|(x, &w)| *x = x.saturating_add(w));
            }
            bits &= bits - 1;
        }
        own
    }

    fn row(&self, c: char) -> &[i16] {
        let at = self.weights.chars.binary_search(&c).map_or(0, |at| at + 1);
        self.table[at].get_or_init(|| self.project(at))
    }

    fn project(&self, at: usize) -> Box<[i16]> {
        let Weights { width, ref embedding, ref input, ref input_bias, input_shift, .. } = self.weights;
        let values = &embedding[at * width..(at + 1) * width];
        let gate = |(row, &bias): (&[i16], &i32)| {
            let sum = row.iter().zip(values).fold(bias, |sum, (&w, &v)| sum.wrapping_add(i32::from(w) * i32::from(v)));
            (sum >> input_shift).clamp(i16::MIN.into(), i16::MAX.into()) as i16
        };
        input.chunks_exact(width).zip(input_bias).map(gate).collect()
    }

    /// Runs one direction over the characters in the given order and leaves its states in its half of each row.
    fn run(
        &self,
        way: usize,
        rows: &[&[i16]],
        features: &[u64],
        order: impl Iterator<Item = usize>,
        states: &mut [i16],
    ) {
        let hidden = self.weights.hidden;
        let mut state = vec![0; hidden];
        let mut sums = vec![0; self.recurrent[way].padded()];
        let mut own = Vec::with_capacity(3 * hidden);
        for at in order {
            self.recurrent[way].multiply(&state, &mut sums);
            let input = self.input(way, rows[at], features.get(at).copied().unwrap_or(0), &mut own);
            self.gates.step(input, &sums, &self.weights.recurrent_bias[way], &mut state);
            states[(2 * at + way) * hidden..][..hidden].copy_from_slice(&state);
        }
    }
}
