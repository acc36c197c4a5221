//! Frames: one way to ask something, in several wordings, with examples. One file each.

use serde::Deserialize;

use super::grammar::Slots;
use super::pattern::Pattern;
use super::plan::Hop;
use super::words::Words;
use crate::model::Predicate;

/// One way to ask something, in several wordings.
#[derive(Debug)]
pub struct Frame {
    /// Stem of its file.
    pub name: String,
    /// What its questions ask for.
    pub ask: Asked,
    pub(super) patterns: Vec<Pattern>,
    pub(super) hits: Vec<(String, Slots)>,
    pub(super) misses: Vec<String>,
}

/// What a frame asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// Things of a kind.
    List,
    /// The number of things of a kind.
    Count,
    /// The things of a kind with the largest or smallest sums.
    Top,
    /// Whether a description fits a thing.
    Check,
    /// The values of properties of a thing.
    Value {
        /// The properties.
        by: Vec<Predicate>,
        /// Properties that answer where those say nothing.
        otherwise: Vec<Predicate>,
        /// True where the property reads both ways.
        symmetric: bool,
    },
    /// A figure about a thing over a period.
    Figure,
    /// The things of a kind with the largest or smallest figure.
    Rank,
    /// The sum of a property over things of a kind.
    Sum(Predicate),
    /// Which of two things has more.
    Compare,
    /// All things of a kind.
    Every,
    /// Which of two things a description fits.
    Choose,
    /// How much more one of two things has.
    Difference,
    /// What is reached from things by a chain of properties.
    Hop(Vec<Hop>),
    /// How two things are joined.
    Path,
    /// Everything about one thing.
    About,
    /// Things of every kind.
    Related,
    /// The things of a kind to which most others are joined.
    Most,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameFile {
    #[serde(rename = "title")]
    _title: String,
    plan: String,
    #[serde(default)]
    attribute: Vec<String>,
    #[serde(default)]
    otherwise: Vec<String>,
    #[serde(default)]
    symmetric: bool,
    patterns: Vec<String>,
    hits: Vec<Hit>,
    misses: Vec<Miss>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Hit {
    question: String,
    slots: Slots,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Miss {
    question: String,
}

/// The plans that a file may name.
const PLANS: &str = "list, count, top, check, value, observation, rank, sum, compare, choose, difference, hop, path, about, related, every, most";

impl Frame {
    /// Reads the file `name`.toml.
    ///
    /// # Errors
    /// What is wrong with it, as a sentence.
    pub fn read(name: &str, text: &str, words: &Words) -> Result<Self, String> {
        let file: FrameFile = toml::from_str(text).map_err(|e| format!("{name}.toml: {e}"))?;
        if file.hits.is_empty() || file.misses.is_empty() {
            return Err(format!("{name}.toml: give at least one of [[hits]] and of [[misses]]"));
        }
        let ask = asked(name, &file)?;
        let compile = |source: &String| Pattern::whole(source, words).map_err(|e| format!("{name}.toml: {e}"));
        let patterns = file.patterns.iter().map(compile).collect::<Result<_, _>>()?;
        let hits = file.hits.into_iter().map(|hit| (hit.question, hit.slots)).collect();
        let misses = file.misses.into_iter().map(|miss| miss.question).collect();
        Ok(Self { name: name.to_owned(), ask, patterns, hits, misses })
    }
}

fn asked(name: &str, file: &FrameFile) -> Result<Asked, String> {
    let by = |list: &[String]| -> Result<Vec<Predicate>, String> {
        list.iter().map(|property| predicate(name, property)).collect()
    };
    Ok(match file.plan.as_str() {
        "list" => Asked::List,
        "count" => Asked::Count,
        "top" => Asked::Top,
        "check" => Asked::Check,
        "value" => {
            let (by, otherwise) = (by(&file.attribute)?, by(&file.otherwise)?);
            Asked::Value { by, otherwise, symmetric: file.symmetric }
        }
        "observation" => Asked::Figure,
        "rank" => Asked::Rank,
        "sum" => match by(&file.attribute)?[..] {
            [one] => Asked::Sum(one),
            _ => return Err(format!("{name}.toml: a sum needs one attribute")),
        },
        "compare" => Asked::Compare,
        "every" => Asked::Every,
        "choose" => Asked::Choose,
        "difference" => Asked::Difference,
        "hop" => Asked::Hop(file.attribute.iter().map(|step| hop(name, step)).collect::<Result<_, _>>()?),
        "path" => Asked::Path,
        "about" => Asked::About,
        "related" => Asked::Related,
        "most" => Asked::Most,
        other => return Err(format!("{name}.toml: plan {other} is none of {PLANS}")),
    })
}

/// A step of a chain: a property, with `^` in front from object to subject.
fn hop(file: &str, step: &str) -> Result<Hop, String> {
    match step.strip_prefix('^') {
        Some(name) => Ok(Hop { by: predicate(file, name)?, inverse: true }),
        None => Ok(Hop { by: predicate(file, step)?, inverse: false }),
    }
}

fn predicate(file: &str, name: &str) -> Result<Predicate, String> {
    Predicate::from_name(name).ok_or_else(|| format!("{file}.toml: the ontology has no property {name}"))
}
