//! Readings of the parts of one document → the reading of the whole.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Entity, EntityId, EntityKind, Evidence, Mention, Node, Reading};

/// Joins the readings of successive parts: things of one kind and one fullest name become one. None for no part.
pub fn joined(parts: Vec<Reading>) -> Option<Reading> {
    let mut parts = parts.into_iter();
    let mut whole = parts.next()?;
    let mut known: BTreeMap<(EntityKind, String), u32> = BTreeMap::new();
    for (at, entity) in whole.entities.iter().enumerate() {
        known.insert((entity.kind, entity.names[0].clone()), at as u32);
    }
    let mut stated: BTreeSet<_> =
        whole.relations.iter().map(|r| (r.subject.clone(), r.predicate, r.object.clone())).collect();
    for part in parts {
        let (sentences, amounts, groups) =
            (whole.sentences.len() as u32, whole.amounts.len() as u32, whole.groups.len() as u32);
        let later = |mut evidence: Evidence| {
            evidence.sentence += sentences;
            evidence
        };
        let mut place: Vec<u32> = Vec::new();
        for entity in part.entities {
            let fresh = whole.entities.len() as u32;
            let at = *known.entry((entity.kind, entity.names[0].clone())).or_insert(fresh);
            if at == fresh {
                whole.entities.push(Entity { mentions: Vec::new(), ..entity.clone() });
            }
            add_mentions(&mut whole.entities[at as usize], entity, sentences);
            place.push(at);
        }
        let node = |node: Node| match node {
            Node::Entity(EntityId(at)) => Node::Entity(EntityId(place[at as usize])),
            Node::Amount(at) => Node::Amount(at + amounts),
            Node::Group(at) => Node::Group(at + groups),
            other => other,
        };
        whole.sentences.extend(part.sentences);
        whole.amounts.extend(part.amounts.into_iter().map(|mut amount| {
            amount.evidence = later(amount.evidence);
            amount
        }));
        whole.groups.extend(part.groups.into_iter().map(|mut group| {
            group.evidence = later(group.evidence);
            group
        }));
        for mut relation in part.relations {
            relation.subject = node(relation.subject);
            relation.object = node(relation.object);
            relation.evidence = relation.evidence.into_iter().map(later).collect();
            if stated.insert((relation.subject.clone(), relation.predicate, relation.object.clone())) {
                whole.relations.push(relation);
            }
        }
        whole.observations.extend(part.observations.into_iter().map(|mut observation| {
            observation.subject = observation.subject.map(|EntityId(at)| EntityId(place[at as usize]));
            observation.evidence = later(observation.evidence);
            observation
        }));
    }
    Some(whole)
}

fn add_mentions(known: &mut Entity, entity: Entity, sentences: u32) {
    let names: Vec<u32> = entity
        .names
        .iter()
        .map(|name| match known.names.iter().position(|other| other == name) {
            Some(at) => at as u32,
            None => {
                known.names.push(name.clone());
                known.names.len() as u32 - 1
            }
        })
        .collect();
    known.mentions.extend(entity.mentions.into_iter().map(|mut mention| {
        mention.evidence.sentence += sentences;
        Mention { name: names[mention.name as usize], ..mention }
    }));
}
