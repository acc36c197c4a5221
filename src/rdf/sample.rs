//! Readings made by hand, for the tests of every later stage.

use rust_decimal::Decimal;

use crate::model::{
    Amount, Document, Entity, EntityId, EntityKind, Evidence, Group, Mention, Money, Node, Observation, PartialDate,
    Period, Predicate, Qualifier, Reading, Relation, Sentence, SourceSpan, Status,
};

/// A reading in the making; evidence is looked up by its text.
pub(crate) struct Sketch(pub(crate) Reading);

impl Sketch {
    /// A document that consists of these sentences.
    pub(crate) fn new(key: &str, sentences: &[&str]) -> Self {
        let mut start = 0;
        let mut place = |text: &&str| {
            let span = SourceSpan::new(start, start + text.chars().count());
            start = span.end as usize;
            Sentence { span, text: (*text).to_owned() }
        };
        let sentences: Vec<_> = sentences.iter().map(&mut place).collect();
        let document = Document {
            key: key.to_owned(),
            title: sentences.first().map(|sentence| sentence.text.clone()),
            published: Some(PartialDate::month(2023, 8)),
            encoding: "UTF-8",
            hash: blake3::hash(sentences.iter().map(|it| it.text.as_str()).collect::<String>().as_bytes()).to_string(),
            characters: start as u32,
            origin: crate::model::Origin::default(),
        };
        let (entities, amounts, groups) = (Vec::new(), Vec::new(), Vec::new());
        let (relations, observations) = (Vec::new(), Vec::new());
        Self(Reading { document, sentences, entities, amounts, groups, relations, observations })
    }

    /// The first place where `text` stands.
    pub(crate) fn evidence(&self, text: &str, rule: &'static str) -> Evidence {
        let found = self.0.sentences.iter().enumerate().find_map(|(index, it)| Some((index, it, it.text.find(text)?)));
        let (index, sentence, byte) = found.expect("the sample holds the text");
        let start = sentence.span.start as usize + sentence.text[..byte].chars().count();
        let span = SourceSpan::new(start, start + text.chars().count());
        Evidence { span, text: text.to_owned(), sentence: index as u32, rule, confidence: 930 }
    }

    /// An entity with its names, each mentioned where it first stands.
    pub(crate) fn entity(&mut self, kind: EntityKind, names: &[&str], rule: &'static str) -> EntityId {
        let mention =
            |(index, name): (usize, &&str)| Mention { evidence: self.evidence(name, rule), name: index as u32 };
        let mentions = names.iter().enumerate().map(mention).collect();
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        self.0.entities.push(Entity { kind, names, mentions });
        EntityId(self.0.entities.len() as u32 - 1)
    }

    /// A sum of yuan.
    pub(crate) fn amount(&mut self, text: &str, value: i64, max: Option<i64>, investment: bool) -> Node {
        let money = Money {
            value: Decimal::from(value),
            max: max.map(Decimal::from),
            currency: "CNY",
            qualifier: max.map(|_| Qualifier::About),
        };
        self.0.amounts.push(Amount { money, investment, evidence: self.evidence(text, "money/sum") });
        Node::Amount(self.0.amounts.len() as u32 - 1)
    }

    /// A counted set of projects.
    pub(crate) fn group(&mut self, text: &str, count: u32, count_max: Option<u32>) -> Node {
        self.0.groups.push(Group { count, count_max, evidence: self.evidence(text, "group/counted") });
        Node::Group(self.0.groups.len() as u32 - 1)
    }

    /// A statement that `text` makes.
    pub(crate) fn relation(&mut self, subject: Node, predicate: Predicate, object: Node, text: &str) {
        let evidence = vec![self.evidence(text, "relation/clause")];
        self.0.relations.push(Relation { subject, predicate, object, evidence });
    }
}

/// One document with every kind of entity, predicate and figure.
pub(crate) fn reading() -> Reading {
    let mut it = Sketch::new(
        "articles/星河.txt",
        &[
            "星河高新区签约两个项目。\n",
            "星河高新技术产业开发区与青岚传感科技有限公司签约智能传感器产业园项目,总投资30亿元至35亿元,计划年度投资6亿元,已完成投资5亿元。\n",
            "当日签约项目2至3个,总投资40亿元。\n",
            "青岚传感获评省级专精特新企业,与星河大学合作。\n",
            "星河市印发《星河扶持办法》,奖励200万元。\n",
            "上半年,星河高新区产值302.3亿元,增长7.5%,全年目标600亿元至650亿元。",
        ],
    );
    let park = it.entity(EntityKind::Park, &["星河高新技术产业开发区", "星河高新区"], "park/zone");
    let company = it.entity(EntityKind::Enterprise, &["青岚传感科技有限公司", "青岚传感"], "enterprise/suffix");
    let project = it.entity(EntityKind::Project, &["智能传感器产业园项目"], "project/signed");
    let university = it.entity(EntityKind::Organization, &["星河大学"], "organization/suffix");
    let industry = it.entity(EntityKind::Industry, &["智能传感器"], "industry/lexicon");
    let place = it.entity(EntityKind::Place, &["星河市"], "place/lexicon");
    let policy = it.entity(EntityKind::Policy, &["星河扶持办法"], "policy/titled");
    let total = it.amount("30亿元至35亿元", 3_000_000_000, Some(3_500_000_000), true);
    let yearly = it.amount("6亿元", 600_000_000, None, true);
    let spent = it.amount("5亿元", 500_000_000, None, true);
    let signed = it.amount("40亿元", 4_000_000_000, None, true);
    it.amount("200万元", 2_000_000, None, false);
    let group = it.group("签约项目2至3个", 2, Some(3));
    let clause = "智能传感器产业园项目,总投资30亿元至35亿元";
    let project_node = Node::Entity(project);
    for (subject, predicate, object, text) in [
        (project_node.clone(), Predicate::TotalInvestment, total, clause),
        (project_node.clone(), Predicate::PlannedInvestment, yearly, "计划年度投资6亿元"),
        (project_node.clone(), Predicate::CompletedInvestment, spent, "已完成投资5亿元"),
        (project_node.clone(), Predicate::Investor, Node::Entity(company), "青岚传感科技有限公司签约"),
        (project_node.clone(), Predicate::LocatedIn, Node::Entity(park), "星河高新区签约"),
        (project_node.clone(), Predicate::Industry, Node::Entity(industry), "智能传感器产业园项目"),
        (project_node.clone(), Predicate::MemberOf, group.clone(), "签约项目2至3个"),
        (project_node, Predicate::Status, Node::Status(Status::Signed), "签约智能传感器产业园项目"),
        (group, Predicate::TotalInvestment, signed, "总投资40亿元"),
        (Node::Entity(company), Predicate::Designation, Node::Text("省级专精特新企业".into()), "获评省级专精特新企业"),
        (Node::Entity(company), Predicate::Partner, Node::Entity(university), "与星河大学合作"),
        (Node::Entity(policy), Predicate::IssuedBy, Node::Entity(place), "星河市印发"),
    ] {
        it.relation(subject, predicate, object, text);
    }
    for (text, indicator, value, max, growth, target) in [
        ("产值302.3亿元,增长7.5%", "产值", 30_230_000_000_i64, None, Some(Decimal::new(75, 1)), false),
        ("全年目标600亿元至650亿元", "产值", 60_000_000_000_i64, Some(65_000_000_000), None, true),
    ] {
        let evidence = it.evidence(text, "observation/figure");
        it.0.observations.push(Observation {
            subject: Some(park),
            indicator: indicator.to_owned(),
            value: Some(Decimal::from(value)),
            max: max.map(|max: i64| Decimal::from(max)),
            unit: Some("CNY".to_owned()),
            qualifier: max.map(|_| Qualifier::AtLeast),
            period: Some(Period::Half(2023, 1)),
            growth,
            target,
            evidence,
        });
    }
    it.0
}

/// Small documents that share things, spell them differently and differ by `variant` (0–15).
pub(crate) fn shared(key: &str, variant: usize) -> Reading {
    const COMPANIES: [&[&str]; 4] =
        [&["青岚 传感", "青岚"], &["青岚传感", "青岚公司"], &["青岚\u{3000}传感", "青岚传感"], &["白鹭电子"]];
    const PARKS: [&[&str]; 4] =
        [&["星河 高新区"], &["星河高新区", "高新区"], &["云溪产业园"], &["云溪产业园", "产业园"]];
    let (company, park) = (COMPANIES[variant % 4], PARKS[variant / 4 % 4]);
    let sentence = format!("{}落户{},投资3亿元。", company.join("、"), park.join("、"));
    let mut it = Sketch::new(key, &[&sentence]);
    let from = it.entity(EntityKind::Enterprise, company, "enterprise/suffix");
    let to = it.entity(EntityKind::Park, park, "park/zone");
    it.relation(Node::Entity(from), Predicate::LocatedIn, Node::Entity(to), "落户");
    it.amount("3亿元", 300_000_000, None, true);
    it.0
}

/// Number of different texts that [`varied`] makes.
pub(crate) const VARIED: usize = 24;

/// Documents whose things hang together across documents: bare and full names, two cities, phases, and reprints, since two
/// documents of one `variant` differ in their masts only.
pub(crate) fn varied(key: &str, variant: usize) -> Reading {
    const PARKS: [&[&str]; 4] = [&["高新区"], &["郑州高新区", "高新区"], &["郑州高新技术产业开发区"], &["无锡高新区"]];
    const COMPANIES: [&[&str]; 6] = [
        &["新天科技"],
        &["新天科技股份有限公司", "新天科技"],
        &["河南新天科技有限公司"],
        &["深圳新天科技有限公司"],
        &["郑州磨料磨具磨削研究所有限公司", "三磨所"],
        &["三磨所"],
    ];
    const PROJECTS: [&str; 3] = ["汉威物联网产业园一期项目", "汉威物联网产业园项目", "汉威物联网产业园"];
    let (park, company) = (PARKS[variant % 4], COMPANIES[variant % 6]);
    let (project, city) = (PROJECTS[variant % 3], ["郑州市", "无锡市"][variant / 2 % 2]);
    let first = format!("{key}{city}消息。");
    let second = format!("{}签约落户{},双方将共同建设。", company.join("、"), park.join("、"));
    let third = format!("{project}总投资3亿元,计划明年{variant}月竣工。");
    let last = format!("这是第{variant}篇报道的最后一个句子。");
    let mut it = Sketch::new(key, &[&first, &second, &third, &last]);
    it.entity(EntityKind::Place, &[city], "place/lexicon");
    let to = it.entity(EntityKind::Park, park, "park/zone");
    let from = it.entity(EntityKind::Enterprise, company, "enterprise/suffix");
    let built = it.entity(EntityKind::Project, &[project], "project/signed");
    let sum = it.amount("3亿元", 300_000_000, None, true);
    it.relation(Node::Entity(from), Predicate::LocatedIn, Node::Entity(to), "签约落户");
    it.relation(Node::Entity(built), Predicate::LocatedIn, Node::Entity(to), "共同建设");
    it.relation(Node::Entity(built), Predicate::Investor, Node::Entity(from), "签约落户");
    it.relation(Node::Entity(built), Predicate::TotalInvestment, sum, "总投资3亿元");
    it.relation(Node::Entity(built), Predicate::Status, Node::Status(Status::Signed), "签约落户");
    it.0
}
