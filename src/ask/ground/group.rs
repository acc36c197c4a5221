//! Counted sets of things (集中签约28个项目), found by the words around them.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{NamedNode, NamedOrBlankNode, Term, Triple};

use super::{Ground, Stuck};
use crate::ask::evidence;
use crate::ask::grammar::Slots;
use crate::ask::normal;
use crate::ask::tag::Tag;
use crate::model::EntityKind;
use crate::rdf::{self, document_iri, terms};

/// Characters that join words and say nothing.
const JOINTS: &str = "的了过有是在被中里、,，之和与及共 ";
/// Most sets whose sentences are looked at.
const MOST: usize = 60;
/// Most mentions of a place that are looked at.
const MOST_MENTIONS: usize = 4000;
/// The least share of the question's pairs of characters that sentence and title must have.
const LEAST: f64 = 0.7;

/// What a question says of a counted set.
struct Told {
    /// Pairs of neighbouring characters of its own words, places and times set aside.
    words: BTreeSet<String>,
    /// The places, each under its identities.
    places: Vec<Vec<NamedNode>>,
    /// The time, as the question writes it, with the years in which documents speak of it.
    times: Vec<(String, Vec<String>)>,
}

impl Ground<'_> {
    /// The set that a description means, and whether its own words are nearly all of the description: its words, sentence and
    /// title hold most pairs of neighbouring characters of the description, its words half of those that are not of the kind
    /// asked for; its document speaks of the place and the time.
    pub(super) fn group(&self, slots: &Slots) -> Result<Option<(NamedNode, bool)>, Stuck> {
        let what = ["what", "name", "indicator"]
            .iter()
            .find_map(|slot| slots.get(*slot))
            .filter(|_| !slots.contains_key("second"));
        let Some(what) = what else { return Ok(None) };
        let [more, kind] = ["more", "kind"].map(|slot| slots.get(slot).cloned().unwrap_or_default());
        self.known.group([what.clone(), more.clone(), kind.clone()], || self.described_set(what, &more, &kind))
    }

    fn described_set(&self, what: &str, more: &str, kind: &str) -> Result<Option<(NamedNode, bool)>, Stuck> {
        let mut told = self.told(what);
        told.words.extend(self.told(more).words);
        let kind = pairs(kind);
        told.words.retain(|pair| !kind.contains(pair) && pair != "项目");
        let mut own: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
        for pair in &told.words {
            for (label, group) in self.names.groups(pair) {
                own.entry(group).or_insert((0, label)).0 += 1;
            }
        }
        // Its own words must be half of them.
        let all = told.words.len();
        let own = own.into_iter().filter(|(_, (shared, _))| shared * 2 >= all);
        let mut own: Vec<(usize, &str, &str)> = own.map(|(group, (n, label))| (n, group, label)).collect();
        own.sort_by(|a, b| b.0.cmp(&a.0).then(a.2.len().cmp(&b.2.len())).then(a.1.cmp(b.1)));
        let documents = if own.is_empty() { None } else { self.documents(&told.places)? };
        let mut best: Option<(usize, usize, NamedNode)> = None;
        for (shared, group, label) in own.into_iter().take(MOST) {
            let group = NamedNode::new_unchecked(group);
            let Some(document) = rdf::document_key(group.as_str()) else { continue };
            if documents.as_ref().is_some_and(|known| !known.contains(&document)) {
                continue;
            }
            let context = normal::key(&format!("{label} {}", self.context(&group)?));
            let date = self.date(&document)?;
            let in_time = |(written, dates): &(String, Vec<String>)| {
                context.contains(written.as_str()) || dates.iter().any(|begin| date.starts_with(begin.as_str()))
            };
            let held = told.words.iter().filter(|pair| context.contains(pair.as_str())).count();
            if !told.times.iter().all(in_time) || (held as f64) < LEAST * told.words.len() as f64 {
                continue;
            }
            if best.as_ref().is_none_or(|(most, of_own, _)| (*of_own, *most) < (shared, held)) {
                best = Some((held, shared, group));
            }
        }
        Ok(best.map(|(_, shared, group)| (group, shared * 4 >= all * 3)))
    }

    /// Sets places and times of a description aside.
    fn told(&self, what: &str) -> Told {
        let mut told = Told { words: BTreeSet::new(), places: Vec::new(), times: Vec::new() };
        let mut text = String::new();
        for c in what.chars() {
            let surface = self.tagged.surface(&c.to_string());
            match self.tagged.find(c) {
                Some(Tag::Name(_, things)) if things.iter().any(|&id| is_place(self.names.thing(id).kind)) => {
                    told.places.push(things.iter().map(|&id| self.names.thing(id).iri).collect());
                    text.push('的');
                }
                Some(Tag::Period(wish)) => {
                    // What happened in a year is also told early in the next.
                    let years = wish.year.into_iter().flat_map(|year| [year, year + 1]);
                    told.times.push((surface, years.map(|year| year.to_string()).collect()));
                    text.push('的');
                }
                _ => text.push_str(&surface),
            }
        }
        told.words = pairs(&text);
        told
    }

    /// Keys of the documents that speak of each of the places; `None` where there is no place.
    fn documents(&self, places: &[Vec<NamedNode>]) -> Result<Option<BTreeSet<String>>, Stuck> {
        let mut spoken: Option<BTreeSet<String>> = None;
        for place in places {
            let mut known = BTreeSet::new();
            for thing in place {
                known.extend(self.speak_of(thing)?);
            }
            spoken = Some(match spoken {
                Some(others) => others.intersection(&known).cloned().collect(),
                None => known,
            });
        }
        Ok(spoken)
    }

    /// Keys of the documents that mention a thing.
    fn speak_of(&self, thing: &NamedNode) -> Result<BTreeSet<String>, Stuck> {
        let thing = Term::from(thing.clone());
        let mut documents = BTreeSet::new();
        for quad in self.store.matching(None, Some(terms::TA_IDENT_REF), Some(thing.as_ref())).take(MOST_MENTIONS) {
            if let NamedOrBlankNode::NamedNode(mention) = quad?.subject {
                documents.extend(rdf::document_key(mention.as_str()));
            }
        }
        Ok(documents)
    }

    /// The date of a document, empty where it has none.
    fn date(&self, document: &str) -> Result<String, Stuck> {
        let document = document_iri(document);
        for quad in self.store.matching(Some(document.as_ref().into()), Some(terms::DATE_PUBLISHED), None) {
            if let Term::Literal(date) = quad?.object {
                return Ok(date.value().to_owned());
            }
        }
        Ok(String::new())
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

fn is_place(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Park | EntityKind::Place)
}
