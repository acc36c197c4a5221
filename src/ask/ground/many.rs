//! Plans over several things: sums, pairs, chains, paths, everything about one thing.

use std::collections::BTreeSet;

use oxigraph::model::{NamedNode, NamedOrBlankNode, Term};

use super::{Ground, Stuck};
use crate::ask::grammar::{self, Slots};
use crate::ask::names::kind_of;
use crate::ask::normal;
use crate::ask::number;
use crate::ask::pattern::JOINTS;
use crate::ask::plan::{
    FigurePlan, Hop, HopPlan, INVESTED, ListPlan, Measure, MostPlan, PairPlan, PathPlan, Plan, Start, SumPlan, Tell,
    ValuePlan,
};
use crate::ask::tag::Tag;
use crate::model::{EntityKind, Predicate};
use crate::rdf::terms;

/// Projects of one body beyond which none is the only one.
const MOST_PROJECTS: usize = 20;

impl Ground<'_> {
    fn slot_things(&self, slots: &Slots, slot: &str) -> Result<Vec<NamedNode>, Stuck> {
        Ok(self.iris(&self.thing(slots.get(slot).ok_or(Stuck::Unread)?)?))
    }

    /// The only project that a body invests in, where a body is named though only a project has what is asked for:
    /// 甲公司项目总投资多少. Otherwise the things themselves.
    pub(super) fn their_project(&self, things: Vec<NamedNode>) -> Result<Vec<NamedNode>, Stuck> {
        let body = |thing: &NamedNode| {
            matches!(kind_of(thing.as_str()), Some(EntityKind::Enterprise | EntityKind::Organization))
        };
        if !things.iter().all(body) {
            return Ok(things);
        }
        let mut projects: BTreeSet<NamedNode> = BTreeSet::new();
        for thing in &things {
            let thing = Term::from(thing.clone());
            let invested = terms::property(Predicate::Investor);
            for quad in self.store.matching(None, Some(invested), Some(thing.as_ref())).take(MOST_PROJECTS) {
                if let NamedOrBlankNode::NamedNode(project) = quad?.subject {
                    projects.insert(project);
                }
            }
        }
        let keys = |project: &NamedNode| self.names.by_iri(project.as_str()).map(|it| it.keys()).unwrap_or_default();
        let first = projects.first().map(keys).unwrap_or_default();
        let one = projects.iter().all(|project| !keys(project).is_disjoint(&first));
        Ok(if one && !projects.is_empty() { projects.into_iter().collect() } else { things })
    }

    /// A sum over the things of two names or of a description.
    pub(super) fn sum(&self, slots: &Slots, by: Predicate) -> Result<SumPlan, Stuck> {
        let over = if slots.contains_key("second") {
            ["name", "second"]
                .iter()
                .map(|slot| self.slot_things(slots, slot).and_then(|it| self.their_project(it)).map(Start::Things))
                .collect::<Result<_, _>>()?
        } else {
            let kind = grammar::kind_of(&self.grammar.words, slots).unwrap_or(EntityKind::Project);
            vec![Start::Listed(self.list_of(slots, Some(kind), Tell::All)?)]
        };
        Ok(SumPlan { over, by, mean: slots.contains_key("mean") })
    }

    /// Two things side by side.
    pub(super) fn pair(&self, slots: &Slots, difference: bool) -> Result<PairPlan, Stuck> {
        let across = slots.contains_key("since");
        let other = if across { "name" } else { "second" };
        let things = |slot: &str| match slots.get(slot) {
            Some(_) => self.slot_things(slots, slot),
            None if across => Ok(Vec::new()),
            None => Err(Stuck::Unread),
        };
        let mut things = [things("name")?, things(other)?];
        let asked = normal::key(&self.tagged.surface(slots.get("indicator").ok_or(Stuck::Unread)?));
        let words = |list: &str| self.grammar.words.lists.get(list).map(Vec::as_slice).unwrap_or_default();
        let measure = if words("money").contains(&asked) {
            let [left, right] = things;
            things = [self.their_project(left)?, self.their_project(right)?];
            Measure::Money(INVESTED.to_vec())
        } else {
            let side = |slot: &str, time: &str| -> Result<_, Stuck> {
                let mut own = Slots::new();
                own.extend(slots.get(slot).map(|name| ("name".to_owned(), name.clone())));
                // 2015年目标比2014年: only the first is an aim; 目标2020年比2018年: both are.
                let aim = slots.get("aim").filter(|_| time != "since" || !self.aims_first(slots)).map(String::as_str);
                let aim = aim.unwrap_or_default();
                own.extend(slots.get("indicator").map(|text| ("indicator".to_owned(), format!("{text}{aim}"))));
                own.extend(slots.get(time).map(|text| ("period".to_owned(), text.clone())));
                // The latest period that both have is looked for later.
                Ok(FigurePlan { latest: false, ..self.figures(&own)? })
            };
            let later = if across { "since" } else { "period" };
            Measure::Figures(Box::new([side("name", "period")?, side(other, later)?]))
        };
        Ok(PairPlan { things, measure, difference, least: slots.contains_key("smaller"), across })
    }

    /// True where a question tells a time before the aim that it compares: 2015年GDP目标.
    fn aims_first(&self, slots: &Slots) -> bool {
        let at = |slot: &str| slots.get(slot).and_then(|text| self.tagged.text.find(text.as_str()));
        at("period") < at("aim")
    }

    /// A chain of properties from a thing or from whatever a description fits.
    pub(super) fn hops(&self, slots: &Slots, hops: &[Hop]) -> Result<HopPlan, Stuck> {
        let (start, but) = match slots.get("thing") {
            Some(slot) => {
                let things = self.iris(&self.thing(slot)?);
                (Start::Things(things.clone()), things)
            }
            None => {
                let kind = grammar::kind_of(&self.grammar.words, slots).unwrap_or(EntityKind::Project);
                (Start::Listed(self.list_of(slots, Some(kind), Tell::All)?), self.named_in(slots))
            }
        };
        // No field lies anywhere, and 什么地方 asks for parks as well.
        if matches!(&start, Start::Listed(plan) if plan.kind == Some(EntityKind::Industry)) {
            return Err(Stuck::Unread);
        }
        let kind = slots.get("result").and_then(|word| self.grammar.words.kind(word.trim()));
        let kind = kind.filter(|kind| *kind != EntityKind::Place);
        Ok(HopPlan { start, hops: hops.to_vec(), kind, but })
    }

    /// Every thing that the description names.
    fn named_in(&self, slots: &Slots) -> Vec<NamedNode> {
        let marks = slots.get("what").into_iter().flat_map(|what| what.chars());
        let things = marks.filter_map(|mark| match self.tagged.find(mark) {
            Some(Tag::Name(_, things)) => Some(self.iris(things)),
            _ => None,
        });
        things.flatten().collect::<BTreeSet<_>>().into_iter().collect()
    }

    pub(super) fn path(&self, slots: &Slots) -> Result<PathPlan, Stuck> {
        Ok(PathPlan { from: self.slot_things(slots, "name")?, to: self.slot_things(slots, "second")? })
    }

    /// A list for each of the kinds that the question names, as far as the description makes sense for it.
    pub(super) fn lists(&self, slots: &Slots) -> Result<Plan, Stuck> {
        let kinds = slots.get("kinds").map(String::as_str).unwrap_or_default();
        let mut rest = vec![kinds];
        for joint in JOINTS {
            rest = rest.into_iter().flat_map(|part| part.split(joint)).collect();
        }
        let kinds: Vec<EntityKind> = rest.into_iter().filter_map(|word| self.grammar.words.kind(word.trim())).collect();
        self.of_kinds_each(slots, &kinds).map(Plan::Lists)
    }

    /// A list for each kind of thing that can have to do with something.
    pub(super) fn related(&self, slots: &Slots) -> Result<Vec<ListPlan>, Stuck> {
        use EntityKind::{Enterprise, Organization, Park, Policy, Project};
        self.of_kinds_each(slots, &[Park, Enterprise, Project, Organization, Policy])
    }

    fn of_kinds_each(&self, slots: &Slots, kinds: &[EntityKind]) -> Result<Vec<ListPlan>, Stuck> {
        let mut plans = Vec::new();
        let mut stuck = Stuck::Unread;
        for kind in kinds {
            match self.list_of(slots, Some(*kind), Tell::All) {
                Ok(plan) => plans.push(plan),
                Err(error @ (Stuck::Query(_) | Stuck::Store(_))) => return Err(error),
                Err(error) => stuck = error,
            }
        }
        if plans.is_empty() { Err(stuck) } else { Ok(plans) }
    }

    /// The things of one kind to which most of another are joined.
    pub(super) fn most(&self, slots: &Slots) -> Result<MostPlan, Stuck> {
        use EntityKind::{Enterprise, Industry, Organization, Park, Place, Policy, Project};
        let word = |slot: &str| slots.get(slot).and_then(|word| self.grammar.words.kind(word.trim()));
        let (kind, counted) = (word("kind").ok_or(Stuck::Unread)?, word("result").ok_or(Stuck::Unread)?);
        let by = match (kind, counted) {
            (Park | Place, Policy) | (Enterprise | Organization, Policy) => Predicate::IssuedBy,
            (Park | Place, Project | Enterprise | Organization | Park) => Predicate::LocatedIn,
            (Enterprise | Organization, Project | Park) => Predicate::Investor,
            (Enterprise | Organization, Enterprise | Organization) => Predicate::Partner,
            (Industry, Project | Enterprise | Park | Policy) => Predicate::Industry,
            _ => return Err(Stuck::Unread),
        };
        let within = match slots.get("thing") {
            Some(slot) => self.iris(&self.thing(slot)?),
            None => Vec::new(),
        };
        let count = slots.get("number").and_then(|text| number::small(text)).unwrap_or(1);
        Ok(MostPlan { kind, counted, within, by, least: slots.contains_key("least"), count })
    }

    /// Everything that is stated of a thing.
    pub(super) fn overview(&self, slots: &Slots) -> Result<Plan, Stuck> {
        let things = self.slot_things(slots, "thing")?;
        let by = Predicate::ALL.to_vec();
        Ok(Plan::Values(ValuePlan { things, by, symmetric: true, wide: true, ..ValuePlan::default() }))
    }
}
