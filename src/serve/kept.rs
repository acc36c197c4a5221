//! Answers that were given and hold until the store changes: so many bytes of them, those longest unused go first.
//!
//! A question that several clients ask at once is answered once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::ACCEPT;
use axum::http::{HeaderMap, Method, Response, StatusCode};
use axum::middleware::Next;
use axum::response::IntoResponse;

use super::state::{App, lock};
use super::work::busy;

/// Bytes of answers that are kept, and of one of them.
const MOST: usize = 64 << 20;
const MOST_OF_ONE: usize = 4 << 20;
/// Bytes that an answer takes beside its own.
const AROUND: usize = 512;

/// Functions of SPARQL whose value is another each time.
const CHANGING: [&str; 6] = ["now", "rand", "uuid", "struuid", "bnode", "service"];

/// An answer.
#[derive(Clone)]
struct Kept {
    headers: HeaderMap,
    body: Bytes,
    /// When it was used last, counted in uses.
    used: u64,
}

/// The answers that are kept.
#[derive(Default)]
pub(super) struct Answers {
    known: BTreeMap<String, Kept>,
    /// Keys by last use.
    order: BTreeMap<u64, String>,
    bytes: usize,
    uses: u64,
    /// What is being answered.
    open: BTreeMap<String, Arc<tokio::sync::Mutex<()>>>,
}

impl Answers {
    fn get(&mut self, key: &str) -> Option<Response<Body>> {
        let kept = self.known.get_mut(key)?;
        self.uses += 1;
        self.order.remove(&kept.used);
        self.order.insert(self.uses, key.to_owned());
        kept.used = self.uses;
        let mut response = Response::new(Body::from(kept.body.clone()));
        *response.headers_mut() = kept.headers.clone();
        Some(response)
    }

    fn keep(&mut self, key: String, headers: HeaderMap, body: Bytes) {
        self.uses += 1;
        self.bytes += weight(&key, &body);
        self.order.insert(self.uses, key.clone());
        if let Some(old) = self.known.insert(key.clone(), Kept { headers, body, used: self.uses }) {
            self.order.remove(&old.used);
            self.bytes -= weight(&key, &old.body);
        }
        while self.bytes > MOST
            && let Some((_, oldest)) = self.order.pop_first()
            && let Some(old) = self.known.remove(&oldest)
        {
            self.bytes -= weight(&oldest, &old.body);
        }
    }

    /// The gate of a question, which one at a time goes through.
    fn gate(&mut self, key: &str) -> Arc<tokio::sync::Mutex<()>> {
        self.open.entry(key.to_owned()).or_default().clone()
    }

    /// Forgets the gates at which nobody stands.
    fn tidy(&mut self) {
        self.open.retain(|_, gate| Arc::strong_count(gate) > 1);
    }
}

fn weight(key: &str, body: &Bytes) -> usize {
    key.len() * 2 + body.len() + AROUND
}

/// The key of a request whose answer may be kept.
fn key_of(request: &Request) -> Option<String> {
    let path = request.uri().path();
    let keeps = ["/api/v1/", "/query", "/sparql", "/reconcile"].iter().any(|start| path.starts_with(start));
    if request.method() != Method::GET || !keeps {
        return None;
    }
    let query = request.uri().query().unwrap_or_default();
    if path == "/query" || path == "/sparql" {
        let words = form_urlencoded::parse(query.as_bytes()).map(|(_, value)| value.to_ascii_lowercase());
        if words.into_iter().any(|text| CHANGING.iter().any(|word| text.contains(word))) {
            return None;
        }
    }
    let accept = request.headers().get_all(ACCEPT).iter().map(|it| String::from_utf8_lossy(it.as_bytes()).into_owned());
    Some(format!("{path}?{query}\n{}", accept.collect::<Vec<_>>().join(",")))
}

/// Answers a request from what is kept, else by what follows, whose answer is kept.
pub(super) async fn answered(State(app): State<Arc<App>>, request: Request, next: Next) -> Response<Body> {
    let Some(key) = key_of(&request) else { return next.run(request).await };
    // A change of the store while the answer is being made leaves it with the answers that are forgotten.
    let computed = app.computed();
    let answers = &computed.answers;
    if let Some(known) = lock(answers).get(&key) {
        return known;
    }
    let gate = lock(answers).gate(&key);
    let Ok(_alone) = tokio::time::timeout(app.options.timeout, gate.lock()).await else {
        return busy().into_response();
    };
    if let Some(known) = lock(answers).get(&key) {
        return known;
    }
    let response = next.run(request).await;
    let outcome = keep(answers, key, response).await;
    drop(_alone);
    drop(gate);
    lock(answers).tidy();
    outcome
}

/// Keeps an answer that is whole and small; the others are sent on as they are.
async fn keep(answers: &Mutex<Answers>, key: String, response: Response<Body>) -> Response<Body> {
    let small = response.body().size_hint().exact().is_some_and(|size| size as usize <= MOST_OF_ONE);
    if response.status() != StatusCode::OK || !small {
        return response;
    }
    let (parts, body) = response.into_parts();
    // The size is known: taking it cannot fail.
    let body = to_bytes(body, MOST_OF_ONE).await.unwrap_or_default();
    lock(answers).keep(key, parts.headers.clone(), body.clone());
    Response::from_parts(parts, Body::from(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_bytes_are_kept_and_the_last_used_stay() {
        let mut answers = Answers::default();
        for number in 0..100 {
            answers.keep(number.to_string(), HeaderMap::new(), Bytes::from(vec![0; MOST_OF_ONE]));
            assert!(answers.get("0").is_some(), "{number}");
            assert!(answers.bytes <= MOST && answers.known.len() == answers.order.len());
        }
        assert!(answers.get("50").is_none() && answers.get("99").is_some());
        answers.keep("99".to_owned(), HeaderMap::new(), Bytes::from_static(b"other"));
        assert_eq!(answers.known.len(), answers.order.len());
    }

    #[test]
    fn what_may_change_by_itself_is_not_kept() {
        for (method, address, keeps) in [
            ("GET", "/api/v1/ask?q=1", true),
            ("POST", "/api/v1/documents", false),
            ("GET", "/health", false),
            ("GET", "/query?query=SELECT%20%2A", true),
            ("GET", "/query?query=SELECT%20(NOW()%20AS%20%3Fn)", false),
            ("GET", "/sparql?query=SELECT%20(%72and()%20AS%20%3Fn)", false),
        ] {
            let request = Request::builder().method(method).uri(address).body(Body::empty()).expect("a request");
            assert_eq!(key_of(&request).is_some(), keeps, "{method} {address}");
        }
    }
}
