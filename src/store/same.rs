//! Identity as the store knows it: which forms a thing has, what speaks for it, which pairs are in doubt, and the way from
//! an earlier IRI to the present one.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term};
use oxigraph::store::StorageError;

use super::book::{self, DOUBT};
use super::document::Quads;
use super::{BOOK, Store, StoreError};
use crate::identity::{Doubt, Journal, Profile, Sign, Verdict, compare};
use crate::model::EntityKind;
use crate::rdf::{entity_iri, expand, terms};

/// A name under which a thing stands in some documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Its IRI.
    pub iri: String,
    /// The name that stands for itself.
    pub name: String,
    /// Names as printed.
    pub printed: Vec<String>,
    /// Number of documents.
    pub documents: usize,
}

/// Two forms with what speaks for and against their being one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// IRIs and names of the forms.
    pub forms: [(String, String); 2],
    /// The comparison.
    pub verdict: Verdict,
    /// True when another candidate is as good and excludes it.
    pub rival: bool,
}

impl Store {
    /// The present IRI of a thing that may have had another.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn present(&self, thing: NamedNodeRef<'_>) -> Result<NamedNode, StoreError> {
        present(&self.inner, thing).map_err(|error| self.failure(error))
    }

    /// The things that `text` may mean, as present IRIs: `pgr:kind/name`, an IRI, or a name.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn things_called(&self, text: &str) -> Result<BTreeSet<NamedNode>, StoreError> {
        self.called(text, false)
    }

    /// The forms that `text` may mean: what one can be told to be the same as something or not.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn forms_called(&self, text: &str) -> Result<BTreeSet<NamedNode>, StoreError> {
        self.called(text, true)
    }

    fn called(&self, text: &str, forms: bool) -> Result<BTreeSet<NamedNode>, StoreError> {
        let find = || -> Result<BTreeSet<NamedNode>, StorageError> {
            let mut found = BTreeSet::new();
            let candidates = EntityKind::ALL.into_iter().map(|kind| entity_iri(kind, text)).chain(expand(text));
            for iri in candidates {
                if book::known(&self.inner, iri.as_str())?.is_some() {
                    found.insert(if forms { iri } else { present(&self.inner, iri.as_ref())? });
                }
            }
            if !found.is_empty() {
                return Ok(found);
            }
            let name = Literal::new_language_tagged_literal_unchecked(text, "zh");
            for property in [terms::PREF_LABEL, terms::ALT_LABEL] {
                let object = Some((&name).into());
                for quad in self.inner.matching(None, Some(property), object, Some(GraphNameRef::DefaultGraph)) {
                    if let NamedOrBlankNode::NamedNode(thing) = quad?.subject
                        && crate::rdf::entity_of(thing.as_str()).is_some()
                    {
                        found.insert(thing);
                    }
                }
            }
            Ok(found)
        };
        find().map_err(|error| self.failure(error))
    }

    /// The forms of a thing, in order.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn forms(&self, thing: NamedNodeRef<'_>) -> Result<Vec<Form>, StoreError> {
        let forms = || -> Result<Vec<Form>, StorageError> {
            let mut forms = Vec::new();
            for iri in book::forms_of(&self.inner, thing)? {
                let Some(known) = book::known(&self.inner, &iri)? else { continue };
                let documents = known.documents as usize;
                let Some(profile) = Profile::new(&iri, known.set()) else { continue };
                let printed: BTreeSet<String> = profile.printed().map(|(name, _)| name.to_owned()).collect();
                forms.push(Form { iri, printed: printed.into_iter().collect(), documents, name: profile.name });
            }
            Ok(forms)
        };
        forms().map_err(|error| self.failure(error))
    }

    /// What speaks for and against each pair of some forms; pairs with nothing to say are left out.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn pairs(&self, forms: &[String]) -> Result<Vec<Pair>, StoreError> {
        let journal = self.journal()?;
        let pairs = || -> Result<Vec<Pair>, StorageError> {
            let mut profiles = Vec::new();
            for form in forms {
                profiles.extend(self.profile(form)?);
            }
            let mut pairs = Vec::new();
            for (at, a) in profiles.iter().enumerate() {
                for b in &profiles[at + 1..] {
                    let verdict = judged(a, b, &journal);
                    if !verdict.signs.is_empty() || verdict.conflict.is_some() {
                        pairs.push(pair(a, b, verdict, false));
                    }
                }
            }
            Ok(pairs)
        };
        pairs().map_err(|error| self.failure(error))
    }

    /// Pairs worth a look, the likeliest first.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn doubts(&self) -> Result<Vec<Pair>, StoreError> {
        let journal = self.journal()?;
        let doubts = || -> Result<Vec<Pair>, StorageError> {
            let mut doubts = BTreeMap::new();
            for quad in self.inner.matching(None, Some(DOUBT), None, Some(GraphNameRef::NamedNode(BOOK))) {
                let Some(Doubt { pair: (a, b), score, rival }) = book::doubt(&quad?) else { continue };
                if let (Some(a), Some(b)) = (self.profile(&a)?, self.profile(&b)?)
                    && !journal.parts(&a.iri, &b.iri)
                {
                    let key = (std::cmp::Reverse(score), a.iri.clone(), b.iri.clone());
                    let verdict = judged(&a, &b, &journal);
                    doubts.insert(key, pair(&a, &b, verdict, rival));
                }
            }
            Ok(doubts.into_values().collect())
        };
        doubts().map_err(|error| self.failure(error))
    }

    fn profile(&self, form: &str) -> Result<Option<Profile>, StorageError> {
        Ok(Profile::new(form, book::known(&self.inner, form)?.unwrap_or_default().set()))
    }
}

fn judged(a: &Profile, b: &Profile, journal: &Journal) -> Verdict {
    let mut verdict = compare(a, b);
    if journal.joins(&a.iri, &b.iri) {
        verdict.signs.insert(0, (Sign::Journal, String::new()));
        verdict.conflict = None;
    } else if journal.parts(&a.iri, &b.iri) {
        verdict.conflict = Some(("您的日志把它们分开", "your journal keeps them apart"));
    }
    verdict
}

fn pair(a: &Profile, b: &Profile, verdict: Verdict, rival: bool) -> Pair {
    let named = |it: &Profile| (it.iri.clone(), it.name.clone());
    Pair { forms: [named(a), named(b)], verdict, rival }
}

/// The present IRI of a thing that may have had another.
pub(super) fn present(state: &impl Quads, thing: NamedNodeRef<'_>) -> Result<NamedNode, StorageError> {
    let graph = Some(GraphNameRef::DefaultGraph);
    let next = state.matching(Some(thing.into()), Some(terms::IS_REPLACED_BY), None, graph).next().transpose()?;
    Ok(match next.map(|quad| quad.object) {
        Some(Term::NamedNode(present)) => present,
        _ => thing.into_owned(),
    })
}
