//! Figures about things over periods, read from a store.

use std::collections::BTreeMap;

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};
use serde::Serialize;

use super::Sentence;
use crate::ask;
use crate::rdf::{self, terms};
use crate::store::{Store, StoreError};

/// A figure about something over a period. Numbers are as the graph writes them.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Figure {
    /// Name of what it is about; none where its document does not say.
    pub subject: Option<String>,
    /// Identity of what it is about.
    pub subject_iri: Option<String>,
    /// What it measures.
    pub indicator: String,
    /// `2023`, `2023-H1`, `2018-01/2018-06`, …
    pub period: Option<String>,
    /// The figure, or the lower bound.
    pub value: Option<String>,
    /// The upper bound of a range.
    pub max: Option<String>,
    /// `CNY`, `%`, `家`, …
    pub unit: Option<String>,
    /// Growth in per cent.
    pub growth: Option<String>,
    /// `about`, `at_least` or `at_most`.
    pub qualifier: Option<String>,
    /// True for an aim, as against a result.
    pub target: bool,
    /// Key of the document.
    pub document: String,
    /// Its identity.
    pub iri: String,
}

impl Figure {
    /// Every figure of a store, in order of subject, indicator and period.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn all(store: &Store) -> Result<Vec<Self>, StoreError> {
        let mut found = BTreeMap::<String, Self>::new();
        for quad in store.matching(None, Some(terms::TYPE), Some(terms::OBSERVATION.into())) {
            if let NamedOrBlankNode::NamedNode(node) = quad?.subject {
                let iri = node.into_string();
                let document = rdf::document_key(&iri).unwrap_or_default();
                found.insert(iri.clone(), Self { iri, document, ..Self::default() });
            }
        }
        for property in PROPERTIES {
            for quad in store.matching(None, Some(property), None) {
                let quad = quad?;
                let NamedOrBlankNode::NamedNode(node) = &quad.subject else { continue };
                if let Some(figure) = found.get_mut(node.as_str()) {
                    figure.set(property, quad.object);
                }
            }
        }
        let mut figures: Vec<Self> = found.into_values().collect();
        for figure in &mut figures {
            if let Some(iri) = &figure.subject_iri {
                figure.subject = store.label(NamedNodeRef::new_unchecked(iri))?;
            }
        }
        figures.sort();
        Ok(figures)
    }

    fn set(&mut self, property: NamedNodeRef<'_>, object: Term) {
        let text = match object {
            Term::Literal(literal) => literal.value().to_owned(),
            Term::NamedNode(node) => node.into_string(),
            Term::BlankNode(_) | Term::Triple(_) => return,
        };
        match property {
            terms::SUBJECT => self.subject_iri = Some(text),
            terms::INDICATOR => self.indicator = text,
            terms::PERIOD => self.period = Some(text),
            terms::VALUE => self.value = Some(text),
            terms::MAX_VALUE => self.max = Some(text),
            terms::UNIT_TEXT => self.unit = Some(text),
            terms::GROWTH => self.growth = Some(text),
            terms::QUALIFIER => self.qualifier = Some(text),
            _ => self.target |= text == "true",
        }
    }

    /// The sentences that state it.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn sentences(&self, store: &Store) -> Result<Vec<Sentence>, StoreError> {
        typed(store, &self.iri, terms::OBSERVATION)
    }
}

/// The properties that a figure is read from.
const PROPERTIES: [NamedNodeRef<'static>; 9] = [
    terms::SUBJECT,
    terms::INDICATOR,
    terms::PERIOD,
    terms::VALUE,
    terms::MAX_VALUE,
    terms::UNIT_TEXT,
    terms::GROWTH,
    terms::QUALIFIER,
    terms::TARGET,
];

/// The sentences that state the class of a node.
fn typed(store: &Store, iri: &str, class: NamedNodeRef<'_>) -> Result<Vec<Sentence>, StoreError> {
    let statement = Triple::new(NamedNode::new_unchecked(iri), terms::TYPE, class);
    Ok(ask::quotes(store, &statement)?.into_iter().map(Sentence::from).collect())
}

/// The sentences that name a thing, the surest mention of each document.
///
/// # Errors
/// If the store cannot be read.
pub fn named_in(store: &Store, iri: &str, kind: crate::model::EntityKind) -> Result<Vec<Sentence>, StoreError> {
    typed(store, iri, terms::class(kind))
}
