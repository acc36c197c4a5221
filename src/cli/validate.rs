//! `validate`: what in a graph is not as the shapes want it, with the sentence that caused it.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::form::{TextOrJson, print_json};
use super::{Context, Failure, Location, Outcome, print};
use crate::message::Lang;
use crate::rdf::shorten;
use crate::shapes::{self, Finding, Rule};
use crate::store::{Mode, Store};
use crate::trace::evidence::Evidence;

/// Arguments of `validate`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder of the store
    #[arg(short, long, value_name = "DIR", required_unless_present = "file")]
    location: Option<PathBuf>,
    /// An RDF file to check instead of a store
    #[arg(long, value_name = "FILE", conflicts_with = "location")]
    file: Option<PathBuf>,
    /// Own SHACL shapes in Turtle, in place of the shipped ones
    #[arg(long, value_name = "FILE")]
    shapes: Option<PathBuf>,
    /// Findings told at most; JSON has all
    #[arg(long, default_value_t = 100, value_name = "N")]
    most: usize,
    /// Form of the output
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: TextOrJson,
}

/// Runs the command. Exit status 1 tells that something does not hold.
///
/// # Errors
/// When the store, the file or the shapes cannot be used.
pub fn run(args: &Args, context: &Context) -> Result<Outcome, Failure> {
    let rules = match &args.shapes {
        Some(file) => shapes::parse(&text_of(file)?)?,
        None => shapes::shipped()?,
    };
    let store = match (&args.file, &args.location) {
        (Some(file), _) => Store::of_rdf(&fs::read(file).map_err(|error| unreadable(file, &error))?, file)?,
        (None, Some(location)) => Location { location: location.clone() }.open(Mode::Read)?,
        // The arguments ask for one of them.
        (None, None) => return Ok(Outcome::Done),
    };
    let found = shapes::validate(&store, &rules)?;
    match args.format {
        TextOrJson::Text => print(&text(&store, &rules, &found, args.most, context)?)?,
        TextOrJson::Json => {
            print_json(&report(&store, &rules, &found)?)?;
        }
    }
    Ok(if found.is_empty() { Outcome::Done } else { Outcome::Partly })
}

fn text_of(file: &Path) -> Result<String, Failure> {
    fs::read_to_string(file).map_err(|error| unreadable(file, &error))
}

fn unreadable(file: &Path, error: &std::io::Error) -> Failure {
    let file = file.display();
    Failure::new(
        format!("无法读取 {file}：{error}；请检查路径和权限"),
        format!("cannot read {file}: {error}; check the path and its permissions"),
    )
}

fn text(store: &Store, rules: &[Rule], found: &[Finding], most: usize, context: &Context) -> Result<String, Failure> {
    if found.is_empty() {
        let count = rules.len();
        return Ok(context
            .pick(&format!("符合：检查了 {count} 条约束\n"), &format!("conforms: {count} conditions checked\n"))
            .to_owned());
    }
    let mut text =
        context.pick(&format!("{} 处不符合\n", found.len()), &format!("{} findings\n", found.len())).to_owned();
    for (number, rule) in rules.iter().enumerate() {
        let of_rule = found.iter().filter(|it| it.rule == number).count();
        if of_rule > 0 {
            text += &format!("{of_rule:>6}  {}  {}\n", rule.shape, rule.message(context.lang));
        }
    }
    for finding in found.iter().take(most) {
        let rule = &rules[finding.rule];
        text += &format!("\n{}  {}\n", short(&finding.node.to_string()), rule.message(context.lang));
        let blamed = [finding.path.as_deref().map(short), finding.value.as_ref().map(|it| short(&it.to_string()))];
        let blamed: Vec<String> = blamed.into_iter().flatten().collect();
        if !blamed.is_empty() {
            text += &format!("    {}\n", blamed.join("  "));
        }
        if let Some(it) = shapes::cause(store, finding)? {
            text += &format!("    {}:{}-{}  {}\n", it.document, it.begin, it.end, it.quote.replace('\n', " "));
        }
    }
    if let Some(rest) = found.len().checked_sub(most).filter(|rest| *rest > 0) {
        text += context
            .pick(&format!("\n另有 {rest} 处（`--most` 可多列）\n"), &format!("\n{rest} more (`--most` lists more)\n"));
    }
    Ok(text)
}

/// A term or path with short IRIs.
fn short(term: &str) -> String {
    let mut out = String::new();
    let mut rest = term;
    while let Some((before, after)) = rest.split_once('<') {
        let Some((iri, after)) = after.split_once('>') else { break };
        out += &format!("{before}{}", shorten(iri));
        rest = after;
    }
    out + rest
}

#[derive(Serialize)]
struct Report {
    conforms: bool,
    results: Vec<Told>,
}

#[derive(Serialize)]
struct Told {
    shape: String,
    component: &'static str,
    severity: &'static str,
    node: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    message: Messages,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<Evidence>,
}

#[derive(Serialize)]
struct Messages {
    zh: String,
    en: String,
}

fn report(store: &Store, rules: &[Rule], found: &[Finding]) -> Result<Report, Failure> {
    let told = |finding: &Finding| -> Result<Told, Failure> {
        let rule = &rules[finding.rule];
        Ok(Told {
            shape: rule.shape.clone(),
            component: rule.component,
            severity: rule.severity.name(),
            node: short(&finding.node.to_string()),
            path: finding.path.as_deref().map(short),
            value: finding.value.as_ref().map(|value| short(&value.to_string())),
            message: Messages { zh: rule.message(Lang::Zh), en: rule.message(Lang::En) },
            evidence: shapes::cause(store, finding)?,
        })
    };
    Ok(Report { conforms: found.is_empty(), results: found.iter().map(told).collect::<Result<_, _>>()? })
}
