//! A store depends on the documents alone: not on their order, the number of threads or the folder we are in.

use crate::support::{Folder, article};

fn folder() -> Folder {
    let folder = Folder::new();
    for number in 0..40 {
        folder.write(&format!("news/{}/{number:02}.txt", 2020 + number % 3), article(number));
    }
    folder
}

#[test]
fn any_order_and_any_number_of_threads_give_the_same_store() {
    let folder = folder();
    folder.run("build news -l whole -j 1").good();
    folder.run("build news/2022 -l parts").good();
    folder.run("build news -l parts -j 2").good();
    let whole = folder.canonical("whole");
    let keys = |prefix: &str| whole.iter().filter(|line| line.contains(&format!("/document/{prefix}/"))).count();
    assert!(keys("news/2021") > 0 && keys("2021") == 0, "keys begin with the folder given");
    // The part that was read before has keys of its own, since another folder was given.
    folder.run("build news/2022 -l whole").good();
    assert_eq!(folder.canonical("whole"), folder.canonical("parts"));
}

#[test]
fn the_same_again_changes_nothing_and_a_changed_file_replaces_its_facts() {
    let folder = folder();
    let first = folder.run("build news -l graph");
    assert!(first.err().contains("40 documents (40 new, 0 changed, 0 unchanged), "), "{}", first.err());
    assert_eq!(first.out(), "", "data on standard output");
    let before = folder.canonical("graph");
    let again = folder.run("build news -l graph");
    assert!(again.err().contains("40 documents (0 new, 0 changed, 40 unchanged), "), "{}", again.err());
    assert_eq!(folder.canonical("graph"), before);
    folder.write("news/2020/00.txt", article(99));
    let changed = folder.run("build news -l graph");
    assert!(changed.err().contains("(0 new, 1 changed, 39 unchanged)"), "{}", changed.err());
    folder.run("build news -l afresh").good();
    assert_eq!(folder.canonical("graph"), folder.canonical("afresh"));
    assert_ne!(folder.canonical("graph"), before);
}

#[test]
fn the_same_files_have_the_same_keys_from_anywhere() {
    let folder = folder();
    folder.run("build news/2020/00.txt news/2020/03.txt -l one").good();
    let inside = Folder::new();
    let file = |name: &str| folder.at(&format!("news/2021/../2020/{name}")).display().to_string();
    let store = folder.at("two").display().to_string();
    inside.run_with(&["build", &file("03.txt"), &file("00.txt"), "-l", &store]).good();
    assert_eq!(folder.canonical("one"), folder.canonical("two"));
    assert!(folder.canonical("one")[0].contains("/document/2020/00.txt"));
}

#[test]
fn files_that_would_share_a_name_keep_apart() {
    let folder = Folder::new();
    folder.write("x/2020/a.txt", article(1));
    folder.write("y/2020/a.txt", article(2));
    folder.run("build x/2020/a.txt y/2020/a.txt -l graph").good();
    let documents = folder.run("query documents -l graph --format csv").good();
    assert!(documents.contains("document/x/2020/a.txt") && documents.contains("document/y/2020/a.txt"), "{documents}");
}

#[test]
fn quiet_is_quiet() {
    let folder = folder();
    let run = folder.run("build news -l graph --quiet");
    assert_eq!((run.status(), run.out(), run.err()), (0, String::new(), String::new()));
}
