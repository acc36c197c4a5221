//! The annotation of one document, as its JSON file has it.

use std::fs;
use std::path::{Path, PathBuf};

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, de};

use crate::model::{EntityKind, Predicate};

/// Everything that an analyst found in one document.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Gold {
    /// Name of the document, such as `d001`.
    pub id: String,
    /// Headline as printed.
    #[serde(default)]
    pub title: Option<String>,
    /// When it was published: `2023`, `2023-08` or `2023-08-17`.
    #[serde(default)]
    pub published: Option<String>,
    /// The things that the document names.
    pub entities: Vec<GoldEntity>,
    /// The sums of money, once per distinct value and role.
    pub amounts: Vec<GoldAmount>,
    /// Counted sets of projects.
    #[serde(default)]
    pub groups: Vec<GoldGroup>,
    /// Statements that link the above by their ids.
    pub relations: Vec<GoldRelation>,
    /// Figures about a thing over a period.
    #[serde(default)]
    pub observations: Vec<GoldObservation>,
}

/// A thing under all the names that the document uses for it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct GoldEntity {
    /// Unique within the document.
    pub id: String,
    /// What it is.
    #[serde(rename = "type", deserialize_with = "kind")]
    pub kind: EntityKind,
    /// The fullest name first. Never empty.
    pub names: Vec<String>,
    /// Further kinds that are not wrong.
    #[serde(default, deserialize_with = "kinds")]
    pub also: Vec<EntityKind>,
    /// True where it counts neither when missed nor when found.
    #[serde(default)]
    pub optional: bool,
}

/// A sum of money.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct GoldAmount {
    /// Unique within the document.
    pub id: String,
    /// The bare sum as written.
    pub text: String,
    /// The sum, or the lower bound of a range, in units of the currency.
    #[serde(deserialize_with = "decimal")]
    pub value: Decimal,
    /// The upper bound of a range.
    #[serde(default, deserialize_with = "maybe_decimal")]
    pub value_max: Option<Decimal>,
    /// ISO 4217 code.
    pub currency: String,
    /// `about`, `at_least` or `at_most`.
    #[serde(default)]
    pub qualifier: Option<String>,
    /// True for money put into projects, parks or companies.
    pub investment: bool,
    /// True where it counts neither when missed nor when found.
    #[serde(default)]
    pub optional: bool,
}

/// A counted set of projects.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct GoldGroup {
    /// Unique within the document.
    pub id: String,
    /// The words that name the set.
    pub text: String,
    /// How many, or the lower bound of a range.
    #[serde(default)]
    pub count: Option<u32>,
    /// The upper bound of a range.
    #[serde(default)]
    pub count_max: Option<u32>,
    /// True where it counts neither when missed nor when found.
    #[serde(default)]
    pub optional: bool,
}

/// A statement: in JSON a list of three texts, with `"optional"` as a fourth where it counts neither way.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub struct GoldRelation {
    /// Id of an entity or a group.
    pub subject: String,
    /// How the two are related.
    pub predicate: Predicate,
    /// Id of an entity, amount or group, or plain text.
    pub object: String,
    /// True where it counts neither when missed nor when found.
    pub optional: bool,
}

/// A figure about a thing over a period.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct GoldObservation {
    /// Id of an entity.
    pub subject: String,
    /// The phrase the text uses.
    pub indicator: String,
    /// The figure; none where only growth is told.
    #[serde(default, deserialize_with = "maybe_decimal")]
    pub value: Option<Decimal>,
    /// The upper bound of a range.
    #[serde(default, deserialize_with = "maybe_decimal")]
    pub value_max: Option<Decimal>,
    /// `CNY`, `USD`, `%` or a measure word.
    #[serde(default)]
    pub unit: Option<String>,
    /// The time it speaks of, in the forms of [`crate::model::Period`].
    #[serde(default)]
    pub period: Option<String>,
    /// Growth in per cent.
    #[serde(default, deserialize_with = "maybe_decimal")]
    pub growth_pct: Option<Decimal>,
    /// True where it counts neither when missed nor when found.
    #[serde(default)]
    pub optional: bool,
}

/// A document together with its annotation.
#[derive(Debug, Clone, PartialEq)]
pub struct Annotated {
    /// The text file.
    pub path: PathBuf,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What stands in it.
    pub gold: Gold,
}

/// Why annotated documents could not be read.
#[derive(Debug, thiserror::Error)]
pub enum GoldError {
    /// A file or folder that cannot be opened.
    #[error("cannot read {path}: {source}; give a readable folder of annotated documents")]
    Io {
        /// What was opened.
        path: PathBuf,
        /// Why it failed.
        source: std::io::Error,
    },
    /// A file that is no annotation.
    #[error("{path} is no annotation: {source}; correct the JSON at that line")]
    Json {
        /// The file.
        path: PathBuf,
        /// What is wrong and where.
        source: serde_json::Error,
    },
    /// A folder without a pair of files.
    #[error("no X.json beside an X.txt in {path}; name a folder of annotated documents")]
    Empty {
        /// The folder.
        path: PathBuf,
    },
}

impl GoldError {
    /// The message in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Io { path, source } => format!("无法读取 {}：{source}；请指定可读的标注文件夹", path.display()),
            Self::Json { path, source } => format!("{} 不是标注文件：{source}；请改正该行的 JSON", path.display()),
            Self::Empty { path } => format!("{} 中没有成对的 X.json 和 X.txt；请指定标注文件夹", path.display()),
        }
    }
}

/// Reads every `X.json` that stands beside an `X.txt`, in order of their names.
///
/// Fails on the first file that cannot be read or is no annotation, and on a folder without any pair.
pub fn read_folder(folder: &Path) -> Result<Vec<Annotated>, GoldError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| GoldError::Io { path, source }
    };
    let mut sheets = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed(folder))? {
        let path = entry.map_err(failed(folder))?.path();
        if path.extension().is_some_and(|end| end == "json") && path.with_extension("txt").exists() {
            sheets.push(path);
        }
    }
    sheets.sort();
    let mut found = Vec::with_capacity(sheets.len());
    for sheet in sheets {
        let json = fs::read_to_string(&sheet).map_err(failed(&sheet))?;
        let gold = Gold::parse(&json).map_err(|source| GoldError::Json { path: sheet.clone(), source })?;
        let path = sheet.with_extension("txt");
        let bytes = fs::read(&path).map_err(failed(&path))?;
        found.push(Annotated { path, bytes, gold });
    }
    if found.is_empty() {
        return Err(GoldError::Empty { path: folder.to_owned() });
    }
    Ok(found)
}

impl Gold {
    /// Reads the annotation of one document. Fails on text that is not of that form.
    pub fn parse(json: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(json)
    }

    /// True when the thing, sum or set of that id counts neither when missed nor when found.
    pub fn is_optional(&self, id: &str) -> bool {
        self.entities.iter().any(|x| x.optional && x.id == id)
            || self.amounts.iter().any(|x| x.optional && x.id == id)
            || self.groups.iter().any(|x| x.optional && x.id == id)
    }
}

impl TryFrom<Vec<String>> for GoldRelation {
    type Error = String;

    fn try_from(parts: Vec<String>) -> Result<Self, String> {
        let (ends, optional) = match parts.as_slice() {
            [ends @ .., flag] if ends.len() == 3 && flag == "optional" => (ends, true),
            ends => (ends, false),
        };
        let [subject, predicate, object] = ends else {
            return Err(format!("a relation has three parts, this one is {parts:?}"));
        };
        let predicate = Predicate::from_name(predicate).ok_or_else(|| format!("unknown relation {predicate}"))?;
        Ok(Self { subject: subject.clone(), predicate, object: object.clone(), optional })
    }
}

fn kind_of<E: de::Error>(name: &str) -> Result<EntityKind, E> {
    EntityKind::from_name(name).ok_or_else(|| E::custom(format!("unknown kind of entity {name}")))
}

fn kind<'de, D: Deserializer<'de>>(input: D) -> Result<EntityKind, D::Error> {
    kind_of(&String::deserialize(input)?)
}

fn kinds<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<EntityKind>, D::Error> {
    Vec::<String>::deserialize(input)?.iter().map(|name| kind_of(name)).collect()
}

/// The shortest decimal that the JSON number stands for.
fn exact<E: de::Error>(number: &serde_json::Number) -> Result<Decimal, E> {
    let digits = number.to_string();
    Decimal::from_str_exact(&digits)
        .or_else(|_| Decimal::from_scientific(&digits))
        .map_err(|why| E::custom(format!("{digits} is out of range: {why}")))
}

fn decimal<'de, D: Deserializer<'de>>(input: D) -> Result<Decimal, D::Error> {
    exact(&serde_json::Number::deserialize(input)?)
}

fn maybe_decimal<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Decimal>, D::Error> {
    Option::<serde_json::Number>::deserialize(input)?.as_ref().map(exact).transpose()
}
