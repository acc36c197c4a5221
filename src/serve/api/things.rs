//! `/api/v1/search`, `/entity/…` and `/why/…`: names, things, and why something is said of them.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::Uri;
use oxigraph::model::{NamedNode, Term, Triple};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::super::http::{self, Answer, Problem};
use super::super::prepare::{View, ready};
use super::super::state::App;
use super::super::view::evidence::{self, Proof};
use super::super::view::value::{self, Value};
use super::super::view::{self, entity as entity_view};
use super::super::work;
use super::{needed, params};
use crate::model::{EntityKind, Predicate};
use crate::rdf::{expand, terms};

/// Names found where no number is asked for.
const USUAL: usize = 10;
/// Most names found.
const MOST: usize = 200;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Searched {
    q: Option<String>,
    kind: Option<String>,
    limit: Option<usize>,
}

/// Names that fit what is typed.
///
/// # Errors
/// When the kind is none of ours.
pub async fn search(State(app): State<Arc<App>>, uri: Uri) -> Answer {
    let wanted: Searched = params(&uri)?;
    let kind = kind(wanted.kind.as_deref())?;
    let limit = wanted.limit.unwrap_or(USUAL).clamp(1, MOST);
    let typed = wanted.q.unwrap_or_default();
    ready(&app, &[View::Names]).await?;
    let found = work::short(&app, move |app| {
        let names = app.names()?;
        let (hits, total) = names.search(&typed, kind, limit);
        Ok(http::json(&json!({"query": typed, "total": total, "shown": hits.len(), "results": hits})))
    });
    found.await
}

/// A kind of thing by its name, in any case.
pub fn kind(name: Option<&str>) -> Result<Option<EntityKind>, Problem> {
    let Some(name) = name.filter(|name| !name.is_empty()) else { return Ok(None) };
    let known = EntityKind::ALL.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(name));
    let all = EntityKind::ALL.map(EntityKind::name).join(", ");
    known.map(Some).ok_or_else(|| {
        Problem::bad(format!("没有类别 {name}；可用：{all}"), format!("there is no kind {name}; there are: {all}"))
    })
}

/// All that is known of a thing.
///
/// # Errors
/// When the graph has no such thing.
pub async fn entity(State(app): State<Arc<App>>, Path(id): Path<String>) -> Answer {
    let found = work::short(&app, move |app| {
        let thing = view::thing(&id).ok_or_else(|| Problem::missing(&id))?;
        let found = entity_view::of(&app.store, thing.as_ref())?.ok_or_else(|| Problem::missing(&id))?;
        Ok(http::json(&found))
    });
    found.await
}

/// A statement with its sentences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Why {
    /// What is spoken of.
    pub subject: Value,
    /// IRI of the property.
    pub property: String,
    /// What is said.
    pub object: Value,
    /// The sentences that say it.
    pub evidence: Proof,
}

/// Why the graph holds the statement of a piece of evidence.
///
/// # Errors
/// When there is no such piece.
pub async fn why(State(app): State<Arc<App>>, Path(id): Path<String>) -> Answer {
    work::short(&app, move |app| Ok(http::json(&why_this(app, &id)?))).await
}

/// The statement of a piece of evidence, by its identity behind our namespace.
///
/// # Errors
/// When there is no such piece.
pub fn why_this(app: &App, id: &str) -> Result<Why, Problem> {
    let whole =
        if id.starts_with("document/") || id.contains("://") { id.to_owned() } else { format!("document/{id}") };
    let fact = view::thing(&whole).ok_or_else(|| Problem::missing(id))?;
    let statement = evidence::statement_of(&app.store, fact.as_ref())?.ok_or_else(|| Problem::missing(id))?;
    told(app, &statement)
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Stated {
    subject: Option<String>,
    property: Option<String>,
    object: Option<String>,
}

/// Why the graph holds a statement, which the parameters name.
///
/// # Errors
/// When the graph does not hold it.
pub async fn why_statement(State(app): State<Arc<App>>, uri: Uri) -> Answer {
    let stated: Stated = params(&uri)?;
    let (subject, property) = (needed(stated.subject, "subject")?, needed(stated.property, "property")?);
    let object = needed(stated.object, "object")?;
    let why = work::short(&app, move |app| {
        let subject = node(&subject)?;
        let known = Predicate::ALL.into_iter().find(|it| it.name() == property).map(terms::property);
        let kind = (property == "type").then_some(terms::TYPE);
        let property = known.or(kind).ok_or_else(|| Problem::missing(&property))?.into_owned();
        let object = node(&object)?;
        let statement = Triple::new(subject, property, Term::from(object));
        Ok(http::json(&told(app, &statement)?))
    });
    why.await
}

fn node(text: &str) -> Result<NamedNode, Problem> {
    expand(text).or_else(|| view::thing(text)).ok_or_else(|| Problem::missing(text))
}

fn told(app: &App, statement: &Triple) -> Result<Why, Problem> {
    let proof = evidence::of(&app.store, statement)?;
    if proof.total == 0 {
        return Err(Problem::missing(&statement.to_string()));
    }
    Ok(Why {
        subject: value::of(&app.store, &Term::from(statement.subject.clone()))?,
        property: statement.predicate.as_str().to_owned(),
        object: value::of(&app.store, &statement.object)?,
        evidence: proof,
    })
}
