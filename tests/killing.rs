//! A build that is killed at any moment leaves a store that opens and holds whole documents only.

use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Instant;

use parkgraph::store::{Mode, Store};

use crate::support::{Folder, article};

const DOCUMENTS: usize = 1100;
const MOMENTS: u32 = 10;

fn spawn(folder: &Folder, store: &str) -> std::process::Child {
    Command::new(assert_cmd::cargo::cargo_bin!("parkgraph"))
        .args(["build", "news", "--quiet", "-l", store])
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts")
}

#[test]
fn whole_documents_survive_a_kill_and_the_next_run_completes_them() {
    let folder = Folder::new();
    (0..DOCUMENTS).for_each(|number| folder.write(&format!("news/{number:04}.txt"), article(number)));
    let start = Instant::now();
    assert!(spawn(&folder, "whole").wait().expect("it ends").success());
    let time = start.elapsed();
    // So many take effect in one step: a kill leaves none of them or all.
    let mut ends = std::collections::BTreeSet::new();
    let whole = Store::open(&folder.at("whole"), Mode::Read).expect("store");
    let expected = folder.canonical("whole");
    for moment in 0..MOMENTS {
        let name = format!("killed-{moment}");
        let mut child = spawn(&folder, &name);
        sleep(time * moment / MOMENTS);
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        if !folder.at(&name).join("parkgraph-store").exists() {
            continue;
        }
        let killed = Store::open(&folder.at(&name), Mode::Read).expect("it opens");
        let documents = killed.documents().expect("documents");
        ends.insert(documents.len());
        for document in documents.iter().step_by(37) {
            let said = |store: &Store| store.document_quads(&document.key).expect("quads");
            assert_eq!(said(&killed), said(&whole), "{} at moment {moment}", document.key);
        }
        drop(killed);
        if moment % 4 == 3 {
            assert!(spawn(&folder, &name).wait().expect("it ends").success());
            assert_eq!(folder.canonical(&name), expected, "moment {moment}");
            let leftovers = std::fs::read_dir(folder.at(&name)).expect("folder");
            let leftovers = leftovers
                .filter(|it| it.as_ref().is_ok_and(|it| it.file_name().to_string_lossy().starts_with("bulk-")));
            assert_eq!(leftovers.count(), 0, "files of a killed load stay");
        }
    }
    assert!(ends.contains(&0), "no kill came while documents were read, in the {time:?} that a run takes");
    assert!(ends.iter().all(|count| [0, DOCUMENTS].contains(count)), "parts of a step: {ends:?}");
}

#[test]
fn an_interrupted_build_ends_after_whole_documents_and_goes_on_later() {
    let folder = Folder::new();
    (0..DOCUMENTS).for_each(|number| folder.write(&format!("news/{number:04}.txt"), article(number)));
    let mut child = spawn(&folder, "graph");
    while !folder.at("graph/CURRENT").exists() {
        sleep(std::time::Duration::from_millis(2));
        assert!(child.try_wait().expect("status").is_none(), "it ended before it made a store");
    }
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
    let status = child.wait().expect("it ends").code();
    assert!(matches!(status, Some(0 | 1)), "{status:?}");
    let documents = Store::open(&folder.at("graph"), Mode::Read).expect("it opens").documents().expect("documents");
    assert_eq!(status == Some(0), documents.len() == DOCUMENTS, "the status tells whether all is done");
    assert!(spawn(&folder, "graph").wait().expect("it ends").success());
    spawn(&folder, "afresh").wait().expect("it ends");
    assert!(folder.canonical("graph") == folder.canonical("afresh"), "the stores differ");
}
