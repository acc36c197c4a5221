//! `completions`: a script that completes commands and options in a shell.

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Cli, Context, Failure, Outcome, print};

/// Arguments of `completions`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

/// Runs the command.
///
/// # Errors
/// When the output is refused.
pub fn run(args: &Args, _context: &Context) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "parkgraph", &mut script);
    print(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Done)
}
