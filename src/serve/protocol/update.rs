//! `/update`: the update operation of the SPARQL Protocol, as far as [`Store::update`](crate::store::Store::update) goes.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};

use super::super::http::{Answer, Problem, empty};
use super::super::state::App;
use super::super::{guard, work};
use super::form::{Form, media_type, unsupported, utf8};

/// The update as a form or as the body.
///
/// # Errors
/// When the client may not write, or the update is wrong or would change single statements.
pub async fn update(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Answer {
    guard::writer(&app, &headers)?;
    let address = Form::parse(uri.query().unwrap_or_default().as_bytes());
    let (text, form) = match media_type(&headers).as_deref() {
        Some("application/sparql-update") => (utf8(&body)?.to_owned(), address),
        Some("application/x-www-form-urlencoded") => {
            let form = Form::of_body(&body)?;
            (form.one("update")?.to_owned(), form)
        }
        _ => return Err(unsupported("application/sparql-update, application/x-www-form-urlencoded")),
    };
    if !form.all("using-graph-uri").is_empty() || !form.all("using-named-graph-uri").is_empty() {
        let zh = "这里的更新语句只能移除文章，不接受 using-graph-uri";
        return Err(Problem::bad(zh, "updates here only take articles out; leave using-graph-uri out"));
    }
    let outcome = work::long(&app, move |app, _| {
        app.write(|store, _| store.update(&text)).ok_or_else(Problem::read_only)?.map_err(Problem::from)
    });
    outcome.await?;
    Ok(empty(StatusCode::NO_CONTENT))
}
