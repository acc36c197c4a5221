//! The layer of documents: named graphs that hold what each document says. They are not stored but looked up through the
//! evidence, so that a statement stands once on disk however many documents make it.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use oxigraph::model::{
    GraphName, GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Quad, Term, TermRef,
    Triple,
};
use oxigraph::store::StorageError;
use spareval::{InternalQuad, QueryableDataset};

use super::document::{Quads, document_of};
use super::infer::{INFERRED, Inferred};
use super::{book, read};
use crate::rdf::terms;

/// The knowledge as default graph, with a named graph for each document.
pub(super) struct Layers {
    store: oxigraph::store::Store,
    /// What follows from the knowledge: a graph that is asked for by its name only.
    inferred: Inferred,
    /// Documents that were looked up.
    said: RefCell<HashMap<NamedNode, Rc<Vec<Quad>>>>,
}

type Found = Vec<Result<InternalQuad<Term>, StorageError>>;

impl Layers {
    pub(super) fn new(store: oxigraph::store::Store, inferred: Inferred) -> Self {
        Self { store, inferred, said: RefCell::default() }
    }

    fn said_by(&self, document: &NamedNode) -> Result<Rc<Vec<Quad>>, StorageError> {
        if let Some(known) = self.said.borrow().get(document) {
            return Ok(Rc::clone(known));
        }
        let said = Rc::new(read::said_by(&self.store, document)?);
        self.said.borrow_mut().insert(document.clone(), Rc::clone(&said));
        Ok(said)
    }

    fn knowledge(&self, s: Option<&Term>, p: Option<&Term>, o: Option<&Term>) -> Result<Vec<Quad>, StorageError> {
        let Some((s, p)) = ends(s, p) else { return Ok(Vec::new()) };
        let graph = Some(GraphNameRef::DefaultGraph);
        self.store.matching(s, p, o.map(Term::as_ref), graph).collect()
    }

    fn following(&self, s: Option<&Term>, p: Option<&Term>, o: Option<&Term>) -> Result<Vec<Quad>, StorageError> {
        let Some((s, p)) = ends(s, p) else { return Ok(Vec::new()) };
        let mut found = self.inferred.matching(s, p, o.map(Term::as_ref), None).collect::<Result<Vec<_>, _>>()?;
        found.iter_mut().for_each(|quad| quad.graph_name = INFERRED.into());
        Ok(found)
    }

    fn in_document(
        &self,
        document: &NamedNode,
        s: Option<&Term>,
        p: Option<&Term>,
        o: Option<&Term>,
    ) -> Result<Vec<Quad>, StorageError> {
        let fits = |quad: &&Quad| {
            s.is_none_or(|s| Term::from(quad.subject.clone()) == *s)
                && p.is_none_or(|p| Term::from(quad.predicate.clone()) == *p)
                && o.is_none_or(|o| quad.object == *o)
        };
        Ok(self.said_by(document)?.iter().filter(fits).cloned().collect())
    }

    /// The documents that may make a matching statement.
    fn makers(
        &self,
        s: Option<&Term>,
        p: Option<&Term>,
        o: Option<&Term>,
    ) -> Result<BTreeSet<NamedNode>, StorageError> {
        if s.is_none() && o.is_none() {
            return self.documents();
        }
        let mut makers = BTreeSet::new();
        let Some((subject, property)) = ends(s, p) else { return Ok(makers) };
        // Reprints alone have graphs of their own.
        for quad in self.store.matching(subject, property, o.map(Term::as_ref), None) {
            if let GraphName::NamedNode(graph) = quad?.graph_name
                && book::is_document(&self.store, graph.as_ref())?
            {
                makers.insert(graph);
            }
        }
        let is_name = p.is_some_and(|p| {
            [terms::PREF_LABEL, terms::ALT_LABEL].into_iter().any(|it| TermRef::from(it) == p.as_ref())
        });
        // What is an alternative name over all documents may be the preferred one of some.
        for quad in self.knowledge(s, p.filter(|_| !is_name), o)? {
            let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
            if let Some(document) = document_of(subject) {
                makers.insert(document);
                continue;
            }
            if quad.predicate == terms::PREF_LABEL || quad.predicate == terms::ALT_LABEL {
                for form in book::forms_of(&self.store, subject.as_ref())? {
                    makers.extend(book::documents_with(&self.store, &form)?);
                }
                continue;
            }
            let said = Triple::from(quad);
            let graph = Some(GraphNameRef::DefaultGraph);
            for fact in self.store.matching(None, Some(terms::REIFIES), Some(TermRef::Triple(&said)), graph) {
                if let NamedOrBlankNode::NamedNode(fact) = fact?.subject {
                    makers.extend(document_of(&fact));
                }
            }
        }
        Ok(makers)
    }

    fn documents(&self) -> Result<BTreeSet<NamedNode>, StorageError> {
        Ok(self.store.pointing(terms::TYPE, terms::DOCUMENT.into())?.into_iter().collect())
    }

    fn find(
        &self,
        s: Option<&Term>,
        p: Option<&Term>,
        o: Option<&Term>,
        graph: Option<Option<&Term>>,
    ) -> Result<Vec<Quad>, StorageError> {
        match graph {
            Some(None) => self.knowledge(s, p, o),
            Some(Some(Term::NamedNode(graph))) if *graph == INFERRED => self.following(s, p, o),
            Some(Some(Term::NamedNode(document))) => {
                if book::is_document(&self.store, document.as_ref())? {
                    self.in_document(document, s, p, o)
                } else {
                    Ok(Vec::new())
                }
            }
            Some(Some(_)) => Ok(Vec::new()),
            None => {
                let mut found = Vec::new();
                for document in self.makers(s, p, o)? {
                    found.extend(self.in_document(&document, s, p, o)?);
                }
                Ok(found)
            }
        }
    }
}

/// Subject and predicate of a pattern; none where no statement has such.
#[allow(clippy::type_complexity)]
fn ends<'t>(
    s: Option<&'t Term>,
    p: Option<&'t Term>,
) -> Option<(Option<NamedOrBlankNodeRef<'t>>, Option<NamedNodeRef<'t>>)> {
    let s = match s {
        None => None,
        Some(Term::NamedNode(node)) => Some(node.as_ref().into()),
        Some(Term::BlankNode(node)) => Some(node.as_ref().into()),
        Some(_) => return None,
    };
    let p = match p {
        None => None,
        Some(Term::NamedNode(node)) => Some(node.as_ref()),
        Some(_) => return None,
    };
    Some((s, p))
}

fn internal(quad: Quad) -> InternalQuad<Term> {
    let graph_name = match quad.graph_name {
        GraphName::DefaultGraph => None,
        GraphName::NamedNode(graph) => Some(graph.into()),
        GraphName::BlankNode(graph) => Some(graph.into()),
    };
    InternalQuad { subject: quad.subject.into(), predicate: quad.predicate.into(), object: quad.object, graph_name }
}

impl QueryableDataset<'static> for Layers {
    type InternalTerm = Term;
    type Error = StorageError;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Term>,
        predicate: Option<&Term>,
        object: Option<&Term>,
        graph_name: Option<Option<&Term>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Term>, StorageError>> + use<> {
        let found: Found = match self.find(subject, predicate, object, graph_name) {
            Ok(quads) => quads.into_iter().map(|quad| Ok(internal(quad))).collect(),
            Err(error) => vec![Err(error)],
        };
        found.into_iter()
    }

    fn internal_named_graphs(&self) -> impl Iterator<Item = Result<Term, StorageError>> + use<> {
        let found: Vec<Result<Term, StorageError>> = match self.documents() {
            Ok(documents) => documents.into_iter().map(|document| Ok(document.into())).collect(),
            Err(error) => vec![Err(error)],
        };
        found.into_iter()
    }

    fn contains_internal_graph_name(&self, graph_name: &Term) -> Result<bool, StorageError> {
        match graph_name {
            Term::NamedNode(graph) if *graph == INFERRED => Ok(true),
            Term::NamedNode(document) => book::is_document(&self.store, document.as_ref()),
            _ => Ok(false),
        }
    }

    fn internalize_term(&self, term: Term) -> Result<Term, StorageError> {
        Ok(term)
    }

    fn externalize_term(&self, term: Term) -> Result<Term, StorageError> {
        Ok(term)
    }
}
