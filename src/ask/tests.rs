//! Questions over small graphs made by hand.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::model::{EntityKind, Node, Predicate, Status};
use crate::rdf::sample::{self, Sketch};

/// A second document: the same valley under three names, once as a park that is being built, once as a project.
fn valley() -> crate::model::Reading {
    let text = ["星河市加快建设中国智能传感谷。", "智能传感谷(一期)已投产,总投资12亿元。", "白鹭公司不是项目。"];
    let mut it = Sketch::new("b.txt", &text);
    let field = it.entity(EntityKind::Industry, &["智能传感"], "industry/lexicon");
    let park = it.entity(EntityKind::Park, &["中国智能传感谷"], "park/valley");
    let project = it.entity(EntityKind::Project, &["智能传感谷(一期)", "智能传感谷"], "project/phase");
    it.entity(EntityKind::Organization, &["白鹭公司"], "organization/suffix");
    let sum = it.amount("12亿元", 1_200_000_000, None, true);
    let building = Node::Status(Status::UnderConstruction);
    it.relation(Node::Entity(park), Predicate::Status, building, "加快建设中国智能传感谷");
    it.relation(Node::Entity(park), Predicate::Industry, Node::Entity(field), "中国智能传感谷");
    it.relation(Node::Entity(project), Predicate::Status, Node::Status(Status::Operating), "已投产");
    it.relation(Node::Entity(project), Predicate::TotalInvestment, sum, "总投资12亿元");
    it.0
}

fn store() -> Store {
    let store = Store::memory().expect("memory");
    store.put(&[sample::reading(), valley()], "test").expect("it is stored");
    store
}

fn answer(store: &Store, question: &str) -> Reply {
    ask(store, question, Lang::Zh).expect("the store can be read")
}

#[test]
fn questions_are_answered_with_evidence() {
    const VALLEY: &str = "智能传感谷(一期)";
    const PLANT: &str = "智能传感器产业园项目";
    let cases: &[(&str, &[&str])] = &[
        ("哪些项目与智能传感器相关?", &[PLANT, VALLEY]),
        ("跟智能传感器有关的项目有哪些", &[PLANT, VALLEY]),
        ("智能传感器相关项目", &[PLANT, VALLEY]),
        ("智能传感器 项目", &[PLANT, VALLEY]),
        ("哪些項目與智能傳感器相關", &[PLANT, VALLEY]),
        ("Which projects relate to 智能传感器?", &[PLANT, VALLEY]),
        ("Which projects are related to smart sensors?", &[PLANT, VALLEY]),
        ("星河高新区有哪些项目", &[PLANT]),
        ("青岚传感投资的项目", &[PLANT]),
        ("青岚传感在星河高新区投资了哪些项目", &[PLANT]),
        ("总投资超过20亿元的项目有哪些", &[PLANT]),
        ("总投资10亿元到20亿元之间的项目", &[VALLEY]),
        ("哪个项目总投资最大?", &[PLANT]),
        ("总投资超过50亿元的项目", &[]),
        ("已投产的项目有哪些", &[VALLEY]),
        ("星河市印发了哪些政策", &["星河扶持办法"]),
        ("星河扶持办法是谁发布的", &["星河市"]),
        ("智能传感器产业园项目总投资多少?", &["约30亿–35亿元"]),
        ("智能传感器产业园在哪里", &["星河高新技术产业开发区"]),
        ("智能传感器产业园进展如何", &["签约"]),
        ("谁投资了智能传感器产业园", &["青岚传感科技有限公司"]),
        ("智能传感谷投产了吗?", &["是"]),
        ("智能传感器产业园投产了吗?", &["否"]),
        ("星河高新区2023年上半年产值是多少", &["302.3亿元"]),
        ("星河高新区上半年产值增长多少", &["7.5%"]),
        ("星河高新区2023年上半年产值目标是多少", &["600亿–650亿元"]),
        ("青岚传感获得了哪些称号", &["省级专精特新企业"]),
        ("哪些企业入选省级专精特新", &["青岚传感科技有限公司"]),
        ("青岚传感的合作伙伴有哪些", &["星河大学"]),
        ("智能传感器领域有多少个项目", &["2"]),
        ("火星基地总投资多少", &[]),
        ("星河高新区2019年产值是多少", &[]),
        ("今天天气怎么样", &[]),
        ("", &[]),
        ("智能传感器\" } UNION { ?s ?p ?o } # 项目", &[]),
    ];
    let store = store();
    for (question, expected) in cases {
        let reply = answer(&store, question);
        let mut labels: Vec<&str> = reply.answers.iter().map(|answer| answer.label.as_str()).collect();
        labels.sort_unstable();
        assert_eq!(labels, *expected, "{question}: {:?}", reply.plan);
        assert!(reply.answers.iter().all(|answer| !answer.evidence.is_empty()), "{question} lacks evidence");
    }
}

#[test]
fn one_thing_under_several_names_is_one_answer() {
    let store = store();
    let reply = answer(&store, "哪些项目与智能传感器相关");
    let valley = reply.answers.iter().find(|answer| answer.label.contains('谷')).expect("the valley is found");
    assert_eq!(valley.aliases, ["智能传感谷", "中国智能传感谷"]);
    assert_eq!(valley.evidence[0].document, "b.txt");
    let nearest: Vec<Option<Way>> = reply.answers.iter().map(|answer| answer.way).collect();
    // The valley as a park states its field, and the park is the same thing to who asks.
    assert_eq!(nearest, [Some(Way::Stated), Some(Way::Stated)]);
}

#[test]
fn quotes_are_the_sentences_of_the_source() {
    let reply = answer(&store(), "智能传感谷总投资多少");
    let quote = &reply.answers[0].evidence[0];
    assert_eq!((quote.document.as_str(), quote.quote.as_str()), ("b.txt", "智能传感谷(一期)已投产,总投资12亿元。"));
    assert_eq!((quote.begin, quote.end), (15, 36));
}

#[test]
fn the_sparql_shown_gives_the_answers() {
    let store = store();
    for question in ["哪些项目与智能传感器相关", "星河高新区上半年产值是多少", "谁投资了智能传感器产业园"]
    {
        let reply = answer(&store, question);
        let rows = sparql::select(&store, &reply.sparql).expect("it is SPARQL");
        assert!(rows.len() >= reply.answers.len(), "{question}");
    }
}

#[test]
fn unknown_names_are_told_with_the_nearest_ones() {
    let reply = answer(&store(), "智能感应器产业园总投资多少");
    assert!(reply.answers.is_empty());
    assert_eq!(reply.suggestions.first().map(String::as_str), Some("智能传感器产业园项目"));
    assert!(text(&reply, Lang::Zh).contains("没有找到"));
    assert!(text(&reply, Lang::En).contains("Nothing found"));
}

#[test]
fn zones_and_places_that_nothing_tells_of_are_unknown() {
    let cases = [
        ("成都高新区有哪些项目", "成都高新区"),
        ("青岛保税区有哪些企业", "青岛保税区"),
        ("宁波经济技术开发区在哪里", "宁波经济技术开发区"),
        ("谁在昆明高新区投资", "昆明高新区"),
        ("白鹿高新区2023年上半年产值是多少", "白鹿高新区"),
        ("白鹿科技园发布了哪些政策", "白鹿科技园"),
        ("重庆2023年上半年产值是多少", "重庆"),
        ("重庆上半年产值增长多少", "重庆"),
        ("成都有哪些在建项目", "成都"),
        ("贵州省总投资最大的项目是哪个", "贵州省"),
        ("入驻兰州新区的企业有哪些", "兰州新区"),
        ("Which projects are located in Chongqing?", "重庆"),
        ("What is the output value of Bailu Science Park?", "Bailu"),
    ];
    let store = store();
    for (question, name) in cases {
        let reply = answer(&store, question);
        assert!(reply.answers.is_empty(), "{question}: {:?}", reply.plan);
        assert_eq!(reply.unknown, [name], "{question}");
    }
}

#[test]
fn questions_say_how_much_they_want() {
    let cases: &[(&str, &[&str])] = &[
        ("有哪些园区", &["中国智能传感谷", "星河高新技术产业开发区"]),
        ("有哪些高新区", &["星河高新技术产业开发区"]),
        ("文中提到的政策有哪些", &["星河扶持办法"]),
        ("智能传感器产业园和智能传感谷哪个在星河高新区", &["智能传感器产业园项目"]),
        ("智能传感器产业园和智能传感谷谁投产了", &["智能传感谷(一期)"]),
        ("智能传感器产业园建在哪", &["星河高新技术产业开发区"]),
        ("星河高新区上半年产值多少", &["302.3亿元"]),
    ];
    let store = store();
    for (question, expected) in cases {
        let reply = answer(&store, question);
        let mut labels: Vec<&str> = reply.answers.iter().map(|answer| answer.label.as_str()).collect();
        labels.sort_unstable();
        assert_eq!(labels, *expected, "{question}: {:?}", reply.plan);
    }
}

#[test]
fn json_keeps_to_the_contract() {
    let store = store();
    let parsed =
        |question| -> serde_json::Value { serde_json::from_str(&json(&answer(&store, question))).expect("it is JSON") };
    let list = parsed("哪些项目与智能传感器相关");
    let keys = |value: &serde_json::Value| -> Vec<String> {
        value.as_object().map(|object| object.keys().cloned().collect()).unwrap_or_default()
    };
    assert_eq!(keys(&list), ["answers", "notes", "plan", "question", "sparql", "suggestions"]);
    assert_eq!(keys(&list["answers"][0]), ["aliases", "evidence", "iri", "label", "way"]);
    assert_eq!(keys(&list["answers"][0]["evidence"][0]), ["begin", "document", "end", "quote"]);
    let sum = parsed("智能传感谷总投资多少");
    assert_eq!((&sum["answers"][0]["value"], &sum["answers"][0]["unit"]), (&1_200_000_000_i64.into(), &"CNY".into()));
}

#[test]
fn long_questions_are_not_read() {
    let reply = answer(&store(), &"智能传感器".repeat(2000));
    assert!(reply.answers.is_empty() && reply.plan.is_none());
}

/// One store for all random questions.
static SHARED: LazyLock<Store> = LazyLock::new(store);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_question_breaks_anything(question in "(智能传感器|星河高新区|项目|哪些|总投资|超过|10亿元|2023年|的|与|相关|有|吗|[ -~]|.){0,12}") {
        let reply = ask(&SHARED, &question, Lang::En);
        prop_assert!(reply.is_ok_and(|reply| !text(&reply, Lang::En).is_empty() && !json(&reply).is_empty()));
    }
}
