//! `ask` and `export` as commands: what they print, where they write, how they end.

use std::fs;

use parkgraph::store::{Mode, Store};
use serde_json::Value;

use crate::readers;
use crate::support::Folder;

/// A folder with a store `graph` of one document.
fn folder() -> Folder {
    let folder = Folder::new();
    let store = Store::open(&folder.at("graph"), Mode::Write).expect("a new store");
    store.put(&[readers::reading()], "test").expect("it is stored");
    folder
}

#[test]
fn answers_go_to_standard_output_and_tell_by_the_status() {
    let folder = folder();
    let found = folder.run("ask 青岚白鹭传感器项目总投资多少 -l graph");
    assert_eq!((found.status(), found.err()), (0, String::new()));
    assert!(found.out().starts_with("总投资：180亿元。") && found.out().contains("读者.txt"), "{}", found.out());

    let missing = folder.run("ask 火星基地总投资多少 -l graph --format json");
    let reply: Value = serde_json::from_str(&missing.out()).expect("JSON");
    assert_eq!((missing.status(), &reply["answers"]), (1, &Value::Array(Vec::new())));

    let planned = folder.run("ask 传感器项目有哪些 -l graph --plan");
    assert!(planned.out().contains("# list Project where topic(传感器)"), "{}", planned.out());
    assert!(planned.out().contains("SELECT"));

    let nowhere = folder.run("ask 传感器项目有哪些 -l nothing");
    assert_eq!((nowhere.status(), nowhere.out()), (2, String::new()));
}

#[test]
fn patterns_of_ones_own_are_used_if_their_examples_hold() {
    let folder = folder();
    let frame = "title = \"t\"\nplan = \"value\"\nattribute = [\"totalInvestment\"]\npatterns = [\"<name>烧钱{howmuch}\"]\n\
                 [[misses]]\nquestion = \"你好\"\n[[hits]]\nquestion = \"甲烧钱多少\"\nslots = { name = \"甲\" }\n";
    folder.write("own/burn.toml", frame);
    let line = "ask 青岚白鹭传感器烧钱多少 -l graph --questions own";
    assert!(folder.run(line).out().starts_with("总投资：180亿元。"));

    folder.write("own/burn.toml", frame.replace("甲烧钱多少", "别的"));
    let refused = folder.run(line);
    assert_eq!(refused.status(), 2);
    assert!(refused.err().contains("burn.toml"), "{}", refused.err());
}

#[test]
fn exports_replace_files_whole_and_are_the_same_each_time() {
    let folder = folder();
    for format in ["turtle", "nquads", "ntriples", "trig", "jsonld", "rdfxml", "graphml", "dot"] {
        let written = folder.run(&format!("export -l graph --format {format} -o out.{format}"));
        assert_eq!((written.status(), written.out(), written.err()), (0, String::new(), String::new()), "{format}");
        let printed = folder.run(&format!("export -l graph --format {format}"));
        let file = fs::read_to_string(folder.at(&format!("out.{format}"))).expect("it is there");
        assert_eq!(file, printed.out(), "{format}");
    }
    let part = folder.run("export -l graph --format dot --type Park");
    assert!(part.out().contains("星河") && !part.out().contains("白鹭"), "{}", part.out());
    let around = folder.run("export -l graph --format dot --focus 青岚白鹭传感器 --hops 1");
    assert!(around.out().contains("星河") && around.out().contains("180亿元"), "{}", around.out());
}

#[test]
fn wrong_use_of_export_leaves_nothing_behind() {
    let folder = folder();
    for (line, word) in [
        ("export -l graph --format pdf", "graphml"),
        ("export -l graph --type Car", "Enterprise"),
        ("export -l graph --focus 火星", "nothing called"),
        ("export -l graph -o missing/out.ttl", "cannot write"),
        ("export -l graph --hops 2", "--focus"),
    ] {
        let run = folder.run(line);
        assert_eq!((run.status(), run.out()), (2, String::new()), "{line}");
        assert!(run.err().contains(word), "{line}: {}", run.err());
    }
    assert_eq!(fs::read_dir(folder.path()).map(Iterator::count).ok(), Some(1));
}
