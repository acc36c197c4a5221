//! `path`: how two things are joined; the same as `graph paths`.

use super::{Context, Failure, Outcome, graph};

/// Arguments of `path`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    paths: graph::PathArgs,
}

/// Runs the command.
///
/// # Errors
/// When the store cannot be had or has nothing of a given name.
pub fn run(args: &Args, context: &Context) -> Result<Outcome, Failure> {
    graph::paths(&args.paths, context)
}
