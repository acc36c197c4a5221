//! Connected components: what is joined by any chain of relations.

use petgraph::graph::NodeIndex;
use petgraph::unionfind::UnionFind;
use serde::Serialize;

use super::{PropertyGraph, Thing};

/// A connected component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Component {
    /// 1 for the largest.
    pub number: usize,
    /// Number of nodes.
    pub size: usize,
    /// The nodes with the most relations, the first with the most.
    pub top: Vec<Thing>,
}

impl PropertyGraph {
    /// The number of each node's component, in order of the nodes: 0 for the largest, of equally large ones for that with
    /// the first node.
    pub fn component_of(&self) -> Vec<usize> {
        let mut sets = UnionFind::<usize>::new(self.graph.node_count());
        for edge in self.graph.raw_edges() {
            sets.union(edge.source().index(), edge.target().index());
        }
        by_size(&sets.into_labeling())
    }

    /// The components of at least `least` nodes, the largest first, each with at most `named` of its nodes.
    pub fn components(&self, least: usize, named: usize) -> Vec<Component> {
        let members = members(&self.component_of());
        let component = |(number, nodes): (usize, Vec<NodeIndex>)| Component {
            number: number + 1,
            size: nodes.len(),
            top: self.most_joined(&nodes, named),
        };
        members.into_iter().enumerate().filter(|(_, nodes)| nodes.len() >= least).map(component).collect()
    }

    /// The nodes with the most relations among `nodes`, as results name them.
    pub(super) fn most_joined(&self, nodes: &[NodeIndex], most: usize) -> Vec<Thing> {
        let mut nodes = nodes.to_vec();
        nodes.sort_by_cached_key(|&at| (usize::MAX - self.degree(at), at));
        nodes.into_iter().take(most).map(|at| self.thing(at)).collect()
    }
}

/// Labels renumbered from 0 by size of their sets, then by first member.
pub(super) fn by_size(labels: &[usize]) -> Vec<usize> {
    let most = labels.iter().max().map_or(0, |most| most + 1);
    let mut sets = vec![(0_usize, usize::MAX); most];
    for (at, &label) in labels.iter().enumerate() {
        sets[label].0 += 1;
        sets[label].1 = sets[label].1.min(at);
    }
    let mut order: Vec<usize> = (0..most).filter(|&label| sets[label].0 > 0).collect();
    order.sort_by_key(|&label| (usize::MAX - sets[label].0, sets[label].1));
    let mut number = vec![0; most];
    order.iter().enumerate().for_each(|(new, &old)| number[old] = new);
    labels.iter().map(|&label| number[label]).collect()
}

/// The nodes of each number, from 0 on.
pub(super) fn members(numbers: &[usize]) -> Vec<Vec<NodeIndex>> {
    let mut members = vec![Vec::new(); numbers.iter().max().map_or(0, |most| most + 1)];
    numbers.iter().enumerate().for_each(|(at, &number)| members[number].push(NodeIndex::new(at)));
    members
}
