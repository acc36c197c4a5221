//! The user's journal of identity: where it is, and reading and writing it.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use super::{Failure, Location};
use crate::identity::{Entry, Journal};
use crate::store::Store;

/// The option for the journal.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct JournalFile {
    /// Journal of your decisions about identity [default: DIR.journal]
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,
}

impl JournalFile {
    /// Where it is.
    pub(super) fn path(&self, location: &Location) -> PathBuf {
        self.journal.clone().unwrap_or_else(|| {
            let mut name = location.location.components().collect::<PathBuf>().into_os_string();
            name.push(".journal");
            name.into()
        })
    }

    /// Lets the store follow the file, where there is one.
    ///
    /// # Errors
    /// When the file cannot be read or the store not be written.
    pub(super) fn follow(&self, location: &Location, store: &Store) -> Result<(), Failure> {
        let path = self.path(location);
        if path.exists() || self.journal.is_some() {
            store.follow(&read(&path)?)?;
        }
        Ok(())
    }

    /// Adds a decision to the file and lets the store follow it.
    ///
    /// # Errors
    /// When the file or the store cannot be written.
    pub(super) fn add(&self, location: &Location, store: &Store, entry: &Entry) -> Result<PathBuf, Failure> {
        let path = self.path(location);
        let (mut journal, fresh) = if path.exists() { (read(&path)?, false) } else { (store.journal()?, true) };
        let mut text = if fresh { journal.text() } else { String::new() };
        journal.add(entry);
        text += &format!("{entry}\n");
        let mut file =
            fs::OpenOptions::new().create(true).append(true).open(&path).map_err(|error| denied(&path, &error))?;
        file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(|error| denied(&path, &error))?;
        store.follow(&journal)?;
        Ok(path)
    }
}

fn read(path: &std::path::Path) -> Result<Journal, Failure> {
    let text = fs::read_to_string(path).map_err(|error| denied(path, &error))?;
    Ok(Journal::parse(&text)?)
}

fn denied(path: &std::path::Path, error: &std::io::Error) -> Failure {
    let shown = path.display();
    Failure::new(
        format!("日志 {shown} 无法读写（{error}）；请检查路径，或用 --journal 指定"),
        format!("the journal {shown} cannot be used ({error}); check the path, or name it with --journal"),
    )
}
