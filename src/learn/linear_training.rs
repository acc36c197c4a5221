//! Logistic regression by AdaGrad with L2, over a fixed order of examples; the same examples give the same weights.

use std::collections::BTreeMap;

use super::linear::{LinearModel, SCALE};

/// One thing judged by an annotator.
#[derive(Debug, Clone)]
pub struct LinearExample {
    /// Its features.
    pub features: Vec<u32>,
    /// The judgement.
    pub yes: bool,
    /// How much it counts; 0 leaves it out.
    pub weight: f32,
}

/// How to train.
#[derive(Debug, Clone, Copy)]
pub struct LinearOptions {
    /// Passes over the examples.
    pub epochs: usize,
    /// First step size.
    pub rate: f64,
    /// Strength of the L2 penalty for one example.
    pub penalty: f64,
    /// Features in fewer examples than this are left out.
    pub minimum: usize,
}

impl Default for LinearOptions {
    fn default() -> Self {
        Self { epochs: 30, rate: 0.2, penalty: 2e-4, minimum: 2 }
    }
}

/// Trains a judge whose threshold is even odds.
pub fn train_linear(examples: &[LinearExample], options: LinearOptions) -> LinearModel {
    let keys = frequent(examples, options.minimum);
    let rows: Vec<Vec<usize>> =
        examples.iter().map(|e| e.features.iter().filter_map(|f| keys.binary_search(f).ok()).collect()).collect();
    let (mut weights, mut squares) = (vec![0.0f64; keys.len() + 1], vec![1e-6f64; keys.len() + 1]);
    let bias = keys.len();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut state = 0x2545_f491_4f6c_dd1du64;
    for _ in 0..options.epochs {
        shuffle(&mut order, &mut state);
        for &at in &order {
            let example = &examples[at];
            if example.weight == 0.0 {
                continue;
            }
            let z = weights[bias] + rows[at].iter().map(|&k| weights[k]).sum::<f64>();
            let error = (1.0 / (1.0 + (-z).exp()) - f64::from(u8::from(example.yes))) * f64::from(example.weight);
            for &k in rows[at].iter().chain([&bias]) {
                let gradient = error + if k == bias { 0.0 } else { options.penalty * weights[k] };
                squares[k] += gradient * gradient;
                weights[k] -= options.rate * gradient / squares[k].sqrt();
            }
        }
    }
    quantized(&keys, &weights)
}

fn frequent(examples: &[LinearExample], minimum: usize) -> Vec<u32> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for example in examples.iter().filter(|e| e.weight > 0.0) {
        for feature in &example.features {
            *counts.entry(*feature).or_default() += 1;
        }
    }
    counts.into_iter().filter(|(_, n)| *n >= minimum).map(|(key, _)| key).collect()
}

/// Fisher–Yates with a xorshift generator (Marsaglia 2003), so that the order is the same on every run.
pub(super) fn shuffle(order: &mut [usize], state: &mut u64) {
    for i in (1..order.len()).rev() {
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        order.swap(i, (*state % (i as u64 + 1)) as usize);
    }
}

fn quantized(keys: &[u32], weights: &[f64]) -> LinearModel {
    let fixed = |w: f64| (w * SCALE).round().clamp(f64::from(i16::MIN), f64::from(i16::MAX)) as i16;
    let kept: Vec<(u32, i16)> =
        keys.iter().zip(weights).map(|(k, w)| (*k, fixed(*w))).filter(|(_, w)| w.unsigned_abs() > 12).collect();
    LinearModel::new(
        kept.iter().map(|(k, _)| *k).collect(),
        kept.iter().map(|(_, v)| *v).collect(),
        (weights[keys.len()] * SCALE).round() as i32,
        0,
    )
}
