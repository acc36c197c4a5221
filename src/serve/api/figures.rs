//! `/api/v1/observations` and `/series`: figures over periods.

use std::sync::Arc;

use axum::extract::State;
use axum::http::Uri;
use serde::Deserialize;
use serde_json::json;

use super::super::http::{self, Answer, Problem};
use super::super::prepare::{View, ready};
use super::super::state::App;
use super::super::view::figures::{self as view, Figure};
use super::super::view::{id, thing};
use super::super::work;
use super::params;

/// Most figures or series of one response.
const MOST: usize = 500;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    /// Identity of the thing that they are about.
    subject: Option<String>,
    /// A part of what they measure.
    indicator: Option<String>,
    /// A part of the subject's name or of what they measure.
    q: Option<String>,
    limit: Option<usize>,
}

impl Wanted {
    /// Tells which figures are wanted.
    fn filter(&self) -> impl Fn(&&Figure) -> bool {
        let part =
            |text: &Option<String>| text.as_deref().map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned);
        let (subject, indicator, q) = (part(&self.subject), part(&self.indicator), part(&self.q));
        move |figure| {
            let about = |label: &str| figure.subject.as_ref().is_some_and(|thing| thing.label.contains(label));
            subject.as_deref().is_none_or(|it| figure.subject.as_ref().is_some_and(|thing| thing.id == id(it)))
                && indicator.as_deref().is_none_or(|it| figure.indicator.contains(it))
                && q.as_deref().is_none_or(|it| figure.indicator.contains(it) || about(it))
        }
    }
}

/// The figures that are wanted; with their sentences where one subject is named.
///
/// # Errors
/// When a parameter is wrong.
pub async fn figures(State(app): State<Arc<App>>, uri: Uri) -> Answer {
    let wanted: Wanted = params(&uri)?;
    let limit = wanted.limit.unwrap_or(MOST).clamp(1, MOST);
    if wanted.subject.as_deref().is_none_or(str::is_empty) {
        ready(&app, &[View::Figures]).await?;
    }
    let listed = work::short(&app, move |app| {
        let (total, shown) = match wanted.subject.as_deref().filter(|it| !it.is_empty()) {
            Some(subject) => {
                let about = thing(subject).ok_or_else(|| Problem::missing(subject))?;
                let listed = view::about(&app.store, about.as_ref(), MOST)?;
                let all: Vec<_> = listed.shown.iter().filter(wanted.filter()).cloned().collect();
                (all.len(), all.into_iter().take(limit).collect::<Vec<_>>())
            }
            None => {
                let figures = app.figures()?;
                let all: Vec<_> = figures.iter().filter(wanted.filter()).collect();
                (all.len(), all.into_iter().take(limit).cloned().collect())
            }
        };
        Ok(http::json(&json!({"total": total, "shown": shown.len(), "observations": shown})))
    });
    listed.await
}

/// The series that are wanted, those with most periods first.
///
/// # Errors
/// When a parameter is wrong.
pub async fn series(State(app): State<Arc<App>>, uri: Uri) -> Answer {
    let wanted: Wanted = params(&uri)?;
    let limit = wanted.limit.unwrap_or(100).clamp(1, MOST);
    ready(&app, &[View::Figures]).await?;
    let listed = work::short(&app, move |app| {
        let figures = app.figures()?;
        let mut series = view::series(figures.iter().filter(wanted.filter()));
        let total = series.len();
        series.truncate(limit);
        Ok(http::json(&json!({"total": total, "shown": series.len(), "series": series})))
    });
    listed.await
}
