//! Packs the gazetteers of `ontology/` into one text that the library embeds, so that loading parses no Turtle.
//!
//! The shipped files have one statement a line (`ontology/README.md`); this reads that form only and stops the build
//! at anything else. A test of the library reads the same files with a full Turtle parser and compares.

use std::path::Path;
use std::{env, fs};

#[path = "src/lexicon/listed.rs"]
mod listed;
#[path = "src/lexicon/pack.rs"]
#[allow(dead_code)]
mod pack;
#[path = "src/lexicon/record.rs"]
#[allow(dead_code)]
mod record;

use record::{Flaw, Record};

/// Gazetteers in the order of their ids.
const TURTLE: [&str; 4] = ["places.ttl", "industries.ttl", "parks.ttl", "organizations.ttl"];
const LISTED: &str = "enterprises.tsv";

fn main() {
    println!("cargo:rerun-if-changed=ontology");
    println!("cargo:rerun-if-changed=build.rs");
    let mut lines = String::new();
    for name in TURTLE {
        write(name, statements(&shipped(name)), &mut lines);
    }
    write(LISTED, listed::read(&shipped(LISTED)), &mut lines);
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("gazetteers.txt"), lines).expect("cargo's output folder can be written");
}

fn shipped(name: &str) -> String {
    fs::read_to_string(Path::new("ontology").join(name)).expect("the gazetteers are part of the source")
}

/// A flaw in a shipped gazetteer stops the build.
fn write(name: &str, (records, flaws): (Vec<Record>, Vec<Flaw>), lines: &mut String) {
    if let Some(flaw) = flaws.first() {
        panic!("ontology/{name}:{}: {}", flaw.line, flaw.message);
    }
    for record in &records {
        lines.push_str(&pack::line(record));
        lines.push('\n');
    }
}

/// Reads a file of one statement a line.
fn statements(text: &str) -> (Vec<Record>, Vec<Flaw>) {
    let (mut prefixes, mut records, mut flaws) = (Vec::new(), Vec::new(), Vec::new());
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        let tokens = tokens(line);
        if let [start, prefix, iri, _] = &tokens[..]
            && start == "@prefix"
        {
            prefixes.push((prefix.clone(), iri.trim_matches(['<', '>']).to_owned()));
            continue;
        }
        match statement(&tokens, &prefixes) {
            Some(record) if record.kind.is_empty() => {}
            Some(record) => records.push(record),
            None => flaws.push(Flaw { line: at as u64 + 1, message: "not one whole statement on a line".into() }),
        }
    }
    (records, flaws)
}

/// The line split at blanks and commas outside quotes.
fn tokens(line: &str) -> Vec<String> {
    let (mut tokens, mut token, mut quoted) = (Vec::new(), String::new(), false);
    for c in line.chars() {
        if c == '"' {
            quoted = !quoted;
        }
        if !quoted && (c == ' ' || c == ',') {
            tokens.push(std::mem::take(&mut token));
        } else {
            token.push(c);
        }
    }
    tokens.push(token);
    tokens.retain(|token| !token.is_empty());
    tokens
}

fn statement(tokens: &[String], prefixes: &[(String, String)]) -> Option<Record> {
    let (subject, rest) = tokens.split_first()?;
    let (end, rest) = rest.split_last()?;
    if end != "." {
        return None;
    }
    let mut record = Record::new(&iri(subject, prefixes)?);
    for pair in rest.split(|token| token == ";") {
        let (predicate, objects) = pair.split_first()?;
        let predicate = if predicate == "a" { record::TYPE.to_owned() } else { iri(predicate, prefixes)? };
        for object in objects {
            record.take(&predicate, value(object, prefixes)?);
        }
    }
    Some(record)
}

/// The text of a literal or the IRI of a name.
fn value(object: &str, prefixes: &[(String, String)]) -> Option<String> {
    match object.strip_prefix('"') {
        Some(_) if object.contains('\\') => None,
        Some(literal) => Some(literal.split('"').next()?.to_owned()),
        None => iri(object, prefixes),
    }
}

fn iri(name: &str, prefixes: &[(String, String)]) -> Option<String> {
    let (prefix, local) = name.split_once(':')?;
    let (_, start) = prefixes.iter().find(|(known, _)| known.trim_end_matches(':') == prefix)?;
    Some(format!("{start}{local}"))
}
