//! A folder to work in, and the program to run there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use parkgraph::store::{Mode, Store};
use tempfile::TempDir;

/// A temporary folder that holds articles and stores.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("temporary folder"))
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file, with the folders that it needs.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.at(name);
        fs::create_dir_all(path.parent().expect("inside the folder")).expect("folder");
        fs::write(path, content).expect("file");
    }

    /// Runs the program in this folder, with English messages; `line` is split at spaces.
    pub fn run(&self, line: &str) -> Run {
        self.run_with(&line.split(' ').collect::<Vec<_>>())
    }

    pub fn run_with(&self, arguments: &[&str]) -> Run {
        let output = command().current_dir(self.path()).args(arguments).output().expect("the program starts");
        Run(output)
    }

    /// Everything that a store says, in canonical order.
    pub fn canonical(&self, store: &str) -> Vec<String> {
        let quads = self.store(store);
        let quads = quads.quads().chain(quads.named_graph_quads());
        quads.map(|quad| quad.expect("readable").to_string()).collect()
    }

    /// What the documents of a store say, each in its graph.
    pub fn said(&self, store: &str) -> Vec<String> {
        self.store(store).named_graph_quads().map(|quad| quad.expect("readable").to_string()).collect()
    }

    fn store(&self, store: &str) -> Store {
        Store::open(&self.at(store), Mode::Read).expect("store")
    }
}

/// The program, with English messages unless told otherwise.
pub fn command() -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("parkgraph"));
    command.env("LC_ALL", "C.UTF-8");
    command
}

/// What a run left behind.
pub struct Run(pub Output);

impl Run {
    pub fn status(&self) -> i32 {
        self.0.status.code().expect("no signal")
    }

    pub fn out(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).expect("UTF-8")
    }

    pub fn err(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).expect("UTF-8")
    }

    /// Checks that all went well and gives standard output.
    pub fn good(self) -> String {
        assert_eq!(self.status(), 0, "{}", self.err());
        self.out()
    }
}

/// A small article of its own for each number.
pub fn article(number: usize) -> String {
    format!(
        "第{number}号消息\n\n星河市印发《星河扶持办法{}》,星河高新区项目总投资{}亿元。《第{number}号规划》同时印发。\n",
        number % 7,
        number + 1,
    )
}
