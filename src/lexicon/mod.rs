//! What words mean: gazetteers and word lists in one automaton over clean text (Simplified, half-width).

mod automaton;
mod class;
mod entry;
mod features;
mod listed;
mod load;
mod pack;
mod pairs;
mod record;
mod scan;
mod sheet;
#[cfg(test)]
mod tests;
mod trie;
mod turtle;
mod words;

use std::path::Path;
use std::sync::LazyLock;

use automaton::Automaton;
pub use class::Class;
pub use entry::Entry;
pub use features::FEATURE_WORDS;
use load::Stock;
pub use load::{Fault, LexiconError};
pub use words::words;

use crate::model::CleanSpan;

/// A name or word of the lexicon in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hit {
    /// Where it stands, in characters of the clean text.
    pub span: CleanSpan,
    /// What it is.
    pub class: Class,
    /// Id of its [`Entry`]. Where several things of one class bear the name, the first of them.
    pub id: u32,
}

/// The compiled lexicon. Building takes some tens of milliseconds; scanning needs `&self` only.
pub struct Lexicon {
    entries: Vec<Entry>,
    automaton: Automaton,
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lexicon").field("entries", &self.entries.len()).finish_non_exhaustive()
    }
}

impl Lexicon {
    /// The shipped lexicon, built anew.
    pub fn shipped() -> Self {
        Self::from_stock(Stock::shipped())
    }

    /// The shipped lexicon, built once for the whole process.
    pub fn shared() -> &'static Self {
        static SHARED: LazyLock<Lexicon> = LazyLock::new(Lexicon::shipped);
        &SHARED
    }

    /// The shipped lexicon with a user's folder laid over it: `.ttl` gazetteers, `.tsv` company lists, `.toml` sheets
    /// and `harmless.txt`, in the order of their names. Lines that cannot be read are told beside it; the rest counts.
    ///
    /// # Errors
    /// When the folder itself cannot be read.
    pub fn with_folder(folder: &Path) -> Result<(Self, Vec<Fault>), LexiconError> {
        let mut stock = Stock::shipped();
        let faults = stock.lay(folder)?;
        Ok((Self::from_stock(stock), faults))
    }

    fn from_stock(mut stock: Stock) -> Self {
        stock.link();
        let automaton = Automaton::build(&stock);
        Self { entries: stock.entries, automaton }
    }

    /// Every hit, by start, then the longer first, then by class. Names inside a harmless word, short names that cross
    /// an earlier name, and the shorter of two nested hits of one kind are left out.
    pub fn scan(&self, chars: &[char]) -> Vec<Hit> {
        scan::scan(&self.automaton, &self.entries, chars)
    }

    /// The longest hits of the wanted classes that do not overlap, leftmost first; `hits` are from [`Lexicon::scan`].
    pub fn outermost(hits: &[Hit], wanted: impl Fn(Class) -> bool) -> Vec<Hit> {
        scan::outermost(hits, wanted)
    }

    /// For each of `length` characters [`FEATURE_WORDS`] sets of classes, after the hits of [`Lexicon::scan`] on them; what
    /// `out` held before is gone.
    pub fn features_of(hits: &[Hit], length: usize, out: &mut Vec<u64>) {
        features::write(hits, length, out);
    }

    /// Ids of the entries above one: what contains a place, what is broader than an industry; nearest first.
    pub fn ancestors(&self, id: u32) -> Vec<u32> {
        let mut found: Vec<u32> = Vec::new();
        let mut at = 0;
        let parents = |id: u32| self.entry(id).map_or(&[][..], Entry::parents);
        found.extend(parents(id));
        while let Some(next) = found.get(at).copied() {
            let fresh: Vec<u32> = parents(next).iter().copied().filter(|p| *p != id && !found.contains(p)).collect();
            found.extend(fresh);
            at += 1;
        }
        found
    }

    /// The entry with that id; none where no hit has it.
    pub fn entry(&self, id: u32) -> Option<&Entry> {
        self.entries.get(id as usize)
    }

    /// Number of entries; ids are below it.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True when it holds nothing, which the shipped one never is.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Everything that bears exactly this name: class and id, best first.
    pub fn look_up(&self, name: &str) -> Vec<(Class, u32)> {
        self.automaton.look_up(name).iter().map(|sense| (sense.class, sense.id)).collect()
    }

    /// The containing places of the place with this name, from the nearest on: 新密市 → 郑州市, 河南省. Where several
    /// places bear the name, of the first.
    pub fn place_chain(&self, name: &str) -> Vec<&Entry> {
        let place = self.automaton.look_up(name).iter().find(|sense| sense.class.is_place());
        place.map_or_else(Vec::new, |sense| self.chain(sense.id))
    }

    /// The broader concepts of an industry, from the nearest on.
    pub fn industry_broader(&self, id: u32) -> Vec<&Entry> {
        self.chain(id)
    }

    /// Parents of an entry, from the nearest on, following the first parent of each.
    pub fn chain(&self, id: u32) -> Vec<&Entry> {
        let mut chain: Vec<&Entry> = Vec::new();
        let mut at = self.entry(id);
        while let Some(next) = at.and_then(|entry| entry.parents().first()).and_then(|parent| self.entry(*parent)) {
            // A user's gazetteer may go in a circle; the chain stops where it would begin anew.
            if chain.iter().any(|known| std::ptr::eq(*known, next)) {
                break;
            }
            chain.push(next);
            at = Some(next);
        }
        chain
    }

    /// Memory on the heap in bytes, about.
    pub fn heap_bytes(&self) -> usize {
        self.automaton.heap_bytes() + self.entries.len() * size_of::<Entry>()
    }
}
