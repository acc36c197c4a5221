//! The shapes on good graphs and on broken ones.

use super::*;
use crate::rdf::sample;

/// Shape and component of each finding in a Turtle text, in order.
fn found(text: &str) -> Vec<(String, &'static str)> {
    let rules = shipped().expect("the shipped shapes");
    let store = Store::of_rdf(text.as_bytes(), "t.ttl".as_ref()).expect("Turtle");
    let findings = validate(&store, &rules).expect("it runs");
    let mut found: Vec<_> =
        findings.iter().map(|it| (rules[it.rule].shape.clone(), rules[it.rule].component)).collect();
    found.sort();
    found.dedup();
    found
}

#[test]
fn what_was_read_is_as_the_shapes_want_it() {
    let store = Store::memory().expect("memory");
    let readings: Vec<_> = (0..sample::VARIED).map(|it| sample::varied(&format!("{it}.txt"), it)).collect();
    store.put(&readings, "1").expect("put");
    let rules = shipped().expect("the shipped shapes");
    let findings = validate(&store, &rules).expect("it runs");
    let told: Vec<_> = findings.iter().map(|it| (&rules[it.rule].shape, &it.node, &it.path, &it.value)).collect();
    assert!(told.is_empty(), "{told:?}");
}

const HEAD: &str = "@prefix pg: <https://w3id.org/parkgraph/ontology#> . @prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix ex: <http://example.org/> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix prov: <http://www.w3.org/ns/prov#> .
";

#[test]
fn what_is_wrong_is_found() {
    for (graph, expected) in [
        ("ex:a a pg:Project ; skos:prefLabel \"项目\"@zh .", &[] as &[(&str, &str)]),
        ("ex:a a pg:Project .", &[("pgs:Named", "MinCountConstraintComponent")]),
        (
            "ex:a a pg:Project ; skos:prefLabel \"甲\"@zh, \"乙\"@zh .",
            &[("pgs:Named", "UniqueLangConstraintComponent")],
        ),
        (
            "ex:a a pg:Project ; skos:prefLabel \"甲\" .",
            &[("pgs:Named", "DatatypeConstraintComponent"), ("pgs:Named", "LanguageInConstraintComponent")],
        ),
        (
            "ex:a a pg:Park ; skos:prefLabel \"园\"@zh ; pg:status pg:planned . ex:e rdf:reifies <<( ex:a pg:status pg:planned )>> .",
            &[("pgs:WithStatus", "ClassConstraintComponent")],
        ),
        (
            "ex:a a pg:Project ; skos:prefLabel \"甲\"@zh ; pg:status pg:planned .",
            &[("pgs:Stated", "SPARQLConstraintComponent")],
        ),
        (
            "ex:m a schema:MonetaryAmount ; schema:value -1.0 ; schema:currency \"yuan\" ; pg:text \"1\" .
             ex:e rdf:reifies <<( ex:m a schema:MonetaryAmount )>> .",
            &[("pgs:Amount", "MinExclusiveConstraintComponent"), ("pgs:Amount", "PatternConstraintComponent")],
        ),
        (
            "ex:m a pg:Mention ; nif:anchorOf \"x\" ; nif:beginIndex 5 ; nif:endIndex 5 ; nif:referenceContext ex:d .
             ex:d a pg:Document ; pg:contentHash \"0\" ; pg:characters 9 ; pg:encoding \"UTF-8\" .",
            &[("pgs:Mention", "LessThanConstraintComponent")],
        ),
        (
            "ex:f pg:confidence 1.5 ; pg:extractor \"x\" .",
            &[("pgs:Evidence", "MaxInclusiveConstraintComponent"), ("pgs:Evidence", "MinCountConstraintComponent")],
        ),
    ] {
        let expected: Vec<_> = expected.iter().map(|(shape, component)| ((*shape).to_owned(), *component)).collect();
        assert_eq!(found(&format!("{HEAD}{graph}")), expected, "{graph}");
    }
}

#[test]
fn what_cannot_be_checked_is_told() {
    for (shape, expected) in [
        ("sh:xone ( [ sh:class <http://e/> ] )", "xone"),
        ("sh:closed true", "closed"),
        ("sh:property [ sh:path <http://e/p> ; sh:qualifiedMinCount 1 ]", "qualifiedMinCount"),
        ("sh:property [ sh:path <http://e/p> ; sh:minCount \"x\" ]", "minCount"),
        ("sh:property [ sh:minCount 1 ]", "path"),
    ] {
        let text = format!("@prefix sh: <http://www.w3.org/ns/shacl#> . <http://e/s> a sh:NodeShape ; {shape} .");
        let (ShapesError::Unknown { term, .. } | ShapesError::Wrong { term, .. }) = parse(&text).expect_err(shape)
        else {
            panic!("{shape} is no Turtle")
        };
        assert_eq!(term, expected);
    }
}
