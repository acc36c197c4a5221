//! The `parkgraph` command.

fn main() {}
