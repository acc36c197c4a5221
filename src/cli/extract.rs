//! `extract`: the facts of documents on standard output, without a store.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::ValueEnum;
use oxigraph::io::{RdfFormat, RdfSerializer, WriterQuadSerializer};
use oxigraph::model::{GraphNameRef, QuadRef};

use super::problems::Problems;
use super::reading::{self, Jobs, Learning, Manner};
use super::results::Results;
use super::{Context, Failure, Outcome, files, output};
use crate::model::Reading;
use crate::rdf;

/// Arguments of `extract`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files and folders to read; `-` is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Form of the output
    #[arg(long, value_enum, default_value = "nquads", value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    manner: Manner,
    #[command(flatten)]
    learning: Learning,
    #[command(flatten)]
    jobs: Jobs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One quad a line, each document in its named graph
    Nquads,
    /// One graph with prefixes
    Turtle,
    /// One JSON object a document
    Jsonl,
}

/// Runs the command.
///
/// # Errors
/// When no file can be read or the output is refused.
pub fn run(args: &Args, context: &Context) -> Result<Outcome, Failure> {
    args.jobs.apply();
    let settings = args.manner.settings()?;
    let found = files::find(&args.paths);
    let mut problems = Problems::new(found.missing, found.passed_over, args.manner.strict);
    let (mut results, mut good) = (Results::new(None), 0);
    let reader = args.learning.reader(context)?;
    let mut sink = Sink::new(args.format, output());
    for batch in reading::batches(&found.files) {
        for done in reading::read_batch(&found.files, batch, reader.as_ref(), &settings, |_, _| false) {
            results.add(&done, context)?;
            match done.outcome {
                reading::Outcome::Read(reading, _) => {
                    sink.write(&reading)?;
                    good += 1;
                }
                reading::Outcome::Skipped => {}
                reading::Outcome::Failed(refusal) => problems.refused(done.path, done.named, refusal),
            }
        }
    }
    sink.finish()?;
    problems.losses = results.losses;
    results.finish(None, context)?;
    problems.report(context, good)
}

enum Sink<W: Write> {
    Rdf(Format, Box<WriterQuadSerializer<W>>),
    Jsonl(W),
}

impl<W: Write> Sink<W> {
    fn new(format: Format, out: W) -> Self {
        match format {
            Format::Jsonl => Self::Jsonl(out),
            Format::Nquads => {
                Self::Rdf(format, Box::new(RdfSerializer::from_format(RdfFormat::NQuads).for_writer(out)))
            }
            Format::Turtle => Self::Rdf(format, Box::new(turtle().for_writer(out))),
        }
    }

    fn write(&mut self, reading: &Reading) -> io::Result<()> {
        match self {
            Self::Jsonl(out) => writeln!(out, "{}", rdf::json_line(reading)),
            Self::Rdf(format, out) => rdf::quads(reading).iter().try_for_each(|quad| {
                let mut quad = QuadRef::from(quad);
                if *format == Format::Turtle {
                    quad.graph_name = GraphNameRef::DefaultGraph;
                }
                out.serialize_quad(quad)
            }),
        }
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Self::Jsonl(mut out) => out.flush(),
            Self::Rdf(_, out) => out.finish()?.flush(),
        }
    }
}

/// A Turtle serializer that shortens by our prefixes.
pub(super) fn turtle() -> RdfSerializer {
    let with = |serializer: RdfSerializer, (prefix, namespace): &(&str, &str)| {
        serializer.clone().with_prefix(*prefix, *namespace).unwrap_or(serializer)
    };
    rdf::terms::PREFIXES.iter().fold(RdfSerializer::from_format(RdfFormat::Turtle), with)
}
