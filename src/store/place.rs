//! The folder of a store: is it one, may we have it, and which format has it.
//!
//! A store's folder is a plain oxigraph store with one more file, [`MARKER`]. Whoever uses the store holds a lock on the
//! marker (shared for reading), which ends with the process however it ends. The marker is empty until the database has
//! been created whole; then it holds the format number.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use super::StoreError;

/// Name of the file that marks the folder of a store.
const MARKER: &str = "parkgraph-store";

/// The format that this program writes.
const FORMAT: u32 = 4;

/// A folder that we may use, for as long as this value lives.
pub(super) struct Place {
    marker: File,
    /// False while the database has not been created whole.
    pub(super) ready: bool,
}

impl Place {
    /// Takes the folder for reading, together with other readers.
    pub(super) fn for_reading(dir: &Path) -> Result<Self, StoreError> {
        match entries(dir)? {
            None | Some(0) => return Err(StoreError::Missing(dir.into())),
            Some(_) if !dir.join(MARKER).is_file() => return Err(StoreError::NotAStore(dir.into())),
            Some(_) => {}
        }
        let marker = File::open(dir.join(MARKER)).map_err(|error| StoreError::from_io(dir, error))?;
        // A file system without locks is one that nobody builds on while we read.
        if let Err(TryLockError::WouldBlock) = marker.try_lock_shared() {
            return Err(StoreError::Locked(dir.into()));
        }
        Self::check(dir, marker)
    }

    /// Takes the folder for ourselves, making it where it is missing.
    pub(super) fn for_writing(dir: &Path) -> Result<Self, StoreError> {
        let failed = |error| StoreError::from_io(dir, error);
        if entries(dir)?.is_some_and(|count| count > 0) && !dir.join(MARKER).is_file() {
            return Err(StoreError::NotAStore(dir.into()));
        }
        fs::create_dir_all(dir).map_err(failed)?;
        let options = OpenOptions::new().create(true).truncate(false).read(true).write(true).clone();
        let marker = options.open(dir.join(MARKER)).map_err(failed)?;
        match marker.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StoreError::Locked(dir.into())),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        let place = Self::check(dir, marker)?;
        remove_leftovers(dir).map_err(failed)?;
        Ok(place)
    }

    /// Notes that the database has been created whole.
    pub(super) fn set_ready(&mut self, dir: &Path) -> Result<(), StoreError> {
        if self.ready {
            return Ok(());
        }
        let mut write = || {
            self.marker.rewind()?;
            self.marker.write_all(format!("{FORMAT}\n").as_bytes())?;
            self.marker.sync_all()
        };
        write().map_err(|error| StoreError::from_io(dir, error))?;
        self.ready = true;
        Ok(())
    }

    fn check(dir: &Path, mut marker: File) -> Result<Self, StoreError> {
        let mut text = String::new();
        marker.read_to_string(&mut text).map_err(|error| StoreError::from_io(dir, error))?;
        let found = match text.trim() {
            "" => return Ok(Self { marker, ready: false }),
            number => number.parse::<u32>().map_err(|_| StoreError::NotAStore(dir.into()))?,
        };
        if found > FORMAT {
            return Err(StoreError::Newer { dir: dir.into(), found, known: FORMAT });
        }
        if found < FORMAT {
            return Err(StoreError::Older { dir: dir.into(), found, known: FORMAT });
        }
        Ok(Self { marker, ready: true })
    }
}

/// Number of entries of a folder; none where nothing is there.
fn entries(dir: &Path) -> Result<Option<usize>, StoreError> {
    if !dir.exists() {
        return Ok(None);
    }
    if !dir.is_dir() {
        return Err(StoreError::NotAStore(dir.into()));
    }
    let listed = fs::read_dir(dir).map_err(|error| StoreError::from_io(dir, error))?;
    Ok(Some(listed.count()))
}

/// Removes the files of bulk loads that were killed before they took effect.
fn remove_leftovers(dir: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with("bulk-") && name.ends_with(".sst") {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
