//! Who may write: those who show a token.

use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};

use super::http::Problem;
use super::state::App;

/// Lets those through who may write.
///
/// # Errors
/// When nobody may write here, or the request shows no token that is known.
pub fn writer(app: &App, headers: &HeaderMap) -> Result<(), Problem> {
    if !app.options.is_writable() {
        return Err(Problem::read_only());
    }
    let shown = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token =
        shown.and_then(|value| value.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let token = blake3::hash(token.map_or("", |(_, token)| token.trim()).as_bytes());
    // Hashes compare in constant time, so that the time tells nothing of a token.
    let known = app.options.tokens.iter().fold(false, |known, it| known | (blake3::hash(it.as_bytes()) == token));
    if known { Ok(()) } else { Err(unauthorized()) }
}

fn unauthorized() -> Problem {
    Problem::new(
        StatusCode::UNAUTHORIZED,
        "写入需要令牌；请在请求头中加入 Authorization: Bearer <令牌>",
        "writing needs a token; send the header Authorization: Bearer <token>",
    )
}
