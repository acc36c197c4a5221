//! What documents claim about forms before and after a change, and the bookkeeping of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use oxigraph::model::{Literal, Quad};
use oxigraph::store::StorageError;

use super::book::{self, BLOCK, Known};
use super::delta::Change;
use super::document::Quads;
use crate::identity::{Claim, Profile};

/// What documents claim about the forms that a change touches.
#[derive(Default)]
pub(super) struct Claims {
    /// Without those of which nobody spoke.
    pub(super) before: BTreeMap<String, Known>,
    pub(super) after: BTreeMap<String, Known>,
}

/// The bookkeeping of one form in a change.
pub(super) struct Noted {
    pub(super) removes: Vec<Quad>,
    pub(super) inserts: Vec<Quad>,
    /// The form, where its claims are others than before; none inside where there are none any more.
    pub(super) changed: Option<Option<Arc<Profile>>>,
}

impl Claims {
    pub(super) fn of<S: Quads>(state: &S, change: &Change<'_>) -> Result<Self, StorageError> {
        let gone = change.gone.iter().map(|document| book::record(state, document.as_ref()));
        let gone: Vec<_> = gone.filter_map(Result::transpose).collect::<Result<_, _>>()?;
        let mut claims = Self { before: BTreeMap::new(), after: BTreeMap::new() };
        let new = change.new.iter().map(|it| &it.record);
        for form in gone.iter().chain(new.clone()).flat_map(|record| record.claims.keys()) {
            if !claims.after.contains_key(form) {
                let known = book::known(state, form)?;
                claims.after.insert(form.clone(), known.clone().unwrap_or_default());
                claims.before.extend(known.map(|known| (form.clone(), known)));
            }
        }
        for (form, said) in gone.iter().flat_map(|record| &record.claims) {
            claims.after.entry(form.clone()).or_default().take(said);
        }
        for (form, said) in new.flat_map(|record| &record.claims) {
            if let Some(known) = claims.after.get_mut(form) {
                known.add(said);
            }
        }
        Ok(claims)
    }

    /// One more document claims this about a form of which nobody has spoken before the change.
    pub(super) fn add(&mut self, form: &str, said: &BTreeSet<Claim>) {
        if let Some(known) = self.after.get_mut(form) {
            return known.add(said);
        }
        self.after.entry(form.to_owned()).or_default().add(said);
    }
}

impl Noted {
    pub(super) fn of(form: &str, before: Option<&Known>, after: Known) -> Self {
        let mut noted = Self { removes: Vec::new(), inserts: Vec::new(), changed: None };
        if before == Some(&after) {
            return noted;
        }
        noted.removes.extend(before.map(|known| known.noted(form)));
        if !after.claims.is_empty() {
            noted.inserts.push(after.noted(form));
        }
        let set = after.into_set();
        let old = before.map(Known::set).unwrap_or_default();
        if set == old {
            return noted;
        }
        let profile = |claims: BTreeSet<_>| if claims.is_empty() { None } else { Profile::new(form, claims) };
        let (old, new) = (profile(old), profile(set));
        noted.removes.extend(old.iter().flat_map(blocks_of));
        noted.inserts.extend(new.iter().flat_map(blocks_of));
        noted.changed = Some(new.map(Arc::new));
        noted
    }
}

/// The blocks in which a form stands, as bookkeeping.
fn blocks_of(profile: &Profile) -> Vec<Quad> {
    let node = book::node(&profile.iri);
    let note = |block: &String| book::noted(node, BLOCK, Literal::from(book::block_number(block)));
    profile.blocks().0.iter().map(note).collect()
}
