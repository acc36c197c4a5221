//! `ask` and `export` as commands: what they print, where they write, how they end.

use std::fs;
use std::path::Path;

use parkgraph::ask::{self, Answer};
use parkgraph::evaluate::{Annotated, read_folder};
use parkgraph::message::Lang;
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

    let planned = folder.run("ask 传感器项目有哪些 -l graph --explain");
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
    let line = "ask 青岚白鹭传感器烧钱多少 -l graph --patterns own";
    assert!(folder.run(line).out().starts_with("总投资：180亿元。"));

    folder.write("own/burn.toml", frame.replace("甲烧钱多少", "别的"));
    let refused = folder.run(line);
    assert_eq!(refused.status(), 2);
    assert!(refused.err().contains("burn.toml"), "{}", refused.err());
}

/// The annotated articles in a folder of `tests/questions`.
fn articles(folder: &str) -> Vec<Annotated> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/questions").join(folder);
    read_folder(&folder).expect("the annotated articles are there")
}

/// A store of perfect readings of annotated articles.
fn perfect<'a>(articles: impl IntoIterator<Item = &'a Annotated>) -> Store {
    let text = |article: &Annotated| String::from_utf8(article.bytes.clone()).expect("they are UTF-8");
    let readings: Vec<_> = articles.into_iter().map(|article| article.gold.to_reading(&text(article))).collect();
    let store = Store::memory().expect("memory");
    store.put(&readings, "test").expect("it is stored");
    store
}

/// A name without what does not tell names apart, or a figure without its measure word.
fn plain(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && !"\"“”‘’「」《》".contains(*c)).collect();
    let text = text.to_lowercase().trim_start_matches('约').to_owned();
    text.strip_suffix("项目").filter(|rest| !rest.is_empty()).map_or(text.clone(), str::to_owned)
}

/// F1 of the answers to one question.
fn grade(question: &Value, answers: &[Answer]) -> f64 {
    let lists = |name: &str| -> Vec<Vec<String>> {
        let list = question[name].as_array().cloned().unwrap_or_default();
        let forms = |it: &Value| it.as_array().into_iter().flatten().filter_map(Value::as_str).map(plain).collect();
        list.iter().map(forms).collect()
    };
    let (wanted, optional) = (lists("answers"), lists("optional"));
    let says = |answer: &Answer, accepted: &Vec<String>| {
        let unit = answer.unit.clone().unwrap_or_default();
        let figure = answer.value.map(|value| format!("{}{unit}", value.normalize()));
        let names = answer.aliases.iter().chain([&answer.label]).chain(figure.iter()).map(|name| plain(name));
        names.into_iter().any(|name| accepted.contains(&name))
    };
    let right = wanted.iter().filter(|accepted| answers.iter().any(|answer| says(answer, accepted))).count();
    let known = |answer: &&Answer| wanted.iter().chain(&optional).any(|accepted| says(answer, accepted));
    let wrong = answers.len() - answers.iter().filter(known).count();
    match wanted.len() {
        0 => f64::from(u8::from(answers.is_empty())),
        count => 2.0 * right as f64 / (right + wrong + count) as f64,
    }
}

/// Folder of articles, questions about them, and how many of a hundred may be wrong. The patterns were not written after
/// the last ones, which tell how questions of others are answered; their wrong answers are not shown.
const OWN: [(&str, &[&str], usize); 3] =
    [("articles", &["train", "kinds"], 5), ("zones", &["zones"], 12), ("zones", &["zones-held"], 20)];

/// Asks the questions of a file; what was answered wrong, and how many were asked.
fn asked(store: &Store, file: &str) -> (Vec<String>, usize) {
    let names = ask::Names::read(store).expect("the store can be read");
    let grammar = ask::Grammar::shipped().expect("the shipped files can be read");
    let path = format!("{}/tests/questions/{file}.jsonl", env!("CARGO_MANIFEST_DIR"));
    let (mut wrong, mut asked) = (Vec::new(), 0);
    for line in fs::read_to_string(path).expect("the questions are there").lines() {
        let question: Value = serde_json::from_str(line).expect("JSON");
        let text = question["question"].as_str().unwrap_or_default();
        let reply = ask::ask_among(grammar, &names, store, text, Lang::Zh).expect("the store can be read");
        let shown = reply.answers.iter().all(|answer| !answer.evidence.is_empty());
        asked += 1;
        if grade(&question, &reply.answers) < 0.8 || !shown {
            let labels: Vec<&String> = reply.answers.iter().map(|answer| &answer.label).collect();
            wrong.push(format!("{text}: {labels:?} by {:?}", reply.plan.map(|plan| plan.to_string())));
        }
    }
    (wrong, asked)
}

#[test]
fn own_questions_are_answered_right() {
    for (folder, files, most) in OWN {
        let store = perfect(&articles(folder));
        let (mut wrong, mut count) = (Vec::new(), 0);
        for file in files {
            let (more, asked) = asked(&store, file);
            wrong.extend(more);
            count += asked;
        }
        let shown = if files.contains(&"zones-held") { String::new() } else { wrong.join("\n") };
        assert!(wrong.len() * 100 <= count * most, "{files:?}: {} of {count} are wrong:\n{shown}", wrong.len());
    }
}

/// How many of a hundred loosely worded questions may be wrong. They were written by two who had not seen patterns or
/// program; the reading was mended by what was wrong with them, but for the sets of [`UNREAD`], at whose errors nobody has looked.
const LOOSE: usize = 26;
const SETS: usize = 14;
const UNREAD: [usize; 2] = [6, 14];

#[test]
fn loosely_worded_questions_are_answered_right() {
    let known: Vec<Annotated> = articles("loose").into_iter().chain(articles("zones")).collect();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for set in 1..=SETS {
        let list = format!("{}/tests/questions/loose/{set}.articles", env!("CARGO_MANIFEST_DIR"));
        let list = fs::read_to_string(list).expect("the list of articles is there");
        let of_set =
            |article: &&Annotated| article.path.file_stem().is_some_and(|stem| list.lines().any(|it| it == stem));
        let of_set: Vec<&Annotated> = known.iter().filter(of_set).collect();
        assert_eq!(of_set.len(), list.lines().count(), "articles of set {set}");
        let (more, asked) = asked(&perfect(of_set), &format!("loose/{set}"));
        if !UNREAD.contains(&set) {
            wrong.extend(more);
        } else {
            wrong.extend(more.iter().map(|_| "(held out)".to_owned()));
        }
        count += asked;
    }
    println!("{} of {count} loosely worded questions are wrong", wrong.len());
    let shown = wrong.join("\n");
    assert!(wrong.len() * 100 <= count * LOOSE, "{} of {count} are wrong:\n{shown}", wrong.len());
}

#[test]
fn nonsense_is_answered_with_nothing() {
    let store = perfect(&articles("articles"));
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/questions/nonsense.txt");
    let long = ["智能传感器项目".repeat(1500), "(\"".repeat(5000), "投资了".repeat(3400)];
    let lines = fs::read_to_string(file).expect("the questions are there");
    for question in lines.lines().map(str::to_owned).chain(long) {
        let reply = ask::ask(&store, &question, Lang::Zh).expect("the store can be read");
        let labels: Vec<&String> = reply.answers.iter().map(|answer| &answer.label).collect();
        assert!(labels.is_empty(), "{question}: {labels:?}");
    }
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

#[test]
fn shipped_patterns_read_their_examples() {
    let grammar = ask::Grammar::shipped().expect("the shipped files can be read");
    assert_eq!(grammar.faults(), Vec::<String>::new());
}
