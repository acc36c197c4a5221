//! What is exported: a store or a part of it.

use std::collections::BTreeSet;

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Quad, Term, Triple};

use super::view::View;
use crate::graph::{Figure, MOST_PLACED, PropertyGraph, Stream, Wanted};
use crate::model::Predicate;
use crate::rdf::terms;
use crate::store::{Store, StoreError};

/// A store, or the wanted part of it.
pub struct Source<'a> {
    store: &'a Store,
    wanted: Wanted,
    /// Identities of all nodes of the part, evidence included; `None` for the whole store.
    kept: Option<BTreeSet<String>>,
    /// True where evidence is to be written as RDF 1.1 can say it.
    plain: bool,
    /// Nodes of a property graph that are held in memory at most.
    most_held: usize,
}

impl<'a> Source<'a> {
    /// The whole store.
    pub fn whole(store: &'a Store) -> Self {
        Self { store, wanted: Wanted::default(), kept: None, plain: false, most_held: MOST_PLACED }
    }

    /// The part of a store that is wanted: its things, what is said between them, and the evidence of that.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn part(store: &'a Store, wanted: Wanted) -> Result<Self, StoreError> {
        if wanted.is_all() {
            return Ok(Self::whole(store));
        }
        let things = PropertyGraph::read(store)?.part(&wanted).identities().nodes;
        let kept = with_evidence(store, things)?;
        Ok(Self { store, wanted, kept: Some(kept), ..Self::whole(store) })
    }

    /// With evidence as `rdf:Statement` in every format, for tools that read RDF 1.1 only.
    pub fn plain(self) -> Self {
        Self { plain: true, ..self }
    }

    /// With no property graph held in memory, however small it is.
    #[cfg(test)]
    pub(super) fn streamed(self) -> Self {
        Self { most_held: 0, ..self }
    }

    /// True where evidence is to be written as RDF 1.1 can say it.
    pub(super) fn is_plain(&self) -> bool {
        self.plain
    }

    /// The statements of the knowledge, in canonical order.
    pub(super) fn quads(&self) -> impl Iterator<Item = Result<Quad, StoreError>> + '_ {
        self.store.quads().filter(|quad| self.keeps(quad))
    }

    /// The statements of each document in its named graph, in canonical order.
    pub(super) fn named_graph_quads(&self) -> impl Iterator<Item = Result<Quad, StoreError>> + '_ {
        self.store.named_graph_quads().filter(|quad| self.keeps(quad))
    }

    /// The statements that follow from the knowledge, in canonical order.
    pub(super) fn inferred(&self) -> Result<Vec<Quad>, StoreError> {
        self.store.inferred_quads()?.into_iter().map(Ok).filter(|quad| self.keeps(quad)).collect()
    }

    /// The property graph.
    pub(super) fn graph(&self) -> Result<PropertyGraph, StoreError> {
        let graph = PropertyGraph::read(self.store)?;
        Ok(if self.wanted.is_all() { graph } else { graph.part(&self.wanted) })
    }

    /// The property graph for a picture: all of it, or of one too large to be held the `most` things with the most relations;
    /// then also the number of all.
    pub(super) fn picture(&self, most: usize) -> Result<(PropertyGraph, Option<usize>), StoreError> {
        Ok(match self.view()? {
            View::Held(graph, _) => (graph, None),
            View::Streamed(stream, _) => (stream.busiest(most)?, Some(stream.count()?)),
        })
    }

    /// The property graph as files without places have it: held where it is small or a part, else streamed.
    pub(super) fn view(&self) -> Result<View<'_>, StoreError> {
        let stream = Stream::of(self.store);
        if self.wanted.is_all() && stream.count()? > self.most_held {
            return Ok(View::Streamed(stream, false));
        }
        Ok(View::Held(self.graph()?, None))
    }

    /// The property graph with degrees, and with places where it is small enough that they take seconds.
    pub(super) fn drawing(&self) -> Result<View<'_>, StoreError> {
        Ok(match self.view()? {
            View::Held(graph, _) => {
                let places = graph.places();
                View::Held(graph, places)
            }
            View::Streamed(stream, _) => View::Streamed(stream, true),
        })
    }

    /// Number of relations.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn edge_count(&self) -> Result<usize, StoreError> {
        if !self.wanted.is_all() {
            return Ok(self.graph()?.graph.edge_count());
        }
        let relations =
            Predicate::ALL.into_iter().filter(|it| !matches!(it, Predicate::Status | Predicate::Designation));
        relations.map(|it| self.store.count(terms::property(it), None)).sum()
    }

    /// The figures, of a part those about its things.
    pub(super) fn figures(&self) -> Result<Vec<Figure>, StoreError> {
        let figures = Figure::all(self.store)?;
        Ok(match &self.kept {
            None => figures,
            Some(kept) => figures.into_iter().filter(|figure| kept.contains(&figure.iri)).collect(),
        })
    }

    /// A statement is kept if its ends are; classes, stages and literals always are. Errors are kept to be told.
    fn keeps(&self, quad: &Result<Quad, StoreError>) -> bool {
        let (Some(kept), Ok(quad)) = (&self.kept, quad) else { return true };
        let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { return false };
        let ours = |node: &NamedNode| !node.as_str().starts_with(terms::PGR) || kept.contains(node.as_str());
        let object = match &quad.object {
            Term::NamedNode(node) => ours(node),
            Term::Triple(triple) => stays(triple, ours),
            _ => true,
        };
        object && kept.contains(subject.as_str())
    }
}

fn stays(triple: &Triple, ours: impl Fn(&NamedNode) -> bool) -> bool {
    let subject = matches!(&triple.subject, NamedOrBlankNode::NamedNode(node) if ours(node));
    subject && if let Term::NamedNode(node) = &triple.object { ours(node) } else { true }
}

/// The things with everything that the store keeps about them: figures, reifiers, mentions, sentences, documents.
fn with_evidence(store: &Store, things: BTreeSet<String>) -> Result<BTreeSet<String>, StoreError> {
    let mut kept = things.clone();
    let mut figures = Vec::new();
    for thing in &things {
        let thing = NamedNodeRef::new_unchecked(thing);
        figures.extend(pointing(store, terms::SUBJECT, thing)?);
        for mention in pointing(store, terms::TA_IDENT_REF, thing)? {
            keep_mention(store, &mut kept, mention)?;
        }
    }
    kept.extend(figures.iter().map(|figure| figure.as_str().to_owned()));
    let subjects: Vec<NamedNode> = kept.iter().map(NamedNode::new_unchecked).collect();
    for subject in subjects {
        for quad in store.matching(Some(subject.as_ref().into()), None, None) {
            keep_evidence(store, &mut kept, &Triple::from(quad?))?;
        }
    }
    Ok(kept)
}

fn keep_evidence(store: &Store, kept: &mut BTreeSet<String>, statement: &Triple) -> Result<(), StoreError> {
    if matches!(&statement.object, Term::NamedNode(node) if node.as_str().starts_with(terms::PGR) && !kept.contains(node.as_str()))
    {
        return Ok(());
    }
    let stated = Term::from(statement.clone());
    for quad in store.matching(None, Some(terms::REIFIES), Some(stated.as_ref())) {
        if let NamedOrBlankNode::NamedNode(reifier) = quad?.subject {
            for mention in objects(store, reifier.as_ref().into(), terms::WAS_DERIVED_FROM)? {
                keep_mention(store, kept, mention)?;
            }
            kept.insert(reifier.into_string());
        }
    }
    Ok(())
}

fn keep_mention(store: &Store, kept: &mut BTreeSet<String>, mention: NamedNode) -> Result<(), StoreError> {
    for property in [terms::REFERENCE_CONTEXT, terms::SENTENCE] {
        let around = objects(store, mention.as_ref().into(), property)?;
        kept.extend(around.into_iter().map(NamedNode::into_string));
    }
    kept.insert(mention.into_string());
    Ok(())
}

fn pointing(store: &Store, property: NamedNodeRef<'_>, object: NamedNodeRef<'_>) -> Result<Vec<NamedNode>, StoreError> {
    let mut found = Vec::new();
    for quad in store.matching(None, Some(property), Some(object.into())) {
        if let NamedOrBlankNode::NamedNode(node) = quad?.subject {
            found.push(node);
        }
    }
    Ok(found)
}

fn objects(
    store: &Store,
    subject: NamedOrBlankNodeRef<'_>,
    property: NamedNodeRef<'_>,
) -> Result<Vec<NamedNode>, StoreError> {
    let mut found = Vec::new();
    for quad in store.matching(Some(subject), Some(property), None) {
        if let Term::NamedNode(node) = quad?.object {
            found.push(node);
        }
    }
    Ok(found)
}
