//! One automaton over every name and word, and what each pattern means.

use std::collections::HashMap;

use daachorse::CharwiseDoubleArrayAhoCorasick;

use super::Class;
use super::entry::{class_of_alias, weak_class};
use super::load::Stock;

/// What a pattern means: a class and the id of the entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sense {
    pub class: Class,
    pub id: u32,
}

/// A pattern's length and its meanings.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pattern {
    /// Length in characters.
    pub len: u32,
    /// First of its senses.
    first: u32,
    /// Number of its senses; none means a harmless word.
    count: u32,
}

/// The automaton and its tables.
pub(super) struct Automaton {
    pub matcher: CharwiseDoubleArrayAhoCorasick<u32>,
    patterns: Vec<Pattern>,
    senses: Vec<Sense>,
    /// Ids that bear the name of a pattern, beyond the first of each class, in order.
    by_name: HashMap<Box<str>, u32>,
}

impl Automaton {
    /// Builds it; none where there is not one pattern, or more than the matcher can hold.
    pub fn build(stock: &Stock) -> Option<Self> {
        let mut forms: Vec<(&str, Option<Sense>)> = Vec::new();
        for (id, entry) in stock.entries.iter().enumerate().filter(|(_, entry)| !entry.silent) {
            let sense = |class| Some(Sense { class, id: id as u32 });
            forms.push((&entry.label, sense(entry.class)));
            forms.extend(entry.alt.iter().map(|form| (&**form, sense(class_of_alias(entry.class, form)))));
            if let Some(weak) = weak_class(entry.class) {
                forms.extend(entry.weak.iter().map(|form| (&**form, sense(weak))));
            }
        }
        forms.extend(stock.harmless.iter().map(|word| (&**word, None)));
        forms.retain(|(form, _)| !form.is_empty());
        forms.sort_by(|a, b| a.0.cmp(b.0));
        Self::from_sorted(&forms, stock.laid_from)
    }

    fn from_sorted(forms: &[(&str, Option<Sense>)], laid_from: u32) -> Option<Self> {
        let (mut keys, mut patterns, mut senses) = (Vec::new(), Vec::new(), Vec::new());
        let mut by_name = HashMap::new();
        for same in forms.chunk_by(|a, b| a.0 == b.0) {
            let number = keys.len() as u32;
            let first = senses.len();
            senses.extend(meanings(same, laid_from));
            let len = same[0].0.chars().count() as u32;
            patterns.push(Pattern { len, first: first as u32, count: (senses.len() - first) as u32 });
            keys.push((same[0].0, number));
            by_name.insert(Box::from(same[0].0), number);
        }
        let matcher = CharwiseDoubleArrayAhoCorasick::with_values(keys).ok()?;
        Some(Self { matcher, patterns, senses, by_name })
    }

    /// The pattern with that number.
    pub fn pattern(&self, number: u32) -> Pattern {
        self.patterns[number as usize]
    }

    /// What a pattern means, in the order of the ids within a class as the lexicon lists them.
    pub fn senses(&self, pattern: Pattern) -> &[Sense] {
        &self.senses[pattern.first as usize..(pattern.first + pattern.count) as usize]
    }

    /// What a whole name means.
    pub fn look_up(&self, name: &str) -> &[Sense] {
        self.by_name.get(name).map_or(&[], |number| self.senses(self.pattern(*number)))
    }

    /// Bytes on the heap, about.
    pub fn heap_bytes(&self) -> usize {
        self.matcher.heap_bytes()
            + self.patterns.len() * size_of::<Pattern>()
            + self.senses.len() * size_of::<Sense>()
            + self.by_name.iter().map(|(name, _)| name.len() + 32).sum::<usize>()
    }
}

/// The senses of one form by class; within a class a user's own stand first, then by id.
fn meanings(same: &[(&str, Option<Sense>)], laid_from: u32) -> Vec<Sense> {
    let mut senses: Vec<Sense> = same.iter().filter_map(|(_, sense)| *sense).collect();
    senses.sort_by_key(|sense| (sense.class, sense.id < laid_from, sense.id));
    senses.dedup();
    senses
}
