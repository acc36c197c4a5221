//! The property-graph view: things, groups and sums as nodes, relations as edges, everything else as attributes; and
//! what can be computed on it: paths, ranks, communities, industry chains, a layout.

mod build;
mod communities;
mod components;
mod evidence;
mod figures;
mod industry;
mod layout;
mod part;
mod paths;
mod picture;
mod rank;
mod stream;
mod sums;
mod taxonomy;
#[cfg(test)]
mod tests;
pub mod words;

use std::collections::BTreeSet;

use petgraph::graph::{DiGraph, NodeIndex};

pub use communities::{Communities, Community};
pub use components::Component;
pub use evidence::{Sentence, stated_by};
pub use figures::{Figure, named_in};
pub use industry::{Chain, Chains, Members};
pub use layout::{Point, layout};
pub use part::{Part, Wanted};
pub use paths::{Neighbour, Route, Step};
pub use picture::{Dot, Line, MOST_PLACED, Picture, Ranking};
pub use rank::{Rank, Ranked};
pub use stream::Stream;
pub use sums::{Sum, largest};

use serde::Serialize;

use crate::model::EntityKind;

/// True for a thing whose name tells nothing outside its document: 全省, 园区. Its identity names the document. Lists of what
/// matters most have such things last.
pub fn is_local(iri: &str) -> bool {
    !iri.contains('#') && iri.contains(crate::identity::OWN)
}

/// The graph, with its nodes in order of kind and identity, its edges in order of subject, predicate and object's identity.
#[derive(Debug, Default)]
pub struct PropertyGraph {
    /// Nodes and edges.
    pub graph: DiGraph<Node, Edge>,
}

/// What a node stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NodeKind {
    /// A named thing.
    Thing(EntityKind),
    /// A counted set of projects.
    Group,
    /// A sum of money.
    Amount,
}

impl NodeKind {
    /// Name of the kind: the local name of its class.
    pub fn name(self) -> &'static str {
        match self {
            Self::Thing(kind) => kind.name(),
            Self::Group => "ProjectGroup",
            Self::Amount => "Amount",
        }
    }

    /// Every kind, in the order in which output lists them.
    pub fn all() -> impl Iterator<Item = Self> {
        EntityKind::ALL.into_iter().map(Self::Thing).chain([Self::Group, Self::Amount])
    }

    /// The kind with that name, in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::all().find(|kind| kind.name().eq_ignore_ascii_case(name))
    }
}

/// A node with its attributes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its identity.
    pub iri: String,
    /// What it stands for.
    pub kind: NodeKind,
    /// Its preferred name; for a sum, the text of the source.
    pub label: String,
    /// Its other names, sorted.
    pub aliases: Vec<String>,
    /// The sum in units of its currency, as the graph writes it.
    pub value: Option<String>,
    /// The upper bound of a range.
    pub max: Option<String>,
    /// ISO 4217 code.
    pub currency: Option<String>,
    /// `about`, `at_least` or `at_most`.
    pub qualifier: Option<String>,
    /// How many a group counts.
    pub count: Option<String>,
    /// Stages, in order of a project's life.
    pub status: Vec<String>,
    /// Honours, sorted.
    pub designations: Vec<String>,
    /// Figures about it, each as `indicator period: value unit (growth%)`, sorted.
    pub figures: Vec<String>,
    /// Keys of the documents that name it, sorted.
    pub documents: Vec<String>,
}

/// A node as results name it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Thing {
    /// Its preferred name.
    pub label: String,
    /// Local name of its class; see [`NodeKind::name`].
    pub kind: &'static str,
    /// Its identity.
    pub iri: String,
}

/// A relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// Local name of the property.
    pub predicate: &'static str,
    /// Keys of the documents that state it, sorted.
    pub documents: Vec<String>,
}

impl PropertyGraph {
    /// The node of that identity.
    pub fn find(&self, iri: &str) -> Option<NodeIndex> {
        // The kind is not known, hence one look at the nodes of each.
        let place =
            |kind| self.graph.raw_nodes().partition_point(|it| (it.weight.kind, it.weight.iri.as_str()) < (kind, iri));
        let found = NodeKind::all().map(|kind| NodeIndex::new(place(kind)));
        found.into_iter().find(|&at| self.graph.node_weight(at).is_some_and(|node| node.iri == iri))
    }

    /// The nodes of these identities, in order of the graph.
    pub fn find_all(&self, iris: &[String]) -> Vec<NodeIndex> {
        let wanted: BTreeSet<&str> = iris.iter().map(String::as_str).collect();
        self.graph.node_indices().filter(|&at| wanted.contains(self.graph[at].iri.as_str())).collect()
    }

    /// A node as results name it.
    pub fn thing(&self, at: NodeIndex) -> Thing {
        let Node { iri, kind, label, .. } = &self.graph[at];
        Thing { label: label.clone(), kind: kind.name(), iri: iri.clone() }
    }

    /// Nodes within `hops` steps of the `start` nodes, along edges in either direction.
    pub fn around(&self, start: &[NodeIndex], hops: usize) -> BTreeSet<NodeIndex> {
        let mut reached: BTreeSet<NodeIndex> = start.iter().copied().collect();
        let mut edge = reached.clone();
        for _ in 0..hops {
            let next = edge.iter().flat_map(|&node| self.graph.neighbors_undirected(node));
            edge = next.filter(|node| !reached.contains(node)).collect();
            reached.extend(edge.iter().copied());
        }
        reached
    }

    /// The graph with only the nodes for which `keep` holds and the edges between them; the order stays.
    pub fn only(&self, keep: impl Fn(NodeIndex) -> bool) -> Self {
        let graph = self.graph.filter_map(|at, node| keep(at).then(|| node.clone()), |_, edge| Some(edge.clone()));
        Self { graph }
    }

    /// The nodes in order.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.graph.node_weights()
    }

    /// The edges in order, each with the nodes at its ends.
    pub fn edges(&self) -> impl Iterator<Item = (&Node, &Edge, &Node)> {
        let ends = |at| {
            let (from, to) = self.graph.edge_endpoints(at)?;
            Some((&self.graph[from], &self.graph[at], &self.graph[to]))
        };
        self.graph.edge_indices().filter_map(ends)
    }
}
