//! The table of scores: counts per row, precision, recall, their harmonic mean, and the headline.

use std::collections::BTreeMap;
use std::fmt;

use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

/// The rows in the order in which they are printed; the relations of single kinds follow `relations`.
pub const ROWS: [&str; 23] = [
    "Enterprise",
    "Project",
    "Park",
    "Policy",
    "Industry",
    "Organization",
    "Place",
    "amounts",
    "investment?",
    "relations",
    "totalInvestment",
    "plannedInvestment",
    "completedInvestment",
    "investor",
    "locatedIn",
    "industry",
    "issuedBy",
    "memberOf",
    "partner",
    "designation",
    "status",
    "observations",
    "obs. full",
];

/// The rows whose mean F1 is the headline.
pub const HEADLINE: [&str; 8] =
    ["Enterprise", "Project", "Park", "Policy", "Industry", "amounts", "relations", "observations"];

/// Part of `relations`, printed indented.
const SINGLE_RELATIONS: std::ops::Range<usize> = 10..21;

/// Counts of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Facts of the analyst that were found.
    pub found: u32,
    /// Facts of the analyst.
    pub gold: u32,
    /// Facts of the reading that are right.
    pub right: u32,
    /// Facts of the reading.
    pub system: u32,
}

impl Tally {
    /// Share of the reading's facts that are right, 0–1; 1 where neither side has any.
    pub fn precision(self) -> f64 {
        match (self.system, self.gold) {
            (0, 0) => 1.0,
            (0, _) => 0.0,
            _ => f64::from(self.right) / f64::from(self.system),
        }
    }

    /// Share of the analyst's facts that were found, 0–1; 1 where there are none.
    pub fn recall(self) -> f64 {
        if self.gold == 0 { 1.0 } else { f64::from(self.found) / f64::from(self.gold) }
    }

    /// Harmonic mean of precision and recall, 0–1.
    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }

    fn add(&mut self, other: Self) {
        self.found += other.found;
        self.gold += other.gold;
        self.right += other.right;
        self.system += other.system;
    }
}

/// A fact that was missed or is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// Name of the document.
    pub document: String,
    /// Row and sort, such as `Project MISSED` or `investor WRONG`.
    pub kind: String,
    /// The fact in words.
    pub what: String,
}

/// Scores of a set of documents. Prints as a table; serializes as headline and rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// How many documents were measured.
    pub documents: usize,
    /// Every miss and every wrong statement, in order of documents.
    pub errors: Vec<Miss>,
    tallies: BTreeMap<&'static str, Tally>,
}

impl Table {
    pub(super) fn new(documents: usize) -> Self {
        Self { documents, ..Self::default() }
    }

    /// The counts of a row of [`ROWS`]; zeros for any other name.
    pub fn row(&self, name: &str) -> Tally {
        self.tallies.get(name).copied().unwrap_or_default()
    }

    /// Mean F1 of the rows of [`HEADLINE`], 0–1.
    pub fn headline(&self) -> f64 {
        HEADLINE.iter().map(|name| self.row(name).f1()).sum::<f64>() / HEADLINE.len() as f64
    }

    pub(super) fn add(&mut self, row: &'static str, tally: Tally) {
        self.tallies.entry(row).or_default().add(tally);
    }

    pub(super) fn say(&mut self, document: &str, kind: String, what: String) {
        self.errors.push(Miss { document: document.to_owned(), kind, what });
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} documents", self.documents)?;
        writeln!(f, "{:22}{:>6}{:>8}{:>8}{:>8}{:>8}", "", "gold", "system", "P", "R", "F1")?;
        for (index, name) in ROWS.iter().enumerate() {
            let indent = if SINGLE_RELATIONS.contains(&index) { "  " } else { "" };
            let tally = self.row(name);
            let (p, r, f1) = (tally.precision(), tally.recall(), tally.f1());
            let label = format!("{indent}{name}");
            writeln!(f, "{label:22}{:6}{:8}{p:8.3}{r:8.3}{f1:8.3}", tally.gold, tally.system)?;
        }
        write!(f, "{:22}{:30}{:8.3}", "headline (mean of 8)", "", self.headline())
    }
}

impl fmt::Display for Miss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\t{}\t{}", self.document, self.kind, self.what)
    }
}

impl Serialize for Table {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Table", 3)?;
        out.serialize_field("documents", &self.documents)?;
        out.serialize_field("headline", &self.headline())?;
        out.serialize_field("rows", &Rows(self))?;
        out.end()
    }
}

struct Rows<'a>(&'a Table);

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_map(Some(ROWS.len()))?;
        for name in ROWS {
            out.serialize_entry(name, &self.0.row(name))?;
        }
        out.end()
    }
}

impl Serialize for Tally {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Tally", 5)?;
        out.serialize_field("gold", &self.gold)?;
        out.serialize_field("system", &self.system)?;
        out.serialize_field("p", &self.precision())?;
        out.serialize_field("r", &self.recall())?;
        out.serialize_field("f1", &self.f1())?;
        out.end()
    }
}
