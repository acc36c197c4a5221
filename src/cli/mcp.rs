//! `mcp`: the graph as tools for assistants.

use std::net::{Ipv4Addr, SocketAddr};

use super::serve::Limits;
use super::{Context, Failure, Location, Outcome};
use crate::serve;

/// Arguments of `mcp`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    location: Location,
    #[command(flatten)]
    limits: Limits,
}

/// Runs the command.
///
/// # Errors
/// When the store cannot be had.
pub fn run(args: &Args, _: &Context) -> Result<Outcome, Failure> {
    let nowhere = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    serve::run_mcp(&args.location.location, args.limits.options(nowhere))?;
    Ok(Outcome::Done)
}
