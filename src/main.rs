//! The `parkgraph` command.

use std::process::ExitCode;

/// Takes about half the time of the C library's allocator where two threads read and load.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    parkgraph::cli::main()
}
