//! A graph ready to be drawn: the things with the most relations, their places, sizes and communities.

use std::collections::BTreeSet;

use petgraph::graph::NodeIndex;
use serde::Serialize;

use super::{NodeKind, Point, PropertyGraph, is_local, layout};

/// What is drawn. Sums are not: they are attributes of what they are invested in.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Picture {
    /// The things, those with the most relations first.
    pub nodes: Vec<Dot>,
    /// The relations between them; of very many those that show how things hang together.
    pub edges: Vec<Line>,
    /// Number of things with relations that could be shown.
    pub nodes_total: usize,
    /// Number of relations between them.
    pub edges_total: usize,
}

/// A thing with its place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dot {
    /// Its identity.
    pub iri: String,
    /// Its name.
    pub label: String,
    /// Local name of its class.
    pub kind: &'static str,
    /// To the right, −1000 to 1000.
    pub x: f64,
    /// Down, −1000 to 1000.
    pub y: f64,
    /// Number of relations in the whole graph, those to sums excepted.
    pub degree: usize,
    /// Number of its community in the whole graph, 0 for the largest.
    pub community: usize,
}

/// A relation between two of the nodes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Index of the subject in [`Picture::nodes`].
    pub from: usize,
    /// Index of the object.
    pub to: usize,
    /// Local name of the property.
    pub predicate: &'static str,
    /// Number of documents that state it.
    pub documents: usize,
}

/// Relations of one picture at most: more than these make a picture slow and grey.
const MOST_LINES: usize = 15_000;

/// Node updates of all rounds together, which bounds the time.
const WORK: usize = 1_500_000;

/// The things of a graph in the order in which pictures take them. Worth keeping: it costs more than a small picture.
#[derive(Debug, Default)]
pub struct Ranking {
    things: Vec<Standing>,
    edges: usize,
}

/// A thing in a [`Ranking`].
#[derive(Debug, Clone, Copy)]
struct Standing {
    at: NodeIndex,
    degree: usize,
    community: usize,
}

impl PropertyGraph {
    /// The things that have relations, those with a name of their own first, then by the number of relations.
    pub fn ranking(&self) -> Ranking {
        let is_thing = |at: NodeIndex| self.graph[at].kind != NodeKind::Amount;
        let mut degree = vec![0; self.graph.node_count()];
        let mut edges = 0;
        for edge in self.graph.raw_edges() {
            if is_thing(edge.source()) && is_thing(edge.target()) {
                degree[edge.source().index()] += 1;
                degree[edge.target().index()] += 1;
                edges += 1;
            }
        }
        let joined: Vec<NodeIndex> = self.graph.node_indices().filter(|at| degree[at.index()] > 0).collect();
        // A part has its nodes in the order of the whole.
        let communities = self.only(|at| degree[at.index()] > 0).community_of();
        let standing = |(&at, community): (&NodeIndex, usize)| Standing { at, degree: degree[at.index()], community };
        let mut things: Vec<Standing> = joined.iter().zip(communities).map(standing).collect();
        things.sort_by_cached_key(|it| (is_local(&self.graph[it.at].iri), usize::MAX - it.degree, it.at));
        Ranking { things, edges }
    }

    /// The `most` things with the most relations, those with a name of their own first, laid out. Equal graphs give equal pictures.
    pub fn picture(&self, most: usize) -> Picture {
        self.picture_of(&self.ranking(), most)
    }

    /// As [`Self::picture`], with the ranking of this graph.
    pub fn picture_of(&self, ranking: &Ranking, most: usize) -> Picture {
        let shown = &ranking.things[..most.min(ranking.things.len())];
        let mut place = vec![None; self.graph.node_count()];
        shown.iter().enumerate().for_each(|(rank, it)| place[it.at.index()] = Some(rank));
        let line = |edge: &petgraph::graph::Edge<super::Edge>| {
            let (from, to) = (place[edge.source().index()]?, place[edge.target().index()]?);
            let (predicate, documents) = (edge.weight.predicate, edge.weight.documents.len());
            Some(Line { from, to, predicate, documents })
        };
        let edges: Vec<Line> = self.graph.raw_edges().iter().filter_map(line).collect();
        let community: Vec<usize> = shown.iter().map(|it| it.community).collect();
        let pairs: Vec<(usize, usize)> = edges.iter().map(|edge| (edge.from, edge.to)).collect();
        let points = places(&community, &pairs);
        let dot = |(it, &Point { x, y }): (&Standing, &Point)| {
            let node = &self.graph[it.at];
            let (iri, label, kind) = (node.iri.clone(), node.label.clone(), node.kind.name());
            Dot { iri, label, kind, x, y, degree: it.degree, community: it.community }
        };
        let nodes = shown.iter().zip(&points).map(dot).collect();
        let edges = telling(edges, shown.len());
        Picture { nodes, edges, nodes_total: ranking.things.len(), edges_total: ranking.edges }
    }
}

/// Of more lines than a picture takes: for each thing the one to the foremost thing that it is joined to, then those between
/// the foremost things. Their order stays.
fn telling(lines: Vec<Line>, things: usize) -> Vec<Line> {
    if lines.len() <= MOST_LINES {
        return lines;
    }
    let mut foremost = vec![None; things];
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.from != line.to) {
        for (one, other) in [(line.from, line.to), (line.to, line.from)] {
            let known: &mut Option<(usize, usize)> = &mut foremost[one];
            *known = Some(known.map_or((other, at), |known| known.min((other, at))));
        }
    }
    let mut kept: BTreeSet<usize> = foremost.into_iter().flatten().map(|(_, at)| at).collect();
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|&at| (lines[at].from.max(lines[at].to), at));
    let room = MOST_LINES.saturating_sub(kept.len());
    let more: Vec<usize> = order.into_iter().filter(|at| !kept.contains(at)).take(room).collect();
    kept.extend(more);
    lines.into_iter().enumerate().filter(|(at, _)| kept.contains(at)).map(|(_, line)| line).collect()
}

/// Nodes up to which whole graphs are held and laid out for files that carry places beside other things.
pub const MOST_PLACED: usize = 20_000;

impl PropertyGraph {
    /// A place for every node, in order of the nodes, −1000 to 1000 either way.
    pub fn every_place(&self) -> Vec<Point> {
        let index = |edge: &petgraph::graph::Edge<super::Edge>| (edge.source().index(), edge.target().index());
        places(&self.community_of(), &self.graph.raw_edges().iter().map(index).collect::<Vec<_>>())
    }

    /// As [`Self::every_place`], where the graph is small enough that it takes seconds.
    pub fn places(&self) -> Option<Vec<Point>> {
        (self.graph.node_count() <= MOST_PLACED).then(|| self.every_place())
    }
}

/// The places of nodes with these communities, the whole scaled to a square.
fn places(community: &[usize], edges: &[(usize, usize)]) -> Vec<Point> {
    let count = community.len();
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|&node| (community[node], node));
    let pairs: Vec<(usize, usize)> = edges.iter().filter(|(from, to)| from != to).copied().collect();
    let rounds = (WORK / count.max(1)).clamp(100, 500);
    let points = layout(count, &pairs, &order, rounds);
    let points = spread(&points);
    let reach = reach(&points);
    let scaled = |value: f64| (value / reach * 100_000.0).round() / 100.0;
    points.into_iter().map(|at| Point { x: scaled(at.x), y: scaled(at.y) }).collect()
}

fn reach(points: &[Point]) -> f64 {
    points.iter().map(|at| at.x.abs().max(at.y.abs())).fold(1e-9, f64::max)
}

/// The points with no two in one cell of a grid that has sixteen cells for each: a point whose cell is taken goes to the
/// middle of the nearest free one.
fn spread(points: &[Point]) -> Vec<Point> {
    let size = 2.0 * reach(points) / (4.0 * (points.len().max(1) as f64).sqrt());
    let mut taken = BTreeSet::new();
    let mut place = |at: &Point| {
        let cell = ((at.x / size).floor() as i64, (at.y / size).floor() as i64);
        if taken.insert(cell) {
            return *at;
        }
        let free = (1..).flat_map(|far| ring(cell, far)).find(|cell| taken.insert(*cell)).unwrap_or(cell);
        Point { x: (free.0 as f64 + 0.5) * size, y: (free.1 as f64 + 0.5) * size }
    };
    points.iter().map(&mut place).collect()
}

/// The cells `far` steps from one, in reading order.
fn ring((x, y): (i64, i64), far: i64) -> impl Iterator<Item = (i64, i64)> {
    let cells = (-far..=far).flat_map(move |down| (-far..=far).map(move |right| (right, down)));
    cells
        .filter(move |(right, down)| right.abs().max(down.abs()) == far)
        .map(move |(right, down)| (x + right, y + down))
}
