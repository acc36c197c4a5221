//! A user's own folder over the shipped lexicon.

use std::fs;
use std::path::Path;

use crate::lexicon::{Class, Lexicon, LexiconError};

const GAZETTEER: &str = r#"@prefix pg: <https://w3id.org/parkgraph/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://example.org/a> a pg:Enterprise ; skos:prefLabel "甲乙丙丁有限公司"@zh ; skos:altLabel "甲乙丙丁"@zh .
<https://example.org/b> a pg:Park .
<https://example.org/c> a pg:Industry ; skos:prefLabel "智能传感器"@zh .
this is no Turtle .
<https://example.org/d> a pg:Park ; skos:prefLabel "戊己产业园"@zh .
"#;

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a file can be written there");
    }
    folder
}

fn classes(lexicon: &Lexicon, name: &str) -> Vec<Class> {
    lexicon.look_up(name).into_iter().map(|(class, _)| class).collect()
}

#[test]
fn adds_and_wins_and_tells_what_it_left_out() {
    let own = folder(&[
        ("mine.ttl", GAZETTEER),
        (
            "words.toml",
            "[[list]]\nclass = \"ParkHead\"\nwords = \"大园\"\n\n[[list]]\nclass = \"Nothing\"\nwords = \"甲\"\n",
        ),
        ("broken.toml", "[[list]]\nclass = 1\n"),
        ("harmless.txt", "# note\n郑州话\n"),
        ("listed.tsv", "999999\t庚辛壬癸股份有限公司\t庚辛壬癸\t\nbroken line\n"),
        ("notes.md", "not read"),
    ]);
    let (lexicon, faults) = Lexicon::with_folder(own.path()).expect("the folder can be read");
    assert_eq!(classes(&lexicon, "甲乙丙丁"), [Class::CompanyShort]);
    assert_eq!(classes(&lexicon, "戊己产业园"), [Class::ParkName], "what follows a bad line still loads");
    assert_eq!(classes(&lexicon, "大园"), [Class::ParkHead]);
    assert_eq!(classes(&lexicon, "庚辛壬癸"), [Class::CompanyShort]);
    let (_, id) = lexicon.look_up("智能传感器")[0];
    assert_eq!(lexicon.entry(id).and_then(|entry| entry.iri()), Some("https://example.org/c"), "the user's own wins");
    let chars: Vec<char> = "说郑州话".chars().collect();
    assert!(!lexicon.scan(&chars).iter().any(|hit| hit.class.is_name()));

    let told: Vec<(&str, u64)> = faults
        .iter()
        .map(|fault| (fault.file.file_name().and_then(|name| name.to_str()).unwrap_or_default(), fault.line))
        .collect();
    for wanted in [("mine.ttl", 6), ("mine.ttl", 0), ("words.toml", 6), ("broken.toml", 2), ("listed.tsv", 2)] {
        assert!(told.contains(&wanted), "{wanted:?} in {told:?}");
    }
}

#[test]
fn a_circle_of_parents_ends() {
    let own = folder(&[(
        "circle.ttl",
        "@prefix pg: <https://w3id.org/parkgraph/ontology#> .\n@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\
         <x:a> a pg:Industry ; skos:prefLabel \"甲甲甲\"@zh ; skos:broader <x:b> .\n\
         <x:b> a pg:Industry ; skos:prefLabel \"乙乙乙\"@zh ; skos:broader <x:a> .\n",
    )]);
    let (lexicon, faults) = Lexicon::with_folder(own.path()).expect("the folder can be read");
    assert_eq!(faults, []);
    let (_, id) = lexicon.look_up("甲甲甲")[0];
    assert_eq!(lexicon.industry_broader(id).len(), 2);
}

#[test]
fn a_missing_folder_is_told() {
    let missing = Path::new("no/such/folder");
    assert!(matches!(Lexicon::with_folder(missing), Err(LexiconError::Folder { .. })));
}
