//! Traditional characters to simplified ones, one by one.

/// Pairs of a traditional and a simplified character that stand in questions.
const PAIRS: &str = include_str!("../../ontology/questions/traditional.txt");

use std::collections::HashMap;
use std::sync::LazyLock;

static TABLE: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let mut table = HashMap::new();
    for pair in PAIRS.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace) {
        let mut chars = pair.chars();
        if let (Some(from), Some(to)) = (chars.next(), chars.next()) {
            table.insert(from, to);
        }
    }
    table
});

/// The simplified form of a character; itself where there is none.
pub fn simplify(c: char) -> char {
    if c.is_ascii() { c } else { TABLE.get(&c).copied().unwrap_or(c) }
}
