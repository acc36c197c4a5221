//! All that the graph says of one thing.

use std::collections::BTreeSet;

use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Term, Triple};
use serde::Serialize;

use super::evidence::{self, Proof};
use super::figures::{self, Figure};
use super::value::{self, Value};
use super::{id, objects, plain};
use crate::ask::kind_of;
use crate::model::Predicate;
use crate::rdf::terms;
use crate::store::{Store, StoreError};

/// Most statements that are listed in each direction.
const MOST: usize = 300;
/// Most figures that are listed.
const MOST_FIGURES: usize = 300;
/// Most sentences that are listed in which the thing is named.
const MOST_SENTENCES: usize = 30;

/// A thing with what is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entity {
    /// Its IRI.
    pub iri: String,
    /// The part of the IRI behind our namespace.
    pub id: String,
    /// Local name of its class.
    pub kind: &'static str,
    /// Its preferred name.
    pub label: String,
    /// Its other names.
    pub aliases: Vec<String>,
    /// What is said of it.
    pub facts: Listed<Fact>,
    /// What is said of other things by naming it.
    pub incoming: Listed<Fact>,
    /// Figures about it.
    pub figures: Listed<Figure>,
    /// Sentences that name it.
    pub sentences: Proof,
    /// Keys of the documents that name it.
    pub documents: Vec<String>,
}

/// The first items of a list, with the number of all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Listed<T> {
    /// Number of all.
    pub total: usize,
    /// The first of them.
    pub shown: Vec<T>,
}

/// A statement about the thing, or with it as object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// Local name of the property.
    pub property: &'static str,
    /// What stands at the other end.
    pub value: Value,
    /// The sentences behind it.
    pub evidence: Proof,
}

/// The view of a thing; none where the graph has no such thing.
pub(in crate::serve) fn of(store: &Store, iri: NamedNodeRef<'_>) -> Result<Option<Entity>, StoreError> {
    let (Some(kind), Some(label)) = (kind_of(iri.as_str()), store.label(iri)?) else { return Ok(None) };
    let aliases = objects(store, iri.into(), terms::ALT_LABEL)?.iter().filter_map(plain).collect();
    let (sentences, documents) = naming(store, iri)?;
    Ok(Some(Entity {
        iri: iri.as_str().to_owned(),
        id: id(iri.as_str()).to_owned(),
        kind: kind.name(),
        label,
        aliases,
        facts: facts(store, iri)?,
        incoming: incoming(store, iri)?,
        figures: figures::about(store, iri, MOST_FIGURES)?,
        sentences,
        documents,
    }))
}

fn facts(store: &Store, iri: NamedNodeRef<'_>) -> Result<Listed<Fact>, StoreError> {
    let mut listed = Listed { total: 0, shown: Vec::new() };
    for predicate in Predicate::ALL {
        let property = terms::property(predicate);
        for object in objects(store, iri.into(), property)? {
            listed.total += 1;
            if listed.shown.len() < MOST {
                let statement = Triple::new(iri.into_owned(), property.into_owned(), object.clone());
                let value = value::of(store, &object)?;
                listed.shown.push(Fact {
                    property: predicate.name(),
                    value,
                    evidence: evidence::of(store, &statement)?,
                });
            }
        }
    }
    Ok(listed)
}

fn incoming(store: &Store, iri: NamedNodeRef<'_>) -> Result<Listed<Fact>, StoreError> {
    let mut listed = Listed { total: 0, shown: Vec::new() };
    for predicate in Predicate::ALL {
        let property = terms::property(predicate);
        let mut subjects = BTreeSet::new();
        for quad in store.matching(None, Some(property), Some(iri.into())) {
            if let NamedOrBlankNode::NamedNode(subject) = quad?.subject {
                subjects.insert(subject);
            }
        }
        listed.total += subjects.len();
        let room = MOST.saturating_sub(listed.shown.len());
        for subject in subjects.into_iter().take(room) {
            let value = value::of(store, &Term::from(subject.clone()))?;
            let statement = Triple::new(subject, property.into_owned(), iri.into_owned());
            listed.shown.push(Fact { property: predicate.name(), value, evidence: evidence::of(store, &statement)? });
        }
    }
    Ok(listed)
}

/// The sentences and the documents that name a thing.
fn naming(store: &Store, iri: NamedNodeRef<'_>) -> Result<(Proof, Vec<String>), StoreError> {
    let (mut mentions, mut documents) = (BTreeSet::new(), BTreeSet::new());
    for quad in store.matching(None, Some(terms::TA_IDENT_REF), Some(iri.into())) {
        if let NamedOrBlankNode::NamedNode(mention) = quad?.subject {
            documents.extend(crate::rdf::document_key(mention.as_str()));
            mentions.insert(mention);
        }
    }
    let mut proof = Proof { total: mentions.len(), shown: Vec::new() };
    for mention in mentions {
        if proof.shown.len() >= MOST_SENTENCES {
            break;
        }
        let Some(found) = evidence::at_mention(store, mention.as_ref())? else { continue };
        match proof.shown.iter_mut().find(|it| it.document == found.document && it.begin == found.begin) {
            Some(known) => known.marks.extend(found.marks),
            None => proof.shown.push(found),
        }
    }
    proof.shown.sort();
    Ok((proof, documents.into_iter().collect()))
}
