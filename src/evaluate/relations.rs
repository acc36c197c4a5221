//! Statements: a pair of nodes is right when both ends stand for what the annotated statement names.

use std::collections::BTreeSet;

use super::gold::{Gold, GoldRelation};
use super::name::normalized;
use super::score::Matches;
use super::sums::sum_of;
use super::table::{Table, Tally};
use super::view::{End, Link, Sort, Sum, View};
use crate::model::{Predicate, Status};

/// What the object of a statement stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Goal<'g> {
    Money(Sum),
    Id(&'g str),
    Text(String),
}

struct Expected<'g> {
    subject: &'g str,
    goal: Goal<'g>,
}

struct Stated<'g, 'm> {
    subjects: &'m BTreeSet<&'g str>,
    goals: BTreeSet<Goal<'g>>,
    link: &'m Link,
}

/// Adds to the matches the sets of projects, which are told apart by their counts.
pub(super) fn match_groups<'g>(gold: &'g Gold, view: &View, matches: &mut Matches<'g>) {
    for (index, thing) in view.things.iter().enumerate() {
        if let Sort::Group { count } = thing.sort {
            let same = gold.groups.iter().filter(|group| group.count == Some(count));
            matches[index].extend(same.map(|group| group.id.as_str()));
        }
    }
}

/// Counts the statements of every predicate.
pub(super) fn score(gold: &Gold, view: &View, matches: &Matches, table: &mut Table) {
    for predicate in Predicate::ALL {
        score_predicate(predicate, gold, view, matches, table);
    }
}

fn score_predicate(predicate: Predicate, gold: &Gold, view: &View, matches: &Matches, table: &mut Table) {
    let (soft, needed): (Vec<_>, Vec<_>) =
        gold.relations.iter().filter(|r| r.predicate == predicate).partition(|r| is_soft(gold, r));
    let needed: Vec<Expected> = needed.into_iter().map(|r| expected(gold, r)).collect();
    let soft: Vec<Expected> = soft.into_iter().map(|r| expected(gold, r)).collect();
    let stated: Vec<(Stated, bool)> = view
        .links
        .iter()
        .filter(|link| link.predicate == predicate)
        .map(|link| stated(link, view, matches))
        .map(|s| (needed.iter().any(|e| same(e, &s, predicate)), s))
        .filter(|(right, s)| *right || !soft.iter().any(|e| same(e, s, predicate)))
        .map(|(right, s)| (s, right))
        .collect();
    let mut tally = Tally { gold: needed.len() as u32, system: stated.len() as u32, ..Tally::default() };
    for fact in &needed {
        if stated.iter().any(|(s, _)| same(fact, s, predicate)) {
            tally.found += 1;
        } else {
            table.say(&gold.id, format!("{} MISSED", predicate.name()), expected_label(gold, fact));
        }
    }
    for (fact, right) in &stated {
        if *right {
            tally.right += 1;
        } else {
            table.say(&gold.id, format!("{} WRONG", predicate.name()), link_label(fact.link, view));
        }
    }
    table.add(predicate.name(), tally);
    table.add("relations", tally);
}

fn is_soft(gold: &Gold, relation: &GoldRelation) -> bool {
    relation.optional || gold.is_optional(&relation.subject) || gold.is_optional(&relation.object)
}

fn expected<'g>(gold: &'g Gold, relation: &'g GoldRelation) -> Expected<'g> {
    let object = relation.object.as_str();
    let is_thing = gold.entities.iter().any(|e| e.id == object) || gold.groups.iter().any(|g| g.id == object);
    let goal = if let Some(amount) = gold.amounts.iter().find(|a| a.id == object) {
        Goal::Money(sum_of(amount))
    } else if is_thing {
        Goal::Id(object)
    } else if relation.predicate == Predicate::Status {
        Goal::Text(object.to_owned())
    } else {
        Goal::Text(normalized(object, None))
    };
    Expected { subject: &relation.subject, goal }
}

fn stated<'g, 'm>(link: &'m Link, view: &View, matches: &'m Matches<'g>) -> Stated<'g, 'm> {
    let goals = match &link.object {
        End::Status(status) => BTreeSet::from([Goal::Text(status_word(*status).to_owned())]),
        End::Text(text) => BTreeSet::from([Goal::Text(normalized(text, None))]),
        End::Thing(index) => match (&view.things[*index].sort, link.predicate) {
            (_, Predicate::Designation) => view.things[*index].names(None).into_iter().map(Goal::Text).collect(),
            (Sort::Amount { sum, .. }, _) => BTreeSet::from([Goal::Money(sum.clone())]),
            _ => matches[*index].iter().map(|id| Goal::Id(id)).collect(),
        },
    };
    Stated { subjects: &matches[link.subject], goals, link }
}

/// The word that annotations use for a stage.
pub(super) fn status_word(status: Status) -> &'static str {
    match status {
        Status::UnderConstruction => "under_construction",
        other => other.name(),
    }
}

/// True when the statement says what was expected. Partners may stand either way round, and of two wordings of a
/// designation one may be part of the other.
fn same(expected: &Expected, stated: &Stated, predicate: Predicate) -> bool {
    if stated.subjects.contains(expected.subject) {
        let fits = |goal: &Goal| predicate == Predicate::Designation && one_within_other(&expected.goal, goal);
        if stated.goals.contains(&expected.goal) || stated.goals.iter().any(fits) {
            return true;
        }
    }
    match (predicate, &expected.goal) {
        (Predicate::Partner, Goal::Id(other)) => {
            stated.subjects.contains(other) && stated.goals.contains(&Goal::Id(expected.subject))
        }
        _ => false,
    }
}

fn one_within_other(a: &Goal, b: &Goal) -> bool {
    let (Goal::Text(a), Goal::Text(b)) = (a, b) else { return false };
    let shorter = a.chars().count().min(b.chars().count());
    shorter >= 3 && (a.contains(b.as_str()) || b.contains(a.as_str()))
}

fn expected_label(gold: &Gold, fact: &Expected) -> String {
    let goal = match &fact.goal {
        Goal::Money(sum) => format!("{} {}", sum.0, sum.1),
        Goal::Id(id) => thing_label(gold, id),
        Goal::Text(text) => text.clone(),
    };
    format!("{} -> {goal}", thing_label(gold, fact.subject))
}

/// The name by which messages call an annotated thing.
fn thing_label(gold: &Gold, id: &str) -> String {
    let entity = gold.entities.iter().find(|e| e.id == id).and_then(|e| e.names.first());
    let group = gold.groups.iter().find(|g| g.id == id).map(|g| &g.text);
    entity.or(group).map_or_else(|| id.to_owned(), Clone::clone)
}

fn link_label(link: &Link, view: &View) -> String {
    let object = match &link.object {
        End::Thing(index) => view.things[*index].label(),
        End::Status(status) => status_word(*status).to_owned(),
        End::Text(text) => text.clone(),
    };
    format!("{} -> {object}", view.things[link.subject].label())
}
