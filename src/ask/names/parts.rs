//! Names by what they hold and things by what they are, without a look at all of them.

use super::book::Section;
use super::{Names, Thing, sound};
use crate::model::EntityKind;

impl Names {
    /// True where a name has all these parts.
    pub(in crate::ask) fn has_key_with(&self, parts: &[&str]) -> bool {
        self.book.keys_holding(parts).next().is_some()
    }

    /// True where a name is read like that in pinyin.
    pub(in crate::ask) fn is_read(&self, pinyin: &str) -> bool {
        !self.book.sounding(sound::hash(pinyin)).is_empty()
    }

    /// The first things of a kind that fit, in order of their IRIs, at most so many.
    pub(in crate::ask) fn of_kind(&self, kind: EntityKind, most: usize, fits: impl Fn(&Thing) -> bool) -> Vec<Thing> {
        let begin = format!("{}/", kind.name().to_ascii_lowercase());
        let things = self.book.beginning_with(Section::Things, &begin).map(|(head, names)| Self::thing_of(head, names));
        things.filter(fits).take(most).collect()
    }
}

/// How a text is read in pinyin, without tones and spaces.
pub(in crate::ask) fn pinyin(text: &str) -> String {
    sound::sound(text.chars())
}
