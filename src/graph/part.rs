//! A part of the graph: the surroundings of a thing, or all things of a kind.

use std::collections::BTreeSet;

use petgraph::graph::NodeIndex;

use super::{NodeKind, PropertyGraph};

/// Which part is wanted; nothing set means the whole graph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Identities of the things in the middle; empty for no middle.
    pub focus: Vec<String>,
    /// Steps around the middle.
    pub hops: usize,
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
        self.focus.is_empty() && self.kind.is_none()
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
        self.only(|at| around.contains(&at) && self.is_of(at, wanted.kind))
    }

    /// The identities of the nodes.
    pub fn identities(&self) -> Part {
        Part { nodes: self.nodes().map(|node| node.iri.clone()).collect() }
    }

    fn is_of(&self, at: NodeIndex, kind: Option<NodeKind>) -> bool {
        let Some(kind) = kind else { return true };
        if self.graph[at].kind == kind {
            return true;
        }
        let attached = matches!(self.graph[at].kind, NodeKind::Amount | NodeKind::Group);
        attached && self.graph.neighbors_undirected(at).any(|other| self.graph[other].kind == kind)
    }
}
