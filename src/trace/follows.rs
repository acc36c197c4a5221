//! Why a statement follows that no document makes: the rule, and the statements it rests on, down to sentences.

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term, TermRef, Triple};
use serde::Serialize;

use super::value;
use super::why::{Why, supported};
use crate::rdf::{shorten, terms};
use crate::store::{Store, StoreError};

/// How a statement follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Follows {
    /// The file of the rule in `ontology/rules`, or `gazetteer`, whose statements rest on nothing else.
    pub rule: String,
    /// What it rests on.
    pub from: Vec<Why>,
}

/// Rules rest on what followed in earlier rounds, so that no chain is longer than the deepest taxonomy.
const DEEPEST: usize = 24;

/// The statements that follow about a subject by a property, in order of their text.
pub(super) fn said(
    store: &Store,
    subject: NamedNodeRef<'_>,
    property: NamedNodeRef<'_>,
) -> Result<Vec<Triple>, StoreError> {
    let mut found: Vec<Triple> =
        store.following(Some(subject.into()), Some(property), None)?.into_iter().map(Triple::from).collect();
    found.sort_by_cached_key(ToString::to_string);
    Ok(found)
}

/// The statement that the identity of an inference names.
pub(super) fn statement_of(store: &Store, fact: NamedNodeRef<'_>) -> Result<Option<Triple>, StoreError> {
    let stated = store.following(Some(fact.into()), Some(terms::REIFIES), None)?.into_iter().next();
    Ok(stated.and_then(|quad| if let Term::Triple(triple) = quad.object { Some(*triple) } else { None }))
}

/// How a statement follows; none where it does not.
pub(super) fn explained(store: &Store, statement: &Triple) -> Result<Option<Why>, StoreError> {
    from(store, statement, 0)
}

fn from(store: &Store, statement: &Triple, depth: usize) -> Result<Option<Why>, StoreError> {
    let Some(node) = reason(store, statement)? else { return Ok(None) };
    let objects = |property| store.following(Some(node.as_ref().into()), Some(property), None);
    let rule = objects(terms::RULE)?.into_iter().find_map(|quad| match quad.object {
        Term::Literal(name) => Some(name.value().to_owned()),
        _ => None,
    });
    let mut premises = objects(terms::WAS_DERIVED_FROM)?;
    // What is said of the same thing first.
    let is_of_another = |term: &Term| !matches!(term, Term::Triple(it) if it.subject == statement.subject);
    premises.sort_by_cached_key(|quad| (is_of_another(&quad.object), quad.object.to_string()));
    let mut rests = Vec::new();
    for premise in premises {
        let Term::Triple(premise) = premise.object else { continue };
        let known = supported(store, (*premise).clone())?;
        let deeper = depth < DEEPEST && known.evidence.is_empty();
        rests.push(if deeper { from(store, &premise, depth + 1)?.unwrap_or(known) } else { known });
    }
    Ok(Some(Why {
        subject: value::of(store, &Term::from(statement.subject.clone()))?,
        property: shorten(statement.predicate.as_str()),
        object: value::of(store, &statement.object)?,
        evidence: Vec::new(),
        follows: Some(Follows { rule: rule.unwrap_or_default(), from: rests }),
        statement: statement.clone(),
    }))
}

/// The node that tells why a statement follows.
fn reason(store: &Store, statement: &Triple) -> Result<Option<NamedNode>, StoreError> {
    let found = store.following(None, Some(terms::REIFIES), Some(TermRef::Triple(statement)))?;
    Ok(found.into_iter().find_map(|quad| match quad.subject {
        NamedOrBlankNode::NamedNode(node) => Some(node),
        NamedOrBlankNode::BlankNode(_) => None,
    }))
}
