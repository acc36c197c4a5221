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
}

impl LinearModel {
    /// Log-odds for yes in units of 1/1024; a feature given twice counts twice.
    pub fn score(&self, features: &[u32]) -> i32 {
        self.bias + features.iter().map(|feature| self.weight(*feature)).sum::<i32>()
    }

    /// What further features add to a score.
    pub fn score_more(&self, features: &[u32]) -> i32 {
        features.iter().map(|feature| self.weight(*feature)).sum()
    }

    /// What one feature adds to the score; 0 for one never seen in training.
    pub fn weight(&self, feature: u32) -> i32 {
        self.keys.binary_search(&feature).map_or(0, |at| i32::from(self.values[at]))
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
        Ok(Self { keys, values, bias, threshold })
    }
}

/// Probability in thousandths for log-odds in units of 1/1024, by a rational approximation in integers.
pub fn permille(score: i32) -> u16 {
    // 1/(1+e^-x) is close to 1/2 + x/(2(1.6+|x|)): within 0.06 everywhere, exact in order.
    let (x, scale) = (i64::from(score), SCALE as i64);
    let p = 500 + 500 * x / (scale * 16 / 10 + x.abs());
    p.clamp(0, 1000) as u16
}
