//! Files that a store's names and sentences are kept in beside the database. They only save time.

use std::fs::{self, File};
use std::ops::Deref;
use std::path::Path;

use memmap2::Mmap;

/// The bytes of such a file: those of the disk, of which only what is looked at is read, or those just made for it.
#[derive(Debug)]
pub(super) enum Bytes {
    /// On disk.
    Mapped(Mmap),
    /// In memory.
    Made(Vec<u8>),
}

impl Default for Bytes {
    fn default() -> Self {
        Self::Made(Vec::new())
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Mapped(map) => map,
            Self::Made(bytes) => bytes,
        }
    }
}

/// Opens a file, if it is there.
pub(super) fn open(path: &Path) -> Option<Bytes> {
    let file = File::open(path).ok()?;
    // SAFETY: what is behind the map does not change, since `write` never changes a file but puts another in its place.
    unsafe { Mmap::map(&file) }.ok().map(Bytes::Mapped)
}

/// Writes a file whole or not at all. That it cannot be written is no error.
pub(super) fn write(path: &Path, bytes: &[u8]) {
    let fresh = path.with_extension(format!("{}.new", std::process::id()));
    if fs::write(&fresh, bytes).and_then(|()| fs::rename(&fresh, path)).is_err() {
        let _ = fs::remove_file(&fresh);
    }
}
