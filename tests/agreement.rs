//! `parkgraph eval` and the public score script say the same of the same articles, to the third digit.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The script: where `PARKGRAPH_SCORE` says, else beside the repository.
fn script() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/score/score.py");
    let named = std::env::var_os("PARKGRAPH_SCORE").map(PathBuf::from);
    assert!(named.as_ref().is_none_or(|path| path.exists()), "PARKGRAPH_SCORE names no file");
    named.or_else(|| beside.exists().then_some(beside))
}

fn run(command: &mut Command) {
    let output = command.output().expect("the program starts");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn json(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).expect("the scores were written");
    serde_json::from_str(&text).expect("the scores are JSON")
}

#[test]
fn the_scorer_agrees_with_the_script() {
    let Some(script) = script() else {
        println!("the score script is not on this machine (PARKGRAPH_SCORE): nothing to compare with");
        return;
    };
    let program = env!("CARGO_BIN_EXE_parkgraph");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles");
    let out = tempfile::tempdir().expect("a folder for the test");
    let (ours, theirs) = (out.path().join("ours.json"), out.path().join("theirs.json"));
    let python = std::env::var_os("PARKGRAPH_PYTHON").unwrap_or_else(|| "python3".into());
    run(Command::new(program).arg("eval").arg(&folder).arg("--json").arg(&ours));
    let extract = format!("'{program}' extract {{txt}} --format nquads");
    run(Command::new(python).arg(script).arg(&folder).args(["--cmd", &extract, "--json"]).arg(&theirs));
    let (ours, theirs) = (json(&ours), json(&theirs));
    let near = |a: &Value, b: &Value| (a.as_f64().unwrap_or(-1.0) - b.as_f64().unwrap_or(-2.0)).abs() < 0.0005;
    assert!(near(&ours["headline"], &theirs["headline"]), "{} and {}", ours["headline"], theirs["headline"]);
    let rows = theirs["rows"].as_object().expect("the script writes its rows");
    for (row, figures) in rows {
        for figure in ["p", "r", "f1"] {
            let (a, b) = (&ours["rows"][row][figure], &figures[figure]);
            assert!(near(a, b), "{row} {figure}: {a} and {b}");
        }
    }
}
