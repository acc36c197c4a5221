//! Pairs of names as two articles have them, decided by the whole chain.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Claim, Journal, Profile, decide, localize};
use crate::model::{EntityKind, Reading};
use crate::rdf::sample::Sketch;

const PAIRS: &str = include_str!("../../tests/identity/pairs.tsv");

/// An article that names one thing and, where given, the city that it is about.
fn article(key: &str, kind: EntityKind, names: &str, city: &str) -> Reading {
    let names: Vec<&str> = names.split(';').collect();
    let sentence = format!("{}:{}。", if city == "-" { "消息" } else { city }, names.join("、"));
    let mut it = Sketch::new(key, &[&sentence]);
    it.entity(kind, &names, "test/name");
    if city != "-" {
        it.entity(EntityKind::Place, &[city], "test/place");
    }
    it.0
}

/// The thing that each document's first entity is.
fn things(readings: &[Reading]) -> Vec<String> {
    let locals: Vec<_> = readings.iter().map(localize).collect();
    let mut claims = BTreeMap::<String, BTreeSet<Claim>>::new();
    for (form, said) in locals.iter().flat_map(|local| &local.claims) {
        claims.entry(form.clone()).or_default().extend(said.iter().cloned());
    }
    let forms: BTreeMap<_, _> = claims
        .into_iter()
        .filter_map(|(form, said)| Some((form.clone(), Arc::new(Profile::new(&form, said)?))))
        .collect();
    let mut links = BTreeSet::new();
    for (a, x) in &forms {
        let (stands, _) = x.blocks();
        for (b, _) in forms.range(a.clone()..).skip(1).filter(|(_, y)| !stands.is_disjoint(&y.blocks().1)) {
            links.insert((a.clone(), b.clone()));
        }
    }
    let decision = decide(&forms, &links, &Journal::default());
    locals.iter().map(|local| decision.things[&local.forms[0]].clone()).collect()
}

#[test]
fn pairs_are_told_right() {
    let mut wrong = Vec::new();
    let mut counts = BTreeMap::<&str, usize>::new();
    for line in PAIRS.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [expected, kind, first_city, first, second_city, second, why] = cells[..] else { panic!("{line}") };
        let kind = EntityKind::from_name(kind).expect("a kind");
        *counts.entry(expected).or_default() += 1;
        let readings = [article("a", kind, first, first_city), article("b", kind, second, second_city)];
        let found = things(&readings);
        if (found[0] == found[1]) != (expected == "same") {
            wrong.push(format!("{first} ({first_city}) / {second} ({second_city}): not {expected} ({why}): {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(counts["same"] >= 25 && counts["different"] >= 15, "{counts:?}");
}

#[test]
fn a_short_name_that_two_companies_may_have_stays_apart() {
    let companies = [("a", "河南新天科技有限公司", "-"), ("b", "深圳新天科技有限公司", "-"), ("c", "新天科技", "-")];
    let readings: Vec<_> =
        companies.iter().map(|(key, name, city)| article(key, EntityKind::Enterprise, name, city)).collect();
    assert_eq!(things(&readings).into_iter().collect::<BTreeSet<_>>().len(), 3);
}

#[test]
fn journals_are_read_as_they_are_written() {
    let text = "# mine\nsplit pgr:park/甲谷\nmerge pgr:enterprise/甲 pgr:enterprise/乙   # sure\n";
    let journal = Journal::parse(text).expect("a journal");
    assert_eq!(Journal::parse(&journal.text()).as_ref(), Ok(&journal));
    let iri = |name: &str| format!("https://w3id.org/parkgraph/id/{name}");
    assert!(journal.joins(&iri("enterprise/乙"), &iri("enterprise/甲")));
    assert!(journal.parts(&iri("park/甲谷"), &iri("park/乙谷")));
    for wrong in ["merge a", "join pgr:park/a pgr:park/b", "split pgr:document/x"] {
        assert_eq!(Journal::parse(wrong).expect_err("no decision").line, 1, "{wrong}");
    }
}
