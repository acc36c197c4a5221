//! Phrases as filters over things that the graph has.

use std::collections::BTreeSet;

use oxigraph::model::{NamedNode, Term};

use super::{Ground, Stuck};
use crate::ask::grammar::{Narrowing, Slots};
use crate::ask::names::ThingId;
use crate::ask::normal;
use crate::ask::plan::Filter;
use crate::ask::tag::Tag;
use crate::model::{EntityKind, Predicate, Status};
use crate::rdf::terms;

/// A name that a phrase holds.
pub(super) struct Named {
    /// Its key.
    pub(super) key: String,
    /// The things that bear it.
    pub(super) things: Vec<ThingId>,
}

impl Ground<'_> {
    pub(super) fn narrow(&self, narrowing: Narrowing, slots: &Slots, kind: EntityKind) -> Result<Filter, Stuck> {
        let name = || self.named(slots.get("name").ok_or(Stuck::Unread)?);
        match narrowing {
            Narrowing::Thing => self.about(name()?, kind),
            Narrowing::LocatedIn => {
                let named = name()?;
                let places = self.places(&named);
                if places.is_empty() { Err(Stuck::Unknown(named.key)) } else { Ok(Filter::Within(places)) }
            }
            Narrowing::Investor => {
                let named = name()?;
                // What a zone builds is what is built there.
                let places = self.of_kinds(&named, &[EntityKind::Park, EntityKind::Place]);
                let only_places = !named.things.is_empty() && places.len() == named.things.len();
                if only_places {
                    Ok(Filter::Within(self.places(&named)))
                } else {
                    self.joined(named, Predicate::Investor)
                }
            }
            Narrowing::InvestsIn => match self.joined(name()?, Predicate::Investor)? {
                Filter::Joined { by, things, .. } => Ok(Filter::Joined { by, forward: false, things }),
                other => Ok(other),
            },
            Narrowing::IssuedBy => self.joined(name()?, Predicate::IssuedBy),
            Narrowing::Partner => {
                let forward = self.joined(name()?, Predicate::Partner)?;
                let backward = match &forward {
                    Filter::Joined { by, things, .. } => {
                        Filter::Joined { by: by.clone(), forward: false, things: things.clone() }
                    }
                    other => other.clone(),
                };
                Ok(Filter::Any(vec![forward, backward]))
            }
            Narrowing::Over => self.money(slots.get("amount"), None, false),
            Narrowing::Under => self.money(None, slots.get("amount"), false),
            Narrowing::Between => self.money(slots.get("amount"), slots.get("upto"), !slots.contains_key("upto")),
            Narrowing::Status => {
                let stage = slots.get("stage").and_then(|word| self.grammar.words.stage(word)).ok_or(Stuck::Unread)?;
                let denied = slots
                    .get("stage")
                    .is_some_and(|word| self.grammar.words.list("not_yet").any(|not| word.starts_with(not.as_str())));
                Ok(if denied { Filter::NotYet(Status::Started) } else { Filter::Stage(stage) })
            }
            Narrowing::NotYet => {
                let stage = slots.get("stage").and_then(|word| self.grammar.words.stage(word)).ok_or(Stuck::Unread)?;
                if stage == Status::Planned { Err(Stuck::Unread) } else { Ok(Filter::NotYet(stage)) }
            }
            Narrowing::During => match slots.get("period").and_then(|slot| self.tagged.only(slot)) {
                Some(Tag::Period(wish)) => Ok(Filter::During(wish.beginnings(self.latest_year()?))),
                _ => Err(Stuck::Unread),
            },
            Narrowing::Designation => match slots.get("title").and_then(|slot| self.tagged.only(slot)) {
                Some(Tag::Title(titles)) => Ok(Filter::Holds(titles.clone())),
                _ => Err(Stuck::Unread),
            },
        }
    }

    /// The year of the latest document, which is this year to who asks.
    pub(super) fn latest_year(&self) -> Result<Option<u16>, Stuck> {
        self.known.latest_year(|| {
            let mut latest = None;
            for quad in self.store.matching(None, Some(terms::DATE_PUBLISHED), None) {
                if let Term::Literal(date) = quad?.object {
                    latest = latest.max(date.value().get(..4).and_then(|year| year.parse().ok()));
                }
            }
            Ok(latest)
        })
    }

    fn named(&self, slot: &str) -> Result<Named, Stuck> {
        if let Some(Tag::Name(key, things)) = self.tagged.only(slot) {
            return Ok(Named { key: key.clone(), things: self.settled(&self.tagged.surface(slot), things) });
        }
        let key = normal::key(&self.tagged.surface(slot));
        if key.is_empty() {
            return Err(Stuck::Unread);
        }
        let things = self.names.exact(&key);
        Ok(Named { key, things })
    }

    pub(super) fn of_kinds(&self, named: &Named, kinds: &[EntityKind]) -> Vec<NamedNode> {
        let things = named.things.iter().map(|&id| self.names.thing(id));
        things.filter(|thing| kinds.contains(&thing.kind)).map(|thing| thing.iri.clone()).collect()
    }

    /// The places and parks of that name, and those that lie in them by the gazetteers.
    fn places(&self, named: &Named) -> Vec<NamedNode> {
        let places = [EntityKind::Park, EntityKind::Place];
        let mut found = self.of_kinds(named, &places);
        let is_place = named.things.iter().any(|&id| self.names.thing(id).kind == EntityKind::Place);
        if is_place || named.things.is_empty() {
            let mut keys: BTreeSet<String> = named.things.iter().flat_map(|&id| self.names.thing(id).keys()).collect();
            keys.insert(named.key.clone());
            let below = self.names.below(&keys).into_iter().map(|id| self.names.thing(id));
            found.extend(below.filter(|thing| places.contains(&thing.kind)).map(|thing| thing.iri));
        }
        found
    }

    fn joined(&self, named: Named, by: Predicate) -> Result<Filter, Stuck> {
        if named.things.is_empty() {
            return Err(Stuck::Unknown(named.key));
        }
        Ok(Filter::Joined { by: vec![by], forward: true, things: self.iris(&named.things) })
    }

    fn money(&self, least: Option<&String>, most: Option<&String>, exact: bool) -> Result<Filter, Stuck> {
        let sum = |slot: Option<&String>| match slot.and_then(|slot| self.tagged.only(slot)) {
            Some(Tag::Amount(sum)) => Some(sum.clone()),
            _ => None,
        };
        let (least, most) = (sum(least), sum(most));
        let told = least.as_ref().or(most.as_ref()).ok_or(Stuck::Unread)?;
        let currency = told.currency.to_owned();
        let range = told.most.map(|most| (told.value, most));
        let (least, most) = match range.or(exact.then_some((told.value, told.value))) {
            Some((from, to)) => (Some(from), Some(to)),
            None => (least.map(|sum| sum.value), most.map(|sum| sum.value)),
        };
        Ok(Filter::Money { least, most, currency })
    }

    /// What it means that a thing of `kind` has to do with what `named` names, after the kinds of both.
    pub(super) fn about(&self, named: Named, kind: EntityKind) -> Result<Filter, Stuck> {
        use EntityKind::{Enterprise, Industry, Organization, Park, Place, Policy, Project};
        let mut ways = Vec::new();
        let mut join = |by: Predicate, forward: bool, things: Vec<NamedNode>| {
            if !things.is_empty() {
                ways.push(Filter::Joined { by: vec![by], forward, things });
            }
        };
        let bodies = self.of_kinds(&named, &[Enterprise, Organization]);
        let places = self.places(&named);
        let projects = self.of_kinds(&named, &[Project]);
        let policies = self.of_kinds(&named, &[Policy]);
        match kind {
            Project | Park => join(Predicate::Investor, true, bodies),
            Policy => {
                join(Predicate::IssuedBy, true, bodies);
                // What a zone issues its city has not issued.
                let cities = self.of_kinds(&named, &[Place]);
                join(Predicate::IssuedBy, true, if cities.is_empty() { places.clone() } else { cities });
            }
            Enterprise | Organization => {
                join(Predicate::Investor, false, projects.clone());
                join(Predicate::Partner, true, bodies.clone());
                join(Predicate::Partner, false, bodies);
                join(Predicate::IssuedBy, false, policies);
            }
            Industry => {
                let all = self.iris(&named.things);
                join(Predicate::Industry, false, all);
            }
            Place => {
                let all = self.iris(&named.things);
                join(Predicate::LocatedIn, false, all);
            }
        }
        if !places.is_empty() && !matches!(kind, Policy | Industry | Place) {
            ways.push(Filter::Within(places));
        }
        if kind == Project && !projects.is_empty() {
            ways.push(Filter::Is(projects));
        }
        let fields = !self.of_kinds(&named, &[Industry]).is_empty();
        if (named.things.is_empty() || fields || ways.is_empty() || kind == Project && !self.is_place(&named))
            && kind != Industry
        {
            ways.extend(self.topic(&named.key, kind)?.map(Filter::Topic));
        }
        match ways.len() {
            0 => Err(Stuck::Unknown(named.key)),
            1 => Ok(ways.remove(0)),
            _ => Ok(Filter::Any(ways)),
        }
    }

    fn is_place(&self, named: &Named) -> bool {
        named.things.iter().any(|&id| matches!(self.names.thing(id).kind, EntityKind::Park | EntityKind::Place))
    }
}
