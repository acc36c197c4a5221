//! The graph over HTTP and MCP: SPARQL Protocol, Graph Store Protocol, JSON API, reconciliation, and the page.
//!
//! request → limits ([`listen`], [`routes`]) → a view of the graph ([`view`]), made on a thread that may be waited for only
//! so long ([`work`]) → response.

mod api;
mod assets;
mod error;
mod guard;
mod http;
mod kept;
mod listen;
mod mcp;
mod negotiate;
mod prepare;
mod protocol;
mod reconcile;
mod routes;
mod state;
#[cfg(test)]
mod tests;
mod upload;
mod view;
mod work;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::store::{Mode, Store};

pub use error::ServeError;
pub use mcp::run as run_mcp;

/// What the server may do and how far it goes.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where it listens.
    pub bind: SocketAddr,
    /// The tokens of those who may write; none for a server that only reads.
    pub tokens: Vec<String>,
    /// How long one request may take.
    pub timeout: Duration,
    /// Most rows of one result.
    pub max_rows: usize,
    /// Most bytes of one request.
    pub max_body: usize,
    /// Whether pages of other hosts may ask.
    pub cors: bool,
}

impl Options {
    /// Whether anybody may write.
    pub fn is_writable(&self) -> bool {
        !self.tokens.is_empty()
    }
}

/// Reads tokens, one a line; empty lines and lines that begin with `#` are none.
///
/// # Errors
/// When the file cannot be read, holds no token, or one that is too short.
pub fn tokens(path: &Path) -> Result<Vec<String>, ServeError> {
    let text =
        std::fs::read_to_string(path).map_err(|source| ServeError::File { path: PathBuf::from(path), source })?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let tokens: Vec<String> = lines.map(str::to_owned).collect();
    match tokens.iter().any(|token| token.chars().count() < 16) {
        true => Err(ServeError::ShortToken(path.into())),
        false if tokens.is_empty() => Err(ServeError::NoToken),
        false => Ok(tokens),
    }
}

/// Serves the store in `dir` until the process is told to stop; `ready` is called with the address once clients can come.
///
/// # Errors
/// When the store cannot be had, the address is taken, or the machine refuses.
pub fn run(dir: &Path, options: Options, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let mode = if options.is_writable() { Mode::Write } else { Mode::Read };
    // The address first: a port that is taken is told at once, whatever the size of the store.
    let listener = listen::bind(options.bind)?;
    let app = state::App::new(Store::open(dir, mode)?, options)?;
    prepare::begin(&app);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let outcome = runtime.block_on(listen::serve(listener, app, ready));
    // Work that was not awaited any more ends with its own time limit.
    runtime.shutdown_timeout(Duration::from_secs(2));
    outcome
}
