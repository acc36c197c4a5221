//! What a question sets aside: 除了甲公司以外还有哪些企业 asks for others than 甲公司.

use std::collections::BTreeSet;

use oxigraph::model::NamedNode;

use super::answer::Answer;
use super::clue::clues;
use super::names::{Names, Thing};
use super::normal;
use super::plan::{Filter, Plan};

/// Longest text between the words that open and close it, in bytes.
const LONGEST: usize = 120;
/// Things with a part in their names beyond which the part names none.
const MOST: usize = 20;
/// What joins several that are set aside.
const JOINTS: [char; 5] = ['和', '与', '及', '、', '跟'];

/// The things that a question sets aside.
#[derive(Debug, Default)]
pub struct Except {
    things: Vec<NamedNode>,
    keys: BTreeSet<String>,
}

impl Except {
    /// Reads a question; gives what is left of it beside.
    pub fn read(text: &str, names: &Names) -> (String, Self) {
        for open in &clues().except {
            let Some(at) = text.find(open.as_str()) else { continue };
            let behind = &text[at + open.len()..];
            let ends = clues().except_end.iter().filter_map(|word| Some((behind.find(word.as_str())?, word.len())));
            let Some((end, length)) = ends.min_by_key(|(end, length)| (*end, usize::MAX - length)) else { continue };
            let mut it = Self::default();
            if end <= LONGEST {
                behind[..end].split(JOINTS).for_each(|name| it.take(name.trim(), names));
            }
            if !it.things.is_empty() {
                let rest = behind[end + length..].trim_start_matches([',', ' ']);
                return (format!("{}{rest}", &text[..at]), it);
            }
        }
        (text.to_owned(), Self::default())
    }

    fn take(&mut self, name: &str, names: &Names) {
        let key = normal::key(name);
        let mut found = names.exact(&key);
        if found.is_empty() {
            found = names.containing(&key);
        }
        if found.len() > MOST {
            return;
        }
        for thing in found.into_iter().map(|id| names.thing(id)) {
            self.keys.extend(Thing::keys(&thing));
            self.things.push(thing.iri);
        }
    }

    /// The plan for everything else.
    pub fn without(&self, plan: Plan) -> Plan {
        if self.things.is_empty() {
            return plan;
        }
        let more = |mut but: Vec<NamedNode>| {
            but.extend(self.things.iter().cloned());
            but
        };
        match plan {
            Plan::List(mut plan) => {
                plan.filters.push(Filter::But(self.things.clone()));
                Plan::List(plan)
            }
            Plan::Lists(mut plans) => {
                plans.iter_mut().for_each(|plan| plan.filters.push(Filter::But(self.things.clone())));
                Plan::Lists(plans)
            }
            Plan::Values(mut plan) => {
                plan.but = more(plan.but);
                Plan::Values(plan)
            }
            Plan::Hops(mut plan) => {
                plan.but = more(plan.but);
                Plan::Hops(plan)
            }
            Plan::Passage(mut plan) => {
                plan.but = more(plan.but);
                Plan::Passage(plan)
            }
            other => other,
        }
    }

    /// The answers without those that bear a name of what is set aside.
    pub fn others(&self, mut answers: Vec<Answer>) -> Vec<Answer> {
        let is_one = |answer: &Answer| {
            let mut names = std::iter::once(&answer.label).chain(&answer.aliases);
            answer.iri.is_some() && names.any(|name| self.keys.contains(&normal::key(name)))
        };
        answers.retain(|answer| self.keys.is_empty() || !is_one(answer));
        answers
    }
}
