//! Each kind of wrong input gives one clear message with the remedy, and the documented exit status.

use parkgraph::store::{Mode, Store};

use crate::support::{Folder, article};

/// A folder with everything that can be wrong.
fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("a/good.txt", article(1));
    folder.write("a/other.txt", article(2));
    folder.write("bad/empty.txt", "");
    folder.write("bad/blank.txt", " \n\n\u{3000}\n");
    folder.write("bad/picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01");
    folder.write("bad/binary.txt", [0, 159, 146, 150, 255, 254, 0, 0, 1, 2, 3, 128, 129, 0xff, 0xff].repeat(40));
    folder.write("pictures/photo.jpg", b"\xff\xd8\xff\xe0");
    folder.write("notes/readme.doc", "x");
    folder.write("broken.rq", "SELEKT ?s");
    folder.write("own/wrong.rq", "#+ nonsense\nSELECT ?s WHERE { ?s ?p ?o }");
    drop(Store::open(&folder.at("newer"), Mode::Write).expect("store"));
    folder.write("newer/parkgraph-store", "7\n");
    folder.run("build a -l graph").good();
    folder
}

#[test]
fn every_mistake_has_its_message_and_status() {
    let folder = folder();
    for (line, status, says) in [
        ("extract nowhere.txt", 2, "nowhere.txt does not exist; check"),
        ("extract bad/empty.txt", 2, "bad/empty.txt: the file is empty;"),
        ("extract bad/blank.txt", 2, "the file is empty;"),
        ("extract bad/picture.png", 2, "PNG"),
        ("extract bad/binary.txt", 2, "text"),
        ("extract pictures", 2, "there is no document"),
        ("explain nowhere.txt", 2, "does not exist; check"),
        ("explain bad/empty.txt", 2, "the file is empty;"),
        ("explain a", 2, "one file"),
        ("build pictures -l new", 2, "there is no document"),
        ("build a -l notes", 2, "notes is not a parkgraph store; give"),
        ("build a -l broken.rq", 2, "broken.rq is not a parkgraph store; give"),
        ("build a -l newer", 2, "has format 7"),
        (
            "query documents -l nowhere",
            2,
            "there is no store in nowhere; make one with `parkgraph build PATH -l nowhere`",
        ),
        ("query documents -l notes", 2, "notes is not a parkgraph store; give"),
        ("query documents -l newer", 2, "update parkgraph"),
        ("query projects -l graph", 2, "no saved query `projects`; there are: "),
        ("query documents -l graph --set colour=red", 2, "no parameter `colour`; it has: title"),
        ("query projects-over-amount -l graph --set amount=much", 2, "no number for the parameter `amount`"),
        ("query --query-file broken.rq -l graph", 2, "not valid SPARQL: error at 1:"),
        ("query --query-file missing.rq -l graph", 2, "cannot read missing.rq"),
        ("query documents -l graph --queries own", 2, "line 1 of the saved query `wrong`"),
        ("query documents -l graph --queries nowhere", 2, "cannot read the queries in nowhere"),
        ("query documents", 2, "--location <DIR>"),
        ("stats -l nowhere", 2, "there is no store in nowhere"),
        ("build a", 2, "--location <DIR>"),
        ("conquer", 2, "unrecognized subcommand"),
        ("query observations -l graph --fail-empty", 1, ""),
    ] {
        let run = folder.run(line);
        assert_eq!(run.status(), status, "{line}: {}", run.err());
        assert!(run.err().contains(says), "{line}: {}", run.err());
        assert!(!run.err().contains("panicked") && !run.err().contains("backtrace"), "{line}: {}", run.err());
        if status == 2 {
            assert_eq!(run.out(), "", "{line}: data besides a failure");
        }
    }
}

#[test]
fn one_bad_file_costs_only_itself_and_is_told_at_the_end() {
    let folder = folder();
    let line = "build a bad/empty.txt bad/picture.png nowhere.txt -l some";
    let run = folder.run(line);
    assert_eq!(run.status(), 1, "{}", run.err());
    let told = run.err();
    let place = |what: &str| told.find(what).unwrap_or_else(|| panic!("{what} is not in {told}"));
    assert!(place("2 documents") < place("nowhere.txt"), "{told}");
    assert!(place("empty.txt: the file is empty") < place("3 not read, 2 done"), "{told}");
    assert_eq!(folder.canonical("some"), folder.canonical("graph"));
    let run = folder.run("extract bad/empty.txt a/good.txt");
    assert_eq!(run.status(), 1);
    assert!(run.out().lines().count() > 5);
}

#[test]
fn messages_come_in_chinese_too() {
    let folder = folder();
    for (line, says) in [
        ("extract nowhere.txt --lang zh", "错误：nowhere.txt 不存在；请检查路径"),
        ("extract bad/empty.txt --lang zh", "文件是空的；请"),
        ("query documents -l nowhere --lang zh", "里没有库；请先运行"),
        ("query --query-file broken.rq -l graph --lang zh", "不是有效的 SPARQL"),
        ("build a -l graph --lang=zh", "2 篇文档（新 0，变 0，未变 2）"),
    ] {
        let run = folder.run(line);
        assert!(run.err().contains(says), "{line}: {}", run.err());
    }
    let help = folder.run("build --help --lang zh").good();
    assert!(help.contains("把文件和文件夹读入库") && help.contains("示例："), "{help}");
}

#[test]
fn a_store_in_use_is_told() {
    let folder = folder();
    let store = Store::open(&folder.at("graph"), Mode::Write).expect("store");
    for line in ["build a -l graph", "query documents -l graph", "stats -l graph"] {
        let run = folder.run(line);
        assert_eq!(run.status(), 2, "{line}");
        assert!(run.err().contains("in use by another process; wait"), "{line}: {}", run.err());
    }
    drop(store);
    folder.run("query documents -l graph").good();
}
