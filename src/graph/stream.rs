//! The graph of a store node by node and edge by edge, in the order of [`PropertyGraph`], for stores whose graph is too
//! large to be held: memory holds the identities of one kind of node, and what is told of some hundred nodes.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, Triple};
use petgraph::graph::NodeIndex;
use rayon::prelude::*;

use super::build::{Builder, classes, edge, is_node, node};
use super::{Edge, Node, NodeKind, PropertyGraph, is_local};
use crate::rdf::terms;
use crate::store::{Store, StoreError};

/// Nodes that are looked up at once, by several threads.
const AT_ONCE: usize = 512;

/// The graph of a store, looked up piece by piece.
#[derive(Clone, Copy)]
pub struct Stream<'a> {
    store: &'a Store,
}

/// The edges of one subject: its identity, then predicate and object of each.
type Out = (String, Vec<(Edge, String)>);

impl<'a> Stream<'a> {
    /// The graph of that store.
    pub fn of(store: &'a Store) -> Self {
        Self { store }
    }

    /// Number of nodes, sums that nothing is said of among them.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn count(self) -> Result<usize, StoreError> {
        let counts = NodeKind::all().flat_map(classes).map(|it| self.store.count(terms::TYPE, Some(it)));
        counts.sum()
    }

    /// Every node in order, with the number of its edges where `degrees` are wanted, else 0.
    ///
    /// # Errors
    /// If the store cannot be read, and those of `each`.
    pub fn nodes<E: From<StoreError>>(
        self,
        degrees: bool,
        mut each: impl FnMut(&Node, usize) -> Result<(), E>,
    ) -> Result<(), E> {
        for kind in NodeKind::all() {
            let found = |iri: &NamedNode| self.node(iri.as_ref(), kind, degrees);
            self.together(kind, found, |seen| match seen {
                Some((node, degree)) => each(&node, degree),
                None => Ok(()),
            })?;
        }
        Ok(())
    }

    /// Every edge in order, with the identities of its ends.
    ///
    /// # Errors
    /// If the store cannot be read, and those of `each`.
    pub fn edges<E: From<StoreError>>(self, mut each: impl FnMut(&str, &Edge, &str) -> Result<(), E>) -> Result<(), E> {
        for kind in NodeKind::all() {
            self.together(
                kind,
                |iri| self.out(iri.as_ref()),
                |(from, edges)| edges.iter().try_for_each(|(edge, to)| each(&from, edge, to)),
            )?;
        }
        Ok(())
    }

    /// Every node of a kind in order, in a graph of its own with what it is joined to. Edges there name no documents.
    ///
    /// # Errors
    /// If the store cannot be read, and those of `each`.
    pub fn stars<E: From<StoreError>>(
        self,
        kind: NodeKind,
        mut each: impl FnMut(&PropertyGraph, NodeIndex) -> Result<(), E>,
    ) -> Result<(), E> {
        let star = |iri: &NamedNode| Ok((self.star(iri.as_ref())?, iri.as_str().to_owned()));
        self.together(kind, star, |(graph, iri)| graph.find(&iri).map_or(Ok(()), |at| each(&graph, at)))
    }

    /// So many things, those with the most edges, with what is said between them, as a graph to be held. Things whose names
    /// tell nothing outside their document come last; edges name no documents.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn busiest(self, most: usize) -> Result<PropertyGraph, StoreError> {
        // The least comes first: local before others, then by edges, of equals the last by identity.
        let mut best: BTreeSet<(bool, usize, Reverse<String>)> = BTreeSet::new();
        self.nodes(true, |node, degree| -> Result<(), StoreError> {
            best.insert((!is_local(&node.iri), degree, Reverse(node.iri.clone())));
            if best.len() > most {
                best.pop_first();
            }
            Ok(())
        })?;
        let chosen: BTreeSet<String> = best.into_iter().map(|(_, _, Reverse(iri))| iri).collect();
        let mut builder = Builder::default();
        for iri in &chosen {
            for quad in self.from(NamedNodeRef::new_unchecked(iri)) {
                builder.take(&quad?);
            }
        }
        builder.relations.retain(|(from, _, to), _| chosen.contains(from) && chosen.contains(to));
        Ok(builder.finish())
    }

    /// Looks up each node of a kind, and uses what was found in order.
    fn together<T: Send, E: From<StoreError>>(
        self,
        kind: NodeKind,
        of: impl Fn(&NamedNode) -> Result<T, StoreError> + Sync,
        mut each: impl FnMut(T) -> Result<(), E>,
    ) -> Result<(), E> {
        for batch in self.identities(kind)?.chunks(AT_ONCE) {
            for found in batch.par_iter().map(&of).collect::<Vec<_>>() {
                each(found?)?;
            }
        }
        Ok(())
    }

    /// The identities of the nodes of a kind, sorted.
    fn identities(self, kind: NodeKind) -> Result<Vec<NamedNode>, StoreError> {
        let mut found = Vec::new();
        for class in classes(kind) {
            for quad in self.store.matching(None, Some(terms::TYPE), Some(class.into())) {
                if let NamedOrBlankNode::NamedNode(node) = quad?.subject {
                    found.push(node);
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    fn from(self, subject: NamedNodeRef<'a>) -> impl Iterator<Item = Result<Quad, StoreError>> {
        self.store.matching(Some(subject.into()), None, None)
    }

    /// What is told of a node, what is told of it elsewhere, and the figures about it.
    fn about(self, iri: NamedNodeRef<'_>) -> Result<Builder, StoreError> {
        let mut builder = Builder::default();
        for quad in self.store.matching(Some(iri.into()), None, None) {
            builder.take(&quad?);
        }
        for quad in self.store.matching(None, None, Some(iri.into())) {
            builder.take(&quad?);
        }
        let is_figure = |subject: &Option<String>| subject.as_deref() == Some(iri.as_str());
        let figures = builder.facts.iter().filter(|(_, facts)| is_figure(&facts.subject));
        let figures: Vec<String> = figures.map(|(figure, _)| figure.clone()).collect();
        for figure in &figures {
            for quad in self.from(NamedNodeRef::new_unchecked(figure)) {
                builder.take(&quad?);
            }
        }
        builder.attach_figures();
        Ok(builder)
    }

    /// A node with the number of its edges; none for a sum that nothing is said of.
    fn node(self, iri: NamedNodeRef<'_>, kind: NodeKind, degrees: bool) -> Result<Option<(Node, usize)>, StoreError> {
        let builder = self.about(iri)?;
        if kind == NodeKind::Amount && builder.relations.is_empty() {
            return Ok(None);
        }
        let mut degree = 0;
        if degrees {
            for (from, _, to) in builder.relations.keys() {
                let other = if from == iri.as_str() { to } else { from };
                let loops = usize::from(from == to);
                degree += if self.is_node(NamedNodeRef::new_unchecked(other))? { 1 + loops } else { 0 };
            }
        }
        Ok(builder.facts.get(iri.as_str()).map(|facts| (node(iri.as_str(), kind, facts), degree)))
    }

    fn is_node(self, iri: NamedNodeRef<'_>) -> Result<bool, StoreError> {
        for quad in self.store.matching(Some(iri.into()), Some(terms::TYPE), None) {
            if is_node(&quad?.object) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The edges of which a node is the subject.
    fn out(self, iri: NamedNodeRef<'_>) -> Result<Out, StoreError> {
        let mut builder = Builder::default();
        for quad in self.store.matching(Some(iri.into()), None, None) {
            builder.take(&quad?);
        }
        let mut edges = Vec::new();
        for (from, predicate, to) in builder.relations.into_keys() {
            let ends = [&from, &to].map(NamedNode::new_unchecked);
            if self.is_node(ends[1].as_ref())? {
                let [from, to] = ends;
                let stated = Term::from(Triple::new(from, terms::property(predicate), to.clone()));
                edges.push((edge(predicate, self.documents(&stated)?), to.into_string()));
            }
        }
        Ok((iri.as_str().to_owned(), edges))
    }

    /// The documents that make a statement.
    fn documents(self, stated: &Term) -> Result<BTreeSet<String>, StoreError> {
        let mut found = BTreeSet::new();
        for quad in self.store.matching(None, Some(terms::REIFIES), Some(stated.as_ref())) {
            if let NamedOrBlankNode::NamedNode(reifier) = quad?.subject {
                found.extend(crate::rdf::document_key(reifier.as_str()));
            }
        }
        Ok(found)
    }

    /// A node with what it is joined to.
    fn star(self, iri: NamedNodeRef<'_>) -> Result<PropertyGraph, StoreError> {
        let mut builder = self.about(iri)?;
        let ends: BTreeSet<String> = builder.relations.keys().flat_map(|(s, _, o)| [s.clone(), o.clone()]).collect();
        for end in ends.iter().filter(|end| *end != iri.as_str()) {
            for quad in self.from(NamedNodeRef::new_unchecked(end)) {
                let quad = quad?;
                let is_own = quad.predicate.as_ref() == terms::TYPE || matches!(quad.object, Term::Literal(_));
                if is_own {
                    builder.take(&quad);
                }
            }
        }
        Ok(builder.finish())
    }
}
