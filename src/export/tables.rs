//! CSV tables for people: projects, enterprises, parks, policies, observations. They open in Excel with Chinese intact: a
//! byte order mark in front, Windows line ends, and no cell from an article that Excel would take for a formula.

use std::io::Write;

use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::{ExportError, Source};
use crate::graph::{Figure, NodeKind, PropertyGraph};
use crate::model::{EntityKind, Predicate};

/// A column: its head, and the cell of a thing.
type Column = (&'static str, fn(&PropertyGraph, NodeIndex) -> String);

/// Parts several values in a cell.
const JOINT: &str = "；";

const NAMES: [Column; 2] =
    [("名称", |graph, at| graph.graph[at].label.clone()), ("别名", |graph, at| graph.graph[at].aliases.join(JOINT))];

const PROJECT: [Column; 11] = [
    ("阶段", |graph, at| graph.graph[at].status.join(JOINT)),
    ("总投资", |graph, at| values(graph, at, Predicate::TotalInvestment)),
    ("总投资币种", |graph, at| currencies(graph, at, Predicate::TotalInvestment)),
    ("总投资原文", |graph, at| objects(graph, at, Predicate::TotalInvestment)),
    ("计划投资", |graph, at| values(graph, at, Predicate::PlannedInvestment)),
    ("完成投资", |graph, at| values(graph, at, Predicate::CompletedInvestment)),
    ("投资方", |graph, at| objects(graph, at, Predicate::Investor)),
    ("位于", |graph, at| objects(graph, at, Predicate::LocatedIn)),
    ("产业", |graph, at| objects(graph, at, Predicate::Industry)),
    ("项目组", |graph, at| objects(graph, at, Predicate::MemberOf)),
    ("合作方", |graph, at| objects(graph, at, Predicate::Partner)),
];

const ENTERPRISE: [Column; 5] = [
    ("位于", |graph, at| objects(graph, at, Predicate::LocatedIn)),
    ("产业", |graph, at| objects(graph, at, Predicate::Industry)),
    ("称号", |graph, at| graph.graph[at].designations.join(JOINT)),
    ("投资的项目", |graph, at| subjects(graph, at, Predicate::Investor, None)),
    ("合作方", |graph, at| objects(graph, at, Predicate::Partner)),
];

const PARK: [Column; 6] = [
    ("位于", |graph, at| objects(graph, at, Predicate::LocatedIn)),
    ("产业", |graph, at| objects(graph, at, Predicate::Industry)),
    ("称号", |graph, at| graph.graph[at].designations.join(JOINT)),
    ("项目", |graph, at| subjects(graph, at, Predicate::LocatedIn, Some(EntityKind::Project))),
    ("企业", |graph, at| subjects(graph, at, Predicate::LocatedIn, Some(EntityKind::Enterprise))),
    ("总投资", |graph, at| values(graph, at, Predicate::TotalInvestment)),
];

const POLICY: [Column; 2] = [
    ("发布方", |graph, at| objects(graph, at, Predicate::IssuedBy)),
    ("产业", |graph, at| objects(graph, at, Predicate::Industry)),
];

const SOURCE: [Column; 2] =
    [("文档", |graph, at| graph.graph[at].documents.join(JOINT)), ("标识", |graph, at| graph.graph[at].iri.clone())];

/// The table of projects.
pub fn projects(source: &Source<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    things(source, EntityKind::Project, &PROJECT, out)
}

/// The table of enterprises.
pub fn enterprises(source: &Source<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    things(source, EntityKind::Enterprise, &ENTERPRISE, out)
}

/// The table of parks.
pub fn parks(source: &Source<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    things(source, EntityKind::Park, &PARK, out)
}

/// The table of policies.
pub fn policies(source: &Source<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    things(source, EntityKind::Policy, &POLICY, out)
}

/// The table of figures over periods.
pub fn observations(source: &Source<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    let heads = ["对象", "指标", "时期", "数值", "上限", "单位", "增长%", "限定", "目标", "文档", "标识"];
    let mut table = excel(out)?;
    table.write_record(heads)?;
    for figure in source.figures()? {
        let Figure { subject, indicator, period, value, max, unit, growth, qualifier, target, document, iri, .. } =
            figure;
        let text = |text: Option<String>| safe(&text.unwrap_or_default());
        // Numbers may begin with a sign.
        let number = |number: Option<String>| number.unwrap_or_default();
        let aim = if target { "是" } else { "" };
        table.write_record([
            text(subject),
            safe(&indicator),
            text(period),
            number(value),
            number(max),
            text(unit),
            number(growth),
            text(qualifier),
            aim.to_owned(),
            safe(&document),
            iri,
        ])?;
    }
    Ok(table.flush()?)
}

fn things(source: &Source<'_>, kind: EntityKind, own: &[Column], out: &mut dyn Write) -> Result<(), ExportError> {
    let columns: Vec<&Column> = NAMES.iter().chain(own).chain(&SOURCE).collect();
    let mut table = excel(out)?;
    table.write_record(columns.iter().map(|(head, _)| *head))?;
    let view = source.view()?;
    view.stars(NodeKind::Thing(kind), |graph, at| {
        Ok(table.write_record(columns.iter().map(|(_, cell)| safe(&cell(graph, at))))?)
    })?;
    Ok(table.flush()?)
}

fn excel(out: &mut dyn Write) -> Result<csv::Writer<&mut dyn Write>, ExportError> {
    out.write_all("\u{feff}".as_bytes())?;
    Ok(csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out))
}

/// Text that begins as a formula gets an apostrophe in front; line breaks become blanks.
fn safe(text: &str) -> String {
    let line = text.replace(['\n', '\r', '\t'], " ");
    if line.starts_with(['=', '+', '-', '@']) { format!("'{line}") } else { line }
}

fn joined(graph: &PropertyGraph, at: NodeIndex, predicate: Predicate, direction: Direction) -> Vec<NodeIndex> {
    let edges = graph.graph.edges_directed(at, direction).filter(|edge| edge.weight().predicate == predicate.name());
    let other = |edge: petgraph::graph::EdgeReference<'_, crate::graph::Edge>| match direction {
        Direction::Outgoing => edge.target(),
        Direction::Incoming => edge.source(),
    };
    let mut found: Vec<NodeIndex> = edges.map(other).collect();
    found.sort_unstable();
    found
}

fn objects(graph: &PropertyGraph, at: NodeIndex, predicate: Predicate) -> String {
    let objects = joined(graph, at, predicate, Direction::Outgoing).into_iter();
    objects.map(|at| graph.graph[at].label.clone()).collect::<Vec<_>>().join(JOINT)
}

fn subjects(graph: &PropertyGraph, at: NodeIndex, predicate: Predicate, kind: Option<EntityKind>) -> String {
    let subjects = joined(graph, at, predicate, Direction::Incoming).into_iter();
    let subjects = subjects.filter(|&at| kind.is_none_or(|kind| graph.graph[at].kind == NodeKind::Thing(kind)));
    subjects.map(|at| graph.graph[at].label.clone()).collect::<Vec<_>>().join(JOINT)
}

/// The sums as the graph writes them: one number where there is one, so that it can be added up.
fn values(graph: &PropertyGraph, at: NodeIndex, predicate: Predicate) -> String {
    distinct(graph, at, predicate, |node| node.value.clone())
}

fn currencies(graph: &PropertyGraph, at: NodeIndex, predicate: Predicate) -> String {
    distinct(graph, at, predicate, |node| node.currency.clone())
}

fn distinct(
    graph: &PropertyGraph,
    at: NodeIndex,
    predicate: Predicate,
    of: impl Fn(&crate::graph::Node) -> Option<String>,
) -> String {
    let objects = joined(graph, at, predicate, Direction::Outgoing).into_iter();
    let mut values: Vec<String> = objects.filter_map(|at| of(&graph.graph[at])).collect();
    values.sort();
    values.dedup();
    values.join(JOINT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (text, expected) in [("=1+1", "'=1+1"), ("@甲", "'@甲"), ("甲=乙\n丙", "甲=乙 丙"), ("", "")] {
            assert_eq!(safe(text), expected);
        }
    }
}
