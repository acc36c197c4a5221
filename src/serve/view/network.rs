//! The graph as a picture, and the ways between two things.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::id;
use crate::graph::{NodeKind, Picture, PropertyGraph, Ranking};
use crate::rdf::terms::PGR;

/// Most nodes of a picture.
const MOST: usize = 10_000;
/// Nodes of a picture where no number is asked for.
const USUAL: usize = 1_000;
/// Most steps from the middle.
const MOST_HOPS: usize = 4;

/// Which part of the graph is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(default)]
pub struct Wanted {
    /// The thing in the middle, by its identity behind our namespace; the whole graph without.
    pub focus: Option<String>,
    /// Steps from the middle; 1 where none are asked for.
    pub hops: Option<usize>,
    /// Kinds to be shown, separated by commas; all without.
    pub kinds: Option<String>,
    /// Most nodes to be shown, those with most relations first.
    pub limit: Option<usize>,
}

/// A picture of a part of the graph.
#[derive(Debug, Clone, Serialize)]
pub struct Shown {
    /// Nodes, edges, and how many there are of both in the part.
    #[serde(flatten)]
    pub picture: Picture,
    /// Number of nodes shown.
    pub nodes_shown: usize,
    /// Number of edges shown.
    pub edges_shown: usize,
    /// The thing in the middle, as index of a node.
    pub focus: Option<usize>,
}

impl Wanted {
    /// So many things of the whole graph.
    pub(in crate::serve) fn most(count: usize) -> Self {
        Self { limit: Some(count), ..Self::default() }
    }

    /// True where no part is wanted, only so many things of the whole.
    pub(in crate::serve) fn is_whole(&self) -> bool {
        let is_none = |it: &Option<String>| it.as_deref().is_none_or(str::is_empty);
        is_none(&self.focus) && is_none(&self.kinds)
    }

    /// Number of nodes.
    fn limit(&self) -> usize {
        self.limit.unwrap_or(USUAL).clamp(1, MOST)
    }
}

/// Draws so many things of the whole graph.
pub(in crate::serve) fn draw_whole(graph: &PropertyGraph, ranking: &Ranking, wanted: &Wanted) -> Shown {
    shown(graph.picture_of(ranking, wanted.limit()), None)
}

/// Draws the part that is wanted; none where its middle is no thing of the graph.
pub(in crate::serve) fn draw(graph: &PropertyGraph, wanted: &Wanted) -> Option<Shown> {
    let focus = wanted.focus.as_deref().filter(|focus| !focus.is_empty()).map(|focus| format!("{PGR}{}", id(focus)));
    let kinds: BTreeSet<NodeKind> =
        wanted.kinds.iter().flat_map(|it| it.split(',')).filter_map(NodeKind::from_name).collect();
    let fits = |kind: NodeKind| kinds.is_empty() || kinds.contains(&kind);
    let part = match &focus {
        Some(iri) => {
            let middle = graph.find(iri)?;
            let near = graph.around(&[middle], wanted.hops.unwrap_or(1).clamp(1, MOST_HOPS));
            graph.only(|at| at == middle || near.contains(&at) && fits(graph.graph[at].kind))
        }
        None => graph.only(|at| fits(graph.graph[at].kind)),
    };
    Some(shown(part.picture(wanted.limit()), focus.as_deref()))
}

fn shown(picture: Picture, focus: Option<&str>) -> Shown {
    let (nodes_shown, edges_shown) = (picture.nodes.len(), picture.edges.len());
    let focus = focus.and_then(|iri| picture.nodes.iter().position(|node| node.iri == iri));
    Shown { picture, nodes_shown, edges_shown, focus }
}
