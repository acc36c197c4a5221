//! Responses: JSON, texts, and problems with their remedy in both languages.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, Response, StatusCode};
use axum::response::IntoResponse;
use serde::Serialize;

use crate::ask::AskError;
use crate::message::Bilingual;
use crate::reader::ReadError;
use crate::store::{QueryError, StoreError, UpdateError};

/// Why a request was not answered as asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The HTTP status.
    pub status: StatusCode,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// True where the same request will be answered once the server has made ready what it needs.
    pub preparing: bool,
}

/// A response or a problem.
pub type Answer = Result<Response<Body>, Problem>;

impl Problem {
    /// A problem with its message.
    pub fn new(status: StatusCode, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { status, zh: zh.into(), en: en.into(), preparing: false }
    }

    /// The request cannot be understood.
    pub fn bad(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, zh, en)
    }

    /// There is no such thing here.
    pub fn missing(what: &str) -> Self {
        let zh = format!("图谱里没有 {what}；请用 /api/v1/search 查找名称");
        Self::new(StatusCode::NOT_FOUND, zh, format!("the graph has no {what}; look for names with /api/v1/search"))
    }

    /// Nobody may write here.
    pub fn read_only() -> Self {
        let zh = "此服务只读；要允许写入，请以 `parkgraph serve --token-file FILE` 启动";
        let en = "this server only reads; to allow writing, start it with `parkgraph serve --token-file FILE`";
        Self::new(StatusCode::FORBIDDEN, zh, en)
    }

    fn of(status: StatusCode, error: &impl Bilingual) -> Self {
        Self::new(status, error.zh(), error.to_string())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response<Body> {
        let mut body = serde_json::json!({"error": {"status": self.status.as_u16(), "zh": self.zh, "en": self.en}});
        if self.preparing {
            body["error"]["preparing"] = true.into();
        }
        let mut response = text(self.status, "application/json", body.to_string());
        let headers = response.headers_mut();
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(RETRY_AFTER, HeaderValue::from_static("5"));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert("www-authenticate", HeaderValue::from_static("Bearer realm=\"parkgraph\""));
        }
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::of(StatusCode::INTERNAL_SERVER_ERROR, &error)
    }
}

impl From<QueryError> for Problem {
    fn from(error: QueryError) -> Self {
        let status = match &error {
            QueryError::Stopped => StatusCode::SERVICE_UNAVAILABLE,
            QueryError::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        };
        Self::of(status, &error)
    }
}

impl From<UpdateError> for Problem {
    fn from(error: UpdateError) -> Self {
        let status = match &error {
            UpdateError::Syntax(_) => StatusCode::BAD_REQUEST,
            UpdateError::Derived => StatusCode::FORBIDDEN,
            UpdateError::Unknown(_) => StatusCode::NOT_FOUND,
            UpdateError::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self::of(status, &error)
    }
}

impl From<AskError> for Problem {
    fn from(error: AskError) -> Self {
        match error {
            AskError::Query(error) => error.into(),
            error => Self::of(StatusCode::INTERNAL_SERVER_ERROR, &error),
        }
    }
}

impl From<ReadError> for Problem {
    fn from(error: ReadError) -> Self {
        Self::of(StatusCode::UNPROCESSABLE_ENTITY, &error)
    }
}

/// A value as JSON. Views are made of strings, numbers and lists: writing them cannot fail.
pub fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// A JSON response.
pub fn json(value: &impl Serialize) -> Response<Body> {
    text(StatusCode::OK, "application/json", to_json(value))
}

/// A response of a media type.
pub fn text(status: StatusCode, media: &str, body: impl Into<Body>) -> Response<Body> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    if let Ok(media) = HeaderValue::from_str(media) {
        response.headers_mut().insert(CONTENT_TYPE, media);
    }
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// A response without a body.
pub fn empty(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}
