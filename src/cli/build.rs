//! `build`: files and folders into a store.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::files::SourceFile;
use super::journal::JournalFile;
use super::problems::Problems;
use super::reading::{self, Jobs, Learning, Manner};
use super::results::{self, Form, Results};
use super::{Context, Failure, Location, Outcome, files, print, progress, startup};
use crate::model::Reading;
use crate::store::{Mode, Put};

/// From this many changed documents on, putting the store in order pays.
const OPTIMIZE_FROM: usize = 64;

/// Arguments of `build`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files and folders to read; `-` is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    location: Location,
    #[command(flatten)]
    intake: Intake,
}

/// How files are taken into a store, and what is told of it.
#[derive(Debug, clap::Args)]
pub(super) struct Intake {
    #[command(flatten)]
    manner: Manner,
    #[command(flatten)]
    learning: Learning,
    /// Print what became of each document
    #[arg(long, value_enum, value_name = "FORM")]
    results: Option<Form>,
    /// Write what could not be read, with the reasons, to this file, one JSON object a line
    #[arg(long, value_name = "FILE")]
    quarantine: Option<PathBuf>,
    #[command(flatten)]
    jobs: Jobs,
    #[command(flatten)]
    journal: JournalFile,
    /// No statements that only follow from others, in the graph pgr:inferred
    #[arg(long)]
    no_inference: bool,
}

/// What becomes of documents of the store whose files are not among those given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gone {
    /// They stay.
    Keep,
    /// They go.
    Remove,
    /// Nothing is changed; what would be is told.
    Tell,
}

/// What a run did.
#[derive(Debug, Default)]
struct Tally {
    put: Put,
    removed: usize,
    facts: usize,
    bytes: u64,
}

impl Tally {
    fn add(&mut self, put: Put, readings: &[Reading]) {
        self.put.added += put.added;
        self.put.replaced += put.replaced;
        self.put.unchanged += put.unchanged;
        self.facts += readings.iter().map(results::facts).sum::<usize>();
    }

    fn documents(&self) -> usize {
        self.put.added + self.put.replaced + self.put.unchanged
    }

    fn tell(&self, context: &Context, time: Duration) {
        let (megabytes, seconds) = (self.bytes as f64 / 1e6, time.as_secs_f64());
        let speed = megabytes / seconds.max(1e-3);
        let Put { added, replaced, unchanged } = self.put;
        let (documents, facts) = (self.documents(), self.facts);
        let (gone_zh, gone_en) = match self.removed {
            0 => (String::new(), String::new()),
            removed => (format!("，删 {removed}"), format!(", {removed} removed")),
        };
        context.note(
            &format!(
                "{documents} 篇文档（新 {added}，变 {replaced}，未变 {unchanged}{gone_zh}），{facts} 条事实，{megabytes:.2} MB，{seconds:.2} 秒，{speed:.2} MB/s"
            ),
            &format!(
                "{documents} documents ({added} new, {replaced} changed, {unchanged} unchanged{gone_en}), {facts} facts, {megabytes:.2} MB, {seconds:.2} s, {speed:.2} MB/s"
            ),
        );
    }
}

/// Runs the command.
///
/// # Errors
/// When the store cannot be had or no file can be read.
pub fn run(args: &Args, context: &Context) -> Result<Outcome, Failure> {
    load(&args.paths, &args.location, &args.intake, Gone::Keep, context)
}

/// Reads what is new or changed at these paths into the store.
pub(super) fn load(
    paths: &[PathBuf],
    location: &Location,
    intake: &Intake,
    gone: Gone,
    context: &Context,
) -> Result<Outcome, Failure> {
    let start = Instant::now();
    startup::keep_freed_memory();
    intake.jobs.apply();
    let settings = intake.manner.settings()?;
    let found = files::find(paths);
    let mut problems = Problems::new(found.missing, found.passed_over, intake.manner.strict);
    let mut results = Results::new(intake.results);
    if found.files.is_empty() {
        return problems.report(context, 0);
    }
    let stop = progress::stop_wish();
    let store = location.open(if gone == Gone::Tell { Mode::Read } else { Mode::Write })?;
    let reader = intake.learning.reader(context)?;
    let version = [reader.version(), settings.columns.version().to_owned()].join(".");
    let version = version.trim_end_matches('.');
    let known = store.fingerprints()?;
    if gone == Gone::Tell {
        return tell(&found.files, &known, version);
    }
    intake.journal.follow(location, &store)?;
    store.set_infers(!intake.no_inference)?;
    let is_known = |key: &str, hash: &str| {
        known.get(key).and_then(|print| print.split_once(' ')).is_some_and(|print| print == (hash, version))
    };
    let bar = progress::bar(context, found.files.iter().map(|file| file.bytes).sum());
    let mut loader = store.loader(version)?;
    let mut tally = Tally::default();
    let mut seen = Seen::default();
    let read = |batch| reading::read_batch(&found.files, batch, reader.as_ref(), &settings, is_known);
    reading::ahead(&found.files, &read, |bytes, batch| {
        tally.bytes = bytes;
        let mut readings = Vec::with_capacity(batch.len());
        for done in batch {
            results.add(&done, context)?;
            seen.add(&done);
            match done.outcome {
                reading::Outcome::Read(reading, _) => readings.push(*reading),
                reading::Outcome::Skipped => tally.put.unchanged += 1,
                reading::Outcome::Failed(refusal) => problems.refused(done.path, done.named, refusal),
            }
        }
        let put = loader.add(&readings)?;
        tally.add(put, &readings);
        bar.set_position(bytes);
        Ok::<_, Failure>(!progress::is_stopped(&stop))
    })?;
    loader.finish()?;
    if gone == Gone::Remove && !progress::is_stopped(&stop) {
        tally.removed = store.remove_all(known.keys().map(String::as_str).filter(|key| !seen.has(key)))?;
    }
    let changed = tally.put.added + tally.put.replaced + tally.removed;
    if changed >= OPTIMIZE_FROM {
        bar.set_message(context.pick("整理中", "putting in order").to_owned());
        store.optimize()?;
    }
    if changed > 0 {
        store.settle()?;
        drop(store);
        if changed >= OPTIMIZE_FROM {
            // Opened once more, the database writes the list of its files anew, which every reader reads whole.
            drop(location.open(Mode::Write));
        }
        // Questions find names and sentences beside the database; where this fails they gather them themselves.
        if let Ok(store) = location.open(Mode::Read) {
            rayon::join(|| crate::ask::Names::read(&store).is_ok(), || crate::ask::Sentences::read(&store).is_ok());
        }
    }
    bar.finish_and_clear();
    tally.tell(context, start.elapsed());
    problems.losses = results.losses;
    results.finish(intake.quarantine.as_deref(), context)?;
    if progress::is_stopped(&stop) {
        context.say(
            "已停止：完整读入的文档已入库，再次运行同一命令即可继续",
            "stopped: whole documents are stored; run the same command again to go on",
        );
        problems.report(context, tally.documents())?;
        return Ok(Outcome::Partly);
    }
    problems.report(context, tally.documents())
}

/// The documents that a run came by.
#[derive(Debug, Default)]
struct Seen {
    keys: BTreeSet<String>,
    /// What could not be read now; what was read of it before stays.
    refused: Vec<String>,
}

impl Seen {
    fn add(&mut self, done: &reading::Done) {
        self.keys.insert(done.key.clone());
        if matches!(done.outcome, reading::Outcome::Failed(_)) {
            self.refused.push(done.key.clone());
        }
    }

    fn has(&self, key: &str) -> bool {
        self.keys.contains(key) || self.refused.iter().any(|refused| key.starts_with(refused.as_str()))
    }
}

/// Prints what a run would do: `+` new, `~` changed, `-` gone. Files that hold several documents are told as one.
fn tell(files: &[SourceFile], known: &BTreeMap<String, String>, version: &str) -> Result<Outcome, Failure> {
    let mut text = String::new();
    let mut left: BTreeSet<&str> = known.keys().map(String::as_str).collect();
    for file in files {
        let hash = std::fs::read(&file.path).map(|bytes| blake3::hash(&bytes).to_hex().to_string()).unwrap_or_default();
        let inside = |key: &str| key.strip_prefix(file.key.as_str()).is_some_and(|rest| !rest.is_empty());
        let several = known.range(file.key.clone()..).next().is_some_and(|(key, _)| inside(key));
        left.retain(|key| *key != file.key && !(several && inside(key)));
        match known.get(&file.key) {
            None if !several => text += &format!("+ {}\n", file.key),
            Some(print) if *print != format!("{hash} {version}") => text += &format!("~ {}\n", file.key),
            _ => {}
        }
    }
    text.extend(left.iter().map(|key| format!("- {key}\n")));
    print(&text)?;
    Ok(Outcome::Done)
}
