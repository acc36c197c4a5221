//! A store that mirrors a folder, and the user's own decisions about identity.

use crate::support::{Folder, article};

fn folder() -> Folder {
    let folder = Folder::new();
    for number in 0..12 {
        folder.write(&format!("news/{number:02}.txt"), article(number));
    }
    folder
}

#[test]
fn a_mirrored_folder_gives_the_store_that_building_afresh_gives() {
    let folder = folder();
    folder.run("sync news -l graph").good();
    std::fs::remove_file(folder.at("news/03.txt")).expect("file");
    std::fs::rename(folder.at("news/04.txt"), folder.at("news/99.txt")).expect("file");
    folder.write("news/05.txt", article(77));
    let plan = folder.run("sync news -l graph --dry-run").good();
    assert_eq!(plan, "~ news/05.txt\n+ news/99.txt\n- news/03.txt\n- news/04.txt\n");
    let run = folder.run("sync news -l graph");
    assert!(run.err().contains("(1 new, 1 changed, 9 unchanged, 2 removed)"), "{}", run.err());
    folder.run("build news -l afresh").good();
    assert_eq!(folder.canonical("graph"), folder.canonical("afresh"));
}

#[test]
fn an_empty_or_missing_folder_empties_no_store() {
    let folder = folder();
    folder.run("sync news -l graph").good();
    let before = folder.canonical("graph");
    std::fs::create_dir(folder.at("empty")).expect("folder");
    for wrong in ["empty", "missing", "news/00.txt"] {
        assert_eq!(folder.run(&format!("sync {wrong} -l graph")).status(), 2, "{wrong}");
        assert_eq!(folder.canonical("graph"), before, "{wrong}");
    }
}

#[test]
fn the_journal_is_kept_and_followed() {
    let folder = folder();
    folder.run("build news -l graph").good();
    let before = folder.canonical("graph");
    let table = folder.run_with(&[
        "query", "-l", "graph", "--format", "csv",
        "SELECT DISTINCT ?t { ?t a ?k ; skos:prefLabel ?n FILTER(?k IN (pg:Policy, pg:Park, pg:Place, pg:Project)) } ORDER BY ?t",
    ]);
    let table = table.good();
    let things: Vec<String> = table
        .lines()
        .filter_map(|line| line.trim().strip_prefix("https://w3id.org/parkgraph/id/").map(|it| format!("pgr:{it}")))
        .collect();
    let kind = |thing: &String| thing.split('/').next().map(str::to_owned);
    let pair = things.windows(2).find(|pair| kind(&pair[0]) == kind(&pair[1])).expect("two things of a kind");
    folder.run_with(&["merge", &pair[0], &pair[1], "-l", "graph"]).good();
    let merged = folder.canonical("graph");
    assert_ne!(merged, before);
    let journal = std::fs::read_to_string(folder.at("graph.journal")).expect("the journal");
    assert_eq!(journal, format!("merge {} {}\n", pair[0], pair[1]));
    folder.write("afresh.journal", &journal);
    folder.run("build news -l afresh").good();
    assert_eq!(folder.canonical("afresh"), merged);
    let same = folder.run_with(&["same", &pair[0], "-l", "graph"]).good();
    assert!(same.contains("your journal joins them"), "{same}");
    folder.run_with(&["split", &pair[0], &pair[1], "-l", "graph"]).good();
    assert_eq!(folder.canonical("graph"), before);
    let unknown = folder.run("merge 无此名称 也无此名称 -l graph");
    assert!(unknown.status() == 2 && unknown.err().contains("nothing in the store is called"), "{}", unknown.err());
    assert!(folder.run("review -l graph").status() < 2);
}
