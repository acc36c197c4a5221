//! A running server, with the sample articles or with articles of a test's own.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use super::client::{Answer, ask};
use crate::support::Folder;

/// A server, stopped when dropped.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
}

impl Server {
    /// Serves the store of a folder, with more arguments.
    pub fn start(folder: &Folder, arguments: &[&str]) -> Self {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("parkgraph"));
        command.current_dir(folder.path()).args(["serve", "-l", "store", "--bind", "127.0.0.1:0", "--lang", "en"]);
        let mut child = command.args(arguments).stderr(Stdio::piped()).spawn().expect("the program starts");
        let mut told = BufReader::new(child.stderr.take().expect("piped"));
        let mut line = String::new();
        told.read_line(&mut line).expect("readable");
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).map(str::parse);
        let address = address.and_then(Result::ok).unwrap_or_else(|| panic!("the server did not start: {line}"));
        // What it says later must not fill the pipe.
        std::thread::spawn(move || std::io::copy(&mut told, &mut std::io::sink()));
        Self { child, address }
    }

    /// Sends a request: method, path, headers, body.
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        ask(self.address, method, path, headers, body)
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], b"")
    }

    /// Tells the process to stop, and how it ended.
    #[cfg(unix)]
    pub fn stop(mut self, signal: &str) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().expect("kill runs").success());
        self.child.wait().expect("it ends").code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A folder whose `store` holds these articles.
pub fn built(articles: &[(&str, &str)]) -> Folder {
    let folder = Folder::new();
    for (name, text) in articles {
        folder.write(&format!("articles/{name}"), text);
    }
    folder.run("build articles -l store --quiet").good();
    folder
}

/// A folder whose `store` holds the sample articles; one for all tests, which only read it.
pub fn samples() -> &'static Folder {
    static SAMPLES: OnceLock<Folder> = OnceLock::new();
    SAMPLES.get_or_init(|| {
        let folder = Folder::new();
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
        let run = folder.run_with(&["build", &samples.to_string_lossy(), "-l", "store", "--quiet"]);
        // The folder's README is an article like any other.
        assert!(run.status() < 2, "{}", run.err());
        folder
    })
}
