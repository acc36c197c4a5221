//! `/query`: the query operation of the SPARQL Protocol.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};

use super::super::http::{Answer, Problem, text};
use super::super::state::App;
use super::super::work;
use super::form::{Form, media_type, unsupported, utf8};
use super::results::{Limits, evaluate};
use super::{description, form};
use crate::store::Dataset;

/// The query in the address; what the service is where there is none.
///
/// # Errors
/// When the query is wrong or takes too long.
pub async fn by_get(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Answer {
    let form = Form::of_body(&Bytes::copy_from_slice(uri.query().unwrap_or_default().as_bytes()))?;
    if form.is_empty() {
        return description::answer(&headers);
    }
    run(&app, form.one("query")?.to_owned(), form.dataset()?, headers).await
}

/// The query as a form or as the body.
///
/// # Errors
/// When the query is wrong or takes too long.
pub async fn by_post(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Answer {
    let address = Form::parse(uri.query().unwrap_or_default().as_bytes());
    let (query, dataset) = match media_type(&headers).as_deref() {
        Some("application/sparql-query") => (utf8(&body)?.to_owned(), address.dataset()?),
        Some("application/x-www-form-urlencoded") => {
            let form = form::Form::of_body(&body)?;
            (form.one("query")?.to_owned(), form.dataset()?)
        }
        _ => return Err(unsupported("application/sparql-query, application/x-www-form-urlencoded")),
    };
    run(&app, query, dataset, headers).await
}

async fn run(app: &Arc<App>, query: String, dataset: Option<Dataset>, headers: HeaderMap) -> Answer {
    let limits = Limits { rows: app.options.max_rows };
    let work = move |app: &App, cancel: &_| -> Result<_, Problem> {
        evaluate(&app.store, &query, dataset.as_ref(), &headers, limits, cancel)
    };
    let (media, bytes) = work::long(app, work).await?;
    Ok(text(StatusCode::OK, media, bytes))
}
