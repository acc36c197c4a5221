//! Reads many files at once, in order and within bounded memory.

use std::fs;

use rayon::prelude::*;

use super::Failure;
use super::files::SourceFile;
use crate::model::Reading;
use crate::reader::{ArticleReader, Read};

/// Bytes of text that are read before their readings are used.
const BATCH_BYTES: u64 = 4 << 20;

/// Files that are read before their readings are used.
const BATCH_FILES: usize = 512;

/// The option for the number of threads.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Jobs {
    /// Number of threads [default: one a core]
    #[arg(short, long, value_name = "N")]
    jobs: Option<usize>,
}

impl Jobs {
    /// Sets the number of threads for the rest of the program. Output does not depend on it.
    pub(super) fn apply(&self) {
        if let Some(jobs) = self.jobs {
            // It fails only when set twice, and then the first stays.
            let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
        }
    }
}

/// The reader that all commands use.
pub(super) fn reader() -> Result<Box<dyn Read>, Failure> {
    let reader = ArticleReader::shipped()?;
    Ok(Box::new(reader))
}

/// What became of one file.
pub(super) enum Outcome {
    /// It was read; large beside the others, hence boxed.
    Read(Box<Reading>),
    /// It need not be read.
    Skipped,
    /// It cannot be read.
    Failed(Failure),
}

/// Cuts the list of files into batches of bounded size; a large file has one of its own.
pub(super) fn batches(files: &[SourceFile]) -> impl Iterator<Item = &[SourceFile]> {
    let mut rest = files;
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let fits = |file: &&SourceFile| {
            bytes += file.bytes;
            bytes <= BATCH_BYTES
        };
        let count = rest.iter().take(BATCH_FILES).take_while(fits).count().max(1).min(rest.len());
        let (batch, left) = rest.split_at(count);
        rest = left;
        (!batch.is_empty()).then_some(batch)
    })
}

/// Reads the files of a batch in parallel; outcomes in order of the files. `known` tells by key and hash of the bytes
/// what need not be read.
pub(super) fn read_batch(
    batch: &[SourceFile],
    reader: &dyn Read,
    known: impl Fn(&str, &str) -> bool + Sync,
) -> Vec<Outcome> {
    let read = |file: &SourceFile| {
        let bytes = match fs::read(&file.path) {
            Ok(bytes) => bytes,
            Err(error) => return Outcome::Failed(error.into()),
        };
        if known(&file.key, blake3::hash(&bytes).to_hex().as_str()) {
            return Outcome::Skipped;
        }
        match reader.read(&file.key, &bytes) {
            Ok(reading) => Outcome::Read(Box::new(reading)),
            Err(error) => Outcome::Failed(error.into()),
        }
    };
    batch.par_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_hold_every_file_once_and_in_order() {
        let file = |n: u64, bytes| SourceFile { key: n.to_string(), path: n.to_string().into(), bytes };
        let files: Vec<_> = (0..2000).map(|n| file(n, if n % 700 == 3 { 9 << 20 } else { 100_000 })).collect();
        let cut: Vec<_> = batches(&files).collect();
        assert_eq!(cut.concat(), files);
        for batch in cut {
            let bytes: u64 = batch.iter().map(|file| file.bytes).sum();
            assert!(batch.len() == 1 || bytes <= BATCH_BYTES, "{} files of {bytes} bytes", batch.len());
        }
        assert_eq!(batches(&[]).count(), 0);
    }
}
