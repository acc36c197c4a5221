//! Reads many files at once, in order and within bounded memory.

use std::cell::Cell;
use std::fs;
use std::panic;
use std::path::{Path, PathBuf};
use std::sync::{Once, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::files::{self, SourceFile};
use super::{Context, Failure};
use crate::lexicon::Lexicon;
use crate::model::Reading;
use crate::read::{self, Columns, Content, Paper, Piece, Refusal, Settings, Source, Warning};
use crate::reader::{ArticleReader, Read, ReadError};

/// Bytes of text that are read before their readings are used.
const BATCH_BYTES: u64 = 4 << 20;

/// Files that are read before their readings are used.
const BATCH_FILES: usize = 256;

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

/// Options of what reading goes by.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Learning {
    /// Weights that `parkgraph train` wrote, instead of the shipped ones
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
    /// Folder with word lists that are laid over the shipped ones: .ttl, .tsv, .toml
    #[arg(long, value_name = "DIR")]
    lexicon: Option<PathBuf>,
}

impl Learning {
    /// The reader that all commands use; lines of word lists that cannot be read are told.
    pub(super) fn reader(&self, context: &Context) -> Result<Box<dyn Read>, Failure> {
        let mut reader = match &self.weights {
            None => ArticleReader::shipped()?,
            Some(path) => ArticleReader::with_weights(&fs::read(path).map_err(|error| unreadable(path, &error))?)?,
        };
        if let Some(folder) = &self.lexicon {
            let name = fingerprint(folder)?;
            let (lexicon, faults) = Lexicon::with_folder(folder)
                .map_err(|error| Failure::new(format!("无法读取词表文件夹：{error}"), error.to_string()))?;
            for fault in faults {
                let told = format!("{}:{}: {}", fault.file.display(), fault.line, fault.message);
                context.say(&told, &told);
            }
            reader = reader.with_lexicon(lexicon, &name);
        }
        Ok(Box::new(reader))
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    let shown = path.display();
    Failure::new(
        format!("无法读取 {shown}（{error}）；请检查路径"),
        format!("cannot read {shown} ({error}); check the path"),
    )
}

/// A short name that changes with the names and contents of a folder's files.
fn fingerprint(folder: &Path) -> Result<String, Failure> {
    let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.retain(|path| path.is_file());
    paths.sort();
    let mut hasher = blake3::Hasher::new();
    for path in &paths {
        hasher.update(path.file_name().unwrap_or_default().as_encoded_bytes());
        hasher.update(&fs::read(path).map_err(|error| unreadable(path, &error))?);
    }
    Ok(hasher.finalize().to_hex().as_str()[..8].to_owned())
}

/// Options of what is read and how.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Manner {
    /// TOML file that says what columns of ledgers hold, in lines such as "工程" = "project" below [columns]
    #[arg(long, value_name = "FILE")]
    columns: Option<PathBuf>,
    /// Fail when anything could not be read; the rest is read all the same
    #[arg(long)]
    pub(super) strict: bool,
    /// Most seconds that taking the text out of one file may take, and finding what it says; a second more for each
    /// megabyte
    #[arg(long, value_name = "N", default_value_t = read::LIMIT.as_secs())]
    read_limit_s: u64,
}

impl Manner {
    /// The settings of reading.
    pub(super) fn settings(&self) -> Result<Settings, Failure> {
        let limit = Duration::from_secs(self.read_limit_s);
        let Some(path) = &self.columns else { return Ok(Settings { limit, ..Settings::default() }) };
        let text = fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
        Ok(Settings { columns: Columns::from_toml(&text)?, limit })
    }
}

/// What one document gave.
pub(super) struct Done {
    /// The name under which the store keeps it.
    pub(super) key: String,
    /// Its file; for a document inside a file also its name there.
    pub(super) path: PathBuf,
    /// True where its file was named itself.
    pub(super) named: bool,
    /// What became of it.
    pub(super) outcome: Outcome,
}

/// What became of a document.
pub(super) enum Outcome {
    /// It was read; large beside the others, hence boxed.
    Read(Box<Reading>, Vec<Warning>),
    /// It need not be read.
    Skipped,
    /// It cannot be read.
    Failed(Refusal),
}

/// A document that is to be read, of the file at that place in the list.
pub(super) struct Item {
    file: usize,
    piece: Result<Piece, (String, Refusal)>,
}

/// The documents of files in batches of bounded size; a large one has a batch of its own. Files of many documents are
/// opened as their turn comes.
pub(super) fn batches(files: &[SourceFile]) -> impl Iterator<Item = Vec<Item>> {
    let size = |item: &Item| match &item.piece {
        Ok(Piece { source: Source::Memory(bytes), .. }) => bytes.len() as u64,
        Ok(_) => files[item.file].bytes,
        Err(_) => 0,
    };
    let mut items = files.iter().enumerate().flat_map(|(at, file)| items(at, file)).peekable();
    std::iter::from_fn(move || {
        let mut batch = vec![items.next()?];
        let mut bytes = size(&batch[0]);
        while batch.len() < BATCH_FILES
            && let Some(item) = items.next_if(|item| bytes + size(item) <= BATCH_BYTES)
        {
            bytes += size(&item);
            batch.push(item);
        }
        Some(batch)
    })
}

fn items(at: usize, file: &SourceFile) -> Box<dyn Iterator<Item = Item>> {
    let piece = if file.path.as_os_str() == "-" {
        match files::input() {
            Ok(bytes) => Piece::memory(file.key.clone(), bytes),
            Err(error) => {
                let lost = Err((file.key.clone(), Refusal::Disk(error.to_string())));
                return Box::new(std::iter::once(Item { file: at, piece: lost }));
            }
        }
    } else {
        Piece::file(file.key.clone(), file.path.clone())
    };
    Box::new(piece.expand().map(move |piece| Item { file: at, piece }))
}

/// The documents in one file, not yet read for facts, each with its key and the hash of its bytes.
pub(super) fn papers(file: &SourceFile) -> impl Iterator<Item = Result<(String, String, Paper), Refusal>> {
    items(0, file).map(|item| {
        let piece = item.piece.map_err(|(_, refusal)| refusal)?;
        let bytes = piece.load()?;
        let hash = piece.hash(&bytes);
        let paper = silently(|| read::paper_in_time(bytes, &piece, &Settings::default()))?;
        Ok((piece.key.clone(), hash, paper))
    })
}

/// Bytes of all files up to the last of a batch, for progress; files of many documents count from their first on.
pub(super) fn reached(files: &[SourceFile], batch: &[Item]) -> u64 {
    let last = batch.last().map_or(0, |item| item.file + 1);
    files[..last].iter().map(|file| file.bytes).sum()
}

/// Reads batch after batch and hands each on with the bytes reached, the next being read meanwhile, as long as `take` says yes.
///
/// # Errors
/// Those of `take`; nothing more is read then.
pub(super) fn ahead<E>(
    files: &[SourceFile],
    read: &(impl Fn(Vec<Item>) -> Vec<Done> + Sync),
    mut take: impl FnMut(u64, Vec<Done>) -> Result<bool, E>,
) -> Result<(), E> {
    thread::scope(|scope| {
        let (send, receive) = mpsc::sync_channel(0);
        scope.spawn(move || {
            for batch in batches(files) {
                let bytes = reached(files, &batch);
                if send.send((bytes, read(batch))).is_err() {
                    return;
                }
            }
        });
        for (bytes, batch) in receive {
            if !take(bytes, batch)? {
                return Ok(());
            }
        }
        Ok(())
    })
}

/// Reads the documents of a batch in parallel; what became of them in their order. `known` tells by key and hash of the
/// bytes what need not be read.
pub(super) fn read_batch(
    files: &[SourceFile],
    batch: Vec<Item>,
    reader: &dyn Read,
    settings: &Settings,
    known: impl Fn(&str, &str) -> bool + Sync,
) -> Vec<Done> {
    let read = |item: Item| {
        let file = &files[item.file];
        let (key, outcome) = match item.piece {
            Ok(piece) => {
                let outcome = document(&piece, reader, settings, &known).unwrap_or_else(Outcome::Failed);
                (piece.key, outcome)
            }
            Err((key, refusal)) => (key, Outcome::Failed(refusal)),
        };
        let inside = key.strip_prefix(file.key.as_str()).unwrap_or_default();
        let path = PathBuf::from(format!("{}{inside}", file.path.display()));
        Done { key, path, named: file.named, outcome }
    };
    batch.into_par_iter().map(read).collect()
}

fn document(
    piece: &Piece,
    reader: &dyn Read,
    settings: &Settings,
    known: impl Fn(&str, &str) -> bool,
) -> Result<Outcome, Refusal> {
    let bytes = piece.load()?;
    let hash = piece.hash(&bytes);
    if known(&piece.key, &hash) {
        return Ok(Outcome::Skipped);
    }
    let limit = read::limit(bytes.len(), settings);
    let paper = silently(|| read::paper_in_time(bytes, piece, settings))?;
    let warnings = paper.warnings.clone();
    let until = is_long(&paper).then(|| Instant::now() + limit);
    let reading = reader.read_paper(&piece.key, hash, paper, until);
    let reading = reading.map_err(|error| match error {
        ReadError::Slow => Refusal::Slow { seconds: limit.as_secs() },
        _ => Refusal::Empty,
    })?;
    Ok(Outcome::Read(Box::new(reading), warnings))
}

/// From this many characters on the time of looking for facts is limited; below it is a matter of seconds.
const LONG: usize = 1 << 18;

fn is_long(paper: &Paper) -> bool {
    matches!(&paper.content, Content::Text(chars) if chars.len() >= LONG)
}

thread_local! {
    /// True while a panic on this thread costs only one file and is told as that.
    static ISOLATED: Cell<bool> = const { Cell::new(false) };
}

/// Runs a reader of one file whose panics are caught, without a word about them.
fn silently<T>(read: impl FnOnce() -> T) -> T {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !ISOLATED.get() && thread::current().name() != Some(read::WATCHED_THREAD) {
                before(info);
            }
        }));
    });
    ISOLATED.set(true);
    let result = read();
    ISOLATED.set(false);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_hold_every_document_once_and_in_order() {
        let folder = tempfile::tempdir().expect("folder");
        let file = |n: usize| {
            let path = folder.path().join(format!("{n}.txt"));
            fs::write(&path, "正文。").expect("file");
            let bytes = if n % 700 == 3 { 9 << 20 } else { 100_000 };
            SourceFile { key: n.to_string(), path, bytes, named: true }
        };
        let files: Vec<_> = (0..2000).map(file).collect();
        let cut: Vec<_> = batches(&files).collect();
        let order: Vec<usize> = cut.iter().flatten().map(|item| item.file).collect();
        assert_eq!(order, (0..2000).collect::<Vec<_>>());
        for batch in cut {
            let bytes: u64 = batch.iter().map(|item| files[item.file].bytes).sum();
            assert!(batch.len() == 1 || bytes <= BATCH_BYTES, "{} files of {bytes} bytes", batch.len());
        }
        assert_eq!(batches(&[]).count(), 0);
    }
}
