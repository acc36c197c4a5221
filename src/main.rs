//! The `parkgraph` command.

use std::process::ExitCode;

/// Two threads that read and load take a tenth less time with it than with the allocator of the C library.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    parkgraph::cli::main()
}
