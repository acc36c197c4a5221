//! Every name and word in one trie, and what each means.

use super::Class;
use super::entry::{class_of_alias, weak_class};
use super::load::Stock;
use super::pack::items;
use super::trie::Trie;

/// What a pattern means: a class and the id of the entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sense {
    pub class: Class,
    pub id: u32,
}

/// Stands for a key with no sense or several.
const MANY: Sense = Sense { class: Class::StopLeft, id: u32::MAX };

/// A form of the stock; a harmless word has no sense.
type Form<'a> = (&'a str, Option<Sense>);

/// The trie and the meanings of its keys.
pub(super) struct Automaton {
    trie: Trie,
    /// The sense of each key that has just one; [`MANY`] elsewhere.
    lone: Vec<Sense>,
    /// First sense of each key; one more than there are keys. A key without senses is a harmless word.
    first: Vec<u32>,
    senses: Vec<Sense>,
}

impl Automaton {
    /// Builds it from everything that may fire.
    pub fn build(stock: &Stock) -> Self {
        let mut forms = forms(stock);
        // Senses of one form stand by class; within a class a user's own come first, then by id.
        forms.sort_unstable_by_key(|(form, sense)| {
            (*form, sense.map(|sense| (sense.class, sense.id < stock.laid_from, sense.id)))
        });
        forms.dedup();
        let (mut keys, mut first, mut senses, mut lone) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for same in forms.chunk_by(|a, b| a.0 == b.0) {
            keys.push(same[0].0);
            first.push(senses.len() as u32);
            senses.extend(same.iter().filter_map(|(_, sense)| *sense));
            lone.push(if let [(_, Some(sense))] = same { *sense } else { MANY });
        }
        first.push(senses.len() as u32);
        Self { trie: Trie::build(&keys), lone, first, senses }
    }

    /// Calls `found` with length and number of every key that starts the text, the shortest first.
    pub fn prefixes(&self, text: &[char], found: impl FnMut(usize, u32)) {
        self.trie.prefixes(text, found);
    }

    /// What a key means.
    pub fn senses(&self, key: u32) -> &[Sense] {
        let lone = &self.lone[key as usize];
        if lone.id != MANY.id {
            return std::slice::from_ref(lone);
        }
        &self.senses[self.first[key as usize] as usize..self.first[key as usize + 1] as usize]
    }

    /// What a whole name means.
    pub fn look_up(&self, name: &str) -> &[Sense] {
        self.trie.get(name).map_or(&[], |key| self.senses(key))
    }

    /// Bytes on the heap.
    pub fn heap_bytes(&self) -> usize {
        self.trie.heap_bytes() + 4 * self.first.len() + size_of::<Sense>() * (self.senses.len() + self.lone.len())
    }
}

fn forms(stock: &Stock) -> Vec<Form<'_>> {
    let mut forms: Vec<Form<'_>> = Vec::with_capacity(stock.entries.len() * 2);
    for (id, entry) in stock.entries.iter().enumerate().filter(|(_, entry)| !entry.silent) {
        let sense = |class| Some(Sense { class, id: id as u32 });
        forms.push((&entry.label, sense(entry.class)));
        forms.extend(items(&entry.alt).map(|form| (form, sense(class_of_alias(entry.class, form)))));
        if let Some(weak) = weak_class(entry.class) {
            forms.extend(items(&entry.weak).map(|form| (form, sense(weak))));
        }
    }
    forms.extend(stock.harmless.iter().map(|word| (&**word, None)));
    forms.retain(|(form, _)| !form.is_empty());
    forms
}
