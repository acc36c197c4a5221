//! Whose figures a question asks for, where it names zones, places or bodies and nothing else.

use oxigraph::model::NamedNode;

use crate::ask::clue::is_zone_noun;
use crate::ask::evidence::Quote;
use crate::ask::gazetteer::{Gazetteer, PlaceId};
use crate::ask::names::{Names, Thing};
use crate::model::EntityKind;

/// A zone, place or body that a question names.
pub(super) struct Home {
    /// Its names, bare nouns left out; of places also the short ones.
    keys: Vec<String>,
    places: Vec<PlaceId>,
    /// True for a body, whose figures are told by its name.
    body: bool,
}

/// The zones, places and bodies that a question names; none where it names something else as well.
pub(super) fn homes(names: &Names, things: &[NamedNode]) -> Vec<Home> {
    let found: Vec<Thing> = things.iter().filter_map(|iri| names.by_iri(iri.as_str())).collect();
    if !found.iter().all(|thing| is_home(thing) || is_body(thing)) {
        return Vec::new();
    }
    found.iter().map(Home::new).collect()
}

/// True where a sentence says one of them.
pub(super) fn said_in_one(homes: &[Home], sentence: &[Quote]) -> bool {
    let said = |text: &str| homes.iter().any(|home| home.keys.iter().any(|key| text.contains(key.as_str())));
    sentence.iter().any(|quote| said(&crate::ask::key(&quote.quote)))
}

fn is_home(thing: &Thing) -> bool {
    matches!(thing.kind, EntityKind::Park | EntityKind::Place)
}

fn is_body(thing: &Thing) -> bool {
    matches!(thing.kind, EntityKind::Enterprise | EntityKind::Organization)
}

fn places_in(key: &str) -> Vec<PlaceId> {
    let chars: Vec<char> = key.chars().collect();
    Gazetteer::shipped().scan(&chars).iter().map(|hit| hit.place).collect()
}

impl Home {
    fn new(thing: &Thing) -> Self {
        let gazetteer = Gazetteer::shipped();
        let mut keys: Vec<String> = thing.keys().into_iter().filter(|key| !is_zone_noun(key)).collect();
        let places: Vec<PlaceId> = keys.iter().flat_map(|key| places_in(key)).collect();
        if thing.kind == EntityKind::Place {
            keys.extend(places.last().map(|place| gazetteer.stem(*place).to_owned()));
        }
        Self { keys, places, body: is_body(thing) }
    }

    /// False where a figure is told of another zone or place: one with a name of its own that lies elsewhere.
    pub(super) fn may_have(&self, names: &Names, subject: &NamedNode) -> bool {
        let known = names.by_iri(subject.as_str());
        let Some(thing) = known.filter(|thing| is_home(thing) || self.body && is_body(thing)) else {
            return !self.body;
        };
        let other = Self::new(&thing);
        let gazetteer = Gazetteer::shipped();
        let alike = |key: &String| self.keys.iter().any(|own| own.contains(key.as_str()) || key.contains(own.as_str()));
        let near = |place: &PlaceId| self.places.iter().any(|own| gazetteer.nested(*own, *place));
        let elsewhere = !other.places.is_empty() && !self.places.is_empty() && !other.places.iter().any(near);
        other.keys.iter().any(alike) || !self.body && (other.keys.is_empty() || !elsewhere)
    }
}
