//! Industry chains: each industry with its narrower ones, and the projects, enterprises, parks and policies in it.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use serde::Serialize;

use super::taxonomy::lineage;
use super::{NodeKind, PropertyGraph, Sum, Thing};
use crate::model::{EntityKind, Predicate};

/// The industry chains of a graph, the one with the most things in it first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chains {
    /// Industries that stand under no other.
    pub chains: Vec<Chain>,
}

/// An industry with what is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chain {
    /// The name of the concept.
    pub name: String,
    /// The industries of the graph that stand for it; empty for a concept that only the taxonomy names.
    pub things: Vec<Thing>,
    /// Projects of this very industry.
    pub projects: Vec<Thing>,
    /// Enterprises of this very industry.
    pub enterprises: Vec<Thing>,
    /// Parks of this very industry.
    pub parks: Vec<Thing>,
    /// Policies of this very industry.
    pub policies: Vec<Thing>,
    /// How many there are of this very industry, also where the lists above are shortened.
    pub own: Members,
    /// How many there are here and in all narrower industries.
    pub total: Total,
    /// Narrower industries, the one with the most things first.
    pub narrower: Vec<Chain>,
}

/// Numbers of things of one industry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Members {
    /// Number of projects.
    pub projects: usize,
    /// Number of enterprises.
    pub enterprises: usize,
    /// Number of parks.
    pub parks: usize,
    /// Number of policies.
    pub policies: usize,
}

/// Counts over an industry and all narrower ones; a thing of several of them counts once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Total {
    /// Number of projects.
    pub projects: usize,
    /// Number of enterprises.
    pub enterprises: usize,
    /// Number of parks.
    pub parks: usize,
    /// Number of policies.
    pub policies: usize,
    /// Total investment of the projects: for each the largest sum that is told.
    pub investment: Vec<Sum>,
}

impl Chains {
    /// With the first things of each list only.
    #[must_use]
    pub fn shortened(mut self, most: usize) -> Self {
        self.chains.iter_mut().for_each(|chain| chain.shorten(most));
        self
    }
}

impl Chain {
    fn shorten(&mut self, most: usize) {
        let lists = [&mut self.projects, &mut self.enterprises, &mut self.parks, &mut self.policies];
        lists.into_iter().for_each(|list| list.truncate(most));
        self.narrower.iter_mut().for_each(|chain| chain.shorten(most));
    }
}

impl Total {
    /// Number of things of all kinds.
    pub fn things(&self) -> usize {
        self.projects + self.enterprises + self.parks + self.policies
    }
}

/// The concepts of the graph's industries as a tree by name.
#[derive(Debug, Default)]
struct Tree {
    /// For each concept the industries of the graph.
    own: BTreeMap<String, Vec<NodeIndex>>,
    /// For each concept the narrower ones.
    narrower: BTreeMap<String, BTreeSet<String>>,
    /// Concepts under no other.
    roots: BTreeSet<String>,
}

impl PropertyGraph {
    /// The industry chains of the whole graph.
    pub fn industries(&self) -> Chains {
        let tree = self.tree();
        let mut chains: Vec<Chain> = tree.roots.iter().filter_map(|name| self.chain(&tree, name)).collect();
        sort(&mut chains);
        Chains { chains }
    }

    /// The chain of one industry of the graph, or of the concept of that name.
    pub fn industry(&self, name: &str) -> Option<Chain> {
        let concept = lineage(name).into_iter().next()?;
        let tree = self.tree();
        let known = tree.own.contains_key(&concept) || tree.narrower.contains_key(&concept);
        if known { self.chain(&tree, &concept) } else { None }
    }

    /// Every thing of an industry and of the narrower ones, the industries included.
    pub fn in_industry(&self, name: &str) -> BTreeSet<NodeIndex> {
        let Some(concept) = lineage(name).into_iter().next() else { return BTreeSet::new() };
        let own = self.tree().below(&concept);
        let inside = own.iter().flat_map(|&industry| self.things_of(industry));
        inside.chain(own.iter().copied()).collect()
    }

    fn tree(&self) -> Tree {
        let mut tree = Tree::default();
        for at in self.graph.node_indices() {
            if self.graph[at].kind == NodeKind::Thing(EntityKind::Industry) {
                tree.add(at, &lineage(&self.graph[at].label));
            }
        }
        tree
    }

    /// The chain of a concept; of one that groups nothing, the only one below it.
    fn chain(&self, tree: &Tree, name: &str) -> Option<Chain> {
        let own = tree.own.get(name).map(Vec::as_slice).unwrap_or_default();
        let below = tree.narrower.get(name).into_iter().flatten();
        let mut narrower: Vec<Chain> = below.filter_map(|name| self.chain(tree, name)).collect();
        if own.is_empty() && narrower.len() < 2 {
            return narrower.pop();
        }
        sort(&mut narrower);
        let of = |kind| {
            let of_kind: BTreeSet<NodeIndex> = own.iter().flat_map(|&at| self.things_of(at)).collect();
            self.named(of_kind.into_iter().filter(move |&at| self.graph[at].kind == NodeKind::Thing(kind)))
        };
        let (projects, enterprises) = (of(EntityKind::Project), of(EntityKind::Enterprise));
        let (parks, policies) = (of(EntityKind::Park), of(EntityKind::Policy));
        Some(Chain {
            name: name.to_owned(),
            things: self.named(own.iter().copied()),
            own: Members {
                projects: projects.len(),
                enterprises: enterprises.len(),
                parks: parks.len(),
                policies: policies.len(),
            },
            projects,
            enterprises,
            parks,
            policies,
            total: self.total(&tree.below(name)),
            narrower,
        })
    }

    fn total(&self, industries: &BTreeSet<NodeIndex>) -> Total {
        let things: BTreeSet<NodeIndex> = industries.iter().flat_map(|&at| self.things_of(at)).collect();
        let is = |kind| move |at: &&NodeIndex| self.graph[**at].kind == NodeKind::Thing(kind);
        let count = |kind| things.iter().filter(is(kind)).count();
        Total {
            projects: count(EntityKind::Project),
            enterprises: count(EntityKind::Enterprise),
            parks: count(EntityKind::Park),
            policies: count(EntityKind::Policy),
            investment: self.invested(things.iter().filter(is(EntityKind::Project)).copied()),
        }
    }

    /// What is said to be in an industry.
    fn things_of(&self, industry: NodeIndex) -> impl Iterator<Item = NodeIndex> + '_ {
        let edges = self.graph.edges_directed(industry, Direction::Incoming);
        edges.filter(|edge| edge.weight().predicate == Predicate::Industry.name()).map(|edge| edge.source())
    }

    fn named(&self, nodes: impl Iterator<Item = NodeIndex>) -> Vec<Thing> {
        nodes.map(|at| self.thing(at)).collect()
    }
}

impl Tree {
    fn add(&mut self, at: NodeIndex, lineage: &[String]) {
        let Some(own) = lineage.first() else { return };
        self.own.entry(own.clone()).or_default().push(at);
        let mut root = own;
        for pair in lineage.windows(2) {
            // Concepts of several lists may share a name; none is put below itself.
            if self.holds(&pair[0], &pair[1]) {
                break;
            }
            self.narrower.entry(pair[1].clone()).or_default().insert(pair[0].clone());
            root = &pair[1];
        }
        self.roots.insert(root.clone());
    }

    /// True where `name` is `top` or below it.
    fn holds(&self, top: &str, name: &str) -> bool {
        top == name || self.narrower.get(top).into_iter().flatten().any(|narrower| self.holds(narrower, name))
    }

    /// The industries of the graph that stand for a concept or a narrower one.
    fn below(&self, name: &str) -> BTreeSet<NodeIndex> {
        let mut found: BTreeSet<NodeIndex> = self.own.get(name).into_iter().flatten().copied().collect();
        for narrower in self.narrower.get(name).into_iter().flatten() {
            found.extend(self.below(narrower));
        }
        found
    }
}

fn sort(chains: &mut [Chain]) {
    chains.sort_by(|a, b| b.total.things().cmp(&a.total.things()).then_with(|| a.name.cmp(&b.name)));
}
