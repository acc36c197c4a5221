//! Where the weights of a feature are: most features have none, which a few bits tell.

use super::prefetch::near;

/// Keys with their numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lookup {
    /// Open-addressed table of key and number + 1, which is 0 where a cell is empty; at most half full.
    cells: Vec<(u32, u32)>,
    /// A bit for the lowest bits of each key; one bit in eight or fewer is set.
    known: Vec<u64>,
}

impl Lookup {
    /// Numbers keys from nought on; each stands there once.
    pub(super) fn new(keys: impl ExactSizeIterator<Item = u32>) -> Self {
        let size = (keys.len() * 2).next_power_of_two().max(2);
        let bits = (keys.len() * 8).next_power_of_two().max(64);
        let (mut cells, mut known) = (vec![(0, 0); size], vec![0; bits / 64]);
        for (key, number) in keys.zip(1..) {
            let mut at = key as usize & (size - 1);
            while cells[at].1 != 0 {
                at = (at + 1) & (size - 1);
            }
            cells[at] = (key, number);
            let bit = key as usize & (bits - 1);
            known[bit / 64] |= 1 << (bit % 64);
        }
        Self { cells, known }
    }

    /// False for most keys that are not there.
    pub(super) fn may_know(&self, key: u32) -> bool {
        let at = key as usize & (self.known.len() * 64 - 1);
        self.known[at / 64] >> (at % 64) & 1 == 1
    }

    /// Asks for the memory that [`Self::find`] will read.
    pub(super) fn ask_for(&self, key: u32) {
        near(&self.cells[key as usize & (self.cells.len() - 1)]);
    }

    /// The number of a key.
    pub(super) fn find(&self, key: u32) -> Option<u32> {
        let mask = self.cells.len() - 1;
        let mut at = key as usize & mask;
        loop {
            match self.cells[at] {
                (_, 0) => return None,
                (known, number) if known == key => return Some(number - 1),
                _ => at = (at + 1) & mask,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_its_number_and_no_other_has_one() {
        // Keys that share their lowest bits stand in each other's way.
        let keys: Vec<u32> = (0..100).flat_map(|n| [7 * n, (n + 1) << 16 | 5, u32::MAX - n]).collect();
        let lookup = Lookup::new(keys.iter().copied());
        for (number, key) in (0..).zip(&keys) {
            assert!(lookup.may_know(*key), "{key}");
            assert_eq!(lookup.find(*key), Some(number), "{key}");
        }
        assert!((1000..2000).filter(|key| !keys.contains(key)).all(|key| lookup.find(key).is_none()));
    }
}
