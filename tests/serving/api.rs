//! The JSON API, reconciliation and MCP on the sample articles.

use std::io::Write;
use std::process::Stdio;

use serde_json::{Value, json};

use super::client::escaped;
use super::server::{Server, samples};

/// Address, and what its answer must hold: a JSON pointer and a text in the value there.
const CASES: [(&str, &str, &str); 14] = [
    ("/health", "/status", "ok"),
    ("/openapi.json", "/openapi", "3.1"),
    ("/api/v1/search?q=chuangan&kind=Industry", "/results/0/label", "传感"),
    ("/api/v1/search?q={融薇科技}", "/results/0/id", "enterprise/融薇科技"),
    ("/api/v1/ask?q={哪些项目与智能传感器相关}", "/answers/0/evidence/0/quote", "传感"),
    ("/api/v1/ask?q={Which projects relate to smart sensors?}&lang=en", "/sentence", "Found"),
    ("/api/v1/entity/industry/{智能传感器}", "/label", "智能传感"),
    ("/api/v1/projects?q={融薇}&sort=name", "/projects/0/label", "融薇科技"),
    ("/api/v1/graph?limit=50", "/nodes/0/label", ""),
    ("/api/v1/graph?focus=industry/{智能传感器}&hops=2", "/nodes/0/kind", ""),
    ("/api/v1/queries", "/queries/0/sparql", "PREFIX"),
    ("/api/v1/industries", "/chains/0/name", ""),
    ("/reconcile", "/versions/0", "0.2"),
    ("/reconcile/suggest/entity?prefix=chuangan", "/result/0/name", "传感"),
];

/// Escapes what stands in braces.
fn filled(path: &str) -> String {
    let mut parts = path.split(['{', '}']);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (at, part) in parts.enumerate() {
        out += &if at % 2 == 0 { escaped(part) } else { part.to_owned() };
    }
    out
}

#[test]
fn the_api_answers() {
    let server = Server::start(samples(), &[]);
    for (path, pointer, part) in CASES {
        let answer = server.get(&filled(path));
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        let value = answer.json();
        let found = value.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("{path}: {value}"));
        assert!(found.contains(part), "{path}: {found}");
    }
}

#[test]
fn every_saved_query_runs_as_the_editor_shows_it() {
    let server = Server::start(samples(), &[]);
    let queries = server.get("/api/v1/queries").json();
    for query in queries["queries"].as_array().expect("a list") {
        let sparql = query["sparql"].as_str().expect("a text");
        let answer = server.ask("POST", "/query", &[("Content-Type", "application/sparql-query")], sparql.as_bytes());
        assert_eq!(answer.status, 200, "{}\n{sparql}\n{}", query["name"], answer.text());
    }
}

#[test]
fn a_fact_leads_to_its_sentence_and_why_explains_it() {
    let server = Server::start(samples(), &[]);
    let ledger = server.get("/api/v1/projects?limit=5&stage=operating").json();
    let id = ledger["projects"][0]["id"].as_str().expect("a project in operation").to_owned();
    let path: Vec<String> = id.split('/').map(escaped).collect();
    let entity = server.get(&format!("/api/v1/entity/{}", path.join("/"))).json();
    let fact = &entity["facts"]["shown"][0]["evidence"]["shown"][0];
    let (quote, begin) = (fact["quote"].as_str().expect("a sentence"), fact["begin"].as_u64().expect("a place"));
    let mark = &fact["marks"][0];
    let within = |at: &Value| at.as_u64().is_some_and(|at| at >= begin && at <= begin + quote.chars().count() as u64);
    assert!(within(&mark[0]) && within(&mark[1]), "{fact}");
    let name: Vec<String> = fact["fact"].as_str().expect("an identity").split('/').map(escaped).collect();
    let why = server.get(&format!("/api/v1/why/{}", name.join("/"))).json();
    assert!(why["evidence"]["total"].as_u64() >= Some(1), "{why}");
    assert_eq!(why["subject"]["id"].as_str(), Some(id.as_str()));
    for missing in
        ["/api/v1/entity/project/none", "/api/v1/why/none", "/api/v1/document/none", "/nowhere", "/assets/none"]
    {
        assert_eq!(server.get(missing).status, 404, "{missing}");
    }
}

#[test]
fn the_ledger_is_filtered_and_goes_into_spreadsheets() {
    let server = Server::start(samples(), &[]);
    let all = server.get("/api/v1/projects").json();
    let some = server.get("/api/v1/projects?stage=underConstruction").json();
    assert!(some["found"].as_u64() < all["total"].as_u64() && some["found"].as_u64() > Some(0), "{some}");
    for project in some["projects"].as_array().expect("a list") {
        assert!(project["stages"].as_array().is_some_and(|it| it.contains(&json!("underConstruction"))), "{project}");
    }
    let csv = server.get("/api/v1/projects?stage=underConstruction&format=csv&lang=zh");
    let text = csv.text();
    assert!(text.starts_with("\u{feff}\"项目\",\"阶段\""), "{text}");
    assert_eq!(Some(text.lines().count() as u64 - 1), some["found"].as_u64());
}

#[test]
fn names_are_reconciled_and_extended() {
    let server = Server::start(samples(), &[]);
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    let queries = json!({"q0": {"query": "融薇科技", "type": "Enterprise"}, "q1": {"query": "没有的名称呀"}, "q2": {"query": "x", "type": "Other"}});
    let body = format!("queries={}", escaped(&queries.to_string()));
    let found = server.ask("POST", "/reconcile", &form, body.as_bytes()).json();
    assert_eq!(found["q0"]["result"][0]["id"], "enterprise/融薇科技");
    assert_eq!(found["q0"]["result"][0]["match"], true);
    assert_eq!(found["q1"]["result"], json!([]));
    assert_eq!(found["q2"]["result"], json!([]));
    let extend = json!({"ids": ["project/融薇科技6英寸MEMS晶圆生产线项目"], "properties": [{"id": "status"}]});
    let body = format!("extend={}", escaped(&extend.to_string()));
    let rows = server.ask("POST", "/reconcile", &form, body.as_bytes()).json();
    let cell = rows["rows"].as_object().and_then(|rows| rows.values().next()).expect("a row")["status"][0].clone();
    assert_eq!(cell, json!({"str": "operating"}));
    assert_eq!(server.ask("POST", "/reconcile", &form, b"queries=nonsense").status, 400);
}

#[test]
fn assistants_have_their_tools() {
    let call = |id: u32, name: &str, arguments: Value| json!({"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": {"name": name, "arguments": arguments}});
    let requests = [
        json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}}),
        json!({"jsonrpc": "2.0", "method": "notifications/initialized"}),
        json!({"jsonrpc": "2.0", "id": 2, "method": "tools/list"}),
        call(3, "ask", json!({"question": "哪些项目与智能传感器相关"})),
        call(4, "search", json!({"name": "融薇科技"})),
        call(5, "entity", json!({"id": "enterprise/融薇科技"})),
        call(6, "query", json!({"sparql": "SELECT (COUNT(*) AS ?n) { ?p a pg:Project }"})),
        call(7, "evidence", json!({"fact": "none"})),
        call(8, "entity", json!({})),
    ];
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("parkgraph"));
    command.current_dir(samples().path()).args(["mcp", "-l", "store"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut input = child.stdin.take().expect("piped");
    for request in &requests {
        writeln!(input, "{request}").expect("it reads");
    }
    let mut output = std::io::BufReader::new(child.stdout.take().expect("piped"));
    let mut replies: Vec<Value> = Vec::new();
    while replies.len() < requests.len() - 1 {
        let mut line = String::new();
        std::io::BufRead::read_line(&mut output, &mut line).expect("it answers");
        replies.push(serde_json::from_str(&line).expect("an answer is one line of JSON"));
    }
    drop(input);
    assert!(child.wait().expect("it ends").success());
    let reply = |id: u64| replies.iter().find(|reply| reply["id"] == id).expect("an answer");
    let names: Vec<&str> =
        reply(2)["result"]["tools"].as_array().expect("a list").iter().filter_map(|it| it["name"].as_str()).collect();
    assert_eq!(names, ["ask", "search", "entity", "evidence", "query"]);
    for (id, part) in [(3, "传感"), (4, "enterprise/融薇科技"), (5, "Enterprise"), (6, "integer")] {
        let text = reply(id)["result"]["content"][0]["text"].as_str().unwrap_or_default();
        assert!(text.contains(part) && reply(id)["result"]["isError"] != true, "{id}: {}", reply(id));
    }
    for id in [7, 8] {
        assert_eq!(reply(id)["result"]["isError"], true, "{}", reply(id));
    }
}
