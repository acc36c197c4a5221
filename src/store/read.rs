//! Looking into a store: its documents, its statements in canonical order, what one document says.
//!
//! The canonical order depends on the statements alone: first the documents by IRI, each with the nodes it owns, then the
//! things by IRI; the statements of each block by their text.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{
    GraphName, GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Quad, Term, TermRef,
};
use oxigraph::sparql::QueryResults;
use oxigraph::store::StorageError;
use rayon::prelude::*;

use super::document::{Contents, Quads};
use super::{BOOK, QueryError, Store, StoreError};
use crate::model::EntityKind;
use crate::rdf::{document_iri, document_key, terms};

/// What a store knows of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentInfo {
    /// The name under which it is kept.
    pub key: String,
    /// Its IRI.
    pub iri: String,
    /// Its headline.
    pub title: Option<String>,
    /// `2023`, `2023-08` or `2023-08-17`.
    pub published: Option<String>,
    /// Character encoding of the source.
    pub encoding: String,
    /// Length of the source in characters.
    pub characters: u64,
    /// BLAKE3 hash of the source bytes.
    pub hash: String,
}

impl Store {
    /// The documents in the store by key, with the hash of their bytes and the version of their reader, separated by a
    /// space.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn fingerprints(&self) -> Result<BTreeMap<String, String>, StoreError> {
        let mut prints = BTreeMap::new();
        for quad in self.inner.matching(None, Some(terms::FINGERPRINT), None, Some(GraphNameRef::NamedNode(BOOK))) {
            let quad = quad.map_err(|error| self.failure(error))?;
            let iri = quad.subject.to_string();
            if let Some(key) = document_key(iri.trim_matches(['<', '>'])) {
                prints.insert(key, value(&quad.object).to_owned());
            }
        }
        Ok(prints)
    }

    /// The documents in the store, in order of their keys.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn documents(&self) -> Result<Vec<DocumentInfo>, StoreError> {
        self.fingerprints()?.into_keys().map(|key| self.document(key)).collect()
    }

    fn document(&self, key: String) -> Result<DocumentInfo, StoreError> {
        let iri = document_iri(&key);
        let about =
            self.inner.about(iri.as_ref()).collect::<Result<Vec<_>, _>>().map_err(|error| self.failure(error))?;
        let find = |property: NamedNodeRef<'_>| {
            about.iter().find(|quad| quad.predicate == property).map(|quad| value(&quad.object).to_owned())
        };
        Ok(DocumentInfo {
            title: find(terms::HEADLINE),
            published: find(terms::DATE_PUBLISHED),
            encoding: find(terms::ENCODING).unwrap_or_default(),
            characters: find(terms::CHARACTERS).and_then(|number| number.parse().ok()).unwrap_or_default(),
            hash: find(terms::CONTENT_HASH).unwrap_or_default(),
            iri: iri.into_string(),
            key,
        })
    }

    /// Number of statements of the knowledge.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn len(&self) -> Result<usize, StoreError> {
        self.counted("?s ?p ?o")
    }

    /// Number of statements of the knowledge with this property and, where given, this object.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn count(&self, property: NamedNodeRef<'_>, object: Option<NamedNodeRef<'_>>) -> Result<usize, StoreError> {
        let object = object.map_or("?o".to_owned(), |object| object.to_string());
        self.counted(&format!("?s {property} {object}"))
    }

    /// Counts the matches of a pattern, which leaves the statements encoded as iterating would not.
    fn counted(&self, pattern: &str) -> Result<usize, StoreError> {
        let failed = |error: QueryError| self.failure(StorageError::Io(std::io::Error::other(error.to_string())));
        let results = self.sparql(&format!("SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}"), &[]).map_err(failed)?;
        let QueryResults::Solutions(mut rows) = results else { return Ok(0) };
        let row = rows.next().transpose().map_err(|error| failed(error.into()))?;
        Ok(row.as_ref().and_then(|row| row.get(0)).and_then(|term| value(term).parse().ok()).unwrap_or_default())
    }

    /// True when the store holds no document.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn is_empty(&self) -> Result<bool, StoreError> {
        Ok(self.fingerprints()?.is_empty())
    }

    /// Statements of the knowledge that match, in the order of the storage; `None` matches all.
    pub fn matching(
        &self,
        s: Option<NamedOrBlankNodeRef<'_>>,
        p: Option<NamedNodeRef<'_>>,
        o: Option<TermRef<'_>>,
    ) -> impl Iterator<Item = Result<Quad, StoreError>> + use<'_> {
        let found = self.inner.matching(s, p, o, Some(GraphNameRef::DefaultGraph));
        found.map(|quad| quad.map_err(|error| self.failure(error)))
    }

    /// The preferred name of a thing, also by an IRI that it had.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn label(&self, thing: NamedNodeRef<'_>) -> Result<Option<String>, StoreError> {
        let present = self.present(thing)?;
        let thing = present.as_ref();
        let mut found = self.matching(Some(thing.into()), Some(terms::PREF_LABEL), None);
        Ok(found.next().transpose()?.map(|quad| value(&quad.object).to_owned()))
    }

    /// All statements of the knowledge, in canonical order and in the default graph.
    pub fn quads(&self) -> impl Iterator<Item = Result<Quad, StoreError>> + '_ {
        let documents = self.document_iris().map(|iris| iris.into_iter().map(Block::Document).collect::<Vec<_>>());
        let things = self.things().map(|things| things.into_iter().map(Block::Thing).collect::<Vec<_>>());
        [documents, things].into_iter().flat_map(|blocks| self.together(blocks, |store, block| store.block(block)))
    }

    /// What each document says, in the graph named by the document's IRI: documents by IRI, their statements in canonical
    /// order.
    pub fn named_graph_quads(&self) -> impl Iterator<Item = Result<Quad, StoreError>> + '_ {
        let documents = self.document_iris().map(|iris| iris.into_iter().collect());
        self.together(documents, |store, iri| said_by(&store.inner, iri))
    }

    /// The statements of each item in order. Some items are looked up at once, by several threads, so that memory does not
    /// grow with their number.
    fn together<T: Send + Sync>(
        &self,
        items: Result<Vec<T>, StorageError>,
        of: fn(&Self, &T) -> Result<Vec<Quad>, StorageError>,
    ) -> impl Iterator<Item = Result<Quad, StoreError>> {
        let (items, error) = match items {
            Ok(items) => (items, None),
            Err(error) => (Vec::new(), Some(Err(self.failure(error)))),
        };
        let mut at = 0;
        let batches = std::iter::from_fn(move || {
            let batch = items.get(at..(at + AT_ONCE).min(items.len())).filter(|batch| !batch.is_empty())?;
            at += batch.len();
            Some(batch.par_iter().map(|item| of(self, item)).collect::<Vec<_>>())
        });
        let found = batches.flatten().flat_map(|quads| spread(quads.map_err(|error| self.failure(error))));
        error.into_iter().chain(found)
    }

    /// What one document says, in the graph named by its IRI and in canonical order; nothing where it is not there.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn document_quads(&self, key: &str) -> Result<Vec<Quad>, StoreError> {
        said_by(&self.inner, &document_iri(key)).map_err(|error| self.failure(error))
    }

    fn block(&self, block: &Block) -> Result<Vec<Quad>, StorageError> {
        let quads = match block {
            Block::Document(iri) => {
                let mut owned = Contents::of(&self.inner, iri.as_ref())?.owned;
                owned.retain(|quad| quad.graph_name == GraphName::DefaultGraph);
                owned
            }
            Block::Thing(iri) => self.inner.about(iri.as_ref()).collect::<Result<_, _>>()?,
        };
        Ok(sorted(quads))
    }

    fn document_iris(&self) -> Result<BTreeSet<NamedNode>, StorageError> {
        self.inner.pointing(terms::TYPE, terms::DOCUMENT.into()).map(BTreeSet::from_iter)
    }

    fn things(&self) -> Result<BTreeSet<NamedNode>, StorageError> {
        let mut things = BTreeSet::new();
        for kind in EntityKind::ALL {
            things.extend(self.inner.pointing(terms::TYPE, terms::class(kind).into())?);
        }
        let replaced = self.inner.matching(None, Some(terms::IS_REPLACED_BY), None, Some(GraphNameRef::DefaultGraph));
        for quad in replaced {
            if let NamedOrBlankNode::NamedNode(node) = quad?.subject {
                things.insert(node);
            }
        }
        Ok(things)
    }
}

/// Documents or things that are looked up at once.
const AT_ONCE: usize = 64;

/// What a document says, in the graph named by its IRI and in canonical order.
pub(super) fn said_by(state: &impl Quads, document: &NamedNode) -> Result<Vec<Quad>, StorageError> {
    let Contents { mut owned, shared, names, .. } = Contents::of(state, document.as_ref())?;
    let graph = GraphName::from(document.clone());
    owned.iter_mut().for_each(|quad| quad.graph_name = graph.clone());
    // Several pieces of evidence may speak for one statement.
    let mut seen = BTreeSet::new();
    let distinct = shared.into_iter().filter(|it| seen.insert(it.to_string()));
    owned.extend(distinct.map(|it| it.in_graph(graph.clone())));
    owned.extend(names);
    Ok(sorted(owned))
}

/// A part of the knowledge in canonical order.
enum Block {
    Document(NamedNode),
    Thing(NamedNode),
}

/// A list that may have failed as a list whose items may have failed.
fn spread<T, E>(items: Result<Vec<T>, E>) -> impl Iterator<Item = Result<T, E>> {
    let (items, error) = match items {
        Ok(items) => (items, None),
        Err(error) => (Vec::new(), Some(error)),
    };
    items.into_iter().map(Ok).chain(error.map(Err))
}

fn sorted(mut quads: Vec<Quad>) -> Vec<Quad> {
    quads.sort_by_cached_key(|quad| {
        (quad.subject.to_string(), quad.predicate.as_str().to_owned(), quad.object.to_string())
    });
    quads
}

/// The characters of a literal or an IRI.
fn value(term: &Term) -> &str {
    match term {
        Term::Literal(literal) => literal.value(),
        Term::NamedNode(node) => node.as_str(),
        Term::BlankNode(_) | Term::Triple(_) => "",
    }
}
