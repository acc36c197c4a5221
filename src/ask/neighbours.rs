//! Which lines of a text hold which pairs of neighbouring characters: an index as one run of bytes, used where it lies.
//!
//! The number of pairs; for each, in order, the pair and where its list begins, 16 bytes; then the lists: how many lines,
//! and each line as its distance from the one before. Numbers in lists have seven bits a byte, the last with its high bit clear. A
//! text of one character is filed under that character twice.

use std::collections::HashMap;

/// Length of a row of the table, in bytes.
const ROW: usize = 16;

/// An index in the making; lines are added in ascending order of their numbers.
#[derive(Default)]
pub(super) struct Filing {
    lists: HashMap<u64, List>,
}

#[derive(Default)]
struct List {
    last: u64,
    count: u64,
    bytes: Vec<u8>,
}

impl Filing {
    /// Files a line.
    pub(super) fn add(&mut self, line: u64, text: &str) {
        for (a, b) in pairs(text) {
            let list = self.lists.entry(code(a, b)).or_default();
            if list.count == 0 || list.last != line {
                push_number(&mut list.bytes, line - list.last);
                list.last = line;
                list.count += 1;
            }
        }
    }

    /// The index.
    pub(super) fn bytes(self) -> Vec<u8> {
        let mut lists: Vec<(u64, List)> = self.lists.into_iter().collect();
        lists.sort_unstable_by_key(|(code, _)| *code);
        let (mut table, mut tail) = ((lists.len() as u64).to_le_bytes().to_vec(), Vec::new());
        for (code, list) in lists {
            table.extend_from_slice(&code.to_le_bytes());
            table.extend_from_slice(&(tail.len() as u64).to_le_bytes());
            push_number(&mut tail, list.count);
            tail.extend_from_slice(&list.bytes);
        }
        table.extend_from_slice(&tail);
        table
    }
}

/// An index in use.
#[derive(Clone, Copy)]
pub(super) struct Neighbours<'a> {
    rows: &'a [[u8; ROW]],
    lists: &'a [u8],
}

impl<'a> Neighbours<'a> {
    /// Takes the bytes of [`Filing::bytes`]; of others, an index without pairs.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let (count, rest) = bytes.split_at_checked(8).unwrap_or_default();
        let count = count.try_into().map_or(0, u64::from_le_bytes) as usize;
        let (table, lists) = rest.split_at_checked(count.saturating_mul(ROW)).unwrap_or_default();
        Self { rows: table.as_chunks().0, lists }
    }

    /// The lines that hold `a` with `b` right behind it.
    pub(super) fn lines(&self, a: char, b: char) -> Lines<'a> {
        let number = |row: &[u8; ROW], from: usize| row[from..from + 8].try_into().map_or(0, u64::from_le_bytes);
        let found = self.rows.binary_search_by_key(&code(a, b), |row| number(row, 0));
        let start = found.map_or(self.lists.len(), |at| number(&self.rows[at], 8) as usize);
        let mut lines = Lines { bytes: self.lists.get(start..).unwrap_or_default(), left: 0, last: 0 };
        lines.left = lines.number().unwrap_or_default() as usize;
        lines
    }

    /// The shortest of the lists of lines of all pairs of these words: every line that holds all words is in it. `None` where no
    /// word has two characters.
    pub(super) fn rarest(&self, words: &[&str]) -> Option<Lines<'a>> {
        let long = words.iter().filter(|word| word.chars().nth(1).is_some());
        long.flat_map(|word| pairs(word)).map(|(a, b)| self.lines(a, b)).min_by_key(Lines::len)
    }
}

/// The lines of one pair, in ascending order.
#[derive(Clone)]
pub(super) struct Lines<'a> {
    bytes: &'a [u8],
    left: usize,
    last: u64,
}

impl Lines<'_> {
    /// How many are still to come.
    pub(super) fn len(&self) -> usize {
        self.left
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for (at, byte) in self.bytes.iter().enumerate().take(10) {
            number |= u64::from(byte & 0x7f) << (7 * at);
            if byte & 0x80 == 0 {
                self.bytes = &self.bytes[at + 1..];
                return Some(number);
            }
        }
        None
    }
}

impl Iterator for Lines<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        self.left = self.left.checked_sub(1)?;
        self.last = self.last.checked_add(self.number()?)?;
        Some(self.last as usize)
    }
}

/// The pairs of neighbouring characters of a text; of a single character, itself twice.
fn pairs(text: &str) -> impl Iterator<Item = (char, char)> {
    let single = text.chars().next().filter(|_| text.chars().nth(1).is_none()).map(|c| (c, c));
    text.chars().zip(text.chars().skip(1)).chain(single)
}

fn code(a: char, b: char) -> u64 {
    u64::from(u32::from(a)) << 32 | u64::from(u32::from(b))
}

fn push_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_pair_leads_to_its_lines(texts in proptest::collection::vec("[甲乙丙a]{0,6}", 0..300)) {
            let mut filing = Filing::default();
            texts.iter().enumerate().for_each(|(line, text)| filing.add(line as u64 * 3, text));
            let bytes = filing.bytes();
            let neighbours = Neighbours::new(&bytes);
            for pair in ["甲乙", "乙甲", "a丙", "丁丁"] {
                let expected: Vec<usize> = (0..texts.len()).filter(|at| texts[*at].contains(pair)).map(|at| at * 3).collect();
                let mut chars = pair.chars();
                let (a, b) = (chars.next().expect("two characters"), chars.next().expect("two characters"));
                let lines = neighbours.lines(a, b);
                prop_assert_eq!(lines.len(), expected.len());
                prop_assert_eq!(lines.collect::<Vec<_>>(), expected);
            }
        }

        #[test]
        fn any_bytes_may_be_asked(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let lines = Neighbours::new(&bytes).lines('甲', '乙');
            prop_assert!(lines.take(100).count() <= 100);
        }
    }
}
