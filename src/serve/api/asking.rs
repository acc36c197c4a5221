//! `/api/v1/ask`: a question, answered.

use std::sync::Arc;

use axum::extract::State;
use axum::http::Uri;
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::http::{self, Answer, Problem};
use super::super::state::App;
use super::super::work;
use super::{needed, params};
use crate::ask;
use crate::message::Lang;

/// A question.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The question itself.
    pub q: Option<String>,
    /// `zh` or `en`: the language of the answer.
    pub lang: Option<String>,
}

/// Answers a question.
///
/// # Errors
/// When none is asked, or answering takes too long.
pub async fn ask(State(app): State<Arc<App>>, uri: Uri) -> Answer {
    let wanted: Asked = params(&uri)?;
    let question = needed(wanted.q, "q")?;
    let lang = language(wanted.lang.as_deref())?;
    let reply = work::long(&app, move |app, _| asked(app, &question, lang)).await?;
    Ok(http::json(&reply))
}

/// The answer as the vocabulary contract words it, with a sentence for people.
///
/// # Errors
/// When the store cannot be read.
pub fn asked(app: &App, question: &str, lang: Lang) -> Result<Value, Problem> {
    let reply = ask::ask_among(app.grammar, &*app.ask_names()?, &app.store, question, lang)?;
    let mut value: Value = serde_json::from_str(&ask::json(&reply)).unwrap_or_else(|_| json!({}));
    value["sentence"] = ask::text(&reply, lang).lines().next().unwrap_or_default().into();
    value["unknown"] = json!(reply.unknown);
    Ok(value)
}

/// The language of a request.
fn language(name: Option<&str>) -> Result<Lang, Problem> {
    match name {
        None | Some("zh" | "") => Ok(Lang::Zh),
        Some("en") => Ok(Lang::En),
        Some(_) => Err(Problem::bad("lang 只能是 zh 或 en", "lang must be zh or en")),
    }
}
