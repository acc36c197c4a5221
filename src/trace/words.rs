//! Statements in words: things by their names, sums as written, stages and properties in the reader's language.

use oxigraph::model::{NamedNode, NamedNodeRef, Term};

use super::node::text;
use super::value::{self, Value};
use crate::graph::words::{predicate, status};
use crate::message::Lang;
use crate::model::{Predicate, Status};
use crate::rdf::{expand, shorten, terms};
use crate::store::{Store, StoreError};

/// What a value is called.
pub fn value(value: &Value, lang: Lang) -> String {
    match value {
        Value::Thing(thing) => thing.label.clone(),
        Value::Sum(sum) => sum.text.clone(),
        Value::Stage { stage } => Status::from_name(stage).map_or(stage.clone(), |it| status(it, lang).to_owned()),
        Value::Node { label, .. } => label.clone(),
        Value::Text { text } => text.clone(),
    }
}

/// What a term of the graph is called: a figure by what it says, everything else by its value.
///
/// # Errors
/// When the disk refuses.
pub fn term(store: &Store, term: &Term, lang: Lang) -> Result<String, StoreError> {
    if let Term::NamedNode(node) = term {
        if let Some(figure) = figure(store, node.as_ref(), lang)? {
            return Ok(figure);
        }
        if let Some(class) = class(node.as_ref(), lang) {
            return Ok(class.to_owned());
        }
    }
    Ok(value(&value::of(store, term)?, lang))
}

/// A figure in words: indicator, period, number with unit, growth; none for what is no figure.
///
/// # Errors
/// When the disk refuses.
pub fn figure(store: &Store, node: NamedNodeRef<'_>, lang: Lang) -> Result<Option<String>, StoreError> {
    let part = |property| text(store, node, property);
    let Some(mut words) = part(terms::INDICATOR)? else { return Ok(None) };
    if let Some(period) = part(terms::PERIOD)? {
        words = format!("{period} {words}");
    }
    if let Some(number) = part(terms::VALUE)? {
        let number = part(terms::MAX_VALUE)?.map_or(number.clone(), |most| format!("{number}–{most}"));
        words = format!("{words} {number}{}", part(terms::UNIT_TEXT)?.map_or(String::new(), |unit| format!(" {unit}")));
    }
    if let Some(growth) = part(terms::GROWTH)? {
        words += &pick(lang, format!("，增长 {growth}%"), format!(", growth {growth}%"));
    }
    if part(terms::TARGET)?.as_deref() == Some("true") {
        words += &pick(lang, "（目标）".to_owned(), " (aim)".to_owned());
    }
    Ok(Some(words))
}

/// What a property is called.
pub fn property(property: NamedNodeRef<'_>, lang: Lang) -> String {
    match Predicate::ALL.into_iter().find(|it| terms::property(*it) == property) {
        Some(found) => predicate(found, lang).to_owned(),
        None if property == terms::TYPE => pick(lang, "是", "is a").to_owned(),
        None => match OTHERS.iter().find(|(iri, ..)| property == *iri) {
            Some((_, _, zh, en)) => pick(lang, *zh, *en).to_owned(),
            None => shorten(property.as_str()),
        },
    }
}

/// Properties beside those that documents tell: IRI, local name, what they are called in Chinese and English.
const OTHERS: [(NamedNodeRef<'static>, &str, &str, &str); 5] = [
    (terms::IS_PART_OF, "isPartOf", "属于", "part of"),
    (terms::HAS_PART, "hasPart", "包含", "has part"),
    (terms::BROADER, "broader", "上位产业", "broader"),
    (terms::NARROWER, "narrower", "下位产业", "narrower"),
    (terms::CONTAINED_IN, "containedInPlace", "隶属", "contained in"),
];

/// The property that a user writes, also one of which only rules and gazetteers make statements.
pub(super) fn following_called(text: &str) -> Option<NamedNode> {
    let other = OTHERS.iter().find(|(iri, name, zh, en)| {
        [*name, *zh, *en].iter().any(|it| it.eq_ignore_ascii_case(text)) || expand(text).is_some_and(|it| it == *iri)
    });
    property_called(text).or_else(|| other.map(|(iri, ..)| iri.into_owned()))
}

/// What a rule says, by its file in `ontology/rules`.
pub fn rule(name: &str, lang: Lang) -> &str {
    const RULES: [(&str, &str, &str); 7] = [
        ("gazetteer", "地名录、园区目录或产业分类中如此", "the gazetteer or the taxonomy says so"),
        ("industry", "属于某产业的，也属于其上位产业", "what works in an industry works in the broader ones"),
        ("located", "在某园区或地点之内的，也在其所在地之内", "what is in a park or place is in what contains it"),
        ("member", "项目组包含其成员", "a group of projects has its members"),
        ("narrower", "上位产业之下有下位产业", "a broader industry has the narrower ones below it"),
        ("part", "整体包含其部分", "a whole has its parts"),
        ("partner", "合作是相互的", "partners are partners of each other"),
    ];
    RULES.iter().find(|(known, ..)| *known == name).map_or(name, |(_, zh, en)| pick(lang, *zh, *en))
}

/// The property that a user writes: `totalInvestment`, `pg:totalInvestment`, 总投资 or `total investment`.
pub fn property_called(text: &str) -> Option<NamedNode> {
    if matches!(text, "a" | "type" | "rdf:type" | "是" | "类型") {
        return Some(terms::TYPE.into_owned());
    }
    let called = |it: &Predicate| {
        let names = [it.name(), predicate(*it, Lang::Zh), predicate(*it, Lang::En)];
        names.iter().any(|name| name.eq_ignore_ascii_case(text)) || (*it == Predicate::Status && text == "状态")
    };
    let known = Predicate::ALL.into_iter().find(called).map(|it| terms::property(it).into_owned());
    let known_iri = |iri: &NamedNode| Predicate::ALL.into_iter().any(|it| terms::property(it) == *iri);
    known.or_else(|| expand(text).filter(known_iri))
}

/// The stage that a user writes: `started`, `pg:started`, 开工.
pub fn stage_called(text: &str) -> Option<NamedNode> {
    let text = text.strip_prefix("pg:").unwrap_or(text);
    let called = |it: &Status| {
        let names = [it.name(), status(*it, Lang::Zh), status(*it, Lang::En)];
        names.iter().any(|name| name.eq_ignore_ascii_case(text))
    };
    Status::ALL.into_iter().find(called).map(|it| terms::status(it).into_owned())
}

fn class(node: NamedNodeRef<'_>, lang: Lang) -> Option<&'static str> {
    let kinds = crate::model::EntityKind::ALL.into_iter().map(|kind| (terms::class(kind), kind.name()));
    let others = [
        (terms::PROJECT_GROUP, pick(lang, "项目组", "project group")),
        (terms::INVESTMENT_AMOUNT, pick(lang, "投资金额", "investment amount")),
        (terms::MONETARY_AMOUNT, pick(lang, "金额", "amount")),
        (terms::OBSERVATION, pick(lang, "统计数字", "figure")),
    ];
    let named = kinds.map(|(class, name)| (class, crate::graph::words::kind_named(name, lang)));
    named.chain(others).find(|(class, _)| *class == node).map(|(_, name)| name)
}

/// One of two, by language.
pub fn pick<T>(lang: Lang, zh: T, en: T) -> T {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}
