//! Counted sets of things (集中签约28个项目), found by the words around them.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{NamedNode, Term, Triple};

use super::{Ground, Stuck};
use crate::ask::evidence;
use crate::ask::grammar::Slots;
use crate::ask::normal;
use crate::rdf::{document_iri, terms};

/// Characters that join words and say nothing.
const JOINTS: &str = "的了过有是在被中里、,，之和与及 ";
/// Most sets whose sentences are looked at.
const MOST: usize = 60;
/// The least share of the question's pairs of characters that sentence and title must have.
const LEAST: f64 = 0.8;

impl Ground<'_> {
    /// The sets that a description means: those whose own words, sentence and title hold nearly all pairs of neighbouring
    /// characters of the description, their own words at least one.
    pub(super) fn groups(&self, slots: &Slots) -> Result<Vec<NamedNode>, Stuck> {
        let Some(what) = slots.get("what").or_else(|| slots.get("name")) else { return Ok(Vec::new()) };
        let mut text = self.tagged.surface(what);
        if let Some(kind) = slots.get("kind") {
            text.push_str(kind);
        }
        let wanted = pairs(&normal::key(&text));
        let mut own: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
        for pair in &wanted {
            for (label, group) in self.names.groups(pair) {
                own.entry(group).or_insert((0, label)).0 += 1;
            }
        }
        let mut own: Vec<(usize, &str, &str)> = own.into_iter().map(|(group, (n, label))| (n, group, label)).collect();
        own.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        let mut ranked = Vec::new();
        for (_, group, label) in own.into_iter().take(MOST) {
            let group = NamedNode::new_unchecked(group);
            let context = normal::key(&format!("{label} {}", self.context(&group)?));
            let held = wanted.iter().filter(|pair| context.contains(pair.as_str())).count();
            let share = held as f64 / wanted.len().max(1) as f64;
            if share >= LEAST {
                ranked.push((held, group));
            }
        }
        let best = ranked.iter().map(|(held, _)| *held).max();
        Ok(ranked.into_iter().filter(|(held, _)| Some(*held) == best).map(|(_, group)| group).take(1).collect())
    }

    /// The sentences of a set and the title of its document.
    fn context(&self, group: &NamedNode) -> Result<String, Stuck> {
        let class = Triple::new(group.clone(), terms::TYPE.into_owned(), terms::PROJECT_GROUP.into_owned());
        let mut text = String::new();
        for quote in evidence::quotes(self.store, &class)? {
            text.push_str(&quote.quote);
            let document = document_iri(&quote.document);
            for title in self.store.matching(Some(document.as_ref().into()), Some(terms::HEADLINE), None) {
                if let Term::Literal(title) = title?.object {
                    text.push_str(title.value());
                }
            }
        }
        Ok(text)
    }
}

/// Pairs of neighbouring characters, none across a joint.
fn pairs(text: &str) -> BTreeSet<String> {
    let runs = text.split(|c| JOINTS.contains(c));
    let pairs = runs.flat_map(|run| {
        let chars: Vec<char> = run.chars().collect();
        chars.windows(2).map(|pair| pair.iter().collect::<String>()).collect::<Vec<_>>()
    });
    pairs.collect()
}
