//! Full and read-only disks. A small disk of our own needs a mount namespace; where the system allows none, there is
//! nothing to check.

use std::process::Command;

use crate::support::{Folder, article};

/// Runs a script in which `$DISK` is a disk of 3 MB and `$PARKGRAPH` the program; gives its output and exit status.
fn on_small_disk(folder: &Folder, script: &str) -> Option<(String, i32)> {
    let possible = Command::new("unshare").args(["-rm", "true"]).output().is_ok_and(|it| it.status.success());
    if !possible {
        return None;
    }
    std::fs::create_dir_all(folder.at("disk")).expect("folder");
    let output = Command::new("unshare")
        .args(["-rm", "sh", "-c", &format!("mount -t tmpfs -o size=3m tmpfs disk && {{ {script}; }} 2>&1")])
        .current_dir(folder.path())
        .env("PARKGRAPH", assert_cmd::cargo::cargo_bin!("parkgraph"))
        .env("LC_ALL", "C.UTF-8")
        .output()
        .expect("the shell starts");
    Some((String::from_utf8_lossy(&output.stdout).into_owned(), output.status.code().unwrap_or(-1)))
}

fn folder() -> Folder {
    let folder = Folder::new();
    (0..600).for_each(|number| folder.write(&format!("news/{number:03}.txt"), article(number)));
    (0..5).for_each(|number| folder.write(&format!("few/{number}.txt"), article(number)));
    folder
}

#[test]
fn a_full_disk_is_a_message_and_no_damage() {
    let folder = folder();
    let script = "$PARKGRAPH build few -q -l disk/graph && $PARKGRAPH build news -q -l disk/graph; echo status $?; \
                  $PARKGRAPH query documents -l disk/graph --format csv | wc -l";
    let Some((text, _)) = on_small_disk(&folder, script) else { return };
    assert!(text.contains("is full; free some space") && text.contains("status 2"), "{text}");
    let rows: usize = text.lines().last().and_then(|line| line.trim().parse().ok()).expect("number of rows");
    assert!((6..=606).contains(&rows), "{text}");
}

#[test]
fn a_read_only_disk_can_be_read_and_not_be_written() {
    let folder = folder();
    let script = "$PARKGRAPH build few -q -l disk/graph && mount -o remount,ro disk && \
                  $PARKGRAPH query documents -l disk/graph --format csv | wc -l && \
                  $PARKGRAPH build few/1.txt -l disk/graph; echo status $?; $PARKGRAPH build few -l disk/new; echo status $?";
    let Some((text, _)) = on_small_disk(&folder, script) else { return };
    assert_eq!(text.lines().next().map(str::trim), Some("6"), "{text}");
    assert_eq!(text.matches("cannot be written to (read-only disk").count(), 2, "{text}");
    assert_eq!(text.matches("status 2").count(), 2, "{text}");
}
