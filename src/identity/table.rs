//! The table of evidence: what each sign weighs, as data.

use std::sync::LazyLock;

const TABLE: &str = include_str!("../../ontology/identity.tsv");

/// A kind of evidence that two names mean one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sign {
    /// The user's journal joins them.
    Journal,
    /// The gazetteer lists both names for one thing.
    Gazetteer,
    /// A document says that one name is short for the other.
    Defined,
    /// A document uses both names for one thing, and one can be read off the other.
    Alias,
    /// A document uses both names for one thing.
    Named,
    /// The same name but for signs, brackets and words that add nothing.
    Spelling,
    /// The same type of zone at the same place.
    Zone,
    /// The same name but for the place in front.
    Core,
    /// The same company name but for place and legal form.
    Stem,
    /// The same short company name, of two or three characters.
    ShortStem,
    /// One is the brand of the other.
    Brand,
    /// The same sum by the same investor.
    Fact,
    /// One is short for the other by the number of times that a character stands in it.
    Counted,
    /// One character differs in a long name, and is easily misread.
    Slip,
    /// One character differs in a long name, and tells nothing.
    Near,
    /// The same place.
    Scope,
    /// One place lies within the other.
    Nested,
    /// Documents use a third name for both.
    SharedAlias,
}

impl Sign {
    const ALL: [(Self, &'static str); 18] = [
        (Self::Journal, "journal"),
        (Self::Gazetteer, "gazetteer"),
        (Self::Defined, "defined"),
        (Self::Alias, "alias"),
        (Self::Named, "named"),
        (Self::Spelling, "spelling"),
        (Self::Zone, "zone"),
        (Self::Core, "core"),
        (Self::Stem, "stem"),
        (Self::ShortStem, "short-stem"),
        (Self::Brand, "brand"),
        (Self::Fact, "fact"),
        (Self::Counted, "counted"),
        (Self::Slip, "slip"),
        (Self::Near, "near"),
        (Self::Scope, "scope"),
        (Self::Nested, "nested"),
        (Self::SharedAlias, "shared-alias"),
    ];

    /// Its name in the table.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(sign, _)| *sign == self).map_or("", |(_, name)| name)
    }
}

/// The weights of the table.
pub struct Weights {
    rows: Vec<(&'static str, i32, &'static str, &'static str)>,
}

impl Weights {
    /// The shipped table.
    pub fn shared() -> &'static Self {
        static SHARED: LazyLock<Weights> = LazyLock::new(|| Weights { rows: TABLE.lines().filter_map(row).collect() });
        &SHARED
    }

    /// What a sign weighs; 0 where the table has no such row.
    pub fn of(&self, sign: Sign) -> i32 {
        self.number(sign.name())
    }

    /// From this sum on, two names mean one thing.
    pub fn same(&self) -> i32 {
        self.number("=same")
    }

    /// From this sum on, a pair is worth a look.
    pub fn doubtful(&self) -> i32 {
        self.number("=doubtful")
    }

    /// By how much one candidate must exceed another that excludes it.
    pub fn margin(&self) -> i32 {
        self.number("=margin")
    }

    /// What a sign means, in Chinese and English.
    pub fn meaning(&self, sign: Sign) -> (&'static str, &'static str) {
        self.rows.iter().find(|row| row.0 == sign.name()).map_or(("", ""), |row| (row.2, row.3))
    }

    fn number(&self, name: &str) -> i32 {
        self.rows.iter().find(|row| row.0 == name).map_or(0, |row| row.1)
    }
}

fn row(line: &'static str) -> Option<(&'static str, i32, &'static str, &'static str)> {
    let mut cells = line.split('\t');
    let (name, weight) = (cells.next()?, cells.next()?.parse().ok()?);
    Some((name, weight, cells.next().unwrap_or(""), cells.next().unwrap_or("")))
}
