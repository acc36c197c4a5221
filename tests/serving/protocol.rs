//! The cases of `protocol.toml`, one after the other, against a running server.

use serde::Deserialize;

use super::client::escaped;
use super::server::{Server, built};

/// The article of the store.
const ARTICLE: &str = "articles/a.txt";
const TEXT: &str =
    "星河高新区智能传感器产业加快发展\n\n青岚科技投资的智能传感器产业园项目总投资18亿元,已在星河高新区开工建设。\n";
/// The token of those who may write.
pub const TOKEN: &str = "a-token-for-tests-only";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    method: String,
    path: String,
    accept: Option<String>,
    #[serde(rename = "type")]
    media_type: Option<String>,
    body: Option<String>,
    /// A body in Latin-1.
    latin: Option<String>,
    #[serde(default)]
    token: bool,
    status: String,
    media: Option<String>,
    body_has: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Cases {
    case: Vec<Case>,
}

/// Escapes what stands in braces; braces inside count.
fn filled(text: &str, is_form: bool) -> String {
    let text = text.replace("{article}", ARTICLE);
    if !is_form {
        return text;
    }
    let (mut out, mut inner, mut depth) = (String::new(), String::new(), 0);
    for c in text.chars() {
        match (c, depth) {
            ('{', 0) => depth = 1,
            ('}', 1) => {
                out += &escaped(&std::mem::take(&mut inner));
                depth = 0;
            }
            (c, 0) => out.push(c),
            (c, _) => {
                depth += i32::from(c == '{') - i32::from(c == '}');
                inner.push(c);
            }
        }
    }
    out
}

#[test]
fn the_protocols_are_kept() {
    let folder = built(&[("a.txt", TEXT)]);
    folder.write("tokens", TOKEN);
    let server = Server::start(&folder, &["--token-file", "tokens"]);
    let cases: Cases = toml::from_str(include_str!("protocol.toml")).expect("the cases are TOML");
    let mut findings = Vec::new();
    for case in &cases.case {
        let bearer = format!("Bearer {TOKEN}");
        let mut headers = Vec::new();
        headers.extend(case.accept.as_deref().map(|accept| ("Accept", accept)));
        headers.extend(case.media_type.as_deref().map(|media| ("Content-Type", media)));
        headers.extend(case.token.then_some(("Authorization", bearer.as_str())));
        let is_form = case.media_type.as_deref() == Some("application/x-www-form-urlencoded");
        let body = match (&case.body, &case.latin) {
            (Some(body), _) => filled(body, is_form).into_bytes(),
            (None, Some(text)) => text.chars().map(|c| c as u8).collect(),
            (None, None) => Vec::new(),
        };
        let answer = server.ask(&case.method, &filled(&case.path, true), &headers, &body);
        let fits = answer.status.to_string().starts_with(&case.status)
            && case.media.as_ref().is_none_or(|media| answer.media() == *media)
            && case.body_has.as_ref().is_none_or(|part| answer.text().contains(part));
        if !fits {
            let start: String = answer.text().chars().take(300).collect();
            findings.push(format!("{}: {} {} {start}", case.name, answer.status, answer.media()));
        }
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}
