//! How like two names are.

/// The pairs of neighbouring characters of a key, in order; for a single character, itself twice.
pub(super) fn pairs(key: &str) -> Vec<(char, char)> {
    let chars: Vec<char> = key.chars().collect();
    let mut pairs: Vec<(char, char)> = chars.windows(2).map(|pair| (pair[0], pair[1])).collect();
    if let [single] = chars[..] {
        pairs.push((single, single));
    }
    pairs.sort_unstable();
    pairs
}

/// Dice coefficient of two sorted lists of pairs: 0 for nothing shared, 1 for the same.
pub(super) fn likeness(left: &[(char, char)], right: &[(char, char)]) -> f64 {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < left.len() && j < right.len() {
        match left[i].cmp(&right[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                i += 1;
                j += 1;
            }
        }
    }
    if left.is_empty() || right.is_empty() { 0.0 } else { 2.0 * shared as f64 / (left.len() + right.len()) as f64 }
}

/// The ways in which a key of four to seven Chinese characters may be two words.
pub(super) fn two_words(key: &str) -> Vec<(String, String)> {
    let chars: Vec<char> = key.chars().collect();
    if !(4..=7).contains(&chars.len()) || chars.iter().any(char::is_ascii) {
        return Vec::new();
    }
    (2..=chars.len() - 2).map(|at| (chars[..at].iter().collect(), chars[at..].iter().collect())).collect()
}

/// True if `second` follows `first` in `key` with at most two characters between.
pub(super) fn near(key: &str, first: &str, second: &str) -> bool {
    let behind = key.match_indices(first).map(|(at, _)| &key[at + first.len()..]);
    let mut gaps = behind.filter_map(|rest| rest.find(second).map(|at| rest[..at].chars().count()));
    gaps.any(|gap| gap <= 2)
}
