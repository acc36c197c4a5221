//! The tagger's network: a table of characters, feature bits, one gated recurrent layer each way, and a score for each label.
//!
//! Everything is fixed-point: gate inputs in units of 1/1,024, states of 1/4,096, gates of 1/16,384, scores of 1/256.

use std::ops::Range;
use std::sync::OnceLock;

use super::LearnError;
use super::chain::Chain;
use super::gates::Gates;
use super::kernel::{MOST, Matrix, add_rows};
use super::weights::Weights;
use crate::learn::prefetch::near;

/// Bits that separate the output sums (1/2^22) from the scores (1/2^8).
const OUTPUT_SHIFT: u32 = 14;
/// A loaded tagger. It holds no state between calls and may be shared by threads.
pub struct Network {
    weights: Weights,
    /// For each character of the basic plane its row in `table`.
    places: Vec<u32>,
    /// Gate inputs of each character, computed when first needed; they depend on nothing else.
    table: Vec<OnceLock<Box<[i16]>>>,
    recurrent: [Matrix<3>; 2],
    /// Outer labels, inner labels.
    output: [Matrix<2>; 2],
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
        let wide = 2 * weights.hidden;
        let (outer, inner) = weights.output.split_at(weights.labels[0] * wide);
        let mut places = vec![0; 0x1_0000];
        for (c, row) in weights.chars.iter().zip(1..) {
            places.get_mut(*c as usize).into_iter().for_each(|place| *place = row);
        }
        Ok(Self {
            places,
            table: (0..=weights.chars.len()).map(|_| OnceLock::new()).collect(),
            recurrent: [0, 1].map(|way| Matrix::new(&weights.recurrent[way], weights.hidden)),
            output: [outer, inner].map(|rows| Matrix::new(rows, wide)),
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

    /// Reads stretches of text, each by itself; several at once take less time than one after the other.
    pub fn read(&self, stretches: &[Stretch<'_>]) -> Vec<States> {
        let rows = |stretch: &Stretch<'_>| stretch.chars.iter().map(|c| self.row(*c)).collect();
        let rows: Vec<Vec<&[i16]>> = stretches.iter().map(rows).collect();
        let wide = 2 * self.weights.hidden;
        let mut states: Vec<States> =
            stretches.iter().map(|stretch| States { values: vec![0; stretch.chars.len() * wide], wide }).collect();
        for way in [0, 1] {
            self.run(way, stretches, &rows, &mut states);
        }
        states
    }

    /// The scores of every outer label at each character, in units of 1/256 of a natural logarithm.
    pub fn outer_scores(&self, states: &States) -> Vec<i32> {
        self.scores(0, &states.values, states.wide)
    }

    /// The scores of every inner label at each character of a range.
    pub fn inner_scores(&self, states: &States, range: Range<usize>) -> Vec<i32> {
        self.scores(1, &states.values[range.start * states.wide..range.end * states.wide], states.wide)
    }

    fn scores(&self, layer: usize, states: &[i16], wide: usize) -> Vec<i32> {
        let (matrix, labels) = (&self.output[layer], &self.weights.labels);
        let bias = &self.weights.output_bias[layer * labels[0]..][..labels[layer]];
        let mut out = Vec::with_capacity(states.len() / wide * bias.len());
        let mut sums = vec![0; MOST * matrix.padded()];
        for states in states.chunks(MOST * wide) {
            let mut vectors = [&[][..]; MOST];
            let many = states.len() / wide;
            vectors.iter_mut().zip(states.chunks_exact(wide)).for_each(|(vector, state)| *vector = state);
            let sums = &mut sums[..many * matrix.padded()];
            matrix.multiply(&vectors[..many], sums);
            for sums in sums.chunks_exact(matrix.padded()) {
                out.extend(sums.iter().zip(bias).map(|(sum, bias)| (sum + bias) >> OUTPUT_SHIFT));
            }
        }
        out
    }

    /// What the gate inputs of one way at a character are the sum of: its half of the character's row, then the rows of
    /// its feature bits.
    fn inputs<'a>(&'a self, way: usize, row: &'a [i16], mut bits: u64, rows: &mut Vec<&'a [i16]>) {
        let half = 3 * self.weights.hidden;
        rows.clear();
        rows.push(&row[way * half..][..half]);
        while bits != 0 {
            let bit = bits.trailing_zeros() as usize;
            rows.extend(self.weights.features.get((2 * bit + way) * half..(2 * bit + way + 1) * half));
            bits &= bits - 1;
        }
    }

    /// Asks for the memory of one way's half of a character's row: rows are many and seldom near.
    fn ask_for(&self, way: usize, row: &[i16]) {
        /// Numbers in one line of the processor's cache.
        const LINE: usize = 32;
        let half = 3 * self.weights.hidden;
        row[way * half..][..half].iter().step_by(LINE).for_each(near);
    }

    fn row(&self, c: char) -> &[i16] {
        let at = match self.places.get(c as usize) {
            Some(at) => *at as usize,
            None => self.weights.chars.binary_search(&c).map_or(0, |at| at + 1),
        };
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

    /// Runs one direction over the stretches, [`MOST`] at a time, and leaves its states in its half of each row.
    fn run(&self, way: usize, stretches: &[Stretch<'_>], rows: &[Vec<&[i16]>], states: &mut [States]) {
        let hidden = self.weights.hidden;
        let matrix = &self.recurrent[way];
        let (still, mut sums) = (vec![0; hidden], vec![0; MOST * matrix.padded()]);
        let (mut inputs, mut input) = (Vec::new(), vec![0; 3 * hidden]);
        let mut waiting = (0..stretches.len()).filter(|at| !stretches[*at].chars.is_empty());
        // Stretches under way, with how many characters each has behind it.
        let mut under_way: Vec<(usize, usize)> = Vec::with_capacity(MOST);
        loop {
            under_way.extend(waiting.by_ref().take(MOST - under_way.len()).map(|at| (at, 0)));
            if under_way.is_empty() {
                return;
            }
            let place = |(at, done): (usize, usize)| if way == 0 { done } else { rows[at].len() - 1 - done };
            let mut before = [&still[..]; MOST];
            for (before, &(at, done)) in before.iter_mut().zip(&under_way).filter(|(_, (_, done))| *done > 0) {
                *before = states[at].half(place((at, done - 1)), way);
            }
            let sums = &mut sums[..under_way.len() * matrix.padded()];
            matrix.multiply(&before[..under_way.len()], sums);
            for (sums, (at, done)) in sums.chunks_exact_mut(matrix.padded()).zip(&mut under_way) {
                let here = place((*at, *done));
                let bits = stretches[*at].features.get(here).copied().unwrap_or(0);
                self.inputs(way, rows[*at][here], bits, &mut inputs);
                add_rows(&inputs, &mut input);
                let (old, new) = states[*at].step(here, way, (*done > 0).then(|| place((*at, *done - 1))));
                self.gates.step(&input, sums, &self.weights.recurrent_bias[way], old.unwrap_or(&still), new);
                *done += 1;
                if *done < rows[*at].len() {
                    self.ask_for(way, rows[*at][place((*at, *done))]);
                }
            }
            under_way.retain(|(at, done)| *done < rows[*at].len());
        }
    }
}

/// A stretch of text that is read by itself.
#[derive(Debug, Clone, Copy)]
pub struct Stretch<'a> {
    /// Normalised text (Simplified, half width).
    pub chars: &'a [char],
    /// The bits of [`bits`](super::bits) for it; missing ones count as none.
    pub features: &'a [u64],
}

/// What the network holds of each character of a stretch once it has read all of it.
#[derive(Debug, Clone)]
pub struct States {
    /// `wide` numbers a character: those of the forward way, then those of the backward way.
    values: Vec<i16>,
    wide: usize,
}

impl States {
    fn half(&self, at: usize, way: usize) -> &[i16] {
        let hidden = self.wide / 2;
        &self.values[(2 * at + way) * hidden..][..hidden]
    }

    /// One way's state at a character, to be written, with that at the character `before` it on that way.
    fn step(&mut self, at: usize, way: usize, before: Option<usize>) -> (Option<&[i16]>, &mut [i16]) {
        let wide = self.wide;
        let half = way * wide / 2..(way + 1) * wide / 2;
        let first = before.unwrap_or(at).min(at) * wide;
        let rows = &mut self.values[first..];
        let Some(before) = before else { return (None, &mut rows[half]) };
        let (low, high) = rows.split_at_mut(wide);
        let (old, new) = if before < at { (low, &mut high[..wide]) } else { (&mut high[..wide], low) };
        (Some(&old[half.clone()]), &mut new[half])
    }
}
