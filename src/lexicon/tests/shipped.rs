//! The shipped files are sound: one id a thing, every parent exists, nothing is its own ancestor, every class has words.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::lexicon::load::{GAZETTEERS, HARMLESS, SHEETS};
use crate::lexicon::pack::{self, Packed, items};
use crate::lexicon::{Class, Lexicon, listed, sheet, turtle};

fn ontology() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/ontology"))
}

fn packed() -> Vec<Packed<'static>> {
    GAZETTEERS.lines().map(|line| Packed::read(line).expect("every line has its fields")).collect()
}

#[test]
fn what_is_embedded_is_what_a_full_parser_reads() {
    let mut lines = Vec::new();
    for name in ["places.ttl", "industries.ttl", "parks.ttl", "organizations.ttl"] {
        let (records, flaws) = turtle::read(&fs::read(ontology().join(name)).expect("shipped"));
        assert_eq!(flaws, [], "{name}");
        lines.extend(records.iter().map(pack::line));
    }
    let (records, flaws) = listed::read(&fs::read_to_string(ontology().join("enterprises.tsv")).expect("shipped"));
    assert_eq!(flaws, []);
    lines.extend(records.iter().map(pack::line));
    for (embedded, read) in GAZETTEERS.lines().zip(&lines) {
        assert_eq!(embedded, read);
    }
    assert_eq!(GAZETTEERS.lines().count(), lines.len());
}

#[test]
fn things_have_one_id_a_label_and_existing_parents() {
    let mut parents: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for thing in packed() {
        assert!(!thing.label().is_empty(), "{}", thing.iri());
        let own = items(thing.parents()).collect();
        assert!(parents.insert(thing.iri(), own).is_none(), "{} stands twice", thing.iri());
    }
    for (iri, own) in &parents {
        for parent in own {
            assert!(parents.contains_key(parent), "{iri}: {parent} is no thing");
        }
    }
    for iri in parents.keys() {
        let (mut at, mut steps) = (*iri, 0);
        while let Some(parent) = parents[at].first() {
            (at, steps) = (parent, steps + 1);
            assert!(steps < 12, "{iri} has too long a way up, or goes in a circle");
        }
    }
}

#[test]
fn industries_are_many_and_deep() {
    let lexicon = Lexicon::shared();
    let own: Vec<_> =
        packed().into_iter().filter(|thing| thing.kind() == "Industry" && thing.level().is_empty()).collect();
    assert!(own.len() >= 900, "{}", own.len());
    let deepest =
        own.iter().flat_map(|thing| lexicon.look_up(thing.label())).map(|(_, id)| lexicon.industry_broader(id).len());
    assert!(deepest.max() >= Some(4));
}

#[test]
fn sheets_are_whole_and_every_class_has_an_entry() {
    let on_disk: BTreeSet<String> = fs::read_dir(ontology().join("lexicon"))
        .expect("shipped")
        .map(|file| file.expect("listed").file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".toml"))
        .collect();
    let embedded: BTreeSet<String> = SHEETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(on_disk, embedded);
    let mut words = BTreeSet::new();
    for (name, text) in SHEETS {
        let (own, flaws) = sheet::read(text);
        assert_eq!(flaws, [], "{name}");
        for (class, word) in own {
            assert!(words.insert((class, word.clone())), "{name}: {word} stands twice as {}", class.name());
        }
    }
    let mut classes: BTreeSet<Class> = words.iter().map(|(class, _)| *class).collect();
    let lexicon = Lexicon::shared();
    let forms = packed()
        .into_iter()
        .flat_map(|thing| std::iter::once(thing.label()).chain(items(thing.alt())).chain(items(thing.hidden())));
    classes.extend(forms.flat_map(|form| lexicon.look_up(form)).map(|(class, _)| class));
    let missing: Vec<&str> = Class::all().filter(|class| !classes.contains(class)).map(Class::name).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn harmless_words_are_sorted_and_unique() {
    let words: Vec<&str> = HARMLESS.lines().filter(|line| !line.starts_with('#')).collect();
    assert!(words.windows(2).all(|pair| pair[0] < pair[1]));
}

#[test]
fn building_again_gives_the_same() {
    let (one, other) = (Lexicon::shipped(), Lexicon::shipped());
    let chars: Vec<char> = "郑州高新区管委会与华为技术有限公司签约智能传感器项目,总投资10亿元".chars().collect();
    assert_eq!(one.scan(&chars), other.scan(&chars));
    assert_eq!(one.len(), other.len());
}
