//! The JSON API: each file a few addresses, each of which gives a view of the graph.

mod asking;
mod documents;
mod figures;
mod graph;
mod overview;
mod projects;
mod things;

pub(super) use asking::{ask, asked};
pub(super) use documents::{document, documents, remove, upload};
pub(super) use figures::{figures, series};
pub(super) use graph::{graph, industries, path};
pub(super) use overview::{health, openapi, queries, stats};
pub(super) use projects::projects;
pub(super) use things::{entity, kind, search, why, why_statement, why_this};

use axum::extract::Query;
use axum::http::Uri;
use serde::de::DeserializeOwned;

use super::http::Problem;

/// The parameters of an address.
fn params<T: DeserializeOwned>(uri: &Uri) -> Result<T, Problem> {
    Query::<T>::try_from_uri(uri).map(|query| query.0).map_err(|error| {
        let told = error.body_text();
        Problem::bad(format!("地址中的参数有误：{told}；见 /openapi.json"), format!("{told}; see /openapi.json"))
    })
}

/// A parameter that must be there.
fn needed(value: Option<String>, name: &str) -> Result<String, Problem> {
    value
        .filter(|value| !value.trim().is_empty())
        .ok_or_else(|| Problem::bad(format!("缺少参数 {name}"), format!("the parameter {name} is missing; give it")))
}
