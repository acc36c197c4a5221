//! The page: files built from `web/`, held in the program.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};

use super::http::{Answer, Problem, empty, text};

/// Name, media type and bytes of each file of the page.
const FILES: &[(&str, &str, &[u8])] = &[
    ("drawing.js", "text/javascript; charset=utf-8", include_bytes!("../../web/dist/drawing.js")),
    ("graph.js", "text/javascript; charset=utf-8", include_bytes!("../../web/dist/graph.js")),
    ("icon.svg", "image/svg+xml", include_bytes!("../../web/dist/icon.svg")),
    ("index.html", "text/html; charset=utf-8", include_bytes!("../../web/dist/index.html")),
    ("licences.txt", "text/plain; charset=utf-8", include_bytes!("../../web/dist/licences.txt")),
    ("main.css", "text/css; charset=utf-8", include_bytes!("../../web/dist/main.css")),
    ("main.js", "text/javascript; charset=utf-8", include_bytes!("../../web/dist/main.js")),
    ("sigma.js", "text/javascript; charset=utf-8", include_bytes!("../../web/dist/sigma.js")),
    ("sparql.js", "text/javascript; charset=utf-8", include_bytes!("../../web/dist/sparql.js")),
    ("yasgui.css", "text/css; charset=utf-8", include_bytes!("../../web/dist/yasgui.css")),
    ("yasgui.js", "text/javascript; charset=utf-8", include_bytes!("../../web/dist/yasgui.js")),
];

/// The page itself.
///
/// # Errors
/// Never.
pub async fn index(headers: HeaderMap) -> Answer {
    file("index.html", &headers)
}

/// A file of the page.
///
/// # Errors
/// When there is no such file.
pub async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Answer {
    file(&name, &headers)
}

fn file(name: &str, headers: &HeaderMap) -> Answer {
    let Some((_, media, bytes)) = FILES.iter().find(|(known, ..)| *known == name) else {
        return Err(Problem::new(StatusCode::NOT_FOUND, "没有这个页面；请回到 /", "there is no such page; go to /"));
    };
    let tag = format!("\"{}\"", &blake3::hash(bytes).to_hex()[..16]);
    let known = headers.get(IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == tag.as_bytes());
    let mut response = if known { empty(StatusCode::NOT_MODIFIED) } else { text(StatusCode::OK, media, *bytes) };
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(ETAG, tag);
    }
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}

/// The names of all files.
#[cfg(test)]
pub fn names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(name, ..)| *name)
}
