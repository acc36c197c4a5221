//! The ledger of projects by stage, from 谋划 to 投产.

use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::Report;
use super::html::{both, escaped, section as wrapped, shown, table, told};
use super::overview::of_kind;
use super::sources::Sources;
use crate::graph::{Node, Sentence, largest, named_in, words};
use crate::model::{EntityKind, Predicate, Status};
use crate::store::StoreError;

/// The stage of a project: the last one that any document tells.
pub fn stage(node: &Node) -> Option<Status> {
    node.status.iter().filter_map(|name| Status::from_name(name)).max()
}

/// The section.
pub fn section(report: &Report<'_>, sources: &mut Sources) -> Result<String, StoreError> {
    let mut projects: Vec<NodeIndex> = of_kind(report, EntityKind::Project).collect();
    // Within a stage the largest investments first; projects of which no stage is told come last.
    projects.sort_by_cached_key(|&at| {
        let graph = &report.graph;
        let yuan = graph.investment(at).get("CNY").copied().unwrap_or_default();
        (stage(&graph.graph[at]).map_or(usize::MAX, |status| status as usize), std::cmp::Reverse(yuan), at)
    });
    let all = projects.len();
    // Each stage keeps its largest projects where not all can be shown.
    let stages = Status::ALL.len() + 1;
    let mut kept = Vec::new();
    for number in 0..stages {
        let inside = projects.iter().filter(|&&at| stage_number(&report.graph.graph[at]) == number);
        kept.extend(inside.copied().take(report.most.div_ceil(stages).max(1)));
    }
    let mut inside = filters();
    let mut rows = Vec::new();
    for &at in if all > report.most { &kept } else { &projects } {
        rows.push(row(report, sources, at)?);
    }
    inside += &shown(rows.len(), all);
    let heads = [
        ("阶段", "Stage"),
        ("项目", "Project"),
        ("总投资", "Investment"),
        ("地点", "Place"),
        ("投资方", "Investor"),
        ("产业", "Industry"),
        ("依据", "Source"),
    ];
    inside += &table("ledger", &heads, &rows);
    Ok(wrapped("ledger", "项目台账", "Project ledger", &inside))
}

/// Number of the stage, behind all others where none is told.
fn stage_number(node: &Node) -> usize {
    stage(node).map_or(Status::ALL.len(), |status| status as usize)
}

fn filters() -> String {
    let button = |value: &str, text: String| format!("<button type=\"button\" data-stage=\"{value}\">{text}</button>");
    let stages = Status::ALL.map(|status| button(status.name(), told(|lang| words::status(status, lang).to_owned())));
    format!(
        "<div class=\"filters\"><input type=\"search\" id=\"ledger-search\" aria-label=\"search\" placeholder=\"筛选 / Filter\">{}{}{}</div>\n",
        button("", both("全部", "All")),
        stages.concat(),
        button("none", both("未说明", "Not told"))
    )
}

fn row(report: &Report<'_>, sources: &mut Sources, at: NodeIndex) -> Result<Vec<String>, StoreError> {
    let node = &report.graph.graph[at];
    let status = stage(node);
    let pill = match status {
        Some(status) => {
            let name = told(|lang| words::status(status, lang).to_owned());
            format!("<span class=\"stage\" data-stage=\"{}\">{name}</span>", status.name())
        }
        None => format!("<span class=\"stage\" data-stage=\"none\">{}</span>", both("未说明", "Not told")),
    };
    let sums = report.graph.investment(at);
    let sum = largest(&sums).map(|(currency, value)| told(|lang| words::money(value, currency, lang)));
    let mut evidence: Vec<Sentence> = Vec::new();
    for edge in report.graph.graph.edges_directed(at, Direction::Outgoing) {
        if edge.weight().predicate == Predicate::TotalInvestment.name() {
            evidence.extend(report.graph.sentences(report.store, edge.id())?);
        }
    }
    evidence.extend(named_in(report.store, &node.iri, EntityKind::Project)?);
    Ok(vec![
        pill,
        format!("<b>{}</b>", escaped(&node.label)),
        sum.unwrap_or_default(),
        others(report, at, Predicate::LocatedIn),
        others(report, at, Predicate::Investor),
        others(report, at, Predicate::Industry),
        sources.cite(evidence),
    ])
}

/// The names of what a thing is joined to by a relation.
pub fn others(report: &Report<'_>, at: NodeIndex, predicate: Predicate) -> String {
    let edges = report.graph.graph.edges_directed(at, Direction::Outgoing);
    let edges = edges.filter(|edge| edge.weight().predicate == predicate.name());
    let mut names: Vec<String> = edges.map(|edge| escaped(&report.graph.graph[edge.target()].label)).collect();
    names.sort();
    names.join("<br>")
}
