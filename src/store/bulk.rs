//! Many documents into an empty store: what does not depend on identity goes to the database's sorted files at once, in
//! threads of their own; identity is decided once for all; everything takes effect in one step.

use std::collections::{BTreeMap, BTreeSet};
use std::thread::available_parallelism;

use oxigraph::model::{GraphName, NamedNode, Quad};
use oxigraph::store::{BulkLoader, StorageError};
use rayon::prelude::*;

use super::book::{self, MISPLACED};
use super::claims::Claims;
use super::delta::{Change, Delta, stored_journal};
use super::prepare::{Prepared, placed};
use super::record::Record;
use super::sources::{Firsts, Sources, graph_of};
use super::{Put, Store, StoreError};
use crate::model::Reading;
use crate::rdf::document_iri;

/// Statements that one thread sorts at a time.
const SLICE: usize = 100_000;

/// Most documents that wait for one step: what a kill costs, and what memory holds.
const MOST: usize = 10_000;

/// Documents whose statements about things are made at a time.
const AT_ONCE: usize = 256;

/// Reads documents into a store, many of them in one step. What was added since the last step is lost unless
/// [`Loader::finish`] is called.
pub struct Loader<'s> {
    store: &'s Store,
    version: String,
    fresh: Option<Fresh<'s>>,
}

impl Store {
    /// A loader for documents as this `version` of the reader reads them. Into an empty store it loads thousands in one
    /// step, into others batch by batch; the outcome is that of [`Store::put`].
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn loader(&self, version: &str) -> Result<Loader<'_>, StoreError> {
        let fresh = if self.is_empty()? { Some(Fresh::new(self)) } else { None };
        Ok(Loader { store: self, version: version.to_owned(), fresh })
    }

    /// A loader's worker for sorted files.
    pub(super) fn sorted_files(&self, slice: usize) -> BulkLoader<'_> {
        let threads = available_parallelism().map_or(1, usize::from);
        // The database cuts its input at 1,000 statements a megabyte and thread.
        let megabytes = slice / 1000 * threads;
        self.inner.bulk_loader().with_num_threads(threads).with_max_memory_size_in_megabytes(megabytes)
    }
}

impl Loader<'_> {
    /// Adds or replaces documents, as [`Store::put`] does.
    ///
    /// # Errors
    /// When the disk refuses. What took effect before stays.
    pub fn add(&mut self, readings: &[Reading]) -> Result<Put, StoreError> {
        let Some(fresh) = &mut self.fresh else { return self.store.put_all(readings, &self.version) };
        if readings.iter().any(|it| fresh.waiting.contains_key(&document_iri(&it.document.key))) {
            self.step()?;
            return self.store.put_all(readings, &self.version);
        }
        let latest: BTreeMap<_, _> = readings.iter().map(|it| (it.document.key.as_str(), it)).collect();
        let added = latest.len();
        fresh.add(latest.into_values().collect(), &self.version).map_err(|error| self.store.failure(error))?;
        if fresh.waiting.len() >= MOST {
            self.step()?;
        }
        Ok(Put { added, ..Put::default() })
    }

    /// Lets everything take effect.
    ///
    /// # Errors
    /// When the disk refuses; what was added since the last step is not there then.
    pub fn finish(mut self) -> Result<(), StoreError> {
        self.step()
    }

    fn step(&mut self) -> Result<(), StoreError> {
        let Some(fresh) = self.fresh.take() else { return Ok(()) };
        let _change = self.store.begin_change();
        fresh.commit().and_then(|()| self.store.finish()).map_err(|error| self.store.failure(error))
    }
}

/// A document that waits for identity: its record as text, which takes less room.
struct Waiting {
    prepared: Prepared,
    record: String,
    /// Where its own statements are: in a graph of its own if it seemed to repeat another, else in the knowledge.
    graph: GraphName,
}

/// Documents on their way into an empty store.
struct Fresh<'s> {
    store: &'s Store,
    files: BulkLoader<'s>,
    slice: Vec<Quad>,
    waiting: BTreeMap<NamedNode, Waiting>,
    /// What all of them claim.
    claims: Claims,
    /// Those that repeat none before them.
    firsts: Firsts,
}

impl<'s> Fresh<'s> {
    fn new(store: &'s Store) -> Self {
        let (slice, waiting, claims, firsts) = Default::default();
        Self { store, files: store.sorted_files(SLICE), slice, waiting, claims, firsts }
    }

    fn add(&mut self, readings: Vec<&Reading>, version: &str) -> Result<(), StorageError> {
        let prepare = |reading: &Reading| {
            let prepared = Prepared::new(reading, version);
            let text = prepared.record.text();
            // A copy takes no more room than it needs.
            let record = text.clone();
            let book = prepared.book(text);
            (Waiting { prepared, record, graph: GraphName::DefaultGraph }, book)
        };
        for part in readings.chunks(AT_ONCE) {
            let ready: Vec<_> = part.par_iter().map(|reading| prepare(reading)).collect();
            for (mut waiting, book) in ready {
                let prepared = &mut waiting.prepared;
                if self.firsts.is_repeated(&prepared.record.print) {
                    waiting.graph = prepared.document.clone().into();
                }
                let owned = std::mem::take(&mut prepared.owned);
                let mut quads = placed(owned, &prepared.document, &waiting.graph);
                quads.extend(book);
                prepared.record.claims.iter().for_each(|(form, said)| self.claims.add(form, said));
                prepared.record.shorten();
                self.waiting.insert(prepared.document.clone(), waiting);
                self.feed(quads)?;
            }
        }
        Ok(())
    }

    fn feed(&mut self, mut quads: Vec<Quad>) -> Result<(), StorageError> {
        self.take(&mut quads)
    }

    fn take(&mut self, quads: &mut Vec<Quad>) -> Result<(), StorageError> {
        self.slice.append(quads);
        if self.slice.len() >= SLICE { self.files.load_quads(self.slice.drain(..)) } else { Ok(()) }
    }

    fn commit(mut self) -> Result<(), StorageError> {
        let (mut documents, mut rest) = (Vec::new(), Vec::new());
        for waiting in std::mem::take(&mut self.waiting).into_values() {
            documents.push(waiting.prepared);
            rest.push((waiting.record, waiting.graph));
        }
        if documents.is_empty() {
            return Ok(());
        }
        let state = &self.store.inner;
        let journal = stored_journal(state)?;
        let change = Change { gone: BTreeSet::new(), new: &documents, journal: &journal, journaled: BTreeSet::new() };
        let mut delta = Delta::default();
        let claims = std::mem::take(&mut self.claims);
        let settled = delta.settle(state, &change, claims, &mut |quads| self.take(quads))?;
        self.feed(delta.inserts)?;
        let sources = Sources::of(state, &change)?;
        self.feed(sources.pointers().1)?;
        for (documents, rest) in documents.chunks(AT_ONCE).zip(rest.chunks(AT_ONCE)) {
            let said = |(prepared, (record, placed)): (&Prepared, &(String, GraphName))| {
                let (document, record) = (&prepared.document, Record::parse(record));
                let graph = graph_of(document, sources.after.get(document).unwrap_or(document));
                let mut quads = record.said(document.as_ref(), &graph, &settled.things(&record));
                if graph != *placed {
                    quads.push(book::noted(document.as_ref(), MISPLACED, document.clone()));
                }
                quads
            };
            let said: Vec<_> = documents.par_iter().zip(rest).map(said).collect();
            for quads in said {
                self.feed(quads)?;
            }
        }
        self.files.load_quads(self.slice.drain(..))?;
        self.files.commit()
    }
}
