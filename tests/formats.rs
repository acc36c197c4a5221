//! The same articles in every format people have them in give the same facts; hostile files cost only themselves.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::Value;
use zip::write::SimpleFileOptions;

use crate::support::{Folder, article};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn fixture(name: &str) -> PathBuf {
    root().join("tests/formats").join(name)
}

/// What `extract` says of files, one object a document.
fn documents(paths: &[PathBuf]) -> Vec<Value> {
    let folder = Folder::new();
    let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    let arguments: Vec<&str> =
        ["extract", "--format", "jsonl"].into_iter().chain(paths.iter().map(String::as_str)).collect();
    let out = folder.run_with(&arguments).out();
    out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// Entities by kind and name, and sums by value and currency.
fn facts(document: &Value) -> BTreeSet<String> {
    let list = |name: &str| document[name].as_array().expect("a list").clone();
    let entities = list("entities").into_iter().map(|it| format!("{} {}", it["type"], it["names"][0]));
    let sums = list("amounts").into_iter().map(|it| format!("{} {}", it["value"], it["currency"]));
    entities.chain(sums).collect()
}

const SAMPLES: [(&str, &str); 2] = [("valley", "01-bengbu-sensor-valley"), ("displays", "06-hefei-xinzhan-displays")];

#[test]
fn every_format_gives_the_facts_of_plain_text() {
    for (at, (name, sample)) in SAMPLES.into_iter().enumerate() {
        let plain = facts(&documents(&[root().join(format!("samples/{sample}.txt"))])[0]);
        assert!(plain.len() > 15, "{name}: {}", plain.len());
        for (file, least) in [
            (format!("{name}.html"), 100),
            (format!("{name}.docx"), 100),
            (format!("{name}.pdf"), 100),
            (format!("{name}.md"), 100),
            ("both.jsonl".to_owned(), 100),
            ("both.zip".to_owned(), 100),
            (format!("{name}-columns.pdf"), 95),
        ] {
            let found = documents(&[fixture(&file)]);
            let own = match (file.as_str(), found.len()) {
                ("both.jsonl", 2) => at,
                // An archive is read in the order of its own list, which is that of SAMPLES.
                ("both.zip", 2) => at,
                (_, 1) => 0,
                (_, count) => panic!("{file}: {count} documents"),
            };
            let found = facts(&found[own]);
            let same = plain.intersection(&found).count();
            let missing: Vec<_> = plain.difference(&found).collect();
            assert!(same * 100 >= plain.len() * least, "{file}: {same} of {}; {missing:?}", plain.len());
        }
    }
}

#[test]
fn places_and_heads_are_told_in_the_terms_of_the_file() {
    let html = &documents(&[fixture("valley.html")])[0];
    for (field, expected) in [
        ("published", "2023-06-13"),
        ("dated_by", "header"),
        ("publisher", "星河日报"),
        ("author", "沈砚秋"),
        ("address", "https://news.example.org/2023/0613/t1.html"),
        ("encoding", "GB18030"),
    ] {
        assert_eq!(html[field], expected, "{field}");
    }
    for (file, beginning) in [
        ("valley.html", "paragraph="),
        ("valley.docx", "paragraph="),
        ("valley-columns.pdf", "page=1,line="),
        ("ledger.csv", "D"),
        ("ledger.xlsx", "ledger!D"),
        ("ledger.xls", "ledger!D"),
        ("both.jsonl", "text"),
    ] {
        let document = &documents(&[fixture(file)])[0];
        let place = document["amounts"][0]["evidence"]["place"].as_str().unwrap_or_default();
        assert!(place.starts_with(beginning), "{file}: {place}");
    }
}

#[test]
fn ledgers_say_the_same_in_every_form() {
    let told: Vec<_> = ["ledger.csv", "ledger.xlsx", "ledger.xls"]
        .map(|file| {
            let document = documents(&[fixture(file)]).remove(0);
            (facts(&document), document["relations"].as_array().map(Vec::len))
        })
        .into();
    assert_eq!(told[0], told[1]);
    assert_eq!(told[0], told[2]);
    for fact in
        ["\"Project\" \"青岚传感器产业园项目\"", "3000000000 \"CNY\"", "800000000 \"CNY\"", "\"Park\" \"云杉产业园\""]
    {
        assert!(told[0].0.contains(fact), "{fact}: {:?}", told[0].0);
    }
}

#[test]
fn a_ledger_and_an_article_meet_in_one_graph() {
    let folder = Folder::new();
    folder.write("in/台账.csv", "项目名称,总投资（亿元）,状态\n星河传感器产业园项目,30,在建\n");
    folder
        .write("in/要闻.txt", "星河传感器产业园项目开工\n\n本报讯 星河传感器产业园项目总投资30亿元，昨日开工建设。\n");
    folder.run("build in -l graph").good();
    let query = "SELECT (COUNT(DISTINCT ?d) AS ?n) WHERE { ?f rdf:reifies <<( <https://w3id.org/parkgraph/id/project/星河传感器产业园项目> a pg:Project )>> ; prov:wasDerivedFrom ?m . ?m nif:referenceContext ?d }";
    let out = folder.run_with(&["query", query, "-l", "graph", "--format", "csv"]).good();
    assert_eq!(out.lines().nth(1), Some("2"), "{out}");
}

#[test]
fn pages_without_text_are_named() {
    let folder = Folder::new();
    let run = |file: &str, more: &[&str]| {
        let path = fixture(file).display().to_string();
        folder.run_with(&[&["extract", &path], more].concat())
    };
    let some = run("page-without-text.pdf", &[]);
    assert!(some.status() == 0 && some.err().contains("page 2 has no text layer"), "{}", some.err());
    assert_eq!(run("page-without-text.pdf", &["--strict"]).status(), 2);
    assert!(run("no-text.pdf", &[]).err().contains("no page of the PDF has a text layer"));
    assert!(run("encrypted.pdf", &[]).err().contains("encrypted"));
}

/// An archive of one file of zeros that swells a thousandfold.
fn bomb() -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("bomb.txt", SimpleFileOptions::default()).expect("a file");
    let zeros = vec![b'0'; 1 << 20];
    (0..400).for_each(|_| archive.write_all(&zeros).expect("written"));
    archive.start_file("good.txt", SimpleFileOptions::default()).expect("a file");
    archive.write_all(article(3).as_bytes()).expect("written");
    archive.finish().expect("an archive").into_inner()
}

#[test]
fn hostile_files_cost_only_themselves() {
    let folder = Folder::new();
    folder.write("in/good.txt", article(1));
    folder.write("in/bomb.zip", bomb());
    folder.write("in/broken.xlsx", b"PK\x03\x04 and nothing more");
    folder.write("in/broken.pdf", b"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 1 0 R >>");
    folder.write("in/photo.png", b"\x89PNG\r\n\x1a\n\0\0");
    folder.write("in/nested.html", format!("<html><body>{}", "<table><tr><td>".repeat(100_000)));
    let huge = fs::File::create(folder.at("in/huge.html")).expect("a file");
    (&huge).write_all(b"<html><body><p>").expect("written");
    huge.set_len(1 << 30).expect("a sparse file");
    let run = folder.run("build in -l graph --quarantine refused.jsonl --results json");
    assert_eq!(run.status(), 1, "{}", run.err());
    for says in [
        "bomb.txt: unpacked it would be larger",
        "huge.html: the file is larger than 64 MB",
        "broken.xlsx: ",
        "broken.pdf: ",
    ] {
        assert!(run.err().contains(says), "{says}: {}", run.err());
    }
    assert!(!run.err().contains("panicked"), "{}", run.err());
    let rows: Vec<Value> = run.out().lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let read: Vec<_> =
        rows.iter().filter(|row| row["status"] == "read").map(|row| row["document"].to_string()).collect();
    assert_eq!(read, ["\"in/bomb.zip/good.txt\"", "\"in/good.txt\""]);
    let refused = fs::read_to_string(folder.at("refused.jsonl")).expect("the list");
    assert_eq!(refused.lines().count(), 5, "{refused}");
    assert_eq!(folder.run("build in -l graph --strict").status(), 2);
}

#[test]
fn what_takes_too_long_is_given_up_and_named() {
    let folder = Folder::new();
    folder.write("in/good.txt", article(1));
    folder.write("in/slow.pdf", fs::read(fixture("valley.pdf")).expect("the fixture"));
    let run = folder.run("build in -l graph --read-limit-s 0 --quarantine refused.jsonl");
    assert_eq!(run.status(), 1, "{}", run.err());
    assert!(run.err().contains("longer than 0 s") && run.err().contains("1 not read, 1 done"), "{}", run.err());
    assert!(fs::read_to_string(folder.at("refused.jsonl")).expect("the list").contains("in/slow.pdf"));
    folder.run("build in -l graph").good();
}

#[cfg(unix)]
#[test]
fn loops_of_links_end_and_names_in_gbk_are_read() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let folder = Folder::new();
    folder.write("in/a/1.txt", article(1));
    let (name, _, _) = encoding_rs::GB18030.encode("要闻.txt");
    fs::write(folder.at("in").join(OsStr::from_bytes(&name)), article(2)).expect("file");
    std::os::unix::fs::symlink("..", folder.at("in/a/up")).expect("link");
    std::os::unix::fs::symlink("nowhere", folder.at("in/gone")).expect("link");
    let run = folder.run("build in -l graph");
    assert_eq!(run.status(), 1, "{}", run.err());
    assert!(run.err().contains("gone") && run.err().contains("2 documents"), "{}", run.err());
    let said = folder.said("graph").concat();
    assert!(said.contains("document/in/要闻.txt") && said.contains("document/in/a/1.txt"));
}

#[test]
fn a_folder_of_many_files_is_read_and_told_in_few_lines() {
    let folder = Folder::new();
    folder.write("in/good.txt", article(1));
    for number in 0..20_000 {
        // Pictures among articles are passed over; an empty file is told.
        let bytes: &[u8] = if number % 20 == 0 { b"" } else { b"\x89PNG\r\n\x1a\n\0\0" };
        fs::write(folder.at(&format!("in/{number}")), bytes).expect("a file");
    }
    let run = folder.run("build in -l graph --quarantine refused.jsonl");
    assert_eq!(run.status(), 1, "{}", run.err());
    assert!(run.err().contains("950 more were not read") && run.err().lines().count() < 70, "{}", run.err());
    assert!(run.err().contains("1000 not read, 1 done"), "{}", run.err());
    assert_eq!(fs::read_to_string(folder.at("refused.jsonl")).expect("the list").lines().count(), 20_000);
}

#[test]
fn annotate_shows_the_article_of_a_page() {
    let folder = Folder::new();
    let page = fixture("valley.html").display().to_string();
    let shown = folder.run_with(&["annotate", &page]).good();
    assert!(shown.contains("class=\"sentence\"") && !shown.contains("&lt;html"), "{shown}");
    let several = folder.run_with(&["annotate", &fixture("both.zip").display().to_string()]);
    assert!(several.status() == 2 && several.err().contains("several articles"), "{}", several.err());
}

#[test]
fn standard_input_is_read_and_unchanged_records_are_left_alone() {
    let folder = Folder::new();
    let output = crate::support::command()
        .current_dir(folder.path())
        .args(["build", "-", "-l", "graph"])
        .write_stdin(fs::read(fixture("both.jsonl")).expect("the fixture"))
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let path = fixture("both.jsonl").display().to_string();
    folder.run_with(&["build", &path, "-l", "other"]).good();
    let again = folder.run_with(&["build", &path, "-l", "other"]);
    assert!(again.err().contains("2 unchanged"), "{}", again.err());
}
