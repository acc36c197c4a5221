//! Cases as data: texts with the hits that they must and must not give.

use proptest::prelude::*;

use crate::lexicon::{Class, FEATURE_WORDS, Hit, Lexicon, words};

/// A text, names with the class under which each must fire, names that must not fire as a name of a thing.
type Case = (&'static str, &'static [(&'static str, Class)], &'static [&'static str]);

const CASES: &[Case] = &[
    (
        "河南省郑州市和新密市的企业来到长三角",
        &[
            ("河南省", Class::PlaceProvince),
            ("郑州市", Class::PlacePrefecture),
            ("新密市", Class::PlaceCounty),
            ("长三角", Class::PlaceRegion),
        ],
        &["郑州"],
    ),
    ("吉林与德国", &[("吉林", Class::PlaceProvince), ("德国", Class::Country)], &[]),
    ("双方合作,延长期限,公安机关", &[("合作", Class::CooperationVerb)], &[]),
    ("落户荥阳", &[("荥阳", Class::PlaceCounty), ("落户", Class::StatusSigned)], &[]),
    ("长治久安", &[], &["长治"]),
    ("江西安远县", &[("江西", Class::PlaceProvince), ("安远县", Class::PlaceCounty)], &["西安"]),
    ("合作高新区", &[("合作", Class::PlaceCounty), ("高新区", Class::ParkHead)], &[]),
    ("自然资源局和公安局", &[("资源", Class::PlaceWord)], &[]),
    ("中国新能源", &[("中国", Class::Country), ("新能源", Class::IndustryTerm)], &["国新能源"]),
    ("甘南合作成立", &[("甘南", Class::PlacePrefecture)], &[]),
    (
        "郑州高新技术产业开发区即郑州高新区",
        &[("郑州高新技术产业开发区", Class::ParkName), ("郑州高新区", Class::ParkName)],
        &[],
    ),
    ("石家庄经济技术开发区(石家庄经开区)", &[("石家庄经开区", Class::ParkName)], &[]),
    (
        "宁德时代、华为技术有限公司和中国中车",
        &[
            ("宁德时代", Class::CompanyShort),
            ("华为技术有限公司", Class::CompanyFull),
            ("中国中车", Class::CompanyShort),
        ],
        &["华为"],
    ),
    (
        "新开普电子股份有限公司",
        &[("新开普电子股份有限公司", Class::CompanyFull), ("股份有限公司", Class::CompanySuffix)],
        &[],
    ),
    ("清华大学与工信部", &[("清华大学", Class::OrgName), ("工信部", Class::OrgName)], &["清华"]),
    (
        "智能传感器、超硬材料和低空经济产业",
        &[
            ("智能传感器", Class::IndustryTerm),
            ("超硬材料", Class::IndustryTerm),
            ("低空经济产业", Class::IndustryTerm),
            ("产业", Class::IndustryHead),
        ],
        &["传感器", "低空经济"],
    ),
    ("其他未列明制造业", &[], &["其他未列明制造业"]),
    ("研发能力", &[("研发", Class::IndustryWord)], &[]),
    ("AI芯片在MAIN里", &[("AI芯片", Class::IndustryTerm)], &["AI"]),
    (
        "拟建项目计划总投资10亿元,已完成投资2亿元,年产值3亿元",
        &[
            ("拟建", Class::StatusPlanned),
            ("项目", Class::ProjectHead),
            ("计划总投资", Class::InvestTotal),
            ("已完成投资", Class::InvestCompleted),
            ("年产值", Class::MoneyOther),
        ],
        &[],
    ),
    ("荣获称号", &[("荣获", Class::AwardVerb), ("称号", Class::HonourHead)], &[]),
    (
        "印发实施方案(以下简称",
        &[("印发", Class::IssueVerb), ("实施方案", Class::PolicyHead), ("以下简称", Class::AliasCue)],
        &[],
    ),
    ("管委会主任", &[("管委会", Class::OrgHead), ("管委会主任", Class::PersonTitle)], &[]),
    ("建成投产", &[("建成投产", Class::StatusOperating)], &[]),
];

fn scan(text: &str) -> Vec<(String, Class)> {
    let chars: Vec<char> = text.chars().collect();
    let name = |hit: &Hit| chars[hit.span.range()].iter().collect();
    Lexicon::shared().scan(&chars).iter().map(|hit| (name(hit), hit.class)).collect()
}

#[test]
fn fires_where_it_must_and_only_there() {
    for (text, wanted, unwanted) in CASES {
        let hits = scan(text);
        for (name, class) in *wanted {
            assert!(hits.contains(&((*name).to_owned(), *class)), "{text}: {name} as {} in {hits:?}", class.name());
        }
        for name in *unwanted {
            assert!(!hits.iter().any(|(hit, class)| hit == name && class.is_name()), "{text}: {name} in {hits:?}");
        }
    }
}

#[test]
fn leads_from_names_to_things() {
    let lexicon = Lexicon::shared();
    let labels =
        |name: &str| lexicon.place_chain(name).iter().map(|entry| entry.label().to_owned()).collect::<Vec<_>>();
    assert_eq!(labels("新密市"), ["郑州市", "河南省"]);
    assert_eq!(labels("河南省"), Vec::<String>::new());
    let (_, id) = lexicon.look_up("气体传感器")[0];
    let broader: Vec<&str> = lexicon.industry_broader(id).iter().map(|entry| entry.label()).collect();
    assert_eq!(broader, ["智能传感器", "传感器", "电子信息", "新一代信息技术"]);
    let (_, id) = lexicon.look_up("郑州高新区")[0];
    let park = lexicon.entry(id).expect("it was just looked up");
    assert_eq!((park.label(), park.iri()), ("郑州高新技术产业开发区", Some("park/G412029")));
    assert!(park.aliases().any(|alias| alias == "郑州高新区"));
    assert_eq!(lexicon.entry(u32::MAX).map(|entry| entry.label()), None);
}

#[test]
fn chooses_the_outermost() {
    let chars: Vec<char> = "郑州高新技术产业开发区位于河南".chars().collect();
    let chosen = Lexicon::outermost(&Lexicon::shared().scan(&chars), Class::is_name);
    let classes: Vec<Class> = chosen.iter().map(|hit| hit.class).collect();
    assert_eq!(classes, [Class::ParkName, Class::PlaceProvince]);
}

#[test]
fn features_tell_begin_inside_and_end() {
    let chars: Vec<char> = "郑州市的".chars().collect();
    let mut out = vec![7];
    Lexicon::features_of(&Lexicon::shared().scan(&chars), chars.len(), &mut out);
    assert_eq!(out.len(), chars.len() * FEATURE_WORDS);
    let has = |at: usize, word: usize, class: Class| out[at * FEATURE_WORDS + word] & class.bit() != 0;
    assert!(
        has(0, 0, Class::PlacePrefecture) && has(1, 1, Class::PlacePrefecture) && has(2, 2, Class::PlacePrefecture)
    );
    assert!(!has(1, 0, Class::PlacePrefecture) && !has(2, 1, Class::PlacePrefecture));
    assert!(has(3, 0, Class::StopLeft) && has(3, 2, Class::StopLeft), "one character begins and ends");
}

#[test]
fn words_cover_the_text() {
    let chars: Vec<char> = "郑州建设智能传感器".chars().collect();
    let words = words(&chars);
    assert_eq!(words[0].1, "ns");
    assert_eq!(words.last().map(|(span, _)| span.end as usize), Some(chars.len()));
    assert!(words.windows(2).all(|pair| pair[0].0.end == pair[1].0.start));
}

proptest! {
    #[test]
    fn hits_are_sorted_and_within_the_text(text in "[郑州市高新技术产业开发区江西安远合作智能传感器AI的]{0,60}") {
        let chars: Vec<char> = text.chars().collect();
        let hits = Lexicon::shared().scan(&chars);
        let key = |hit: &Hit| (hit.span.start, std::cmp::Reverse(hit.span.end));
        prop_assert!(hits.windows(2).all(|pair| key(&pair[0]) <= key(&pair[1])));
        prop_assert!(hits.iter().all(|hit| !hit.span.is_empty() && hit.span.end as usize <= chars.len()));
        prop_assert_eq!(hits, Lexicon::shared().scan(&chars));
    }

    #[test]
    fn any_text_is_scanned(text in any::<String>()) {
        let chars: Vec<char> = text.chars().collect();
        Lexicon::shared().scan(&chars);
    }
}
