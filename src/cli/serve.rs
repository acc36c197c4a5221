//! `serve`: the graph over HTTP, with a page.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use super::{Context, Failure, Location, Outcome, startup};
use crate::serve::{self, Options};

/// Arguments of `serve`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    location: Location,
    /// Address and port to listen at
    #[arg(short, long, default_value = "127.0.0.1:7878", value_name = "ADDRESS")]
    bind: SocketAddr,
    /// Allows writing to those who send a token of this file, one a line
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    #[command(flatten)]
    limits: Limits,
    /// Most megabytes of one request
    #[arg(long, default_value_t = 16, value_name = "MB", value_parser = clap::value_parser!(u16).range(1..=1024))]
    max_body_mb: u16,
    /// Lets pages of other hosts ask this server
    #[arg(long)]
    cors: bool,
}

/// How far one request goes.
#[derive(Debug, Clone, clap::Args)]
pub struct Limits {
    /// Seconds that one request may take
    #[arg(short, long, default_value_t = 30, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..=86_400))]
    timeout_s: u32,
    /// Most rows of one result
    #[arg(long, default_value_t = 100_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    max_rows: u32,
}

impl Limits {
    /// The options of a server that only reads.
    pub(super) fn options(&self, bind: SocketAddr) -> Options {
        Options {
            bind,
            tokens: Vec::new(),
            timeout: Duration::from_secs(self.timeout_s.into()),
            max_rows: self.max_rows as usize,
            max_body: 16 << 20,
            cors: false,
        }
    }
}

/// Runs the command.
///
/// # Errors
/// When the store cannot be had or the address is taken.
pub fn run(args: &Args, context: &Context) -> Result<Outcome, Failure> {
    let tokens = args.token_file.as_deref().map(serve::tokens).transpose()?.unwrap_or_default();
    let options = Options {
        tokens,
        max_body: usize::from(args.max_body_mb) << 20,
        cors: args.cors,
        ..args.limits.options(args.bind)
    };
    let (writable, near) = (options.is_writable(), args.bind.ip().is_loopback());
    if !near {
        context.say(
            &format!("注意：其他机器也能访问 {}，读取不需要令牌", args.bind),
            &format!("note: other machines can reach {}, and reading needs no token", args.bind),
        );
    }
    serve::run(&args.location.location, options, |address| {
        let (zh, en) = if writable { ("可写", "writable with a token") } else { ("只读", "read-only") };
        context.note(
            &format!("http://{address}/  （{zh}；SPARQL 在 /query；按 Ctrl-C 停止）"),
            &format!("http://{address}/  ({en}; SPARQL at /query; Ctrl-C stops)"),
        );
    })?;
    context.note("已停止", "stopped");
    // What is made ready in the background may still read the database, which must not be taken down beneath it.
    startup::leave_at_once();
    Ok(Outcome::Done)
}
