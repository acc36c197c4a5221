//! Files that appear whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Writes `path` through `fill`: into a new file beside it, which takes its name when all is written. A reader sees the
/// old contents or the new ones, and a failure leaves the old ones. What is no plain file, such as `/dev/stdout`, is
/// written to directly.
///
/// # Errors
/// Those of `fill`, and those of the disk.
pub fn write_file<E: From<io::Error>>(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), E>,
) -> Result<(), E> {
    if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        return into(&File::options().write(true).open(path)?, fill);
    }
    let partial = beside(path)?;
    let written = File::create_new(&partial).map_err(E::from).and_then(|file| {
        into(&file, fill)?;
        file.sync_all()?;
        fs::rename(&partial, path)?;
        Ok(())
    });
    if written.is_err() {
        // The failure that is told is the first one.
        let _ = fs::remove_file(&partial);
    }
    written
}

fn into<E: From<io::Error>>(file: &File, fill: impl FnOnce(&mut dyn Write) -> Result<(), E>) -> Result<(), E> {
    let mut buffer = BufWriter::with_capacity(1 << 16, file);
    fill(&mut buffer)?;
    Ok(buffer.flush()?)
}

/// A name in the same folder that no other process uses.
fn beside(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "the path names no file"))?;
    let mut partial = name.to_owned();
    partial.push(format!(".{}.partial", std::process::id()));
    Ok(path.with_file_name(partial))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_leaves_the_old_contents() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("图.txt");
        let write = |text: &'static str, fails: bool| {
            write_file(&path, |out| {
                out.write_all(text.as_bytes())?;
                if fails { Err(io::Error::other("no")) } else { Ok(()) }
            })
        };
        assert!(write("old", false).is_ok());
        assert!(write("new", true).is_err());
        assert_eq!(fs::read_to_string(&path).ok().as_deref(), Some("old"));
        assert!(write("new", false).is_ok());
        assert_eq!(fs::read_to_string(&path).ok().as_deref(), Some("new"));
        assert_eq!(fs::read_dir(folder.path()).map(Iterator::count).ok(), Some(1));
    }
}
