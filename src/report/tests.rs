//! Reports and annotated pages: what is in them, what can never be, and that equal stores give equal bytes.

use super::*;
use crate::model::EntityKind;
use crate::rdf::sample::{self, Sketch};
use crate::store::Store;

const OPTIONS: Options<'static> = Options { title: None, lang: Lang::Zh, most: 100 };

fn store(order: &[usize]) -> Store {
    let store = Store::memory().expect("memory");
    let readings = [sample::reading(), sample::shared("b.txt", 0), sample::shared("c.txt", 5)];
    for &at in order {
        store.put(&readings[at..=at], "test").expect("it is stored");
    }
    store
}

/// Markup as an evil article would have it, with places of our own frame.
const EVIL: &str = "<script>alert(1)</script>{{script}}\"'></section>&x;项目";

fn evil() -> crate::model::Reading {
    let mut it = Sketch::new("evil<b>.txt", &[&format!("签约{EVIL}。")]);
    it.entity(EntityKind::Project, &[EVIL], "project/signed");
    it.0
}

#[test]
fn a_report_holds_every_section_and_loads_nothing() {
    let page = report(&store(&[0, 1, 2]), &OPTIONS).expect("it can be read");
    for text in [
        "id=\"overview\"",
        "id=\"graph-data\"",
        "id=\"chains\"",
        "id=\"ledger\"",
        "id=\"figures\"",
        "id=\"policies\"",
        "id=\"sources\"",
        "智能传感器产业园项目",
        "30亿元",
        "CNY 3 bn",
        "星河扶持办法",
        "星河市印发《星河扶持办法》,奖励200万元。",
        "302.3亿元",
        "default-src 'none'",
    ] {
        assert!(page.contains(text), "{text} is missing");
    }
    // Identities of things are the only addresses, and only in the data of the drawing.
    for (at, _) in page.match_indices("http") {
        let rest = &page[at..];
        assert!(rest.starts_with("https://w3id.org/parkgraph/id/") || rest.starts_with("http-equiv"), "{:.80}", rest);
    }
    assert!(!page.contains("src=") && !page.contains("@import") && !page.contains("url("));
}

#[test]
fn the_order_of_reading_does_not_show() {
    let page = |order: &[usize]| report(&store(order), &OPTIONS).expect("it can be read");
    assert_eq!(page(&[0, 1, 2]), page(&[2, 1, 0]));
}

#[test]
fn markup_of_articles_is_text() {
    let reading = evil();
    let source: Vec<char> = reading.sentences[0].text.chars().collect();
    let store = Store::memory().expect("memory");
    let good = report(&store, &OPTIONS).expect("it can be read");
    store.put(std::slice::from_ref(&reading), "test").expect("it is stored");
    let options = Options { title: Some(EVIL), ..OPTIONS };
    let scripts = |page: &str| page.matches("<script").count();
    let page = report(&store, &options).expect("it can be read");
    assert_eq!((scripts(&page), scripts(&good)), (2, 2));
    let annotated = annotate(&source, &reading, Lang::En);
    assert_eq!(scripts(&annotated), 1);
    for page in [page, annotated] {
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;{{script}}&quot;&#39;&gt;"));
        assert!(!page.contains("<b>.txt"));
    }
}

#[test]
fn an_article_is_marked_with_its_facts() {
    let reading = sample::reading();
    let source: Vec<char> = reading.sentences.iter().flat_map(|sentence| sentence.text.chars()).collect();
    let page = annotate(&source, &reading, Lang::Zh);
    let mentions: usize = reading.entities.iter().map(|entity| entity.mentions.len()).sum();
    assert_eq!(page.matches("<mark ").count(), mentions + reading.amounts.len() + reading.groups.len());
    assert_eq!(page.matches("<li tabindex").count(), reading.relations.len() + reading.observations.len());
    // Without its tags the article is the source again.
    let article = page.split("<article lang=\"zh-CN\">").nth(1).and_then(|rest| rest.split("</article>").next());
    let without = regex::Regex::new("<small>.*?</small>|<[^>]*>").expect("a pattern");
    assert_eq!(without.replace_all(article.unwrap_or_default(), ""), source.iter().collect::<String>());
}
