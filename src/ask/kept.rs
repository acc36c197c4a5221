//! Files that a store's names and sentences are kept in beside the database. They only save time.

use std::fs;
use std::path::Path;

/// Writes a file whole or not at all. That it cannot be written is no error.
pub(super) fn write(path: &Path, bytes: &[u8]) {
    let fresh = path.with_extension(format!("{}.new", std::process::id()));
    if fs::write(&fresh, bytes).and_then(|()| fs::rename(&fresh, path)).is_err() {
        let _ = fs::remove_file(&fresh);
    }
}
