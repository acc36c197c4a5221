//! Gathers the names of a store into a [`Book`], with what lies below names of the gazetteers.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};

use super::book::Book;
use super::{kind_of, sound, title_key};
use crate::ask::neighbours::Filing;
use crate::ask::normal;
use crate::lexicon::{Class, Entry, Lexicon};
use crate::model::{EntityKind, Predicate};
use crate::rdf::terms;
use crate::store::{Store, StoreError};

/// Least length of a name behind its place, in characters.
const LEAST_REST: usize = 4;
/// Words that say of a zone or project only of what kind it is.
const OF_A_KIND: [&str; 17] = [
    "经济", "高新", "技术", "产业", "工业", "综合", "自贸", "自由", "国家", "保税", "出口", "城市", "科技", "开发",
    "经开", "示范", "农业",
];

/// From an industry to the one above it in the taxonomy.
const BROADER: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#broader");

/// Names of things by IRI, the preferred one first.
pub(super) type Labels = BTreeMap<String, Vec<String>>;

/// Everything that goes into a [`Book`].
#[derive(Default)]
pub(super) struct Collected {
    pub(super) labels: Labels,
    /// Honours and indicators as N-Triples literals, by that text: their key.
    pub(super) titles: BTreeMap<String, String>,
    pub(super) figures: BTreeMap<String, String>,
    /// Counted sets by IRI: the keys of their words.
    pub(super) groups: BTreeMap<String, String>,
    /// IRIs of stated broader industries: those of narrower ones.
    pub(super) broader: BTreeMap<String, BTreeSet<String>>,
}

impl Collected {
    /// Reads a store.
    pub(super) fn read(store: &Store) -> Result<Self, StoreError> {
        let mut it = Self::default();
        for property in [terms::PREF_LABEL, terms::ALT_LABEL] {
            for quad in store.matching(None, Some(property), None) {
                let quad = quad?;
                let (NamedOrBlankNode::NamedNode(thing), Term::Literal(name)) = (quad.subject, quad.object) else {
                    continue;
                };
                if kind_of(thing.as_str()).is_some() {
                    it.labels.entry(thing.into_string()).or_default().push(plain(name.value()));
                } else if thing.as_str().contains("#group=") {
                    it.groups.insert(thing.into_string(), normal::key(name.value()));
                }
            }
        }
        // The preferred label was read first; the others are put in order.
        it.labels.values_mut().for_each(|names| names[1..].sort());
        for quad in store.matching(None, Some(terms::property(Predicate::Designation)), None) {
            if let Term::Literal(title) = quad?.object {
                it.titles.insert(title.to_string(), title_key(title.value()));
            }
        }
        for quad in store.matching(None, Some(terms::INDICATOR), None) {
            if let Term::Literal(name) = quad?.object {
                it.figures.insert(name.to_string(), normal::key(name.value()));
            }
        }
        for quad in store.matching(None, Some(BROADER), None) {
            let quad = quad?;
            if let (NamedOrBlankNode::NamedNode(narrow), Term::NamedNode(broad)) = (quad.subject, quad.object) {
                it.broader.entry(broad.into_string()).or_default().insert(narrow.into_string());
            }
        }
        Ok(it)
    }

    /// The names as bytes.
    pub(super) fn book(&self, stamp: &str) -> Book {
        let mut things = Vec::new();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        let by_head: BTreeMap<&str, &String> = self.labels.keys().map(|iri| (head(iri), iri)).collect();
        for (head, iri) in by_head {
            places.insert(iri, things.len());
            things.extend_from_slice(format!("{head}\t{}\n", self.labels[iri].join("\u{1f}")).as_bytes());
        }
        let mut keys: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (iri, names) in &self.labels {
            for key in names.iter().flat_map(|name| normal::keys(name)) {
                keys.entry(key).or_default().insert(places[iri.as_str()]);
            }
        }
        for (key, thing) in self.without_place() {
            keys.entry(key).or_insert_with(|| BTreeSet::from([places[thing]]));
        }
        let below = self.below(&places);
        let mut sounds: BTreeSet<(u64, u32)> = BTreeSet::new();
        let mut lines = Vec::new();
        let mut neighbours = Filing::default();
        for (key, things) in &keys {
            neighbours.add(lines.len() as u64, key);
            if key.chars().filter(|c| sound::is_spoken(*c)).count() >= 2 {
                sounds.extend(sound::sounds(key).iter().map(|way| (sound::hash(way), lines.len() as u32)));
            }
            push_line(&mut lines, key, things);
        }
        let mut under = Vec::new();
        below.iter().for_each(|(key, things)| push_line(&mut under, key, things));
        let rows = |(hash, place): &(u64, u32)| hash.to_le_bytes().into_iter().chain(place.to_le_bytes());
        let sounds = sounds.iter().flat_map(rows).collect();
        Book::new(
            stamp,
            [
                things,
                lines,
                by_key(&self.titles),
                by_key(&self.figures),
                under,
                by_key(&self.groups),
                sounds,
                neighbours.bytes(),
            ],
        )
    }

    /// Names without the place that they begin with, where what is left tells the thing from all others: 白鹭湾新区.
    fn without_place(&self) -> BTreeMap<String, &str> {
        let mut bare: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for (iri, names) in &self.labels {
            if matches!(kind_of(iri), Some(EntityKind::Park | EntityKind::Project)) {
                for name in names.iter().filter_map(|name| rest_behind_place(&normal::key(name))) {
                    bare.entry(name).or_default().insert(iri);
                }
            }
        }
        bare.into_iter()
            .filter_map(|(key, things)| Some((key, things.first().copied().filter(|_| things.len() == 1)?)))
            .collect()
    }

    /// Things by the keys of whatever is above them: in the graph, in the gazetteers, or by the place that begins the
    /// name of a park.
    fn below(&self, places: &BTreeMap<&str, usize>) -> BTreeMap<String, BTreeSet<usize>> {
        let lexicon = Lexicon::shared();
        let mut below: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (iri, names) in &self.labels {
            let Some(kind) = kind_of(iri) else { continue };
            for entry in above(lexicon, kind, names) {
                for name in std::iter::once(entry.label()).chain(entry.aliases()) {
                    below.entry(normal::key(name)).or_default().insert(places[iri.as_str()]);
                }
            }
        }
        for (broad, narrow) in &self.broader {
            let narrow = narrow.iter().filter_map(|iri| places.get(iri.as_str()));
            for key in self.labels.get(broad).into_iter().flatten().map(|name| normal::key(name)) {
                below.entry(key).or_default().extend(narrow.clone());
            }
        }
        below
    }
}

/// What contains a place or park, or is broader than an industry, by the gazetteers. A name that several places bear
/// tells nothing.
fn above<'l>(lexicon: &'l Lexicon, kind: EntityKind, names: &[String]) -> Vec<&'l Entry> {
    let look_up = |name: &str, wanted: &dyn Fn(Class) -> bool| -> Option<u32> {
        let mut ids: Vec<u32> =
            lexicon.look_up(name).into_iter().filter(|(class, _)| wanted(*class)).map(|f| f.1).collect();
        ids.dedup();
        if let [id] = ids[..] { Some(id) } else { None }
    };
    let ids = |id: u32| lexicon.ancestors(id);
    let found: Vec<u32> = match kind {
        EntityKind::Industry => names
            .iter()
            .find_map(|name| look_up(name, &|class| matches!(class, Class::IndustryTerm | Class::IndustryWord)))
            .map(ids)
            .unwrap_or_default(),
        EntityKind::Place => names.iter().find_map(|name| look_up(name, &Class::is_place)).map(ids).unwrap_or_default(),
        EntityKind::Park => {
            let known = names.iter().find_map(|name| look_up(name, &|class| class == Class::ParkName)).map(ids);
            known.filter(|ids| !ids.is_empty()).unwrap_or_else(|| {
                let home = names.iter().find_map(|name| place_before(name, &look_up));
                home.map(|id| std::iter::once(id).chain(ids(id)).collect()).unwrap_or_default()
            })
        }
        _ => Vec::new(),
    };
    found.into_iter().filter_map(|id| lexicon.entry(id)).collect()
}

/// What is left of a name behind the longest place that begins it, where that says more than what kind of place it is.
fn rest_behind_place(key: &str) -> Option<String> {
    let lexicon = Lexicon::shared();
    let is_place = |name: &str| lexicon.look_up(name).into_iter().any(|(class, _)| class.is_place());
    let ends: Vec<usize> = key.char_indices().map(|(at, _)| at).collect();
    let end = ends.into_iter().skip(2).take(6).rev().find(|end| is_place(&key[..*end]))?;
    let rest = &key[end..];
    let told = rest.chars().count() >= LEAST_REST && !OF_A_KIND.iter().any(|word| rest.starts_with(word));
    told.then(|| rest.to_owned())
}

/// Looks an entry up by its name and by what it may be.
type LookUp<'a> = dyn Fn(&str, &dyn Fn(Class) -> bool) -> Option<u32> + 'a;

/// The place with the longest name that begins `name`.
fn place_before(name: &str, look_up: &LookUp<'_>) -> Option<u32> {
    let ends: Vec<usize> = name.char_indices().map(|(at, _)| at).collect();
    ends.into_iter().skip(2).take(8).rev().find_map(|end| look_up(&name[..end], &Class::is_place))
}

/// The head of a thing's line: its IRI without what all have in common.
pub(super) fn head(iri: &str) -> &str {
    iri.strip_prefix(terms::PGR).unwrap_or(iri)
}

/// The way back.
pub(super) fn iri(head: &str) -> NamedNode {
    let known = ["http:", "https:", "urn:"].iter().any(|scheme| head.starts_with(scheme));
    NamedNode::new_unchecked(if known { head.to_owned() } else { format!("{}{head}", terms::PGR) })
}

fn push_line(lines: &mut Vec<u8>, key: &str, things: &BTreeSet<usize>) {
    let things: Vec<String> = things.iter().map(usize::to_string).collect();
    lines.extend_from_slice(format!("{key}\t{}\n", things.join(" ")).as_bytes());
}

fn by_key(literals: &BTreeMap<String, String>) -> Vec<u8> {
    let sorted: BTreeSet<(&String, &String)> = literals.iter().map(|(literal, key)| (key, literal)).collect();
    sorted.into_iter().flat_map(|(key, literal)| format!("{key}\t{literal}\n").into_bytes()).collect()
}

/// A name on one line.
fn plain(name: &str) -> String {
    name.replace(|c: char| c.is_control(), " ")
}
