//! The graph on disk or in memory. The only place that opens oxigraph.
//!
//! The default graph holds the knowledge: each distinct statement once, whatever number of documents make it, with one
//! node a thing. Which documents support a statement is told by its evidence (reifier → mention → document), whose nodes
//! carry the document's IRI. What one document says is looked up through its evidence and shown to queries as a named
//! graph ([`layers`]). Named graphs on disk hold bookkeeping only ([`book`]): what each document claims about names, from
//! which the things follow, and in [`BOOK`] what follows and the documents' fingerprints.
//!
//! Each commit holds whole documents, so that a store killed at any moment opens and holds whole documents only.

mod book;
mod bulk;
mod changes;
mod claims;
mod delta;
mod document;
mod error;
mod file;
mod forms;
mod infer;
mod labels;
mod layers;
mod place;
mod prepare;
mod put;
mod read;
mod record;
mod same;
mod sources;
mod sparql;
mod stamp;
#[cfg(test)]
mod tests;
mod update;

use std::path::{Path, PathBuf};
use std::sync::RwLock;

use oxigraph::model::NamedNodeRef;
use oxigraph::store::StorageError;

use place::Place;

pub use bulk::Loader;
pub use error::StoreError;
pub use infer::INFERRED;
pub use put::Put;
pub use read::DocumentInfo;
pub use same::{Form, Pair};
pub use sparql::{Dataset, QueryError, until};
pub use stamp::Stamp;
pub use update::UpdateError;

/// Named graph of the fingerprints.
const BOOK: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("https://w3id.org/parkgraph/id/store");

/// What a store is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Reading, together with other readers, also on read-only disks.
    Read,
    /// Reading and writing, alone. Makes the store where there is none.
    Write,
}

/// A graph with evidence, built from documents.
pub struct Store {
    inner: oxigraph::store::Store,
    dir: PathBuf,
    /// Changes since it was opened.
    changes: changes::Changes,
    /// What follows from it, where somebody asked since the last change.
    follows: RwLock<Option<infer::Inferred>>,
    /// Held for its lock.
    _place: Option<Place>,
}

impl Store {
    /// An empty store that lives as long as this value.
    ///
    /// # Errors
    /// When memory cannot be had.
    pub fn memory() -> Result<Self, StoreError> {
        let dir = PathBuf::from("memory");
        let inner = oxigraph::store::Store::new().map_err(|error| StoreError::from_storage(&dir, error))?;
        Ok(Self { inner, dir, changes: Default::default(), follows: RwLock::default(), _place: None })
    }

    /// The store in the folder `dir`.
    ///
    /// # Errors
    /// When the folder holds no store ([`Mode::Read`]) or something else, when another process has it, when its format is
    /// newer than this program, or when the disk refuses.
    pub fn open(dir: &Path, mode: Mode) -> Result<Self, StoreError> {
        match mode {
            Mode::Read => {
                let place = Place::for_reading(dir)?;
                // A build that was killed before its database was whole has stored nothing.
                let inner = if place.ready { disk_read_only(dir)? } else { Self::memory()?.inner };
                Ok(Self {
                    inner,
                    dir: dir.into(),
                    changes: Default::default(),
                    follows: RwLock::default(),
                    _place: Some(place),
                })
            }
            Mode::Write => {
                let mut place = Place::for_writing(dir)?;
                let inner = disk_read_write(dir)?;
                place.set_ready(dir)?;
                let store = Self {
                    inner,
                    dir: dir.into(),
                    changes: Default::default(),
                    follows: RwLock::default(),
                    _place: Some(place),
                };
                store.finish().map_err(|error| store.failure(error))?;
                Ok(store)
            }
        }
    }

    /// Settles everything on disk in its final order, which makes reading faster. Worth its time after a load of many
    /// documents.
    ///
    /// # Errors
    /// When the disk refuses; nothing is lost then.
    #[cfg(feature = "rocksdb")]
    pub fn optimize(&self) -> Result<(), StoreError> {
        if self._place.is_none() {
            return Ok(());
        }
        self.inner.flush().and_then(|()| self.inner.optimize()).map_err(|error| self.failure(error))
    }

    /// Does nothing for stores in memory.
    ///
    /// # Errors
    /// Never.
    #[cfg(not(feature = "rocksdb"))]
    pub fn optimize(&self) -> Result<(), StoreError> {
        Ok(())
    }

    fn failure(&self, error: StorageError) -> StoreError {
        StoreError::from_storage(&self.dir, error)
    }
}

#[cfg(feature = "rocksdb")]
fn disk_read_only(dir: &Path) -> Result<oxigraph::store::Store, StoreError> {
    oxigraph::store::Store::open_read_only(dir).map_err(|error| StoreError::from_storage(dir, error))
}

#[cfg(feature = "rocksdb")]
fn disk_read_write(dir: &Path) -> Result<oxigraph::store::Store, StoreError> {
    oxigraph::store::Store::open(dir).map_err(|error| StoreError::from_storage(dir, error))
}

#[cfg(not(feature = "rocksdb"))]
fn disk_read_only(_dir: &Path) -> Result<oxigraph::store::Store, StoreError> {
    Err(StoreError::NoDisk)
}

#[cfg(not(feature = "rocksdb"))]
fn disk_read_write(_dir: &Path) -> Result<oxigraph::store::Store, StoreError> {
    Err(StoreError::NoDisk)
}
