//! Named things: a node is right when its kind fits and one of its names is a name of the annotated thing.

use std::collections::BTreeSet;

use super::gold::{Gold, GoldEntity};
use super::name::normalized;
use super::score::Matches;
use super::table::{Table, Tally};
use super::view::{Sort, View};
use crate::model::EntityKind;

/// Counts the named things, and tells which nodes stand for which annotated things.
pub(super) fn score<'g>(gold: &'g Gold, view: &View, table: &mut Table) -> Matches<'g> {
    let names: Vec<BTreeSet<String>> = gold.entities.iter().map(accepted).collect();
    let mut matches: Matches<'g> = vec![BTreeSet::new(); view.things.len()];
    for kind in EntityKind::ALL {
        score_kind(kind, gold, &names, view, &mut matches, table);
    }
    for entity in gold.entities.iter().filter(|entity| !entity.optional) {
        let found = matches.iter().any(|ids| ids.contains(entity.id.as_str()));
        table.add(entity.kind.name(), Tally { found: found.into(), gold: 1, ..Tally::default() });
        if !found {
            table.say(&gold.id, format!("{} MISSED", entity.kind.name()), entity.names.join(" / "));
        }
    }
    matches
}

/// Counts the nodes of one kind. An annotated thing makes one node right; any further node for it is a duplicate.
fn score_kind<'g>(
    kind: EntityKind,
    gold: &'g Gold,
    accepted: &[BTreeSet<String>],
    view: &View,
    matches: &mut Matches<'g>,
    table: &mut Table,
) {
    let mut taken = BTreeSet::new();
    let mut tally = Tally::default();
    for (index, thing) in view.things.iter().enumerate().filter(|(_, thing)| thing.sort == Sort::Entity(kind)) {
        let names = thing.names(Some(kind));
        let fits = |g: &usize| is_of_kind(&gold.entities[*g], kind) && !names.is_disjoint(&accepted[*g]);
        let hits: Vec<usize> = (0..gold.entities.len()).filter(fits).collect();
        matches[index].extend(hits.iter().map(|g| gold.entities[*g].id.as_str()));
        let Some(fresh) = hits.iter().find(|g| !taken.contains(*g)) else {
            let sort = if hits.is_empty() { "WRONG" } else { "DUPLICATE" };
            let shown = names.into_iter().collect::<Vec<_>>().join(" / ");
            table.say(&gold.id, format!("{} {sort}", kind.name()), shown);
            tally.system += 1;
            continue;
        };
        taken.insert(*fresh);
        if !hits.iter().all(|g| gold.entities[*g].optional) {
            tally.right += 1;
            tally.system += 1;
        }
    }
    table.add(kind.name(), tally);
}

fn is_of_kind(entity: &GoldEntity, kind: EntityKind) -> bool {
    entity.kind == kind || entity.also.contains(&kind)
}

/// Every form under which the annotated thing may be named.
fn accepted(entity: &GoldEntity) -> BTreeSet<String> {
    let forms = |kind| entity.names.iter().map(move |name| normalized(name, kind));
    forms(Some(entity.kind)).chain(forms(None)).collect()
}
