//! `/api/v1/ask`: a question, answered.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::Uri;
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::http::{self, Answer, Problem};
use super::super::prepare::{View, ready};
use super::super::state::App;
use super::super::{view, work};
use super::{needed, params};
use crate::ask;
use crate::message::Lang;
use crate::rdf::{document_iri, terms};

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
    ready(&app, &[View::AskNames]).await?;
    let reply = work::long(&app, move |app, cancel| {
        let names = app.ask_names()?;
        crate::store::until(cancel, || asked_among(app, &names, &question, lang))
    });
    let reply = reply.await?;
    Ok(http::json(&reply))
}

/// The answer as the vocabulary contract words it, with a sentence for people.
///
/// # Errors
/// When the store cannot be read.
pub fn asked(app: &App, question: &str, lang: Lang) -> Result<Value, Problem> {
    asked_among(app, &*app.ask_names()?, question, lang)
}

fn asked_among(app: &App, names: &ask::Names, question: &str, lang: Lang) -> Result<Value, Problem> {
    let reply = ask::ask_among(app.grammar, names, &app.store, question, lang)?;
    let mut value: Value = serde_json::from_str(&ask::json(&reply)).unwrap_or_else(|_| json!({}));
    value["sentence"] = ask::text(&reply, lang).lines().next().unwrap_or_default().into();
    value["unknown"] = json!(reply.unknown);
    head(app, &mut value)?;
    Ok(value)
}

/// Adds to each sentence the headline and date of its article.
fn head(app: &App, value: &mut Value) -> Result<(), Problem> {
    let mut heads: BTreeMap<String, (Option<String>, Option<String>)> = BTreeMap::new();
    for answer in value["answers"].as_array_mut().into_iter().flatten() {
        for quote in answer["evidence"].as_array_mut().into_iter().flatten() {
            let key = quote["document"].as_str().unwrap_or_default().to_owned();
            if !heads.contains_key(&key) {
                let iri = document_iri(&key);
                let of = |property| view::text(&app.store, iri.as_ref(), property);
                heads.insert(key.clone(), (of(terms::HEADLINE)?, of(terms::DATE_PUBLISHED)?));
            }
            let (title, published) = &heads[&key];
            (quote["title"], quote["published"]) = (json!(title), json!(published));
        }
    }
    Ok(())
}

/// The language of a request.
fn language(name: Option<&str>) -> Result<Lang, Problem> {
    match name {
        None | Some("zh" | "") => Ok(Lang::Zh),
        Some("en") => Ok(Lang::En),
        Some(_) => Err(Problem::bad("lang 只能是 zh 或 en", "lang must be zh or en")),
    }
}
