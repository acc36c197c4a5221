//! What holds for every store, whatever the order of documents.

use std::collections::BTreeSet;

use oxigraph::model::{NamedNodeRef, Quad};
use proptest::prelude::*;

use super::{Mode, Put, Store, StoreError};
use crate::identity::Journal;
use crate::model::{EntityKind, Node, Predicate, Reading};
use crate::rdf::{self, sample};

fn memory(readings: &[Reading]) -> Store {
    let store = Store::memory().expect("memory");
    store.put(readings, "1").expect("put");
    store
}

fn lines(quads: impl Iterator<Item = Result<Quad, StoreError>>) -> Vec<String> {
    quads.map(|quad| quad.expect("readable").to_string()).collect()
}

/// Both exports in full, for comparing stores.
fn canonical(store: &Store) -> (Vec<String>, Vec<String>) {
    (lines(store.quads()), lines(store.named_graph_quads()))
}

#[test]
fn a_document_comes_back_as_it_was_read() {
    let reading = sample::reading();
    let store = memory(std::slice::from_ref(&reading));
    let said: BTreeSet<_> = rdf::quads(&reading).iter().map(ToString::to_string).collect();
    let back = store.document_quads(&reading.document.key).expect("quads");
    assert_eq!(back.len(), said.len());
    assert_eq!(back.iter().map(ToString::to_string).collect::<BTreeSet<_>>(), said);
    let knowledge = lines(store.quads());
    assert_eq!(knowledge.len(), store.len().expect("length"));
    assert_eq!(knowledge.iter().collect::<BTreeSet<_>>().len(), knowledge.len(), "a statement stands twice");
}

#[test]
fn unchanged_documents_are_left_alone_and_changed_ones_replaced() {
    let store = Store::memory().expect("memory");
    let put = |variant: usize, version: &str| store.put(&[sample::shared("a/b.txt", variant)], version).expect("put");
    assert_eq!(put(0, "1"), Put { added: 1, ..Put::default() });
    let before = canonical(&store);
    assert_eq!(put(0, "1"), Put { unchanged: 1, ..Put::default() });
    assert_eq!(put(0, "2"), Put { replaced: 1, ..Put::default() });
    assert_eq!(canonical(&store), before);
    assert_eq!(put(15, "2"), Put { replaced: 1, ..Put::default() });
    assert_eq!(canonical(&store), canonical(&memory(&[sample::shared("a/b.txt", 15)])));
    assert_eq!(store.documents().expect("documents").len(), 1);
    assert!(store.remove("a/b.txt").expect("remove"));
    assert!(!store.remove("a/b.txt").expect("remove"));
    assert!(store.is_empty().expect("empty"));
}

#[test]
fn a_thing_keeps_one_preferred_name() {
    let readings: Vec<_> = (0..12).map(|variant| sample::shared(&format!("a/{variant}.txt"), variant)).collect();
    let store = memory(&readings);
    let thing = NamedNodeRef::new_unchecked("https://w3id.org/parkgraph/id/enterprise/青岚传感");
    let names: Vec<_> = store.matching(Some(thing.into()), None, None).map(|quad| quad.expect("quad")).collect();
    let preferred: Vec<_> = names.iter().filter(|quad| quad.predicate == rdf::terms::PREF_LABEL).collect();
    assert_eq!(preferred.len(), 1, "{names:?}");
    // Longest first, then first in order: the plain space comes before the ideographic one.
    assert_eq!(store.label(thing).expect("label").as_deref(), Some("青岚 传感"));
}

/// One step in the life of a store.
#[derive(Debug, Clone)]
enum Step {
    Put(Vec<(u8, usize)>),
    Remove(u8),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let put = proptest::collection::vec((0u8..5, 0usize..16), 1..4).prop_map(Step::Put);
    proptest::collection::vec(prop_oneof![3 => put, 1 => (0u8..5).prop_map(Step::Remove)], 1..10)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_sequence_of_changes_equals_building_afresh(steps in steps()) {
        let store = Store::memory().expect("memory");
        let mut now = std::collections::BTreeMap::new();
        for step in &steps {
            match step {
                Step::Put(documents) => {
                    let readings: Vec<_> = documents.iter().map(|(key, it)| sample::shared(&format!("d/{key}"), *it)).collect();
                    store.put(&readings, "1").expect("put");
                    now.extend(documents.iter().copied());
                }
                Step::Remove(key) => {
                    let there = store.remove(&format!("d/{key}")).expect("remove");
                    prop_assert_eq!(there, now.remove(key).is_some());
                }
            }
        }
        let afresh: Vec<_> = now.iter().rev().map(|(key, it)| sample::shared(&format!("d/{key}"), *it)).collect();
        let afresh = memory(&afresh);
        prop_assert_eq!(canonical(&store), canonical(&afresh));
        prop_assert_eq!(store.len().expect("length"), lines(store.quads()).len());
    }
}

/// Decisions of a user about things of [`sample::varied`].
const JOURNALS: [&str; 3] = [
    "",
    "merge pgr:enterprise/新天科技 pgr:enterprise/深圳新天科技有限公司",
    "split pgr:enterprise/三磨所\nsplit pgr:park/郑州高新区 pgr:park/郑州高新技术产业开发区",
];

#[derive(Debug, Clone)]
enum Event {
    Put(Vec<(u8, usize)>),
    Remove(u8),
    Follow(usize),
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let put = proptest::collection::vec((0u8..6, 0usize..sample::VARIED), 1..4).prop_map(Event::Put);
    let remove = (0u8..6).prop_map(Event::Remove);
    proptest::collection::vec(prop_oneof![4 => put, 2 => remove, 1 => (0usize..3).prop_map(Event::Follow)], 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn identity_and_reprints_do_not_depend_on_the_way(events in events()) {
        let store = Store::memory().expect("memory");
        let (mut now, mut follows) = (std::collections::BTreeMap::new(), 0);
        let read = |(key, it): (&u8, &usize)| sample::varied(&format!("d/{key}"), *it);
        for event in &events {
            match event {
                Event::Put(documents) => {
                    for (key, it) in documents {
                        store.put(&[read((key, it))], "1").expect("put");
                    }
                    now.extend(documents.iter().copied());
                }
                Event::Remove(key) => {
                    let there = store.remove(&format!("d/{key}")).expect("remove");
                    prop_assert_eq!(there, now.remove(key).is_some());
                }
                Event::Follow(journal) => {
                    store.follow(&Journal::parse(JOURNALS[*journal]).expect("journal")).expect("follow");
                    follows = *journal;
                }
            }
        }
        let afresh = Store::memory().expect("memory");
        let readings: Vec<_> = now.iter().rev().map(read).collect();
        afresh.put(&readings, "1").expect("put");
        afresh.follow(&Journal::parse(JOURNALS[follows]).expect("journal")).expect("follow");
        let (left, right) = (canonical(&store), canonical(&afresh));
        let differ = |a: &[String], b: &[String]| {
            let (a, b): (BTreeSet<_>, BTreeSet<_>) = (a.iter().cloned().collect(), b.iter().cloned().collect());
            a.symmetric_difference(&b).take(5).cloned().collect::<Vec<_>>()
        };
        prop_assert!(left == right, "{:?} {:?}", differ(&left.0, &right.0), differ(&left.1, &right.1));
        prop_assert_eq!(store.len().expect("length"), lines(store.quads()).len());
        prop_assert_eq!(store.doubts().expect("doubts"), afresh.doubts().expect("doubts"));
        let said = |store: &Store| rows(store, "SELECT * { GRAPH ?d { ?s ?p ?o } }").into_iter().collect::<BTreeSet<_>>();
        prop_assert_eq!(said(&store).len(), store.named_graph_quads().count());
    }
}

fn rows(store: &Store, query: &str) -> Vec<String> {
    match store.sparql(query, &[]).expect("a query") {
        oxigraph::sparql::QueryResults::Solutions(rows) => rows.map(|row| format!("{:?}", row.expect("row"))).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn both_layers_can_be_asked() {
    let readings: Vec<_> = [("a", 1), ("b", 2), ("c", 0)].map(|(key, it)| sample::varied(key, it)).into();
    let store = memory(&readings);
    let document = "<https://w3id.org/parkgraph/id/document/a>";
    for (query, expected) in [
        ("SELECT ?n { ?p a pg:Park ; skos:prefLabel ?n }", 1),
        ("SELECT ?d { GRAPH ?d { ?p a pg:Park } }", 3),
        (&format!("SELECT ?n {{ GRAPH {document} {{ ?c a pg:Enterprise ; skos:prefLabel ?n }} }}"), 1),
        (&format!("SELECT ?n FROM {document} {{ ?c a pg:Enterprise ; skos:prefLabel ?n }}"), 1),
        ("SELECT ?d { ?p a pg:Park GRAPH ?d { ?c pg:locatedIn ?p . ?c a pg:Enterprise } }", 3),
        ("SELECT ?n { <https://w3id.org/parkgraph/id/park/郑州高新区> skos:prefLabel ?n }", 1),
        ("SELECT ?f { ?f rdf:reifies ?t ; pg:reported ?when }", 6),
        ("SELECT ?s { GRAPH <https://w3id.org/parkgraph/id/store> { ?s ?p ?o } }", 0),
    ] {
        assert_eq!(rows(&store, query).len(), expected, "{query}");
    }
}

/// What is inferred about something, by predicate and object.
fn inferred(store: &Store, query: &str) -> usize {
    rows(store, &format!("SELECT * {{ GRAPH pgr:inferred {{ {query} }} }}")).len()
}

#[test]
fn what_follows_is_a_graph_of_its_own() {
    let mut it = sample::Sketch::new("a", &["清岚公司与白鹭公司合作，落户郑州高新技术产业开发区，做北斗。"]);
    let one = it.entity(EntityKind::Enterprise, &["清岚公司"], "test/name");
    let other = it.entity(EntityKind::Enterprise, &["白鹭公司"], "test/name");
    let park = it.entity(EntityKind::Park, &["郑州高新技术产业开发区"], "test/name");
    let industry = it.entity(EntityKind::Industry, &["北斗"], "test/name");
    it.relation(Node::Entity(one), Predicate::Partner, Node::Entity(other), "合作");
    it.relation(Node::Entity(one), Predicate::LocatedIn, Node::Entity(park), "落户");
    it.relation(Node::Entity(one), Predicate::Industry, Node::Entity(industry), "做");
    let store = memory(&[it.0]);
    let before = store.len().expect("length");
    let company = "<https://w3id.org/parkgraph/id/enterprise/清岚公司>";
    let place = |name: &str| format!("<https://w3id.org/parkgraph/id/place/{name}>");
    for (query, expected) in [
        (format!("?x pg:partner {company}"), 1),
        (format!("{company} pg:partner ?x"), 0),
        (format!("{company} pg:locatedIn {}", place("郑州市")), 1),
        (format!("{company} pg:locatedIn {}", place("河南省")), 1),
        (format!("{} schema:containedInPlace {}", place("郑州市"), place("河南省")), 1),
        (format!("?f rdf:reifies <<( {company} pg:locatedIn {} )>> ; prov:wasDerivedFrom ?x", place("郑州市")), 2),
    ] {
        assert_eq!(inferred(&store, &query), expected, "{query}");
    }
    assert!(inferred(&store, &format!("{company} pg:industry ?x")) > 0, "an industry has broader ones");
    assert_eq!(
        rows(&store, &format!("SELECT * {{ {company} pg:locatedIn ?x }}")).len(),
        1,
        "the knowledge is as it was"
    );
    assert_eq!(rows(&store, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").len(), 1, "only articles are said graphs");
    assert_eq!(store.len().expect("length"), before);
    store.set_infers(false).expect("off");
    assert_eq!(inferred(&store, "?s ?p ?o"), 0);
    store.set_infers(true).expect("on");
    assert!(inferred(&store, "?s ?p ?o") > 0);
    store.remove("a").expect("remove");
    assert_eq!(inferred(&store, "?s ?p ?o"), 0);
}

#[test]
fn a_reprint_counts_once_and_takes_over_when_its_source_goes() {
    let store = memory(&[sample::varied("a", 1), sample::varied("b", 1)]);
    let evidence = || rows(&store, "SELECT ?f { ?f rdf:reifies ?t }").len();
    let alone = rows(&memory(&[sample::varied("a", 1)]), "SELECT ?f { ?f rdf:reifies ?t }").len();
    assert_eq!(evidence(), alone);
    assert_eq!(rows(&store, "SELECT ?d { ?d pg:reprintOf ?s }").len(), 1);
    assert!(store.document_quads("b").expect("quads").len() > alone);
    store.remove("a").expect("remove");
    assert_eq!(canonical(&store), canonical(&memory(&[sample::varied("b", 1)])));
}

#[test]
fn reprints_end_in_their_graphs_whatever_comes_first() {
    let read = |key: &&str| sample::varied(key, usize::from(*key > "d"));
    let afresh = canonical(&memory(&["a", "b", "c", "e", "f"].iter().map(read).collect::<Vec<_>>()));
    for order in [["a", "b", "c", "e", "f"], ["f", "e", "c", "b", "a"], ["c", "a", "f", "b", "e"]] {
        let store = Store::memory().expect("memory");
        let mut loader = store.loader("1").expect("loader");
        for key in &order {
            loader.add(&[read(key)]).expect("add");
        }
        loader.finish().expect("finish");
        assert_eq!(rows(&store, "SELECT ?d { ?d pg:reprintOf ?s }").len(), 3, "{order:?}");
        assert!(canonical(&store) == afresh, "{order:?}");
        for key in order {
            store.remove(key).expect("remove");
        }
        assert!(canonical(&store) == canonical(&memory(&[])), "{order:?}");
    }
}

#[cfg(feature = "rocksdb")]
mod on_disk {
    use std::fs;

    use super::*;

    #[test]
    fn bulk_loads_and_transactions_give_the_same_store() {
        let dir = tempfile::tempdir().expect("folder");
        let bulk: Vec<_> = (0..2000).map(|n| sample::shared(&format!("bulk/{n:04}.txt"), n % 15)).collect();
        let store = Store::open(&dir.path().join("bulk"), Mode::Write).expect("store");
        store.put(&bulk[..1000], "1").expect("bulk load into an empty store");
        store.put(&bulk[1000..], "1").expect("bulk load into a full store");
        store.put(&[sample::shared("z.txt", 3)], "1").expect("transaction");
        store.optimize().expect("optimize");
        let single = Store::open(&dir.path().join("single"), Mode::Write).expect("store");
        for reading in bulk.iter().rev() {
            single.put(std::slice::from_ref(reading), "1").expect("transaction");
        }
        single.put(&[sample::shared("z.txt", 3)], "1").expect("transaction");
        assert!(canonical(&store) == canonical(&single), "the stores differ");
    }

    #[test]
    fn a_bulk_load_that_changes_preferred_names_ends_the_same() {
        let dir = tempfile::tempdir().expect("folder");
        let store = Store::open(&dir.path().join("store"), Mode::Write).expect("store");
        let short: Vec<_> = (0..1000).map(|n| sample::shared(&format!("a/{n}"), 1)).collect();
        let long: Vec<_> =
            (0..1000).map(|n| sample::shared(&format!("b/{n}"), if n % 100 == 0 { 2 } else { 15 })).collect();
        store.put(&short, "1").expect("put");
        store.put(&long, "1").expect("put");
        let other = Store::open(&dir.path().join("other"), Mode::Write).expect("store");
        other.put(&[long, short].concat(), "1").expect("put");
        assert!(canonical(&store) == canonical(&other), "the stores differ");
    }

    #[test]
    fn stores_survive_closing_and_have_one_writer_or_many_readers() {
        let dir = tempfile::tempdir().expect("folder");
        let store = Store::open(dir.path(), Mode::Write).expect("store");
        store.put(&[sample::reading()], "1").expect("put");
        let before = canonical(&store);
        for mode in [Mode::Read, Mode::Write] {
            assert!(matches!(Store::open(dir.path(), mode), Err(StoreError::Locked(_))), "{mode:?}");
        }
        drop(store);
        let readers = [Store::open(dir.path(), Mode::Read), Store::open(dir.path(), Mode::Read)];
        assert!(matches!(Store::open(dir.path(), Mode::Write), Err(StoreError::Locked(_))));
        for reader in readers {
            let reader = reader.expect("reader");
            assert_eq!(canonical(&reader), before);
            assert!(matches!(reader.put(&[sample::shared("x", 0)], "1"), Err(StoreError::ReadOnly(_))));
        }
    }

    #[test]
    fn what_is_no_store_is_told_apart() {
        let dir = tempfile::tempdir().expect("folder");
        let at = |name: &str| dir.path().join(name);
        fs::create_dir(at("empty")).expect("folder");
        fs::create_dir(at("other")).expect("folder");
        fs::write(at("other/notes.txt"), "x").expect("file");
        fs::write(at("file"), "x").expect("file");
        drop(Store::open(&at("newer"), Mode::Write).expect("store"));
        fs::write(at("newer/parkgraph-store"), "99\n").expect("file");
        drop(Store::open(&at("older"), Mode::Write).expect("store"));
        fs::write(at("older/parkgraph-store"), "1\n").expect("file");
        drop(Store::open(&at("broken"), Mode::Write).expect("store"));
        fs::write(at("broken/CURRENT"), "nonsense\n").expect("file");
        fs::create_dir(at("begun")).expect("folder");
        fs::write(at("begun/parkgraph-store"), "").expect("file");
        let kind = |name: &str, mode| match Store::open(&at(name), mode) {
            Ok(_) => "opens",
            Err(StoreError::Missing(_)) => "missing",
            Err(StoreError::NotAStore(_)) => "not a store",
            Err(StoreError::Newer { .. }) => "newer",
            Err(StoreError::Older { .. }) => "older",
            Err(StoreError::Damaged { .. }) => "damaged",
            Err(_) => "other",
        };
        for (name, read, write) in [
            ("nothing", "missing", "opens"),
            ("empty", "missing", "opens"),
            ("other", "not a store", "not a store"),
            ("file", "not a store", "not a store"),
            ("newer", "newer", "newer"),
            ("older", "older", "older"),
            ("broken", "damaged", "damaged"),
            ("begun", "opens", "opens"),
        ] {
            assert_eq!((kind(name, Mode::Read), kind(name, Mode::Write)), (read, write), "{name}");
        }
    }
}
