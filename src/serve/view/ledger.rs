//! The ledger of projects: one row a project, filtered, as JSON or CSV.

use std::collections::BTreeMap;

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::id;
use super::value::{self, Sum, Thing};
use crate::model::{EntityKind, Predicate, Status};
use crate::rdf::{document_key, terms};
use crate::store::{Store, StoreError};

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
pub(in crate::serve) fn read(store: &Store) -> Result<Vec<Row>, StoreError> {
    let links = Links {
        places: links(store, Predicate::LocatedIn)?,
        industries: links(store, Predicate::Industry)?,
        investors: links(store, Predicate::Investor)?,
        sums: links(store, Predicate::TotalInvestment)?,
        stages: links(store, Predicate::Status)?,
    };
    let mut rows = Vec::new();
    for quad in store.matching(None, Some(terms::TYPE), Some(terms::class(EntityKind::Project).into())) {
        if let NamedOrBlankNode::NamedNode(project) = quad?.subject {
            rows.extend(row(store, &project, &links)?);
        }
    }
    rows.sort_by(|a: &Row, b: &Row| (&a.label, &a.id).cmp(&(&b.label, &b.id)));
    Ok(rows)
}

/// Objects by subject, of the properties that the ledger shows.
struct Links {
    places: BTreeMap<NamedNode, Vec<NamedNode>>,
    industries: BTreeMap<NamedNode, Vec<NamedNode>>,
    investors: BTreeMap<NamedNode, Vec<NamedNode>>,
    sums: BTreeMap<NamedNode, Vec<NamedNode>>,
    stages: BTreeMap<NamedNode, Vec<NamedNode>>,
}

fn links(store: &Store, predicate: Predicate) -> Result<BTreeMap<NamedNode, Vec<NamedNode>>, StoreError> {
    let mut links: BTreeMap<NamedNode, Vec<NamedNode>> = BTreeMap::new();
    for quad in store.matching(None, Some(terms::property(predicate)), None) {
        let quad = quad?;
        if let (NamedOrBlankNode::NamedNode(from), Term::NamedNode(to)) = (quad.subject, quad.object) {
            links.entry(from).or_default().push(to);
        }
    }
    links.values_mut().for_each(|ends| ends.sort());
    Ok(links)
}

fn row(store: &Store, project: &NamedNode, links: &Links) -> Result<Option<Row>, StoreError> {
    let Some(label) = store.label(project.as_ref())? else { return Ok(None) };
    let ends = |links: &BTreeMap<NamedNode, Vec<NamedNode>>| links.get(project).cloned().unwrap_or_default();
    let things = |ends: Vec<NamedNode>| -> Result<Vec<Thing>, StoreError> {
        let read = ends.iter().map(|end| value::thing(store, end.as_ref()));
        Ok(read.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    };
    let reached = ends(&links.stages);
    let stages: Vec<&'static str> = Status::ALL
        .into_iter()
        .filter(|status| reached.iter().any(|it| it.as_ref() == terms::status(*status)))
        .map(Status::name)
        .collect();
    let mut sum: Option<(Decimal, Sum)> = None;
    for node in ends(&links.sums) {
        let Some(found) = value::sum(store, node.as_ref())? else { continue };
        let size = found.value.as_deref().and_then(|text| text.parse().ok()).unwrap_or_default();
        if sum.as_ref().is_none_or(|(most, _)| size > *most) {
            sum = Some((size, found));
        }
    }
    Ok(Some(Row {
        id: id(project.as_str()).to_owned(),
        label,
        stage: stages.last().copied(),
        stages,
        sum: sum.map(|(_, sum)| sum),
        places: things(ends(&links.places))?,
        industries: things(ends(&links.industries))?,
        investors: things(ends(&links.investors))?,
        documents: documents(store, project.as_ref())?,
    }))
}

fn documents(store: &Store, thing: NamedNodeRef<'_>) -> Result<usize, StoreError> {
    let mut keys = std::collections::BTreeSet::new();
    for quad in store.matching(None, Some(terms::TA_IDENT_REF), Some(thing.into())) {
        if let NamedOrBlankNode::NamedNode(mention) = quad?.subject {
            keys.extend(document_key(mention.as_str()));
        }
    }
    Ok(keys.len())
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
        let value = self.sum.as_ref().and_then(|sum| sum.value.as_deref());
        value.and_then(|text| text.parse().ok()).unwrap_or_default()
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
