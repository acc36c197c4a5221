//! `build`: files and folders into a store.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::problems::Problems;
use super::reading::{self, Jobs};
use super::{Context, Failure, Location, Outcome, files, progress};
use crate::model::Reading;
use crate::store::{Mode, Put};

/// From this many changed documents on, putting the store in order pays.
const OPTIMIZE_FROM: usize = 64;

/// Arguments of `build`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files and folders to read
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    location: Location,
    #[command(flatten)]
    jobs: Jobs,
}

/// What a run did.
#[derive(Debug, Default)]
struct Tally {
    put: Put,
    facts: usize,
    bytes: u64,
}

impl Tally {
    fn add(&mut self, put: Put, readings: &[Reading]) {
        self.put.added += put.added;
        self.put.replaced += put.replaced;
        self.put.unchanged += put.unchanged;
        self.facts += readings.iter().map(facts).sum::<usize>();
    }

    fn documents(&self) -> usize {
        self.put.added + self.put.replaced + self.put.unchanged
    }

    fn tell(&self, context: &Context, time: Duration) {
        let (megabytes, seconds) = (self.bytes as f64 / 1e6, time.as_secs_f64());
        let speed = megabytes / seconds.max(1e-3);
        let Put { added, replaced, unchanged } = self.put;
        let (documents, facts) = (self.documents(), self.facts);
        context.note(
            &format!(
                "{documents} 篇文档（新 {added}，变 {replaced}，未变 {unchanged}），{facts} 条事实，{megabytes:.2} MB，{seconds:.2} 秒，{speed:.2} MB/s"
            ),
            &format!(
                "{documents} documents ({added} new, {replaced} changed, {unchanged} unchanged), {facts} facts, {megabytes:.2} MB, {seconds:.2} s, {speed:.2} MB/s"
            ),
        );
    }
}

/// Runs the command.
///
/// # Errors
/// When the store cannot be had or no file can be read.
pub fn run(args: &Args, context: &Context) -> Result<Outcome, Failure> {
    args.jobs.apply();
    let start = Instant::now();
    let found = files::find(&args.paths);
    let mut problems = Problems::new(found.missing);
    if found.files.is_empty() {
        return problems.report(context, 0);
    }
    let stop = progress::stop_wish();
    let store = args.location.open(Mode::Write)?;
    let reader = reading::reader()?;
    let version = reader.version();
    let known = store.fingerprints()?;
    let is_known = |key: &str, hash: &str| {
        known.get(key).and_then(|print| print.split_once(' ')).is_some_and(|print| print == (hash, version.as_str()))
    };
    let bar = progress::bar(context, found.files.iter().map(|file| file.bytes).sum());
    let mut tally = Tally::default();
    for batch in reading::batches(&found.files) {
        if progress::is_stopped(&stop) {
            break;
        }
        let mut readings = Vec::with_capacity(batch.len());
        for (file, outcome) in batch.iter().zip(reading::read_batch(batch, reader.as_ref(), is_known)) {
            match outcome {
                reading::Outcome::Read(reading) => readings.push(*reading),
                reading::Outcome::Skipped => tally.put.unchanged += 1,
                reading::Outcome::Failed(failure) => {
                    problems.add(file.path.clone(), failure);
                    continue;
                }
            }
            tally.bytes += file.bytes;
        }
        let put = store.put(&readings, &version)?;
        tally.add(put, &readings);
        bar.inc(batch.iter().map(|file| file.bytes).sum());
    }
    if tally.put.added + tally.put.replaced >= OPTIMIZE_FROM {
        bar.set_message(context.pick("整理中", "putting in order").to_owned());
        store.optimize()?;
    }
    if tally.put.added + tally.put.replaced > 0 {
        store.settle()?;
        drop(store);
        // Questions find the names beside the database; where this fails they gather them themselves.
        if let Ok(store) = args.location.open(Mode::Read) {
            let _ = crate::ask::Names::read(&store);
        }
    }
    bar.finish_and_clear();
    tally.tell(context, start.elapsed());
    let outcome = problems.report(context, tally.documents())?;
    if progress::is_stopped(&stop) {
        context.say(
            "已停止：完整读入的文档已入库，再次运行同一命令即可继续",
            "stopped: whole documents are stored; run the same command again to go on",
        );
        return Ok(Outcome::Partly);
    }
    Ok(outcome)
}

/// Number of facts that a document states.
fn facts(reading: &Reading) -> usize {
    reading.entities.len()
        + reading.amounts.len()
        + reading.groups.len()
        + reading.relations.len()
        + reading.observations.len()
}
