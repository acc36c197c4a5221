//! What the network hears of words and lexicon hits.

use super::surface::Surface;
use crate::learn::neural::{WordClass, bits};
use crate::lexicon::Class;
use crate::model::CleanSpan;

/// The network's feature bits of a range of the text, as if the range stood alone.
pub fn network_bits(surface: &Surface<'_>, range: CleanSpan, out: &mut Vec<u64>) {
    let within = |span: CleanSpan| {
        range.contains(span).then(|| (span.start - range.start) as usize..(span.end - range.start) as usize)
    };
    let first = surface.word_at.get(range.start as usize).map_or(0, |at| *at as usize);
    let words = surface.words[first..].iter().take_while(|word| word.span.start < range.end);
    let words = words.filter_map(|word| Some((within(word.span)?, word.tag)));
    let from = surface.hits.partition_point(|hit| hit.span.start < range.start);
    let hits = surface.hits[from..].iter().take_while(|hit| hit.span.start < range.end);
    let hits = hits.filter_map(|hit| Some((within(hit.span)?, word_class(hit.class)?)));
    bits(&surface.chars[range.range()], words, hits, out);
}

/// What the network hears of a lexicon hit; none for classes it was not taught.
fn word_class(class: Class) -> Option<WordClass> {
    use Class::*;
    Some(match class {
        PlaceProvince | PlacePrefecture | PlaceCounty | PlaceRegion | Country => WordClass::Place,
        PlaceWord => WordClass::PlaceWord,
        CompanyFull | CompanyShort => WordClass::Enterprise,
        ParkName => WordClass::Park,
        IndustryTerm | IndustryWord => WordClass::Industry,
        OrgName => WordClass::Organization,
        ParkHead => WordClass::ParkHead,
        OrgHead => WordClass::OrganizationHead,
        CompanySuffix | CompanyField => WordClass::EnterpriseHead,
        ProjectHead => WordClass::ProjectHead,
        PolicyHead | PolicyName => WordClass::PolicyHead,
        IndustryHead => WordClass::IndustryHead,
        StopLeft => WordClass::Stop,
        StatusPlanned
        | StatusSigned
        | StatusStarted
        | StatusUnderConstruction
        | StatusCompleted
        | StatusOperating
        | InvestTotal
        | InvestPlanned
        | InvestCompleted
        | InvestWord
        | AwardVerb
        | IssueVerb
        | CooperationVerb
        | LocationVerb
        | InvestorVerb => WordClass::Verb,
        MeasureWord => WordClass::Measure,
        TimeWord => WordClass::Time,
        PersonTitle => WordClass::PersonTitle,
        _ => return None,
    })
}
