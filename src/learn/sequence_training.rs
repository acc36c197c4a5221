//! A conditional random field (Lafferty, McCallum, Pereira 2001) trained by AdaGrad, with sets of allowed labels
//! where annotators may differ; the same examples give the same weights.

use std::collections::BTreeMap;

use super::linear::SCALE;
use super::linear_training::shuffle;
use super::sequence::{FORBIDDEN, SequenceModel, allowed};

/// One sentence with what an annotator allows.
#[derive(Debug, Clone)]
pub struct SequenceExample {
    /// Feature hashes of each position.
    pub features: Vec<Vec<u32>>,
    /// Bit y is set where label y is right at that position; several bits mean that any of them is.
    pub allowed: Vec<u32>,
}

/// How to train.
#[derive(Debug, Clone, Copy)]
pub struct SequenceOptions {
    /// Passes over the sentences.
    pub epochs: usize,
    /// First step size.
    pub rate: f32,
    /// Strength of the L2 penalty at each touch of a feature.
    pub penalty: f32,
    /// Features at fewer positions than this are left out.
    pub minimum: u32,
}

impl Default for SequenceOptions {
    fn default() -> Self {
        Self { epochs: 12, rate: 0.15, penalty: 1e-4, minimum: 2 }
    }
}

/// Trains a tagger for a label set (at most 32 labels, `O` first).
pub fn train_sequence(labels: Vec<String>, examples: &[SequenceExample], options: SequenceOptions) -> SequenceModel {
    let keys = frequent(examples, options.minimum);
    let rows: Vec<Vec<Vec<u32>>> = examples.iter().map(|example| indexed(example, &keys)).collect();
    let mut trainer = Trainer::new(labels.len(), keys.len(), options);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut state = 0x2545_f491_4f6c_dd1du64;
    for _ in 0..options.epochs {
        shuffle(&mut order, &mut state);
        for &at in &order {
            trainer.learn(&rows[at], &examples[at].allowed);
        }
    }
    trainer.model(labels, &keys)
}

fn frequent(examples: &[SequenceExample], minimum: u32) -> Vec<u32> {
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    for feature in examples.iter().flat_map(|e| e.features.iter().flatten()) {
        *counts.entry(*feature).or_default() += 1;
    }
    counts.into_iter().filter(|(_, n)| *n >= minimum).map(|(key, _)| key).collect()
}

fn indexed(example: &SequenceExample, keys: &[u32]) -> Vec<Vec<u32>> {
    let index = |feature: &u32| keys.binary_search(feature).ok().map(|at| at as u32);
    example.features.iter().map(|position| position.iter().filter_map(index).collect()).collect()
}

/// Expected label counts of one sentence under one lattice.
struct Expectation {
    labels: Vec<f32>,
    pairs: Vec<f32>,
}

/// A feature none of whose weights reaches this many units of 1/1024 is left out of the model.
const FAINT_FEATURE: u16 = 200;
/// A weight below this many units of 1/1024 is left out of the model.
const FAINT_WEIGHT: u16 = 40;

struct Trainer {
    width: usize,
    options: SequenceOptions,
    weights: Vec<f32>,
    squares: Vec<f32>,
    transitions: Vec<f32>,
    transition_squares: Vec<f32>,
}

impl Trainer {
    fn new(width: usize, features: usize, options: SequenceOptions) -> Self {
        Self {
            width,
            options,
            weights: vec![0.0; features * width],
            squares: vec![1e-6; features * width],
            transitions: vec![0.0; width * width],
            transition_squares: vec![1e-6; width * width],
        }
    }

    fn learn(&mut self, rows: &[Vec<u32>], allowed_labels: &[u32]) {
        if rows.is_empty() {
            return;
        }
        let emissions = self.emissions(rows);
        let steps = self.steps();
        let free = self.expect(&emissions, &steps, |_| u32::MAX);
        let bound = self.expect(&emissions, &steps, |position| allowed_labels[position]);
        for (position, row) in rows.iter().enumerate() {
            for label in 0..self.width {
                let at = position * self.width + label;
                let gradient = free.labels[at] - bound.labels[at];
                if gradient.abs() > 1e-4 {
                    row.iter().for_each(|feature| self.step(*feature as usize * self.width + label, gradient));
                }
            }
        }
        for at in 0..self.transitions.len() {
            let gradient = free.pairs[at] - bound.pairs[at];
            self.transition_squares[at] += gradient * gradient;
            self.transitions[at] -= self.options.rate * gradient / self.transition_squares[at].sqrt();
        }
    }

    fn step(&mut self, at: usize, gradient: f32) {
        let gradient = gradient + self.options.penalty * self.weights[at];
        self.squares[at] += gradient * gradient;
        self.weights[at] -= self.options.rate * gradient / self.squares[at].sqrt();
    }

    /// exp of each position's scores, each position scaled so that its best label has 1.
    fn emissions(&self, rows: &[Vec<u32>]) -> Vec<f32> {
        let mut out = vec![0.0f32; rows.len() * self.width];
        for (row, scores) in rows.iter().zip(out.chunks_mut(self.width)) {
            for feature in row {
                let weights = &self.weights[*feature as usize * self.width..][..self.width];
                scores.iter_mut().zip(weights).for_each(|(score, weight)| *score += weight);
            }
            let best = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            scores.iter_mut().for_each(|score| *score = (*score - best).max(-60.0).exp());
        }
        out
    }

    fn steps(&self) -> Vec<f32> {
        let legal = |at: usize| allowed(at / self.width, at % self.width);
        (0..self.transitions.len()).map(|at| if legal(at) { self.transitions[at].exp() } else { 0.0 }).collect()
    }

    /// Forward–backward over the labels that `mask` leaves at each position.
    fn expect(&self, emissions: &[f32], steps: &[f32], mask: impl Fn(usize) -> u32) -> Expectation {
        let (width, n) = (self.width, emissions.len() / self.width);
        let open = |position: usize, label: usize| mask(position) >> label & 1 == 1;
        let mut forward = vec![0.0f32; n * width];
        for label in (0..width).filter(|label| open(0, *label) && (*label == 0 || label % 2 == 1)) {
            forward[label] = emissions[label];
        }
        normalize(&mut forward[..width]);
        for position in 1..n {
            let (before, now) = forward.split_at_mut(position * width);
            let (before, now) = (&before[(position - 1) * width..], &mut now[..width]);
            for (from, mass) in before.iter().enumerate().filter(|(_, mass)| **mass > 0.0) {
                let row = &steps[from * width..(from + 1) * width];
                now.iter_mut().zip(row).for_each(|(cell, step)| *cell += mass * step);
            }
            for (label, cell) in now.iter_mut().enumerate() {
                *cell *= if open(position, label) { emissions[position * width + label] } else { 0.0 };
            }
            normalize(now);
        }
        let mut labels = vec![0.0f32; n * width];
        let mut pairs = vec![0.0f32; width * width];
        let mut backward = vec![1.0f32; width];
        for position in (0..n).rev() {
            let here = &forward[position * width..(position + 1) * width];
            let cells = &mut labels[position * width..(position + 1) * width];
            cells.iter_mut().zip(here).zip(&backward).for_each(|((cell, f), b)| *cell = f * b);
            normalize(cells);
            if position == 0 {
                break;
            }
            let weighted: Vec<f32> = (0..width)
                .map(|y| if open(position, y) { emissions[position * width + y] * backward[y] } else { 0.0 })
                .collect();
            let before = &forward[(position - 1) * width..position * width];
            let mut local = vec![0.0f32; width * width];
            for from in 0..width {
                for to in 0..width {
                    local[from * width + to] = before[from] * steps[from * width + to] * weighted[to];
                }
            }
            normalize(&mut local);
            pairs.iter_mut().zip(&local).for_each(|(sum, mass)| *sum += mass);
            backward =
                (0..width).map(|from| (0..width).map(|to| steps[from * width + to] * weighted[to]).sum()).collect();
            normalize(&mut backward);
        }
        Expectation { labels, pairs }
    }

    fn model(&self, labels: Vec<String>, keys: &[u32]) -> SequenceModel {
        let whole = |w: f32| (f64::from(w) * SCALE).round().clamp(-32768.0, 32767.0) as i16;
        let fixed = |w: f32| if whole(w).unsigned_abs() < FAINT_WEIGHT { 0 } else { whole(w) };
        let (mut kept, mut rows) = (Vec::new(), Vec::new());
        for (index, key) in keys.iter().enumerate() {
            let row: Vec<i16> = self.weights[index * self.width..][..self.width].iter().map(|w| fixed(*w)).collect();
            if row.iter().any(|w| w.unsigned_abs() >= FAINT_FEATURE) {
                kept.push(*key);
                rows.extend(row);
            }
        }
        let transition = |at: usize| match allowed(at / self.width, at % self.width) {
            true => (f64::from(self.transitions[at]) * SCALE).round() as i32,
            false => FORBIDDEN,
        };
        let transitions = (0..self.width * self.width).map(transition).collect();
        SequenceModel::new(labels, transitions, kept, rows)
    }
}

fn normalize(cells: &mut [f32]) {
    let sum: f32 = cells.iter().sum();
    if sum > 0.0 {
        cells.iter_mut().for_each(|cell| *cell /= sum);
    }
}
