//! `validate`: the shapes, with pySHACL as the judge, and the command as its users meet it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use parkgraph::export::{self, Source};
use parkgraph::shapes;
use parkgraph::store::Store;

use super::readers;
use super::support::{Folder, article};

const SHAPES: &str = "ontology/shapes.ttl";

const HEAD: &str = "@prefix pg: <https://w3id.org/parkgraph/ontology#> . @prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix ex: <http://example.org/> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
@prefix prov: <http://www.w3.org/ns/prov#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
";

/// Graphs, most of them broken, each in some other way.
const GRAPHS: [&str; 15] = [
    r#"ex:a a pg:Park ; skos:prefLabel "星河园"@zh, "Xinghe Park"@en ; skos:altLabel "园区"@zh ."#,
    r#"ex:a a pg:Park ; skos:prefLabel "星河园"@zh, "星河园区"@zh ."#,
    r#"ex:a a pg:Enterprise . _:b a pg:Industry ; skos:prefLabel "传感器" ; skos:altLabel ""@zh ."#,
    r#"ex:a a pg:Park ; skos:prefLabel "园"@zh, "parc"@fr ; pg:locatedIn "星河市", ex:nowhere ."#,
    r#"ex:a a pg:Project ; skos:prefLabel "甲"@zh ; pg:investor ex:b ; pg:status pg:planned, pg:finished .
       ex:b a pg:Place ; skos:prefLabel "乙"@zh ; pg:status pg:planned ."#,
    r#"ex:a a pg:Policy ; skos:prefLabel "甲"@zh ; pg:totalInvestment ex:b ; pg:issuedBy ex:a ; pg:partner ex:a ."#,
    r#"ex:m a schema:MonetaryAmount ; schema:value 0.0 ; schema:currency "CNY" ; pg:text "零" ."#,
    r#"ex:m a pg:InvestmentAmount ; schema:value 5.0, 6.0 ; schema:maxValue 5.5 ; pg:qualifier "nearly" ."#,
    r#"ex:m a pg:InvestmentAmount ; schema:value "5" ; schema:currency "元", "CNY" ; pg:text 5 ."#,
    r#"ex:g a pg:ProjectGroup ; pg:count 9 ; pg:countMax 5 . ex:p pg:memberOf ex:g, ex:p ."#,
    r#"ex:o a pg:Observation ; pg:indicator "产值", "税收" ; pg:period "last year" ; pg:target "yes" ; pg:subject ex:x ."#,
    r#"ex:o a pg:Observation ; pg:indicator "" ; schema:value 5.0 ; schema:maxValue 4.0 ; pg:growth 3 ; pg:period "2018-01/2018-06" ."#,
    r#"ex:d a pg:Document ; pg:contentHash "0" ; pg:characters -1 ; schema:datePublished "2023"^^xsd:gYear, "May" ; pg:reprintOf ex:d, ex:e ."#,
    r#"ex:m a pg:Mention ; nif:anchorOf "x" ; nif:beginIndex 7 ; nif:endIndex 7 ; nif:referenceContext ex:d ; nif:sentence ex:s ."#,
    r#"ex:f pg:confidence 1.5 ; prov:wasDerivedFrom ex:m . ex:h pg:confidence 1 ; pg:extractor "a", "b" ."#,
];

/// Node and condition of what our own run finds.
fn ours(graph: &str) -> BTreeSet<(String, String)> {
    let text = std::fs::read_to_string(root().join(SHAPES)).expect("the shapes are there");
    let rules = shapes::parse(&text).expect("they can be checked");
    let store = Store::of_rdf(graph.as_bytes(), Path::new("graph.ttl")).expect("Turtle");
    let found = shapes::validate(&store, &rules).expect("they run");
    let named = |it: &shapes::Finding| {
        let node = it.node.to_string();
        // Blank nodes have other names elsewhere.
        let node = if node.starts_with("_:") { "_".to_owned() } else { node.trim_matches(['<', '>']).to_owned() };
        (node, rules[it.rule].component.to_owned())
    };
    found.iter().map(named).collect()
}

/// The same of pySHACL.
fn theirs(graph: &str, folder: &Path) -> BTreeSet<(String, String)> {
    let file = folder.join("graph.ttl");
    std::fs::write(&file, graph).expect("a file");
    let script = root().join("tests/readers/shacl.py");
    let run = Command::new(readers::python()).arg(script).arg(root().join(SHAPES)).arg(&file).output();
    let run = run.expect("the Python runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let found: Vec<(String, String)> = serde_json::from_slice(&run.stdout).expect("JSON");
    let blank = |node: String| if node.starts_with("http") { node } else { "_".to_owned() };
    found.into_iter().map(|(node, component)| (blank(node), component)).collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn another_processor_finds_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    for (number, graph) in GRAPHS.iter().enumerate() {
        let graph = format!("{HEAD}{graph}");
        let ours = ours(&graph);
        assert_eq!(ours, theirs(&graph, folder.path()), "{graph}");
        assert_eq!(ours.is_empty(), number == 0, "{graph}");
    }
}

#[test]
fn what_a_store_exports_for_others_conforms_there_too() {
    let store = Store::memory().expect("memory");
    store.put(&[readers::reading()], "test").expect("it is stored");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("export.ttl");
    let format = export::format("turtle").expect("it is in the table");
    export::write_file(&file, |out| (format.write)(&Source::whole(&store).plain(), out)).expect("it is written");
    let graph = std::fs::read_to_string(&file).expect("it is there");
    assert_eq!(ours(&graph), BTreeSet::new());
    assert_eq!(theirs(&graph, folder.path()), BTreeSet::new());
}

#[test]
fn a_store_is_checked_and_findings_are_told_in_both_languages() {
    let folder = Folder::new();
    folder.write("a.txt", article(1));
    folder.run("build a.txt -l graph -q").good();
    let told = folder.run("validate -l graph --lang en").good();
    assert!(told.starts_with("conforms"), "{told}");
    folder.write("broken.ttl", format!("{HEAD}ex:a a pg:Park ."));
    for (lang, words) in [("zh", "没有首选名称"), ("en", "no preferred name")] {
        let run = folder.run(&format!("validate --file broken.ttl --lang {lang}"));
        assert_eq!(run.status(), 1);
        assert!(run.out().contains(words), "{}", run.out());
    }
    let run = folder.run("validate --file broken.ttl --format json");
    let report: serde_json::Value = serde_json::from_str(&run.out()).expect("JSON");
    assert_eq!(report["conforms"], false);
    assert_eq!(report["results"][0]["component"], "MinCountConstraintComponent");
    folder.write(
        "strange.ttl",
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <http://e/> a sh:NodeShape ; sh:closed true .",
    );
    assert_eq!(folder.run("validate -l graph --shapes strange.ttl").status(), 2);
}
