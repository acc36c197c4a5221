//! One document as one line of JSON, for programs that do not speak RDF.

use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::model::{Entity, Evidence, Node, Observation, Reading, Relation};

/// One JSON object without line breaks: the document, then `entities`, `amounts`, `groups`, `relations` and
/// `observations`, each with its evidence. `begin` and `end` count characters of the source. Relations name entities
/// `e0`, `e1`, … , amounts `a0`, … and groups `g0`, … by their place in the lists. Numbers are exact.
pub fn json_line(reading: &Reading) -> String {
    // The types below hold only strings, numbers and lists, which always serialize.
    serde_json::to_string(&document(reading)).unwrap_or_default()
}

#[derive(Serialize)]
struct DocumentJson<'a> {
    document: &'a str,
    title: Option<&'a str>,
    published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dated_by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    format: &'a str,
    encoding: &'a str,
    hash: &'a str,
    characters: u32,
    entities: Vec<EntityJson<'a>>,
    amounts: Vec<AmountJson<'a>>,
    groups: Vec<GroupJson<'a>>,
    relations: Vec<RelationJson<'a>>,
    observations: Vec<ObservationJson<'a>>,
}

#[derive(Serialize)]
struct EntityJson<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'a str,
    names: &'a [String],
    mentions: Vec<EvidenceJson<'a>>,
}

#[derive(Serialize)]
struct AmountJson<'a> {
    id: String,
    value: Box<RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value_max: Option<Box<RawValue>>,
    currency: &'a str,
    qualifier: Option<&'a str>,
    investment: bool,
    evidence: EvidenceJson<'a>,
}

#[derive(Serialize)]
struct GroupJson<'a> {
    id: String,
    count: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    count_max: Option<u32>,
    evidence: EvidenceJson<'a>,
}

#[derive(Serialize)]
struct RelationJson<'a> {
    subject: String,
    predicate: &'a str,
    object: String,
    evidence: Vec<EvidenceJson<'a>>,
}

#[derive(Serialize)]
struct ObservationJson<'a> {
    subject: Option<String>,
    indicator: &'a str,
    value: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value_max: Option<Box<RawValue>>,
    unit: Option<&'a str>,
    qualifier: Option<&'a str>,
    period: Option<String>,
    growth_pct: Option<Box<RawValue>>,
    target: bool,
    evidence: EvidenceJson<'a>,
}

#[derive(Serialize)]
struct EvidenceJson<'a> {
    text: &'a str,
    begin: u32,
    end: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    sentence: Option<&'a str>,
    rule: &'a str,
    confidence: Box<RawValue>,
}

fn document(reading: &Reading) -> DocumentJson<'_> {
    let say = |evidence| evidence_json(reading, evidence);
    let amounts = reading.amounts.iter().enumerate().map(|(index, amount)| AmountJson {
        id: format!("a{index}"),
        value: number(amount.money.value),
        value_max: amount.money.max.map(number),
        currency: amount.money.currency,
        qualifier: amount.money.qualifier.map(|qualifier| qualifier.name()),
        investment: amount.investment,
        evidence: say(&amount.evidence),
    });
    let groups = reading.groups.iter().enumerate().map(|(index, group)| GroupJson {
        id: format!("g{index}"),
        count: group.count,
        count_max: group.count_max,
        evidence: say(&group.evidence),
    });
    let source = &reading.document;
    DocumentJson {
        document: &source.key,
        title: source.title.as_deref(),
        published: source.published.map(|date| date.to_string()),
        dated_by: source.origin.dated_by.map(|it| it.name()),
        publisher: source.origin.publisher.as_deref(),
        author: source.origin.author.as_deref(),
        address: source.origin.address.as_deref(),
        format: source.origin.format,
        encoding: source.encoding,
        hash: &source.hash,
        characters: source.characters,
        entities: reading.entities.iter().enumerate().map(|(index, it)| entity_json(reading, index, it)).collect(),
        amounts: amounts.collect(),
        groups: groups.collect(),
        relations: reading.relations.iter().map(|relation| relation_json(reading, relation)).collect(),
        observations: reading.observations.iter().map(|it| observation_json(reading, it)).collect(),
    }
}

fn entity_json<'a>(reading: &'a Reading, index: usize, entity: &'a Entity) -> EntityJson<'a> {
    EntityJson {
        id: format!("e{index}"),
        kind: entity.kind.name(),
        names: &entity.names,
        mentions: entity.mentions.iter().map(|mention| evidence_json(reading, &mention.evidence)).collect(),
    }
}

fn relation_json<'a>(reading: &'a Reading, relation: &'a Relation) -> RelationJson<'a> {
    RelationJson {
        subject: reference(&relation.subject),
        predicate: relation.predicate.name(),
        object: reference(&relation.object),
        evidence: relation.evidence.iter().map(|evidence| evidence_json(reading, evidence)).collect(),
    }
}

fn observation_json<'a>(reading: &'a Reading, observation: &'a Observation) -> ObservationJson<'a> {
    ObservationJson {
        subject: observation.subject.map(|id| format!("e{}", id.0)),
        indicator: &observation.indicator,
        value: observation.value.map(number),
        value_max: observation.max.map(number),
        unit: observation.unit.as_deref(),
        qualifier: observation.qualifier.map(|qualifier| qualifier.name()),
        period: observation.period.map(|period| period.to_string()),
        growth_pct: observation.growth.map(number),
        target: observation.target,
        evidence: evidence_json(reading, &observation.evidence),
    }
}

fn evidence_json<'a>(reading: &'a Reading, evidence: &'a Evidence) -> EvidenceJson<'a> {
    EvidenceJson {
        text: &evidence.text,
        begin: evidence.span.start,
        end: evidence.span.end,
        place: reading.document.origin.places.of(evidence.span),
        sentence: reading.sentences.get(evidence.sentence as usize).map(|sentence| sentence.text.as_str()),
        rule: evidence.rule,
        confidence: number(Decimal::new(i64::from(evidence.confidence), 3)),
    }
}

fn reference(node: &Node) -> String {
    match node {
        Node::Entity(id) => format!("e{}", id.0),
        Node::Amount(index) => format!("a{index}"),
        Node::Group(index) => format!("g{index}"),
        Node::Status(status) => status.name().to_owned(),
        Node::Text(text) => text.clone(),
    }
}

/// A JSON number with every digit of the decimal.
fn number(value: Decimal) -> Box<RawValue> {
    // A decimal prints as digits with at most one point, which is a JSON number; so does zero.
    RawValue::from_string(value.normalize().to_string()).unwrap_or_else(|_| RawValue::NULL.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn one_line_holds_every_part_exactly() {
        let line = json_line(&sample::reading());
        assert!(!line.contains('\n'));
        let value: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        for part in ["entities", "amounts", "groups", "relations", "observations"] {
            assert!(!value[part].as_array().expect(part).is_empty(), "{part}");
        }
        for exact in ["\"value\":3000000000,", "\"growth_pct\":7.5", "\"confidence\":0.93", "\"begin\":"] {
            assert!(line.contains(exact), "{exact} is not in {line}");
        }
    }
}
