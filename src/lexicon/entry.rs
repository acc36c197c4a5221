//! What a hit leads to: one thing or word of the lexicon.

use std::borrow::Cow;

use super::Class;
use super::pack::items;

/// Text that is embedded or was read from a user's folder.
pub(super) type Text = Cow<'static, str>;

/// One thing of a gazetteer or one word of a sheet.
#[derive(Debug, Clone)]
pub struct Entry {
    pub(super) class: Class,
    pub(super) iri: Text,
    pub(super) label: Text,
    /// Packed lists: reading a name is rare, loading them all is not.
    pub(super) alt: Text,
    pub(super) weak: Text,
    pub(super) parents: Vec<u32>,
    pub(super) industries: Vec<u32>,
    pub(super) silent: bool,
}

impl Entry {
    /// A word of a sheet.
    pub(super) fn word(class: Class, word: Text) -> Self {
        Self {
            class,
            iri: Text::Borrowed(""),
            label: word,
            alt: Text::Borrowed(""),
            weak: Text::Borrowed(""),
            parents: Vec::new(),
            industries: Vec::new(),
            silent: false,
        }
    }

    /// The class of its preferred label.
    pub fn class(&self) -> Class {
        self.class
    }

    /// The preferred label: the fullest official name, or the word itself.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Other names that stand for it alone.
    pub fn aliases(&self) -> impl Iterator<Item = &str> {
        items(&self.alt)
    }

    /// Local part of its IRI after the common start of all things (`place/410100`), a whole IRI where a user's
    /// gazetteer has one of its own, none for words.
    pub fn iri(&self) -> Option<&str> {
        (!self.iri.is_empty()).then_some(&*self.iri)
    }

    /// Ids of the containing places or the broader concepts, as the gazetteer lists them.
    pub fn parents(&self) -> &[u32] {
        &self.parents
    }

    /// Ids of the industries that a park or company is known for.
    pub fn industries(&self) -> &[u32] {
        &self.industries
    }
}

/// The class under which a label of a thing fires, from the thing's class, its level and the label itself.
pub(super) fn class_of(kind: &str, level: &str, label: &str) -> Option<Class> {
    Some(match kind {
        "Place" => match level {
            "province" => Class::PlaceProvince,
            "prefecture" => Class::PlacePrefecture,
            "region" => Class::PlaceRegion,
            "country" => Class::Country,
            _ => Class::PlaceCounty,
        },
        "Park" => Class::ParkName,
        "Industry" => Class::IndustryTerm,
        "Organization" => Class::OrgName,
        "Policy" => Class::PolicyName,
        "Enterprise" if is_full(label) => Class::CompanyFull,
        "Enterprise" => Class::CompanyShort,
        _ => return None,
    })
}

/// The class under which an everyday word fires that may also mean a thing of this class; none where it may not.
pub(super) fn weak_class(class: Class) -> Option<Class> {
    match class {
        Class::IndustryTerm => Some(Class::IndustryWord),
        place if place.is_place() => Some(Class::PlaceWord),
        _ => None,
    }
}

fn is_full(label: &str) -> bool {
    const ENDS: [&str; 3] = ["公司", "集团", "银行"];
    ENDS.iter().any(|end| label.ends_with(end))
}

/// The class under which another name of an entry fires: a company's short name is told from its full one.
pub(super) fn class_of_alias(class: Class, form: &str) -> Class {
    match class {
        Class::CompanyFull | Class::CompanyShort if is_full(form) => Class::CompanyFull,
        Class::CompanyFull => Class::CompanyShort,
        other => other,
    }
}
