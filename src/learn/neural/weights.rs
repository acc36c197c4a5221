//! The file format of the tagger's weights: `training/README.md` describes it field by field.

use super::LearnError;

const MAGIC: &[u8; 8] = b"PGTAGGER";
const VERSION: u32 = 1;

/// Every number of the file, in its order, little endian.
pub(super) struct Weights {
    /// Number of values that describe a character.
    pub width: usize,
    /// Units of each of the two recurrent directions.
    pub hidden: usize,
    /// Numbers of outer and inner labels.
    pub labels: [usize; 2],
    /// Right shift that brings the input sums to the scale of the gates.
    pub input_shift: u32,
    /// Known characters in ascending order; their rows follow row 0, that of unknown characters.
    pub chars: Vec<char>,
    /// One row of `width` for unknown characters, then one a character.
    pub embedding: Vec<i8>,
    /// `6 * hidden` rows of `width`: forward reset, update, new; backward the same.
    pub input: Vec<i16>,
    /// One for each row of `input`.
    pub input_bias: Vec<i32>,
    /// One row of `6 * hidden` for each feature bit.
    pub features: Vec<i16>,
    /// For each direction `3 * hidden` rows of `hidden`.
    pub recurrent: [Vec<i16>; 2],
    /// For each direction one for each unit, added to the recurrent sum of its new gate.
    pub recurrent_bias: [Vec<i32>; 2],
    /// One row of `2 * hidden` for each outer label, then for each inner label.
    pub output: Vec<i16>,
    /// One for each row of `output`.
    pub output_bias: Vec<i32>,
    /// The logistic function from -8 to 8 in 4,096 steps, in units of 1/16,384.
    pub logistic: Vec<i16>,
    /// For outer and inner labels: `[from][to]` row by row, in the scale of the emissions.
    pub transitions: [Vec<i32>; 2],
    /// For outer and inner labels: the score of the first label.
    pub starts: [Vec<i32>; 2],
}

impl Weights {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, LearnError> {
        let mut rest = Rest(bytes);
        if rest.take(8)? != MAGIC {
            return Err(LearnError::Weights("not a weights file"));
        }
        if rest.number()? != VERSION as usize {
            return Err(LearnError::Weights("another format version"));
        }
        let [known, width, hidden, bits, outer, inner, input_shift] = rest.numbers()?;
        if [known, width, hidden, bits, outer, inner].iter().any(|&n| n == 0 || n > 1 << 20)
            || width % 2 + hidden % 2 > 0
            || input_shift > 24
        {
            return Err(LearnError::Weights("impossible sizes"));
        }
        let weights = Self {
            width,
            hidden,
            labels: [outer, inner],
            input_shift: input_shift as u32,
            chars: rest.chars(known)?,
            embedding: rest.take((known + 1) * width)?.iter().map(|&b| b as i8).collect(),
            input: rest.shorts(6 * hidden * width)?,
            input_bias: rest.longs(6 * hidden)?,
            features: rest.shorts(bits * 6 * hidden)?,
            recurrent: [rest.shorts(3 * hidden * hidden)?, rest.shorts(3 * hidden * hidden)?],
            recurrent_bias: [rest.longs(hidden)?, rest.longs(hidden)?],
            output: rest.shorts((outer + inner) * 2 * hidden)?,
            output_bias: rest.longs(outer + inner)?,
            logistic: rest.shorts(4096)?,
            transitions: [rest.longs(outer * outer)?, rest.longs(inner * inner)?],
            starts: [rest.longs(outer)?, rest.longs(inner)?],
        };
        if rest.0.is_empty() { Ok(weights) } else { Err(LearnError::Weights("too long")) }
    }
}

/// What is still to be read.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], LearnError> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(LearnError::Weights("cut short"))?;
        self.0 = rest;
        Ok(taken)
    }

    fn number(&mut self) -> Result<usize, LearnError> {
        let [n] = self.numbers()?;
        Ok(n)
    }

    fn numbers<const N: usize>(&mut self) -> Result<[usize; N], LearnError> {
        let longs = self.longs(N)?;
        Ok(std::array::from_fn(|i| longs[i] as u32 as usize))
    }

    fn shorts(&mut self, count: usize) -> Result<Vec<i16>, LearnError> {
        Ok(self.take(2 * count)?.chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]])).collect())
    }

    fn longs(&mut self, count: usize) -> Result<Vec<i32>, LearnError> {
        Ok(self.take(4 * count)?.chunks_exact(4).map(|b| i32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
    }

    fn chars(&mut self, count: usize) -> Result<Vec<char>, LearnError> {
        let code = |n: i32| char::from_u32(n as u32).ok_or(LearnError::Weights("not a character"));
        let chars = self.longs(count)?.into_iter().map(code).collect::<Result<Vec<_>, _>>()?;
        if chars.is_sorted_by(|a, b| a < b) { Ok(chars) } else { Err(LearnError::Weights("characters out of order")) }
    }
}
