//! Facts on standard output in every form.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::GraphName;

use crate::support::{Folder, article};

fn folder() -> Folder {
    let folder = Folder::new();
    (0..30).for_each(|number| folder.write(&format!("news/{number:02}.txt"), article(number)));
    folder
}

#[test]
fn nquads_stand_in_the_graphs_of_their_documents_and_equal_those_of_a_store() {
    let folder = folder();
    let text = folder.run("extract news").good();
    let quads: Vec<_> = RdfParser::from_format(RdfFormat::NQuads)
        .for_slice(text.as_bytes())
        .collect::<Result<_, _>>()
        .expect("N-Quads");
    let graphs: BTreeSet<_> = quads.iter().map(|quad| quad.graph_name.to_string()).collect();
    assert_eq!(graphs.len(), 30);
    assert!(
        graphs.iter().all(|graph| graph.starts_with("<https://w3id.org/parkgraph/id/document/news/")),
        "{graphs:?}"
    );
    folder.run("build news -l graph").good();
    let stored: BTreeSet<_> = folder.said("graph").into_iter().collect();
    let extracted: BTreeSet<_> = quads.iter().map(ToString::to_string).collect();
    let difference: Vec<_> = stored.symmetric_difference(&extracted).take(3).collect();
    assert!(difference.is_empty(), "{difference:?}");
}

#[test]
fn output_does_not_depend_on_threads_nor_on_the_order_of_arguments() {
    let folder = folder();
    let expected = folder.run("extract news -j 1").good();
    assert_eq!(folder.run("extract news -j 2").good(), expected);
    let pair = folder.run("extract news/03.txt news/01.txt").good();
    assert_eq!(folder.run("extract news/01.txt news/03.txt news/01.txt").good(), pair);
}

#[test]
fn turtle_and_json_lines_parse() {
    let folder = folder();
    let turtle = folder.run("extract news --format turtle").good();
    let triples: Vec<_> = RdfParser::from_format(RdfFormat::Turtle)
        .for_slice(turtle.as_bytes())
        .collect::<Result<_, _>>()
        .expect("Turtle");
    assert!(triples.iter().all(|quad| quad.graph_name == GraphName::DefaultGraph) && triples.len() > 300);
    let lines = folder.run("extract news --format jsonl").good();
    let documents: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(documents.len(), 30);
    for (number, document) in documents.iter().enumerate() {
        assert_eq!(document["document"], format!("news/{number:02}.txt"));
        let text: Vec<_> = article(number).chars().collect();
        for amount in document["amounts"].as_array().expect("amounts") {
            let place = |end: &str| amount["evidence"][end].as_u64().expect("number") as usize;
            let quoted: String = text[place("begin")..place("end")].iter().collect();
            assert_eq!(amount["evidence"]["text"], quoted);
        }
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = folder();
    let mut child = Command::new(assert_cmd::cargo::cargo_bin!("parkgraph"))
        .args(["extract", "news", "news", "--format", "jsonl"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn explain_shows_rule_place_and_sentence() {
    let folder = folder();
    let text = folder.run("explain news/04.txt").good();
    for part in ["news/04.txt", "星河扶持办法4", "【5亿元】", "–"] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}
