//! The committed table of scores: no document and no kind may fall below it unnoticed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::support::Folder;

/// Where the annotated articles lie beside the project; the project itself does not ship all of them.
const GOLD: &str = "../shared/gold/dev";
const TABLE: &str = "tests/scores/dev.txt";

/// The last digit of a printed score.
const STEP: f64 = 0.0005;

/// Number columns of each row by the row's name; a row's name is its words before the first number.
fn rows(table: &str) -> BTreeMap<String, Vec<f64>> {
    let row = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let first = words.iter().position(|word| word.parse::<f64>().is_ok())?;
        let numbers = words[first..].iter().filter_map(|word| word.parse().ok()).collect();
        (first > 0).then(|| (words[..first].join(" "), numbers))
    };
    table.lines().filter_map(row).collect()
}

/// F1 of a row of the table of kinds, or the headline of a row of the table of documents.
fn score(name: &str, numbers: &[f64]) -> f64 {
    let of_document = name.starts_with('d') && name.len() == 4;
    *if of_document { numbers.first() } else { numbers.last() }.expect("a row has numbers")
}

#[test]
fn no_score_falls_below_the_committed_table() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if !root.join(GOLD).exists() {
        eprintln!("{GOLD} is not beside the project, so its scores cannot be compared");
        return;
    }
    let committed = fs::read_to_string(root.join(TABLE)).expect("the table of scores is there");
    let gold = root.join(GOLD);
    let run = Folder::new().run_with(&["eval", &gold.display().to_string(), "--documents"]);
    let (before, now) = (rows(&committed), rows(&run.out()));
    assert!(before.len() > 40, "{TABLE} holds all documents and kinds: {}", before.len());
    let fallen: Vec<String> = before
        .iter()
        .filter_map(|(name, numbers)| {
            let (was, is) = (score(name, numbers), now.get(name).map_or(0.0, |numbers| score(name, numbers)));
            (is + STEP < was).then(|| format!("{name}: {was} -> {is}"))
        })
        .collect();
    assert!(
        fallen.is_empty(),
        "these scores fell; where that is a fair price, renew the table with `make scores`:\n{}",
        fallen.join("\n")
    );
}
