//! The Reconciliation Service API 0.2 of the W3C community group, by which OpenRefine matches a column of names against the
//! graph and takes further columns from it.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::routing::get;
use serde::Deserialize;
use serde_json::{Value, json};

use super::api::kind;
use super::http::{self, Answer, Problem, text};
use super::protocol::Form;
use super::state::App;
use super::view::entity::{self, Fact};
use super::view::names::Hit;
use super::view::value::Value as Object;
use super::view::{objects, thing};
use super::work;
use crate::model::{EntityKind, Predicate};
use crate::rdf::terms::{self, PGR};

/// Candidates for one name where no number is asked for.
const USUAL: usize = 5;
/// Most candidates for one name.
const MOST: usize = 50;
/// Most names of one request.
const MOST_NAMES: usize = 200;
/// From this score on a single best candidate counts as a match.
const SURE: u32 = 99;

/// The addresses of reconciliation.
pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/reconcile", get(by_get).post(by_post))
        .route("/reconcile/suggest/entity", get(suggest_entity))
        .route("/reconcile/suggest/type", get(suggest_type))
        .route("/reconcile/suggest/property", get(suggest_property))
        .route("/reconcile/properties", get(properties))
        .route("/reconcile/preview", get(preview))
}

async fn by_get(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Answer {
    answer(&app, Form::parse(uri.query().unwrap_or_default().as_bytes()), &headers).await
}

async fn by_post(State(app): State<Arc<App>>, headers: HeaderMap, body: Bytes) -> Answer {
    answer(&app, Form::of_body(&body)?, &headers).await
}

async fn answer(app: &Arc<App>, form: Form, headers: &HeaderMap) -> Answer {
    if !form.all("queries").is_empty() {
        let queries: BTreeMap<String, Wanted> = read(form.one("queries")?)?;
        return work::short(app, move |app| Ok(http::json(&matches(app, &queries)?))).await;
    }
    if !form.all("extend").is_empty() {
        let wanted: Extension = read(form.one("extend")?)?;
        return work::short(app, move |app| Ok(http::json(&extended(app, &wanted)?))).await;
    }
    Ok(http::json(&manifest(headers)))
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Problem> {
    serde_json::from_str(text).map_err(|error| {
        let zh = format!("这不是对账接口的请求：{error}；见 Reconciliation Service API 0.2");
        Problem::bad(zh, format!("this is no reconciliation request: {error}; see the Reconciliation Service API 0.2"))
    })
}

/// What the service can do, with the address under which the client knows it.
fn manifest(headers: &HeaderMap) -> Value {
    let host = headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or("127.0.0.1:7878");
    let here = format!("http://{host}");
    let service = |path: &str| json!({"service_url": here, "service_path": path});
    json!({
        "versions": ["0.2"],
        "name": "parkgraph",
        "identifierSpace": PGR,
        "schemaSpace": terms::PG,
        "defaultTypes": EntityKind::ALL.map(|kind| json!({"id": kind.name(), "name": kind.name()})),
        "view": {"url": format!("{here}/#/thing/{{{{id}}}}")},
        "preview": {"url": format!("{here}/reconcile/preview?id={{{{id}}}}"), "width": 400, "height": 160},
        "suggest": {
            "entity": service("/reconcile/suggest/entity"),
            "type": service("/reconcile/suggest/type"),
            "property": service("/reconcile/suggest/property"),
        },
        "extend": {"propose_properties": service("/reconcile/properties"), "property_settings": []},
    })
}

/// One name to be matched.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    query: String,
    #[serde(rename = "type")]
    kind: Option<Value>,
    limit: Option<usize>,
}

fn matches(app: &App, queries: &BTreeMap<String, Wanted>) -> Result<Value, Problem> {
    if queries.len() > MOST_NAMES {
        let zh = format!("一次最多 {MOST_NAMES} 个名称");
        return Err(Problem::bad(zh, format!("at most {MOST_NAMES} names at a time; send fewer")));
    }
    let names = app.names()?;
    let mut results = serde_json::Map::new();
    for (key, wanted) in queries {
        let limit = wanted.limit.unwrap_or(USUAL).clamp(1, MOST);
        // A type that is none of ours has no candidates.
        let hits = match wanted.kinds() {
            Ok(kind) => names.search(&wanted.query, kind, limit).0,
            Err(_) => Vec::new(),
        };
        let sure = hits.iter().filter(|hit| hit.score >= SURE).count() == 1;
        let found: Vec<Value> = hits.iter().map(|hit| candidate(hit, sure)).collect();
        results.insert(key.clone(), json!({"result": found}));
    }
    Ok(Value::Object(results))
}

impl Wanted {
    /// The kind that is asked for: a name, or a list of which the first counts.
    fn kinds(&self) -> Result<Option<EntityKind>, Problem> {
        let name = match &self.kind {
            Some(Value::String(name)) => Some(name.as_str()),
            Some(Value::Array(names)) => names.first().and_then(Value::as_str),
            _ => None,
        };
        kind(name)
    }
}

fn candidate(hit: &Hit<'_>, sure: bool) -> Value {
    json!({
        "id": hit.entry.id,
        "name": hit.entry.label,
        "description": hit.entry.aliases.iter().take(3).cloned().collect::<Vec<_>>().join("、"),
        "score": hit.score,
        "match": sure && hit.score >= SURE,
        "type": [{"id": hit.entry.kind, "name": hit.entry.kind}],
    })
}

/// Columns that are wanted of things.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Extension {
    ids: Vec<String>,
    properties: Vec<Property>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Property {
    id: String,
}

fn extended(app: &App, wanted: &Extension) -> Result<Value, Problem> {
    let known: Vec<Predicate> = wanted
        .properties
        .iter()
        .filter_map(|property| Predicate::ALL.into_iter().find(|it| it.name() == property.id))
        .collect();
    let mut rows = serde_json::Map::new();
    for id in wanted.ids.iter().take(MOST_NAMES) {
        let mut cells = serde_json::Map::new();
        for predicate in &known {
            let found = match thing(id) {
                Some(node) => objects(&app.store, node.as_ref().into(), terms::property(*predicate))?,
                None => Vec::new(),
            };
            let values = found.iter().map(|object| Ok(cell(&super::view::value::of(&app.store, object)?)));
            cells.insert(predicate.name().to_owned(), Value::Array(values.collect::<Result<_, Problem>>()?));
        }
        rows.insert(id.clone(), Value::Object(cells));
    }
    let meta: Vec<Value> = known.iter().map(|it| json!({"id": it.name(), "name": it.name()})).collect();
    Ok(json!({"meta": meta, "rows": rows}))
}

fn cell(value: &Object) -> Value {
    match value {
        Object::Thing(thing) => json!({"id": thing.id, "name": thing.label}),
        Object::Sum(sum) => match sum.value.as_deref().and_then(|text| text.parse::<f64>().ok()) {
            Some(number) => json!({"float": number}),
            None => json!({"str": sum.text}),
        },
        Object::Stage { stage } => json!({"str": stage}),
        Object::Node { label, .. } => json!({"str": label}),
        Object::Text { text } => json!({"str": text}),
    }
}

async fn suggest_entity(State(app): State<Arc<App>>, uri: Uri) -> Answer {
    let prefix = prefix(&uri);
    let found = work::short(&app, move |app| {
        let names = app.names()?;
        let hits: Vec<Value> = names.search(&prefix, None, 10).0.iter().map(|hit| candidate(hit, false)).collect();
        Ok(http::json(&json!({"result": hits})))
    });
    found.await
}

async fn suggest_type(uri: Uri) -> Answer {
    Ok(suggested(&prefix(&uri), EntityKind::ALL.map(EntityKind::name)))
}

async fn suggest_property(uri: Uri) -> Answer {
    Ok(suggested(&prefix(&uri), Predicate::ALL.map(Predicate::name)))
}

async fn properties(uri: Uri) -> Answer {
    let form = Form::parse(uri.query().unwrap_or_default().as_bytes());
    let kind = form.all("type").first().map(|kind| (*kind).to_owned());
    let all: Vec<Value> = Predicate::ALL.iter().map(|it| json!({"id": it.name(), "name": it.name()})).collect();
    Ok(http::json(&json!({"type": kind, "properties": all})))
}

fn prefix(uri: &Uri) -> String {
    let form = Form::parse(uri.query().unwrap_or_default().as_bytes());
    form.all("prefix").first().map(|text| (*text).to_owned()).unwrap_or_default()
}

fn suggested<const N: usize>(prefix: &str, names: [&'static str; N]) -> axum::response::Response {
    let wanted = prefix.to_lowercase();
    let fits = names.into_iter().filter(|name| name.to_lowercase().contains(&wanted));
    let found: Vec<Value> = fits.map(|name| json!({"id": name, "name": name})).collect();
    http::json(&json!({"result": found}))
}

/// A thing in a small page of its own.
async fn preview(State(app): State<Arc<App>>, uri: Uri) -> Answer {
    let form = Form::parse(uri.query().unwrap_or_default().as_bytes());
    let id = form.one("id")?.to_owned();
    let page = work::short(&app, move |app| {
        let node = thing(&id).ok_or_else(|| Problem::missing(&id))?;
        let found = entity::of(&app.store, node.as_ref())?.ok_or_else(|| Problem::missing(&id))?;
        let facts: String = found.facts.shown.iter().take(6).map(line).collect();
        let aliases = escaped(&found.aliases.join("、"));
        let (label, kind) = (escaped(&found.label), found.kind);
        Ok(format!(
            "<!doctype html><html lang=\"zh\"><meta charset=\"utf-8\"><title>{label}</title><body><b>{label}</b> ({kind})<br><small>{aliases}</small><ul>{facts}</ul></body></html>"
        ))
    });
    Ok(text(StatusCode::OK, "text/html; charset=utf-8", page.await?))
}

fn line(fact: &Fact) -> String {
    let value = match &fact.value {
        Object::Thing(thing) => thing.label.clone(),
        Object::Sum(sum) => sum.text.clone(),
        Object::Stage { stage } => stage.clone(),
        Object::Node { label, .. } => label.clone(),
        Object::Text { text } => text.clone(),
    };
    format!("<li>{}: {}</li>", fact.property, escaped(&value))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
