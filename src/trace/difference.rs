//! What two stores differ in: documents, things, statements by thing, sums that do not agree.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};
use serde::Serialize;

use super::node::{plain, text};
use super::value::{self, Thing, Value};
use super::words;
use crate::message::Lang;
use crate::model::{EntityKind, Predicate};
use crate::rdf::{document_key, terms};
use crate::store::{Store, StoreError};

/// What two stores differ in, each list in order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The documents, by their keys.
    pub documents: Documents,
    /// Things that only the new store has.
    pub new_things: Vec<Thing>,
    /// Things that only the old store has.
    pub gone_things: Vec<Thing>,
    /// Things with another name or identity: as they were, and as they are.
    pub renamed: Vec<(Thing, Thing)>,
    /// Statements that only one of them makes.
    pub changes: Vec<Change>,
    /// Sums of one thing that the stores tell differently.
    pub sums: Vec<SumsApart>,
}

impl Difference {
    /// True when the two say the same.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Documents that differ, by their keys.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Documents {
    /// Only in the new store.
    pub new: Vec<String>,
    /// Only in the old store.
    pub gone: Vec<String>,
    /// In both with other bytes.
    pub changed: Vec<String>,
    /// The same bytes under another key: as it was, and as it is.
    pub moved: Vec<(String, String)>,
}

/// What is said of one thing by one of the stores only, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What is spoken of.
    pub about: String,
    /// Said by the new store only.
    pub new: Vec<String>,
    /// Said by the old store only.
    pub gone: Vec<String>,
}

/// Sums of one thing and property that the stores tell differently, each with its document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SumsApart {
    /// What is spoken of.
    pub about: String,
    /// The property in the reader's language.
    pub property: String,
    /// What the old store tells: sum and document.
    pub old: Vec<(String, String)>,
    /// What the new store tells: sum and document.
    pub new: Vec<(String, String)>,
}

/// What `new` differs from `old` in, with words in `lang`.
///
/// # Errors
/// When the disk refuses.
pub fn difference(old: &Store, new: &Store, lang: Lang) -> Result<Difference, StoreError> {
    let (things_old, things_new) = (things(old)?, things(new)?);
    let now = identities(old, new, &things_old, &things_new)?;
    let said_old = Said::of(old, &now, lang)?;
    let said_new = Said::of(new, &BTreeMap::new(), lang)?;
    let was: BTreeSet<&str> = things_old.keys().map(|iri| current(&now, iri)).collect();
    let only_new = things_new.iter().filter(|(iri, _)| !was.contains(iri.as_str()));
    let only_old = things_old.iter().filter(|(iri, _)| !things_new.contains_key(current(&now, iri)));
    let both = things_old.iter().filter_map(|(iri, thing)| Some((thing, things_new.get(current(&now, iri))?)));
    Ok(Difference {
        documents: documents(old, new)?,
        new_things: only_new.map(|(_, thing)| thing.clone()).collect(),
        gone_things: only_old.map(|(_, thing)| thing.clone()).collect(),
        renamed: both.filter(|(old, new)| old != new).map(|(old, new)| (old.clone(), new.clone())).collect(),
        changes: changes(&said_old, &said_new),
        sums: sums(&said_old, &said_new),
    })
}

fn documents(old: &Store, new: &Store) -> Result<Documents, StoreError> {
    let hashes = |store: &Store| -> Result<BTreeMap<String, String>, StoreError> {
        Ok(store.documents()?.into_iter().map(|document| (document.key, document.hash)).collect())
    };
    let (old, new) = (hashes(old)?, hashes(new)?);
    let without = |one: &BTreeMap<String, String>, other: &BTreeMap<String, String>| -> Vec<String> {
        one.keys().filter(|key| !other.contains_key(*key)).cloned().collect()
    };
    let (mut gone, mut came, mut moved) = (without(&old, &new), without(&new, &old), Vec::new());
    gone.retain(|key| {
        let Some(at) = came.iter().position(|other| new[other] == old[key]) else { return true };
        moved.push((key.clone(), came.remove(at)));
        false
    });
    let differs = |(key, hash): &(&String, &String)| new.get(*key).is_some_and(|it| it != *hash);
    let changed = old.iter().filter(differs).map(|(key, _)| key.clone()).collect();
    Ok(Documents { new: came, gone, changed, moved })
}

/// The things of a store by IRI.
fn things(store: &Store) -> Result<BTreeMap<String, Thing>, StoreError> {
    let mut found = BTreeMap::new();
    for kind in EntityKind::ALL {
        for quad in store.matching(None, Some(terms::TYPE), Some(terms::class(kind).into())) {
            if let NamedOrBlankNode::NamedNode(node) = quad?.subject
                && let Some(thing) = value::thing(store, node.as_ref())?
            {
                found.insert(node.into_string(), thing);
            }
        }
    }
    Ok(found)
}

/// The IRIs that things of the old store have in the new one, where they are others.
fn identities(
    old: &Store,
    new: &Store,
    things_old: &BTreeMap<String, Thing>,
    things_new: &BTreeMap<String, Thing>,
) -> Result<BTreeMap<String, String>, StoreError> {
    let mut now = BTreeMap::new();
    for iri in things_old.keys().filter(|iri| !things_new.contains_key(*iri)) {
        let present = new.present(NamedNodeRef::new_unchecked(iri))?.into_string();
        if present != *iri && things_new.contains_key(&present) {
            now.insert(iri.clone(), present);
        }
    }
    // Where the new store knows less, the old one tells what an IRI came to be.
    for iri in things_new.keys().filter(|iri| !things_old.contains_key(*iri)) {
        let past = old.present(NamedNodeRef::new_unchecked(iri))?.into_string();
        if past != *iri && things_old.contains_key(&past) && !things_new.contains_key(&past) {
            now.entry(past).or_insert_with(|| iri.clone());
        }
    }
    Ok(now)
}

fn current<'a>(now: &'a BTreeMap<String, String>, iri: &'a str) -> &'a str {
    now.get(iri).map_or(iri, String::as_str)
}

/// One thing that is said: what identifies it in any store, and its words.
type Sayings = BTreeMap<(String, String), String>;

/// What a store says, by what it speaks of.
#[derive(Default)]
struct Said {
    /// Names of what is spoken of.
    names: BTreeMap<String, String>,
    /// Everything that is said of it.
    sayings: BTreeMap<String, Sayings>,
    /// Of these the sums: sum and document.
    sums: BTreeMap<(String, String), BTreeMap<String, (String, String)>>,
}

impl Said {
    fn of(store: &Store, now: &BTreeMap<String, String>, lang: Lang) -> Result<Self, StoreError> {
        let mut said = Self::default();
        for predicate in Predicate::ALL {
            let property = terms::property(predicate);
            let shown = words::property(property, lang);
            for quad in store.matching(None, Some(property), None) {
                let quad = quad?;
                let NamedOrBlankNode::NamedNode(subject) = quad.subject else { continue };
                let about = said.name(store, &subject, now)?;
                let value = value::of(store, &quad.object)?;
                let (what, told) = (identifying(&value, &quad.object, now), words::value(&value, lang));
                if let (Value::Sum(_), Term::NamedNode(node)) = (&value, &quad.object) {
                    let document = document_key(node.as_str()).unwrap_or_default();
                    let sums = said.sums.entry((about.clone(), shown.clone())).or_default();
                    let entry = sums.entry(what.clone()).or_insert_with(|| (told.clone(), document.clone()));
                    *entry = entry.clone().min((told.clone(), document));
                }
                let sayings = said.sayings.entry(about).or_default();
                keep_first(sayings, (predicate.name().to_owned(), what), format!("{shown} {told}"));
            }
        }
        said.figures(store, now, lang)?;
        Ok(said)
    }

    fn figures(&mut self, store: &Store, now: &BTreeMap<String, String>, lang: Lang) -> Result<(), StoreError> {
        for quad in store.matching(None, Some(terms::TYPE), Some(terms::OBSERVATION.into())) {
            let NamedOrBlankNode::NamedNode(node) = quad?.subject else { continue };
            let Some(told) = words::figure(store, node.as_ref(), lang)? else { continue };
            let about = match text(store, node.as_ref(), terms::SUBJECT)? {
                Some(subject) => self.name(store, &NamedNode::new_unchecked(subject), now)?,
                None => document_key(node.as_str()).unwrap_or_default(),
            };
            self.names.entry(about.clone()).or_insert_with(|| about.clone());
            keep_first(self.sayings.entry(about).or_default(), ("figure".to_owned(), told.clone()), told);
        }
        Ok(())
    }

    /// What is spoken of, by what identifies it in any store; its name is noted.
    fn name(&mut self, store: &Store, node: &NamedNode, now: &BTreeMap<String, String>) -> Result<String, StoreError> {
        let label = store.label(node.as_ref())?.unwrap_or_else(|| crate::rdf::shorten(node.as_str()));
        let about = match document_key(node.as_str()) {
            Some(document) => format!("{label}（{document}）"),
            None => current(now, node.as_str()).to_owned(),
        };
        let shown = if document_key(node.as_str()).is_some() { about.clone() } else { label };
        self.names.entry(about.clone()).or_insert(shown);
        Ok(about)
    }
}

/// Keeps the words that come first in order, so that the order of storage does not show.
fn keep_first(sayings: &mut Sayings, what: (String, String), told: String) {
    match sayings.get(&what) {
        Some(known) if *known <= told => {}
        _ => drop(sayings.insert(what, told)),
    }
}

/// What a value is in any store: sums by number and currency, not by where they stand.
fn identifying(value: &Value, term: &Term, now: &BTreeMap<String, String>) -> String {
    match value {
        Value::Sum(sum) => {
            let parts = [&sum.value, &sum.max, &sum.currency, &sum.qualifier];
            parts.map(|part| part.as_deref().unwrap_or_default()).join(" ")
        }
        Value::Node { label, .. } => label.clone(),
        Value::Thing(_) | Value::Stage { .. } | Value::Text { .. } => {
            let text = plain(term).unwrap_or_default();
            current(now, &text).to_owned()
        }
    }
}

fn changes(old: &Said, new: &Said) -> Vec<Change> {
    let nothing = Sayings::new();
    let all: BTreeSet<&String> = old.sayings.keys().chain(new.sayings.keys()).collect();
    let mut found = Vec::new();
    for about in all {
        let (before, after) = (old.sayings.get(about).unwrap_or(&nothing), new.sayings.get(about).unwrap_or(&nothing));
        let without = |one: &Sayings, other: &Sayings| -> Vec<String> {
            one.iter().filter(|(what, _)| !other.contains_key(*what)).map(|(_, told)| told.clone()).collect()
        };
        let (said, unsaid) = (without(after, before), without(before, after));
        if !said.is_empty() || !unsaid.is_empty() {
            let name = new.names.get(about).or_else(|| old.names.get(about)).unwrap_or(about);
            found.push(Change { about: name.clone(), new: said, gone: unsaid });
        }
    }
    found
}

fn sums(old: &Said, new: &Said) -> Vec<SumsApart> {
    let mut found = Vec::new();
    for ((about, property), before) in &old.sums {
        let Some(after) = new.sums.get(&(about.clone(), property.clone())) else { continue };
        if before.keys().eq(after.keys()) {
            continue;
        }
        let name = new.names.get(about).unwrap_or(about).clone();
        let listed = |sums: &BTreeMap<String, (String, String)>| sums.values().cloned().collect();
        found.push(SumsApart { about: name, property: property.clone(), old: listed(before), new: listed(after) });
    }
    found
}
