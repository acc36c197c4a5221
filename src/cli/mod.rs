//! The command line: one file per command, one table of them here.

mod annotate;
mod ask;
mod build;
mod completions;
mod context;
mod diff;
mod eval;
mod examples;
mod explain;
mod export;
mod extract;
mod files;
mod form;
mod graph;
mod help;
mod history;
mod identity;
mod journal;
mod man;
#[cfg(feature = "serve")]
mod mcp;
mod names;
mod path;
mod problems;
mod progress;
mod query;
mod reading;
mod report;
mod results;
#[cfg(feature = "serve")]
mod serve;
mod startup;
mod stats;
mod sync;
mod train;
mod validate;
mod why;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::{ArgAction, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::message::Lang;

pub use context::{Context, Failure, Location, Outcome, is_watched, output};

/// Builds a knowledge graph with evidence from Chinese news of development zones
#[derive(Debug, Parser)]
#[command(name = "parkgraph", version, propagate_version = true)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// Options that every command takes.
#[derive(Debug, clap::Args)]
struct Global {
    /// Language of messages [default: from the locale]
    #[arg(long, global = true, value_enum, value_name = "LANG")]
    lang: Option<LangChoice>,
    /// Colours in the output
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN")]
    color: ColorChoice,
    /// No remarks and no progress, only failures
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Details on the way
    #[arg(short, long, global = true, action = ArgAction::Count)]
    verbose: u8,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LangChoice {
    Zh,
    En,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ColorChoice {
    Auto,
    Always,
    Never,
}

/// The table of commands.
#[derive(Debug, Subcommand)]
enum Command {
    /// Writes the facts of documents to standard output, without a store
    Extract(extract::Args),
    /// Reads files and folders into a store
    Build(build::Args),
    /// Makes a store mirror a folder: new, changed and gone files
    Sync(sync::Args),
    /// Runs a saved query or SPARQL on a store
    Query(query::Args),
    /// Answers a plain question, with evidence
    Ask(ask::Args),
    /// Writes the graph, or a part of it, for other tools
    Export(export::Args),
    /// Paths, neighbours, centrality, communities, components and industry chains
    Graph(graph::Args),
    /// Shows how two things are joined, with the sentences along the way
    Path(path::Args),
    /// Writes a report on a store as one HTML file that works offline
    Report(report::Args),
    /// Writes an article with its things and facts marked, as one HTML file
    Annotate(annotate::Args),
    /// Serves a store over HTTP: the page, SPARQL, a JSON API
    #[cfg(feature = "serve")]
    Serve(serve::Args),
    /// Serves a store to assistants, over the Model Context Protocol on standard input and output
    #[cfg(feature = "serve")]
    Mcp(mcp::Args),
    /// Counts what a store holds
    Stats(stats::Args),
    /// Notes that two things are one
    Merge(identity::MergeArgs),
    /// Notes that a name stands for something else
    Split(identity::SplitArgs),
    /// Shows what speaks for names meaning one thing
    Same(identity::SameArgs),
    /// Lists pairs of names that may mean one thing
    Review(identity::ReviewArgs),
    /// Prints the sentences behind a fact, with the words that matter marked
    Why(why::Args),
    /// Checks a store against shapes (SHACL), with the sentence behind each finding
    Validate(validate::Args),
    /// Tells what two stores differ in
    Diff(diff::Args),
    /// Tells what is said of a thing over time
    History(history::Args),
    /// Shows how each fact of a file came about
    Explain(explain::Args),
    /// Measures reading against annotated documents
    Eval(eval::Args),
    /// Learns weights from annotated documents
    Train(train::Args),
    /// Prints the manual page
    Man(man::Args),
    /// Writes a completion script for a shell
    Completions(completions::Args),
}

impl Command {
    fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        match self {
            Self::Extract(args) => extract::run(args, context),
            Self::Build(args) => build::run(args, context),
            Self::Sync(args) => sync::run(args, context),
            Self::Merge(args) => identity::merge(args, context),
            Self::Split(args) => identity::split(args, context),
            Self::Same(args) => identity::same(args, context),
            Self::Review(args) => identity::review(args, context),
            Self::Query(args) => query::run(args, context),
            Self::Ask(args) => ask::run(args, context),
            Self::Export(args) => export::run(args, context),
            Self::Graph(args) => graph::run(args, context),
            Self::Path(args) => path::run(args, context),
            Self::Report(args) => report::run(args, context),
            Self::Annotate(args) => annotate::run(args, context),
            #[cfg(feature = "serve")]
            Self::Serve(args) => serve::run(args, context),
            #[cfg(feature = "serve")]
            Self::Mcp(args) => mcp::run(args, context),
            Self::Stats(args) => stats::run(args, context),
            Self::Why(args) => why::run(args, context),
            Self::Validate(args) => validate::run(args, context),
            Self::Diff(args) => diff::run(args, context),
            Self::History(args) => history::run(args, context),
            Self::Explain(args) => explain::run(args, context),
            Self::Eval(args) => eval::run(args, context),
            Self::Train(args) => train::run(args, context),
            Self::Man(args) => man::run(args, context),
            Self::Completions(args) => completions::run(args, context),
        }
    }
}

/// Runs the program with the arguments of the process: 0 done, 1 done in part or nothing found, 2 wrong use or failure.
pub fn main() -> ExitCode {
    startup::keep_stacks_small();
    let arguments: Vec<_> = std::env::args_os().collect();
    let lang = help::asked_language(&arguments).unwrap_or_else(locale_language);
    match parse(&arguments, lang) {
        Ok(cli) => run(&cli, lang),
        Err(error) => {
            // Where even the message cannot be written, the status still tells.
            let _ = error.print();
            ExitCode::from(error.exit_code() as u8)
        }
    }
}

fn parse(arguments: &[OsString], lang: Lang) -> Result<Cli, clap::Error> {
    let matches = help::localized(Cli::command(), lang).try_get_matches_from(arguments)?;
    Cli::from_arg_matches(&matches)
}

fn locale_language() -> Lang {
    sys_locale::get_locale().map_or(Lang::En, |locale| Lang::of_locale(&locale))
}

fn run(cli: &Cli, lang: Lang) -> ExitCode {
    let color = match cli.global.color {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
    };
    let context = Context { lang, color, quiet: cli.global.quiet, verbose: cli.global.verbose };
    match cli.command.run(&context) {
        Ok(Outcome::Done) | Err(Failure::BrokenPipe) => ExitCode::SUCCESS,
        Ok(Outcome::Partly) => ExitCode::from(1),
        Err(Failure::Told { zh, en }) => {
            context.say(&format!("错误：{zh}"), &format!("error: {en}"));
            ExitCode::from(2)
        }
    }
}

/// Writes data to standard output and makes sure that it got there.
fn print(text: &str) -> Result<(), Failure> {
    let mut out = output();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}
