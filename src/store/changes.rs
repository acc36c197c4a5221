//! Tells whether the store has changed while something was made that follows from it.
//!
//! A change reaches the files of the database a moment before those who read it see it: what is read in that moment is of
//! the old state although the files are those of the new one. What was made then is given to whoever asked, but not kept.

use std::sync::PoisonError;
use std::sync::atomic::{AtomicU64, Ordering};

use super::Store;

/// How many changes of a store have begun and ended.
#[derive(Debug, Default)]
pub(super) struct Changes {
    begun: AtomicU64,
    ended: AtomicU64,
}

/// A state of a store: the number of changes that led to it since it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct State(u64);

/// A change that is under way until this is dropped.
pub(super) struct Change<'a>(&'a Store);

impl Drop for Change<'_> {
    fn drop(&mut self) {
        self.0.forget_inferred();
        self.0.changes.ended.fetch_add(1, Ordering::SeqCst);
    }
}

impl Store {
    /// Begins a change. What follows from the state before it is forgotten at its end.
    pub(super) fn begin_change(&self) -> Change<'_> {
        self.changes.begun.fetch_add(1, Ordering::SeqCst);
        Change(self)
    }

    /// The state the store is in; none while it changes.
    pub(super) fn state(&self) -> Option<State> {
        let ended = self.changes.ended.load(Ordering::SeqCst);
        (self.changes.begun.load(Ordering::SeqCst) == ended).then_some(State(ended))
    }

    /// True where no change has begun since the store was in that state.
    pub(super) fn is_still(&self, state: State) -> bool {
        self.changes.begun.load(Ordering::SeqCst) == state.0
    }

    fn forget_inferred(&self) {
        *self.follows.write().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_during_a_change_is_of_no_state() {
        let store = Store::memory().expect("a store");
        let before = store.state().expect("a state");
        assert!(store.is_still(before));
        {
            let _first = store.begin_change();
            let _second = store.begin_change();
            assert!(store.state().is_none() && !store.is_still(before));
        }
        let after = store.state().expect("a state");
        assert!(after != before && store.is_still(after) && !store.is_still(before));
    }
}
