//! The forms of a store as they are about to be, and which of them hang together.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, RwLock};

use oxigraph::store::StorageError;
use rayon::prelude::*;

use super::book::{self, BLOCK};
use super::document::Quads;
use crate::identity::{Journal, Profile, Weights, compare};

/// Forms that hang together, and the pairs that link them.
pub(super) type Component = (BTreeMap<String, Arc<Profile>>, BTreeSet<(String, String)>);

/// Forms whose claims change; none where all claims go.
pub(super) type Changed = BTreeMap<String, Option<Arc<Profile>>>;

/// The forms of a store as they are or as they are about to be.
pub(super) struct View<'a, S> {
    state: &'a S,
    journal: &'a Journal,
    changed: &'a Changed,
    /// The changed forms that stand in each block.
    blocks: HashMap<i64, Vec<&'a Arc<Profile>>>,
    /// True when the state has no forms.
    empty: bool,
    known: RwLock<HashMap<String, Option<Arc<Profile>>>>,
}

impl<'a, S: Quads + Sync> View<'a, S> {
    pub(super) fn new(state: &'a S, journal: &'a Journal, changed: &'a Changed) -> Result<Self, StorageError> {
        let profiles: Vec<&Arc<Profile>> = changed.values().flatten().collect();
        let stands: Vec<Vec<i64>> = profiles.par_iter().map(|profile| numbers(&profile.blocks().0)).collect();
        let mut blocks = HashMap::<_, Vec<&Arc<Profile>>>::new();
        for (profile, stands) in profiles.into_iter().zip(stands) {
            for block in stands {
                blocks.entry(block).or_default().push(profile);
            }
        }
        let empty = book::is_without(state, BLOCK)?;
        Ok(Self { state, journal, changed, blocks, empty, known: RwLock::default() })
    }

    fn profile(&self, form: &str) -> Result<Option<Arc<Profile>>, StorageError> {
        if let Some(profile) = self.changed.get(form) {
            return Ok(profile.clone());
        }
        if self.empty {
            return Ok(None);
        }
        // A thread that panicked wrote nothing halfway.
        let known = self.known.read().unwrap_or_else(std::sync::PoisonError::into_inner).get(form).cloned();
        if let Some(profile) = known {
            return Ok(profile);
        }
        let claims = book::known(self.state, form)?;
        let profile = claims.and_then(|known| Profile::new(form, known.set())).map(Arc::new);
        let mut known = self.known.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        known.insert(form.to_owned(), profile.clone());
        Ok(profile)
    }

    /// Forms that may have something in common with one, each once.
    fn candidates(&self, profile: &Profile) -> Result<Vec<Arc<Profile>>, StorageError> {
        let mut named: BTreeSet<String> = self.journal.joined_with(&profile.iri).map(str::to_owned).collect();
        let mut found: Vec<Arc<Profile>> = Vec::new();
        for block in numbers(&profile.blocks().1) {
            if !self.empty {
                let stored = book::forms_in(self.state, block)?;
                named.extend(stored.into_iter().filter(|form| !self.changed.contains_key(form)));
            }
            found.extend(self.blocks.get(&block).into_iter().flatten().map(|it| Arc::clone(it)));
        }
        for form in named {
            found.extend(self.profile(&form)?);
        }
        found.sort_unstable_by(|a, b| a.iri.cmp(&b.iri));
        found.dedup_by(|a, b| a.iri == b.iri);
        found.retain(|it| it.iri != profile.iri);
        Ok(found)
    }

    /// A form with those that link to it, without those of the same round that come before it: these look for it.
    fn look(&self, form: &str, round: &HashSet<&str>) -> Result<Option<Looked>, StorageError> {
        let Some(profile) = self.profile(form)? else { return Ok(None) };
        let looked_at = |other: &Profile| *other.iri >= *form || !round.contains(other.iri.as_str());
        let linked = self.candidates(&profile)?.into_iter();
        let linked = linked.filter(|other| looked_at(other) && is_link(&profile, other, self.journal));
        let linked = linked.map(|other| other.iri.clone()).collect();
        Ok(Some((profile, linked)))
    }

    /// The forms that hang together with some, and the pairs that link them.
    pub(super) fn component(&self, seeds: impl IntoIterator<Item = String>) -> Result<Component, StorageError> {
        let mut round: BTreeSet<String> = seeds.into_iter().collect();
        let (mut members, mut links) = (BTreeMap::new(), BTreeSet::new());
        while !round.is_empty() {
            let of_round: HashSet<&str> = round.iter().map(String::as_str).collect();
            let looked: Vec<Option<Looked>> =
                round.par_iter().map(|form| self.look(form, &of_round)).collect::<Result<_, _>>()?;
            let mut next = BTreeSet::new();
            for (profile, linked) in looked.into_iter().flatten() {
                for other in linked {
                    let (a, b) = (profile.iri.clone(), other.clone());
                    links.insert(if a < b { (a, b) } else { (b, a) });
                    if !members.contains_key(&other) && !round.contains(&other) {
                        next.insert(other);
                    }
                }
                members.insert(profile.iri.clone(), profile);
            }
            round = next;
        }
        Ok((members, links))
    }
}

/// A form, and the forms that link to it.
type Looked = (Arc<Profile>, Vec<String>);

fn numbers(blocks: &BTreeSet<String>) -> Vec<i64> {
    blocks.iter().map(|block| book::block_number(block)).collect()
}

fn is_link(a: &Profile, b: &Profile, journal: &Journal) -> bool {
    if journal.joins(&a.iri, &b.iri) {
        return true;
    }
    let verdict = compare(a, b);
    verdict.part || (verdict.conflict.is_none() && verdict.score() >= Weights::shared().doubtful())
}
