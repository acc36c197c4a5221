//! The property graph of a source as formats write it: nodes, then edges, in canonical order, from a graph that is held
//! or piece by piece from the store.

use petgraph::graph::NodeIndex;

use super::ExportError;
use crate::graph::{Edge, Node, NodeKind, Point, PropertyGraph, Stream};

/// What formats write.
pub enum View<'a> {
    /// A graph with the places of its nodes, where they are wanted and there.
    Held(PropertyGraph, Option<Vec<Point>>),
    /// A graph too large to be held, with degrees where they are wanted.
    Streamed(Stream<'a>, bool),
}

/// A node as formats write it.
pub struct Shown<'a> {
    /// The node.
    pub node: &'a Node,
    /// Number of its edges; 0 where drawing is not asked for.
    pub degree: usize,
    /// Its place; none where drawing is not asked for, and in graphs too large to be laid out.
    pub place: Option<Point>,
}

/// An edge as formats write it.
pub struct Joined<'a> {
    /// Its number, from 0.
    pub number: usize,
    /// Identity of its subject.
    pub from: &'a str,
    /// The edge.
    pub edge: &'a Edge,
    /// Identity of its object.
    pub to: &'a str,
}

impl View<'_> {
    /// Hands every node to `each`.
    pub fn nodes(&self, mut each: impl FnMut(Shown<'_>) -> Result<(), ExportError>) -> Result<(), ExportError> {
        match self {
            Self::Held(graph, places) => graph.nodes().enumerate().try_for_each(|(number, node)| {
                let degree = graph.degree(NodeIndex::new(number));
                each(Shown { node, degree, place: places.as_ref().map(|places| places[number]) })
            }),
            Self::Streamed(stream, degrees) => {
                stream.nodes(*degrees, |node, degree| each(Shown { node, degree, place: None }))
            }
        }
    }

    /// Hands every edge to `each`.
    pub fn edges(&self, mut each: impl FnMut(Joined<'_>) -> Result<(), ExportError>) -> Result<(), ExportError> {
        let mut number = 0..;
        let mut next = |from: &str, edge: &Edge, to: &str| {
            each(Joined { number: number.next().unwrap_or_default(), from, edge, to })
        };
        match self {
            Self::Held(graph, _) => graph.edges().try_for_each(|(from, edge, to)| next(&from.iri, edge, &to.iri)),
            Self::Streamed(stream, _) => stream.edges(next),
        }
    }

    /// Hands every node of a kind to `each`, in a graph that has at least what it is joined to.
    pub fn stars(
        &self,
        kind: NodeKind,
        mut each: impl FnMut(&PropertyGraph, NodeIndex) -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        match self {
            Self::Held(graph, _) => {
                let mut wanted = graph.graph.node_indices().filter(|&at| graph.graph[at].kind == kind);
                wanted.try_for_each(|at| each(graph, at))
            }
            Self::Streamed(stream, _) => stream.stars(kind, each),
        }
    }
}
