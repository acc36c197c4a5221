//! `/store`: the Graph Store HTTP Protocol. Graphs are articles: what is put in is the article's text, what comes out is what
//! it says.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use oxigraph::model::NamedNode;

use super::super::http::{Answer, Problem, empty, text};
use super::super::state::App;
use super::super::{guard, negotiate, work};
use super::form::{Form, iri, media_type, unsupported};
use super::results::serializer;
use super::stream;
use crate::rdf::{document_iri, document_key};

/// Which graph a request is about.
enum Target {
    /// The knowledge of all articles.
    Default,
    /// What one article says.
    Document(NamedNode, String),
    /// What each article says.
    All,
}

fn target(uri: &Uri) -> Result<Target, Problem> {
    let form = Form::parse(uri.query().unwrap_or_default().as_bytes());
    match (form.all("default")[..].len(), &form.all("graph")[..]) {
        (0, []) => Ok(Target::All),
        (1, []) => Ok(Target::Default),
        (0, [graph]) => {
            let graph = iri(graph)?;
            let key = document_key(graph.as_str()).filter(|_| !graph.as_str().contains('#'));
            let key = key.ok_or_else(|| Problem::missing(graph.as_str()))?;
            Ok(Target::Document(graph, key))
        }
        _ => Err(Problem::bad("请只给一个：default 或 graph", "give one of default and graph, once")),
    }
}

/// A graph, written out.
///
/// # Errors
/// When there is no such graph, or the client likes no form of it.
pub async fn get(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Answer {
    match target(&uri)? {
        Target::Document(graph, key) => {
            let format = negotiate::rdf(&headers, false)?;
            let bytes = work::short(&app, move |app| {
                app.store.known_document(&graph)?.ok_or_else(|| Problem::missing(graph.as_str()))?;
                let mut writer = serializer(format).for_writer(Vec::new());
                for quad in app.store.document_quads(&key)? {
                    // Writing to memory cannot fail.
                    let _ = writer.serialize_triple(quad.as_ref());
                }
                Ok(writer.finish().unwrap_or_default())
            });
            Ok(text(StatusCode::OK, format.media_type(), bytes.await?))
        }
        Target::Default => stream::graph(&app, negotiate::rdf(&headers, false)?, false).await,
        Target::All => stream::graph(&app, negotiate::rdf(&headers, true)?, true).await,
    }
}

/// Puts an article in (`PUT`, `POST`), under the name of its graph.
///
/// # Errors
/// When the client may not write, or the body is no article.
pub async fn put(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Answer {
    guard::writer(&app, &headers)?;
    let key = match target(&uri)? {
        Target::Document(_, key) => key,
        Target::All => format!("article-{}", &blake3::hash(&body).to_hex()[..12]),
        Target::Default => return Err(derived()),
    };
    match media_type(&headers).as_deref() {
        Some("text/plain" | "application/octet-stream") => {}
        Some(_) => return Err(derived()),
        None => return Err(unsupported("text/plain")),
    }
    let place = escaped(&document_iri(&key));
    let is_new = read_in(&app, key, body).await?;
    let status = if is_new { StatusCode::CREATED } else { StatusCode::NO_CONTENT };
    let mut response = empty(status);
    if let Ok(place) = HeaderValue::from_str(&place) {
        response.headers_mut().insert(LOCATION, place);
    }
    Ok(response)
}

/// Takes an article out.
///
/// # Errors
/// When the client may not write, or there is no such article.
pub async fn delete(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Answer {
    guard::writer(&app, &headers)?;
    let Target::Document(graph, key) = target(&uri)? else { return Err(derived()) };
    let removed = work::long(&app, move |app, _| {
        Ok(app.write(|store, _| store.remove(&key)).ok_or_else(Problem::read_only)??)
    });
    if removed.await? { Ok(empty(StatusCode::NO_CONTENT)) } else { Err(Problem::missing(graph.as_str())) }
}

/// Reads a text and stores what it says; true where it is new. A graph is one article, so nothing is taken apart.
async fn read_in(app: &Arc<App>, key: String, body: Bytes) -> Result<bool, Problem> {
    let work = move |app: &App, _: &_| {
        let outcome = app.write(|store, reader| -> Result<bool, Problem> {
            let reading = reader.read(&key, &body)?;
            Ok(store.put(std::slice::from_ref(&reading), &reader.version())?.added > 0)
        });
        outcome.ok_or_else(Problem::read_only)?
    };
    work::long(app, work).await
}

/// An IRI with everything but ASCII escaped, as headers need it.
fn escaped(iri: &NamedNode) -> String {
    iri.as_str()
        .bytes()
        .map(|byte| if byte.is_ascii() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

fn derived() -> Problem {
    Problem::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "事实来自文章，每条都有原文句子：请把文章的文本（text/plain）放入以文章 IRI 为名的图，或删除这样的图",
        "facts come from articles, each with its sentence: put the text of an article (text/plain) into the graph named by the article's IRI, or delete such a graph",
    )
}
