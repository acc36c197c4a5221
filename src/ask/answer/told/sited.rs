//! Which of the sentences and things found are meant: where something lies, who issued what.

use std::collections::BTreeSet;

use oxigraph::model::NamedNode;

use super::super::Failure;
use super::super::scene::Scene;
use super::Teller;
use super::named::Named;
use crate::ask::clue::is_zone_noun;
use crate::ask::gazetteer::{Gazetteer, PlaceId};
use crate::model::EntityKind;
use crate::rdf::document_key;

/// What a question for a place asks for.
pub(super) const PLACES: [EntityKind; 2] = [EntityKind::Park, EntityKind::Place];
/// What stands right before the place where something lies.
const AT: &str = "在于";
/// Most places that need not lie in each other.
const MOST: usize = 2;

impl Teller<'_> {
    /// Of a question for a place those sentences that say a name of the things of the question, of one for policies those of
    /// articles with such a sentence; none of other questions.
    pub(super) fn sentences_of_named(&self, kinds: &[EntityKind]) -> Result<Vec<NamedNode>, Failure> {
        let mut found = Vec::new();
        if kinds != PLACES && kinds != [EntityKind::Policy] {
            return Ok(found);
        }
        let things = self.plan.but.iter().filter_map(|iri| self.names.by_iri(iri.as_str()));
        let keys: Vec<String> = things.flat_map(|thing| thing.keys()).filter(|key| !is_zone_noun(key)).collect();
        for sentence in self.plan.sentences.iter().chain(&self.plan.following) {
            let said = |text: String| keys.iter().any(|key| text.contains(key.as_str()));
            if self.quote(sentence)?.into_iter().any(|quote| said(crate::ask::key(&quote.quote))) {
                found.push(sentence.clone());
            }
        }
        if kinds == [EntityKind::Policy] {
            // An article names who issued something once.
            let documents: BTreeSet<String> = found.iter().filter_map(|node| document_key(node.as_str())).collect();
            let told = |node: &&NamedNode| document_key(node.as_str()).is_some_and(|key| documents.contains(&key));
            found = self.plan.sentences.iter().chain(&self.plan.following).filter(told).cloned().collect();
        }
        Ok(found)
    }

    /// Those places that stand behind 在 or 于, if any.
    pub(super) fn sited<'s>(&self, sentence: &NamedNode, things: Vec<Named<'s>>) -> Result<Vec<Named<'s>>, Failure> {
        let Some(scene) = Scene::read(self.store, sentence)? else { return Ok(things) };
        let behind =
            |(_, span): &Named<'_>| scene.text((span.0.saturating_sub(1), span.0)).contains(|c| AT.contains(c));
        let own: Vec<Named<'s>> = things.iter().filter(|one| behind(one)).copied().collect();
        Ok(if own.is_empty() { things } else { own })
    }

    /// True for more than two places that do not all lie in each other.
    pub(super) fn lie_apart<'s>(&self, places: impl Iterator<Item = &'s NamedNode>) -> bool {
        let gazetteer = Gazetteer::shipped();
        let places: Vec<&NamedNode> = places.collect();
        let at: Vec<Option<PlaceId>> = places.iter().map(|iri| self.place_in_name(iri)).collect();
        let nested = |one: &Option<PlaceId>, other: &Option<PlaceId>| {
            one.zip(*other).is_some_and(|(one, other)| gazetteer.nested(one, other))
        };
        places.len() > MOST && at.iter().enumerate().any(|(n, one)| at[n + 1..].iter().any(|other| !nested(one, other)))
    }

    fn place_in_name(&self, iri: &NamedNode) -> Option<PlaceId> {
        let names = self.names.by_iri(iri.as_str())?.names;
        let last = |name: &String| {
            let chars: Vec<char> = name.chars().collect();
            Gazetteer::shipped().scan(&chars).last().map(|hit| hit.place)
        };
        names.iter().find_map(last)
    }
}
