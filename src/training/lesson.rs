//! An annotated document made ready to learn from.

use super::align::NamedThing;
use crate::draft::{Draft, Page};
use crate::evaluate::{Gold, normalized};
use crate::extract::{Find, FindKind};
use crate::lexicon::Lexicon;
use crate::model::{EntityKind, Predicate};
use crate::relate::{Candidate, End};
use crate::resolve::Cluster;
use crate::text::{Article, read_str};
use std::collections::{BTreeMap, BTreeSet};

/// An annotated article.
#[derive(Debug)]
pub struct Lesson {
    /// The annotation.
    pub gold: Gold,
    /// The article.
    pub article: Article,
}

/// What an annotator says of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    /// Stated.
    Yes,
    /// Not stated.
    No,
    /// May as well be left out.
    Either,
}

impl Lesson {
    /// Looks the article's words up.
    pub fn page<'a>(&'a self, lexicon: &'a Lexicon) -> Page<'a> {
        Page::new(&self.article, lexicon)
    }

    /// Things to be found: entities, and titles that are objects of designations.
    pub fn things(&self) -> Vec<NamedThing> {
        let clean =
            |name: &str| -> Vec<char> { read_str(name).chars.into_iter().filter(|c| !c.is_whitespace()).collect() };
        let label = |kind: FindKind| kind.index();
        let entity = |e: &crate::evaluate::GoldEntity| NamedThing {
            kind: label(FindKind::Entity(e.kind)),
            optional: e.optional,
            names: e.names.iter().map(|n| clean(n)).collect(),
        };
        let mut things: Vec<NamedThing> = self.gold.entities.iter().map(entity).collect();
        for relation in self.gold.relations.iter().filter(|r| r.predicate == Predicate::Designation) {
            things.push(NamedThing {
                kind: label(FindKind::Honour),
                optional: relation.optional,
                names: vec![clean(&relation.object)],
            });
        }
        things
    }

    /// For each find, the annotated entities of its kind that bear its name.
    fn entities_of(&self, find: &Find) -> BTreeSet<&str> {
        let FindKind::Entity(kind) = find.kind else { return BTreeSet::new() };
        let name = self.article.printed(find.span);
        self.named(kind, &name)
    }

    /// The annotator's word on a thing: one that is required, one that may be left out, or none.
    pub fn judge_thing(&self, cluster: &Cluster, finds: &[Find]) -> Judgement {
        let mut judgement = Judgement::No;
        for id in cluster.finds.iter().flat_map(|find| self.entities_of(&finds[*find])) {
            if !self.gold.is_optional(id) {
                return Judgement::Yes;
            }
            judgement = Judgement::Either;
        }
        judgement
    }

    /// How many things of a kind are required.
    pub fn required_things(&self, kind: EntityKind) -> usize {
        self.gold.entities.iter().filter(|entity| entity.kind == kind && !entity.optional).count()
    }

    fn named(&self, kind: EntityKind, name: &str) -> BTreeSet<&str> {
        let wanted = normalized(name, Some(kind));
        let bears = |e: &&crate::evaluate::GoldEntity| {
            (e.kind == kind || e.also.contains(&kind))
                && e.names.iter().any(|n| normalized(n, Some(e.kind)) == wanted || normalized(n, None) == wanted)
        };
        self.gold.entities.iter().filter(bears).map(|e| e.id.as_str()).collect()
    }

    /// The key to judge candidates of one draft with.
    pub fn key<'a>(&'a self, draft: &Draft) -> Key<'a> {
        let of_cluster = |finds: &[usize]| finds.iter().flat_map(|f| self.entities_of(&draft.finds[*f])).collect();
        let clusters = draft.clusters.iter().map(|c| of_cluster(&c.finds)).collect();
        let same_sum = |money: &crate::extract::value::MoneyMention| {
            let equal = |a: &&crate::evaluate::GoldAmount| {
                a.value.normalize() == money.money.value.normalize() && a.currency == money.money.currency
            };
            self.gold.amounts.iter().filter(equal).map(|a| a.id.as_str()).collect()
        };
        let same_count = |group: &crate::extract::GroupMention| {
            self.gold.groups.iter().filter(|g| g.count == Some(group.count)).map(|g| g.id.as_str()).collect()
        };
        let honours = draft.finds.iter().map(|f| normalized(&self.article.printed(f.span), None)).collect();
        let mut relations: BTreeMap<Predicate, Vec<(&str, &str, bool)>> = BTreeMap::new();
        for r in &self.gold.relations {
            let optional = r.optional || self.gold.is_optional(&r.subject) || self.gold.is_optional(&r.object);
            relations.entry(r.predicate).or_default().push((&r.subject, &r.object, optional));
        }
        Key {
            clusters,
            money: draft.money.iter().map(same_sum).collect(),
            groups: draft.groups.iter().map(same_count).collect(),
            honours,
            relations,
        }
    }
}

/// What the parts of a draft are in the annotation.
#[derive(Debug)]
pub struct Key<'a> {
    clusters: Vec<BTreeSet<&'a str>>,
    money: Vec<BTreeSet<&'a str>>,
    groups: Vec<BTreeSet<&'a str>>,
    honours: Vec<String>,
    relations: BTreeMap<Predicate, Vec<(&'a str, &'a str, bool)>>,
}

impl Key<'_> {
    /// Required statements of a predicate.
    pub fn required(&self, predicate: Predicate) -> usize {
        self.relations.get(&predicate).map_or(0, |rows| rows.iter().filter(|(.., optional)| !optional).count())
    }

    /// Whether a cluster stands for an annotated entity.
    pub fn names_cluster(&self, cluster: usize, id: &str) -> bool {
        self.is(End::Thing(cluster), id)
    }

    /// The annotator's word on a candidate.
    pub fn judge(&self, candidate: &Candidate) -> Judgement {
        let rows = self.relations.get(&candidate.predicate).map_or(&[][..], Vec::as_slice);
        let mut judgement = Judgement::No;
        for (subject, object, optional) in rows {
            let forward = self.is(candidate.subject, subject) && self.is(candidate.object, object);
            let backward = candidate.predicate == Predicate::Partner
                && self.is(candidate.subject, object)
                && self.is(candidate.object, subject);
            if forward || backward {
                if !optional {
                    return Judgement::Yes;
                }
                judgement = Judgement::Either;
            }
        }
        judgement
    }

    fn is(&self, end: End, id: &str) -> bool {
        match end {
            End::Thing(at) => self.clusters[at].contains(id),
            End::Money(at) => self.money[at].contains(id),
            End::Group(at) => self.groups[at].contains(id),
            End::Status(status) => id.replace('_', "").eq_ignore_ascii_case(status.name()),
            End::Honour(at) => {
                let (told, wanted) = (&self.honours[at], normalized(id, None));
                let shorter = told.chars().count().min(wanted.chars().count());
                *told == wanted || (shorter >= 3 && (told.contains(&wanted) || wanted.contains(told.as_str())))
            }
        }
    }
}
