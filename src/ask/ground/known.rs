//! What has been looked up for the question at hand: its readings ask for the same again and again.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::hash::Hash;

use oxigraph::model::{Literal, NamedNode};

use crate::ask::names::{Names, ThingId};

/// The set that a description means, and whether its own words are nearly all of the description.
type Described = Option<(NamedNode, bool)>;

/// Answers that hold as long as the question does.
#[derive(Default)]
pub struct Known {
    containing: RefCell<HashMap<String, Vec<ThingId>>>,
    titles: RefCell<HashMap<String, Vec<Literal>>>,
    /// A description with the words for its kind → the set that it means.
    groups: RefCell<HashMap<[String; 3], Described>>,
    latest_year: OnceCell<Option<u16>>,
}

impl Known {
    /// [`Names::containing`].
    pub(super) fn containing(&self, names: &Names, part: &str) -> Vec<ThingId> {
        let found = looked_up(&self.containing, part.to_owned(), || Ok::<_, ()>(names.containing(part)));
        found.unwrap_or_default()
    }

    /// [`Names::titles_like`].
    pub(super) fn titles_like(&self, names: &Names, part: &str) -> Vec<Literal> {
        let found = looked_up(&self.titles, part.to_owned(), || Ok::<_, ()>(names.titles_like(part)));
        found.unwrap_or_default()
    }

    /// The set that a description means, by `find` where that is not known yet.
    ///
    /// # Errors
    /// That of `find`.
    pub(super) fn group<E>(
        &self,
        description: [String; 3],
        find: impl FnOnce() -> Result<Described, E>,
    ) -> Result<Described, E> {
        looked_up(&self.groups, description, find)
    }

    /// The year of the latest document, by `find` where that is not known yet.
    ///
    /// # Errors
    /// That of `find`.
    pub(super) fn latest_year<E>(&self, find: impl FnOnce() -> Result<Option<u16>, E>) -> Result<Option<u16>, E> {
        if let Some(year) = self.latest_year.get() {
            return Ok(*year);
        }
        let year = find()?;
        Ok(*self.latest_year.get_or_init(|| year))
    }
}

fn looked_up<K: Eq + Hash, V: Clone, E>(
    known: &RefCell<HashMap<K, V>>,
    key: K,
    find: impl FnOnce() -> Result<V, E>,
) -> Result<V, E> {
    if let Some(value) = known.borrow().get(&key) {
        return Ok(value.clone());
    }
    let value = find()?;
    known.borrow_mut().insert(key, value.clone());
    Ok(value)
}
