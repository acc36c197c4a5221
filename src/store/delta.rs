//! From documents that come and go to the statements that come and go: what they say, what identity follows from their
//! claims, and what other documents say about things whose identity changed.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use oxigraph::model::{GraphName, GraphNameRef, NamedNode, Quad, Term, TermRef, Triple};
use oxigraph::store::StorageError;
use rayon::prelude::*;

use super::BOOK;
use super::book::{self, DOUBT, Known, MISPLACED};
use super::claims::{Claims, Noted};
use super::document::{Contents, Quads, is_about};
use super::forms::{Changed, View};
use super::labels;
use super::prepare::{Prepared, placed};
use super::record::Record;
use super::sources::{Sources, graph_of, source_of};
use crate::identity::{Decision, Journal, Profile, decide};
use crate::rdf::terms;

/// Statements that come and go in one step.
#[derive(Default)]
pub(super) struct Delta {
    pub(super) inserts: Vec<Quad>,
    pub(super) removes: HashSet<Quad>,
}

/// What is to happen.
pub(super) struct Change<'a> {
    /// Documents that go, also to be replaced.
    pub(super) gone: BTreeSet<NamedNode>,
    /// Documents that come.
    pub(super) new: &'a [Prepared],
    /// The journal that holds from now on.
    pub(super) journal: &'a Journal,
    /// Forms about which the journal says something new.
    pub(super) journaled: BTreeSet<String>,
}

/// The things of all forms that a change touches.
pub(super) struct Settled {
    /// Form → thing, as it was and as it is.
    before: BTreeMap<String, String>,
    after: BTreeMap<String, String>,
}

impl Delta {
    /// The statements that come and go. Reads the state, changes nothing.
    pub(super) fn of<S: Quads + Sync>(state: &S, change: &Change<'_>) -> Result<Self, StorageError> {
        let mut delta = Self::default();
        let settled = delta.settle(state, change, Claims::of(state, change)?, &mut |_| Ok(()))?;
        let sources = Sources::of(state, change)?;
        let (stale, fresh) = sources.pointers();
        delta.removes.extend(stale);
        delta.inserts.extend(fresh);
        let mut lost = HashSet::new();
        for document in &change.gone {
            let contents = Contents::of(state, document.as_ref())?;
            delta.removes.extend(contents.owned);
            delta.removes.extend(contents.book);
            lost.extend(contents.shared);
        }
        let said: Vec<Vec<Quad>> = change.new.par_iter().map(|it| spoken(it, &sources, &settled)).collect();
        delta.inserts.extend(said.into_iter().flatten());
        let mut rewritten = settled.rewritten(state, &change.gone)?;
        for (document, from, to) in sources.moved() {
            rewritten.insert(document.clone());
            delta.relocate(state, document, &from, &to)?;
        }
        for document in &rewritten {
            let from = graph_of(document, &source_of(state, document.as_ref())?);
            let to = sources.graph(state, document)?;
            delta.rewrite(state, document, (&from, &to), &settled, &mut lost)?;
        }
        delta.finished(state, lost)
    }

    /// The statements that come and go when documents' own statements move to the graphs in which the documents speak.
    pub(super) fn placed<S: Quads>(state: &S, misplaced: &[NamedNode]) -> Result<Self, StorageError> {
        let mut delta = Self::default();
        for document in misplaced {
            delta.removes.insert(book::noted(document.as_ref(), MISPLACED, document.clone()));
            let own = GraphName::from(document.clone());
            let to = graph_of(document, &source_of(state, document.as_ref())?);
            let from = if to == own { GraphName::DefaultGraph } else { own };
            delta.relocate(state, document, &from, &to)?;
        }
        delta.finished(state, HashSet::new())
    }

    fn finished<S: Quads>(mut self, state: &S, lost: HashSet<Triple>) -> Result<Self, StorageError> {
        self.drop_unsupported(state, lost)?;
        for quad in &self.inserts {
            self.removes.remove(quad);
        }
        Ok(self)
    }

    /// Moves what names no thing from one graph to another; the rest is said anew.
    fn relocate<S: Quads>(
        &mut self,
        state: &S,
        document: &NamedNode,
        from: &GraphName,
        to: &GraphName,
    ) -> Result<(), StorageError> {
        for quad in Contents::of(state, document.as_ref())?.owned {
            if quad.graph_name == *from && !is_about(&quad, document) {
                self.inserts.push(Quad { graph_name: to.clone(), ..quad.clone() });
                self.removes.insert(quad);
            }
        }
        Ok(())
    }

    /// Decides identity anew where claims change, and notes what follows. `drain` may take the statements that come so far
    /// from time to time, so that not all of them are held at once.
    pub(super) fn settle<S: Quads + Sync>(
        &mut self,
        state: &S,
        change: &Change<'_>,
        claims: Claims,
        drain: &mut Drain<'_>,
    ) -> Result<Settled, StorageError> {
        let Claims { before: spoken, after } = claims;
        let (changed, same) = self.note_claims(&spoken, after, drain)?;
        let old_journal = stored_journal(state)?;
        let was = |form: &&String| spoken.contains_key(*form);
        let seeds: BTreeSet<String> = changed.keys().chain(&change.journaled).cloned().collect();
        let none = Changed::new();
        let known = changed.keys().filter(was).chain(&change.journaled).cloned();
        let (old, _) = View::new(state, &old_journal, &none)?.component(known)?;
        let view = View::new(state, change.journal, &changed)?;
        let (members, links) = view.component(seeds.into_iter().chain(old.keys().cloned()))?;
        let decision = decide(&members, &links, change.journal);
        drop(links);
        let mut before = BTreeMap::new();
        // A member that no document of the change speaks of has stood there before.
        let stood = |form: &&String| old.contains_key(*form) || was(form) || !changed.contains_key(*form);
        for form in old.keys().chain(members.keys()).filter(stood) {
            before.insert(form.clone(), book::thing_of(state, form)?);
        }
        self.note_decision(state, &members, &decision, &before, drain)?;
        let mut settled = Settled { before, after: decision.things };
        for form in same {
            if let Entry::Vacant(place) = settled.after.entry(form) {
                let thing = book::thing_of(state, place.key())?;
                place.insert(thing);
            }
        }
        Ok(settled)
    }

    /// The bookkeeping of claims and blocks where they change. Gives the forms of which documents claim something else
    /// than before, none where they claim nothing any more, and those of which they claim the same.
    fn note_claims(
        &mut self,
        before: &BTreeMap<String, Known>,
        after: BTreeMap<String, Known>,
        drain: &mut Drain<'_>,
    ) -> Result<(Changed, Vec<String>), StorageError> {
        let (mut changed, mut same) = (Changed::new(), Vec::new());
        let mut rest = after.into_iter();
        loop {
            let part: Vec<(String, Known)> = rest.by_ref().take(AT_ONCE).collect();
            if part.is_empty() {
                return Ok((changed, same));
            }
            let note = |(form, after): (String, Known)| {
                let noted = Noted::of(&form, before.get(&form), after);
                (form, noted)
            };
            let noted: Vec<(String, Noted)> = part.into_par_iter().map(note).collect();
            for (form, noted) in noted {
                self.removes.extend(noted.removes);
                self.inserts.extend(noted.inserts);
                match noted.changed {
                    Some(profile) => drop(changed.insert(form, profile)),
                    None => same.push(form),
                }
            }
            drain(&mut self.inserts)?;
        }
    }

    /// What follows from a decision, in place of what stood there.
    fn note_decision<S: Quads>(
        &mut self,
        state: &S,
        members: &BTreeMap<String, Arc<Profile>>,
        decision: &Decision,
        before: &BTreeMap<String, String>,
        drain: &mut Drain<'_>,
    ) -> Result<(), StorageError> {
        for thing in before.values().collect::<BTreeSet<_>>() {
            self.removes.extend(labels::about(state, book::node(thing))?);
        }
        for form in before.keys() {
            let node = book::node(form);
            for object in book::objects(state, node, DOUBT)? {
                self.removes.insert(book::noted(node, DOUBT, object));
            }
            let replaced = Some(GraphNameRef::DefaultGraph);
            for quad in state.matching(Some(node.into()), Some(terms::IS_REPLACED_BY), None, replaced) {
                self.removes.insert(quad?);
            }
        }
        let mut groups = BTreeMap::<&String, Vec<&Profile>>::new();
        for (form, thing) in &decision.things {
            groups.entry(thing).or_default().push(members[form].as_ref());
        }
        for (at, (thing, forms)) in groups.into_iter().enumerate() {
            self.inserts.extend(labels::statements(thing, &forms, decision.parts.get(thing)));
            if at % AT_ONCE == 0 {
                drain(&mut self.inserts)?;
            }
        }
        self.inserts.extend(decision.doubts.iter().map(book::doubted));
        Ok(())
    }

    /// Says anew what a document says about things whose identity changed.
    fn rewrite<S: Quads>(
        &mut self,
        state: &S,
        document: &NamedNode,
        (from, to): (&GraphName, &GraphName),
        settled: &Settled,
        lost: &mut HashSet<Triple>,
    ) -> Result<(), StorageError> {
        let Some(record) = book::record(state, document.as_ref())? else { return Ok(()) };
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for form in &record.forms {
            let (old, new) = match (settled.before.get(form), settled.after.get(form)) {
                (Some(old), Some(new)) => (old.clone(), new.clone()),
                _ => {
                    let same = book::thing_of(state, form)?;
                    (same.clone(), same)
                }
            };
            before.push(NamedNode::new_unchecked(old));
            after.push(NamedNode::new_unchecked(new));
        }
        let new: HashSet<Quad> = record.said(document.as_ref(), to, &after).into_iter().collect();
        let old = record.said(document.as_ref(), from, &before);
        // Moving took along what names things by their old IRIs.
        let carried: HashSet<Quad> = old.iter().map(|quad| Quad { graph_name: to.clone(), ..quad.clone() }).collect();
        if from != to {
            self.inserts.retain(|quad| !carried.contains(quad) || new.contains(quad));
        }
        for quad in old {
            if new.contains(&quad) {
                continue;
            }
            if *from != GraphName::DefaultGraph || super::document::is_about_owned(&quad, document.as_ref()) {
                self.removes.insert(quad);
            } else {
                lost.insert(Triple::from(quad));
            }
        }
        self.inserts.extend(new);
        Ok(())
    }

    /// Takes out those statements for which no evidence is left.
    fn drop_unsupported<S: Quads>(&mut self, state: &S, lost: HashSet<Triple>) -> Result<(), StorageError> {
        if lost.is_empty() {
            return Ok(());
        }
        let reified = |quad: &Quad| match &quad.object {
            Term::Triple(said) if quad.predicate == terms::REIFIES && quad.graph_name == GraphName::DefaultGraph => {
                Some(said.as_ref().clone())
            }
            _ => None,
        };
        let kept: HashSet<Triple> = self.inserts.iter().filter_map(reified).collect();
        for statement in lost {
            if kept.contains(&statement) {
                continue;
            }
            let object = TermRef::Triple(&statement);
            let mut supported = false;
            for quad in state.matching(None, Some(terms::REIFIES), Some(object), Some(GraphNameRef::DefaultGraph)) {
                if !self.removes.contains(&quad?) {
                    supported = true;
                    break;
                }
            }
            if !supported {
                self.removes.insert(statement.in_graph(GraphName::DefaultGraph));
            }
        }
        Ok(())
    }
}

impl Settled {
    /// The things of a record's forms, of which all documents of the change speak.
    pub(super) fn things(&self, record: &Record) -> Vec<NamedNode> {
        let thing = |form: &String| self.after.get(form).unwrap_or(form).clone();
        record.forms.iter().map(|form| NamedNode::new_unchecked(thing(form))).collect()
    }

    /// Documents that stay and speak of a form whose thing is another now.
    fn rewritten<S: Quads>(&self, state: &S, gone: &BTreeSet<NamedNode>) -> Result<BTreeSet<NamedNode>, StorageError> {
        let mut documents = BTreeSet::new();
        for (form, before) in &self.before {
            if self.after.get(form).is_some_and(|after| after != before) {
                documents.extend(book::documents_with(state, form)?);
            }
        }
        documents.retain(|document| !gone.contains(document));
        Ok(documents)
    }
}

/// Takes statements that come.
pub(super) type Drain<'d> = dyn FnMut(&mut Vec<Quad>) -> Result<(), StorageError> + 'd;

/// Forms whose bookkeeping is made between two drains.
const AT_ONCE: usize = 4096;

/// The journal that a store follows.
pub(super) fn stored_journal<S: Quads>(state: &S) -> Result<Journal, StorageError> {
    let text = book::text(state, BOOK, book::JOURNAL)?.unwrap_or_default();
    Ok(Journal::parse(&text).unwrap_or_default())
}

/// Everything that comes with a document.
fn spoken(prepared: &Prepared, sources: &Sources, settled: &Settled) -> Vec<Quad> {
    let source = sources.after.get(&prepared.document);
    let graph = source.map_or(GraphName::DefaultGraph, |source| graph_of(&prepared.document, source));
    let things = settled.things(&prepared.record);
    let mut quads = placed(prepared.owned.clone(), &prepared.document, &graph);
    quads.extend(prepared.record.said(prepared.document.as_ref(), &graph, &things));
    quads.extend(prepared.book(prepared.record.text()));
    quads
}
