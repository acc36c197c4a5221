//! What tells that a store on disk has changed, for files that are kept beside the database and follow from it.

use std::fs;
use std::path::PathBuf;

use super::changes::State;
use super::{Store, StoreError};

/// The state of a store on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// As a word that is written into files beside the database.
    pub text: String,
    state: State,
}

impl Store {
    /// Writes what the database still holds in its log to its files, so that opening it need not read the log again.
    ///
    /// # Errors
    /// When the disk refuses; nothing is lost then.
    pub fn settle(&self) -> Result<(), StoreError> {
        #[cfg(feature = "rocksdb")]
        if self._place.is_some() {
            return self.inner.flush().map_err(|error| self.failure(error));
        }
        Ok(())
    }

    /// A text that changes with every change of the database; none for stores in memory and while the store changes.
    ///
    /// It is made from the names and sizes of the files that hold contents, to which the database only ever adds: every
    /// commit lengthens one of them or makes a new one. It may also change where the contents did not.
    pub fn stamp(&self) -> Option<Stamp> {
        self._place.as_ref()?;
        let state = self.state()?;
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.dir).ok()? {
            let entry = entry.ok()?;
            let (name, bytes) = (entry.file_name().to_string_lossy().into_owned(), entry.metadata().ok()?.len());
            // Whoever opens the database begins a new log, empty until something changes.
            if name.ends_with(".sst") || name.ends_with(".log") && bytes > 0 {
                files.push(format!("{name} {bytes}"));
            }
        }
        files.sort();
        let text = blake3::hash(files.join("\n").as_bytes()).to_hex().to_string();
        self.is_still(state).then_some(Stamp { text, state })
    }

    /// True where no change has begun since the stamp was made: what was made since then from the store is of the state
    /// that the stamp tells.
    pub fn is_as(&self, stamp: &Stamp) -> bool {
        self.is_still(stamp.state)
    }

    /// Where a file of that name stands beside the database; none for stores in memory.
    pub fn beside(&self, name: &str) -> Option<PathBuf> {
        self._place.as_ref().map(|_| self.dir.join(name))
    }
}
