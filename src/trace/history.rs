//! What is told of one thing over time: names, stages, sums, figures, in order of their dates.

use std::collections::BTreeMap;

use oxigraph::model::{NamedNode, NamedOrBlankNode, Triple};
use serde::Serialize;

use super::evidence::{self, Evidence};
use super::node::{objects, text};
use super::{Told, told, why, words};
use crate::message::Lang;
use crate::model::Predicate;
use crate::rdf::terms;
use crate::store::{Store, StoreError};

/// What kind of thing is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A name that a document uses first.
    Name,
    /// A stage of a project's life.
    Stage,
    /// A sum of money.
    Sum,
    /// A figure over a period.
    Figure,
}

/// Something told of a thing at some time. Equal ones of one document are one event.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Event {
    /// The period of a figure; else when the document was published. None where neither is told.
    pub date: Option<String>,
    /// What kind of thing is told.
    pub kind: Kind,
    /// The property in the reader's language: stage, total investment.
    pub property: String,
    /// What is told.
    pub value: String,
    /// Key of the document.
    pub document: String,
    /// Its headline.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// First character of the sentence in the source text.
    pub begin: u64,
    /// One past its last character.
    pub end: u64,
    /// The words around it, with the words that matter in 【】.
    pub quote: String,
}

/// What is told of a thing over time, undated events last.
///
/// # Errors
/// When the disk refuses.
pub fn history(store: &Store, thing: &NamedNode, lang: Lang) -> Result<Vec<Event>, StoreError> {
    let mut events = names(store, thing, lang)?;
    let dated = [
        (Predicate::Status, Kind::Stage),
        (Predicate::TotalInvestment, Kind::Sum),
        (Predicate::PlannedInvestment, Kind::Sum),
        (Predicate::CompletedInvestment, Kind::Sum),
    ];
    for (predicate, kind) in dated {
        let property = terms::property(predicate);
        for object in objects(store, thing.as_ref().into(), property)? {
            let told = (kind, words::property(property, lang), words::term(store, &object, lang)?);
            let statement = Triple::new(thing.clone(), property, object);
            events.extend(supported(store, &statement, told, None)?);
        }
    }
    for figure in why::figures(store, thing.as_ref())? {
        let period = text(store, figure.as_ref(), terms::PERIOD)?;
        let property = text(store, figure.as_ref(), terms::INDICATOR)?.unwrap_or_default();
        let value = words::figure(store, figure.as_ref(), lang)?.unwrap_or_default();
        events.extend(supported(store, &why::is_figure(figure), (Kind::Figure, property, value), period)?);
    }
    events.sort_by(|a, b| (a.date.is_none(), a).cmp(&(b.date.is_none(), b)));
    events.dedup_by(|next, kept| {
        let what = |it: &Event| (it.date.clone(), it.kind, it.value.clone(), it.document.clone());
        what(next) == what(kept)
    });
    Ok(events)
}

fn supported(
    store: &Store,
    statement: &Triple,
    (kind, property, value): (Kind, String, String),
    period: Option<String>,
) -> Result<Vec<Event>, StoreError> {
    let mut events = Vec::new();
    for mut found in evidence::all(store, statement)? {
        told::mark_ends(store, &mut found, statement)?;
        let date = period.clone().or_else(|| found.reported.clone()).or_else(|| found.published.clone());
        events.push(event(found, date, kind, &property, &value));
    }
    Ok(events)
}

fn event(found: Evidence, date: Option<String>, kind: Kind, property: &str, value: &str) -> Event {
    let quote = Told::new(&found).short();
    let Evidence { document, title, published, begin, end, .. } = found;
    let (property, value) = (property.to_owned(), value.to_owned());
    Event { date, kind, property, value, document, title, published, begin, end, quote }
}

/// The first use of each name, by the dates of the documents.
fn names(store: &Store, thing: &NamedNode, lang: Lang) -> Result<Vec<Event>, StoreError> {
    let mut firsts = BTreeMap::<String, Event>::new();
    for quad in store.matching(None, Some(terms::TA_IDENT_REF), Some(thing.as_ref().into())) {
        let NamedOrBlankNode::NamedNode(mention) = quad?.subject else { continue };
        let Some(found) = evidence::at_mention(store, mention.as_ref())? else { continue };
        let Some(name) = text(store, mention.as_ref(), terms::ANCHOR_OF)? else { continue };
        let name: String = name.chars().filter(|it| !it.is_whitespace()).collect();
        let date = found.published.clone();
        let next = event(found, date, Kind::Name, words::pick(lang, "名称", "name"), &name);
        let place = |it: &Event| (it.date.is_none(), it.date.clone(), it.document.clone(), it.begin);
        match firsts.get(&name) {
            Some(first) if place(first) <= place(&next) => {}
            _ => drop(firsts.insert(name, next)),
        }
    }
    Ok(firsts.into_values().collect())
}
