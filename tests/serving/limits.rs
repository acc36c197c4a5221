//! Clients that ask too much, send too much, or send nothing: they are refused, and others go on.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::client::escaped;
use super::server::{Server, samples};

/// A query whose answer takes longer than anybody waits.
const ENDLESS: &str = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }";

#[test]
fn a_slow_query_is_cut_off_and_does_not_hold_others_up() {
    let server = Server::start(samples(), &["--timeout-s", "2"]);
    let path = format!("/query?query={}", escaped(ENDLESS));
    std::thread::scope(|scope| {
        let slow: Vec<_> = (0..12).map(|_| scope.spawn(|| (server.get(&path).status, Instant::now()))).collect();
        let begin = Instant::now();
        std::thread::sleep(Duration::from_millis(300));
        for _ in 0..5 {
            assert_eq!(server.get("/api/v1/search?q=chuangan").status, 200);
        }
        let quick = begin.elapsed();
        for one in slow {
            let (status, end) = one.join().expect("it ends");
            assert_eq!(status, 503);
            assert!(end.duration_since(begin) < Duration::from_secs(30), "{:?}", end.duration_since(begin));
        }
        assert!(quick < Duration::from_secs(15), "{quick:?}");
    });
    // The places of the queries that were cut off are free again, once those have noticed.
    let quick = format!("/query?query={}", escaped("ASK {}"));
    let freed = (0..15).any(|_| server.get(&quick).status == 200);
    assert!(freed, "queries that were cut off keep their places");
}

#[test]
fn large_results_and_requests_are_refused() {
    let server = Server::start(samples(), &["--max-rows", "10", "--max-body-mb", "1"]);
    let many = format!("/query?query={}", escaped("SELECT * { ?s ?p ?o }"));
    let answer = server.get(&many);
    assert!(answer.status == 422 && answer.text().contains("LIMIT"), "{}", answer.text());
    let few = format!("/query?query={}", escaped("SELECT * { ?s ?p ?o } LIMIT 10"));
    assert_eq!(server.get(&few).status, 200);
    let large = vec![b' '; (1 << 20) + 1];
    let refused = server.ask("POST", "/query", &[("Content-Type", "application/sparql-query")], &large);
    assert_eq!(refused.status, 413);
}

#[test]
fn malformed_and_silent_clients_are_refused() {
    let server = Server::start(samples(), &[]);
    let talk = |bytes: &[u8]| {
        let mut stream = TcpStream::connect(server.address).expect("somebody listens");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a time limit");
        // The server may close before it has read everything.
        let _ = stream.write_all(bytes);
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer);
        answer
    };
    for malformed in [&b"nonsense\r\n\r\n"[..], b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03"] {
        let answer = talk(malformed);
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 4") || answer.starts_with("HTTP/1.1 505"),
            "{answer}"
        );
    }
    let long = format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "a".repeat(200_000));
    let answer = talk(long.as_bytes());
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    // A head that never ends is cut off after a quarter of a minute, a body that never comes too.
    let begin = Instant::now();
    talk(b"GET / HTTP/1.1\r\nHost: x\r\n");
    talk(b"POST /query HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/sparql-query\r\nContent-Length: 99\r\n\r\nASK");
    assert!(begin.elapsed() < Duration::from_secs(50), "{:?}", begin.elapsed());
    assert_eq!(server.get("/health").status, 200);
}

#[test]
fn other_hosts_may_ask_only_where_that_is_allowed() {
    let asked = [("Origin", "http://elsewhere.example")];
    let closed = Server::start(samples(), &[]).ask("GET", "/health", &asked, b"");
    assert_eq!(closed.header("access-control-allow-origin"), None);
    let open = Server::start(samples(), &["--cors"]).ask("GET", "/health", &asked, b"");
    assert_eq!(open.header("access-control-allow-origin").as_deref(), Some("*"));
    let policy = closed.header("content-security-policy").unwrap_or_default();
    assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'self';"), "{policy}");
}
