//! Every format over one small graph; what other programs make of them is tested with real readers.

use oxigraph::model::NamedOrBlankNode;

use super::*;
use crate::graph::Wanted;
use crate::model::EntityKind;
use crate::rdf::{self, sample, terms};
use crate::store::Store;

fn store(order: &[usize]) -> Store {
    let store = Store::memory().expect("memory");
    let readings = [sample::reading(), sample::shared("b.txt", 0), sample::shared("c.txt", 5)];
    for &at in order {
        store.put(&readings[at..=at], "test").expect("it is stored");
    }
    store
}

fn exported(source: &Source<'_>, format: &Format) -> String {
    let mut out = Vec::new();
    (format.write)(source, &mut out).expect("memory can be written");
    String::from_utf8(out).expect("exports are UTF-8")
}

/// Formats that are text.
fn texts() -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().filter(|format| !format.name.starts_with("parquet"))
}

#[test]
fn the_order_of_reading_does_not_show() {
    let (one, other) = (store(&[0, 1, 2]), store(&[2, 0, 1]));
    for format in texts() {
        let text = exported(&Source::whole(&one), format);
        // A table may have no row; its head is Chinese.
        let chinese = text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        assert!(chinese, "{} has no Chinese text", format.name);
        assert_eq!(text, exported(&Source::whole(&other), format), "{}", format.name);
    }
}

#[test]
fn evidence_is_there_in_the_words_of_each_format() {
    let store = store(&[0]);
    let whole = Source::whole(&store);
    let cases = [
        ("turtle", "rdf:reifies <<("),
        ("nquads", "#reifies> <<("),
        ("ntriples", "#reifies> <<("),
        ("trig", "rdf:reifies <<("),
        ("jsonld", "rdf:Statement"),
        ("rdfxml", "rdf:Statement"),
    ];
    for (name, sign) in cases {
        let format = format(name).expect("it is in the table");
        assert!(exported(&whole, format).contains(sign), "{name} lacks {sign}");
        let plain = exported(&Source::whole(&store).plain(), format);
        assert!(!plain.contains("<<(") && !plain.contains("reifies"), "{name} is not RDF 1.1");
    }
}

#[test]
fn documents_have_their_graphs() {
    let store = store(&[0, 1]);
    let text = exported(&Source::whole(&store), format("nquads").expect("it is in the table"));
    let graph = |key: &str| format!(" {} .", rdf::document_iri(key));
    for line in text.lines() {
        assert!(line.ends_with(&graph("articles/星河.txt")) || line.ends_with(&graph("b.txt")), "{line}");
    }
}

#[test]
fn a_part_holds_its_things_and_their_evidence_only() {
    let store = store(&[0, 1, 2]);
    let company = rdf::entity_iri(EntityKind::Enterprise, "青岚传感科技有限公司").into_string();
    let wanted = Wanted { focus: vec![company], hops: 1, ..Wanted::default() };
    let part = Source::part(&store, wanted).expect("the store can be read");
    let turtle = exported(&part, format("turtle").expect("it is in the table"));
    for (text, inside) in
        [("智能传感器产业园项目", true), ("星河大学", true), ("星河扶持办法\"@zh", false), ("白鹭电子", false)]
    {
        assert_eq!(turtle.contains(text), inside, "{text}");
    }
    let graphml = exported(&part, format("graphml").expect("it is in the table"));
    assert!(graphml.contains("investor") && !graphml.contains("issuedBy"));
}

#[test]
fn a_graph_that_is_streamed_is_that_which_is_held() {
    let store = store(&[0, 1, 2]);
    for format in texts() {
        // Only held graphs are laid out.
        let placed = |text: &String| !text.contains("viz:position") && !text.contains("\"position\"");
        let held = exported(&Source::whole(&store), format);
        let streamed = exported(&Source::whole(&store).streamed(), format);
        // Pictures of graphs that are not held say how much they show.
        let is_told = |line: &str| !line.is_empty() && !line.contains("关系最多的");
        let bare = |text: String| text.lines().map(unplaced).filter(|line| is_told(line)).collect::<Vec<_>>();
        assert!(placed(&streamed) || format.name == "svg", "{}", format.name);
        assert_eq!(bare(held), bare(streamed), "{}", format.name);
    }
}

/// A line without the place that it tells.
fn unplaced(line: &str) -> String {
    match line.split_once(",\"position\":{") {
        Some((before, after)) => format!("{before}{}", after.split_once('}').map_or("", |(_, rest)| rest)),
        None if line.trim_start().starts_with("<viz:position") => String::new(),
        None => line.to_owned(),
    }
}

#[test]
fn names_are_unique() {
    let names: std::collections::BTreeSet<&str> = FORMATS.iter().map(|format| format.name).collect();
    assert_eq!(names.len(), FORMATS.len());
    assert!(format("pdf").is_none());
}

#[test]
fn parts_by_industry_and_by_choice() {
    let store = store(&[0, 1, 2]);
    let text = |wanted: Wanted| {
        let part = Source::part(&store, wanted).expect("the store can be read");
        exported(&part, format("gephi-nodes").expect("it is in the table"))
    };
    let industry = text(Wanted { industry: Some("智能传感器".into()), ..Wanted::default() });
    assert!(industry.contains("智能传感器产业园项目") && !industry.contains("星河扶持办法"));
    let class = rdf::expand("pg:Park").expect("a known prefix");
    let parks = store.matching(None, Some(terms::TYPE), Some(class.as_ref().into()));
    let parks: Vec<String> = parks.map(|quad| iri(quad.expect("readable").subject)).collect();
    let chosen = text(Wanted { chosen: Some(parks.into_iter().collect()), ..Wanted::default() });
    assert!(chosen.contains("星河高新技术产业开发区") && !chosen.contains("智能传感器"), "{chosen}");
}

fn iri(node: NamedOrBlankNode) -> String {
    match node {
        NamedOrBlankNode::NamedNode(node) => node.into_string(),
        NamedOrBlankNode::BlankNode(node) => node.into_string(),
    }
}

#[test]
fn bundles_name_formats() {
    for (name, _) in BUNDLES.iter().flat_map(|bundle| bundle.files) {
        assert!(format(name).is_some(), "{name}");
    }
}
