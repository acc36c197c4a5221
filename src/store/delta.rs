//! From documents that come and go to the statements that come and go: what they say, what identity follows from their
//! claims, and what other documents say about things whose identity changed.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use oxigraph::model::{GraphName, GraphNameRef, NamedNode, NamedOrBlankNode, Quad, Term, TermRef, Triple};
use oxigraph::store::StorageError;
use rayon::prelude::*;

use super::BOOK;
use super::book::{self, BLOCK, CLAIM, DOUBT, RECORD, THING, View};
use super::document::{Contents, Quads};
use super::labels;
use super::prepare::Prepared;
use super::record::Record;
use super::sources::{Sources, graph_of, source_of};
use crate::identity::{Claim, Decision, Journal, Profile, decide};
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

/// Forms whose claims change, and the things of all forms that this touches.
struct Settled {
    /// Form → thing, as it was and as it is.
    before: BTreeMap<String, String>,
    after: BTreeMap<String, String>,
}

impl Delta {
    /// The statements that come and go. Reads the state, changes nothing.
    pub(super) fn of<S: Quads + Sync>(state: &S, change: &Change<'_>) -> Result<Self, StorageError> {
        let mut delta = Self::default();
        let settled = delta.settle(state, change)?;
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
        let things = |form: &String| settled.after.get(form).unwrap_or(form).clone();
        let graph = |it: &Prepared| {
            sources.after.get(&it.document).map_or(GraphName::DefaultGraph, |source| graph_of(&it.document, source))
        };
        let said: Vec<Vec<Quad>> = change.new.par_iter().map(|it| spoken(it, &graph(it), &things)).collect();
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
        delta.drop_unsupported(state, lost)?;
        for quad in &delta.inserts {
            delta.removes.remove(quad);
        }
        Ok(delta)
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

    /// Decides identity anew where claims change, and notes what follows.
    fn settle<S: Quads>(&mut self, state: &S, change: &Change<'_>) -> Result<Settled, StorageError> {
        let claims = Claims::of(state, change)?;
        let changed = claims.changed(state, &change.gone)?;
        let old_journal = stored_journal(state)?;
        let seeds: BTreeSet<String> = changed.keys().chain(&change.journaled).cloned().collect();
        let none = BTreeMap::new();
        let (old, _) = View::new(state, &old_journal, &none).component(seeds.iter().cloned())?;
        let mut view = View::new(state, change.journal, &changed);
        let (members, links) = view.component(seeds.into_iter().chain(old.keys().cloned()))?;
        let decision = decide(&members, &links, change.journal);
        let mut settled = Settled { before: BTreeMap::new(), after: decision.things.clone() };
        for form in old.keys().chain(members.keys()) {
            if !book::objects(state, book::node(form), THING)?.is_empty() {
                settled.before.insert(form.clone(), book::thing_of(state, form)?);
            }
        }
        self.note_claims(&old, &changed);
        self.note_decision(state, &old, &members, &decision, &settled)?;
        for form in claims.touched() {
            if !settled.after.contains_key(form) {
                settled.after.insert(form.clone(), book::thing_of(state, form)?);
            }
        }
        Ok(settled)
    }

    /// The bookkeeping of claims and blocks of the changed forms.
    fn note_claims(&mut self, old: &BTreeMap<String, Profile>, changed: &BTreeMap<String, Option<Profile>>) {
        for (form, profile) in changed {
            if let Some(before) = old.get(form) {
                self.removes.extend(noted_of(before));
            }
            if let Some(after) = profile {
                self.inserts.extend(noted_of(after));
            }
        }
    }

    /// What follows from a decision, in place of what stood there.
    fn note_decision<S: Quads>(
        &mut self,
        state: &S,
        old: &BTreeMap<String, Profile>,
        members: &BTreeMap<String, Profile>,
        decision: &Decision,
        settled: &Settled,
    ) -> Result<(), StorageError> {
        let things: BTreeSet<&String> = settled.before.values().chain(decision.things.values()).collect();
        for thing in things {
            self.removes.extend(labels::about(state, book::node(thing))?);
        }
        for form in old.keys().chain(members.keys()).collect::<BTreeSet<_>>() {
            let node = book::node(form);
            for property in [THING, DOUBT] {
                for object in book::objects(state, node, property)? {
                    self.removes.insert(book::noted(node, property, object));
                }
            }
            let replaced = Some(GraphNameRef::DefaultGraph);
            for quad in state.matching(Some(node.into()), Some(terms::IS_REPLACED_BY), None, replaced) {
                self.removes.insert(quad?);
            }
        }
        let mut groups = BTreeMap::<&String, Vec<&Profile>>::new();
        for (form, thing) in &decision.things {
            groups.entry(thing).or_default().push(&members[form]);
            self.inserts.push(book::noted(book::node(form), THING, book::node(thing)));
        }
        for (thing, forms) in groups {
            self.inserts.extend(labels::statements(thing, &forms, decision.parts.get(thing)));
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
        let Some(text) = book::text(state, document.as_ref(), RECORD)? else { return Ok(()) };
        let record = Record::parse(&text);
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

/// The claims that go and come.
struct Claims {
    gone: BTreeMap<String, BTreeSet<Claim>>,
    new: BTreeMap<String, BTreeSet<Claim>>,
}

impl Claims {
    fn of<S: Quads>(state: &S, change: &Change<'_>) -> Result<Self, StorageError> {
        let (mut gone, mut new) = (BTreeMap::<_, BTreeSet<_>>::new(), BTreeMap::<_, BTreeSet<_>>::new());
        for document in &change.gone {
            for (form, claims) in book::claims_of(state, document.as_ref())? {
                gone.entry(form).or_default().extend(claims);
            }
        }
        for (form, claims) in change.new.iter().flat_map(|it| &it.claims) {
            new.entry(form.clone()).or_default().extend(claims.iter().cloned());
        }
        Ok(Self { gone, new })
    }

    fn touched(&self) -> impl Iterator<Item = &String> {
        self.gone.keys().chain(self.new.keys())
    }

    /// The forms of which documents claim something else than before; none where they claim nothing any more.
    fn changed<S: Quads>(
        &self,
        state: &S,
        gone: &BTreeSet<NamedNode>,
    ) -> Result<BTreeMap<String, Option<Profile>>, StorageError> {
        let mut changed = BTreeMap::new();
        let empty = BTreeSet::new();
        for form in self.touched().collect::<BTreeSet<_>>() {
            let before = book::claims_about(state, form)?;
            let new = self.new.get(form).unwrap_or(&empty);
            let mut after = &before | new;
            for claim in self.gone.get(form).unwrap_or(&empty).difference(new) {
                if !book::is_supported(state, form, claim, gone)? {
                    after.remove(claim);
                }
            }
            if after != before {
                changed.insert(form.clone(), if after.is_empty() { None } else { Profile::new(form, after) });
            }
        }
        Ok(changed)
    }
}

/// The journal that a store follows.
pub(super) fn stored_journal<S: Quads>(state: &S) -> Result<Journal, StorageError> {
    let text = book::text(state, BOOK, book::JOURNAL)?.unwrap_or_default();
    Ok(Journal::parse(&text).unwrap_or_default())
}

/// The claims and blocks of a form.
fn noted_of(profile: &Profile) -> Vec<Quad> {
    let node = book::node(&profile.iri);
    let claims = profile.claims.iter().map(|claim| book::noted(node, CLAIM, book::written(claim)));
    let blocks = profile.blocks().0;
    let blocks = blocks.iter().map(|block| book::noted(node, BLOCK, book::block_number(block)));
    claims.chain(blocks).collect()
}

/// Everything that comes with a document.
fn spoken(prepared: &Prepared, graph: &GraphName, thing: &impl Fn(&String) -> String) -> Vec<Quad> {
    let things: Vec<NamedNode> = prepared.record.forms.iter().map(|it| NamedNode::new_unchecked(thing(it))).collect();
    let mut quads = prepared.owned.clone();
    for quad in quads.iter_mut().filter(|quad| !is_about(quad, &prepared.document)) {
        quad.graph_name = graph.clone();
    }
    quads.extend(prepared.record.said(prepared.document.as_ref(), graph, &things));
    quads.extend(prepared.book());
    quads
}

/// True for what is said about the document itself, which stands in the knowledge always.
fn is_about(quad: &Quad, document: &NamedNode) -> bool {
    matches!(&quad.subject, NamedOrBlankNode::NamedNode(node) if node == document)
}
