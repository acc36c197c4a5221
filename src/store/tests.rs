//! What holds for every store, whatever the order of documents.

use std::collections::BTreeSet;

use oxigraph::model::{NamedNodeRef, Quad};
use proptest::prelude::*;

use super::{Mode, Put, Store, StoreError};
use crate::model::Reading;
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
        drop(Store::open(&at("broken"), Mode::Write).expect("store"));
        fs::write(at("broken/CURRENT"), "nonsense\n").expect("file");
        fs::create_dir(at("begun")).expect("folder");
        fs::write(at("begun/parkgraph-store"), "").expect("file");
        let kind = |name: &str, mode| match Store::open(&at(name), mode) {
            Ok(_) => "opens",
            Err(StoreError::Missing(_)) => "missing",
            Err(StoreError::NotAStore(_)) => "not a store",
            Err(StoreError::Newer { .. }) => "newer",
            Err(StoreError::Damaged { .. }) => "damaged",
            Err(_) => "other",
        };
        for (name, read, write) in [
            ("nothing", "missing", "opens"),
            ("empty", "missing", "opens"),
            ("other", "not a store", "not a store"),
            ("file", "not a store", "not a store"),
            ("newer", "newer", "newer"),
            ("broken", "damaged", "damaged"),
            ("begun", "opens", "opens"),
        ] {
            assert_eq!((kind(name, Mode::Read), kind(name, Mode::Write)), (read, write), "{name}");
        }
    }
}
