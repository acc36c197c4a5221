//! A linear-chain tagger over hashed features: integer emissions and transitions, Viterbi, scores of single spans.

use super::lookup::Lookup;
use super::prefetch::near;
use super::weights::{Cursor, WeightsError, put_i16, put_i32, put_text, put_u32};

/// Score of a transition that the labels forbid.
pub(super) const FORBIDDEN: i32 = -1_000_000_000;

/// Stands for the row of a feature without weights.
const NO_ROW: u32 = u32::MAX;
/// How many weights are added at once.
const LANES: usize = 8;
/// Most labels of a model: as many weights fill one line of the processor's cache.
const MOST_LABELS: usize = 32;

/// The weights of one feature, noughts behind the last label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(align(64))]
struct Row([i16; MOST_LABELS]);

/// Labels are `O`, `B-X` and `I-X`; a label set has `O` first, then `B-X`, `I-X` for each X.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SequenceModel {
    pub(super) labels: Vec<String>,
    /// `transitions[from * labels + to]`, in units of 1/1024 of a natural-log unit.
    pub(super) transitions: Vec<i32>,
    /// Feature hashes in rising order.
    pub(super) keys: Vec<u32>,
    /// One row of label weights for each key.
    pub(super) rows: Vec<i16>,
    /// The same rows, each in one line of the cache, those of most weights first.
    lines: Vec<Row>,
    /// Where the line of each key is.
    lookup: Lookup,
}

/// Scores for each position and label: `scores[position * labels + label]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Emissions {
    /// The scores, in units of 1/1024 of a natural-log unit.
    pub scores: Vec<i32>,
    /// Number of labels.
    pub labels: usize,
}

impl Emissions {
    /// Scores for `positions` positions, all nought.
    pub fn zero(positions: usize, labels: usize) -> Self {
        Self { scores: vec![0; positions * labels], labels }
    }

    fn at(&self, position: usize) -> &[i32] {
        &self.scores[position * self.labels..(position + 1) * self.labels]
    }

    /// Number of positions.
    pub fn len(&self) -> usize {
        self.scores.len() / self.labels.max(1)
    }

    /// True for no position at all.
    pub fn is_empty(&self) -> bool {
        self.scores.is_empty()
    }
}

/// A span of positions with the index of its kind: label `B` is `1 + 2 * kind`, label `I` is `2 + 2 * kind`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LabelledSpan {
    /// First position.
    pub start: usize,
    /// One past the last position.
    pub end: usize,
    /// Index of the kind in the order of the labels.
    pub kind: usize,
}

/// The best scores of everything before and after each position.
#[derive(Debug, Clone)]
pub struct Lattice {
    forward: Vec<i32>,
    backward: Vec<i32>,
    best: i32,
}

impl SequenceModel {
    /// Assembles a model of at most [`MOST_LABELS`] labels; `keys` must rise strictly and `rows` hold one row for each.
    pub(super) fn new(labels: Vec<String>, transitions: Vec<i32>, keys: Vec<u32>, rows: Vec<i16>) -> Self {
        let width = labels.len().max(1);
        // Rows of many weights are those of frequent features; side by side they keep to few pages of memory.
        let told = |row: &[i16]| row.iter().filter(|weight| **weight != 0).count();
        let mut order: Vec<u32> = (0..keys.len() as u32).collect();
        let row = |key: u32| &rows[key as usize * width..(key as usize + 1) * width];
        order.sort_by_cached_key(|key| std::cmp::Reverse(told(row(*key))));
        let line = |row: &[i16]| Row(std::array::from_fn(|label| row.get(label).copied().unwrap_or(0)));
        let lines = order.iter().map(|key| line(row(*key))).collect();
        let lookup = Lookup::new(order.iter().map(|key| keys[*key as usize]));
        Self { labels, transitions, keys, rows, lines, lookup }
    }

    /// The label set.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// Number of features with weights.
    pub fn features(&self) -> usize {
        self.keys.len()
    }

    /// The scores of so many positions, whose features are asked for in order.
    ///
    /// It goes over all positions three times, gathering features, looking up their rows and adding these, so that memory
    /// has time to bring what the next pass needs.
    pub fn emissions(&self, positions: usize, features: impl Fn(usize, &mut Vec<u32>)) -> Emissions {
        let (mut scratch, mut gathered) = (Vec::with_capacity(128), Vec::with_capacity(24 * positions));
        let mut ends = Vec::with_capacity(positions);
        for position in 0..positions {
            scratch.clear();
            features(position, &mut scratch);
            self.sift(&scratch, &mut gathered);
            ends.push(gathered.len());
        }
        self.find_rows(&mut gathered);
        let mut emissions = Emissions::zero(positions, self.labels.len());
        let mut start = 0;
        for (scores, end) in emissions.scores.chunks_exact_mut(self.labels.len()).zip(ends) {
            self.add_rows(&gathered[start..end], scores);
            start = end;
        }
        emissions
    }

    /// Takes over the features that may have weights, and asks for their cells. What is kept is as good as random, so that
    /// counting it costs less than a branch.
    fn sift(&self, features: &[u32], gathered: &mut Vec<u32>) {
        let first = gathered.len();
        gathered.resize(first + features.len(), 0);
        let mut kept = first;
        for feature in features {
            gathered[kept] = *feature;
            kept += usize::from(self.lookup.may_know(*feature));
        }
        gathered.truncate(kept);
        gathered[first..].iter().for_each(|feature| self.lookup.ask_for(*feature));
    }

    /// Puts each feature's row in its place, [`NO_ROW`] where it has none, and asks for the weights.
    fn find_rows(&self, features: &mut [u32]) {
        for feature in features {
            *feature = self.lookup.find(*feature).inspect(|row| near(&self.lines[*row as usize])).unwrap_or(NO_ROW);
        }
    }

    /// Adds rows of weights to the scores of one position.
    fn add_rows(&self, rows: &[u32], scores: &mut [i32]) {
        #[cfg(target_arch = "x86_64")]
        if std::is_x86_feature_detected!("avx2") {
            // SAFETY: AVX2 was just found.
            unsafe { self.add_rows_wide(rows, scores) };
            return;
        }
        self.add_each(rows, scores);
    }

    /// The same sums with wider registers.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn add_rows_wide(&self, rows: &[u32], scores: &mut [i32]) {
        self.add_each(rows, scores);
    }

    #[inline(always)]
    fn add_each(&self, rows: &[u32], scores: &mut [i32]) {
        match scores.len().div_ceil(LANES) {
            1 => self.add_lanes::<1>(rows, scores),
            2 => self.add_lanes::<2>(rows, scores),
            3 => self.add_lanes::<3>(rows, scores),
            _ => self.add_lanes::<{ MOST_LABELS / LANES }>(rows, scores),
        }
    }

    /// The sums of so many times [`LANES`] labels stay in registers.
    #[inline(always)]
    fn add_lanes<const USED: usize>(&self, rows: &[u32], scores: &mut [i32]) {
        let mut sums = [[0i32; LANES]; USED];
        for line in rows.iter().filter_map(|row| self.lines.get(*row as usize)) {
            for (sums, weights) in sums.iter_mut().zip(line.0.chunks_exact(LANES)) {
                sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += i32::from(*weight));
            }
        }
        scores.iter_mut().zip(sums.as_flattened()).for_each(|(score, sum)| *score += sum);
    }

    /// The best sequence of labels. Ties go to the lower label.
    pub fn viterbi(&self, emissions: &Emissions) -> Vec<usize> {
        let width = self.labels.len();
        let mut back = vec![0u8; emissions.scores.len()];
        let mut current: Vec<i32> = Vec::new();
        for position in 0..emissions.len() {
            let scores = emissions.at(position);
            current = if position == 0 {
                (0..width).map(|y| self.start(y) + scores[y]).collect()
            } else {
                (0..width)
                    .map(|y| {
                        let (from, score) = self.best_into(&current, y);
                        back[position * width + y] = from as u8;
                        score + scores[y]
                    })
                    .collect()
            };
        }
        let mut path = vec![0; emissions.len()];
        let mut label = first_best(&current);
        for position in (0..emissions.len()).rev() {
            path[position] = label;
            label = usize::from(back[position * width + label]);
        }
        path
    }

    fn best_into(&self, before: &[i32], to: usize) -> (usize, i32) {
        let width = self.labels.len();
        let mut best = (0, i32::MIN);
        for (from, score) in before.iter().enumerate() {
            let total = score + self.transitions[from * width + to];
            if total > best.1 {
                best = (from, total);
            }
        }
        best
    }

    fn start(&self, label: usize) -> i32 {
        if label != 0 && label.is_multiple_of(2) { FORBIDDEN } else { 0 }
    }

    /// Best scores before and after each position, from which single spans are scored.
    pub fn lattice(&self, emissions: &Emissions) -> Lattice {
        let (width, n) = (self.labels.len(), emissions.len());
        let (mut forward, mut backward) = (vec![0; n * width], vec![0; n * width]);
        for y in 0..width.min(forward.len()) {
            forward[y] = self.start(y).saturating_add(emissions.scores[y]);
        }
        for position in 1..n {
            let (before, now) = forward.split_at_mut(position * width);
            for (y, cell) in now[..width].iter_mut().enumerate() {
                *cell = self.best_into(&before[(position - 1) * width..], y).1 + emissions.at(position)[y];
                *cell = (*cell).max(FORBIDDEN);
            }
        }
        for position in (0..n.saturating_sub(1)).rev() {
            let (now, after) = backward.split_at_mut((position + 1) * width);
            let next = emissions.at(position + 1);
            for y in 0..width {
                now[position * width + y] = (0..width)
                    .map(|to| self.transitions[y * width + to] + next[to] + after[to])
                    .max()
                    .unwrap_or(0)
                    .max(FORBIDDEN);
            }
        }
        let best = forward.get(n.saturating_sub(1) * width..).and_then(|last| last.iter().max()).copied().unwrap_or(0);
        Lattice { forward, backward, best }
    }

    /// How far the best sequence with this label here lies below the best of all: 0 or less.
    pub fn label_margin(&self, lattice: &Lattice, position: usize, label: usize) -> i32 {
        let at = position * self.labels.len() + label;
        lattice.forward[at] + lattice.backward[at] - lattice.best
    }

    /// How far the best sequence that starts no such span there lies below the best of all, as a gain: 0 or more.
    pub fn best_without(&self, lattice: &Lattice, span: LabelledSpan) -> i32 {
        let begin = 1 + 2 * span.kind;
        (0..self.labels.len())
            .filter(|label| *label != begin)
            .map(|label| -self.label_margin(lattice, span.start, label))
            .min()
            .unwrap_or(0)
    }

    /// As a section of a file of weights: labels, transitions, features, then for each feature the set of labels that
    /// have a weight, as bits, and those weights.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put_u32(&mut out, self.labels.len() as u32);
        self.labels.iter().for_each(|label| put_text(&mut out, label));
        self.transitions.iter().for_each(|t| put_i32(&mut out, *t));
        put_u32(&mut out, self.keys.len() as u32);
        self.keys.iter().for_each(|key| put_u32(&mut out, *key));
        for row in self.rows.chunks_exact(self.labels.len()) {
            let told = row.iter().enumerate().fold(0, |set, (at, weight)| set | u32::from(*weight != 0) << at);
            put_u32(&mut out, told);
            row.iter().filter(|weight| **weight != 0).for_each(|weight| put_i16(&mut out, *weight));
        }
        out
    }

    /// From a section of a file of weights.
    ///
    /// # Errors
    /// [`WeightsError::Malformed`] if the bytes are cut short.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, WeightsError> {
        let mut cursor = Cursor { bytes };
        let width = cursor.u32()? as usize;
        if width > MOST_LABELS {
            return Err(WeightsError::Malformed);
        }
        let labels = (0..width).map(|_| cursor.text()).collect::<Result<Vec<_>, _>>()?;
        let transitions = (0..width * width).map(|_| cursor.i32()).collect::<Result<_, _>>()?;
        let count = cursor.u32()? as usize;
        let keys = (0..count).map(|_| cursor.u32()).collect::<Result<Vec<_>, _>>()?;
        let mut rows = Vec::with_capacity(count * width);
        for _ in 0..count {
            let told = cursor.u32()?;
            for label in 0..width {
                rows.push(if told >> label & 1 == 1 { cursor.i16()? } else { 0 });
            }
        }
        Ok(Self::new(labels, transitions, keys, rows))
    }
}

/// The spans that a sequence of labels spells.
pub fn spans_of(path: &[usize]) -> Vec<LabelledSpan> {
    let mut spans: Vec<LabelledSpan> = Vec::new();
    for (position, &label) in path.iter().enumerate() {
        if label % 2 == 1 {
            spans.push(LabelledSpan { start: position, end: position + 1, kind: (label - 1) / 2 });
        } else if label != 0
            && let Some(last) = spans.last_mut()
        {
            last.end = position + 1;
        }
    }
    spans
}

/// The label set for kinds in this order.
pub fn label_set(kinds: &[&str]) -> Vec<String> {
    let mut labels = vec!["O".to_owned()];
    for kind in kinds {
        labels.push(format!("B-{kind}"));
        labels.push(format!("I-{kind}"));
    }
    labels
}

/// Whether `I-X` follows only `B-X` or `I-X`.
pub(super) fn allowed(from: usize, to: usize) -> bool {
    to == 0 || to % 2 == 1 || from == to || from + 1 == to
}

fn first_best(scores: &[i32]) -> usize {
    (0..scores.len()).rev().max_by_key(|&y| scores[y]).unwrap_or(0)
}
