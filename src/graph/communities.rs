//! Communities by the Louvain method (Blondel, Guillaume, Lambiotte, Lefebvre 2008), with nodes taken in order and gains
//! compared as whole numbers, so that equal graphs give equal communities. A community that is not connected in itself,
//! which the method allows, is taken apart at the end.

use std::collections::BTreeMap;

use petgraph::unionfind::UnionFind;
use serde::Serialize;

use super::components::{by_size, members};
use super::rank::rounded;
use super::{PropertyGraph, Thing};

/// A community.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Community {
    /// 1 for the largest.
    pub number: usize,
    /// Number of nodes.
    pub size: usize,
    /// Number of nodes of each kind.
    pub kinds: BTreeMap<&'static str, usize>,
    /// The nodes with the most relations, the first with the most.
    pub top: Vec<Thing>,
}

/// The communities of a graph.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Communities {
    /// How much denser the graph is inside communities than by chance: at most 1; rounded to eight decimals.
    pub modularity: f64,
    /// Number of all communities.
    pub count: usize,
    /// Those that are large enough, the largest first.
    pub communities: Vec<Community>,
}

/// An undirected graph with whole weights, in which nodes may stand for many.
struct Level {
    /// For each node its neighbours in order, itself excluded, with the weight between the two.
    joined: Vec<Vec<(usize, i64)>>,
    /// Weight at each node: of the edges to others once, of those inside twice.
    weight: Vec<i64>,
}

impl PropertyGraph {
    /// The number of each node's community, in order of the nodes: 0 for the largest.
    pub fn community_of(&self) -> Vec<usize> {
        let mut level = self.level();
        let mut labels: Vec<usize> = (0..level.weight.len()).collect();
        loop {
            let moved = level.moved();
            let groups = moved.iter().max().map_or(0, |most| most + 1);
            let merged = groups < level.weight.len();
            labels.iter_mut().for_each(|label| *label = moved[*label]);
            if !merged {
                break;
            }
            level = level.merged(&moved, groups);
        }
        by_size(&self.connected(&labels))
    }

    /// The communities of at least `least` nodes, each with at most `named` of its nodes.
    pub fn communities(&self, least: usize, named: usize) -> Communities {
        let labels = self.community_of();
        let all = members(&labels);
        let count = all.len();
        let large = all.into_iter().enumerate().filter(|(_, nodes)| nodes.len() >= least);
        let communities = large.map(|(number, nodes)| {
            let mut kinds = BTreeMap::new();
            nodes.iter().for_each(|&at| *kinds.entry(self.graph[at].kind.name()).or_insert(0) += 1);
            Community { number: number + 1, size: nodes.len(), kinds, top: self.most_joined(&nodes, named) }
        });
        Communities { modularity: rounded(self.modularity(&labels)), count, communities: communities.collect() }
    }

    /// Newman's modularity of a division into communities, each relation counted once.
    fn modularity(&self, labels: &[usize]) -> f64 {
        let count = labels.iter().max().map_or(0, |most| most + 1);
        let (mut inside, mut total) = (vec![0_usize; count], vec![0_usize; count]);
        for edge in self.graph.raw_edges() {
            let (from, to) = (labels[edge.source().index()], labels[edge.target().index()]);
            total[from] += 1;
            total[to] += 1;
            inside[from] += usize::from(from == to);
        }
        let edges = self.graph.edge_count().max(1) as f64;
        let part = |(inside, total): (&usize, &usize)| {
            let share = *total as f64 / (2.0 * edges);
            *inside as f64 / edges - share * share
        };
        inside.iter().zip(&total).map(part).sum()
    }

    fn level(&self) -> Level {
        let mut joined = vec![BTreeMap::new(); self.graph.node_count()];
        let mut weight = vec![0; self.graph.node_count()];
        for edge in self.graph.raw_edges() {
            let (from, to) = (edge.source().index(), edge.target().index());
            weight[from] += 1;
            weight[to] += 1;
            if from != to {
                *joined[from].entry(to).or_insert(0) += 1;
                *joined[to].entry(from).or_insert(0) += 1;
            }
        }
        Level { joined: joined.into_iter().map(|near| near.into_iter().collect()).collect(), weight }
    }

    /// Labels such that nodes of one label are connected among themselves.
    fn connected(&self, labels: &[usize]) -> Vec<usize> {
        let mut sets = UnionFind::<usize>::new(labels.len());
        for edge in self.graph.raw_edges() {
            let (from, to) = (edge.source().index(), edge.target().index());
            if labels[from] == labels[to] {
                sets.union(from, to);
            }
        }
        sets.into_labeling()
    }
}

impl Level {
    /// Moves nodes, in order, to the neighbouring community that gains the most, until none gains; the communities
    /// numbered from 0 without gaps.
    fn moved(&self) -> Vec<usize> {
        let mut label: Vec<usize> = (0..self.weight.len()).collect();
        let mut total = self.weight.clone();
        let all: i128 = self.weight.iter().map(|weight| i128::from(*weight)).sum();
        let mut changed = true;
        // Each move makes the modularity greater, of which there are finitely many values.
        while changed {
            changed = false;
            for node in 0..label.len() {
                let own = label[node];
                total[own] -= self.weight[node];
                let mut links = BTreeMap::from([(own, 0_i64)]);
                for &(other, weight) in &self.joined[node] {
                    *links.entry(label[other]).or_insert(0) += weight;
                }
                let gain = |label: usize, links: i64| {
                    i128::from(links) * all - i128::from(total[label]) * i128::from(self.weight[node])
                };
                let mut best = (gain(own, links[&own]), own);
                for (&other, &weight) in &links {
                    let gained = gain(other, weight);
                    if gained > best.0 {
                        best = (gained, other);
                    }
                }
                label[node] = best.1;
                total[best.1] += self.weight[node];
                changed |= best.1 != own;
            }
        }
        without_gaps(&label)
    }

    /// The level on which each community is one node.
    fn merged(&self, label: &[usize], count: usize) -> Self {
        let mut joined = vec![BTreeMap::new(); count];
        let mut weight = vec![0; count];
        for (node, near) in self.joined.iter().enumerate() {
            weight[label[node]] += self.weight[node];
            for &(other, between) in near.iter().filter(|(other, _)| label[*other] != label[node]) {
                *joined[label[node]].entry(label[other]).or_insert(0) += between;
            }
        }
        Self { joined: joined.into_iter().map(|near| near.into_iter().collect()).collect(), weight }
    }
}

fn without_gaps(labels: &[usize]) -> Vec<usize> {
    let mut number = BTreeMap::new();
    let numbered = |label: &usize| {
        let next = number.len();
        *number.entry(*label).or_insert(next)
    };
    labels.iter().map(numbered).collect()
}
