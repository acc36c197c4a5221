//! What a store holds, at a glance.

use std::collections::BTreeMap;

use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Report;
use super::chart::{Bar, bars};
use super::html::{both, escaped, section as wrapped, told};
use super::ledger::stage;
use super::sources::Sources;
use crate::graph::{NodeKind, words};
use crate::model::{EntityKind, Predicate, Status};

/// Bars of a chart at most.
const MOST: usize = 10;

/// The section.
pub fn section(report: &Report<'_>, sources: &Sources) -> String {
    let inside = [
        lead(report, sources),
        tiles(report, sources),
        "<div class=\"charts\">".to_owned(),
        stages(report),
        parks(report),
        "</div>".to_owned(),
    ];
    wrapped("overview", "总览", "Overview", &inside.concat())
}

fn lead(report: &Report<'_>, sources: &Sources) -> String {
    let dates =
        sources.dates().map(|(first, last)| if first == last { first.to_owned() } else { format!("{first} – {last}") });
    let documents = sources.count();
    let (zh, en) = match dates {
        Some(dates) => (format!("（{dates}）"), format!(" ({dates})")),
        None => Default::default(),
    };
    let relations = report.graph.graph.edge_count();
    both(
        &format!(
            "依据 {documents} 篇报道{zh}自动整理，共 {relations} 条关系；每条事实都可以追溯到原文句子，使用前请核对原文。"
        ),
        &format!(
            "Drawn automatically from {documents} articles{en}, {relations} relations in all. Every fact leads back to its sentence; check the source before relying on it."
        ),
    )
}

fn tiles(report: &Report<'_>, sources: &Sources) -> String {
    let tile = |value: String, label: String| format!("<div class=\"tile\"><b>{value}</b>{label}</div>");
    let mut tiles = tile(sources.count().to_string(), both("报道", "Articles"));
    for kind in
        [EntityKind::Project, EntityKind::Enterprise, EntityKind::Park, EntityKind::Policy, EntityKind::Industry]
    {
        let count = of_kind(report, kind).count().to_string();
        let name = |lang| words::kind(NodeKind::Thing(kind), lang);
        let plural = |word: &str| word.strip_suffix('y').map_or(format!("{word}s"), |stem| format!("{stem}ies"));
        tiles += &tile(count, both(name(crate::message::Lang::Zh), &plural(name(crate::message::Lang::En))));
    }
    for sum in report.graph.invested(of_kind(report, EntityKind::Project)) {
        if sum.currency == "CNY" {
            let label = format!("项目总投资合计（{} 个项目有报道）", sum.things);
            let en = format!("total investment of the {} projects that report one", sum.things);
            tiles += &tile(told(|lang| words::money(sum.value, &sum.currency, lang)), both(&label, &en));
        }
    }
    format!("<div class=\"tiles\">{tiles}</div>\n")
}

/// The things of a kind.
pub fn of_kind<'a>(report: &'a Report<'_>, kind: EntityKind) -> impl Iterator<Item = NodeIndex> + 'a {
    let graph = &report.graph.graph;
    graph.node_indices().filter(move |&at| graph[at].kind == NodeKind::Thing(kind))
}

fn stages(report: &Report<'_>) -> String {
    let mut counts: BTreeMap<Status, usize> = Status::ALL.into_iter().map(|status| (status, 0)).collect();
    let stages = of_kind(report, EntityKind::Project).filter_map(|at| stage(&report.graph.graph[at]));
    stages.for_each(|status| *counts.entry(status).or_default() += 1);
    let bar = |(status, count): (&Status, &usize)| Bar {
        name: told(|lang| words::status(*status, lang).to_owned()),
        value: *count as f64,
        text: count.to_string(),
        hollow: false,
    };
    let drawn = bars(&counts.iter().map(bar).collect::<Vec<_>>());
    format!("<figure><figcaption>{}</figcaption>{drawn}</figure>", both("项目按阶段", "Projects by stage"))
}

fn parks(report: &Report<'_>) -> String {
    let mut sums: Vec<(Decimal, NodeIndex)> = Vec::new();
    for park in of_kind(report, EntityKind::Park) {
        let sum = report.graph.invested(projects_in(report, park)).into_iter().find(|sum| sum.currency == "CNY");
        sums.extend(sum.map(|sum| (sum.value, park)));
    }
    sums.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let bar = |(value, park): &(Decimal, NodeIndex)| Bar {
        name: escaped(&report.graph.graph[*park].label),
        value: value.to_f64().unwrap_or_default(),
        text: told(|lang| words::money(*value, "CNY", lang)),
        hollow: false,
    };
    let drawn = bars(&sums.iter().take(MOST).map(bar).collect::<Vec<_>>());
    let title = both("园区项目总投资（前十）", "Total investment of projects by park (top ten)");
    format!("<figure><figcaption>{title}</figcaption>{drawn}</figure>")
}

/// The projects that are said to be in a park.
fn projects_in<'a>(report: &'a Report<'_>, park: NodeIndex) -> impl Iterator<Item = NodeIndex> + 'a {
    let graph = &report.graph.graph;
    let located = graph.edges_directed(park, Direction::Incoming);
    let located = located.filter(|edge| edge.weight().predicate == Predicate::LocatedIn.name());
    located.map(|edge| edge.source()).filter(|&at| graph[at].kind == NodeKind::Thing(EntityKind::Project))
}
