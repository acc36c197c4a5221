//! Articles put in and taken out over HTTP: what the graph says follows at once.

use super::protocol::TOKEN;
use super::server::{Server, built};

const FIRST: &str = "星河高新区\n\n青岚科技投资的传感器产业园项目总投资18亿元,已在星河高新区开工建设。\n";
const SECOND: &str = "月湾开发区\n\n白鹭电子投资的显示面板项目总投资7亿元,已在月湾开发区签约。\n";

#[test]
fn an_article_comes_and_goes() {
    let folder = built(&[("a.txt", FIRST)]);
    folder.write("tokens", format!("# who may write\n{TOKEN}\n"));
    let before = folder.canonical("store");
    let server = Server::start(&folder, &["--token-file", "tokens"]);
    let bearer = format!("Bearer {TOKEN}");
    let writer = [("Authorization", bearer.as_str()), ("Content-Type", "text/plain")];
    let knows = || server.get("/api/v1/search?q=bailudianzi").json()["total"].as_u64();
    assert_eq!(knows(), Some(0));

    let refused = [
        server.ask("POST", "/api/v1/documents?name=b.txt", &[("Content-Type", "text/plain")], SECOND.as_bytes()),
        server.ask("POST", "/api/v1/documents?name=b.txt", &[("Authorization", "Bearer wrong")], SECOND.as_bytes()),
        server.ask("DELETE", "/api/v1/document/articles/a.txt", &[], b""),
    ];
    assert_eq!(refused.map(|answer| answer.status), [401, 401, 401]);

    let put = server.ask("POST", "/api/v1/documents?name=b.txt", &writer, SECOND.as_bytes());
    assert_eq!((put.status, put.json()["changed"].as_bool()), (201, Some(true)), "{}", put.text());
    assert_eq!(knows(), Some(1));
    let again = server.ask("POST", "/api/v1/documents?name=b.txt", &writer, SECOND.as_bytes());
    assert_eq!((again.status, again.json()["changed"].as_bool()), (200, Some(false)));
    let empty = server.ask("POST", "/api/v1/documents?name=c.txt", &writer, b" \n");
    assert_eq!(empty.status, 422);
    let binary = server.ask("POST", "/api/v1/documents?name=c.txt", &writer, b"\x89PNG\r\n\x1a\n\0\0\0\r");
    assert_eq!(binary.status, 422);

    let graph = "/store?graph=https://w3id.org/parkgraph/id/document/b.txt";
    assert_eq!(server.ask("DELETE", graph, &writer, b"").status, 204);
    assert_eq!(knows(), Some(0));
    assert_eq!(server.ask("PUT", graph, &writer, SECOND.as_bytes()).status, 201);
    assert_eq!(knows(), Some(1));
    let update = [("Authorization", bearer.as_str()), ("Content-Type", "application/sparql-update")];
    let drop = b"DROP GRAPH <https://w3id.org/parkgraph/id/document/b.txt>";
    assert_eq!(server.ask("POST", "/update", &update, drop).status, 204);
    assert_eq!(server.stop("-INT"), Some(0));
    assert_eq!(folder.canonical("store"), before);
}

#[test]
fn files_of_every_format_are_read() {
    let folder = built(&[("a.txt", FIRST)]);
    folder.write("tokens", TOKEN);
    let server = Server::start(&folder, &["--token-file", "tokens"]);
    let bearer = format!("Bearer {TOKEN}");
    let formats = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    let send = |name: &str| {
        let bytes = std::fs::read(formats.join(name)).expect("the fixture");
        server.ask("POST", &format!("/api/v1/documents?name={name}"), &[("Authorization", &bearer)], &bytes)
    };
    for (name, documents) in
        [("valley.pdf", 1), ("displays.docx", 1), ("ledger.xlsx", 1), ("both.zip", 2), ("both.jsonl", 2)]
    {
        let answer = send(name);
        let told = answer.json();
        assert_eq!((answer.status, told["documents"].as_u64()), (201, Some(documents)), "{name}: {}", answer.text());
        assert!(told["facts"].as_u64() > Some(5) && told["refused"] == serde_json::json!([]), "{name}: {told}");
    }
    let article = server.get("/api/v1/document/valley.pdf").json();
    assert!(article["title"].as_str().is_some_and(|title| title.contains("感知")), "{article}");
    let refused = send("encrypted.pdf");
    assert_eq!(refused.status, 422);
    assert!(refused.json()["error"]["zh"].as_str().is_some_and(|it| it.contains("加密")), "{}", refused.text());
}

#[test]
fn a_server_that_only_reads_refuses_and_shares_the_store() {
    let folder = built(&[("a.txt", FIRST)]);
    let server = Server::start(&folder, &[]);
    let other = Server::start(&folder, &[]);
    for (method, path) in [("POST", "/update"), ("PUT", "/store?graph=a:b"), ("POST", "/api/v1/documents?name=b.txt")] {
        let answer = server.ask(method, path, &[("Authorization", "Bearer any")], SECOND.as_bytes());
        assert_eq!(answer.status, 403, "{path}: {}", answer.text());
    }
    assert_eq!(other.get("/health").json()["writable"].as_bool(), Some(false));
    assert_eq!(other.stop("-TERM"), Some(0));
}

#[test]
fn wrong_starts_say_what_to_do() {
    let folder = built(&[("a.txt", FIRST)]);
    folder.write("short", "abc\n");
    folder.write("none", "# nobody\n");
    let server = Server::start(&folder, &[]);
    let taken = server.address.to_string();
    let cases: &[(&[&str], &str)] = &[
        (&["-l", "store", "--bind", &taken], "is taken"),
        (&["-l", "nowhere", "--bind", "127.0.0.1:0"], "nowhere"),
        (&["-l", "store", "--token-file", "short"], "fewer than 16"),
        (&["-l", "store", "--token-file", "none"], "needs a token"),
        (&["-l", "store", "--token-file", "missing"], "cannot read missing"),
        (&["-l", "store", "--bind", "203.0.113.1:1"], "cannot listen"),
    ];
    for (arguments, part) in cases {
        let run = folder.run_with(&[&["serve"], *arguments].concat());
        assert_eq!(run.status(), 2, "{arguments:?}");
        assert!(run.err().contains(part), "{arguments:?}: {}", run.err());
    }
}
