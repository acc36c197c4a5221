//! What the columns of a ledger hold, by the words of their headers.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::extract::value::{money, numerals};
use crate::message::Bilingual;
use crate::model::{Money, Status};

/// The words that ship with the program.
const SHIPPED: &str = include_str!("../../../ontology/grammar/ledger.toml");

static WORDS: LazyLock<File> = LazyLock::new(|| {
    // A test reads the shipped file.
    toml::from_str(SHIPPED).expect("the shipped words of ledgers are valid")
});

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Role {
    /// The project that the row is about.
    Project,
    /// The enterprise that the row is about; beside a project its investor.
    Enterprise,
    /// The park where it is; what the row is about where nothing else is.
    Park,
    Investor,
    Place,
    Industry,
    Total,
    Planned,
    Completed,
    Status,
    Designation,
    /// Nothing that is read.
    Nothing,
}

/// A column of a ledger.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    /// None for a column that no word knows.
    pub(super) role: Option<Role>,
    /// Its header without unit.
    pub(super) name: String,
    /// The unit of its figures.
    pub(super) unit: Option<Unit>,
    /// The year in front of its name.
    pub(super) year: Option<u16>,
}

/// A unit in a header.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Unit {
    /// Of money: how it is written, and one of it.
    Money(String, Money),
    /// Any other, and how many whole ones it counts: 万 is 10,000.
    Other(String, Decimal),
}

/// Words of headers; those of the user come before those that ship.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Columns {
    own: File,
    hash: String,
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    columns: BTreeMap<String, Meaning>,
    #[serde(default)]
    status: BTreeMap<String, String>,
    #[serde(default)]
    bodies: Vec<String>,
    #[serde(default)]
    parks: Vec<String>,
    #[serde(default)]
    sums: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
enum Meaning {
    Plain(Role),
    Full { holds: Role, unit: Option<String> },
}

/// Why a file of columns could not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the file of columns is not valid ({0}); write lines such as \"工程\" = \"project\" below [columns]; a column holds project, \
     enterprise, park, investor, place, industry, total, planned, completed, status, designation or nothing"
)]
pub struct ColumnsError(String);

impl Bilingual for ColumnsError {
    fn zh(&self) -> String {
        format!(
            "列说明文件无效（{}）；请在 [columns] 下写 \"工程\" = \"project\" 这样的行；列的含义可用 project、enterprise、park、\
             investor、place、industry、total、planned、completed、status、designation、nothing",
            self.0
        )
    }
}

impl Columns {
    /// Reads a user's file.
    ///
    /// # Errors
    /// When it is not TOML of the form of `ontology/grammar/ledger.toml`.
    pub fn from_toml(text: &str) -> Result<Self, ColumnsError> {
        let own: File = toml::from_str(text)
            .map_err(|error| ColumnsError(first_line(&error.to_string()).replace(UNTOLD, "unknown meaning")))?;
        if let Some(name) = own.status.values().find(|name| Status::from_name(name).is_none()) {
            return Err(ColumnsError(format!("unknown status `{name}`")));
        }
        Ok(Self { own, hash: blake3::hash(text.as_bytes()).to_hex()[..12].to_owned() })
    }

    /// Names the user's words in one word; empty without any. Ledgers read with other words are read again.
    pub fn version(&self) -> &str {
        &self.hash
    }

    /// True when the cells can be the header of a ledger.
    pub(in crate::read) fn knows(&self, cells: &[&str]) -> bool {
        self.count(cells) >= 2
    }

    /// How many of the cells name a column; 0 where none names what the rows are about.
    pub(super) fn count(&self, cells: &[&str]) -> usize {
        let roles = || cells.iter().filter_map(|cell| self.column(cell, None).role);
        let about = roles().any(|role| matches!(role, Role::Project | Role::Enterprise | Role::Park));
        if about { roles().filter(|role| *role != Role::Nothing).count() } else { 0 }
    }

    /// What a header says; `common` is the unit that the page names for all.
    pub(super) fn column(&self, header: &str, common: Option<&Unit>) -> Column {
        let bare: String = header.chars().filter(|c| !c.is_whitespace()).collect();
        let (name, unit) = parted(&bare);
        let (year, name) = dated(name);
        let meaning = find(&self.own.columns, &bare).or_else(|| find(&self.own.columns, name));
        let meaning = meaning.or_else(|| find(&WORDS.columns, name));
        let (role, own_unit) = match meaning {
            Some(Meaning::Plain(role)) => (Some(*role), None),
            Some(Meaning::Full { holds, unit }) => (Some(*holds), unit.as_deref()),
            None => (None, None),
        };
        let of_money = matches!(role, Some(Role::Total | Role::Planned | Role::Completed));
        let unit = own_unit.or(unit).and_then(Unit::of).or_else(|| common.filter(|_| of_money).cloned());
        Column { role, name: name.to_owned(), unit, year }
    }

    /// The stage that a cell names.
    pub(super) fn status(&self, text: &str) -> Option<Status> {
        [&self.own.status, &WORDS.status].into_iter().find_map(|words| {
            let found = words.iter().filter_map(|(word, name)| Some((text.find(word.as_str())?, word, name)));
            // The first word counts; of those at one place the longest.
            let first = found.min_by_key(|(at, word, _)| (*at, usize::MAX - word.len()))?;
            Status::from_name(first.2)
        })
    }

    /// True for the name of a body that is not commercial.
    pub(super) fn is_body(&self, name: &str) -> bool {
        [&self.own.bodies, &WORDS.bodies].into_iter().any(|words| words.iter().any(|end| name.ends_with(end.as_str())))
    }

    /// True for the name of a place where industry is placed.
    pub(super) fn is_park(&self, name: &str) -> bool {
        [&self.own.parks, &WORDS.parks].into_iter().any(|words| words.iter().any(|end| name.ends_with(end.as_str())))
    }

    /// True for the first cell of a row that only adds up.
    pub(super) fn is_sum(&self, text: &str) -> bool {
        let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        [&self.own.sums, &WORDS.sums].into_iter().any(|words| words.contains(&bare))
    }
}

/// What the parser says of a meaning that is none.
const UNTOLD: &str = "data did not match any variant of untagged enum Meaning";

fn first_line(text: &str) -> String {
    text.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join(" ")
}

/// The meaning of the header itself, else of the longest word in it that has three characters or more.
fn find<'a>(words: &'a BTreeMap<String, Meaning>, header: &str) -> Option<&'a Meaning> {
    const FEWEST: usize = 3;
    words.get(header).or_else(|| {
        let inside = |word: &&String| word.chars().count() >= FEWEST && header.contains(word.as_str());
        let longest = words.keys().filter(inside).max_by_key(|word| word.chars().count())?;
        words.get(longest)
    })
}

/// A header without the unit in its brackets, and the unit.
fn parted(header: &str) -> (&str, Option<&str>) {
    for (open, close) in [('（', '）'), ('(', ')'), ('[', ']'), ('【', '】'), ('(', '）'), ('（', ')')] {
        if let Some((name, rest)) = header.split_once(open)
            && let Some((unit, _)) = rest.split_once(close)
        {
            let unit = unit.trim_start_matches("单位").trim_start_matches([':', '：']);
            return (name, Some(unit));
        }
    }
    match header.rsplit_once(['/', '／']) {
        Some((name, unit)) if Unit::of(unit).is_some() => (name, Some(unit)),
        _ => (header, None),
    }
}

/// The year in front of a name.
fn dated(name: &str) -> (Option<u16>, &str) {
    let year = name.get(..4).and_then(|digits| digits.parse().ok()).filter(|year| (1949..=2100).contains(year));
    let rest = year.and_then(|_| name[4..].strip_prefix('年'));
    match rest.filter(|rest| !rest.is_empty()) {
        Some(rest) => (year, rest.strip_prefix('度').filter(|it| !it.is_empty()).unwrap_or(rest)),
        None => (None, name),
    }
}

impl Unit {
    /// The unit that a text names.
    pub(super) fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() || text.chars().count() > 8 || text.chars().any(|c| c.is_ascii_digit()) {
            return None;
        }
        let one: Vec<char> = format!("1{text}").chars().collect();
        if let Some(sum) = money(&one, &numerals(&one)).into_iter().next() {
            return Some(Self::Money(text.to_owned(), sum.money));
        }
        let (times, name) = match text.strip_prefix('万').filter(|rest| !rest.is_empty()) {
            Some(rest) => (Decimal::from(10_000), rest),
            None => (Decimal::ONE, text),
        };
        Some(Self::Other(name.to_owned(), times))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_known_by_their_words() {
        let columns = Columns::default();
        for (header, role, year) in [
            ("项目名称", Some(Role::Project), None),
            ("总投资（亿元）", Some(Role::Total), None),
            ("项目总投资额", Some(Role::Total), None),
            ("2023年计划投资(万元)", Some(Role::Planned), Some(2023)),
            ("累计完成投资/万元", Some(Role::Completed), None),
            ("项目 建设单位", Some(Role::Investor), None),
            ("项目负责人", Some(Role::Nothing), None),
            ("园区", Some(Role::Park), None),
            ("园区电话", None, None),
            ("当前项目进展情况", Some(Role::Status), None),
            ("2022年度产值（万元）", None, Some(2022)),
            ("", None, None),
        ] {
            let column = columns.column(header, None);
            assert_eq!((column.role, column.year), (role, year), "{header}");
        }
    }

    #[test]
    fn units_are_known() {
        let money = |text: &str| match Unit::of(text) {
            Some(Unit::Money(_, money)) => Some((money.value.normalize().to_string(), money.currency)),
            _ => None,
        };
        assert_eq!(money("亿元"), Some(("100000000".to_owned(), "CNY")));
        assert_eq!(money("万美元"), Some(("10000".to_owned(), "USD")));
        assert_eq!(Unit::of("万平方米"), Some(Unit::Other("平方米".to_owned(), Decimal::from(10_000))));
        assert_eq!(Unit::of("亩"), Some(Unit::Other("亩".to_owned(), Decimal::ONE)));
        assert_eq!(Unit::of("2023年"), None);
    }

    #[test]
    fn stages_are_known_by_their_first_word() {
        let columns = Columns::default();
        for (text, expected) in [
            ("已投产", Some(Status::Operating)),
            ("拟开工", Some(Status::Planned)),
            ("已开工，主体施工", Some(Status::Started)),
            ("在建", Some(Status::UnderConstruction)),
            ("60%", None),
        ] {
            assert_eq!(columns.status(text), expected, "{text}");
        }
    }

    #[test]
    fn a_users_words_come_first_and_mistakes_are_told() {
        let text = "[columns]\n\"工程\" = \"nothing\"\n\"投入\" = { holds = \"total\", unit = \"亿元\" }\n";
        let columns = Columns::from_toml(text).expect("valid");
        assert_eq!(columns.column("工程", None).role, Some(Role::Nothing));
        assert!(matches!(columns.column("投入", None).unit, Some(Unit::Money(..))));
        assert_ne!(columns.version(), Columns::default().version());
        for wrong in ["[columns]\n\"工程\" = \"thing\"", "[column]", "x", "[status]\n\"好\" = \"fine\""] {
            assert!(Columns::from_toml(wrong).is_err(), "{wrong}");
        }
    }
}
