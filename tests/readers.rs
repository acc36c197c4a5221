//! Exports opened by other programs: pyoxigraph, rdflib, networkx, pandas and Graphviz by a Python script, graphology and
//! Cytoscape.js by one of JavaScript; `make test` sets up what they need.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use parkgraph::export::{self, Source};
use parkgraph::graph::PropertyGraph;
use parkgraph::model::{
    Amount, Document, Entity, EntityId, EntityKind, Evidence, Mention, Money, Node, Predicate, Reading, Relation,
    Sentence, SourceSpan,
};
use parkgraph::store::Store;
use serde_json::Value;

/// The Python with the packages of `tests/readers/requirements.txt`.
pub fn python() -> PathBuf {
    let set = std::env::var_os("PARKGRAPH_PYTHON").map(PathBuf::from);
    let target = option_env!("CARGO_TARGET_TMPDIR").map(|tmp| Path::new(tmp).join("../venv/bin/python"));
    let found = set.into_iter().chain(target).find(|python| python.exists());
    found.expect(
        "no Python for the readers: run `make test`, or make a venv with tests/readers/requirements.txt \
         and set PARKGRAPH_PYTHON to its python",
    )
}

/// What the reader of `form` sees in a file, as `check.py` tells it.
fn seen(form: &str, file: &Path) -> Value {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers/check.py");
    let run = Command::new(python()).arg(script).arg(form).arg(file).output().expect("the Python runs");
    assert!(run.status.success(), "{form}: {}", String::from_utf8_lossy(&run.stderr));
    serde_json::from_slice(&run.stdout).expect("check.py prints JSON")
}

/// A document whose names and sentence hold what trips readers: quotes, angle brackets, ampersands, a control character.
pub fn reading() -> Reading {
    let text = "星河“高新”区<一期>签约青岚&白鹭传感器\u{b}项目,总投资180亿元。";
    let span = |part: &str| {
        let start = text[..text.find(part).expect("the text has it")].chars().count();
        SourceSpan::new(start, start + part.chars().count())
    };
    let evidence = |part: &str| Evidence {
        span: span(part),
        text: part.to_owned(),
        sentence: 0,
        rule: "test/hand",
        confidence: 900,
    };
    let entity = |kind, name: &str, part: &str| Entity {
        kind,
        names: vec![name.to_owned()],
        mentions: vec![Mention { evidence: evidence(part), name: 0 }],
    };
    let money = Money { value: 18_000_000_000_i64.into(), max: None, currency: "CNY", qualifier: None };
    let relation = |predicate, object, part: &str| Relation {
        subject: Node::Entity(EntityId(1)),
        predicate,
        object,
        evidence: vec![evidence(part)],
    };
    Reading {
        document: Document {
            key: "读者.txt".to_owned(),
            title: None,
            published: None,
            encoding: "UTF-8",
            hash: "0".repeat(64),
            characters: text.chars().count() as u32,
            origin: parkgraph::model::Origin::default(),
        },
        sentences: vec![Sentence { span: span(text), text: text.to_owned() }],
        entities: vec![
            entity(EntityKind::Park, "星河“高新”区<一期>", "星河“高新”区<一期>"),
            entity(EntityKind::Project, "青岚&白鹭传感器项目", "青岚&白鹭传感器\u{b}项目"),
        ],
        amounts: vec![Amount { money, investment: true, evidence: evidence("180亿元") }],
        groups: Vec::new(),
        relations: vec![
            relation(Predicate::LocatedIn, Node::Entity(EntityId(0)), "签约"),
            relation(Predicate::TotalInvestment, Node::Amount(0), "总投资180亿元"),
        ],
        observations: Vec::new(),
    }
}

/// The folder with the packages of `tests/readers/package.json`.
fn node_modules() -> PathBuf {
    let set = std::env::var_os("PARKGRAPH_NODE_MODULES").map(PathBuf::from);
    let target = option_env!("CARGO_TARGET_TMPDIR").map(|tmp| Path::new(tmp).join("../readers/node_modules"));
    let found = set.into_iter().chain(target).find(|folder| folder.exists());
    found.expect(
        "no JavaScript packages for the readers: run `make test`, or `npm ci` in a copy of tests/readers and set \
         PARKGRAPH_NODE_MODULES to its node_modules",
    )
}

/// What the JavaScript reader of `form` sees in a file, as `check.js` tells it.
fn seen_by_node(form: &str, file: &Path) -> Value {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers/check.js");
    let mut node = Command::new("node");
    let run = node.env("NODE_PATH", node_modules()).arg(script).arg(form).arg(file).output().expect("node runs");
    assert!(run.status.success(), "{form}: {}", String::from_utf8_lossy(&run.stderr));
    serde_json::from_slice(&run.stdout).expect("check.js prints JSON")
}

fn store() -> Store {
    let store = Store::memory().expect("memory");
    store.put(&[reading()], "test").expect("it is stored");
    store
}

fn strings(value: &Value) -> BTreeSet<&str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

#[test]
fn rdf_exports_are_read_by_others() {
    let store = store();
    let folder = tempfile::tempdir().expect("a folder");
    let labels = BTreeSet::from(["星河“高新”区<一期>", "青岚&白鹭传感器项目"]);
    let cases = [
        ("turtle", "turtle", false),
        ("ntriples", "ntriples", false),
        ("nquads", "nquads", false),
        ("trig", "trig", false),
        ("turtle", "turtle11", true),
        ("jsonld", "jsonld", false),
        ("rdfxml", "rdfxml", false),
    ];
    for (name, reader, plain) in cases {
        let file = folder.path().join(reader);
        let source = if plain { Source::whole(&store).plain() } else { Source::whole(&store) };
        let format = export::format(name).expect("it is in the table");
        export::write_file(&file, |out| (format.write)(&source, out)).expect("it is written");
        let view = seen(reader, &file);
        assert_eq!(strings(&view["labels"]), labels, "{reader}");
        // Two kinds, two relations, one sum.
        assert_eq!(view["evidence"], 5, "{reader}");
        assert!(view["statements"].as_u64() > Some(40), "{reader}");
        assert_eq!(view["graphs"].as_array().map(Vec::len), Some(usize::from(["nquads", "trig"].contains(&reader))));
    }
}

/// Writes a format, or the files of a bundle, and gives the path.
fn written(store: &Store, folder: &Path, name: &str) -> PathBuf {
    let path = folder.join(name);
    let write = |name: &str, path: &Path| {
        let format = export::format(name).expect("it is in the table");
        export::write_file(path, |out| (format.write)(&Source::whole(store), out)).expect("it is written");
    };
    match export::bundle(name) {
        Some(bundle) => {
            std::fs::create_dir(&path).expect("a folder");
            bundle.files.iter().for_each(|(format, file)| write(format, &path.join(file)));
        }
        None => write(name, &path),
    }
    path
}

fn sorted(value: &Value) -> Vec<String> {
    let mut items: Vec<String> = value.as_array().into_iter().flatten().map(Value::to_string).collect();
    items.sort();
    items
}

#[test]
fn rdf_1_1_says_the_same_in_every_format() {
    let store = store();
    let folder = tempfile::tempdir().expect("a folder");
    let views = [("turtle", "turtle11"), ("jsonld", "jsonld"), ("rdfxml", "rdfxml")].map(|(name, reader)| {
        let file = folder.path().join(reader);
        let format = export::format(name).expect("it is in the table");
        let source = Source::whole(&store).plain();
        export::write_file(&file, |out| (format.write)(&source, out)).expect("it is written");
        seen(reader, &file)
    });
    assert_eq!(views[0]["digest"], views[1]["digest"]);
    // XML leaves out the control character in the source.
    assert_eq!(views[0]["statements"], views[2]["statements"]);
    let both = ["turtle", "ntriples"].map(|name| seen(name, &written(&store, folder.path(), name))["digest"].clone());
    assert_eq!(both[0], both[1]);
}

#[test]
fn property_graphs_keep_every_label_edge_and_value() {
    let (park, project, sum) = ("星河“高新”区<一期>", "青岚&白鹭传感器项目", "180亿元");
    let store = store();
    let folder = tempfile::tempdir().expect("a folder");
    for (name, by_node, has_values, is_placed) in [
        ("graphml", false, true, false),
        ("gexf", false, true, true),
        ("gexf", true, true, true),
        ("cytoscape", true, true, true),
        ("neo4j", false, true, false),
        ("gephi", false, true, false),
        ("dot", false, false, false),
    ] {
        let inside = folder.path().join(format!("{name}-{by_node}"));
        std::fs::create_dir(&inside).expect("a folder");
        let file = written(&store, &inside, name);
        let view = if by_node { seen_by_node(name, &file) } else { seen(name, &file) };
        let value = has_values.then_some(18e9);
        let nodes = serde_json::json!([[park, "Park", null], [project, "Project", null], [sum, "Amount", value]]);
        let edges = serde_json::json!([[project, "locatedIn", park], [project, "totalInvestment", sum]]);
        // Numbers may be whole in one reader and broken in another.
        let alike = |it: &Value| sorted(it).join("\n").replace("18000000000.0", "18000000000");
        assert_eq!(alike(&view["nodes"]), alike(&nodes), "{name} {by_node}");
        assert_eq!(alike(&view["edges"]), alike(&edges), "{name} {by_node}");
        assert!(!is_placed || view["placed"] == true, "{name} {by_node}");
    }
}

#[test]
fn svg_shows_every_node_and_edge() {
    let folder = tempfile::tempdir().expect("a folder");
    let view = seen("svg", &written(&store(), folder.path(), "svg"));
    assert_eq!(view["nodes"].as_array().map(Vec::len), Some(3));
    assert_eq!(view["nodes"][0][0], "星河“高新”区<一期>");
    assert_eq!(view["edges"].as_array().map(Vec::len), Some(2));
}

#[test]
fn spreadsheets_open_the_tables() {
    let folder = tempfile::tempdir().expect("a folder");
    let tables = written(&store(), folder.path(), "csv");
    let view = seen("table", &tables.join("projects.csv"));
    let column = |name: &str| {
        let at = view["columns"].as_array().and_then(|heads| heads.iter().position(|head| head == name));
        view["rows"][0][at.unwrap_or_else(|| panic!("no column {name}"))].as_str().unwrap_or_default().to_owned()
    };
    for (name, cell) in [
        ("名称", "青岚&白鹭传感器项目"),
        ("总投资", "18000000000.0"),
        ("总投资原文", "180亿元"),
        ("位于", "星河“高新”区<一期>"),
        ("文档", "读者.txt"),
    ] {
        assert_eq!(column(name).trim_end_matches(".0"), cell.trim_end_matches(".0"), "{name}");
    }
    for file in ["enterprises.csv", "parks.csv", "policies.csv", "observations.csv"] {
        assert!(seen("table", &tables.join(file))["columns"].as_array().is_some_and(|heads| heads.len() > 5), "{file}");
    }
}

#[test]
fn networkx_computes_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = store();
    let graph = PropertyGraph::read(&store).expect("it can be read");
    let view = seen("analysis", &written(&store, folder.path(), "graphml"));
    for (at, rank) in graph.graph.node_indices().zip(graph.pagerank()) {
        let iri = &graph.graph[at].iri;
        assert!((view["pagerank"][iri].as_f64().expect("a rank") - rank).abs() < 1e-6, "{iri}");
        assert_eq!(view["degree"][iri], graph.degree(at), "{iri}");
    }
    let sizes: Vec<usize> = graph.components(1, 0).iter().map(|it| it.size).collect();
    assert_eq!(view["components"], serde_json::json!(sizes));
    let modularity = graph.communities(1, 0).modularity;
    assert!(view["louvain"].as_f64().expect("a modularity") - modularity < 0.05);
}
