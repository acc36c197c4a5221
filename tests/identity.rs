//! One thing, one node: annotated articles in one store, and pairs of names that they use.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use oxigraph::model::Term;
use parkgraph::evaluate::read_folder;
use parkgraph::query;
use parkgraph::store::Store;

/// Where the annotated articles lie beside the project; the project itself does not ship all of them.
const GOLD: &str = "../shared/gold";
const PAIRS: &str = include_str!("identity/texts.tsv");
/// The last of the articles in `dev` that may be looked at.
const LAST: &str = "d015";

fn store() -> Option<Store> {
    let gold = Path::new(env!("CARGO_MANIFEST_DIR")).join(GOLD);
    if !gold.exists() {
        eprintln!("{GOLD} is not beside the project, so its articles cannot be joined");
        return None;
    }
    let mut readings = Vec::new();
    for folder in ["seeds", "dev"] {
        for it in read_folder(&gold.join(folder)).expect("annotated articles") {
            if it.gold.id.as_str() <= LAST {
                let mut reading = it.gold.to_reading(&String::from_utf8_lossy(&it.bytes));
                reading.document.key = it.gold.id.clone();
                readings.push(reading);
            }
        }
    }
    assert!(readings.len() >= 20, "seeds and dev: {}", readings.len());
    let store = Store::memory().expect("memory");
    store.put(&readings, "gold").expect("put");
    Some(store)
}

/// Kind and name → the things that one article calls so.
fn called(store: &Store, key: &str) -> BTreeMap<(String, String), BTreeSet<String>> {
    let quads = store.document_quads(key).expect("a document");
    let last = |iri: &str| iri.rsplit(['#', '/']).next().unwrap_or_default().to_owned();
    let mut kinds = BTreeMap::<String, String>::new();
    for quad in quads.iter().filter(|it| it.predicate.as_str().ends_with("#type")) {
        kinds.insert(quad.subject.to_string(), last(quad.object.to_string().trim_matches(['<', '>'])));
    }
    let mut called = BTreeMap::<_, BTreeSet<String>>::new();
    for quad in quads.iter().filter(|it| it.predicate.as_str().ends_with("Label")) {
        let (Some(kind), Term::Literal(name)) = (kinds.get(&quad.subject.to_string()), &quad.object) else { continue };
        called.entry((kind.clone(), name.value().to_owned())).or_default().insert(quad.subject.to_string());
    }
    called
}

#[test]
fn names_of_annotated_articles_are_told_right() {
    let Some(store) = store() else { return };
    let (mut wrong, mut counts) = (Vec::new(), BTreeMap::<&str, usize>::new());
    for line in PAIRS.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [expected, kind, first, a, second, b, why] = cells[..] else { panic!("{line}") };
        let things =
            |key: &str, name: &str| called(&store, key).remove(&(kind.to_owned(), name.to_owned())).unwrap_or_default();
        let (x, y) = (things(first, a), things(second, b));
        *counts.entry(expected).or_default() += 1;
        let found = if x.is_empty() || y.is_empty() {
            "nothing"
        } else if x == y {
            "same"
        } else {
            "different"
        };
        if (found == expected) == why.starts_with("miss:") {
            wrong.push(format!("{first} {a} / {second} {b}: {found}, not {expected} ({why}): {x:?} {y:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(counts["same"] >= 25 && counts["different"] >= 15, "{counts:?}");
}

#[test]
fn no_two_nodes_share_kind_name_and_scope() {
    let Some(store) = store() else { return };
    let query = "SELECT ?name (GROUP_CONCAT(STR(?thing); separator=' ') AS ?things) {
        ?thing a ?kind ; skos:prefLabel ?name FILTER(STRSTARTS(STR(?kind), STR(pg:)) && ?kind != pg:ProjectGroup)
        OPTIONAL { ?thing pg:scope ?scope } BIND(COALESCE(?scope, '') AS ?within)
    } GROUP BY ?kind ?name ?within HAVING (COUNT(?thing) > 1)";
    let table = query::select(&store, query, &[]).expect("a query");
    assert!(table.rows.is_empty(), "{:?}", table.rows);
}

#[test]
fn the_table_names_no_other_article() {
    let keys = PAIRS.lines().filter(|line| !line.starts_with('#')).flat_map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        [cells[2].to_owned(), cells[4].to_owned()]
    });
    let strange: BTreeSet<String> = keys.filter(|key| key.as_str() > LAST).collect();
    assert!(strange.is_empty(), "{strange:?}");
    assert!(fs::exists(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/identity/texts.tsv")).unwrap_or(false));
}
