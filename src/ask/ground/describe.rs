//! Descriptions, taken apart into phrases: `高新区总投资超过10亿元的在建`.

use std::collections::BTreeSet;

use super::{Ground, Stuck};
use crate::ask::grammar::{Narrowing, Slots};
use crate::ask::names::ThingId;
use crate::ask::normal;
use crate::ask::plan::Filter;
use crate::ask::tag::{Tag, is_mark};
use crate::model::EntityKind;

/// Words that join alternatives.
const JOINTS: [&str; 9] = ["、", ",", "以及", "和", "与", "及", "或", "and ", "or "];

/// Those of them that open no phrase.
const PLAIN_JOINTS: [&str; 6] = ["、", ",", "以及", "或", "and ", "or "];

/// A part of a description.
enum Piece {
    Phrase { joined: bool, narrowing: Narrowing, slots: Slots },
    Run { joined: bool, text: String },
}

impl Ground<'_> {
    /// The filters that a description says, in order. Names joined by 和 or 、 are alternatives.
    pub(super) fn filters(&self, what: &str, kind: EntityKind) -> Result<Vec<Filter>, Stuck> {
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
            if narrowing == Narrowing::Investor && self.is_stage_there(&slots) {
                continue;
            }
            if let Some(mut rest) = self.segments(&text[length..], dead) {
                let joins = JOINTS.iter().any(|joint| text.starts_with(joint)) && !self.relates(&text[..length]);
                let joined = joined || joins;
                rest.insert(0, Piece::Phrase { joined, narrowing, slots });
                return Some(rest);
            }
        }
        dead.insert(text.len());
        None
    }

    /// True for 与X相关的, which is no second name behind a first one.
    fn relates(&self, phrase: &str) -> bool {
        self.grammar.words.lists.get("related").is_some_and(|words| words.iter().any(|word| phrase.contains(word)))
    }

    /// True for 高新区签约的: a place does not sign, it is where something is signed.
    fn is_stage_there(&self, slots: &Slots) -> bool {
        let Some(Tag::Name(_, things)) = slots.get("name").and_then(|slot| self.tagged.only(slot)) else {
            return false;
        };
        let place = |id: ThingId| matches!(self.names.thing(id).kind, EntityKind::Park | EntityKind::Place);
        let verb = slots.get("invests").map(String::as_str).unwrap_or_default();
        self.grammar.words.stage(verb).is_some() && !things.is_empty() && things.iter().all(|&id| place(id))
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
        let titles = self.known.titles_like(self.names, &normal::key(run));
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
