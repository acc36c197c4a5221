//! The Model Context Protocol over standard input and output: the graph as tools for assistants. All tools read.

use std::path::Path;
use std::sync::Arc;

use axum::http::HeaderMap;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation, JsonObject, ListToolsResult,
    PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool, ToolAnnotations,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler, ServiceExt};
use serde_json::{Value, json};

use super::http::{Problem, to_json};
use super::protocol::{Limits, evaluate};
use super::state::App;
use super::view::{entity, thing};
use super::{Options, ServeError, api, work};
use crate::message::Lang;
use crate::store::{Mode, Store};

/// A tool: name, description, parameters (name, description; the first ones must be given), number of those.
type Row = (&'static str, &'static str, &'static [(&'static str, &'static str)], usize);

/// The tools.
const TOOLS: [Row; 5] = [
    (
        "ask",
        "Answers a plain question, in Chinese or English, about development zones: projects, enterprises, parks, policies, industries, sums, figures. Each answer comes with the sentences of the articles that state it.",
        &[("question", "the question, such as 哪些项目与智能传感器相关"), ("lang", "zh or en")],
        1,
    ),
    (
        "search",
        "Finds things by a part of their name, by pinyin or by the first letters of pinyin. Gives identities for `entity`.",
        &[("name", "what to look for"), ("kind", "Enterprise, Organization, Park, Project, Policy, Industry or Place")],
        1,
    ),
    (
        "entity",
        "All that the graph says of a thing: facts, figures, what names it, each with sentences and character positions.",
        &[("id", "an identity that `search` or `ask` gave: project/…, or the whole IRI")],
        1,
    ),
    (
        "evidence",
        "Why the graph holds a fact: the statement, the sentences, the rule and the confidence.",
        &[("fact", "the identity of a piece of evidence (`fact` in the results of `entity`)")],
        1,
    ),
    (
        "query",
        "Runs SPARQL 1.1 (SELECT, ASK, CONSTRUCT) over the graph; the prefixes pg, pgr, schema, skos, prov, nif and rdf need no declaration. Gives SPARQL results in JSON, or triples.",
        &[("sparql", "the query; put LIMIT into it")],
        1,
    ),
];

/// The server of the tools.
struct Tools(Arc<App>);

/// Serves the tools for the store in `dir` until the client goes away.
///
/// # Errors
/// When the store cannot be had or the machine refuses.
pub fn run(dir: &Path, options: Options) -> Result<(), ServeError> {
    let app = App::new(Store::open(dir, Mode::Read)?, options)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let outcome = runtime.block_on(async {
        let failed = |error: &dyn std::fmt::Display| std::io::Error::other(error.to_string());
        let service = match Tools(app).serve(rmcp::transport::stdio()).await {
            Ok(service) => service,
            // A client that goes away before it said anything.
            Err(rmcp::service::ServerInitializeError::ConnectionClosed(_)) => return Ok(()),
            Err(error) => return Err(failed(&error)),
        };
        service.waiting().await.map(|_| ()).map_err(|error| failed(&error))
    });
    // A read of standard input may still be waiting.
    runtime.shutdown_background();
    Ok(outcome?)
}

impl ServerHandler for Tools {
    fn get_info(&self) -> ServerConfig {
        let mut info = ServerConfig::new(ServerCapabilities::builder().enable_tools().build());
        info.server_info = Implementation::new("parkgraph", env!("CARGO_PKG_VERSION"));
        info.instructions = Some(
            "A knowledge graph of Chinese development zones, read from articles. Every fact has a sentence; quote it."
                .into(),
        );
        info
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult { tools: TOOLS.iter().map(tool).collect(), ..ListToolsResult::default() })
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        if !TOOLS.iter().any(|(name, ..)| *name == request.name) {
            return Err(ErrorData::invalid_params(format!("there is no tool {}", request.name), None));
        }
        let arguments = request.arguments.unwrap_or_default();
        let name = request.name.into_owned();
        let outcome = work::long(&self.0, move |app, cancel| call(app, &name, &arguments, cancel)).await;
        let result = match outcome {
            Ok(text) => CallToolResult::success(vec![ContentBlock::text(text)]),
            Err(problem) => CallToolResult::error(vec![ContentBlock::text(format!("{}\n{}", problem.en, problem.zh))]),
        };
        Ok(result.into())
    }
}

fn tool((name, description, parameters, needed): &Row) -> Tool {
    let properties: serde_json::Map<String, Value> = parameters
        .iter()
        .map(|(name, description)| ((*name).to_owned(), json!({"type": "string", "description": description})))
        .collect();
    let required: Vec<&str> = parameters.iter().take(*needed).map(|(name, _)| *name).collect();
    let mut schema = JsonObject::new();
    schema.insert("type".into(), json!("object"));
    schema.insert("properties".into(), Value::Object(properties));
    schema.insert("required".into(), json!(required));
    let mut tool = Tool::new(*name, *description, Arc::new(schema));
    tool.annotations = Some(ToolAnnotations::new().read_only(true).open_world(false));
    tool
}

fn call(
    app: &App,
    name: &str,
    arguments: &JsonObject,
    cancel: &oxigraph::sparql::CancellationToken,
) -> Result<String, Problem> {
    let given = |name: &str| arguments.get(name).and_then(Value::as_str);
    let needed = |name: &str| {
        let missing = || Problem::bad(format!("缺少参数 {name}"), format!("the parameter {name} is missing; give it"));
        given(name).filter(|text| !text.trim().is_empty()).ok_or_else(missing)
    };
    match name {
        "ask" => {
            let lang = if given("lang") == Some("en") { Lang::En } else { Lang::Zh };
            Ok(api::asked(app, needed("question")?, lang)?.to_string())
        }
        "search" => {
            let names = app.names()?;
            let (hits, total) = names.search(needed("name")?, api::kind(given("kind"))?, 20);
            Ok(json!({"total": total, "results": hits}).to_string())
        }
        "entity" => {
            let id = needed("id")?;
            let node = thing(id).ok_or_else(|| Problem::missing(id))?;
            let found = entity::of(&app.store, node.as_ref())?.ok_or_else(|| Problem::missing(id))?;
            Ok(to_json(&found))
        }
        "evidence" => Ok(to_json(&api::why_this(app, needed("fact")?)?)),
        _ => {
            let limits = Limits { rows: app.options.max_rows };
            let (_, bytes) = evaluate(&app.store, needed("sparql")?, None, &HeaderMap::new(), limits, cancel)?;
            Ok(String::from_utf8_lossy(&bytes).into_owned())
        }
    }
}
