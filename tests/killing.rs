//! A build or a sync that is killed at any moment leaves a store that opens and holds whole documents only.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Instant;

use parkgraph::store::{Mode, Store};

use crate::support::{Folder, article};

const DOCUMENTS: usize = 1100;

/// Moments at which each command is killed; `PARKGRAPH_KILLS=50` has them all.
fn moments() -> usize {
    std::env::var("PARKGRAPH_KILLS").ok().and_then(|number| number.parse().ok()).unwrap_or(6)
}

/// A share of the time that a run takes, another one for each number and the same each time.
fn share(number: usize) -> f64 {
    let mut z = (number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
}

fn spawn(folder: &Folder, command: &str, store: &str) -> std::process::Child {
    Command::new(assert_cmd::cargo::cargo_bin!("parkgraph"))
        .args([command, "news", "--quiet", "-l", store])
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts")
}

/// Kills a command that makes of the store `before`, if there is one, the store `whole`, at many moments: what is left
/// opens, and the next run makes of it what an undisturbed one makes. Gives the numbers of documents that were left.
fn kill(folder: &Folder, command: &str, before: Option<&str>, whole: &str) -> BTreeSet<usize> {
    let start = Instant::now();
    if let Some(before) = before {
        copy(&folder.at(before), &folder.at(whole));
    }
    assert!(spawn(folder, command, whole).wait().expect("it ends").success());
    let time = start.elapsed();
    let expected = folder.canonical(whole);
    let mut left = BTreeSet::new();
    for moment in 0..moments() {
        let name = format!("killed-{command}-{moment}");
        if let Some(before) = before {
            copy(&folder.at(before), &folder.at(&name));
        }
        let mut child = spawn(folder, command, &name);
        sleep(time.mul_f64(share(moment)));
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        if folder.at(&name).join("parkgraph-store").exists() {
            let killed = Store::open(&folder.at(&name), Mode::Read).expect("it opens");
            let documents = killed.documents().expect("documents");
            left.insert(documents.len());
            for document in documents.iter().step_by(37) {
                assert!(!killed.document_quads(&document.key).expect("quads").is_empty(), "{}", document.key);
            }
        }
        assert!(spawn(folder, command, &name).wait().expect("it ends").success());
        assert!(folder.canonical(&name) == expected, "{command} ends otherwise after a kill at moment {moment}");
        let leftovers = fs::read_dir(folder.at(&name)).expect("folder");
        let leftovers =
            leftovers.filter(|it| it.as_ref().is_ok_and(|it| it.file_name().to_string_lossy().starts_with("bulk-")));
        assert_eq!(leftovers.count(), 0, "files of a killed load stay");
        fs::remove_dir_all(folder.at(&name)).expect("folder");
    }
    left
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("folder");
    for entry in fs::read_dir(from).expect("folder") {
        let entry = entry.expect("entry");
        fs::copy(entry.path(), to.join(entry.file_name())).expect("file");
    }
}

#[test]
fn a_build_that_is_killed_leaves_all_or_nothing_and_the_next_run_completes_it() {
    let folder = Folder::new();
    (0..DOCUMENTS).for_each(|number| folder.write(&format!("news/{number:04}.txt"), article(number)));
    // So many take effect in one step: a kill leaves none of them or all.
    let left = kill(&folder, "build", None, "whole");
    assert!(left.iter().all(|count| [0, DOCUMENTS].contains(count)), "parts of a step: {left:?}");
}

#[test]
fn a_sync_that_is_killed_leaves_whole_documents_and_the_next_run_completes_it() {
    let folder = Folder::new();
    (0..300).for_each(|number| folder.write(&format!("news/{number:04}.txt"), article(number)));
    assert!(spawn(&folder, "sync", "before").wait().expect("it ends").success());
    (0..60).for_each(|number| fs::remove_file(folder.at(&format!("news/{number:04}.txt"))).expect("file"));
    (60..160).for_each(|number| folder.write(&format!("news/{number:04}.txt"), article(number + 7)));
    (300..360).for_each(|number| folder.write(&format!("news/{number:04}.txt"), article(number)));
    let left = kill(&folder, "sync", Some("before"), "whole");
    assert!(left.iter().all(|count| (240..=360).contains(count)), "{left:?}");
    assert!(spawn(&folder, "build", "afresh").wait().expect("it ends").success());
    assert!(folder.canonical("whole") == folder.canonical("afresh"), "the stores differ");
}

#[test]
fn an_interrupted_build_ends_after_whole_documents_and_goes_on_later() {
    let folder = Folder::new();
    (0..DOCUMENTS).for_each(|number| folder.write(&format!("news/{number:04}.txt"), article(number)));
    let mut child = spawn(&folder, "build", "graph");
    while !folder.at("graph/CURRENT").exists() {
        sleep(std::time::Duration::from_millis(2));
        assert!(child.try_wait().expect("status").is_none(), "it ended before it made a store");
    }
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
    let status = child.wait().expect("it ends").code();
    assert!(matches!(status, Some(0 | 1)), "{status:?}");
    let documents = Store::open(&folder.at("graph"), Mode::Read).expect("it opens").documents().expect("documents");
    assert_eq!(status == Some(0), documents.len() == DOCUMENTS, "the status tells whether all is done");
    assert!(spawn(&folder, "build", "graph").wait().expect("it ends").success());
    spawn(&folder, "build", "afresh").wait().expect("it ends");
    assert!(folder.canonical("graph") == folder.canonical("afresh"), "the stores differ");
}
