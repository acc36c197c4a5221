//! Our scorer and the public score script say the same of the same articles, to the third digit.

use std::path::{Path, PathBuf};
use std::process::Command;

use oxigraph::io::{RdfFormat, RdfSerializer};
use parkgraph::evaluate::{Gold, read_folder, score_documents};
use parkgraph::model::Reading;
use rust_decimal::Decimal;
use serde_json::Value;

/// The script: where `PARKGRAPH_SCORE` says, else beside the repository.
fn script() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/score/score.py");
    let named = std::env::var_os("PARKGRAPH_SCORE").map(PathBuf::from);
    assert!(named.as_ref().is_none_or(|path| path.exists()), "PARKGRAPH_SCORE names no file");
    let found = named.or_else(|| beside.exists().then_some(beside));
    if found.is_none() {
        println!("the score script is not on this machine (PARKGRAPH_SCORE): nothing to compare with");
    }
    found
}

fn articles() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles")
}

fn run(command: &mut Command) {
    let output = command.output().expect("the program starts");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn json(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).expect("the scores were written");
    serde_json::from_str(&text).expect("the scores are JSON")
}

/// What the script says of the output of a command, in which `{txt}` stands for an article.
fn script_says(script: &Path, command: &str) -> Value {
    let out = tempfile::tempdir().expect("a folder for the test");
    let scores = out.path().join("scores.json");
    let python = std::env::var_os("PARKGRAPH_PYTHON").unwrap_or_else(|| "python3".into());
    run(Command::new(python).arg(script).arg(articles()).args(["--cmd", command, "--json"]).arg(&scores));
    json(&scores)
}

/// What the script says of readings: their quads are written to files, one for each article.
fn script_says_of(script: &Path, documents: &[(Gold, Reading)]) -> Value {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (gold, reading) in documents {
        let mut writer = RdfSerializer::from_format(RdfFormat::NQuads).for_writer(Vec::new());
        for quad in parkgraph::rdf::quads(reading) {
            writer.serialize_quad(&quad).expect("memory takes all that is written");
        }
        let bytes = writer.finish().expect("memory takes all that is written");
        std::fs::write(folder.path().join(format!("{}.nq", gold.id)), bytes).expect("the folder is writable");
    }
    let command = format!("sh -c 'cat \"{}/$(basename \"$0\" .txt).nq\"' {{txt}}", folder.path().display());
    script_says(script, &command)
}

fn assert_agree(ours: &Value, theirs: &Value) {
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

#[test]
fn the_command_agrees_with_the_script() {
    let Some(script) = script() else { return };
    let program = env!("CARGO_BIN_EXE_parkgraph");
    let out = tempfile::tempdir().expect("a folder for the test");
    let ours = out.path().join("ours.json");
    run(Command::new(program).arg("eval").arg(articles()).arg("--json").arg(&ours));
    let theirs = script_says(&script, &format!("'{program}' extract {{txt}} --format nquads"));
    assert_agree(&json(&ours), &theirs);
}

#[test]
fn the_scorer_agrees_with_the_script_on_readings_with_and_without_slips() {
    let Some(script) = script() else { return };
    let annotated = read_folder(&articles()).expect("the annotated articles are there");
    // Every so many finds get a slip; none at all first.
    for every in [usize::MAX, 7, 4, 3] {
        let documents: Vec<(Gold, Reading)> = annotated
            .iter()
            .map(|article| {
                let text = std::str::from_utf8(&article.bytes).expect("annotated articles are UTF-8");
                let mut reading = article.gold.to_reading(text);
                slip(&mut reading, every);
                (article.gold.clone(), reading)
            })
            .collect();
        let ours = serde_json::to_value(score_documents(&documents)).expect("a table is JSON");
        let theirs = script_says_of(&script, &documents);
        assert_agree(&ours, &theirs);
        let headline = theirs["headline"].as_f64().expect("the headline is a number");
        assert_eq!(headline == 1.0, every == usize::MAX, "slips at every {every}: {headline}");
    }
}

/// Makes slips of several sorts at regular places.
fn slip(reading: &mut Reading, every: usize) {
    let nth = |index: usize| index % every == every - 1;
    let first = reading.entities[0].names[0].clone();
    for (index, entity) in reading.entities.iter_mut().enumerate() {
        match index % 3 {
            _ if !nth(index) => {}
            0 => entity.names = vec![format!("{}一号", entity.names[0])],
            1 => entity.names.push(first.clone()),
            _ => entity.names[0] = format!("“{}”", entity.names[0]),
        }
    }
    for (index, amount) in reading.amounts.iter_mut().enumerate().filter(|(index, _)| nth(*index)) {
        amount.investment ^= true;
        if index % 2 == 0 {
            amount.money.value *= Decimal::TEN;
        }
    }
    let count = reading.relations.len();
    let objects: Vec<_> = reading.relations.iter().map(|relation| relation.object.clone()).collect();
    for (index, relation) in reading.relations.iter_mut().enumerate().filter(|(index, _)| nth(*index)) {
        let other = &objects[(index * 7 + 3) % count];
        if std::mem::discriminant(other) == std::mem::discriminant(&relation.object) {
            relation.object = other.clone();
        }
    }
    let mut known = Vec::new();
    reading.relations.retain(|relation| {
        let key = (relation.subject.clone(), relation.predicate, relation.object.clone());
        let is_new = !known.contains(&key);
        known.push(key);
        is_new
    });
    for (index, figure) in reading.observations.iter_mut().enumerate().filter(|(index, _)| nth(*index)) {
        match index % 3 {
            0 => figure.period = None,
            1 => figure.value = figure.value.map(|value| value + Decimal::ONE),
            _ => figure.subject = None,
        }
    }
}
