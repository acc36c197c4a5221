//! Every shipped query answers, and values never become part of a query's text.

use oxigraph::model::{Literal, NamedNode, Term};

use super::*;
use crate::rdf::{sample, shorten};

fn store() -> Store {
    let store = Store::memory().expect("memory");
    store.put(&[sample::reading()], "1").expect("put");
    store
}

#[test]
fn every_shipped_query_finds_rows_with_its_defaults() {
    let store = store();
    for query in Catalogue::shipped().expect("headers").iter() {
        let table = select(&store, &query.sparql, &query.bindings(&[]).expect("defaults"));
        let table = table.unwrap_or_else(|error| panic!("{}: {error}", query.name));
        assert!(!table.rows.is_empty(), "{} finds nothing", query.name);
        for words in [&query.title, &query.summary].into_iter().chain(query.parameters.iter().map(|it| &it.description))
        {
            assert!(!words.zh.is_empty() && words.en != words.zh, "{}: both languages", query.name);
        }
    }
}

#[test]
fn every_parameter_narrows_the_answer() {
    let store = store();
    for query in Catalogue::shipped().expect("headers").iter() {
        for parameter in &query.parameters {
            let nothing = if parameter.term("x").is_ok() { "没有这个词" } else { "9999999亿" };
            let set = [(parameter.name.clone(), nothing.to_owned())];
            let table = select(&store, &query.sparql, &query.bindings(&set).expect("value")).expect("query");
            assert!(table.rows.is_empty(), "{} ignores {}", query.name, parameter.name);
        }
    }
}

#[test]
fn rows_of_single_queries() {
    let store = store();
    let catalogue = Catalogue::shipped().expect("headers");
    let rows = |name: &str, set: &[(&str, &str)]| {
        let query = catalogue.get(name).expect("name");
        let set: Vec<_> = set.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let table = select(&store, &query.sparql, &query.bindings(&set).expect("values")).expect("query");
        let show = |cell: &Option<Term>| match cell {
            Some(Term::NamedNode(node)) => shorten(node.as_str()),
            Some(Term::Literal(literal)) => literal.value().to_owned(),
            _ => "-".to_owned(),
        };
        table.rows.iter().map(|row| row.iter().map(show).collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
    };
    let project = "pgr:project/智能传感器产业园项目";
    for (name, set, expected) in [
        ("projects-by-industry", &[("industry", "传感")][..], vec![format!("{project} pgr:industry/智能传感器")]),
        ("projects-over-amount", &[("amount", "30亿")], vec![format!("{project} 3000000000 CNY about 30亿元至35亿元")]),
        ("projects-over-amount", &[("amount", "30.1亿")], vec![]),
        ("investment-by-park", &[], vec!["pgr:park/星河高新技术产业开发区 1 3000000000 CNY".to_owned()]),
        ("investors", &[], vec![format!("pgr:enterprise/青岚传感科技有限公司 {project} 3000000000 CNY")]),
        ("project-status", &[], vec![format!("{project} pg:signed 2023-08 pgr:document/articles/星河.txt")]),
    ] {
        assert_eq!(rows(name, set), expected, "{name} {set:?}");
    }
}

#[test]
fn values_are_terms_and_never_text_of_the_query() {
    let store = store();
    let query = "SELECT ?s ?wanted WHERE { ?s skos:prefLabel ?name FILTER(STR(?name) = ?wanted) }";
    for value in ["\" ) } #", "星河市' UNION { ?s ?p ?o }", "\\", "\n"] {
        let table = select(&store, query, &[("wanted", Literal::from(value).into())]).expect("query");
        assert_eq!(table.rows.len(), 0, "{value}");
    }
    let place: Term = NamedNode::new_unchecked("https://w3id.org/parkgraph/id/place/星河市").into();
    let cases = [
        ("SELECT ?p WHERE { ?p pg:issuedBy ?x }", 1),
        ("SELECT (COUNT(*) AS ?n) WHERE { ?p pg:issuedBy ?x }", 1),
        ("SELECT ?p WHERE { { SELECT ?p ?x WHERE { ?p pg:issuedBy ?x } LIMIT 5 } }", 1),
        ("SELECT DISTINCT ?p WHERE { ?p pg:investor ?x } ORDER BY ?p LIMIT 3", 0),
    ];
    for (query, rows) in cases {
        assert_eq!(select(&store, query, &[("x", place.clone())]).expect("query").rows.len(), rows, "{query}");
    }
}

#[test]
fn wrong_queries_say_what_is_wrong() {
    let store = store();
    let kind = |query: &str| match select(&store, query, &[]) {
        Ok(_) => "fine",
        Err(QueryError::Syntax(_)) => "syntax",
        Err(QueryError::Update) => "update",
        Err(QueryError::NotATable) => "no table",
        Err(_) => "other",
    };
    for (query, expected) in [
        ("SELECT ?s WHERE { ?s ?p ?o }", "fine"),
        ("SELEKT ?s", "syntax"),
        ("", "syntax"),
        ("SELECT ?s WHERE { ?s foo:bar ?o }", "syntax"),
        ("INSERT DATA { <http://example.org/a> a <http://example.org/b> }", "update"),
        ("ASK { ?s ?p ?o }", "no table"),
        ("SELECT ?s WHERE { SERVICE <http://example.org/> { ?s ?p ?o } }", "other"),
    ] {
        assert_eq!(kind(query), expected, "{query}");
    }
}

#[test]
fn tables_line_up_for_chinese() {
    let store = store();
    let table = select(
        &store,
        "SELECT ?x ?n WHERE { VALUES (?x ?n) { (pgr:place\\/星河市 5) (pgr:place\\/nowhere 12) } }",
        &[],
    );
    let drawn = render(&table.expect("query"), &store, None).expect("table");
    let lines: Vec<_> = drawn.lines().collect();
    let width = |line: &str| unicode_width::UnicodeWidthStr::width(line.trim_end());
    assert!(drawn.contains("星河市") && drawn.contains("pgr:place/nowhere"), "{drawn}");
    let ends: Vec<_> = lines.iter().filter(|line| line.ends_with(['5', '2'])).map(|line| width(line)).collect();
    assert!(ends.len() == 2 && ends[0] == ends[1], "{drawn}");
}
