//! Documents in, replaced and out, each wholly or not at all.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use oxigraph::store::StorageError;
use rayon::prelude::*;

use super::book::{self, JOURNAL, MISPLACED, PENDING};
use super::delta::{Change, Delta, stored_journal};
use super::document::Quads;
use super::prepare::{Prepared, fingerprint};
use super::{BOOK, Store, StoreError};
use crate::identity::Journal;
use crate::model::Reading;
use crate::rdf::{document_iri, terms};

/// From this many statements on, sorted files are quicker than the log.
const BULK: usize = 40_000;

/// Statements of such a load that one thread sorts at a time.
const SLICE: usize = 100_000;

/// From this many documents on, an empty store on disk takes them in one step.
const MANY: usize = 32;

/// Documents whose statements move to another graph in one step.
const PLACE_AT_ONCE: usize = 100;

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

impl Store {
    /// Adds or replaces documents. Each is wholly in or not at all, whatever happens; unchanged ones, by the hash of their
    /// bytes and the `version` of the reader, are left alone. The outcome does not depend on the order of documents nor
    /// on how calls divide them. Of two readings with one key the later counts.
    ///
    /// # Errors
    /// When the disk refuses. What was committed before stays.
    pub fn put(&self, readings: &[Reading], version: &str) -> Result<Put, StoreError> {
        if self._place.is_some() && readings.len() < MANY {
            return self.put_all(readings, version);
        }
        let mut loader = self.loader(version)?;
        let put = loader.add(readings)?;
        loader.finish()?;
        Ok(put)
    }

    /// The same, by what comes and goes.
    pub(super) fn put_all(&self, readings: &[Reading], version: &str) -> Result<Put, StoreError> {
        let latest: BTreeMap<_, _> = readings.iter().map(|reading| (reading.document.key.as_str(), reading)).collect();
        let (mut coming, mut gone, mut put) = (Vec::new(), BTreeSet::new(), Put::default());
        for (key, reading) in latest {
            let document = document_iri(key);
            match self.fingerprint(document.as_ref()).map_err(|error| self.failure(error))? {
                Some(known) if known == fingerprint(&reading.document.hash, version) => {
                    put.unchanged += 1;
                    continue;
                }
                Some(_) => {
                    put.replaced += 1;
                    gone.insert(document);
                }
                None => put.added += 1,
            }
            coming.push(reading);
        }
        let new: Vec<_> = coming.into_par_iter().map(|reading| Prepared::new(reading, version)).collect();
        self.change(gone, &new).map_err(|error| self.failure(error))?;
        Ok(put)
    }

    /// Takes a document out, with all statements that no other document supports. False where it is not there.
    ///
    /// # Errors
    /// When the disk refuses; the document is still there then.
    pub fn remove(&self, key: &str) -> Result<bool, StoreError> {
        Ok(self.remove_all([key])? == 1)
    }

    /// Takes documents out in one step and tells how many were there.
    ///
    /// # Errors
    /// When the disk refuses; all are still there then.
    pub fn remove_all<'k>(&self, keys: impl IntoIterator<Item = &'k str>) -> Result<usize, StoreError> {
        let mut gone = BTreeSet::new();
        for key in keys {
            let document = document_iri(key);
            if self.fingerprint(document.as_ref()).map_err(|error| self.failure(error))?.is_some() {
                gone.insert(document);
            }
        }
        let count = gone.len();
        self.change(gone, &[]).map_err(|error| self.failure(error))?;
        Ok(count)
    }

    /// The journal that the store follows.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn journal(&self) -> Result<Journal, StoreError> {
        stored_journal(&self.inner).map_err(|error| self.failure(error))
    }

    /// Follows another journal from now on and tells whether it says anything new.
    ///
    /// # Errors
    /// When the disk refuses; the store follows the old one then.
    pub fn follow(&self, journal: &Journal) -> Result<bool, StoreError> {
        let old = self.journal()?;
        if old == *journal {
            return Ok(false);
        }
        let change =
            Change { gone: BTreeSet::new(), new: &[], journal, journaled: old.changed(journal).into_iter().collect() };
        let follow = || {
            let mut delta = Delta::of(&self.inner, &change)?;
            for text in book::objects(&self.inner, BOOK, JOURNAL)? {
                delta.removes.insert(book::noted(BOOK, JOURNAL, text));
            }
            let text = book::noted(BOOK, JOURNAL, Literal::from(journal.text()));
            delta.removes.remove(&text);
            delta.inserts.push(text);
            self.commit(delta)
        };
        follow().map_err(|error| self.failure(error))?;
        Ok(true)
    }

    fn fingerprint(&self, document: NamedNodeRef<'_>) -> Result<Option<String>, StorageError> {
        book::text(&self.inner, document, terms::FINGERPRINT)
    }

    fn change(&self, gone: BTreeSet<NamedNode>, new: &[Prepared]) -> Result<(), StorageError> {
        if gone.is_empty() && new.is_empty() {
            return Ok(());
        }
        let journal = stored_journal(&self.inner)?;
        let change = Change { gone, new, journal: &journal, journaled: BTreeSet::new() };
        self.commit(Delta::of(&self.inner, &change)?)
    }

    /// Makes all statements come and go. A large load comes as sorted files in one step of the database, with a note of
    /// what has still to go, and that goes in a second step; [`Store::finish`] takes it where the first was the last.
    fn commit(&self, mut delta: Delta) -> Result<(), StorageError> {
        let _change = self.begin_change();
        if delta.inserts.len() < BULK {
            let mut transaction = self.inner.start_transaction()?;
            delta.removes.iter().for_each(|quad| transaction.remove(quad));
            delta.inserts.iter().for_each(|quad| transaction.insert(quad));
            return transaction.commit();
        }
        if !delta.removes.is_empty() {
            let mut lines: Vec<String> = delta.removes.iter().map(|quad| format!("{quad} .\n")).collect();
            lines.sort_unstable();
            delta.inserts.push(book::noted(BOOK, PENDING, Literal::from(lines.concat())));
        }
        let mut files = self.sorted_files(SLICE);
        files.load_quads(delta.inserts)?;
        files.commit()?;
        if delta.removes.is_empty() { Ok(()) } else { self.take_pending() }
    }

    /// Takes out what a load left to go, and moves what it left in the wrong graph.
    pub(super) fn finish(&self) -> Result<(), StorageError> {
        self.take_pending()?;
        let mut misplaced = Vec::new();
        for quad in self.inner.matching(None, Some(MISPLACED), None, Some(GraphNameRef::NamedNode(BOOK))) {
            if let NamedOrBlankNode::NamedNode(document) = quad?.subject {
                misplaced.push(document);
            }
        }
        misplaced.sort_unstable();
        misplaced.chunks(PLACE_AT_ONCE).try_for_each(|part| self.commit(Delta::placed(&self.inner, part)?))
    }

    fn take_pending(&self) -> Result<(), StorageError> {
        for pending in book::objects(&self.inner, BOOK, PENDING)? {
            let note = book::noted(BOOK, PENDING, pending.clone());
            let Term::Literal(text) = pending else { continue };
            let mut transaction = self.inner.start_transaction()?;
            for quad in RdfParser::from_format(RdfFormat::NQuads).for_slice(text.value().as_bytes()) {
                let quad: Quad = quad.map_err(|error| StorageError::Io(std::io::Error::other(error.to_string())))?;
                transaction.remove(&quad);
            }
            transaction.remove(&note);
            transaction.commit()?;
        }
        Ok(())
    }
}
