//! A linear yes-or-no judge over hashed features, in integers.

use super::weights::{Cursor, WeightsError, put_i16, put_i32, put_u32};

/// Units of a score in one natural-log-odds unit.
pub(super) const SCALE: f64 = 1024.0;

/// Accepts what scores at or above its threshold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LinearModel {
    /// Feature hashes in rising order, each once.
    pub(super) keys: Vec<u32>,
    pub(super) values: Vec<i16>,
    pub(super) bias: i32,
    pub(super) threshold: i32,
    /// Open-addressed table of key and value; a value of 0 is an empty cell.
    cells: Vec<(u32, i16)>,
}

impl LinearModel {
    /// Assembles a model; `keys` must rise strictly, and no value is 0.
    pub(super) fn new(keys: Vec<u32>, values: Vec<i16>, bias: i32, threshold: i32) -> Self {
        let cells = table(&keys, &values);
        Self { keys, values, bias, threshold, cells }
    }

    /// Log-odds for yes in units of 1/1024; a feature given twice counts twice.
    pub fn score(&self, features: &[u32]) -> i32 {
        self.bias + features.iter().map(|feature| self.weight(*feature)).sum::<i32>()
    }

    /// What one feature adds to the score; 0 for one never seen in training.
    pub fn weight(&self, feature: u32) -> i32 {
        let Some(mask) = self.cells.len().checked_sub(1) else { return 0 };
        let mut at = feature as usize & mask;
        loop {
            match self.cells[at] {
                (_, 0) => return 0,
                (key, value) if key == feature => return i32::from(value),
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// The score from which on a thing is accepted, in units of 1/1024.
    pub fn threshold(&self) -> i32 {
        self.threshold
    }

    /// The same judge with another threshold.
    pub fn with_threshold(mut self, threshold: i32) -> Self {
        self.threshold = threshold;
        self
    }

    /// As a section of a file of weights.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put_i32(&mut out, self.bias);
        put_i32(&mut out, self.threshold);
        put_u32(&mut out, self.keys.len() as u32);
        self.keys.iter().for_each(|key| put_u32(&mut out, *key));
        self.values.iter().for_each(|value| put_i16(&mut out, *value));
        out
    }

    /// From a section of a file of weights.
    ///
    /// # Errors
    /// [`WeightsError::Malformed`] if the bytes are cut short.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, WeightsError> {
        let mut cursor = Cursor { bytes };
        let (bias, threshold) = (cursor.i32()?, cursor.i32()?);
        let count = cursor.u32()? as usize;
        let keys = (0..count).map(|_| cursor.u32()).collect::<Result<_, _>>()?;
        let values = (0..count).map(|_| cursor.i16()).collect::<Result<_, _>>()?;
        Ok(Self::new(keys, values, bias, threshold))
    }
}

/// At most half full, so that a search for what is not there ends soon.
fn table(keys: &[u32], values: &[i16]) -> Vec<(u32, i16)> {
    let size = if keys.is_empty() { 0 } else { (2 * keys.len()).next_power_of_two() };
    let mut cells = vec![(0, 0); size];
    for (key, value) in keys.iter().zip(values).filter(|(_, value)| **value != 0) {
        let mut at = *key as usize & (size - 1);
        while cells[at].1 != 0 {
            at = (at + 1) & (size - 1);
        }
        cells[at] = (*key, *value);
    }
    cells
}

/// Probability in thousandths for log-odds in units of 1/1024, by a rational approximation in integers.
pub fn permille(score: i32) -> u16 {
    // 1/(1+e^-x) is close to 1/2 + x/(2(1.6+|x|)): within 0.06 everywhere, exact in order.
    let (x, scale) = (i64::from(score), SCALE as i64);
    let p = 500 + 500 * x / (scale * 16 / 10 + x.abs());
    p.clamp(0, 1000) as u16
}
