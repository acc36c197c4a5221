//! The scorer: a perfect reading scores 1 in every row, and each sort of slip lowers the row that it belongs to.

use std::path::Path;

use parkgraph::evaluate::{Annotated, ROWS, Table, read_folder, score_documents};
use parkgraph::model::{EntityId, EntityKind, Evidence, Node, Predicate, Reading};

fn articles() -> Vec<Annotated> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles");
    read_folder(&folder).expect("the annotated articles are there")
}

fn perfect(article: &Annotated) -> Reading {
    article.gold.to_reading(std::str::from_utf8(&article.bytes).expect("annotated articles are UTF-8"))
}

/// Scores all articles after `slip` was made in each reading.
fn scores(slip: impl Fn(&mut Reading)) -> Table {
    let documents: Vec<_> = articles()
        .into_iter()
        .map(|article| {
            let mut reading = perfect(&article);
            slip(&mut reading);
            (article.gold, reading)
        })
        .collect();
    score_documents(&documents)
}

#[test]
fn a_perfect_reading_scores_one() {
    let table = scores(|_| {});
    assert_eq!(table.errors, []);
    assert_eq!(table.headline(), 1.0, "\n{table}");
    for row in ROWS {
        assert_eq!(table.row(row).f1(), 1.0, "{row}\n{table}");
    }
}

#[test]
fn every_slip_lowers_its_row() {
    type Slip = fn(&mut Reading);
    let cases: [(&str, Slip, &[&str]); 11] = [
        ("a name misread", |r| r.entities[0].names = vec!["另一个园区".into()], &["Park"]),
        ("a kind mistaken", |r| retype(r, EntityKind::Industry, EntityKind::Policy), &["Industry", "Policy"]),
        ("a thing told twice", |r| r.entities.push(renamed(r, 0)), &["Park"]),
        ("a project overlooked", |r| forget(r, EntityKind::Project), &["Project", "relations"]),
        ("a sum misread", |r| r.amounts[0].money.value += rust_decimal::Decimal::ONE, &["amounts"]),
        ("another currency", |r| r.amounts[0].money.currency = "USD", &["amounts"]),
        ("a sum of another sort", |r| r.amounts.iter_mut().for_each(|a| a.investment ^= true), &["investment?"]),
        ("no relations", |r| r.relations.clear(), &["relations", "locatedIn", "industry"]),
        ("ends exchanged", exchange, &["locatedIn"]),
        ("another period", |r| r.observations.iter_mut().for_each(|o| o.period = None), &["obs. full"]),
        ("another figure", |r| r.observations.iter_mut().for_each(|o| o.value = None), &["observations"]),
    ];
    for (what, slip, rows) in cases {
        let table = scores(slip);
        for row in rows {
            assert!(table.row(row).f1() < 1.0, "{what}: {row} is still 1\n{table}");
        }
    }
}

fn retype(reading: &mut Reading, from: EntityKind, to: EntityKind) {
    reading.entities.iter_mut().filter(|entity| entity.kind == from).for_each(|entity| entity.kind = to);
}

/// The same thing under a form of its name that counts as equal but makes another node.
fn renamed(reading: &Reading, index: usize) -> parkgraph::model::Entity {
    let mut copy = reading.entities[index].clone();
    copy.names[0] = format!("“{}”", copy.names[0]);
    copy
}

fn forget(reading: &mut Reading, kind: EntityKind) {
    reading
        .entities
        .iter_mut()
        .filter(|entity| entity.kind == kind)
        .for_each(|entity| entity.names = vec!["无".into()]);
}

fn exchange(reading: &mut Reading) {
    for relation in reading.relations.iter_mut().filter(|relation| relation.predicate == Predicate::LocatedIn) {
        std::mem::swap(&mut relation.subject, &mut relation.object);
    }
}

#[test]
fn the_perfect_reading_points_into_its_text() {
    for article in articles() {
        let reading = perfect(&article);
        let source: Vec<char> = String::from_utf8_lossy(&article.bytes).chars().collect();
        for evidence in all_evidence(&reading) {
            let quoted: String = source[evidence.span.range()].iter().collect();
            assert_eq!(quoted, evidence.text);
            assert!(!quoted.is_empty(), "{}: a fact without a place", article.gold.id);
            assert!((evidence.sentence as usize) < reading.sentences.len());
        }
        for node in reading.relations.iter().flat_map(|relation| [&relation.subject, &relation.object]) {
            let exists = match node {
                Node::Entity(EntityId(index)) => (*index as usize) < reading.entities.len(),
                Node::Amount(index) => (*index as usize) < reading.amounts.len(),
                Node::Group(index) => (*index as usize) < reading.groups.len(),
                Node::Status(_) | Node::Text(_) => true,
            };
            assert!(exists, "{node:?}");
        }
    }
}

fn all_evidence(reading: &Reading) -> Vec<&Evidence> {
    let mentions = reading.entities.iter().flat_map(|entity| &entity.mentions).map(|mention| &mention.evidence);
    let amounts = reading.amounts.iter().map(|amount| &amount.evidence);
    let groups = reading.groups.iter().map(|group| &group.evidence);
    let relations = reading.relations.iter().flat_map(|relation| &relation.evidence);
    let figures = reading.observations.iter().map(|figure| &figure.evidence);
    mentions.chain(amounts).chain(groups).chain(relations).chain(figures).collect()
}

#[test]
fn what_is_no_annotation_is_refused_with_its_file() {
    let cases = [
        (r#"{"id": "x""#, "EOF"),
        (
            r#"{"id": "x", "entities": [{"id": "e", "type": "Ship", "names": ["n"]}], "amounts": [], "relations": []}"#,
            "Ship",
        ),
        (r#"{"id": "x", "entities": [], "amounts": [], "relations": [["a", "likes", "b"]]}"#, "likes"),
        (r#"{"id": "x", "entities": [], "amounts": [], "relations": [["a", "investor"]]}"#, "three parts"),
    ];
    let folder = tempfile::tempdir().expect("a folder for the test");
    let empty = read_folder(folder.path()).expect_err("an empty folder has no annotations");
    assert!(empty.to_string().contains("X.json beside an X.txt"), "{empty}");
    std::fs::write(folder.path().join("x.txt"), "文").expect("the folder is writable");
    for (json, why) in cases {
        std::fs::write(folder.path().join("x.json"), json).expect("the folder is writable");
        let error = read_folder(folder.path()).expect_err(json).to_string();
        assert!(error.contains("x.json") && error.contains(why), "{error}");
    }
}
