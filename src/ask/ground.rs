//! From the slots of a question to a plan over things that the graph has.

use std::collections::BTreeSet;

use oxigraph::model::{Literal, NamedNode, Term};

use super::grammar::{self, Asked, Candidate, Grammar, Narrowing, Slots};
use super::names::{Names, ThingId};
use super::normal;
use super::period::{Fit, PeriodWish};
use super::plan::{FigurePlan, Filter, ListPlan, Plan, Tell, Topic, ValuePlan};
use super::sparql;
use super::tag::{Tag, Tagged, is_mark};
use crate::model::{EntityKind, Predicate};

use crate::store::{QueryError, Store};

/// Why a reading of a question has no plan.
#[derive(Debug)]
pub enum Stuck {
    /// It names something that the graph does not know.
    Unknown(String),
    /// It does not make sense of all words.
    Unread,
    /// The store failed.
    Query(QueryError),
}

impl From<QueryError> for Stuck {
    fn from(error: QueryError) -> Self {
        Self::Query(error)
    }
}

/// What grounding needs to look at.
pub struct Ground<'a> {
    /// The grammar that found the slots.
    pub grammar: &'a Grammar,
    /// The names of the graph.
    pub names: &'a Names,
    /// The graph.
    pub store: &'a Store,
    /// The question with its finds.
    pub tagged: &'a Tagged,
}

/// A name that a phrase holds: its key and the things that bear it.
struct Named {
    key: String,
    things: Vec<ThingId>,
}

impl Ground<'_> {
    /// The plan of a candidate.
    ///
    /// # Errors
    /// [`Stuck`] where it has none.
    pub fn plan(&self, candidate: &Candidate<'_>) -> Result<Plan, Stuck> {
        let slots = &candidate.slots;
        match &candidate.frame.ask {
            Asked::List => self.list(slots, Tell::All).map(Plan::List),
            Asked::Count => self.list(slots, Tell::Number).map(Plan::List),
            Asked::Top => self.top(slots).map(Plan::List),
            Asked::Check => self.check(slots).map(Plan::List),
            Asked::Value { by, otherwise, symmetric } => {
                let things = self.thing(named_slot(slots).ok_or(Stuck::Unread)?)?;
                let kind = grammar::kind_of(&self.grammar.words, slots);
                let (by, otherwise) = (by.clone(), otherwise.clone());
                Ok(Plan::Values(ValuePlan { things: self.iris(&things), by, otherwise, symmetric: *symmetric, kind }))
            }
            Asked::Figure => self.figures(slots).map(Plan::Figures),
        }
    }

    fn iris(&self, things: &[ThingId]) -> Vec<NamedNode> {
        things.iter().map(|&id| self.names.thing(id).iri.clone()).collect()
    }

    /// The things that a slot names.
    fn thing(&self, slot: &str) -> Result<Vec<ThingId>, Stuck> {
        if let Some(Tag::Name(_, things)) = self.tagged.only(slot)
            && !things.is_empty()
        {
            return Ok(things.clone());
        }
        let surface = self.tagged.surface(slot);
        let found = self.names.find(&normal::key(&surface));
        if found.is_empty() { Err(Stuck::Unknown(surface)) } else { Ok(found) }
    }

    /// The things with the largest or smallest sums, among those that the description fits.
    fn top(&self, slots: &Slots) -> Result<ListPlan, Stuck> {
        let kind = grammar::kind_of(&self.grammar.words, slots).unwrap_or(EntityKind::Project);
        let mut filters = vec![Filter::Money { least: None, most: None, currency: "CNY".to_owned() }];
        for slot in ["what", "more"] {
            if let Some(text) = slots.get(slot) {
                filters.extend(self.filters(text, kind)?);
            }
        }
        let number = slots.get("number").and_then(|text| small_number(text)).unwrap_or(1);
        let tell = if slots.contains_key("least") { Tell::Smallest(number) } else { Tell::Largest(number) };
        Ok(ListPlan { kind: Some(kind), filters, tell })
    }

    /// Whether the description fits the thing.
    fn check(&self, slots: &Slots) -> Result<ListPlan, Stuck> {
        let things = self.thing(named_slot(slots).ok_or(Stuck::Unread)?)?;
        let kind = self.names.thing(*things.first().ok_or(Stuck::Unread)?).kind;
        let mut filters = vec![Filter::Is(self.iris(&things))];
        filters.extend(self.filters(slots.get("what").ok_or(Stuck::Unread)?, kind)?);
        Ok(ListPlan { kind: None, filters, tell: Tell::Whether })
    }

    /// A question that names no kind asks for whatever the description fits.
    fn list(&self, slots: &Slots, tell: Tell) -> Result<ListPlan, Stuck> {
        let kind = grammar::kind_of(&self.grammar.words, slots);
        let read_as = kind.unwrap_or(EntityKind::Enterprise);
        let mut filters = self.filters(slots.get("what").ok_or(Stuck::Unread)?, read_as)?;
        if let Some(more) = slots.get("more") {
            filters.extend(self.filters(more, read_as)?);
        }
        if filters.is_empty() { Err(Stuck::Unread) } else { Ok(ListPlan { kind, filters, tell }) }
    }

    /// The filters that a description says, in order. Names joined by 和 or 、 are alternatives.
    fn filters(&self, what: &str, kind: EntityKind) -> Result<Vec<Filter>, Stuck> {
        let mut filters: Vec<Filter> = Vec::new();
        let mut last = None;
        let pieces = match self.segments(what, &mut BTreeSet::new()) {
            Some(pieces) => pieces,
            // A name may begin with a shorter one that the graph has: 工业互联网平台.
            None => match self.loose(&self.tagged.surface(what), kind) {
                Ok((_, filter)) => return Ok(vec![filter]),
                Err(_) => self.greedy_segments(what),
            },
        };
        for piece in pieces {
            let (joined, narrowing, filter) = match piece {
                Piece::Phrase { joined, narrowing, slots } => {
                    (joined, narrowing, self.narrow(narrowing, &slots, kind)?)
                }
                Piece::Run { joined, text } => {
                    let (narrowing, filter) = self.loose(&text, kind)?;
                    (joined, narrowing, filter)
                }
            };
            match filters.last_mut() {
                Some(previous) if joined && last == Some(narrowing) => either(previous, filter),
                _ => filters.push(filter),
            }
            last = Some(narrowing);
        }
        Ok(filters)
    }

    /// `text` as a run of phrases with joints between them, if it is one; longer phrases are tried first. `dead` holds
    /// the lengths of the ends of `text` that are none.
    fn segments(&self, text: &str, dead: &mut BTreeSet<usize>) -> Option<Vec<Piece>> {
        let (joined, text) = self.joint(text);
        if text.is_empty() {
            return Some(Vec::new());
        }
        if dead.contains(&text.len()) {
            return None;
        }
        for (length, narrowing, slots) in self.grammar.phrases(text) {
            if let Some(mut rest) = self.segments(&text[length..], dead) {
                let joined = joined || JOINTS.iter().any(|joint| text.starts_with(joint));
                rest.insert(0, Piece::Phrase { joined, narrowing, slots });
                return Some(rest);
            }
        }
        dead.insert(text.len());
        None
    }

    /// `text` without the joints and fillers that begin it, and whether there was a joint. Joints that may open a phrase
    /// (与X相关) are left to the phrase.
    fn joint<'t>(&self, text: &'t str) -> (bool, &'t str) {
        let fillers = self.grammar.words.lists.get("filler").map(Vec::as_slice).unwrap_or_default();
        let mut rest = text;
        let mut joined = false;
        loop {
            if let Some(inner) = PLAIN_JOINTS.iter().find_map(|joint| rest.strip_prefix(joint)) {
                (joined, rest) = (true, inner);
            } else if let Some(inner) = fillers.iter().find_map(|filler| rest.strip_prefix(filler.as_str())) {
                rest = inner;
            } else {
                return (joined, rest.trim_start());
            }
        }
    }

    /// `what` as phrases where they begin, and runs of text between them.
    fn greedy_segments(&self, what: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut rest = what;
        loop {
            let (joined, text) = self.joint(rest);
            if text.is_empty() {
                return pieces;
            }
            let length = match self.grammar.phrases(text).into_iter().next() {
                Some((length, narrowing, slots)) => {
                    pieces.push(Piece::Phrase { joined, narrowing, slots });
                    length
                }
                None => {
                    let run = self.unknown_run(text);
                    pieces.push(Piece::Run { joined, text: text[..run].to_owned() });
                    run
                }
            };
            rest = &text[length..];
        }
    }

    /// Length in bytes of the beginning of `text` in which no phrase begins and no name is marked.
    fn unknown_run(&self, text: &str) -> usize {
        let ends = |(at, c): (usize, char)| {
            let breaks = is_mark(c) || "、,，".contains(c) || !self.grammar.phrases(&text[at..]).is_empty();
            (at > 0 && breaks).then_some(at)
        };
        text.char_indices().find_map(ends).unwrap_or(text.len())
    }

    /// A run of text as a phrase about a name that is not marked: a part of names, or of an honour.
    fn loose(&self, run: &str, kind: EntityKind) -> Result<(Narrowing, Filter), Stuck> {
        let asks =
            self.grammar.words.lists.get("which").is_some_and(|words| words.iter().any(|word| run.contains(word)));
        if asks {
            return Err(Stuck::Unread);
        }
        let mut unknown = None;
        let parts: Vec<&str> = run.split(['和', '与', '及', '或']).filter(|part| !part.is_empty()).collect();
        for (narrowing, slots) in self.grammar.loose_phrases(run) {
            match self.narrow(narrowing, &slots, kind) {
                Ok(filter) => return Ok((narrowing, filter)),
                Err(stuck) => unknown = unknown.or(Some(stuck)),
            }
        }
        let titles = self.names.titles_like(&normal::key(run));
        if !titles.is_empty() && matches!(kind, EntityKind::Enterprise | EntityKind::Organization | EntityKind::Park) {
            return Ok((Narrowing::Designation, Filter::Holds(titles)));
        }
        if parts.len() > 1 {
            let filters: Result<Vec<_>, _> = parts.iter().map(|part| self.loose(part, kind)).collect();
            if let Ok(filters) = filters {
                return Ok((Narrowing::Thing, Filter::Any(filters.into_iter().map(|found| found.1).collect())));
            }
        }
        Err(unknown.unwrap_or_else(|| Stuck::Unknown(self.tagged.surface(run))))
    }

    fn narrow(&self, narrowing: Narrowing, slots: &Slots, kind: EntityKind) -> Result<Filter, Stuck> {
        let name = || self.named(slots.get("name").ok_or(Stuck::Unread)?);
        match narrowing {
            Narrowing::Thing => self.about(name()?, kind),
            Narrowing::LocatedIn => {
                let named = name()?;
                let places = self.of_kinds(&named, &[EntityKind::Park, EntityKind::Place]);
                if places.is_empty() { Err(Stuck::Unknown(named.key)) } else { Ok(Filter::Within(places)) }
            }
            Narrowing::Investor => {
                let named = name()?;
                // What a zone builds is what is built there.
                let places = self.of_kinds(&named, &[EntityKind::Park, EntityKind::Place]);
                let only_places = !named.things.is_empty() && places.len() == named.things.len();
                if only_places { Ok(Filter::Within(places)) } else { self.joined(named, Predicate::Investor) }
            }
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
            Narrowing::Over => self.money(slots.get("amount"), None),
            Narrowing::Under => self.money(None, slots.get("amount")),
            Narrowing::Between => self.money(slots.get("amount"), slots.get("upto")),
            Narrowing::Status => {
                let stage = slots.get("stage").and_then(|word| self.grammar.words.stage(word)).ok_or(Stuck::Unread)?;
                Ok(Filter::Stage(stage))
            }
            Narrowing::Designation => match slots.get("title").and_then(|slot| self.tagged.only(slot)) {
                Some(Tag::Title(titles)) => Ok(Filter::Holds(titles.clone())),
                _ => Err(Stuck::Unread),
            },
        }
    }

    fn named(&self, slot: &str) -> Result<Named, Stuck> {
        if let Some(Tag::Name(key, things)) = self.tagged.only(slot) {
            return Ok(Named { key: key.clone(), things: things.clone() });
        }
        let key = normal::key(&self.tagged.surface(slot));
        if key.is_empty() {
            return Err(Stuck::Unread);
        }
        let things = self.names.exact(&key);
        Ok(Named { key, things })
    }

    fn of_kinds(&self, named: &Named, kinds: &[EntityKind]) -> Vec<NamedNode> {
        let things = named.things.iter().map(|&id| self.names.thing(id));
        things.filter(|thing| kinds.contains(&thing.kind)).map(|thing| thing.iri.clone()).collect()
    }

    fn joined(&self, named: Named, by: Predicate) -> Result<Filter, Stuck> {
        if named.things.is_empty() {
            return Err(Stuck::Unknown(named.key));
        }
        Ok(Filter::Joined { by: vec![by], forward: true, things: self.iris(&named.things) })
    }

    fn money(&self, least: Option<&String>, most: Option<&String>) -> Result<Filter, Stuck> {
        let sum = |slot: Option<&String>| match slot.and_then(|slot| self.tagged.only(slot)) {
            Some(Tag::Amount(sum)) => Some(sum.clone()),
            _ => None,
        };
        let (least, most) = (sum(least), sum(most));
        let currency = least.as_ref().or(most.as_ref()).ok_or(Stuck::Unread)?.currency.to_owned();
        Ok(Filter::Money { least: least.map(|sum| sum.value), most: most.map(|sum| sum.value), currency })
    }

    /// What it means that a thing of `kind` has to do with what `named` names, after the kinds of both.
    fn about(&self, named: Named, kind: EntityKind) -> Result<Filter, Stuck> {
        use EntityKind::{Enterprise, Industry, Organization, Park, Place, Policy, Project};
        let mut ways = Vec::new();
        let mut join = |by: Predicate, forward: bool, things: Vec<NamedNode>| {
            if !things.is_empty() {
                ways.push(Filter::Joined { by: vec![by], forward, things });
            }
        };
        let bodies = self.of_kinds(&named, &[Enterprise, Organization]);
        let places = self.of_kinds(&named, &[Park, Place]);
        let projects = self.of_kinds(&named, &[Project]);
        let policies = self.of_kinds(&named, &[Policy]);
        match kind {
            Project | Park => join(Predicate::Investor, true, bodies),
            Policy => {
                join(Predicate::IssuedBy, true, bodies);
                join(Predicate::IssuedBy, true, places.clone());
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

    /// Everything that has to do with the field `term`; `None` where nothing has.
    fn topic(&self, term: &str, kind: EntityKind) -> Result<Option<Topic>, Stuck> {
        let stem = field_stem(term);
        let things = self.names.containing(stem);
        let mut topic = Topic { term: term.to_owned(), ..Topic::default() };
        for thing in things.iter().map(|&id| self.names.thing(id)) {
            match thing.kind {
                EntityKind::Industry if thing.keys.iter().any(|key| field_stem(key) == stem) => {
                    topic.fields.push(thing.iri.clone());
                }
                EntityKind::Industry => topic.narrower.push(thing.iri.clone()),
                EntityKind::Park => topic.parks.push(thing.iri.clone()),
                _ => {}
            }
        }
        for field in &topic.fields {
            topic.narrower.extend(self.names.narrower(field));
        }
        topic.narrower.retain(|field| !topic.fields.contains(field));
        topic.narrower.sort();
        topic.narrower.dedup();
        topic.named = self.named_after(stem, kind);
        self.add_parks(&mut topic, kind)?;
        let empty =
            topic.fields.is_empty() && topic.named.is_empty() && topic.narrower.is_empty() && topic.parks.is_empty();
        Ok((!empty).then_some(topic))
    }

    /// Things of `kind` (for projects, also parks and bodies) whose name contains the field or its core.
    fn named_after(&self, stem: &str, kind: EntityKind) -> Vec<NamedNode> {
        let fits = |other: EntityKind| {
            other == kind || kind == EntityKind::Project && matches!(other, EntityKind::Park | EntityKind::Organization)
        };
        let mut things = self.names.containing(stem);
        if let Some(core) = stem.strip_suffix('器').filter(|core| core.chars().count() >= 4) {
            things.extend(self.names.containing(core));
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

    fn figures(&self, slots: &Slots) -> Result<FigurePlan, Stuck> {
        let subjects = match named_slot(slots) {
            Some(slot) => self.iris(&self.thing(slot)?),
            None => Vec::new(),
        };
        let wish = match slots.get("period").and_then(|slot| self.tagged.only(slot)) {
            Some(Tag::Period(wish)) => Some(*wish),
            _ => None,
        };
        let asked = self.tagged.surface(slots.get("indicator").ok_or(Stuck::Unread)?);
        let (asked, target) = self.without_aim(&normal::key(&asked));
        if self.grammar.words.is_reserved(&asked) {
            return Err(Stuck::Unread);
        }
        let table = sparql::select(self.store, &sparql::figure_names(&subjects))?;
        let rows: Vec<(Literal, Option<Literal>)> = table.into_iter().filter_map(figure_row).collect();
        let periods = wish.map(|wish| fitting(wish, &rows));
        let told = |row: &&(Literal, Option<Literal>)| match (&periods, &row.1) {
            (Some(periods), Some(period)) => periods.contains(period),
            (Some(_), None) => false,
            (None, _) => true,
        };
        let names: Vec<Literal> = rows.iter().filter(told).map(|row| row.0.clone()).collect();
        let indicators = self.indicators(&asked, names);
        if indicators.is_empty() {
            return Err(Stuck::Unknown(asked));
        }
        let growth = slots.contains_key("growing");
        Ok(FigurePlan { subjects, indicators, periods, growth, target })
    }

    fn without_aim(&self, asked: &str) -> (String, bool) {
        let aims = self.grammar.words.lists.get("aim").map(Vec::as_slice).unwrap_or_default();
        match aims.iter().find_map(|aim| asked.strip_suffix(aim.as_str()).or(asked.strip_prefix(aim.as_str()))) {
            Some(rest) if rest.chars().count() >= 2 => (rest.trim_end_matches('的').to_owned(), true),
            _ => (asked.to_owned(), false),
        }
    }

    /// Those of the indicators that the question means: of the nearest likeness there is.
    fn indicators(&self, asked: &str, mut names: Vec<Literal>) -> Vec<Literal> {
        let asked = self.grammar.words.figure_names(asked);
        names.sort_by(|a, b| a.value().cmp(b.value()));
        names.dedup();
        let ranked: Vec<(Likeness, Literal)> =
            names.into_iter().filter_map(|name| Some((likeness(&asked, &normal::key(name.value()))?, name))).collect();
        let best = ranked.iter().map(|(rank, _)| *rank).max();
        ranked.into_iter().filter(|(rank, _)| Some(*rank) == best).map(|(_, name)| name).collect()
    }
}

/// Words that join alternatives.
const JOINTS: [&str; 9] = ["、", ",", "以及", "和", "与", "及", "或", "and ", "or "];
/// Those of them that open no phrase.
const PLAIN_JOINTS: [&str; 6] = ["、", ",", "以及", "或", "and ", "or "];

/// A part of a description.
enum Piece {
    Phrase { joined: bool, narrowing: Narrowing, slots: Slots },
    Run { joined: bool, text: String },
}

/// How near a figure's name is to the one asked for; later is nearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    /// One contains the other, with so many characters more (negative).
    Part(i64),
    /// They are names of one figure.
    Same,
}

fn likeness(asked: &[String], key: &str) -> Option<Likeness> {
    if asked.iter().any(|name| name == key) {
        return Some(Likeness::Same);
    }
    let length = |text: &str| text.chars().count() as i64;
    let part = |name: &String| {
        let holds = length(name) >= 2 && key.contains(name.as_str());
        let held = length(key) * 2 > length(name) && length(key) >= 2 && name.contains(key);
        (holds || held).then(|| Likeness::Part(-(length(key) - length(name)).abs()))
    };
    asked.iter().filter_map(part).max()
}

/// The periods that answer a wish: those that are it, else those within it.
fn fitting(wish: PeriodWish, rows: &[(Literal, Option<Literal>)]) -> Vec<Literal> {
    let fits: Vec<(Fit, &Literal)> = rows
        .iter()
        .filter_map(|row| row.1.as_ref())
        .filter_map(|period| Some((wish.fit(period.value())?, period)))
        .collect();
    let exact = fits.iter().any(|(fit, _)| *fit == Fit::Exact);
    let mut periods: Vec<Literal> =
        fits.into_iter().filter(|(fit, _)| !exact || *fit == Fit::Exact).map(|(_, period)| period.clone()).collect();
    periods.sort_by(|a, b| a.value().cmp(b.value()));
    periods.dedup();
    periods
}

fn figure_row(mut row: Vec<Option<Term>>) -> Option<(Literal, Option<Literal>)> {
    let period = row.pop()?.and_then(literal);
    Some((row.pop()?.and_then(literal)?, period))
}

fn literal(term: Term) -> Option<Literal> {
    if let Term::Literal(literal) = term { Some(literal) } else { None }
}

fn node(term: Term) -> Option<NamedNode> {
    if let Term::NamedNode(node) = term { Some(node) } else { None }
}

/// A field without the words that only say that it is one: 氢能产业 and 氢能 are one.
fn field_stem(term: &str) -> &str {
    const SUFFIXES: [&str; 7] = ["产业链", "产业", "行业", "领域", "技术", "产业集群", "赛道"];
    let cut = SUFFIXES.iter().filter_map(|suffix| term.strip_suffix(suffix)).min_by_key(|rest| rest.len());
    cut.filter(|rest| rest.chars().count() >= 2).unwrap_or(term)
}

fn either(previous: &mut Filter, next: Filter) {
    match previous {
        Filter::Any(filters) => filters.push(next),
        _ => {
            let first = std::mem::replace(previous, Filter::Any(Vec::new()));
            *previous = Filter::Any(vec![first, next]);
        }
    }
}

/// The slot of the thing asked about.
fn named_slot(slots: &Slots) -> Option<&String> {
    slots.get("name").or_else(|| slots.get("thing"))
}

/// A count such as 3 or 三.
fn small_number(text: &str) -> Option<usize> {
    let chinese = |c: char| "一二三四五六七八九十".chars().position(|digit| digit == c).map(|at| at + 1);
    let two = |text: &str| (text == "两").then_some(2);
    text.parse().ok().or_else(|| two(text)).or_else(|| chinese(text.chars().next()?)).filter(|number| *number > 0)
}
