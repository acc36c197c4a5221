//! Why the graph says something: the statements that a user's words mean, each with all its sentences.

use std::collections::BTreeSet;

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};
use serde::Serialize;

use super::evidence::{self, Evidence};
use super::follows::{self, Follows};
use super::node::{objects, plain, text};
use super::value::{self, Value};
use super::{told, words};
use crate::ask::{Names, key};
use crate::model::Predicate;
use crate::rdf::{expand, shorten, terms};
use crate::store::{INFERRED, Store, StoreError};

/// A statement with its sentences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Why {
    /// The statement.
    #[serde(skip)]
    pub statement: Triple,
    /// What is spoken of.
    pub subject: Value,
    /// The property, as `pg:investor`.
    pub property: String,
    /// What is said.
    pub object: Value,
    /// The sentences that say it, by document and place, with the words that matter.
    pub evidence: Vec<Evidence>,
    /// How it follows, where no sentence says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub follows: Option<Follows>,
}

/// What was found for a fact that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The statements, things first by property, then figures, then those that only follow from others.
    pub statements: Vec<Why>,
    /// Names near to the first word, where nothing was found.
    pub near: Vec<String>,
}

/// Why the graph says what the words mean: the name of a thing, a subject with a property and perhaps an object, a piece
/// of evidence by its IRI, or the text of a sum, a group or a figure. Only statements with a sentence behind them count,
/// and where a property is named, or the IRI of an inference, those that follow from such.
///
/// # Errors
/// When the disk refuses.
pub fn why(store: &Store, fact: &[String]) -> Result<Asked, StoreError> {
    let names = Names::read(store)?;
    let sought = Sought { store, names: &names };
    let mut statements = Vec::new();
    for statement in sought.statements(fact)? {
        let found = supported(store, statement)?;
        if !found.evidence.is_empty() {
            statements.push(found);
        }
    }
    for statement in sought.following(fact, &statements)? {
        statements.extend(follows::explained(store, &statement)?);
    }
    let first = fact.iter().flat_map(|word| word.split_whitespace()).next().unwrap_or_default();
    let first = first.rsplit('/').next().unwrap_or_default();
    let near = if statements.is_empty() { names.nearest(&key(first), 5) } else { Vec::new() };
    Ok(Asked { statements, near })
}

/// A statement with its sentences, if any.
pub(super) fn supported(store: &Store, statement: Triple) -> Result<Why, StoreError> {
    let mut found = evidence::all(store, &statement)?;
    for evidence in &mut found {
        told::mark_ends(store, evidence, &statement)?;
    }
    Ok(Why {
        subject: value::of(store, &Term::from(statement.subject.clone()))?,
        property: shorten(statement.predicate.as_str()),
        object: value::of(store, &statement.object)?,
        evidence: found,
        follows: None,
        statement,
    })
}

/// Subjects, property and object as words.
type Parted<'w> = (BTreeSet<NamedNode>, &'w str, String);

/// Finds statements by words.
struct Sought<'a> {
    store: &'a Store,
    names: &'a Names,
}

impl Sought<'_> {
    fn statements(&self, fact: &[String]) -> Result<Vec<Triple>, StoreError> {
        let joined = fact.join(" ");
        let whole = joined.trim();
        if let Some(fact) = expand(whole)
            && let Some(statement) = evidence::statement_of(self.store, fact.as_ref())?
        {
            return Ok(vec![statement]);
        }
        let nodes = self.nodes(whole)?;
        if !nodes.is_empty() {
            return self.about_all(nodes);
        }
        if let Some((subjects, property, object)) = self.parted(fact)? {
            return self.said(&subjects, property, &object);
        }
        let nodes = self.by_text(whole)?;
        self.about_all(nodes)
    }

    /// Subjects, property and object, where the words name these.
    fn parted<'w>(&self, fact: &'w [String]) -> Result<Option<Parted<'w>>, StoreError> {
        // Names may hold spaces where the words come one by one.
        let words: Vec<&str> = match fact {
            [one] => one.split_whitespace().collect(),
            many => many.iter().map(|word| word.trim()).collect(),
        };
        let [subject, property, object @ ..] = &words[..] else { return Ok(None) };
        let subjects = self.nodes(subject)?;
        Ok((!subjects.is_empty()).then(|| (subjects, *property, object.join(" "))))
    }

    /// The statements that the words mean and that only follow from others. An object that some sentence tells needs none.
    fn following(&self, fact: &[String], told: &[Why]) -> Result<Vec<Triple>, StoreError> {
        let whole = fact.join(" ");
        if let Some(node) = expand(whole.trim()).filter(|node| node.as_str().starts_with(INFERRED.as_str())) {
            return Ok(follows::statement_of(self.store, node.as_ref())?.into_iter().collect());
        }
        if expand(whole.trim()).is_some() || !self.nodes(whole.trim())?.is_empty() {
            return Ok(Vec::new());
        }
        let Some((subjects, property, object)) = self.parted(fact)? else { return Ok(Vec::new()) };
        let Some(property) = words::following_called(property) else { return Ok(Vec::new()) };
        if !object.is_empty() && !told.is_empty() {
            return Ok(Vec::new());
        }
        let meant = if object.is_empty() { BTreeSet::new() } else { self.nodes(&object)? };
        let mut found = Vec::new();
        for subject in subjects {
            for statement in follows::said(self.store, subject.as_ref(), property.as_ref())? {
                if object.is_empty() || self.is_meant(&statement.object, &object, &meant)? {
                    found.push(statement);
                }
            }
        }
        Ok(found)
    }

    /// What a name or an IRI stands for.
    fn nodes(&self, text: &str) -> Result<BTreeSet<NamedNode>, StoreError> {
        if let Some(iri) = expand(text) {
            return Ok(BTreeSet::from([self.store.present(iri.as_ref())?]));
        }
        let found = self.names.find(&key(text)).into_iter();
        Ok(found.map(|id| self.names.thing(id).iri).collect())
    }

    /// What is said of the subjects by a property, or by figures where the word is no property.
    fn said(&self, subjects: &BTreeSet<NamedNode>, property: &str, object: &str) -> Result<Vec<Triple>, StoreError> {
        let mut found = Vec::new();
        let objects_meant = if object.is_empty() { BTreeSet::new() } else { self.nodes(object)? };
        let Some(known) = words::property_called(property) else {
            for subject in subjects {
                for figure in figures(self.store, subject.as_ref())? {
                    let indicator = text(self.store, figure.as_ref(), terms::INDICATOR)?.unwrap_or_default();
                    if key(&indicator).contains(&key(property)) {
                        found.push(is_figure(figure));
                    }
                }
            }
            return Ok(found);
        };
        for subject in subjects {
            for term in objects(self.store, subject.as_ref().into(), known.as_ref())? {
                if object.is_empty() || self.is_meant(&term, object, &objects_meant)? {
                    found.push(Triple::new(subject.clone(), known.clone(), term));
                }
            }
        }
        Ok(found)
    }

    fn is_meant(&self, term: &Term, typed: &str, meant: &BTreeSet<NamedNode>) -> Result<bool, StoreError> {
        if let Term::NamedNode(node) = term
            && (meant.contains(node) || words::stage_called(typed).as_ref() == Some(node))
        {
            return Ok(true);
        }
        let called = match value::of(self.store, term)? {
            Value::Sum(sum) => vec![sum.text, sum.value.unwrap_or_default()],
            Value::Node { label, .. } => vec![label],
            Value::Text { text } => vec![text],
            Value::Thing(_) | Value::Stage { .. } => Vec::new(),
        };
        Ok(called.iter().any(|name| key(name).contains(&key(typed))))
    }

    /// Everything with a sentence behind it that is said of the nodes, or of others by naming them.
    fn about_all(&self, nodes: BTreeSet<NamedNode>) -> Result<Vec<Triple>, StoreError> {
        let mut found = Vec::new();
        for node in nodes {
            found.extend(about(self.store, &node)?);
        }
        Ok(found)
    }

    /// Sums, groups and figures that are called so, the exact ones where there are any.
    fn by_text(&self, typed: &str) -> Result<BTreeSet<NamedNode>, StoreError> {
        let typed = key(typed);
        let (mut exact, mut within) = (BTreeSet::new(), BTreeSet::new());
        if typed.is_empty() {
            return Ok(exact);
        }
        for property in [terms::TEXT, terms::PREF_LABEL, terms::INDICATOR] {
            for quad in self.store.matching(None, Some(property), None) {
                let quad = quad?;
                let (NamedOrBlankNode::NamedNode(node), Some(said)) = (quad.subject, plain(&quad.object)) else {
                    continue;
                };
                let said = key(&said);
                if said == typed {
                    exact.insert(node);
                } else if said.contains(&typed) && node.as_str().contains('#') {
                    within.insert(node);
                }
            }
        }
        Ok(if exact.is_empty() { within } else { exact })
    }
}

/// Everything that may have a sentence behind it about one node: its class, what is said of it and by naming it, figures.
pub(super) fn about(store: &Store, node: &NamedNode) -> Result<Vec<Triple>, StoreError> {
    let mut found = Vec::new();
    for class in objects(store, node.as_ref().into(), terms::TYPE)? {
        found.push(Triple::new(node.clone(), terms::TYPE, class));
    }
    for predicate in Predicate::ALL {
        let property = terms::property(predicate);
        for object in objects(store, node.as_ref().into(), property)? {
            found.push(Triple::new(node.clone(), property, object));
        }
    }
    for predicate in Predicate::ALL {
        let property = terms::property(predicate);
        for subject in pointing(store, property, node.as_ref())? {
            found.push(Triple::new(subject, property, node.clone()));
        }
    }
    found.extend(figures(store, node.as_ref())?.into_iter().map(is_figure));
    Ok(found)
}

/// The figures about a thing.
pub(super) fn figures(store: &Store, thing: NamedNodeRef<'_>) -> Result<BTreeSet<NamedNode>, StoreError> {
    pointing(store, terms::SUBJECT, thing)
}

/// The statement whose evidence is a figure's.
pub(super) fn is_figure(node: NamedNode) -> Triple {
    Triple::new(node, terms::TYPE, terms::OBSERVATION)
}

fn pointing(
    store: &Store,
    property: NamedNodeRef<'_>,
    node: NamedNodeRef<'_>,
) -> Result<BTreeSet<NamedNode>, StoreError> {
    let mut found = BTreeSet::new();
    for quad in store.matching(None, Some(property), Some(node.into())) {
        if let NamedOrBlankNode::NamedNode(subject) = quad?.subject {
            found.insert(subject);
        }
    }
    Ok(found)
}
