//! Analysis on small graphs whose answers can be counted by hand.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::ask::key;
use crate::rdf::sample;
use crate::store::Store;

/// A graph of enterprises `0..count` that are partners along `edges`.
fn graph(count: usize, edges: &[(usize, usize)]) -> PropertyGraph {
    let mut graph = DiGraph::new();
    let node = |at: usize| Node {
        iri: format!("x:{at:04}"),
        kind: NodeKind::Thing(EntityKind::Enterprise),
        label: format!("{at}"),
        aliases: Vec::new(),
        value: None,
        max: None,
        currency: None,
        qualifier: None,
        count: None,
        status: Vec::new(),
        designations: Vec::new(),
        figures: Vec::new(),
        documents: Vec::new(),
    };
    let ids: Vec<NodeIndex> = (0..count).map(|at| graph.add_node(node(at))).collect();
    for &(from, to) in edges {
        graph.add_edge(ids[from], ids[to], Edge { predicate: "partner", documents: vec!["a".into()] });
    }
    PropertyGraph { graph }
}

fn store() -> Store {
    let store = Store::memory().expect("memory");
    store.put(&[sample::reading(), sample::shared("b.txt", 0)], "test").expect("it is stored");
    store
}

fn at(graph: &PropertyGraph, label: &str) -> NodeIndex {
    let wanted = key(label);
    let found = graph.graph.node_indices().find(|&at| key(&graph.graph[at].label) == wanted);
    found.unwrap_or_else(|| panic!("no {label}"))
}

/// Two triangles joined by one edge.
const TRIANGLES: [(usize, usize); 7] = [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3), (2, 3)];

#[test]
fn paths_carry_their_sentences() {
    let store = store();
    let graph = PropertyGraph::read(&store).expect("it can be read");
    let (from, to) = (at(&graph, "星河大学"), at(&graph, "智能传感器"));
    let routes = graph.routes(&store, &[from], &[to], 5).expect("it can be read");
    let labels: Vec<&str> = routes[0].things.iter().map(|thing| thing.label.as_str()).collect();
    assert_eq!(labels, ["星河大学", "青岚传感科技有限公司", "智能传感器产业园项目", "智能传感器"]);
    let steps: Vec<_> = routes[0].steps.iter().map(|step| (step.predicate, step.forward)).collect();
    assert_eq!(steps, [("partner", false), ("investor", false), ("industry", true)]);
    assert!(routes[0].steps.iter().all(|step| !step.evidence.is_empty()));
    assert!(routes[0].steps[0].evidence[0].quote.contains("与星河大学合作"));
    let apart = graph.routes(&store, &[from], &[at(&graph, "星河市")], 5).expect("it can be read");
    assert!(apart.is_empty());
}

#[test]
fn all_shortest_paths_are_found_quiet_ones_first() {
    // From 0 to 3 through 1 or 2, of which 2 has more neighbours.
    let graph = graph(6, &[(0, 1), (1, 3), (0, 2), (2, 3), (2, 4), (2, 5)]);
    let store = Store::memory().expect("memory");
    let index = NodeIndex::new;
    for (most, expected) in [(5, vec!["1", "2"]), (1, vec!["1"])] {
        let routes = graph.routes(&store, &[index(0)], &[index(3)], most).expect("it can be read");
        let through: Vec<&str> = routes.iter().map(|route| route.things[1].label.as_str()).collect();
        assert_eq!(through, expected);
    }
    let same = graph.routes(&store, &[index(0)], &[index(0)], 5).expect("it can be read");
    assert_eq!(same.iter().map(|route| route.steps.len()).collect::<Vec<_>>(), [0]);
}

#[test]
fn neighbours_are_told_by_distance() {
    let graph = graph(4, &[(0, 1), (2, 1), (2, 3)]);
    let store = Store::memory().expect("memory");
    let near = graph.neighbours(&store, &[NodeIndex::new(0)], 2, false).expect("it can be read");
    let told = near.iter().map(|it| (it.thing.label.as_str(), it.distance, it.through.as_str(), it.forward));
    assert_eq!(told.collect::<Vec<_>>(), [("1", 1, "0", true), ("2", 2, "1", false)]);
}

#[test]
fn communities_and_components_of_two_triangles() {
    let graph = graph(7, &TRIANGLES);
    assert_eq!(graph.component_of(), [0, 0, 0, 0, 0, 0, 1]);
    assert_eq!(graph.community_of(), [0, 0, 0, 1, 1, 1, 2]);
    let found = graph.communities(2, 1);
    assert_eq!(found.communities.iter().map(|it| it.size).collect::<Vec<_>>(), [3, 3]);
    // 6 of 7 edges inside, each half of the ends: 6/7 − 2·(1/2)².
    assert!((found.modularity - (6.0 / 7.0 - 0.5)).abs() < 1e-6);
    assert_eq!((found.count, graph.components(2, 3).len()), (3, 1));
}

#[test]
fn pagerank_of_a_star() {
    let graph = graph(4, &[(1, 0), (2, 0), (3, 0)]);
    let rank = graph.pagerank();
    // r₀ = s + 3·0.85·r₁, r₁ = s with r₀ + 3·r₁ = 1.
    assert!((rank[0] / rank[1] - 3.55).abs() < 1e-6, "{rank:?}");
    let top = graph.central(Rank::Degree, None, 1);
    assert_eq!((top[0].thing.label.as_str(), top[0].incoming, top[0].outgoing), ("0", 3, 0));
}

#[test]
fn chains_follow_the_taxonomy_with_sums() {
    let graph = PropertyGraph::read(&store()).expect("it can be read");
    let chain = graph.industry("智能传感器").expect("it is there");
    assert_eq!((chain.total.projects, chain.projects.len()), (1, 1));
    // Of a range the lower bound counts.
    assert_eq!(chain.total.investment[0].value.to_string(), "3000000000");
    let broader = graph.industry("传感器").or_else(|| graph.industry("电子信息"));
    assert!(broader.is_none_or(|chain| chain.total.projects == 1));
    assert!(graph.in_industry("电子信息").contains(&at(&graph, "智能传感器产业园项目")));
    assert!(graph.industry("没有的产业名").is_none());
}

#[test]
fn pictures_show_the_most_joined() {
    let graph = graph(7, &TRIANGLES);
    let all = graph.picture(100);
    assert_eq!((all.nodes.len(), all.nodes_total, all.edges.len()), (6, 6, 7));
    let part = graph.picture(2);
    assert_eq!(part.nodes.iter().map(|dot| dot.label.as_str()).collect::<Vec<_>>(), ["2", "3"]);
    assert_eq!((part.nodes_total, part.edges.len()), (6, 1));
}

proptest! {
    #[test]
    fn places_are_finite_apart_and_the_same_again(
        edges in proptest::collection::vec((0_usize..12, 0_usize..12), 0..30)
    ) {
        let graph = graph(12, &edges);
        let picture = graph.picture(100);
        prop_assert_eq!(&picture, &graph.picture(100));
        let places: BTreeSet<(i64, i64)> =
            picture.nodes.iter().map(|dot| ((dot.x * 100.0) as i64, (dot.y * 100.0) as i64)).collect();
        prop_assert_eq!(places.len(), picture.nodes.len());
        prop_assert!(picture.nodes.iter().all(|dot| dot.x.abs() <= 1000.0 && dot.y.abs() <= 1000.0));
    }

    #[test]
    fn communities_lie_inside_components(edges in proptest::collection::vec((0_usize..15, 0_usize..15), 0..40)) {
        let graph = graph(15, &edges);
        let (community, component) = (graph.community_of(), graph.component_of());
        for a in 0..15 {
            for b in 0..15 {
                prop_assert!(community[a] != community[b] || component[a] == component[b]);
            }
        }
        let total: f64 = graph.pagerank().iter().sum();
        prop_assert!((total - 1.0).abs() < 1e-6);
    }
}
