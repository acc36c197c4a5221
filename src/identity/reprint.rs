//! Which documents print the same text: sentences by their hash, whatever mast and dateline stand around them.

use std::collections::BTreeSet;
use std::fmt;

use crate::model::Reading;

/// Shortest sentence that tells texts apart, in characters.
const LONG: usize = 10;
/// Fewest such sentences by which a text is known.
const FEWEST: usize = 3;
/// Sentences that give the blocks of a text.
const CHOSEN: usize = 4;

/// The sentences of a text that tell it apart, as hashes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Print(BTreeSet<u64>);

impl Print {
    /// That of a reading. Signs and white space do not count.
    pub fn of(reading: &Reading) -> Self {
        let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let sentences = reading.sentences.iter().map(|sentence| plain(&sentence.text));
        let long = sentences.filter(|text| text.chars().count() >= LONG);
        let hash = |text: String| {
            let hash = blake3::hash(text.as_bytes());
            u64::from_le_bytes(hash.as_bytes().first_chunk::<8>().copied().unwrap_or_default())
        };
        Self(long.map(hash).collect())
    }

    /// True when both texts are the same sentences but for one, or one in ten: a mast, a dateline, a slip of the scan.
    pub fn repeats(&self, other: &Self) -> bool {
        let shared = self.0.intersection(&other.0).count();
        let longer = self.0.len().max(other.0.len());
        shared >= FEWEST && longer - shared <= (longer / 10).max(1)
    }

    /// The blocks in which its reprints are: two sentences each, so that one that everybody prints makes no block.
    pub fn blocks(&self) -> BTreeSet<u64> {
        if self.0.len() < FEWEST {
            return BTreeSet::new();
        }
        let chosen: Vec<u64> = self.0.iter().take(CHOSEN).copied().collect();
        let pairs = chosen.iter().enumerate().flat_map(|(at, a)| chosen[at + 1..].iter().map(move |b| (a, b)));
        pairs.map(|(a, b)| a.rotate_left(17).wrapping_add(*b) >> 1).collect()
    }

    /// Reads what [`fmt::Display`] wrote.
    pub fn parse(text: &str) -> Self {
        Self(text.split(' ').filter_map(|word| u64::from_str_radix(word, 16).ok()).collect())
    }
}

impl fmt::Display for Print {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, hash) in self.0.iter().enumerate() {
            write!(f, "{}{hash:x}", if at == 0 { "" } else { " " })?;
        }
        Ok(())
    }
}
