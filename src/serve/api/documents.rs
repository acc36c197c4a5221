//! `/api/v1/documents` and `/document/…`: the articles, one article, and writing them.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use serde::Deserialize;
use serde_json::json;

use super::super::http::{self, Answer, Problem, text};
use super::super::prepare::{View, ready};
use super::super::state::App;
use super::super::upload::read_in;
use super::super::view::document as view;
use super::super::{guard, work};
use super::{needed, params};
use crate::store::DocumentInfo;

/// Most articles of one response.
const MOST: usize = 500;
/// Longest key of an article in characters.
const LONGEST_KEY: usize = 200;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    q: Option<String>,
    offset: Option<usize>,
    limit: Option<usize>,
}

/// The articles, newest first.
///
/// # Errors
/// When a parameter is wrong.
pub async fn documents(State(app): State<Arc<App>>, uri: Uri) -> Answer {
    let wanted: Wanted = params(&uri)?;
    ready(&app, &[View::Articles]).await?;
    let listed = work::short(&app, move |app| {
        let part = wanted.q.unwrap_or_default();
        let articles = app.articles()?;
        let fits =
            |it: &&DocumentInfo| it.key.contains(&part) || it.title.as_deref().is_some_and(|it| it.contains(&part));
        let all: Vec<&DocumentInfo> = articles.iter().filter(fits).collect();
        let offset = wanted.offset.unwrap_or(0).min(all.len());
        let limit = wanted.limit.unwrap_or(100).clamp(1, MOST);
        let row = |it: &&DocumentInfo| json!({"key": it.key, "title": it.title, "published": it.published, "characters": it.characters});
        let shown: Vec<_> = all[offset..].iter().take(limit).map(row).collect();
        Ok(http::json(&json!({"total": all.len(), "offset": offset, "shown": shown.len(), "documents": shown})))
    });
    listed.await
}

/// One article: its sentences and what they name.
///
/// # Errors
/// When there is no such article.
pub async fn document(State(app): State<Arc<App>>, Path(key): Path<String>) -> Answer {
    let found = work::short(&app, move |app| {
        let found = view::of(&app.store, &key)?.ok_or_else(|| Problem::missing(&key))?;
        Ok(http::json(&found))
    });
    found.await
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Named {
    name: Option<String>,
}

/// Reads a file into the store, under the name that the address gives.
///
/// # Errors
/// When the client may not write, or nothing in the body can be read.
pub async fn upload(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Answer {
    guard::writer(&app, &headers)?;
    let name = needed(params::<Named>(&uri)?.name, "name")?;
    let key: String = name.trim().chars().filter(|c| !c.is_control()).take(LONGEST_KEY).collect();
    let written = read_in(&app, key, body).await?;
    let status = if written.added { StatusCode::CREATED } else { StatusCode::OK };
    Ok(text(status, "application/json", http::to_json(&written)))
}

/// Takes an article out of the store.
///
/// # Errors
/// When the client may not write, or there is no such article.
pub async fn remove(State(app): State<Arc<App>>, Path(key): Path<String>, headers: HeaderMap) -> Answer {
    guard::writer(&app, &headers)?;
    let wanted = key.clone();
    let removed = work::long(&app, move |app, _| {
        Ok(app.write(|store, _| store.remove(&wanted)).ok_or_else(Problem::read_only)??)
    });
    if removed.await? { Ok(http::empty(StatusCode::NO_CONTENT)) } else { Err(Problem::missing(&key)) }
}
