//! `export`: the graph, or a part of it, for other tools.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;

use super::{Context, Failure, Location, Outcome, output};
use crate::ask::{Names, key};
use crate::export::{self, FORMATS, Format, Source};
use crate::graph::{NodeKind, Wanted};
use crate::store::{Mode, Store};

/// Arguments of `export`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    location: Location,
    /// Form of the output
    #[arg(long, default_value = "turtle", value_name = "FORMAT",
        value_parser = PossibleValuesParser::new(FORMATS.iter().map(|format| format.name)))]
    format: String,
    /// Writes to a file, which appears whole or not at all
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Only what lies around the thing of this name
    #[arg(long, value_name = "NAME")]
    focus: Option<String>,
    /// Steps around the focus
    #[arg(long, default_value_t = 1, value_name = "N", requires = "focus")]
    hops: usize,
    /// Only things of this type, such as Project, with their sums
    #[arg(long = "type", value_name = "TYPE", value_parser = node_kind)]
    kind: Option<NodeKind>,
    /// Version of RDF that the readers know: 1.1 writes evidence as rdf:Statement
    #[arg(long, default_value = "1.2", value_name = "VERSION", value_parser = ["1.1", "1.2"])]
    rdf: String,
}

fn node_kind(text: &str) -> Result<NodeKind, String> {
    NodeKind::from_name(text).ok_or_else(|| {
        "take one of Enterprise, Organization, Park, Project, Policy, Industry, Place, ProjectGroup, Amount".to_owned()
    })
}

/// Runs the command.
///
/// # Errors
/// When the store cannot be had, the focus is unknown or the output cannot be written.
pub fn run(args: &Args, _context: &Context) -> Result<Outcome, Failure> {
    let store = args.location.open(Mode::Read)?;
    let source = source(args, &store)?;
    let format = format(args)?;
    match &args.output {
        Some(path) => export::write_file(path, |out| (format.write)(&source, out))?,
        None => (format.write)(&source, &mut output())?,
    }
    Ok(Outcome::Done)
}

fn format(args: &Args) -> Result<&'static Format, Failure> {
    let unknown = || Failure::new(format!("没有格式 {}", args.format), format!("there is no format {}", args.format));
    export::format(&args.format).ok_or_else(unknown)
}

fn source<'a>(args: &Args, store: &'a Store) -> Result<Source<'a>, Failure> {
    let focus = match &args.focus {
        Some(name) => focus(store, name)?,
        None => Vec::new(),
    };
    let source = Source::part(store, Wanted { focus, hops: args.hops, kind: args.kind })?;
    Ok(if args.rdf == "1.1" { source.plain() } else { source })
}

/// The identities of the things of that name.
fn focus(store: &Store, name: &str) -> Result<Vec<String>, Failure> {
    let names = Names::read(store)?;
    let found = names.find(&key(name));
    if found.is_empty() {
        let near = names.nearest(&key(name), 5).join("、");
        return Err(Failure::new(
            format!("图谱里没有“{name}”；相近的名称：{near}"),
            format!("the graph has nothing called “{name}”; near names: {near}"),
        ));
    }
    Ok(found.into_iter().map(|id| names.thing(id).iri.as_str().to_owned()).collect())
}
