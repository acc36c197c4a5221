//! Exports opened by other programs: pyoxigraph, rdflib and networkx, in the Python that `make test` sets up.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use parkgraph::export::{self, Source};
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

#[test]
fn networkx_reads_graphml() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("graph.graphml");
    let store = store();
    let format = export::format("graphml").expect("it is in the table");
    export::write_file(&file, |out| (format.write)(&Source::whole(&store), out)).expect("it is written");
    let view = seen("graphml", &file);
    assert_eq!(strings(&view["labels"]), BTreeSet::from(["星河“高新”区<一期>", "青岚&白鹭传感器项目", "180亿元"]));
    assert_eq!(strings(&view["kinds"]), BTreeSet::from(["Park", "Project", "Amount"]));
    assert_eq!(strings(&view["relations"]), BTreeSet::from(["locatedIn", "totalInvestment"]));
    assert_eq!((&view["nodes"], &view["edges"]), (&3.into(), &2.into()));
    assert_eq!(view["values"][0].as_f64(), Some(18e9));
}
