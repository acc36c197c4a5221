//! The rules of the house, read off the sources: the order of modules, file heads, sizes, and what may not stand in files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The modules in the order in which data passes through them; each uses only those before it.
const ORDER: [&str; 25] = [
    "message", "model", "lexicon", "text", "learn", "extract", "resolve", "relate", "draft", "read", "reader",
    "evaluate", "training", "rdf", "identity", "store", "query", "ask", "graph", "trace", "shapes", "export", "report",
    "serve", "cli",
];

/// Longest file that can be read in one look.
const MOST_LINES: usize = 400;

/// Files that are one long table, which the limit does not concern.
const TABLES: [&str; 1] = ["src/cli/help.rs"];

/// Hosts and folders that only one machine knows, each cut in two so that this file does not hold them.
const STRANGE: [(&str, &str); 9] = [
    ("crates", ".io"),
    ("py", "pi.org"),
    ("pythonhosted", ".org"),
    ("npm", "js."),
    ("deb.debian", ".org"),
    ("static.rust-lang", ".org"),
    ("/ro", "ot/"),
    ("/ho", "me/"),
    ("/wo", "rk/"),
];

/// The lock file names the registry by its address; Cargo writes it. The editor is others' code, built into the page.
const NOT_OURS: [&str; 2] = ["Cargo.lock", "web/dist/yasgui.js"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Path and text of every Rust file below a folder, in order of their paths.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let rust = |entry: &walkdir::DirEntry| entry.path().extension().is_some_and(|end| end == "rs");
    let files = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name().into_iter();
    let files = files.map(|entry| entry.expect("the sources are readable")).filter(rust);
    let read = |entry: walkdir::DirEntry| {
        let text = fs::read_to_string(entry.path()).expect("sources are UTF-8");
        (entry.path().strip_prefix(root()).expect("below the root").to_owned(), text)
    };
    files.map(read).collect()
}

/// The part of a file before its tests; a file of tests has none.
fn code<'a>(path: &Path, text: &'a str) -> &'a str {
    if path.ends_with("tests.rs") { "" } else { text.split("#[cfg(test)]").next().unwrap_or(text) }
}

fn none(findings: &[String]) {
    assert!(findings.is_empty(), "\n{}", findings.join("\n"));
}

/// The module of a file in `src`; none for the crate's own roots.
fn module_of(path: &Path) -> Option<String> {
    let first = path.strip_prefix("src").ok()?.iter().next()?.to_str()?;
    let name = first.strip_suffix(".rs").unwrap_or(first);
    (name != "lib" && name != "main").then(|| name.to_owned())
}

/// The modules that follow `crate::` in a line of code, in groups too.
fn used(line: &str) -> Vec<String> {
    let line = line.split("//").next().unwrap_or("");
    let mut found = Vec::new();
    for (at, mark) in line.match_indices("crate::") {
        let rest = &line[at + mark.len()..];
        match rest.strip_prefix('{') {
            Some(group) => found.extend(heads(group)),
            None => found.push(head(rest)),
        }
    }
    found.retain(|name| name.starts_with(|c: char| c.is_ascii_lowercase()));
    found
}

/// The first names of the members of a group such as `model::{A, B}, text::C}`.
fn heads(group: &str) -> Vec<String> {
    let mut depth = 0;
    let mut found = vec![head(group)];
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => found.push(head(group[at + 1..].trim_start())),
            _ => {}
        }
    }
    found
}

fn head(path: &str) -> String {
    path.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
}

#[test]
fn used_modules_are_recognised() {
    let cases: [(&str, &[&str]); 5] = [
        ("use crate::model::{Reading, Span};", &["model"]),
        ("use crate::{model::{A, B}, text::C, lexicon};", &["model", "text", "lexicon"]),
        ("let x = crate::rdf::terms::TYPE; // crate::cli", &["rdf"]),
        ("use super::table::Row;", &[]),
        ("pub(crate) fn f() {} crate::Error", &[]),
    ];
    for (line, expected) in cases {
        assert_eq!(used(line), expected, "{line}");
    }
}

#[test]
fn modules_use_only_those_before_them() {
    let place = |name: &str| ORDER.iter().position(|known| *known == name);
    let mut findings = Vec::new();
    for (path, text) in sources("src") {
        let Some(module) = module_of(&path) else { continue };
        let Some(own) = place(&module) else {
            findings.push(format!("{}: module {module} has no place in ORDER", path.display()));
            continue;
        };
        // Groups may run over lines; joined, each statement is one line.
        let statements =
            code(&path, &text).lines().map(|line| line.split("//").next().unwrap_or("")).collect::<String>();
        for name in statements.split(';').flat_map(used) {
            match place(&name) {
                Some(other) if other <= own => {}
                Some(_) => findings.push(format!("{}: {module} uses {name}, which comes after it", path.display())),
                None => findings.push(format!("{}: crate::{name} has no place in ORDER", path.display())),
            }
        }
    }
    none(&findings);
}

#[test]
fn every_file_opens_with_its_job_and_is_short() {
    let mut findings = Vec::new();
    for (path, text) in sources("src").into_iter().chain(sources("tests")) {
        let shown = path.display();
        if !text.starts_with("//! ") {
            findings.push(format!("{shown} does not open with //!"));
        }
        let lines = text.lines().count();
        if lines > MOST_LINES && !TABLES.contains(&&*path.to_string_lossy()) {
            findings.push(format!("{shown} has {lines} lines, more than {MOST_LINES}"));
        }
    }
    none(&findings);
}

#[test]
fn unwrap_says_why_it_cannot_fail() {
    let mut findings = Vec::new();
    for (path, text) in sources("src") {
        let lines: Vec<&str> = code(&path, &text).lines().collect();
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.contains(".unwrap()")) {
            let is_comment = line.trim_start().starts_with("//");
            let reason = line.contains("//") || lines[at.saturating_sub(2)..at].iter().any(|l| l.contains("//"));
            if !is_comment && !reason {
                findings.push(format!("{}:{}: unwrap without a reason", path.display(), at + 1));
            }
        }
    }
    none(&findings);
}

#[test]
fn tracked_files_name_no_registry_and_no_machine() {
    let listing = Command::new("git").args(["ls-files", "-z"]).current_dir(root()).output().expect("git is there");
    assert!(listing.status.success(), "the sources are not a git work tree");
    let names = String::from_utf8(listing.stdout).expect("file names are UTF-8");
    let mut findings = Vec::new();
    let mut read = 0;
    for name in names.split('\0').filter(|name| !name.is_empty() && !NOT_OURS.contains(name)) {
        // A tracked file that was just removed is no finding.
        let Ok(bytes) = fs::read(root().join(name)) else { continue };
        read += 1;
        let text = String::from_utf8_lossy(&bytes);
        for (left, right) in STRANGE {
            if text.contains(&format!("{left}{right}")) {
                findings.push(format!("{name} holds {left}{right}"));
            }
        }
    }
    assert!(read > 0, "no tracked file could be read");
    none(&findings);
}
