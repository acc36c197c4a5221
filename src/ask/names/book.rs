//! All names of a graph as one run of bytes: sorted lines that are searched without being taken apart first.
//!
//! A head line tells the version, the stamp of the database and the lengths of the sections, which follow in order:
//! things (`iri TAB name US name …`, by IRI), keys (`key TAB place place …`, by key), honours and figures
//! (`key TAB literal`), what lies below a name of a gazetteer (`key TAB place place …`), counted sets (`key TAB iri`), sounds (hash and place of
//! the key's line, 12 bytes each, by hash), and which keys hold which neighbouring characters. A place is the position of a line in its section.

use std::path::Path;

use memchr::memmem::Finder;

use crate::ask::kept::{self, Bytes};
use crate::ask::neighbours::{Lines, Neighbours};

/// Changes with the layout and with what [`crate::ask::key`] makes of names.
const VERSION: &str = "parkgraph-names-4";

/// The sections, by the order in which they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Things,
    Keys,
    Titles,
    Figures,
    Below,
    Groups,
    Sounds,
    Neighbours,
}

const SECTIONS: usize = 8;

/// The bytes and where the sections stand in them.
#[derive(Debug, Default)]
pub(super) struct Book {
    bytes: Bytes,
    bounds: [(usize, usize); SECTIONS],
}

impl Book {
    /// Puts the sections together.
    pub(super) fn new(stamp: &str, sections: [Vec<u8>; SECTIONS]) -> Self {
        let lengths: Vec<String> = sections.iter().map(|section| section.len().to_string()).collect();
        let mut bytes = format!("{VERSION} {stamp} {}\n", lengths.join(" ")).into_bytes();
        sections.iter().for_each(|section| bytes.extend_from_slice(section));
        Self::parse(Bytes::Made(bytes), stamp).unwrap_or_default()
    }

    /// The file, if it is one of this version and stamp.
    pub(super) fn read(path: &Path, stamp: &str) -> Option<Self> {
        Self::parse(kept::open(path)?, stamp)
    }

    /// All of it, as its file holds it.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn parse(bytes: Bytes, stamp: &str) -> Option<Self> {
        let end = memchr::memchr(b'\n', &bytes)?;
        let head = std::str::from_utf8(&bytes[..end]).ok()?;
        let mut words = head.split(' ');
        if words.next() != Some(VERSION) || words.next() != Some(stamp) {
            return None;
        }
        let mut bounds = [(0, 0); SECTIONS];
        let mut at = end + 1;
        for bound in &mut bounds {
            let length: usize = words.next()?.parse().ok()?;
            *bound = (at, at.checked_add(length)?);
            at = bound.1;
        }
        (at == bytes.len()).then_some(Self { bytes, bounds })
    }

    pub(super) fn section(&self, section: Section) -> &[u8] {
        let (from, to) = self.bounds[section as usize];
        &self.bytes[from..to]
    }

    /// The line that begins at that place of a section, without its end.
    pub(super) fn line(&self, section: Section, place: usize) -> &str {
        let rest = self.section(section).get(place..).unwrap_or_default();
        text(&rest[..memchr::memchr(b'\n', rest).unwrap_or(rest.len())])
    }

    /// Head and tail of every line.
    pub(super) fn lines(&self, section: Section) -> impl Iterator<Item = (usize, &str, &str)> {
        let mut place = 0;
        self.section(section).split(|byte| *byte == b'\n').filter_map(move |line| {
            let at = place;
            place += line.len() + 1;
            text(line).split_once('\t').map(|(head, tail)| (at, head, tail))
        })
    }

    /// Place of the first line whose head is not less than `head`, by bytes.
    pub(super) fn first_from(&self, section: Section, head: &str) -> usize {
        let bytes = self.section(section);
        let (mut low, mut high) = (0, bytes.len());
        // Both are beginnings of lines, or the end.
        while low < high {
            let middle = line_start(bytes, low + (high - low) / 2);
            let line = self.line(section, middle);
            let found = line.split_once('\t').map_or(line, |(found, _)| found);
            if found.as_bytes() < head.as_bytes() {
                low = middle + line.len() + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Tail of the line with exactly that head.
    pub(super) fn get(&self, section: Section, head: &str) -> Option<&str> {
        let line = self.line(section, self.first_from(section, head));
        line.split_once('\t').filter(|(found, _)| *found == head).map(|(_, tail)| tail)
    }

    /// Head, tail of the lines whose heads begin with `start`.
    pub(super) fn beginning_with<'a>(
        &'a self,
        section: Section,
        start: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        let from = self.first_from(section, start);
        let lines = self.section(section)[from..].split(|byte| *byte == b'\n');
        lines.map_while(move |line| text(line).split_once('\t').filter(|(head, _)| head.starts_with(start)))
    }

    /// Head and tail of the lines of a section whose head holds `part`.
    pub(super) fn holding<'a>(&'a self, section: Section, part: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let bytes = self.section(section);
        let mut last = usize::MAX;
        memchr::memmem::find_iter(bytes, part.as_bytes()).filter_map(move |at| {
            let start = line_start(bytes, at);
            let again = std::mem::replace(&mut last, start) == start;
            let line = self.line(section, start);
            line.split_once('\t').filter(|(head, _)| !again && at - start + part.len() <= head.len())
        })
    }

    /// Key and tail of the lines of keys that hold all these parts, in order; none where no part has two characters.
    pub(super) fn keys_holding<'a>(&'a self, parts: &[&'a str]) -> impl Iterator<Item = (&'a str, &'a str)> {
        let finders: Vec<Finder<'a>> = parts.iter().map(|part| Finder::new(part.as_bytes())).collect();
        let places = self.neighbours().rarest(parts);
        places
            .into_iter()
            .flatten()
            .filter_map(move |place| self.line(Section::Keys, place).split_once('\t'))
            .filter(move |(key, _)| finders.iter().all(|finder| finder.find(key.as_bytes()).is_some()))
    }

    /// The places of the keys that hold `a` with `b` right behind it; of those of one character, under it twice.
    pub(super) fn keys_with(&self, (a, b): (char, char)) -> Lines<'_> {
        self.neighbours().lines(a, b)
    }

    fn neighbours(&self) -> Neighbours<'_> {
        Neighbours::new(self.section(Section::Neighbours))
    }

    /// Places of the keys with that hash of their sound.
    pub(super) fn sounding(&self, hash: u64) -> Vec<usize> {
        let (rows, _) = self.section(Section::Sounds).as_chunks::<12>();
        let hash_of = |row: &[u8; 12]| u64::from_le_bytes(row[..8].try_into().unwrap_or_default());
        let first = rows.partition_point(|row| hash_of(row) < hash);
        let same = rows[first..].iter().take_while(|row| hash_of(row) == hash);
        same.map(|row| u32::from_le_bytes(row[8..].try_into().unwrap_or_default()) as usize).collect()
    }
}

fn line_start(bytes: &[u8], at: usize) -> usize {
    memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |end| end + 1)
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}
