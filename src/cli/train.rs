//! `parkgraph train`: annotated documents → a file of weights.

use std::io::{BufRead, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::{Context, Failure, Outcome};
use crate::evaluate::{read_folder, score_documents};
use crate::extract::{Surface, network_bits, shipped_network};
use crate::learn::neural::Network;
use crate::lexicon::Lexicon;
use crate::model::CleanSpan;
use crate::text;
use crate::training::{Course, FOLDS, Lesson};

/// Learn weights from annotated documents
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  parkgraph train gold/train gold/seeds -o weights/parkgraph.weights
  parkgraph train gold/dev --leave d016..d030 -o own.weights
  parkgraph train gold/train gold/dev --cross-validate
  parkgraph train gold/train gold/dev --networks networks -o weights/parkgraph.weights")]
pub struct Args {
    /// Folders in which each X.txt has its annotation X.json beside it
    #[arg(value_name = "FOLDER", required_unless_present = "bits")]
    gold: Vec<PathBuf>,
    /// Where the weights are written
    #[arg(short, long, value_name = "FILE", required_unless_present_any = ["cross_validate", "bits"])]
    output: Option<PathBuf>,
    /// Score by cross-validation over the documents, in five folds
    #[arg(long)]
    cross_validate: bool,
    /// Folder with tagger.0.bin … tagger.4.bin: networks that have not seen the documents of their fold (document n is in
    /// fold n modulo 5). Without it the network that ships reads all, which is right for articles of your own
    #[arg(long, value_name = "DIR")]
    networks: Option<PathBuf>,
    /// Read sentences from standard input, one a line, and write what the network is told of each character: eight bytes,
    /// little endian. Training the network needs it (training/README.md)
    #[arg(long, conflicts_with_all = ["gold", "output", "cross_validate", "networks", "leave"])]
    bits: bool,
    /// Leave these documents out: the first and the last name of a range
    #[arg(long, value_name = "FIRST..LAST", value_parser = super::eval::range)]
    leave: Option<(String, String)>,
}

/// Runs the command.
///
/// # Errors
/// When a folder holds no annotated documents, one cannot be read, or the weights cannot be written.
pub fn run(args: &Args, context: &Context) -> Result<Outcome, Failure> {
    if args.bits {
        return write_bits();
    }
    let mut lessons = Vec::new();
    for folder in &args.gold {
        lessons.extend(read_lessons(folder, args)?);
    }
    let count = lessons.len();
    let borrowed: Vec<&Lesson> = lessons.iter().collect();
    let loaded = args.networks.as_deref().map(load_networks).transpose()?.unwrap_or_default();
    let networks: Vec<&Network> = match shipped_network() {
        Ok(shipped) if loaded.is_empty() => vec![shipped; FOLDS],
        _ => loaded.iter().collect(),
    };
    let course = Course { lessons: &borrowed, networks: &networks, lexicon: Lexicon::shared() };
    if args.cross_validate {
        context.note(
            &format!("对 {count} 篇标注文章做 {FOLDS} 折交叉验证"),
            &format!("cross-validating {count} annotated articles in {FOLDS} folds"),
        );
        let documents: Vec<_> =
            lessons.iter().map(|lesson| lesson.gold.clone()).zip(course.cross_validated()).collect();
        super::print(&format!("{}\n", score_documents(&documents)))?;
    }
    if let Some(output) = &args.output {
        context.note(&format!("从 {count} 篇标注文章学习"), &format!("learning from {count} annotated articles"));
        write(output, &course.train(None).to_weights().to_bytes(), context)?;
    }
    Ok(Outcome::Done)
}

/// Writes the network's bits of every line of standard input; ends of lines have none.
fn write_bits() -> Result<Outcome, Failure> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut bits = Vec::new();
    for line in std::io::stdin().lock().lines() {
        let chars: Vec<char> = line?.chars().collect();
        let surface = Surface::of(&chars, Lexicon::shared());
        bits.clear();
        network_bits(&surface, CleanSpan::new(0, chars.len()), &mut bits);
        for word in &bits {
            out.write_all(&word.to_le_bytes())?;
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}

/// The networks of all folds.
fn load_networks(folder: &Path) -> Result<Vec<Network>, Failure> {
    let load = |fold: usize| {
        let path = folder.join(format!("tagger.{fold}.bin"));
        let bytes = std::fs::read(&path).map_err(|why| {
            Failure::new(format!("无法读取网络 {}：{why}", path.display()), format!("{}: {why}", path.display()))
        })?;
        Network::load(&bytes).map_err(|why| {
            Failure::new(format!("{} 不是可用的网络：{why}", path.display()), format!("{}: {why}", path.display()))
        })
    };
    (0..FOLDS).map(load).collect()
}

fn write(output: &Path, weights: &[u8], context: &Context) -> Result<(), Failure> {
    let written = output.with_extension("partial");
    std::fs::write(&written, weights)?;
    std::fs::rename(&written, output)?;
    let (shown, bytes) = (output.display(), weights.len());
    context.note(&format!("权重已写入 {shown}（{bytes} 字节）"), &format!("weights are in {shown} ({bytes} bytes)"));
    Ok(())
}

fn read_lessons(folder: &Path, args: &Args) -> Result<Vec<Lesson>, Failure> {
    let annotated = read_folder(folder).map_err(|why| Failure::new(why.zh(), why.to_string()))?;
    let left_out =
        |name: &str| args.leave.as_ref().is_some_and(|(first, last)| first.as_str() <= name && name <= last.as_str());
    let mut lessons = Vec::new();
    for it in annotated.into_iter().filter(|it| !left_out(&it.gold.id)) {
        let shown = it.path.display().to_string();
        let article =
            text::read(&it.bytes).map_err(|why| Failure::new(format!("{shown}：{why}"), format!("{shown}: {why}")))?;
        lessons.push(Lesson { gold: it.gold, article });
    }
    Ok(lessons)
}
