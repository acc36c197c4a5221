//! Ledgers as offices keep them.

use super::*;
use crate::model::{EntityKind, Node, Predicate};

fn sheet(rows: &[&str]) -> Sheet {
    let mut sheet = Sheet::named("项目");
    for (row, line) in rows.iter().enumerate() {
        line.split('|').enumerate().for_each(|(column, text)| sheet.set(row as u32 + 1, column as u32 + 1, text));
    }
    sheet
}

fn told(ledger: &Ledger) -> Vec<String> {
    let name = |node: &Node| match node {
        Node::Entity(id) => {
            let entity = &ledger.entities[id.0 as usize];
            format!("{}:{}", entity.kind.name(), entity.names[0])
        }
        Node::Amount(at) => {
            let money = &ledger.amounts[*at as usize].money;
            format!("{}{}", money.value.normalize(), money.currency)
        }
        Node::Status(status) => status.name().to_owned(),
        Node::Text(text) => text.clone(),
        Node::Group(at) => format!("group {at}"),
    };
    let say =
        |it: &crate::model::Relation| format!("{} {} {}", name(&it.subject), it.predicate.name(), name(&it.object));
    ledger.relations.iter().map(say).collect()
}

fn read(rows: &[&str]) -> Result<(Ledger, Paper), Refusal> {
    let paper = ledger("xlsx", "UTF-8", vec![sheet(rows)], &Columns::default())?;
    let Content::Ledger(ledger) = paper.content.clone() else { unreachable!("a ledger gives a ledger") };
    Ok((ledger, paper))
}

#[test]
fn a_row_says_what_an_article_would() {
    let (ledger, paper) = read(&[
        "星河高新区重点项目台账||单位：万元",
        "序号|项目名称|建设单位|总投资|所在园区|所属行业|状态|用地面积（亩）",
        "1|青岚传感器产业园项目|白鹭科技有限公司、星河高新区管委会|300,000|星河高新区|智能传感器|在建|120.5",
        "|合计||300000",
        "2|月牙湖项目||约5亿元|星河高新区|—|已投产|",
    ])
    .expect("a ledger");
    assert_eq!(
        told(&ledger),
        [
            "Project:青岚传感器产业园项目 investor Enterprise:白鹭科技有限公司",
            "Project:青岚传感器产业园项目 investor Organization:星河高新区管委会",
            "Project:青岚传感器产业园项目 totalInvestment 3000000000CNY",
            "Project:青岚传感器产业园项目 locatedIn Park:星河高新区",
            "Project:青岚传感器产业园项目 industry Industry:智能传感器",
            "Project:青岚传感器产业园项目 status underConstruction",
            "Project:月牙湖项目 totalInvestment 500000000CNY",
            "Project:月牙湖项目 locatedIn Park:星河高新区",
            "Project:月牙湖项目 status operating",
        ]
    );
    assert_eq!(paper.warnings, []);
    let figure = &ledger.observations[0];
    assert_eq!((figure.indicator.as_str(), figure.unit.as_deref()), ("用地面积", Some("亩")));
    let sum = &ledger.relations[2];
    assert_eq!(
        (sum.predicate, paper.places.of(sum.evidence[0].span).as_deref()),
        (Predicate::TotalInvestment, Some("项目!D3"))
    );
    for relation in &ledger.relations {
        for evidence in &relation.evidence {
            assert_eq!(evidence.text, ledger.chars[evidence.span.range()].iter().collect::<String>());
        }
    }
}

#[test]
fn enterprises_and_parks_have_ledgers_too() {
    let (ledger, _) = read(&[
        "企业名称|所在园区|行业|荣誉|2022年产值（万元）",
        "白鹭科技有限公司|星河高新区|智能传感器|国家高新技术企业；专精特新企业|1200",
        "青岚公司|星河高新区|||",
    ])
    .expect("a ledger");
    assert_eq!(told(&ledger).len(), 5);
    assert_eq!(ledger.entities.iter().filter(|it| it.kind == EntityKind::Park).count(), 1);
    let figure = &ledger.observations[0];
    assert_eq!(figure.value.map(|it| it.to_string()).as_deref(), Some("12000000"));
    assert_eq!(figure.period.map(|it| it.to_string()).as_deref(), Some("2022"));
}

#[test]
fn merged_cells_speak_for_all_their_rows() {
    let mut sheet = sheet(&["所在园区|项目名称|总投资(亿元)", "星河高新区|甲项目|1", "|乙项目|2"]);
    sheet.merge((2, 1), (3, 1));
    let paper = ledger("xlsx", "UTF-8", vec![sheet], &Columns::default()).expect("a ledger");
    let Content::Ledger(ledger) = paper.content else { unreachable!("a ledger gives a ledger") };
    assert!(told(&ledger).contains(&"Project:乙项目 locatedIn Park:星河高新区".to_owned()));
}

#[test]
fn what_is_missing_is_told() {
    assert_eq!(read(&["姓名|电话", "王|1"]).err(), Some(Refusal::NoColumns("姓名、电话".to_owned())));
    assert_eq!(read(&[]).err(), Some(Refusal::Empty));
    let (ledger, paper) = read(&["项目名称|总投资|状态", "甲项目|12|很好"]).expect("a ledger");
    assert_eq!(ledger.amounts, []);
    let unread = |text: &str, place: &str| Warning::Unread {
        place: place.to_owned(),
        text: text.to_owned(),
        what: "stage of a project",
    };
    assert_eq!(paper.warnings, [Warning::NoUnit("总投资".to_owned()), unread("很好", "项目!C2")]);
}
