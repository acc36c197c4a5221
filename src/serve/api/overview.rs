//! `/health`, `/openapi.json`, `/api/v1/stats` and `/queries`: what the server is and what the graph holds.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use oxigraph::model::Term;
use serde_json::{Value, json};

use super::super::http::{self, Answer, text};
use super::super::prepare::{View, ready};
use super::super::state::App;
use super::super::work;
use crate::query::SavedQuery;
use crate::rdf::terms::PREFIXES;

/// What the API offers, as programs read it.
const OPENAPI: &str = include_str!("../openapi.json");

/// That the server is there.
pub async fn health(State(app): State<Arc<App>>) -> Answer {
    let version = env!("CARGO_PKG_VERSION");
    Ok(http::json(&json!({"status": "ok", "version": version, "writable": app.options.is_writable()})))
}

/// The description of the API.
pub async fn openapi() -> Answer {
    Ok(text(StatusCode::OK, "application/json", OPENAPI))
}

/// Counts what the graph holds.
///
/// # Errors
/// When the store cannot be read.
pub async fn stats(State(app): State<Arc<App>>) -> Answer {
    ready(&app, &[View::AskNames]).await?;
    work::short(&app, |app| Ok(http::json(&*app.stats()?))).await
}

/// The saved queries, each with a form of it that can be run as it stands.
pub async fn queries(State(app): State<Arc<App>>) -> Answer {
    let list: Vec<Value> = app.catalogue.iter().map(shown).collect();
    Ok(http::json(&json!({"queries": list})))
}

fn shown(query: &SavedQuery) -> Value {
    json!({
        "name": query.name,
        "title": {"zh": query.title.zh, "en": query.title.en},
        "summary": {"zh": query.summary.zh, "en": query.summary.en},
        "sparql": runnable(query),
    })
}

/// The query with the prefixes that it uses, and with its parameters' defaults as values.
fn runnable(query: &SavedQuery) -> String {
    let body: Vec<&str> = query.sparql.lines().filter(|line| !line.starts_with("#+")).collect();
    let body = body.join("\n");
    let mut text = format!("# {} | {}\n", query.title.zh, query.title.en);
    for (prefix, namespace) in PREFIXES.iter().filter(|(prefix, _)| body.contains(&format!("{prefix}:"))) {
        text.push_str(&format!("PREFIX {prefix}: <{namespace}>\n"));
    }
    let values: Vec<String> = query
        .parameters
        .iter()
        .map(|it| {
            let value = match &it.default {
                Term::Literal(literal) => literal.to_string(),
                other => other.to_string(),
            };
            format!("  VALUES ?{} {{ {value} }}  # {} | {}\n", it.name, it.description.zh, it.description.en)
        })
        .collect();
    // The first group of the query is where parameters are bound.
    match body.split_once("{\n") {
        Some((head, rest)) => text + head + "{\n" + &values.concat() + rest,
        None => text + &body,
    }
}
