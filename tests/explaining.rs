//! `why`, `history`, `diff` and the health of `stats`: where facts come from, and what changes.

use parkgraph::model::{
    Amount, Document, Entity, EntityId, EntityKind, Evidence, Mention, Money, Node, Observation, Origin, PartialDate,
    Period, Predicate, Reading, Relation, Sentence, SourceSpan, Status,
};
use parkgraph::store::{Mode, Store};
use serde_json::Value;

use crate::support::Folder;

const PROJECT: &str = "青岚白鹭传感器产业园项目";

/// A document that tells stage and sum of a project, an idle company, and a figure of the project.
fn reading(year: u16, stage: (Status, &str), sum: (&str, i64)) -> Reading {
    let text = format!("{PROJECT}{},总投资{},产值5亿元。到场的有白鹭云帆科技有限公司。", stage.1, sum.0);
    let span = |part: &str| {
        let start = text[..text.find(part).expect("the text has it")].chars().count();
        SourceSpan::new(start, start + part.chars().count())
    };
    let evidence =
        |part: &str, rule| Evidence { span: span(part), text: part.to_owned(), sentence: 0, rule, confidence: 900 };
    let entity = |kind, name: &str| Entity {
        kind,
        names: vec![name.to_owned()],
        mentions: vec![Mention { evidence: evidence(name, "test/name"), name: 0 }],
    };
    let relation = |predicate, object, part: &str| Relation {
        subject: Node::Entity(EntityId(0)),
        predicate,
        object,
        evidence: vec![evidence(part, "test/hand")],
    };
    let money = Money { value: sum.1.into(), max: None, currency: "CNY", qualifier: None };
    Reading {
        document: Document {
            key: format!("{year}.txt"),
            title: Some(format!("{year}年的消息")),
            published: Some(PartialDate::year(year)),
            encoding: "UTF-8",
            hash: format!("{year:064}"),
            characters: text.chars().count() as u32,
            origin: Origin::default(),
        },
        sentences: vec![Sentence { span: span(&text), text: text.clone() }],
        entities: vec![entity(EntityKind::Project, PROJECT), entity(EntityKind::Enterprise, "白鹭云帆科技有限公司")],
        amounts: vec![Amount { money, investment: true, evidence: evidence(sum.0, "test/sum") }],
        groups: Vec::new(),
        relations: vec![
            relation(Predicate::TotalInvestment, Node::Amount(0), sum.0),
            relation(Predicate::Status, Node::Status(stage.0), stage.1),
        ],
        observations: vec![Observation {
            subject: Some(EntityId(0)),
            indicator: "产值".to_owned(),
            value: Some(500_000_000.into()),
            max: None,
            unit: Some("CNY".to_owned()),
            qualifier: None,
            period: Some(Period::Date(PartialDate::year(year - 1))),
            growth: None,
            target: false,
            evidence: evidence("产值5亿元", "test/figure"),
        }],
    }
}

/// A store `old` with one document, and `new` with that and a later one that tells another stage and sum.
fn folder() -> Folder {
    let folder = Folder::new();
    let first = reading(2018, (Status::Signed, "签约"), ("10亿元", 1_000_000_000));
    let second = reading(2019, (Status::Started, "开工"), ("12亿元", 1_200_000_000));
    for (name, readings) in [("old", vec![first.clone()]), ("new", vec![first, second])] {
        let store = Store::open(&folder.at(name), Mode::Write).expect("a new store");
        store.put(&readings, "test").expect("it is stored");
    }
    folder
}

#[test]
fn why_shows_the_sentences_with_the_words_marked() {
    let folder = folder();
    let signed = "【青岚白鹭传感器产业园项目】签约,总投资【10亿元】,产值5亿元。到场的有白鹭云帆科技有限公司。";
    let cases: &[(&[&str], &[&str], &[&str])] = &[
        (
            &[PROJECT, "总投资"],
            &[signed, "2018.txt  《2018年的消息》  2018  ", "总投资【12亿元】", "test/hand", "0.9"],
            &["开工】"],
        ),
        (&["青岚白鹭传感器产业园项目 pg:totalInvestment 12亿元"], &["总投资【12亿元】"], &["2018.txt"]),
        (&[PROJECT, "status", "开工"], &["【开工】", "2019.txt"], &["2018.txt"]),
        (&[PROJECT, "pg:status", "pg:signed"], &["【签约】", "2018.txt"], &["2019.txt"]),
        (&[PROJECT, "产值"], &["2017 产值 500000000 CNY", "【产值5亿元】"], &["总投资【"]),
        (&["pgr:project/青岚白鹭传感器产业园项目"], &["总投资【12亿元】", "【签约】", "【产值5亿元】"], &[]),
        (&["10亿元"], &[signed], &["2019.txt"]),
        (&["产值"], &["【产值5亿元】"], &["签约】"]),
        (&["pgr:document/2018.txt#fact=3"], &["2018.txt"], &["2019.txt"]),
    ];
    for (fact, parts, absent) in cases {
        let line: Vec<&str> = ["why", "-l", "new", "--lang", "zh"].iter().chain(*fact).copied().collect();
        let told = folder.run_with(&line).good();
        for part in *parts {
            assert!(told.contains(part), "{fact:?} lacks {part}:\n{told}");
        }
        for part in *absent {
            assert!(!told.contains(part), "{fact:?} has {part}:\n{told}");
        }
    }
}

#[test]
fn why_tells_the_rule_behind_what_only_follows() {
    let folder = Folder::new();
    let mut told = reading(2018, (Status::Signed, "签约"), ("10亿元", 1_000_000_000));
    let mentions = told.entities[1].mentions.clone();
    told.entities.push(Entity { kind: EntityKind::Place, names: vec!["合肥市".to_owned()], mentions });
    told.relations.push(Relation {
        subject: Node::Entity(EntityId(0)),
        predicate: Predicate::LocatedIn,
        object: Node::Entity(EntityId(2)),
        evidence: told.relations[1].evidence.clone(),
    });
    let store = Store::open(&folder.at("new"), Mode::Write).expect("a new store");
    store.put(&[told], "test").expect("it is stored");
    let reifies = Some(parkgraph::rdf::terms::REIFIES);
    let reasons = store.following(None, reifies, None).expect("what follows");
    let anhui = reasons.iter().find(|quad| quad.object.to_string().contains("project/")).expect("the province");
    let reason = parkgraph::rdf::shorten(anhui.subject.to_string().trim_matches(['<', '>']));
    drop(store);
    let parts = [
        "青岚白鹭传感器产业园项目 · 位于 · 安徽省\n  推得，规则 located",
        "    青岚白鹭传感器产业园项目 · 位于 · 合肥市\n      2018.txt",
        "项目】【签约】",
        "    合肥市 · 隶属 · 安徽省\n      推得，规则 gazetteer",
    ];
    for fact in [vec![PROJECT, "位于", "安徽省"], vec![&*reason]] {
        let line: Vec<&str> = ["why", "-l", "new", "--lang", "zh"].iter().chain(&fact).copied().collect();
        let told = folder.run_with(&line).good();
        assert!(parts.iter().all(|part| told.contains(part)), "{fact:?}:\n{told}");
    }
    let both = folder.run_with(&["why", PROJECT, "locatedIn", "-l", "new", "--format", "json"]).good();
    let both: Value = serde_json::from_str(&both).expect("JSON");
    assert_eq!(both["statements"][0].get("follows"), None);
    assert_eq!(both["statements"][1]["follows"]["rule"], "located");
    assert_eq!(both["statements"][1]["follows"]["from"][0]["evidence"][0]["document"], "2018.txt");
    let direct = folder.run_with(&["why", PROJECT, "位于", "合肥市", "-l", "new", "--lang", "zh"]).good();
    assert!(!direct.contains("推得"), "{direct}");
}

#[test]
fn why_in_json_tells_where_the_words_stand() {
    let folder = folder();
    let line = ["why", PROJECT, "totalInvestment", "10亿元", "-l", "new", "--format", "json"];
    let told: Value = serde_json::from_str(&folder.run_with(&line).good()).expect("JSON");
    let statement = &told["statements"][0];
    let evidence = &statement["evidence"][0];
    assert_eq!(statement["property"], "pg:totalInvestment");
    assert_eq!(statement["object"]["value"], "1000000000");
    assert_eq!(evidence["marks"], serde_json::json!([[0, 12], [18, 22]]));
    assert_eq!((&evidence["document"], &evidence["published"]), (&"2018.txt".into(), &"2018".into()));
}

#[test]
fn what_is_not_there_is_told_with_near_names() {
    let folder = folder();
    let missing = folder.run_with(&["why", "青岚白鹭感应器产业园项目", "总投资", "-l", "new"]);
    assert_eq!((missing.status(), missing.out()), (1, String::new()));
    assert!(missing.err().contains(PROJECT), "{}", missing.err());
    let nothing = folder.run_with(&["why", PROJECT, "合作方", "-l", "new", "--format", "json"]);
    let told: Value = serde_json::from_str(&nothing.out()).expect("JSON");
    assert_eq!((nothing.status(), &told["statements"]), (1, &serde_json::json!([])));
    assert_eq!(folder.run("history 火星基地 -l new").status(), 2);
    assert_eq!(folder.run("why 甲 -l nowhere").status(), 2);
    assert_eq!(folder.run("diff old nowhere").status(), 2);
}

#[test]
fn history_is_in_order_of_time() {
    let folder = folder();
    let line = ["history", PROJECT, "-l", "new", "--format", "json", "--lang", "zh"];
    let told: Value = serde_json::from_str(&folder.run_with(&line).good()).expect("JSON");
    let events = told[0]["events"].as_array().expect("events");
    let seen: Vec<_> = events
        .iter()
        .map(|it| ["date", "kind", "value", "document"].map(|part| it[part].as_str().unwrap_or_default()).join(" "))
        .collect();
    let expected = [
        "2017 figure 2017 产值 500000000 CNY 2018.txt",
        "2018 name 青岚白鹭传感器产业园项目 2018.txt",
        "2018 stage 签约 2018.txt",
        "2018 sum 10亿元 2018.txt",
        "2018 figure 2018 产值 500000000 CNY 2019.txt",
        "2019 stage 开工 2019.txt",
        "2019 sum 12亿元 2019.txt",
    ];
    assert_eq!(seen, expected);
    let table = folder.run_with(&["history", PROJECT, "-l", "new"]).good();
    assert!(table.contains("Signed") && table.contains("【10亿元】"), "{table}");
}

#[test]
fn differences_are_told_in_words() {
    let folder = folder();
    for (line, parts) in [
        ("diff old old", &["both stores say the same"][..]),
        ("diff old new", &["new documents: 1\n  2019.txt\n", "+ stage Started", "+ total investment 12亿元"]),
        (
            "diff old new --lang zh",
            &[
                "新增文档：1\n  2019.txt\n",
                "总投资：原为 10亿元（2018.txt） → 现为 10亿元（2018.txt）、12亿元（2019.txt）",
            ],
        ),
        ("diff new old --lang zh", &["消失的文档：1\n  2019.txt\n", "- 阶段 开工"]),
    ] {
        let told = folder.run(line).good();
        for part in parts {
            assert!(told.contains(part), "{line} lacks {part}:\n{told}");
        }
    }
    let told: Value = serde_json::from_str(&folder.run("diff old new --format json").good()).expect("JSON");
    assert_eq!(told["documents"]["new"], serde_json::json!(["2019.txt"]));
    assert_eq!(told["new_things"], serde_json::json!([]));
    assert_eq!(told["changes"].as_array().map(Vec::len), Some(1));
}

#[test]
fn stats_count_what_is_missing() {
    let folder = folder();
    let told: Value = serde_json::from_str(&folder.run("stats -l new --format json").good()).expect("JSON");
    let counts =
        ["orphans", "projectsWithoutSum", "sumsWithoutProject", "namesNeverLinked"].map(|it| told[it].as_u64());
    assert_eq!(counts, [Some(1), Some(0), Some(0), Some(0)]);
}
