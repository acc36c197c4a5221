//! Features as 32-bit hashes of their parts, without building strings.

/// FNV-1a offset basis and prime (64 bit), <http://www.isthe.com/chongo/tech/comp/fnv/>.
const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// A feature under construction: a template number followed by its parts.
#[derive(Debug, Clone, Copy)]
pub struct FeatureHash(u64);

impl FeatureHash {
    /// Starts the feature of one template; equal parts under other templates are other features.
    pub fn new(template: u32) -> Self {
        Self(BASIS).number(u64::from(template))
    }

    /// Starts the feature of a template known by name.
    pub fn named(template: &str) -> Self {
        Self(BASIS).text(template)
    }

    /// Adds a number.
    pub fn number(self, value: u64) -> Self {
        let mixed = (self.0 ^ value).wrapping_mul(PRIME);
        Self(mixed ^ (mixed >> 29))
    }

    /// Adds a character.
    pub fn char(self, c: char) -> Self {
        self.number(u64::from(u32::from(c)) | 1 << 32)
    }

    /// Adds a text.
    pub fn text(self, text: &str) -> Self {
        text.bytes().fold(self, |hash, byte| hash.number(u64::from(byte))).number(0x1ff)
    }

    /// Adds every character of a slice.
    pub fn chars(self, chars: &[char]) -> Self {
        chars.iter().fold(self, |hash, &c| hash.char(c)).number(0x1fe)
    }

    /// The finished 32-bit feature.
    pub fn finish(self) -> u32 {
        let mixed = self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> 32) as u32
    }
}

/// The number of a feature's name; made when the program is compiled where it stands in a `const`.
pub const fn name(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let (mut hash, mut at) = (BASIS, 0);
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(PRIME);
        at += 1;
    }
    hash
}

/// One number from two, in which their order counts.
pub const fn mix(a: u64, b: u64) -> u64 {
    let mixed = (a.rotate_left(23) ^ b).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 29)
}

/// The number of a text.
pub fn text_number(chars: &[char]) -> u64 {
    chars.iter().fold(BASIS, |hash, c| mix(hash, u64::from(u32::from(*c))))
}

/// The finished 32-bit feature of a number.
pub const fn feature(number: u64) -> u32 {
    (number.wrapping_mul(0xff51_afd7_ed55_8ccd) >> 32) as u32
}

/// The features of one thing to be judged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeatureSet {
    hashes: Vec<u32>,
    seed: u64,
}

impl FeatureSet {
    /// An empty set that keeps hashes only.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty set in which every feature also has the seed in it, so that sets of other seeds share none.
    pub fn seeded(seed: u64) -> Self {
        Self { hashes: Vec::new(), seed }
    }

    /// Adds the feature of a name from [`name`] with a value.
    pub fn put(&mut self, name: u64, value: u64) {
        self.hashes.push(feature(mix(mix(self.seed, name), value)));
    }

    /// Adds the feature with its value, and with its value together with another.
    pub fn put_both(&mut self, name: u64, value: u64, with: u64) {
        self.put(name, value);
        self.put(name, mix(value, mix(with, 1)));
    }

    /// Adds a finished feature.
    pub fn push(&mut self, feature: u32) {
        self.hashes.push(feature);
    }

    /// Adds the feature `name=value`.
    pub fn add(&mut self, name: &str, value: &str) {
        self.hashes.push(FeatureHash::named(name).text(value).finish());
    }

    /// Adds the feature `name` if `holds`.
    pub fn flag(&mut self, name: &str, holds: bool) {
        if holds {
            self.add(name, "1");
        }
    }

    /// Adds the feature `name=bucket` for a count, in buckets 0, 1, 2, 3, 4, 6, 9, 14, 22, 34, 60, 100, more.
    pub fn count(&mut self, name: &str, value: usize) {
        const EDGES: [usize; 12] = [0, 1, 2, 3, 4, 6, 9, 14, 22, 34, 60, 100];
        let bucket = EDGES.iter().position(|&edge| value <= edge).unwrap_or(EDGES.len());
        self.add(name, BUCKETS[bucket]);
    }

    /// The hashes gathered, in order of adding.
    pub fn hashes(&self) -> &[u32] {
        &self.hashes
    }
}

const BUCKETS: [&str; 13] = ["0", "1", "2", "3", "4", "-6", "-9", "-14", "-22", "-34", "-60", "-100", "+"];
