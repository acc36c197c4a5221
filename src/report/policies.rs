//! Policies with those who issued them and what they are about.

use petgraph::graph::NodeIndex;

use super::Report;
use super::html::{escaped, section as wrapped, shown, table};
use super::ledger::others;
use super::overview::of_kind;
use super::sources::Sources;
use crate::graph::named_in;
use crate::model::{EntityKind, Predicate};
use crate::store::StoreError;

/// The section.
pub fn section(report: &Report<'_>, sources: &mut Sources) -> Result<String, StoreError> {
    let mut policies: Vec<NodeIndex> = of_kind(report, EntityKind::Policy).collect();
    // The latest first; the sort keeps the order of names otherwise.
    policies.sort_by_cached_key(|&at| {
        let latest = sources.latest(&report.graph.graph[at].documents).unwrap_or_default();
        std::cmp::Reverse(latest.to_owned())
    });
    let mut rows = Vec::new();
    for &at in policies.iter().take(report.most) {
        let node = &report.graph.graph[at];
        let date = escaped(sources.latest(&node.documents).unwrap_or_default());
        let evidence = named_in(report.store, &node.iri, EntityKind::Policy)?;
        rows.push(vec![
            format!("<b>{}</b>", escaped(&node.label)),
            others(report, at, Predicate::IssuedBy),
            others(report, at, Predicate::Industry),
            date,
            sources.cite(evidence),
        ]);
    }
    let heads = [
        ("政策", "Policy"),
        ("发布方", "Issued by"),
        ("产业", "Industry"),
        ("报道日期", "Reported"),
        ("依据", "Source"),
    ];
    let inside = shown(rows.len(), policies.len()) + &table("policies", &heads, &rows);
    Ok(wrapped("policies", "政策", "Policies", &inside))
}
