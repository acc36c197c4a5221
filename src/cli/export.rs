//! `export`: the graph, or a part of it, for other tools.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use oxigraph::model::{NamedOrBlankNode, Term};
use oxigraph::sparql::QueryResults;

use super::graph::node_kind;
use super::names::things;
use super::{Context, Failure, Location, Outcome, output};
use crate::export::{self, BUNDLES, Bundle, FORMATS, Format, Source};
use crate::graph::{NodeKind, PropertyGraph, Wanted};
use crate::store::{Mode, QueryError, Store};

/// Arguments of `export`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    location: Location,
    /// Form of the output; neo4j, gephi and csv write several files into a folder
    #[arg(long, default_value = "turtle", value_name = "FORMAT",
        value_parser = PossibleValuesParser::new(FORMATS.iter().map(|it| it.name).chain(BUNDLES.iter().map(|it| it.name))))]
    format: String,
    /// Writes to a file, which appears whole or not at all; a folder for neo4j, gephi and csv
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
    /// Only what is in this industry or a narrower one, and what that is joined to
    #[arg(long, value_name = "NAME")]
    industry: Option<String>,
    /// Only the things in the results of the SPARQL query in this file
    #[arg(long, value_name = "FILE")]
    query: Option<PathBuf>,
    /// Version of RDF that the readers know: 1.1 writes evidence as rdf:Statement
    #[arg(long, default_value = "1.2", value_name = "VERSION", value_parser = ["1.1", "1.2"])]
    rdf: String,
}

/// Edges that Mermaid draws unless its pages are told to draw more.
const MERMAID_EDGES: usize = 500;

/// Runs the command.
///
/// # Errors
/// When the store cannot be had, a name is unknown, the query is wrong or the output cannot be written.
pub fn run(args: &Args, context: &Context) -> Result<Outcome, Failure> {
    let store = args.location.open(Mode::Read)?;
    let source = source(args, &store)?;
    if args.format == "mermaid" && source.edge_count()? > MERMAID_EDGES {
        context.note(
            "关系超过 500 条，Mermaid 默认不画；请用 --focus 选取一部分，或改用 --format svg",
            "Mermaid draws 500 relations at most by default; take a part with --focus, or --format svg",
        );
    }
    if let Some(bundle) = export::bundle(&args.format) {
        return folder(bundle, &source, args.output.as_deref());
    }
    let format = format(&args.format)?;
    match &args.output {
        Some(path) => export::write_file(path, |out| (format.write)(&source, out))?,
        None => (format.write)(&source, &mut output())?,
    }
    Ok(Outcome::Done)
}

/// Writes the files of a bundle.
fn folder(bundle: &Bundle, source: &Source<'_>, folder: Option<&Path>) -> Result<Outcome, Failure> {
    let name = bundle.name;
    let parts = || bundle.files.iter().map(|(format, _)| *format).collect::<Vec<_>>().join(" ");
    let folder = folder.ok_or_else(|| {
        Failure::new(
            format!("格式 {name} 写出多个文件；请用 -o 给出文件夹，或只取其一：{}", parts()),
            format!("the format {name} writes several files; name a folder with -o, or take one of: {}", parts()),
        )
    })?;
    let failed = |error: std::io::Error| {
        let shown = folder.display();
        Failure::new(
            format!("无法创建文件夹 {shown}（{error}）；请换一个路径"),
            format!("cannot make the folder {shown} ({error}); choose another path"),
        )
    };
    fs::create_dir_all(folder).map_err(failed)?;
    for (name, file) in bundle.files {
        let format = format(name)?;
        export::write_file(&folder.join(file), |out| (format.write)(source, out))?;
    }
    Ok(Outcome::Done)
}

fn format(name: &str) -> Result<&'static Format, Failure> {
    let unknown = || Failure::new(format!("没有格式 {name}"), format!("there is no format {name}"));
    export::format(name).ok_or_else(unknown)
}

fn source<'a>(args: &Args, store: &'a Store) -> Result<Source<'a>, Failure> {
    let focus = match &args.focus {
        Some(name) => things(store, name)?,
        None => Vec::new(),
    };
    let industry = args.industry.as_deref().map(|name| industry(store, name)).transpose()?;
    let chosen = args.query.as_deref().map(|file| chosen(store, file)).transpose()?;
    let source = Source::part(store, Wanted { focus, hops: args.hops, kind: args.kind, industry, chosen })?;
    Ok(if args.rdf == "1.1" { source.plain() } else { source })
}

/// The name of an industry as the graph or the taxonomy has it.
fn industry(store: &Store, name: &str) -> Result<String, Failure> {
    let graph = PropertyGraph::read(store)?;
    if !graph.in_industry(name).is_empty() {
        return Ok(name.to_owned());
    }
    let labels = graph.find_all(&things(store, name)?).into_iter().map(|at| graph.thing(at).label);
    let known = labels.into_iter().find(|label| !graph.in_industry(label).is_empty());
    known.ok_or_else(|| {
        Failure::new(
            format!("“{name}”不是图谱里的产业；`parkgraph graph industry` 列出全部产业"),
            format!("“{name}” is no industry of the graph; `parkgraph graph industry` lists them"),
        )
    })
}

/// The identities in the results of a query.
fn chosen(store: &Store, file: &Path) -> Result<BTreeSet<String>, Failure> {
    let query = fs::read_to_string(file).map_err(|error| {
        let shown = file.display();
        Failure::new(
            format!("无法读取 {shown}（{error}）；请检查路径"),
            format!("cannot read {shown} ({error}); check the path"),
        )
    })?;
    let mut found = BTreeSet::new();
    match store.sparql(&query, &[])? {
        QueryResults::Solutions(rows) => {
            for row in rows {
                let row = row.map_err(QueryError::from)?;
                row.iter().for_each(|(_, term)| found.extend(iri(term)));
            }
        }
        QueryResults::Graph(triples) => {
            for triple in triples {
                let triple = triple.map_err(QueryError::from)?;
                if let NamedOrBlankNode::NamedNode(node) = triple.subject {
                    found.insert(node.into_string());
                }
                found.extend(iri(&triple.object));
            }
        }
        QueryResults::Boolean(_) => {
            return Err(Failure::new(
                "ASK 查询不选取事物；请用 SELECT 或 CONSTRUCT",
                "an ASK query chooses no things; use SELECT or CONSTRUCT",
            ));
        }
    }
    Ok(found)
}

fn iri(term: &Term) -> Option<String> {
    match term {
        Term::NamedNode(node) => Some(node.as_str().to_owned()),
        _ => None,
    }
}
