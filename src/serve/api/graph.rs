//! `/api/v1/graph`, `/path` and `/industries`: the graph as a picture, the ways between two things, industry chains.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, Uri};
use serde::Deserialize;
use serde_json::json;

use super::super::http::{self, Answer, Problem, text};
use super::super::prepare::{View, ready};
use super::super::state::App;
use super::super::view::{self, network};
use super::super::work;
use super::{needed, params};
use crate::graph::PropertyGraph;

/// Paths that are listed.
const PATHS: usize = 5;

/// The picture of a part of the graph.
///
/// # Errors
/// When its middle is no thing of the graph, or drawing takes too long.
pub async fn graph(State(app): State<Arc<App>>, uri: Uri) -> Answer {
    let wanted: network::Wanted = params(&uri)?;
    ready(&app, &[View::Graph]).await?;
    let drawn = work::long(&app, move |app, _| {
        let shown = app.picture(&wanted)?;
        shown.ok_or_else(|| Problem::missing(wanted.focus.as_deref().unwrap_or_default()))
    });
    Ok(text(StatusCode::OK, "application/json", drawn.await?.as_bytes().to_vec()))
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Ends {
    from: Option<String>,
    to: Option<String>,
}

/// The shortest ways between two things, with the sentences along them.
///
/// # Errors
/// When one of them is no thing of the graph.
pub async fn path(State(app): State<Arc<App>>, uri: Uri) -> Answer {
    let ends: Ends = params(&uri)?;
    let (from, to) = (needed(ends.from, "from")?, needed(ends.to, "to")?);
    ready(&app, &[View::Graph]).await?;
    let found = work::long(&app, move |app, _| {
        let graph = app.graph()?;
        let end = |id: &str| end(&graph, id).ok_or_else(|| Problem::missing(id));
        let routes = graph.routes(&app.store, &[end(&from)?], &[end(&to)?], PATHS)?;
        Ok(http::json(&json!({"paths": routes})))
    });
    found.await
}

fn end(graph: &PropertyGraph, id: &str) -> Option<petgraph::graph::NodeIndex> {
    graph.find(view::thing(id)?.as_str())
}

/// The industry chains.
///
/// # Errors
/// When the store cannot be read.
pub async fn industries(State(app): State<Arc<App>>) -> Answer {
    ready(&app, &[View::Industries]).await?;
    work::long(&app, |app, _| Ok(text(StatusCode::OK, "application/json", app.industries()?.as_bytes().to_vec()))).await
}
