//! The ledger of projects: one row a project, filtered, as JSON or CSV.

use std::collections::{BTreeMap, HashMap};

use oxigraph::model::Term;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::value::{Sum, Thing};
use super::{id, plain};
use crate::ask::{Names, Thing as Named, kind_of};
use crate::model::{EntityKind, Predicate, Status};
use crate::query::select;
use crate::rdf::terms;
use crate::store::{QueryError, Store};

/// A project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Identity behind our namespace.
    pub id: String,
    /// Its name.
    pub label: String,
    /// The furthest stage that an article tells.
    pub stage: Option<&'static str>,
    /// Every stage that articles tell, in order of a project's life.
    pub stages: Vec<&'static str>,
    /// The largest total investment.
    pub sum: Option<Sum>,
    /// Parks and places.
    pub places: Vec<Thing>,
    /// Its fields.
    pub industries: Vec<Thing>,
    /// Who invests, builds or runs.
    pub investors: Vec<Thing>,
    /// Number of articles that name it.
    pub documents: usize,
}

/// Which projects are wanted; every part that is given must hold.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    /// A part of the name.
    pub q: Option<String>,
    /// A stage.
    pub stage: Option<String>,
    /// A part of the name of a park or place.
    pub park: Option<String>,
    /// A part of the name of a field.
    pub industry: Option<String>,
    /// A part of the name of an investor.
    pub investor: Option<String>,
    /// The least sum in units of CNY.
    pub min: Option<Decimal>,
    /// `name`, `sum`, `stage` or `documents`.
    pub sort: Option<String>,
}

/// Every project of the graph, by name.
pub(in crate::serve) fn read(store: &Store, names: &Names) -> Result<Vec<Row>, QueryError> {
    let links = Links {
        places: links(store, Predicate::LocatedIn)?,
        industries: links(store, Predicate::Industry)?,
        investors: links(store, Predicate::Investor)?,
        stages: links(store, Predicate::Status)?,
        sums: sums(store)?,
        documents: documents(store)?,
    };
    let projects = names.things().filter(|thing| thing.kind == EntityKind::Project);
    let mut rows: Vec<Row> = projects.map(|project| row(project, names, &links)).collect();
    rows.sort_by(|a: &Row, b: &Row| (&a.label, &a.id).cmp(&(&b.label, &b.id)));
    Ok(rows)
}

/// Objects by subject, sorted.
type Ends = HashMap<String, Vec<String>>;

/// What the ledger shows of projects, by their IRIs. It is asked for project by project, never gone through.
struct Links {
    places: Ends,
    industries: Ends,
    investors: Ends,
    stages: Ends,
    sums: HashMap<String, Sum>,
    documents: HashMap<String, usize>,
}

/// The rows of a query. The database joins by numbers and writes out only what is asked for, which is most of the time.
fn table(store: &Store, what: &str, pattern: &str) -> Result<Vec<Vec<Option<String>>>, QueryError> {
    let query = format!("SELECT {what} WHERE {{ {pattern} }}");
    let rows = select(store, &query, &[])?.rows.into_iter();
    Ok(rows.map(|row| row.iter().map(|cell| cell.as_ref().and_then(plain)).collect()).collect())
}

fn links(store: &Store, predicate: Predicate) -> Result<Ends, QueryError> {
    let mut links = Ends::new();
    // Many other things are somewhere and in some field; a look at their class costs less than writing them out.
    let is_shared = matches!(predicate, Predicate::LocatedIn | Predicate::Industry);
    let class = if is_shared { format!("?project a {} .", terms::class(EntityKind::Project)) } else { String::new() };
    for row in table(store, "?project ?end", &format!("{class} ?project {} ?end", terms::property(predicate)))? {
        if let [Some(project), Some(end)] = row.as_slice() {
            links.entry(project.clone()).or_default().push(end.clone());
        }
    }
    links.values_mut().for_each(|ends| ends.sort());
    Ok(links)
}

/// The largest total investment of each project; of equal ones the first by IRI.
fn sums(store: &Store) -> Result<HashMap<String, Sum>, QueryError> {
    let optional = [
        (terms::VALUE, "?value"),
        (terms::MAX_VALUE, "?max"),
        (terms::CURRENCY, "?currency"),
        (terms::QUALIFIER, "?qualifier"),
    ];
    let optional = optional.map(|(property, name)| format!("OPTIONAL {{ ?sum {property} {name} }}")).concat();
    let (invested, text) = (terms::property(Predicate::TotalInvestment), terms::TEXT);
    let pattern = format!("?project {invested} ?sum . ?sum {text} ?text . {optional}");
    let mut rows = table(store, "?project ?sum ?text ?value ?max ?currency ?qualifier", &pattern)?;
    rows.sort();
    let mut sums = HashMap::<String, Sum>::new();
    for row in rows {
        let Ok([Some(project), _, Some(text), value, max, currency, qualifier]) = <[Option<String>; 7]>::try_from(row)
        else {
            continue;
        };
        let sum = Sum { text, value, max, currency, qualifier };
        if sums.get(&project).is_none_or(|known| size(&sum) > size(known)) {
            sums.insert(project, sum);
        }
    }
    Ok(sums)
}

/// Number of documents that name each project.
fn documents(store: &Store) -> Result<HashMap<String, usize>, QueryError> {
    let pattern = format!("?mention {} ?project ; {} ?document", terms::TA_IDENT_REF, terms::REFERENCE_CONTEXT);
    let query = format!(
        "SELECT ?project (COUNT(DISTINCT ?document) AS ?count) WHERE {{ ?project a {} . {pattern} }} GROUP BY ?project",
        terms::class(EntityKind::Project)
    );
    let rows = select(store, &query, &[])?.rows;
    let count = |row: Vec<Option<Term>>| {
        let mut cells = row.iter().map(|cell| cell.as_ref().and_then(plain));
        Some((cells.next()??, cells.next()??.parse().ok()?))
    };
    Ok(rows.into_iter().filter_map(count).collect())
}

fn row(project: Named, names: &Names, links: &Links) -> Row {
    let iri = project.iri.as_str();
    let ends = |links: &'_ Ends| links.get(iri).cloned().unwrap_or_default();
    let things = |links| ends(links).iter().filter_map(|end| named(names, end)).collect();
    let reached = ends(&links.stages);
    let stages: Vec<&'static str> = Status::ALL
        .into_iter()
        .filter(|status| reached.iter().any(|it| it == terms::status(*status).as_str()))
        .map(Status::name)
        .collect();
    Row {
        id: id(iri).to_owned(),
        stage: stages.last().copied(),
        stages,
        sum: links.sums.get(iri).cloned(),
        places: things(&links.places),
        industries: things(&links.industries),
        investors: things(&links.investors),
        documents: links.documents.get(iri).copied().unwrap_or_default(),
        label: project.names.into_iter().next().unwrap_or_default(),
    }
}

/// A thing in short; none for what is no thing.
pub(in crate::serve) fn named(names: &Names, iri: &str) -> Option<Thing> {
    let kind = kind_of(iri)?.name();
    names.label(iri).map(|label| Thing { id: id(iri).to_owned(), kind, label: label.to_owned() })
}

fn size(sum: &Sum) -> Decimal {
    sum.value.as_deref().and_then(|text| text.parse().ok()).unwrap_or_default()
}

impl Wanted {
    /// The rows that are wanted, in the order wanted.
    pub(in crate::serve) fn choose<'a>(&self, rows: &'a [Row]) -> Vec<&'a Row> {
        let mut chosen: Vec<&Row> = rows.iter().filter(|row| self.fits(row)).collect();
        match self.sort.as_deref() {
            Some("sum") => chosen.sort_by_key(|row| std::cmp::Reverse(row.size())),
            Some("stage") => chosen.sort_by_key(|row| std::cmp::Reverse(row.order())),
            Some("documents") => chosen.sort_by_key(|row| std::cmp::Reverse(row.documents)),
            _ => {}
        }
        chosen
    }

    fn fits(&self, row: &Row) -> bool {
        let in_any = |wanted: &Option<String>, things: &[Thing]| match given(wanted) {
            Some(part) => things.iter().any(|thing| thing.label.contains(part)),
            None => true,
        };
        given(&self.q).is_none_or(|part| row.label.contains(part))
            && given(&self.stage).is_none_or(|stage| match stage {
                "none" => row.stages.is_empty(),
                stage => row.stages.contains(&stage),
            })
            && in_any(&self.park, &row.places)
            && in_any(&self.industry, &row.industries)
            && in_any(&self.investor, &row.investors)
            && self.min.is_none_or(|min| row.currency() == Some("CNY") && row.size() >= min)
    }
}

fn given(text: &Option<String>) -> Option<&str> {
    text.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

impl Row {
    fn size(&self) -> Decimal {
        self.sum.as_ref().map(size).unwrap_or_default()
    }

    fn currency(&self) -> Option<&str> {
        self.sum.as_ref().and_then(|sum| sum.currency.as_deref())
    }

    fn order(&self) -> usize {
        Status::ALL.iter().position(|status| Some(status.name()) == self.stage).map_or(0, |at| at + 1)
    }
}

/// The values of a filter with the number of their projects, most first.
pub(in crate::serve) fn facet(
    rows: &[&Row],
    values: impl Fn(&Row) -> Vec<String>,
    most: usize,
) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows {
        for value in values(row) {
            *counts.entry(value).or_default() += 1;
        }
    }
    let mut facet: Vec<_> = counts.into_iter().collect();
    facet.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    facet.truncate(most);
    facet
}

/// The rows as CSV that spreadsheets open with Chinese intact: with a mark of UTF-8, and no cell that a spreadsheet would
/// take for a formula.
pub(in crate::serve) fn csv(rows: &[&Row], heads: &[&str; 8], stage: impl Fn(&str) -> String) -> String {
    let mut text = String::from('\u{feff}');
    push_line(&mut text, heads.iter().map(|head| (*head).to_owned()));
    for row in rows {
        let labels = |things: &[Thing]| things.iter().map(|it| it.label.as_str()).collect::<Vec<_>>().join("、");
        let sum = row.sum.clone().unwrap_or_default();
        let cells = [
            row.label.clone(),
            row.stage.map(&stage).unwrap_or_default(),
            sum.text,
            sum.value.unwrap_or_default(),
            labels(&row.places),
            labels(&row.industries),
            labels(&row.investors),
            row.documents.to_string(),
        ];
        push_line(&mut text, cells);
    }
    text
}

fn push_line(text: &mut String, cells: impl IntoIterator<Item = String>) {
    let quoted = |cell: String| {
        let risky = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        let cell = if risky { format!("'{cell}") } else { cell };
        format!("\"{}\"", cell.replace('"', "\"\""))
    };
    text.push_str(&cells.into_iter().map(quoted).collect::<Vec<_>>().join(","));
    text.push_str("\r\n");
}
