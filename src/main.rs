//! The `parkgraph` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    parkgraph::cli::main()
}
