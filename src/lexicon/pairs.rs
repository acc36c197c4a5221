//! A table from the first two characters of a key to the node behind them: most places of a text start no key, and one
//! look here tells so.

/// Open addressing over pairs of characters below 0x10000; at most a quarter is full.
pub(super) struct Pairs {
    /// Pair and node; node 0 means free.
    slots: Vec<(u32, u32)>,
    /// How far a hash is shifted to give a slot.
    shift: u32,
}

impl Pairs {
    /// Holds the nodes of these pairs, each pair once.
    pub fn new(pairs: &[(char, char, u32)]) -> Self {
        let size = (pairs.len() * 4).next_power_of_two().max(16);
        let mut table = Self { slots: vec![(0, 0); size], shift: 32 - size.trailing_zeros() };
        for (a, b, node) in pairs {
            if let Some(pair) = packed(*a, *b) {
                let slot = table.slot(pair);
                table.slots[slot] = (pair, *node);
            }
        }
        table
    }

    /// The node behind a pair, or 0; none for characters that the table does not hold.
    pub fn node(&self, a: char, b: char) -> Option<usize> {
        let pair = packed(a, b)?;
        Some(self.slots[self.slot(pair)].1 as usize)
    }

    /// Bytes on the heap.
    pub fn heap_bytes(&self) -> usize {
        self.slots.len() * 8
    }

    /// The slot of a pair, or the free one where it would stand.
    fn slot(&self, pair: u32) -> usize {
        let mut slot = (pair.wrapping_mul(0x9E37_79B1) >> self.shift) as usize;
        // Ends, since three quarters of the slots are free.
        while self.slots[slot].1 != 0 && self.slots[slot].0 != pair {
            slot = (slot + 1) % self.slots.len();
        }
        slot
    }
}

fn packed(a: char, b: char) -> Option<u32> {
    let (a, b) = (u16::try_from(a as u32).ok()?, u16::try_from(b as u32).ok()?);
    Some(u32::from(a) << 16 | u32::from(b))
}
