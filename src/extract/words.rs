//! Small word lists from TOML sheets, matched at a place in clean text.

use std::collections::HashMap;

/// A set of words that can be looked for at either end of a stretch of characters.
#[derive(Debug, Default)]
pub struct Words {
    by_first: HashMap<char, Vec<Vec<char>>>,
    by_last: HashMap<char, Vec<Vec<char>>>,
    firsts: Few,
    lasts: Few,
}

/// A bit for the lowest bits of each of some characters, so that most others are told without a search.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Few([u64; 4]);

impl Few {
    /// Adds a character.
    pub(super) fn add(&mut self, c: char) {
        let at = c as usize % 256;
        self.0[at / 64] |= 1 << (at % 64);
    }

    /// False where the character is none of them.
    pub(super) fn may_hold(&self, c: char) -> bool {
        let at = c as usize % 256;
        self.0[at / 64] >> (at % 64) & 1 == 1
    }
}

impl Words {
    /// The set of the given words; empty ones are left out.
    pub fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut set = Self::default();
        for word in words {
            let letters: Vec<char> = word.chars().collect();
            let (Some(first), Some(last)) = (letters.first(), letters.last()) else { continue };
            set.firsts.add(*first);
            set.lasts.add(*last);
            set.by_first.entry(*first).or_default().push(letters.clone());
            set.by_last.entry(*last).or_default().push(letters);
        }
        for list in set.by_first.values_mut().chain(set.by_last.values_mut()) {
            list.sort_by_key(|word| std::cmp::Reverse(word.len()));
        }
        set
    }

    /// Length in characters of the longest word that starts at `at`.
    pub fn starts(&self, chars: &[char], at: usize) -> Option<usize> {
        let rest = chars.get(at..)?;
        let list = self.starting(*rest.first()?);
        list.iter().find(|word| rest.starts_with(word)).map(Vec::len)
    }

    fn starting(&self, first: char) -> &[Vec<char>] {
        if !self.firsts.may_hold(first) {
            return &[];
        }
        self.by_first.get(&first).map_or(&[], Vec::as_slice)
    }

    /// Length in characters of the longest word that ends before `end`.
    pub fn ends(&self, chars: &[char], end: usize) -> Option<usize> {
        let head = chars.get(..end)?;
        let last = head.last().filter(|last| self.lasts.may_hold(**last))?;
        let list = self.by_last.get(last)?;
        list.iter().find(|word| head.ends_with(word)).map(Vec::len)
    }

    /// Every word that starts at `at`, the longest first.
    pub fn all_at<'a>(&'a self, chars: &'a [char], at: usize) -> impl Iterator<Item = &'a [char]> {
        let rest = chars.get(at..).unwrap_or_default();
        let list = rest.first().map_or(&[][..], |first| self.starting(*first));
        list.iter().filter(|word| rest.starts_with(word)).map(Vec::as_slice)
    }

    /// The first word within `range`, as start and end.
    pub fn find(&self, chars: &[char], range: std::ops::Range<usize>) -> Option<(usize, usize)> {
        range.clone().find_map(|at| {
            let end = at + self.starts(chars, at)?;
            (end <= range.end).then_some((at, end))
        })
    }

    /// The last word within `range`, as start and end.
    pub fn rfind(&self, chars: &[char], range: std::ops::Range<usize>) -> Option<(usize, usize)> {
        range.clone().rev().find_map(|at| {
            let end = at + self.starts(chars, at)?;
            (end <= range.end).then_some((at, end))
        })
    }

    /// True when a word stands within `range`.
    pub fn within(&self, chars: &[char], range: std::ops::Range<usize>) -> bool {
        self.find(chars, range).is_some()
    }
}

/// A sheet of word lists: a TOML table whose entries are arrays of strings.
#[derive(Debug)]
pub struct Sheet(toml::Table);

impl Sheet {
    /// Reads a sheet that ships with the program.
    ///
    /// # Panics
    /// When the text is no TOML: shipped sheets are constants that the tests read.
    pub fn shipped(text: &str) -> Self {
        Self(text.parse().expect("a shipped sheet is valid TOML"))
    }

    /// The list of that name; empty where the sheet has none.
    pub fn words(&self, name: &str) -> Words {
        Words::new(self.list(name))
    }

    /// The words of that list in the order of the sheet.
    pub fn list(&self, name: &str) -> Vec<&str> {
        let array = self.0.get(name).and_then(toml::Value::as_array);
        array.into_iter().flatten().filter_map(toml::Value::as_str).collect()
    }

    /// The entries of that sub-table, in alphabetical order of their keys.
    pub fn pairs(&self, name: &str) -> Vec<(&str, &str)> {
        let table = self.0.get(name).and_then(toml::Value::as_table);
        table.into_iter().flatten().filter_map(|(key, value)| Some((key.as_str(), value.as_str()?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_wins_at_either_end() {
        let words = Words::new(["超", "超过", "突破"]);
        let text: Vec<char> = "已超过5".chars().collect();
        assert_eq!(words.starts(&text, 1), Some(2));
        assert_eq!(words.ends(&text, 3), Some(2));
        assert_eq!(words.ends(&text, 2), Some(1));
        assert_eq!(words.find(&text, 0..4), Some((1, 3)));
        assert_eq!(words.rfind(&text, 0..1), None);
    }
}
