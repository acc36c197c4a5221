//! The table of addresses, and what every response gets.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::SizeAbove;
use tower_http::cors::CorsLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;

use super::http::Problem;
use super::state::App;
use super::{api, assets, kept, protocol, reconcile};

/// How long a client may take between two pieces of a request's body.
const BODY_PAUSE: Duration = Duration::from_secs(15);
/// From this many bytes on compressing pays.
const COMPRESSED: u64 = 2048;

/// What every response says of the page: it takes nothing from other hosts, is shown in no frame, and runs no script but
/// its own. Styles may stand in elements, since the editor places its parts with them.
const HEADERS: [(&str, &str); 3] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
];

/// The service.
pub fn router(app: Arc<App>) -> Router {
    let cors = app.options.cors;
    let most = app.options.max_body;
    let router = Router::new()
        .route("/", get(assets::index))
        .route("/assets/{name}", get(assets::asset))
        .route("/health", get(api::health))
        .route("/openapi.json", get(api::openapi))
        .route("/query", get(protocol::by_get).post(protocol::by_post))
        .route("/sparql", get(protocol::by_get).post(protocol::by_post))
        .route("/update", post(protocol::update))
        .route("/store", get(protocol::get).put(protocol::put).post(protocol::put).delete(protocol::delete))
        .route("/api/v1/ask", get(api::ask))
        .route("/api/v1/search", get(api::search))
        .route("/api/v1/entity/{*id}", get(api::entity))
        .route("/api/v1/why", get(api::why_statement))
        .route("/api/v1/why/{*id}", get(api::why))
        .route("/api/v1/graph", get(api::graph))
        .route("/api/v1/path", get(api::path))
        .route("/api/v1/industries", get(api::industries))
        .route("/api/v1/projects", get(api::projects))
        .route("/api/v1/observations", get(api::figures))
        .route("/api/v1/series", get(api::series))
        .route("/api/v1/documents", get(api::documents).post(api::upload))
        .route("/api/v1/document/{*key}", get(api::document))
        .route("/api/v1/document/{*key}", delete(api::remove))
        .route("/api/v1/queries", get(api::queries))
        .route("/api/v1/stats", get(api::stats))
        .merge(reconcile::router())
        .fallback(nowhere)
        .method_not_allowed_fallback(no_such_method)
        .with_state(app.clone())
        .layer(from_fn_with_state(app, kept::answered))
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(most))
        .layer(RequestBodyTimeoutLayer::new(BODY_PAUSE))
        .layer(CompressionLayer::new().compress_when(SizeAbove::new(COMPRESSED)))
        .layer(from_fn(with_headers));
    if cors { router.layer(CorsLayer::permissive()) } else { router }
}

async fn with_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

async fn nowhere() -> Response {
    let (zh, en) = ("没有这个地址；见 /openapi.json", "there is no such address; see /openapi.json");
    Problem::new(StatusCode::NOT_FOUND, zh, en).into_response()
}

async fn no_such_method() -> Response {
    let (zh, en) =
        ("此地址不接受这种方法；见 /openapi.json", "this address does not take that method; see /openapi.json");
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, zh, en).into_response()
}
