//! What every command shares: language and loudness, how it ends, where data goes.

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::path::PathBuf;

use crate::message::{Bilingual, Lang};
use crate::store::{Mode, Store};

/// How messages are given.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    /// Their language.
    pub lang: Lang,
    /// Whether data on standard output may be coloured.
    pub color: bool,
    /// No remarks, only failures.
    pub quiet: bool,
    /// 1 and more: details on the way.
    pub verbose: u8,
}

impl Context {
    /// A remark on standard error, which `--quiet` suppresses.
    pub fn note(&self, zh: &str, en: &str) {
        if !self.quiet {
            self.say(zh, en);
        }
    }

    /// A message on standard error.
    pub fn say(&self, zh: &str, en: &str) {
        // Where standard error is closed there is nobody to tell.
        let _ = writeln!(io::stderr(), "{}", self.pick(zh, en));
    }

    /// The text in the language of messages.
    pub fn pick<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// How a command that did not fail ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All done: exit status 0.
    Done,
    /// Done in part, or nothing found: exit status 1.
    Partly,
}

/// Why a command failed: exit status 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Whoever read our output has gone: end without a word, with exit status 0.
    BrokenPipe,
    /// A message with the remedy, in both languages.
    Told {
        /// In Chinese.
        zh: String,
        /// In English.
        en: String,
    },
}

impl Failure {
    /// A failure with its message.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Told { zh: zh.into(), en: en.into() }
    }
}

impl<E: Bilingual> From<E> for Failure {
    fn from(error: E) -> Self {
        if error.is_broken_pipe() { Self::BrokenPipe } else { Self::new(error.zh(), error.to_string()) }
    }
}

/// Standard output, for data only. Flush it at the end, since failures at drop are lost.
pub fn output() -> BufWriter<StdoutLock<'static>> {
    BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

/// True when both a person and a terminal are there to watch progress.
pub fn is_watched(context: &Context) -> bool {
    !context.quiet && io::stderr().is_terminal()
}

/// The option that names the store.
#[derive(Debug, Clone, clap::Args)]
pub struct Location {
    /// Folder of the store
    #[arg(short, long, value_name = "DIR")]
    pub location: PathBuf,
}

impl Location {
    /// Opens the store.
    ///
    /// # Errors
    /// When it cannot be had; see [`Store::open`].
    pub fn open(&self, mode: Mode) -> Result<Store, Failure> {
        Ok(Store::open(&self.location, mode)?)
    }
}
