//! What people call kinds, relations, stages and sums, in Chinese and English.

use rust_decimal::Decimal;

use super::NodeKind;
use crate::message::Lang;
use crate::model::{EntityKind, Predicate, Status};

/// The name of a kind of node.
pub fn kind(kind: NodeKind, lang: Lang) -> &'static str {
    let (zh, en) = match kind {
        NodeKind::Thing(EntityKind::Enterprise) => ("企业", "Enterprise"),
        NodeKind::Thing(EntityKind::Organization) => ("机构", "Organization"),
        NodeKind::Thing(EntityKind::Park) => ("园区", "Park"),
        NodeKind::Thing(EntityKind::Project) => ("项目", "Project"),
        NodeKind::Thing(EntityKind::Policy) => ("政策", "Policy"),
        NodeKind::Thing(EntityKind::Industry) => ("产业", "Industry"),
        NodeKind::Thing(EntityKind::Place) => ("地点", "Place"),
        NodeKind::Group => ("项目组", "Project group"),
        NodeKind::Amount => ("金额", "Amount"),
    };
    pick(lang, zh, en)
}

/// The name of the kind with that class name; the class name itself where there is none.
pub fn kind_named(name: &'static str, lang: Lang) -> &'static str {
    NodeKind::from_name(name).map_or(name, |found| kind(found, lang))
}

/// The name of a relation.
pub fn predicate(predicate: Predicate, lang: Lang) -> &'static str {
    let (zh, en) = match predicate {
        Predicate::TotalInvestment => ("总投资", "total investment"),
        Predicate::PlannedInvestment => ("计划投资", "planned investment"),
        Predicate::CompletedInvestment => ("完成投资", "completed investment"),
        Predicate::Investor => ("投资方", "investor"),
        Predicate::LocatedIn => ("位于", "located in"),
        Predicate::Industry => ("所属产业", "industry"),
        Predicate::IssuedBy => ("发布方", "issued by"),
        Predicate::MemberOf => ("属于项目组", "member of"),
        Predicate::Partner => ("合作方", "partner"),
        Predicate::Designation => ("称号", "designation"),
        Predicate::Status => ("阶段", "stage"),
    };
    pick(lang, zh, en)
}

/// The name of the relation with that property name; the property name itself where there is none.
pub fn predicate_named(name: &'static str, lang: Lang) -> &'static str {
    Predicate::from_name(name).map_or(name, |found| predicate(found, lang))
}

/// The name of a stage of a project.
pub fn status(status: Status, lang: Lang) -> &'static str {
    let (zh, en) = match status {
        Status::Planned => ("谋划", "Planned"),
        Status::Signed => ("签约", "Signed"),
        Status::Started => ("开工", "Started"),
        Status::UnderConstruction => ("在建", "Under construction"),
        Status::Completed => ("竣工", "Completed"),
        Status::Operating => ("投产", "Operating"),
    };
    pick(lang, zh, en)
}

/// A sum as people write it: `130.5亿元`, `CNY 13.05 bn`; at most two decimals, the rest cut off.
pub fn money(value: Decimal, currency: &str, lang: Lang) -> String {
    let scales: [(u64, &str); 4] = match lang {
        Lang::Zh => [(1_000_000_000_000, "万亿"), (100_000_000, "亿"), (10_000, "万"), (1, "")],
        Lang::En => [(1_000_000_000_000, " tn"), (1_000_000_000, " bn"), (1_000_000, " m"), (1, "")],
    };
    let fits = |(scale, _): &&(u64, &str)| value.abs() >= Decimal::from(*scale);
    let (scale, word) = scales.iter().find(fits).copied().unwrap_or((1, ""));
    let number = (value / Decimal::from(scale)).trunc_with_scale(2).normalize();
    match lang {
        Lang::Zh => format!("{number}{word}{}", unit(currency)),
        Lang::En => format!("{currency} {number}{word}"),
    }
}

fn unit(currency: &str) -> &str {
    match currency {
        "CNY" => "元",
        "USD" => "美元",
        "EUR" => "欧元",
        "HKD" => "港元",
        "JPY" => "日元",
        "GBP" => "英镑",
        "KRW" => "韩元",
        "TWD" => "新台币",
        other => other,
    }
}

fn pick<'a>(lang: Lang, zh: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_written_as_people_do() {
        for (value, currency, zh, en) in [
            ("13050000000", "CNY", "130.5亿元", "CNY 13.05 bn"),
            ("3500000000000", "CNY", "3.5万亿元", "CNY 3.5 tn"),
            ("2000000", "USD", "200万美元", "USD 2 m"),
            ("350000", "CNY", "35万元", "CNY 350000"),
            ("99.999", "CHF", "99.99CHF", "CHF 99.99"),
            ("0", "CNY", "0元", "CNY 0"),
        ] {
            let value = value.parse().expect("a decimal");
            assert_eq!(
                (money(value, currency, Lang::Zh).as_str(), money(value, currency, Lang::En).as_str()),
                (zh, en)
            );
        }
    }
}
