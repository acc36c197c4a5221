//! Places of the size that a question asks for: 在哪个省 is answered by the province of the city where a thing lies.

use oxigraph::model::{NamedNode, Term};

use super::answer::Answer;
use super::gazetteer::{Gazetteer, Level, PlaceId};
use super::names::{Names, kind_of};
use super::normal;
use crate::model::{EntityKind, Predicate};
use crate::rdf::terms;
use crate::store::{Store, StoreError};

/// Words that ask, before the word for a size.
const ASKING: [&str; 5] = ["哪个", "哪一个", "哪座", "哪", "哪个地级"];
/// Words for sizes.
const SIZES: [(&str, Level); 5] = [
    ("省", Level::Province),
    ("市", Level::Prefecture),
    ("城市", Level::Prefecture),
    ("州", Level::Prefecture),
    ("县", Level::County),
];
/// Most steps from a thing to what it lies in.
const MOST_STEPS: usize = 3;

/// The size of place that a question asks for.
pub fn level_asked(text: &str) -> Option<Level> {
    // 哪个省级平台 asks for no province.
    let asked = |size: &str| {
        let ends = |word: &&str| {
            text.match_indices(&format!("{word}{size}")).any(|(at, asked)| !text[at + asked.len()..].starts_with('级'))
        };
        ASKING.iter().any(ends)
    };
    SIZES.iter().find(|(size, _)| asked(size)).map(|(_, level)| *level)
}

/// The places of that size in which those of the answers lie, each once, with the sentences that tell the smaller one.
///
/// # Errors
/// If the store cannot be read.
pub fn climbed(store: &Store, names: &Names, answers: Vec<Answer>, level: Level) -> Result<Vec<Answer>, StoreError> {
    let mut found: Vec<Answer> = Vec::new();
    for answer in answers {
        let Some(iri) = answer.iri.clone() else { continue };
        if !matches!(kind_of(&iri), Some(EntityKind::Park | EntityKind::Place)) {
            continue;
        }
        let labels = std::iter::once(&answer.label).chain(&answer.aliases);
        let told = labels.flat_map(|label| of_size(label, level)).next();
        let Some(place) = told.map_or_else(|| above(store, names, &iri, level), |place| Ok(Some(place)))? else {
            continue;
        };
        let label = Gazetteer::shipped().place(place).names[0].to_owned();
        match found.iter_mut().find(|known| known.label == label) {
            Some(known) => known.evidence.extend(answer.evidence),
            None if answer.label == label => found.push(answer),
            None => {
                let iri = names.exact(&normal::key(&label)).into_iter().map(|id| names.thing(id));
                let iri =
                    iri.filter(|thing| thing.kind == EntityKind::Place).map(|thing| thing.iri.into_string()).next();
                let about = Some(answer.label);
                found.push(Answer { label, iri, about, evidence: answer.evidence, ..Answer::default() });
            }
        }
    }
    Ok(found)
}

/// The place of that size that the last place in a name is or lies in.
fn of_size(name: &str, level: Level) -> Option<PlaceId> {
    let gazetteer = Gazetteer::shipped();
    let chars: Vec<char> = normal::fold(name).chars().collect();
    let place = gazetteer.scan(&chars).last()?.place;
    let is_city = |id: PlaceId| gazetteer.place(id).names[0].ends_with('市');
    let fits = |id: PlaceId| match level {
        // 北京市 and 新密市 are cities of other sizes.
        Level::Prefecture => gazetteer.place(id).level == level || is_city(id),
        _ => gazetteer.place(id).level == level,
    };
    std::iter::once(place).chain(gazetteer.above(place)).find(|id| fits(*id))
}

/// The place of that size in which the graph tells a thing to lie.
fn above(store: &Store, names: &Names, iri: &str, level: Level) -> Result<Option<PlaceId>, StoreError> {
    let mut open = vec![NamedNode::new_unchecked(iri)];
    for _ in 0..MOST_STEPS {
        let mut next = Vec::new();
        for thing in &open {
            let by = terms::property(Predicate::LocatedIn);
            for quad in store.matching(Some(thing.as_ref().into()), Some(by), None) {
                let Term::NamedNode(home) = quad?.object else { continue };
                let labels = names.by_iri(home.as_str()).map(|thing| thing.names).unwrap_or_default();
                if let Some(place) = labels.iter().find_map(|label| of_size(label, level)) {
                    return Ok(Some(place));
                }
                next.push(home);
            }
        }
        open = next;
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_a_size_are_asked_for_and_found() {
        let cases = [
            ("在哪个省", "郑州高新区", Some("河南省")),
            ("在哪个市", "河南郑州", Some("郑州市")),
            ("在哪个市", "新密市", Some("新密市")),
            ("在哪个城市", "天津港保税区", Some("天津市")),
            ("在哪个县", "郑州市", None),
        ];
        for (question, name, expected) in cases {
            let level = level_asked(question).expect("it asks for a size");
            let found = of_size(name, level).map(|id| Gazetteer::shipped().place(id).names[0]);
            assert_eq!(found, expected, "{question} {name}");
        }
        assert_eq!(level_asked("在哪个园区"), None);
        assert_eq!(level_asked("是哪个省级平台"), None);
    }
}
