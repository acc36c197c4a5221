//! A question without the place that it begins with: 星河市青岚基地项目在哪里 where only 青岚基地 is a name, and lies there.

use oxigraph::model::{NamedNode, Term};

use super::clue::clues;
use super::gazetteer::{Gazetteer, PlaceId};
use super::names::{Names, kind_of};
use super::plan::{Filter, Plan, Start};
use super::words::Words;
use crate::model::{EntityKind, Predicate};
use crate::rdf::terms;
use crate::store::{Store, StoreError};

/// Least length of what stands behind the place, in characters.
const LEAST: usize = 6;
/// Most steps from a thing to what it lies in.
const MOST_STEPS: usize = 3;

/// The place that begins a question, and what stands behind it; `None` where that begins with no name.
pub fn split(question: &str, names: &Names, words: &Words) -> Option<(PlaceId, String)> {
    let (place, rest) = parted(question)?;
    // A name that holds the place is no other without it.
    let whole: Vec<char> = question.chars().collect();
    let longer = |(end, _): &(usize, _)| whole.len() - end < rest.chars().count();
    if names.longest_at(&whole, 0, words).as_ref().is_some_and(longer) {
        return None;
    }
    let chars: Vec<char> = rest.chars().collect();
    let (end, _) = names.longest_at(&chars, 0, words)?;
    let name: String = chars[..end].iter().collect();
    (!words.is_reserved(&name)).then_some((place, rest))
}

fn parted(question: &str) -> Option<(PlaceId, String)> {
    let chars: Vec<char> = question.chars().collect();
    let hit = Gazetteer::shipped().scan(&chars).into_iter().next().filter(|hit| hit.from == 0)?;
    let rest: String = chars[hit.to..].iter().collect();
    let zone = clues().zones.iter().flatten().any(|noun| rest.starts_with(noun.as_str()));
    let named =
        rest.chars().next().is_some_and(|c| c.is_alphanumeric() && !c.is_ascii_digit() && !"有在的和与哪".contains(c));
    (named && !zone && rest.chars().count() >= LEAST).then_some((hit.place, rest))
}

/// True where a plan is about things of which none is told to lie elsewhere than in that place.
///
/// # Errors
/// If the store cannot be read.
pub fn lies_there(store: &Store, names: &Names, plan: &Plan, place: PlaceId) -> Result<bool, StoreError> {
    let things = about(plan);
    for thing in &things {
        if homes(store, names, thing)?.is_some_and(|homes| !homes.contains(&place)) {
            return Ok(false);
        }
    }
    let named =
        |thing: &NamedNode| !matches!(kind_of(thing.as_str()), None | Some(EntityKind::Industry | EntityKind::Place));
    Ok(things.iter().any(named))
}

/// The things that a plan is about.
fn about(plan: &Plan) -> Vec<NamedNode> {
    match plan {
        Plan::Values(plan) => plan.things.clone(),
        Plan::Figures(plan) => plan.subjects.clone(),
        Plan::Passage(plan) => plan.but.clone(),
        Plan::Hops(plan) => match &plan.start {
            Start::Things(things) => things.clone(),
            Start::Listed(_) => Vec::new(),
        },
        Plan::List(plan) => match &plan.filters[..] {
            [Filter::Is(things), ..] => things.clone(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// The places in which a thing lies, by its names and by what is told of it, with all above; `None` where none is known.
fn homes(store: &Store, names: &Names, thing: &NamedNode) -> Result<Option<Vec<PlaceId>>, StoreError> {
    let gazetteer = Gazetteer::shipped();
    let mut found: Vec<PlaceId> = Vec::new();
    let mut open = vec![thing.clone()];
    for _ in 0..MOST_STEPS {
        let mut next = Vec::new();
        for node in &open {
            for name in names.by_iri(node.as_str()).map(|thing| thing.names).unwrap_or_default() {
                let chars: Vec<char> = name.chars().collect();
                for hit in gazetteer.scan(&chars) {
                    found.push(hit.place);
                    found.extend(gazetteer.above(hit.place));
                }
            }
            let by = terms::property(Predicate::LocatedIn);
            for quad in store.matching(Some(node.as_ref().into()), Some(by), None) {
                if let Term::NamedNode(home) = quad?.object {
                    next.push(home);
                }
            }
        }
        open = next;
    }
    Ok((!found.is_empty()).then_some(found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_split_off_before_a_name() {
        let cases = [
            ("安徽青岚基地项目在哪里", Some("青岚基地项目在哪里")),
            ("合肥高新区有哪些项目", None),
            ("合肥有哪些项目和企业", None),
            ("青岚基地项目在哪里", None),
        ];
        for (question, expected) in cases {
            assert_eq!(parted(question).map(|found| found.1).as_deref(), expected, "{question}");
        }
    }
}
