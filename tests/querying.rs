//! Saved queries and SPARQL from the command line.

use crate::support::{Folder, article, command};

fn folder() -> Folder {
    let folder = Folder::new();
    (0..5).for_each(|number| folder.write(&format!("news/{number}.txt"), article(number)));
    folder.write("own/titles.rq", "#+ title: 标题 | Titles\n#+ param word \"号\" 词 | word\nSELECT ?t { ?d schema:headline ?t FILTER(CONTAINS(?t, ?word)) } ORDER BY ?t");
    folder.write("count.rq", "SELECT (COUNT(?d) AS ?n) { ?d a pg:Document }");
    folder.run("build news -l graph").good();
    folder
}

#[test]
fn every_form_of_results() {
    let folder = folder();
    let query = "SELECT ?name { ?policy a pg:Policy ; skos:prefLabel ?name FILTER(CONTAINS(?name, \"办法3\")) }";
    for (format, expected) in [
        ("csv", "name\r\n星河扶持办法3\r\n"),
        ("tsv", "?name\n\"星河扶持办法3\"@zh\n"),
        ("json", "\"value\":\"星河扶持办法3\""),
        ("xml", "<literal xml:lang=\"zh\">星河扶持办法3</literal>"),
        ("table", " name\n───────────────\n 星河扶持办法3"),
    ] {
        let text = folder.run_with(&["query", query, "-l", "graph", "--format", format]).good();
        assert!(text.contains(expected), "{format}: {text}");
    }
    let triples = "CONSTRUCT { ?d schema:headline ?t } WHERE { ?d schema:headline ?t }";
    let turtle = folder.run_with(&["query", triples, "-l", "graph"]).good();
    assert!(turtle.contains("schema:headline \"第0号消息\"@zh"), "{turtle}");
    assert_eq!(folder.run_with(&["query", "ASK { ?d a pg:Document }", "-l", "graph"]).good(), "true\n");
}

#[test]
fn queries_come_from_names_files_standard_input_and_folders() {
    let folder = folder();
    assert_eq!(folder.run("query --query-file count.rq -l graph --format csv").good(), "n\r\n5\r\n");
    let output = command()
        .current_dir(folder.path())
        .args(["query", "--query-file", "-", "-l", "graph", "--format", "csv"])
        .write_stdin("SELECT (COUNT(?d) AS ?n) { ?d a pg:Document }")
        .output()
        .expect("the program starts");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "n\r\n5\r\n");
    let own = "query titles -l graph --queries own --format csv";
    assert_eq!(folder.run(own).good().lines().count(), 6);
    assert_eq!(folder.run(&format!("{own} --set word=第3")).good(), "t\r\n第3号消息\r\n");
    let list = folder.run("query --list --queries own").good();
    assert!(list.contains("titles  Titles") && list.contains("--set industry=智能传感器"), "{list}");
}

#[test]
fn an_ad_hoc_query_takes_values_for_its_variables() {
    let folder = folder();
    let query = "SELECT ?d { ?d schema:headline ?t FILTER(STR(?t) = ?wanted) }";
    for (value, rows) in [("第2号消息", 1), ("\") } #", 0)] {
        let set = format!("wanted={value}");
        let text = folder.run_with(&["query", query, "-l", "graph", "--set", &set, "--format", "csv"]).good();
        assert_eq!(text.lines().count(), rows + 1, "{text}");
    }
}

#[test]
fn finding_nothing_is_told_by_the_status_where_asked_for() {
    let folder = folder();
    for (line, status) in [
        ("query documents -l graph --set title=没有", 0),
        ("query documents -l graph --set title=没有 --fail-empty", 1),
        ("query documents -l graph --fail-empty", 0),
    ] {
        assert_eq!(folder.run(line).status(), status, "{line}");
    }
}

#[test]
fn stats_and_completions() {
    let folder = folder();
    let json: serde_json::Value =
        serde_json::from_str(&folder.run("stats -l graph --format json").good()).expect("JSON");
    assert_eq!((&json["documents"], json["Policy"].as_u64()), (&serde_json::json!(5), Some(10)));
    assert!(folder.run("stats -l graph --lang zh").good().contains("文档"));
    for shell in ["bash", "zsh", "fish"] {
        assert!(folder.run(&format!("completions {shell}")).good().contains("parkgraph"), "{shell}");
    }
}
