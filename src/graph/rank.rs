//! How central things are: degrees, and PageRank (Page, Brin, Motwani, Winograd 1999).

use petgraph::Direction;
use petgraph::graph::NodeIndex;
use serde::Serialize;

use super::{NodeKind, PropertyGraph, Thing, is_local};

/// By what things are ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rank {
    /// Number of relations.
    Degree,
    /// PageRank along relations, from subject to object.
    PageRank,
}

/// A thing with its ranks.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ranked {
    /// The thing.
    pub thing: Thing,
    /// Number of relations, in either direction.
    pub degree: usize,
    /// Number of relations of which it is the object.
    pub incoming: usize,
    /// Number of relations of which it is the subject.
    pub outgoing: usize,
    /// PageRank, which sums to 1 over the graph; rounded to eight decimals.
    pub pagerank: f64,
}

/// Share of the rank that follows relations.
const DAMPING: f64 = 0.85;
/// The change in the whole graph below which ranks count as settled.
const SETTLED: f64 = 1e-10;
/// Rounds at most; ranks shrink towards the truth by [`DAMPING`] a round.
const ROUNDS: usize = 200;

impl PropertyGraph {
    /// PageRank of every node, in order of the nodes. Parallel relations count each.
    pub fn pagerank(&self) -> Vec<f64> {
        let count = self.graph.node_count();
        let edges: Vec<(usize, usize)> =
            self.graph.raw_edges().iter().map(|edge| (edge.source().index(), edge.target().index())).collect();
        let mut out = vec![0_usize; count];
        edges.iter().for_each(|(from, _)| out[*from] += 1);
        let even = 1.0 / count.max(1) as f64;
        let mut rank = vec![even; count];
        for _ in 0..ROUNDS {
            // What stands in nodes that lead nowhere is spread over all.
            let lost: f64 = rank.iter().zip(&out).filter(|(_, out)| **out == 0).map(|(rank, _)| rank).sum();
            let mut next = vec![(1.0 - DAMPING + DAMPING * lost) * even; count];
            for &(from, to) in &edges {
                next[to] += DAMPING * rank[from] / out[from] as f64;
            }
            let change: f64 = rank.iter().zip(&next).map(|(old, new)| (old - new).abs()).sum();
            rank = next;
            if change < SETTLED {
                break;
            }
        }
        rank
    }

    /// The `most` most central things, those with a name of their own first, of one kind where one is given; sums only where asked for by kind.
    pub fn central(&self, by: Rank, kind: Option<NodeKind>, most: usize) -> Vec<Ranked> {
        let pagerank = self.pagerank();
        let wanted = |at: &NodeIndex| {
            let own = self.graph[*at].kind;
            kind.map_or(own != NodeKind::Amount, |kind| own == kind)
        };
        let count = |at, direction| self.graph.edges_directed(at, direction).count();
        let ranked = |at: NodeIndex| {
            let (incoming, outgoing) = (count(at, Direction::Incoming), count(at, Direction::Outgoing));
            let pagerank = rounded(pagerank[at.index()]);
            Ranked { thing: self.thing(at), degree: incoming + outgoing, incoming, outgoing, pagerank }
        };
        let mut all: Vec<Ranked> = self.graph.node_indices().filter(wanted).map(ranked).collect();
        // Stable: equal ranks stay in order of the graph.
        all.sort_by(|a, b| {
            let own_name = is_local(&a.thing.iri).cmp(&is_local(&b.thing.iri));
            own_name.then(match by {
                Rank::Degree => b.degree.cmp(&a.degree),
                Rank::PageRank => b.pagerank.total_cmp(&a.pagerank),
            })
        });
        all.truncate(most);
        all
    }
}

/// Eight decimals, behind which rounding errors lie.
pub(super) fn rounded(number: f64) -> f64 {
    (number * 1e8).round() / 1e8
}
