//! What has to do with a field: by statement, by name, by a narrower field, by its park.

use std::collections::BTreeSet;

use oxigraph::model::NamedNode;

use super::{Ground, Stuck, node};
use crate::ask::plan::Topic;
use crate::ask::sparql;
use crate::model::EntityKind;

impl Ground<'_> {
    /// Everything that has to do with the field `term`; `None` where nothing has.
    pub(super) fn topic(&self, term: &str, kind: EntityKind) -> Result<Option<Topic>, Stuck> {
        let stem = field_stem(term);
        let things = self.known.containing(self.names, stem);
        let mut topic = Topic { term: term.to_owned(), ..Topic::default() };
        for thing in things.iter().map(|&id| self.names.thing(id)) {
            match thing.kind {
                EntityKind::Industry if thing.keys().iter().any(|key| field_stem(key) == stem) => {
                    topic.fields.push(thing.iri.clone());
                }
                EntityKind::Industry => topic.narrower.push(thing.iri.clone()),
                EntityKind::Park => topic.parks.push(thing.iri.clone()),
                _ => {}
            }
        }
        let keys: BTreeSet<String> = [term, stem].into_iter().map(str::to_owned).collect();
        let below = self.names.below(&keys).into_iter().map(|id| self.names.thing(id));
        topic.remote.extend(below.filter(|thing| thing.kind == EntityKind::Industry).map(|thing| thing.iri));
        topic.narrower.retain(|field| !topic.fields.contains(field));
        topic.remote.retain(|field| !topic.fields.contains(field) && !topic.narrower.contains(field));
        topic.remote.sort();
        topic.remote.dedup();
        topic.narrower.sort();
        topic.narrower.dedup();
        topic.named = self.named_after(stem, kind);
        self.add_parks(&mut topic, kind)?;
        let empty =
            topic.fields.is_empty() && topic.named.is_empty() && topic.narrower.is_empty() && topic.parks.is_empty();
        let empty = empty && topic.remote.is_empty();
        Ok((!empty).then_some(topic))
    }

    /// Things of `kind` (for projects, also parks and bodies) whose name contains the field or its core.
    fn named_after(&self, stem: &str, kind: EntityKind) -> Vec<NamedNode> {
        let fits = |other: EntityKind| {
            other == kind || kind == EntityKind::Project && matches!(other, EntityKind::Park | EntityKind::Organization)
        };
        let mut things = self.known.containing(self.names, stem);
        if let Some(core) = stem.strip_suffix('器').filter(|core| core.chars().count() >= 4) {
            things.extend(self.known.containing(self.names, core));
        }
        things.sort_unstable();
        things.dedup();
        let things = things.into_iter().map(|id| self.names.thing(id));
        things.filter(|thing| fits(thing.kind)).map(|thing| thing.iri.clone()).collect()
    }

    /// Parks speak for what lies in them only if they are named after the field or have no other.
    fn add_parks(&self, topic: &mut Topic, kind: EntityKind) -> Result<(), Stuck> {
        if !matches!(kind, EntityKind::Project | EntityKind::Enterprise) {
            topic.parks.clear();
            return Ok(());
        }
        if !topic.fields.is_empty() {
            let table = sparql::select(self.store, &sparql::parks_of_only(&topic.fields))?;
            topic.parks.extend(table.into_iter().flatten().flatten().filter_map(node));
        }
        topic.parks.sort();
        topic.parks.dedup();
        Ok(())
    }
}

/// A field without the words that only say that it is one: 氢能产业 and 氢能 are one.
fn field_stem(term: &str) -> &str {
    const SUFFIXES: [&str; 7] = ["产业链", "产业", "行业", "领域", "技术", "产业集群", "赛道"];
    let cut = SUFFIXES.iter().filter_map(|suffix| term.strip_suffix(suffix)).min_by_key(|rest| rest.len());
    cut.filter(|rest| rest.chars().count() >= 2).unwrap_or(term)
}
