//! A part of the graph: the surroundings of a thing, or all things of a kind.

use std::collections::BTreeSet;

use petgraph::graph::NodeIndex;

use super::{Node, NodeKind, PropertyGraph};

/// Which part is wanted; nothing set means the whole graph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Identities of the things in the middle; empty for no middle.
    pub focus: Vec<String>,
    /// Steps around the middle.
    pub hops: usize,
    /// Only things of this industry and its narrower ones, with what is joined to them by one step.
    pub industry: Option<String>,
    /// Only these identities, with the sums and groups joined to them.
    pub chosen: Option<BTreeSet<String>>,
    /// Only nodes of this kind, with the sums and groups joined to them.
    pub kind: Option<NodeKind>,
}

/// A part of the graph by the identities of its nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Identities of the nodes.
    pub nodes: BTreeSet<String>,
}

impl Wanted {
    /// True where the whole graph is wanted.
    pub fn is_all(&self) -> bool {
        *self == Self { hops: self.hops, ..Self::default() }
    }
}

impl PropertyGraph {
    /// The part that is wanted, as a graph of its own.
    pub fn part(&self, wanted: &Wanted) -> Self {
        let all = || self.graph.node_indices().collect();
        let around: BTreeSet<NodeIndex> = if wanted.focus.is_empty() {
            all()
        } else {
            let middle = |&at: &NodeIndex| wanted.focus.contains(&self.graph[at].iri);
            let start: Vec<NodeIndex> = self.graph.node_indices().filter(middle).collect();
            self.around(&start, wanted.hops)
        };
        let in_industry = wanted.industry.as_deref().map(|name| {
            let inside: Vec<NodeIndex> = self.in_industry(name).into_iter().collect();
            self.around(&inside, 1)
        });
        let chosen = |node: &Node| wanted.chosen.as_ref().is_none_or(|chosen| chosen.contains(&node.iri));
        let of_kind = |node: &Node| wanted.kind.is_none_or(|kind| node.kind == kind);
        self.only(|at| {
            let inside = in_industry.as_ref().is_none_or(|inside| inside.contains(&at));
            around.contains(&at) && inside && self.is_like(at, &chosen) && self.is_like(at, &of_kind)
        })
    }

    /// The identities of the nodes.
    pub fn identities(&self) -> Part {
        Part { nodes: self.nodes().map(|node| node.iri.clone()).collect() }
    }

    /// True for a node of which `holds` is true, and for sums and groups joined to such a node.
    fn is_like(&self, at: NodeIndex, holds: &impl Fn(&Node) -> bool) -> bool {
        if holds(&self.graph[at]) {
            return true;
        }
        let attached = matches!(self.graph[at].kind, NodeKind::Amount | NodeKind::Group);
        attached && self.graph.neighbors_undirected(at).any(|other| holds(&self.graph[other]))
    }
}
