//! Requests as the SPARQL Protocol words them: in the address, as a form, or as the body itself.

use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use oxigraph::model::NamedNode;

use super::super::http::Problem;
use crate::store::Dataset;

/// Names and values of a query string or a form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// Reads a query string or the body of a form.
    pub fn parse(text: &[u8]) -> Self {
        Self(form_urlencoded::parse(text).into_owned().collect())
    }

    /// The form of a body that must be one.
    ///
    /// # Errors
    /// When it is no UTF-8.
    pub fn of_body(body: &Bytes) -> Result<Self, Problem> {
        // Escapes may hide bytes that are no UTF-8; they show as the replacement character.
        let form = Self::parse(utf8(body)?.as_bytes());
        let torn = form.0.iter().any(|(_, value)| value.contains('\u{fffd}')) && !utf8(body)?.contains("%EF%BF%BD");
        if torn { Err(not_utf8()) } else { Ok(form) }
    }

    /// True where nothing is given.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All values of a name.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(it, _)| it == name).map(|(_, value)| value.as_str()).collect()
    }

    /// The one value of a name that must be there once.
    ///
    /// # Errors
    /// When it is missing or there more than once.
    pub fn one(&self, name: &str) -> Result<&str, Problem> {
        match self.all(name)[..] {
            [value] => Ok(value),
            [] => Err(Problem::bad(format!("缺少参数 {name}"), format!("the parameter {name} is missing; give it"))),
            _ => Err(Problem::bad(format!("参数 {name} 只能给一次"), format!("give the parameter {name} only once"))),
        }
    }

    /// The dataset that the client names; none where it names none.
    ///
    /// # Errors
    /// When a name is no IRI.
    pub fn dataset(&self) -> Result<Option<Dataset>, Problem> {
        let read = |name| -> Result<Vec<NamedNode>, Problem> { self.all(name).into_iter().map(iri).collect() };
        let dataset = Dataset { default: read("default-graph-uri")?, named: read("named-graph-uri")? };
        Ok((dataset != Dataset::default()).then_some(dataset))
    }
}

/// An IRI of the client.
///
/// # Errors
/// When it is none.
pub fn iri(text: &str) -> Result<NamedNode, Problem> {
    NamedNode::new(text)
        .map_err(|error| Problem::bad(format!("{text} 不是 IRI：{error}"), format!("{text} is no IRI: {error}")))
}

/// The media type of the body, in lower case and without parameters.
pub fn media_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    Some(value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
}

/// The characters of a body.
///
/// # Errors
/// When it is no UTF-8.
pub fn utf8(body: &Bytes) -> Result<&str, Problem> {
    std::str::from_utf8(body).map_err(|_| not_utf8())
}

fn not_utf8() -> Problem {
    Problem::bad("请求不是 UTF-8；请以 UTF-8 发送", "the request is not UTF-8; send it as UTF-8")
}

/// The body is of a media type that does not belong here.
pub fn unsupported(wanted: &str) -> Problem {
    let zh = format!("不支持这种 Content-Type；请用 {wanted}");
    Problem::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        zh,
        format!("this Content-Type does not belong here; send {wanted}"),
    )
}
