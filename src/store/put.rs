//! Documents in, replaced and out, each wholly or not at all.

use std::collections::{BTreeMap, BTreeSet};
use std::thread::available_parallelism;

use oxigraph::model::{
    GraphName, GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, QuadRef, TermRef,
};
use oxigraph::store::{StorageError, Transaction};
use rayon::prelude::*;

use super::document::{Contents, Quads, is_owned};
use super::labels::{self, Names};
use super::{BOOK, Store, StoreError};
use crate::model::Reading;
use crate::rdf::{self, document_iri, terms};

/// From this many statements on, sorted files are quicker than the log.
const BULK: usize = 40_000;

/// Statements that one thread of a bulk load sorts at a time.
const BULK_SLICE: usize = 100_000;

/// What became of the documents handed over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Put {
    /// New ones.
    pub added: usize,
    /// Those whose text or reader had changed.
    pub replaced: usize,
    /// Those left alone.
    pub unchanged: usize,
}

/// A document's statements, sorted by where they go.
struct Prepared {
    document: NamedNode,
    /// For the default graph.
    knowledge: Vec<Quad>,
    /// For the document's graph: names of things.
    names: Vec<Quad>,
    fingerprint: Quad,
}

impl Store {
    /// Adds or replaces documents. Each is wholly in or not at all, whatever happens; unchanged ones, by the hash of their
    /// bytes and the `version` of the reader, are left alone. The outcome does not depend on the order of documents nor
    /// on how calls divide them. Of two readings with one key the later counts.
    ///
    /// # Errors
    /// When the disk refuses. What was committed before stays.
    pub fn put(&self, readings: &[Reading], version: &str) -> Result<Put, StoreError> {
        let latest: BTreeMap<_, _> = readings.iter().map(|reading| (reading.document.key.as_str(), reading)).collect();
        let (mut fresh, mut changed, mut put) = (Vec::new(), Vec::new(), Put::default());
        for (key, reading) in latest {
            match self.fingerprint(document_iri(key).as_ref()).map_err(|error| self.failure(error))? {
                Some(known) if known == fingerprint(&reading.document.hash, version) => put.unchanged += 1,
                Some(_) => changed.push(reading),
                None => fresh.push(reading),
            }
        }
        (put.added, put.replaced) = (fresh.len(), changed.len());
        self.add(fresh, version).map_err(|error| self.failure(error))?;
        for reading in changed {
            let prepared = Prepared::new(reading, version);
            self.change(&[prepared.document.as_ref()], &[&prepared]).map_err(|error| self.failure(error))?;
        }
        Ok(put)
    }

    /// Takes a document out, with all statements that no other document supports. False where it is not there.
    ///
    /// # Errors
    /// When the disk refuses; the document is still there then.
    pub fn remove(&self, key: &str) -> Result<bool, StoreError> {
        let document = document_iri(key);
        let known = self.fingerprint(document.as_ref()).map_err(|error| self.failure(error))?;
        if known.is_some() {
            self.change(&[document.as_ref()], &[]).map_err(|error| self.failure(error))?;
        }
        Ok(known.is_some())
    }

    fn fingerprint(&self, document: NamedNodeRef<'_>) -> Result<Option<String>, StorageError> {
        let book = GraphNameRef::NamedNode(BOOK);
        let mut found = self.inner.matching(Some(document.into()), Some(terms::FINGERPRINT), None, Some(book));
        found.next().transpose().map(|quad| quad.map(|quad| literal_value(&quad)))
    }

    /// Adds documents that are not there yet.
    fn add(&self, readings: Vec<&Reading>, version: &str) -> Result<(), StorageError> {
        let prepared: Vec<_> = readings.into_par_iter().map(|reading| Prepared::new(reading, version)).collect();
        let statements: usize = prepared.iter().map(|it| it.knowledge.len()).sum();
        if statements < BULK {
            return if prepared.is_empty() { Ok(()) } else { self.change(&[], &prepared.iter().collect::<Vec<_>>()) };
        }
        // A bulk load cannot take statements away, as a new preferred name must: such documents follow one by one.
        let names = self.new_names(&prepared)?;
        let clashing = self.clashing(&names)?;
        if clashing.is_empty() {
            return self.load(prepared, &names);
        }
        let clashes = |it: &Prepared| it.names.iter().filter_map(thing).any(|thing| clashing.contains(&thing));
        let (later, now): (Vec<_>, Vec<_>) = prepared.into_iter().partition(clashes);
        let names = self.new_names(&now)?;
        self.load(now, &names)?;
        later.iter().try_for_each(|it| self.change(&[], &[it]))
    }

    /// The names of the things to whose names in the knowledge these documents add, over them and the documents in the
    /// store.
    fn new_names(&self, documents: &[Prepared]) -> Result<BTreeMap<NamedNode, Names>, StorageError> {
        let mut things = labels::by_thing(documents.iter().flat_map(|it| &it.names));
        if self.inner.is_empty()? {
            return Ok(things);
        }
        let mut known = Vec::new();
        for (thing, names) in &mut things {
            let current = labels::current(&self.inner, thing.as_ref())?;
            if names.are_known(&current) {
                known.push(thing.clone());
            } else if !current.is_empty() {
                names.join(Names::stored(&self.inner, thing.as_ref())?);
            }
        }
        for thing in &known {
            things.remove(thing);
        }
        Ok(things)
    }

    /// Things that have names in the knowledge which would have to go.
    fn clashing(&self, names: &BTreeMap<NamedNode, Names>) -> Result<BTreeSet<NamedNode>, StorageError> {
        let mut clashing = BTreeSet::new();
        for (thing, names) in names {
            let wanted = names.statements(thing);
            if labels::current(&self.inner, thing.as_ref())?.iter().any(|quad| !wanted.contains(quad)) {
                clashing.insert(thing.clone());
            }
        }
        Ok(clashing)
    }

    /// Loads documents in one go; the commit is one step of the database.
    fn load(&self, documents: Vec<Prepared>, names: &BTreeMap<NamedNode, Names>) -> Result<(), StorageError> {
        let threads = available_parallelism().map_or(1, usize::from);
        // The loader cuts its input at 1,000 statements a megabyte and thread.
        let megabytes = BULK_SLICE / 1000 * threads;
        let mut loader =
            self.inner.bulk_loader().with_num_threads(threads).with_max_memory_size_in_megabytes(megabytes);
        let said =
            documents.into_iter().flat_map(|it| it.knowledge.into_iter().chain(it.names).chain([it.fingerprint]));
        loader.load_quads(said.chain(names.iter().flat_map(|(thing, names)| names.statements(thing))))?;
        loader.commit()
    }

    /// Takes documents out and puts documents in, in one transaction.
    fn change(&self, gone: &[NamedNodeRef<'_>], new: &[&Prepared]) -> Result<(), StorageError> {
        let mut transaction = self.inner.start_transaction()?;
        let mut things = labels::by_thing(new.iter().flat_map(|it| &it.names));
        let mut losers = BTreeSet::new();
        for document in gone {
            let contents = Contents::of(&transaction, *document)?;
            losers.extend(contents.names.iter().filter_map(thing));
            take_out(&mut transaction, *document, &contents)?;
        }
        new.iter().flat_map(|it| it.quads()).for_each(|quad| transaction.insert(quad));
        for thing in &losers {
            things.entry(thing.clone()).or_default();
        }
        for (thing, names) in things {
            let lost = losers.contains(&thing);
            labels::settle(&mut transaction, &thing, names, lost)?;
        }
        transaction.commit()
    }
}

fn take_out(
    transaction: &mut Transaction<'_>,
    document: NamedNodeRef<'_>,
    contents: &Contents,
) -> Result<(), StorageError> {
    let book = GraphNameRef::NamedNode(BOOK);
    let fingerprints: Vec<_> =
        transaction.matching(Some(document.into()), None, None, Some(book)).collect::<Result<_, _>>()?;
    contents.owned.iter().chain(&contents.names).chain(&fingerprints).for_each(|quad| transaction.remove(quad));
    transaction.remove_named_graph(document)?;
    for statement in &contents.shared {
        let object = TermRef::Triple(statement);
        let mut support =
            transaction.matching(None, Some(terms::REIFIES), Some(object), Some(GraphNameRef::DefaultGraph));
        let supported = support.next().transpose()?.is_some();
        drop(support);
        if !supported {
            transaction.remove(QuadRef::new(
                &statement.subject,
                &statement.predicate,
                &statement.object,
                GraphNameRef::DefaultGraph,
            ));
        }
    }
    Ok(())
}

impl Prepared {
    fn new(reading: &Reading, version: &str) -> Self {
        let document = document_iri(&reading.document.key);
        let (mut knowledge, mut names) = (Vec::new(), Vec::new());
        for mut quad in rdf::quads(reading) {
            if is_name(&quad, document.as_ref()) {
                names.push(quad);
            } else {
                quad.graph_name = GraphName::DefaultGraph;
                knowledge.push(quad);
            }
        }
        let print = Literal::from(fingerprint(&reading.document.hash, version));
        let fingerprint = Quad::new(document.clone(), terms::FINGERPRINT, print, BOOK);
        Self { document, knowledge, names, fingerprint }
    }

    fn quads(&self) -> impl Iterator<Item = &Quad> {
        self.knowledge.iter().chain(&self.names).chain([&self.fingerprint])
    }
}

/// True for names of things that other documents may name as well.
fn is_name(quad: &Quad, document: NamedNodeRef<'_>) -> bool {
    (quad.predicate == terms::PREF_LABEL || quad.predicate == terms::ALT_LABEL)
        && thing(quad).is_some_and(|thing| !is_owned(thing.as_str(), document))
}

fn thing(quad: &Quad) -> Option<NamedNode> {
    match &quad.subject {
        NamedOrBlankNode::NamedNode(thing) => Some(thing.clone()),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}

/// What tells whether a document must be read again: the hash of its bytes and the reader's version.
pub(super) fn fingerprint(hash: &str, version: &str) -> String {
    format!("{hash} {version}")
}

fn literal_value(quad: &Quad) -> String {
    match &quad.object {
        oxigraph::model::Term::Literal(literal) => literal.value().to_owned(),
        other => other.to_string(),
    }
}
