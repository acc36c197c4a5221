//! The closed list of what a lexicon hit can be, with one table of names.

/// What a stretch of text is according to the lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Class {
    /// A province, autonomous region, municipality or special administrative region.
    PlaceProvince,
    /// A prefecture-level city or prefecture.
    PlacePrefecture,
    /// A county, county-level city or district.
    PlaceCounty,
    /// A region above or across provinces, a foreign region or city.
    PlaceRegion,
    /// A country.
    Country,
    /// A short place name that is an everyday word as well; counts only where the context shows a place.
    PlaceWord,
    /// A development zone or park known by name.
    ParkName,
    /// The full name of a company, or a name that says it is one.
    CompanyFull,
    /// The short name of a company.
    CompanyShort,
    /// A body that is not commercial, known by name.
    OrgName,
    /// A policy or programme known by name.
    PolicyName,
    /// The name of an industry or technology field.
    IndustryTerm,
    /// An industry's name that is an everyday word as well.
    IndustryWord,
    /// A noun that closes a park's name.
    ParkHead,
    /// A legal form or other noun that closes a company's full name.
    CompanySuffix,
    /// A field that firms carry at the end of their short names.
    CompanyField,
    /// A noun that closes the name of a body.
    OrgHead,
    /// A noun that closes a project's name.
    ProjectHead,
    /// A noun that closes a policy's name.
    PolicyHead,
    /// A noun that closes an industry's name.
    IndustryHead,
    /// A word that speaks of a counted set of projects.
    GroupWord,
    /// A project that is intended.
    StatusPlanned,
    /// A project that is signed or settled.
    StatusSigned,
    /// A project whose ground is broken.
    StatusStarted,
    /// A project being built.
    StatusUnderConstruction,
    /// A project that is built.
    StatusCompleted,
    /// A project in use.
    StatusOperating,
    /// A word that puts the verb after it into the future.
    FutureGuard,
    /// A word that negates the verb after it.
    Negation,
    /// A sum that is the whole investment.
    InvestTotal,
    /// A sum planned for a year or phase.
    InvestPlanned,
    /// A sum already spent.
    InvestCompleted,
    /// A word of investing without a kind.
    InvestWord,
    /// A sum that is no investment: output, tax, revenue, awards.
    MoneyOther,
    /// A verb that says that a title is held.
    AwardVerb,
    /// A noun that closes an honour, list or grade.
    HonourHead,
    /// A verb of issuing a policy.
    IssueVerb,
    /// A verb or noun of cooperation.
    CooperationVerb,
    /// A verb or adverb of place.
    LocationVerb,
    /// A verb that binds a project to who invests in, builds or runs it.
    InvestorVerb,
    /// A word that ends a name on its left.
    StopLeft,
    /// A measure word or unit.
    MeasureWord,
    /// A word of time.
    TimeWord,
    /// A person's title.
    PersonTitle,
    /// A cue of an alias: 以下简称.
    AliasCue,
}

use Class::*;

// A set of classes is one u64.
const _: () = assert!(Class::COUNT <= 64);

/// Every class with its name, in the order of their numbers.
const TABLE: [(Class, &str); 45] = [
    (PlaceProvince, "PlaceProvince"),
    (PlacePrefecture, "PlacePrefecture"),
    (PlaceCounty, "PlaceCounty"),
    (PlaceRegion, "PlaceRegion"),
    (Country, "Country"),
    (PlaceWord, "PlaceWord"),
    (ParkName, "ParkName"),
    (CompanyFull, "CompanyFull"),
    (CompanyShort, "CompanyShort"),
    (OrgName, "OrgName"),
    (PolicyName, "PolicyName"),
    (IndustryTerm, "IndustryTerm"),
    (IndustryWord, "IndustryWord"),
    (ParkHead, "ParkHead"),
    (CompanySuffix, "CompanySuffix"),
    (CompanyField, "CompanyField"),
    (OrgHead, "OrgHead"),
    (ProjectHead, "ProjectHead"),
    (PolicyHead, "PolicyHead"),
    (IndustryHead, "IndustryHead"),
    (GroupWord, "GroupWord"),
    (StatusPlanned, "StatusPlanned"),
    (StatusSigned, "StatusSigned"),
    (StatusStarted, "StatusStarted"),
    (StatusUnderConstruction, "StatusUnderConstruction"),
    (StatusCompleted, "StatusCompleted"),
    (StatusOperating, "StatusOperating"),
    (FutureGuard, "FutureGuard"),
    (Negation, "Negation"),
    (InvestTotal, "InvestTotal"),
    (InvestPlanned, "InvestPlanned"),
    (InvestCompleted, "InvestCompleted"),
    (InvestWord, "InvestWord"),
    (MoneyOther, "MoneyOther"),
    (AwardVerb, "AwardVerb"),
    (HonourHead, "HonourHead"),
    (IssueVerb, "IssueVerb"),
    (CooperationVerb, "CooperationVerb"),
    (LocationVerb, "LocationVerb"),
    (InvestorVerb, "InvestorVerb"),
    (StopLeft, "StopLeft"),
    (MeasureWord, "MeasureWord"),
    (TimeWord, "TimeWord"),
    (PersonTitle, "PersonTitle"),
    (AliasCue, "AliasCue"),
];

impl Class {
    /// Number of classes; the number of a class is below it.
    pub const COUNT: usize = TABLE.len();

    /// Every class in the order of their numbers.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|(class, _)| *class)
    }

    /// The name that the sheets of `ontology/lexicon` use.
    pub fn name(self) -> &'static str {
        TABLE[self as usize].1
    }

    /// The class with that name.
    pub fn from_name(name: &str) -> Option<Self> {
        TABLE.iter().find(|(_, known)| *known == name).map(|(class, _)| *class)
    }

    /// The one bit of this class in a set of classes.
    pub const fn bit(self) -> u64 {
        1 << self as u8
    }

    /// True for names of things, as against the words around them.
    pub fn is_name(self) -> bool {
        self as u8 <= IndustryWord as u8
    }

    /// True for administrative and geographic places, everyday words left out.
    pub fn is_place(self) -> bool {
        self as u8 <= Country as u8
    }

    /// True for the names that are everyday words as well.
    pub fn is_weak(self) -> bool {
        matches!(self, PlaceWord | IndustryWord)
    }

    /// The class that stands for this one's family: of two nested hits of one family only the longer stands.
    pub(super) fn family(self) -> Self {
        match self {
            PlaceProvince | PlacePrefecture | PlaceCounty | PlaceRegion | Country | PlaceWord => PlaceProvince,
            CompanyFull | CompanyShort => CompanyFull,
            IndustryTerm | IndustryWord => IndustryTerm,
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Class;

    #[test]
    fn table_stands_in_order_and_names_are_unique() {
        for (number, class) in Class::all().enumerate() {
            assert_eq!(class as usize, number, "{}", class.name());
            assert_eq!(Class::from_name(class.name()), Some(class));
        }
    }
}
