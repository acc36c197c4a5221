//! The object of a statement as people read it: a thing, a sum, a stage, a text.

use oxigraph::model::{NamedNodeRef, Term};
use serde::Serialize;

use super::node::{id, plain, text};
use crate::ask::kind_of;
use crate::model::Status;
use crate::rdf::terms;
use crate::store::{Store, StoreError};

/// The object of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Value {
    /// A named thing.
    Thing(Thing),
    /// A sum of money.
    Sum(Sum),
    /// A stage of a project's life, by its name in the ontology.
    Stage {
        /// `planned`, `signed`, `started`, `underConstruction`, `completed` or `operating`.
        stage: String,
    },
    /// A counted set of projects, or another node of a document.
    Node {
        /// Identity behind our namespace.
        id: String,
        /// Its name.
        label: String,
    },
    /// A text.
    Text {
        /// The characters.
        text: String,
    },
}

/// A named thing in short.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Thing {
    /// Identity behind our namespace: `project/…`.
    pub id: String,
    /// Local name of its class.
    pub kind: &'static str,
    /// Its preferred name.
    pub label: String,
}

/// A sum of money.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Sum {
    /// As written in the source.
    pub text: String,
    /// In units of the currency; the lower bound of a range.
    pub value: Option<String>,
    /// The upper bound of a range.
    pub max: Option<String>,
    /// ISO 4217 code.
    pub currency: Option<String>,
    /// `about`, `at_least` or `at_most`.
    pub qualifier: Option<String>,
}

/// The value that an object is.
///
/// # Errors
/// When the disk refuses.
pub fn of(store: &Store, object: &Term) -> Result<Value, StoreError> {
    let Term::NamedNode(node) = object else {
        return Ok(Value::Text { text: plain(object).unwrap_or_default() });
    };
    if let Some(stage) = stage(node.as_ref()) {
        return Ok(Value::Stage { stage: stage.name().to_owned() });
    }
    if let Some(thing) = thing(store, node.as_ref())? {
        return Ok(Value::Thing(thing));
    }
    if let Some(sum) = sum(store, node.as_ref())? {
        return Ok(Value::Sum(sum));
    }
    // A place or an industry of the gazetteer that no document names has no label in the store.
    let unnamed = || crate::rdf::entity_of(node.as_str()).map_or_else(|| crate::rdf::shorten(node.as_str()), |it| it.1);
    let label = store.label(node.as_ref())?.unwrap_or_else(unnamed);
    Ok(Value::Node { id: id(node.as_str()).to_owned(), label })
}

/// A thing in short; none for what is no thing.
///
/// # Errors
/// When the disk refuses.
pub fn thing(store: &Store, node: NamedNodeRef<'_>) -> Result<Option<Thing>, StoreError> {
    let Some(kind) = kind_of(node.as_str()) else { return Ok(None) };
    let label = store.label(node)?;
    Ok(label.map(|label| Thing { id: id(node.as_str()).to_owned(), kind: kind.name(), label }))
}

/// The stage that an individual of the ontology is.
pub fn stage(node: NamedNodeRef<'_>) -> Option<Status> {
    Status::ALL.into_iter().find(|status| terms::status(*status) == node)
}

/// A sum; none for what is no sum.
///
/// # Errors
/// When the disk refuses.
pub fn sum(store: &Store, node: NamedNodeRef<'_>) -> Result<Option<Sum>, StoreError> {
    let Some(written) = text(store, node, terms::TEXT)? else { return Ok(None) };
    Ok(Some(Sum {
        text: written,
        value: text(store, node, terms::VALUE)?,
        max: text(store, node, terms::MAX_VALUE)?,
        currency: text(store, node, terms::CURRENCY)?,
        qualifier: text(store, node, terms::QUALIFIER)?,
    }))
}
