//! `man`: the manual page of the program or of one command.

use clap::CommandFactory;
use clap_mangen::Man;

use super::{Cli, Context, Failure, Outcome, help, print};

/// Arguments of `man`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The command [default: the program itself]
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// When there is no command of that name, or the output is refused.
pub fn run(args: &Args, context: &Context) -> Result<Outcome, Failure> {
    let mut program = help::localized(Cli::command(), context.lang);
    program.build();
    let described = match &args.command {
        None => program,
        Some(name) => program.find_subcommand(name).cloned().ok_or_else(|| {
            Failure::new(
                format!("没有命令 {name}；parkgraph --help 列出所有命令"),
                format!("there is no command {name}; parkgraph --help lists them"),
            )
        })?,
    };
    let mut page = Vec::new();
    Man::new(described).render(&mut page)?;
    print(&String::from_utf8_lossy(&page))?;
    Ok(Outcome::Done)
}
