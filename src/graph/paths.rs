//! Shortest paths between things, and the neighbours of a thing, along edges in either direction.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::Direction;
use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;
use serde::Serialize;

use super::{PropertyGraph, Sentence, Thing};
use crate::store::{Store, StoreError};

/// A path with its sentences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Route {
    /// The things along the way, both ends included.
    pub things: Vec<Thing>,
    /// One step between each two of them.
    pub steps: Vec<Step>,
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Local name of the property.
    pub predicate: &'static str,
    /// True where the earlier thing is the subject of the statement.
    pub forward: bool,
    /// The sentences that state it.
    pub evidence: Vec<Sentence>,
}

/// What a thing is joined to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Neighbour {
    /// The other thing.
    pub thing: Thing,
    /// Steps from the thing in the middle: 1 and more.
    pub distance: usize,
    /// Name of the thing one step nearer to the middle.
    pub through: String,
    /// Local name of the property between the two.
    pub predicate: &'static str,
    /// True where the nearer thing is the subject of the statement.
    pub forward: bool,
    /// Keys of the documents that state it.
    pub documents: Vec<String>,
    /// The sentences that state it; empty where they were not asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Sentence>,
}

/// A path as indices: the first node, then each edge with the node to which it leads.
type Way = (NodeIndex, Vec<(EdgeIndex, NodeIndex)>);

impl PropertyGraph {
    /// The shortest paths from any of `from` to any of `to`, at most `most` of them, with the sentences along the way.
    /// Paths through things with few neighbours come first, since they tell more. Empty where nothing joins the two.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn routes(
        &self,
        store: &Store,
        from: &[NodeIndex],
        to: &[NodeIndex],
        most: usize,
    ) -> Result<Vec<Route>, StoreError> {
        self.ways(from, to, most).into_iter().map(|way| self.route(store, way)).collect()
    }

    fn route(&self, store: &Store, (start, way): Way) -> Result<Route, StoreError> {
        let (mut things, mut steps) = (vec![self.thing(start)], Vec::new());
        let mut at = start;
        for (edge, next) in way {
            let forward = self.graph.edge_endpoints(edge) == Some((at, next));
            let predicate = self.graph[edge].predicate;
            steps.push(Step { predicate, forward, evidence: self.sentences(store, edge)? });
            things.push(self.thing(next));
            at = next;
        }
        Ok(Route { things, steps })
    }

    /// The shortest ways, those through quiet things first.
    fn ways(&self, from: &[NodeIndex], to: &[NodeIndex], most: usize) -> Vec<Way> {
        let goals: BTreeSet<NodeIndex> = to.iter().copied().collect();
        let distance = self.distances(from, Some(&goals));
        let reached = goals.iter().filter_map(|goal| distance.get(goal)).min();
        let Some(&length) = reached else { return Vec::new() };
        let ends = goals.iter().filter(|goal| distance.get(goal) == Some(&length));
        let mut found = Vec::new();
        for &end in ends {
            self.back(end, &distance, &mut Vec::new(), &mut found);
        }
        let noise = |(start, way): &Way| {
            let inner = way.iter().rev().skip(1).map(|(_, node)| *node);
            (inner.map(|node| self.degree(node)).sum::<usize>(), *start, way.clone())
        };
        found.sort_by_cached_key(noise);
        found.truncate(most);
        found
    }

    /// Steps from the nearest of `from`; stops behind the distance at which one of `until` is reached.
    fn distances(&self, from: &[NodeIndex], until: Option<&BTreeSet<NodeIndex>>) -> BTreeMap<NodeIndex, usize> {
        let mut distance: BTreeMap<NodeIndex, usize> = from.iter().map(|&node| (node, 0)).collect();
        let mut rim: BTreeSet<NodeIndex> = from.iter().copied().collect();
        for steps in 1.. {
            if rim.is_empty() || until.is_some_and(|goals| rim.iter().any(|node| goals.contains(node))) {
                break;
            }
            let next = rim.iter().flat_map(|&node| self.graph.neighbors_undirected(node));
            rim = next.filter(|node| !distance.contains_key(node)).collect();
            distance.extend(rim.iter().map(|&node| (node, steps)));
        }
        distance
    }

    /// Every way from `at` back to the start, written into `found` from its start on.
    fn back(
        &self,
        at: NodeIndex,
        distance: &BTreeMap<NodeIndex, usize>,
        tail: &mut Vec<(EdgeIndex, NodeIndex)>,
        found: &mut Vec<Way>,
    ) {
        if found.len() >= MOST_WAYS {
            return;
        }
        let here = distance.get(&at).copied().unwrap_or_default();
        if here == 0 {
            found.push((at, tail.iter().rev().copied().collect()));
            return;
        }
        for (edge, other) in self.joined(at) {
            if distance.get(&other) == Some(&(here - 1)) {
                tail.push((edge, at));
                self.back(other, distance, tail, found);
                tail.pop();
            }
        }
    }

    /// The edges at a node with the nodes at their other ends, in order of the graph.
    pub(super) fn joined(&self, at: NodeIndex) -> Vec<(EdgeIndex, NodeIndex)> {
        let out = self.graph.edges_directed(at, Direction::Outgoing).map(|edge| (edge.id(), edge.target()));
        let into = self.graph.edges_directed(at, Direction::Incoming).map(|edge| (edge.id(), edge.source()));
        let mut joined: Vec<_> = out.chain(into.filter(|(_, other)| *other != at)).collect();
        joined.sort_unstable();
        joined
    }

    /// Number of edges at a node.
    pub fn degree(&self, at: NodeIndex) -> usize {
        self.graph.edges_directed(at, Direction::Outgoing).count()
            + self.graph.edges_directed(at, Direction::Incoming).count()
    }

    /// What lies within `hops` steps of `middle`, near things first, each edge once; with the sentences of each edge where
    /// `evidence` is wanted.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn neighbours(
        &self,
        store: &Store,
        middle: &[NodeIndex],
        hops: usize,
        evidence: bool,
    ) -> Result<Vec<Neighbour>, StoreError> {
        let distance = self.distances_within(middle, hops);
        let mut found = Vec::new();
        let mut nodes: Vec<(usize, NodeIndex)> = distance.iter().map(|(&node, &steps)| (steps, node)).collect();
        nodes.sort_unstable();
        for &(steps, node) in nodes.iter().filter(|(steps, _)| *steps > 0) {
            for (edge, other) in self.joined(node) {
                if distance.get(&other).is_none_or(|&near| near >= steps) {
                    continue;
                }
                found.push(Neighbour {
                    thing: self.thing(node),
                    distance: steps,
                    through: self.graph[other].label.clone(),
                    predicate: self.graph[edge].predicate,
                    forward: self.graph.edge_endpoints(edge) == Some((other, node)),
                    documents: self.graph[edge].documents.clone(),
                    evidence: if evidence { self.sentences(store, edge)? } else { Vec::new() },
                });
            }
        }
        Ok(found)
    }

    fn distances_within(&self, middle: &[NodeIndex], hops: usize) -> BTreeMap<NodeIndex, usize> {
        let mut distance = self.distances(middle, None);
        distance.retain(|_, steps| *steps <= hops);
        distance
    }
}

/// Ways of one length that are looked at before the best are chosen.
const MOST_WAYS: usize = 2_000;
