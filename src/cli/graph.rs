//! `graph`: what can be computed on the graph: paths, neighbours, centrality, communities, components, industry chains.

mod text;

use clap::{Subcommand, ValueEnum};
use serde::Serialize;

use super::form::{TableOrJson, print_json};
use super::names::things;
use super::{Context, Failure, Location, Outcome, print};
use crate::graph::{NodeKind, PropertyGraph, Rank};
use crate::store::{Mode, Store};

/// Arguments of `graph`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    view: View,
}

/// The table of views.
#[derive(Debug, Subcommand)]
enum View {
    /// Shortest paths between two things, with the sentences along the way
    Paths(PathArgs),
    /// What a thing is joined to
    Neighbours(NeighbourArgs),
    /// The most central things, by degree or PageRank
    Centrality(CentralityArgs),
    /// Groups of things that are joined more closely, by the Louvain method
    Communities(GroupArgs),
    /// Parts of the graph that nothing joins
    Components(GroupArgs),
    /// Industry chains: narrower industries, projects, enterprises, parks, policies and sums
    Industry(IndustryArgs),
}

/// Arguments of `graph paths` and of `path`.
#[derive(Debug, clap::Args)]
pub struct PathArgs {
    /// Name of the first thing
    #[arg(value_name = "A")]
    from: String,
    /// Name of the other thing
    #[arg(value_name = "B")]
    to: String,
    #[command(flatten)]
    location: Location,
    /// Paths at most
    #[arg(long, default_value_t = 3, value_name = "N")]
    most: usize,
    /// Form of the output
    #[arg(long, value_enum, default_value = "table", value_name = "FORMAT")]
    format: TableOrJson,
}

#[derive(Debug, clap::Args)]
struct NeighbourArgs {
    /// Name of the thing
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    location: Location,
    /// Steps around it
    #[arg(long, default_value_t = 1, value_name = "N")]
    hops: usize,
    /// Tells the sentences as well
    #[arg(long)]
    evidence: bool,
    /// Form of the output
    #[arg(long, value_enum, default_value = "table", value_name = "FORMAT")]
    format: TableOrJson,
}

#[derive(Debug, clap::Args)]
struct CentralityArgs {
    #[command(flatten)]
    location: Location,
    /// Measure to sort by
    #[arg(long, value_enum, default_value = "pagerank", value_name = "MEASURE")]
    by: Measure,
    /// Only things of this type, such as Park
    #[arg(long = "type", value_name = "TYPE", value_parser = node_kind)]
    kind: Option<NodeKind>,
    /// Things at most
    #[arg(long, default_value_t = 20, value_name = "N")]
    most: usize,
    /// Form of the output
    #[arg(long, value_enum, default_value = "table", value_name = "FORMAT")]
    format: TableOrJson,
}

#[derive(Debug, clap::Args)]
struct GroupArgs {
    #[command(flatten)]
    location: Location,
    /// Only those of at least so many things
    #[arg(long, default_value_t = 3, value_name = "N")]
    least: usize,
    /// Things named of each at most
    #[arg(long, default_value_t = 5, value_name = "N")]
    named: usize,
    /// Form of the output
    #[arg(long, value_enum, default_value = "table", value_name = "FORMAT")]
    format: TableOrJson,
}

#[derive(Debug, clap::Args)]
struct IndustryArgs {
    /// Name of the industry [default: all of them]
    #[arg(value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    location: Location,
    /// Form of the output
    #[arg(long, value_enum, default_value = "table", value_name = "FORMAT")]
    format: TableOrJson,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Measure {
    Degree,
    Pagerank,
}

/// The kind of node that a user names.
pub fn node_kind(text: &str) -> Result<NodeKind, String> {
    NodeKind::from_name(text).ok_or_else(|| {
        "take one of Enterprise, Organization, Park, Project, Policy, Industry, Place, ProjectGroup, Amount".to_owned()
    })
}

/// Runs the command.
///
/// # Errors
/// When the store cannot be had or has nothing of a given name.
pub fn run(args: &Args, context: &Context) -> Result<Outcome, Failure> {
    match &args.view {
        View::Paths(args) => paths(args, context),
        View::Neighbours(args) => neighbours(args, context),
        View::Centrality(args) => centrality(args, context),
        View::Communities(args) => communities(args, context),
        View::Components(args) => components(args, context),
        View::Industry(args) => industry(args, context),
    }
}

/// Runs `graph paths`.
///
/// # Errors
/// When the store cannot be had or has nothing of a given name.
pub fn paths(args: &PathArgs, context: &Context) -> Result<Outcome, Failure> {
    let (store, graph) = read(&args.location)?;
    let (from, to) = (things(&store, &args.from)?, things(&store, &args.to)?);
    let routes = graph.routes(&store, &graph.find_all(&from), &graph.find_all(&to), args.most)?;
    if routes.is_empty() {
        context.note("两者之间没有通路", "nothing joins the two");
    }
    tell(args.format, &routes, |it| text::routes(it, context), routes.is_empty())
}

fn neighbours(args: &NeighbourArgs, context: &Context) -> Result<Outcome, Failure> {
    let (store, graph) = read(&args.location)?;
    let middle = graph.find_all(&things(&store, &args.name)?);
    let found = graph.neighbours(&store, &middle, args.hops, args.evidence || args.format == TableOrJson::Json)?;
    if found.is_empty() {
        context.note("它与别的事物没有关系", "it is joined to nothing");
    }
    tell(args.format, &found, |it| text::neighbours(it, args.evidence, context), found.is_empty())
}

fn centrality(args: &CentralityArgs, context: &Context) -> Result<Outcome, Failure> {
    let (_, graph) = read(&args.location)?;
    let by = match args.by {
        Measure::Degree => Rank::Degree,
        Measure::Pagerank => Rank::PageRank,
    };
    let found = graph.central(by, args.kind, args.most);
    tell(args.format, &found, |it| text::central(it, context), found.is_empty())
}

fn communities(args: &GroupArgs, context: &Context) -> Result<Outcome, Failure> {
    let (_, graph) = read(&args.location)?;
    let found = graph.communities(args.least, args.named);
    tell(args.format, &found, |it| text::communities(it, context), found.communities.is_empty())
}

fn components(args: &GroupArgs, context: &Context) -> Result<Outcome, Failure> {
    let (_, graph) = read(&args.location)?;
    let found = graph.components(args.least, args.named);
    tell(args.format, &found, |it| text::components(it, context), found.is_empty())
}

fn industry(args: &IndustryArgs, context: &Context) -> Result<Outcome, Failure> {
    let (store, graph) = read(&args.location)?;
    let chains = match &args.name {
        None => graph.industries().chains,
        Some(name) => match graph.industry(name) {
            Some(chain) => vec![chain],
            // The name may be another one of an industry of the graph.
            None => {
                let labels = graph.find_all(&things(&store, name)?).into_iter().map(|at| graph.thing(at).label);
                labels.filter_map(|label| graph.industry(&label)).take(1).collect()
            }
        },
    };
    if chains.is_empty() {
        context.note("图谱里没有这样的产业", "the graph has no such industry");
    }
    tell(args.format, &chains, |it| text::chains(it, context), chains.is_empty())
}

fn read(location: &Location) -> Result<(Store, PropertyGraph), Failure> {
    let store = location.open(Mode::Read)?;
    let graph = PropertyGraph::read(&store)?;
    Ok((store, graph))
}

/// Prints what was found; the exit status tells where that is nothing.
fn tell<T: Serialize>(
    format: TableOrJson,
    found: &T,
    table: impl Fn(&T) -> String,
    is_empty: bool,
) -> Result<Outcome, Failure> {
    match format {
        TableOrJson::Table => print(&table(found))?,
        TableOrJson::Json => print_json(found)?,
    }
    Ok(if is_empty { Outcome::Partly } else { Outcome::Done })
}
