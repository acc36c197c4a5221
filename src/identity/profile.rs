//! Everything that all documents claim about one form, and the blocks in which it is compared.

use std::collections::BTreeSet;

use super::grammar::{Anatomy, Place};
use super::localize::{Claim, OWN};
use super::lookalike::folded;
use crate::lexicon::Lexicon;
use crate::model::EntityKind;
use crate::rdf::entity_of;

/// A form with the claims about it.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Its IRI.
    pub iri: String,
    /// What it is.
    pub kind: EntityKind,
    /// The name that stands for itself.
    pub name: String,
    /// What documents claim.
    pub claims: BTreeSet<Claim>,
    pub(super) anatomy: Anatomy,
    /// Other names that stand for themselves, and whether a document defines them.
    pub(super) aliases: Vec<(String, Anatomy, bool)>,
    pub(super) scopes: Vec<Place>,
}

impl Profile {
    /// A form with its claims; none where the IRI is not that of an entity.
    pub fn new(iri: &str, claims: BTreeSet<Claim>) -> Option<Self> {
        let (kind, name) = entity_of(iri)?;
        let anatomy = Anatomy::of(kind, &name);
        let mut names = BTreeSet::new();
        for claim in &claims {
            match claim {
                Claim::Alias(alias) => names.insert(alias.clone()),
                Claim::Other(other) | Claim::Preferred(other) => {
                    !Anatomy::of(kind, other).is_bare(kind) && names.insert(other.clone())
                }
                _ => false,
            };
        }
        let defined = |alias: &String| claims.contains(&Claim::Defined(alias.clone()));
        let aliases = names.into_iter().map(|alias| (Anatomy::of(kind, &alias), defined(&alias), alias));
        let aliases = aliases.filter(|(parts, ..)| parts.whole != anatomy.whole).map(|(a, d, n)| (n, a, d)).collect();
        let scope = |claim: &Claim| match claim {
            Claim::Scope(city) => Place::named(city),
            _ => None,
        };
        let scopes = claims.iter().filter_map(scope).collect();
        Some(Self { iri: iri.to_owned(), kind, name, anatomy, aliases, scopes, claims })
    }

    /// True for a bare name that only one document knows: it is never anything else.
    pub fn is_own(&self) -> bool {
        self.name.contains(OWN)
    }

    /// True when the name stands here with the place that documents left out, or with the one document that knows it.
    pub fn is_scoped(&self) -> bool {
        !self.printed().any(|(name, _)| super::grammar::comparable(name) == self.anatomy.whole)
    }

    /// Names as documents print them, and whether they prefer them.
    pub fn printed(&self) -> impl Iterator<Item = (&str, bool)> {
        self.claims.iter().filter_map(|claim| match claim {
            Claim::Preferred(name) => Some((name.as_str(), true)),
            Claim::Other(name) => Some((name.as_str(), false)),
            _ => None,
        })
    }

    /// What the form's scope is called: its place, or the document that alone knows it.
    pub fn scope(&self) -> Option<String> {
        if let Some((_, key)) = self.name.split_once(OWN) {
            return Some(key.to_owned());
        }
        let place = self.anatomy.place.as_ref().filter(|_| self.is_scoped())?;
        Lexicon::shared().entry(place.id).map(|entry| entry.label().to_owned())
    }

    /// True when the gazetteer has exactly this name as the official one.
    pub(super) fn is_official(&self) -> bool {
        let entry = self.anatomy.entry.and_then(|id| Lexicon::shared().entry(id));
        entry.is_some_and(|entry| entry.label() == self.name)
    }

    pub(super) fn facts(&self) -> impl Iterator<Item = &str> {
        self.claims.iter().filter_map(|claim| match claim {
            Claim::Fact(fact) => Some(fact.as_str()),
            _ => None,
        })
    }

    /// The blocks in which it stands, and those in which it looks for others: two forms that have something in common
    /// find each other, whichever looks.
    pub fn blocks(&self) -> (BTreeSet<String>, BTreeSet<String>) {
        let (mut stands, mut looks) = (BTreeSet::new(), BTreeSet::new());
        if self.is_own() {
            return (stands, looks);
        }
        for block in self.common() {
            looks.insert(block.clone());
            stands.insert(block);
        }
        looks.insert(self.block("alias", &self.anatomy.whole));
        for (_, parts, _) in &self.aliases {
            looks.insert(self.name_block(parts));
            stands.insert(self.block("alias", &parts.whole));
        }
        (stands, looks)
    }

    /// Misprints of one name share its block.
    fn block(&self, sort: &str, chars: &[char]) -> String {
        format!("{} {sort} {}", self.kind.name(), chars.iter().copied().map(folded).collect::<String>())
    }

    /// The block of a name: equal names have equal parts, so the part that others may share is enough.
    fn name_block(&self, parts: &Anatomy) -> String {
        match (self.kind, parts.zone) {
            (EntityKind::Park, Some(zone)) => {
                let place = parts.place.as_ref().map_or(0, |place| place.id);
                format!("{} zone {place} {zone}", self.kind.name())
            }
            (EntityKind::Enterprise | EntityKind::Park | EntityKind::Project, _) if parts.stem.len() >= 2 => {
                self.block("stem", &parts.stem)
            }
            (EntityKind::Organization | EntityKind::Policy, _) if parts.core.len() >= 4 => {
                self.block("stem", &parts.core)
            }
            _ => self.block("name", &parts.whole),
        }
    }

    /// Blocks in which it stands and looks alike.
    fn common(&self) -> Vec<String> {
        let (kind, parts) = (self.kind.name(), &self.anatomy);
        let mut blocks: Vec<String> = self.facts().map(|fact| format!("{kind} fact {fact}")).collect();
        blocks.extend(parts.entry.map(|entry| format!("{kind} entry {entry}")));
        blocks.push(self.name_block(parts));
        if matches!(self.kind, EntityKind::Enterprise | EntityKind::Organization) {
            let counts = parts.counts().map(|(count, shared, _)| (shared, count));
            let counted = |(shared, count)| format!("{kind} counted {shared}{count}");
            blocks.extend(parts.repeated().into_iter().chain(counts).map(counted));
        }
        blocks
    }
}
