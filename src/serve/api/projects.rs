//! `/api/v1/projects`: the ledger, filtered; as CSV too.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::CONTENT_DISPOSITION;
use axum::http::{HeaderValue, StatusCode, Uri};
use serde::Deserialize;
use serde_json::json;

use super::super::http::{self, Answer, text};
use super::super::prepare::{View, ready};
use super::super::state::App;
use super::super::view::ledger::{self, Row, Wanted};
use super::super::work;
use super::params;

/// Projects of a page where no number is asked for.
const USUAL: usize = 50;
/// Most projects of a page.
const MOST: usize = 500;
/// Values listed of each filter.
const VALUES: usize = 30;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Page {
    offset: Option<usize>,
    limit: Option<usize>,
    format: Option<String>,
    lang: Option<String>,
}

/// Heads of the CSV's columns.
const HEADS: [(&str, &str); 8] = [
    ("项目", "Project"),
    ("阶段", "Stage"),
    ("总投资（原文）", "Total investment (as written)"),
    ("总投资（元）", "Total investment (in units of its currency)"),
    ("地点", "Place"),
    ("产业", "Field"),
    ("投资建设方", "Invested or built by"),
    ("文章数", "Articles"),
];

/// Names of the stages.
const STAGES: [(&str, &str, &str); 6] = [
    ("planned", "谋划", "planned"),
    ("signed", "签约", "signed"),
    ("started", "开工", "started"),
    ("underConstruction", "在建", "under construction"),
    ("completed", "竣工", "completed"),
    ("operating", "投产", "operating"),
];

/// The projects that are wanted, with the counts of each filter's values.
///
/// # Errors
/// When a parameter is wrong.
pub async fn projects(State(app): State<Arc<App>>, uri: Uri) -> Answer {
    let (wanted, page): (Wanted, Page) = (params(&uri)?, params(&uri)?);
    ready(&app, &[View::Ledger]).await?;
    let listed = work::short(&app, move |app| {
        let ledger = app.ledger()?;
        let chosen = wanted.choose(&ledger);
        if page.format.as_deref() == Some("csv") {
            return Ok(csv(&chosen, page.lang.as_deref() == Some("en")));
        }
        let limit = page.limit.unwrap_or(USUAL).clamp(1, MOST);
        let offset = page.offset.unwrap_or(0).min(chosen.len());
        let shown: Vec<&&Row> = chosen[offset..].iter().take(limit).collect();
        let labels = |things: &'_ [super::super::view::value::Thing]| -> Vec<String> {
            things.iter().map(|thing| thing.label.clone()).collect()
        };
        let facets = json!({
            "stage": ledger::facet(&chosen, |row| row.stages.iter().map(|it| (*it).to_owned()).collect(), VALUES),
            "park": ledger::facet(&chosen, |row| labels(&row.places), VALUES),
            "industry": ledger::facet(&chosen, |row| labels(&row.industries), VALUES),
            "investor": ledger::facet(&chosen, |row| labels(&row.investors), VALUES),
        });
        let counts = json!({
            "total": ledger.len(), "found": chosen.len(), "offset": offset, "shown": shown.len(),
            "facets": facets, "projects": shown,
        });
        Ok(http::json(&counts))
    });
    listed.await
}

fn csv(rows: &[&Row], in_english: bool) -> axum::response::Response {
    let pick = |zh: &'static str, en: &'static str| if in_english { en } else { zh };
    let heads = HEADS.map(|(zh, en)| pick(zh, en));
    let stage = |name: &str| {
        let known = STAGES.iter().find(|(known, ..)| *known == name);
        known.map_or_else(|| name.to_owned(), |(_, zh, en)| pick(zh, en).to_owned())
    };
    let mut response =
        text(StatusCode::OK, "text/csv; charset=utf-8; header=present", ledger::csv(rows, &heads, stage));
    let file = HeaderValue::from_static("attachment; filename=\"projects.csv\"");
    response.headers_mut().insert(CONTENT_DISPOSITION, file);
    response
}
