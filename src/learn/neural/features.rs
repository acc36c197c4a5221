//! What is known of each character before any network runs: word boundaries, word classes and lexicon hits, as 64 bits.
//!
//! The weights are trained on exactly these bits, so their order and meaning belong to the weights format.

use std::ops::Range;

/// What a lexicon hit tells the network. The first twelve mark begin, inside and end of their hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WordClass {
    /// A place, region or country.
    Place,
    /// A place name that is an everyday word as well.
    PlaceWord,
    /// A known company.
    Enterprise,
    /// A known zone or park.
    Park,
    /// A known industry, technology or product field.
    Industry,
    /// A known body that is not commercial.
    Organization,
    /// A noun that closes the names of parks.
    ParkHead,
    /// A noun that closes the names of bodies.
    OrganizationHead,
    /// A noun that closes the names of companies.
    EnterpriseHead,
    /// A noun that closes the names of projects.
    ProjectHead,
    /// A known policy, or a noun that closes the names of policies.
    PolicyHead,
    /// A noun that closes the names of industries.
    IndustryHead,
    /// A word at which names end; its first character and the others have a bit each.
    Stop,
    /// A verb of investing, building, signing, issuing, placing, awarding.
    Verb,
    /// A measure word or unit.
    Measure,
    /// A word of time.
    Time,
    /// A person's title.
    PersonTitle,
}

/// Dictionary word classes that have a bit of their own, longer tags before their first letters.
const TAGS: [&str; 14] = ["nr", "ns", "nt", "nz", "vn", "n", "v", "a", "d", "m", "p", "c", "u", "j"];
const SEGMENT: u32 = 0;
const TAG: u32 = SEGMENT + 4;
const CLASS: u32 = TAG + TAGS.len() as u32;
const STOP: u32 = CLASS + 3 * WordClass::Stop as u32;
const VERB: u32 = STOP + 2;
const QUOTED: u32 = VERB + 4;
const TITLED: u32 = QUOTED + 1;
const DIGIT: u32 = TITLED + 1;
const LATIN: u32 = DIGIT + 1;

/// How many of the 64 bits have a meaning.
pub const FEATURE_BITS: usize = LATIN as usize + 1;

/// The bits of every character of a sentence of clean text; what `out` held before is gone.
///
/// `words` are dictionary words as ranges of characters with their parts of speech, `hits` lexicon hits in any order;
/// what reaches beyond the text is left out.
pub fn bits<'a>(
    chars: &[char],
    words: impl IntoIterator<Item = (Range<usize>, &'a str)>,
    hits: impl IntoIterator<Item = (Range<usize>, WordClass)>,
    out: &mut Vec<u64>,
) {
    out.clear();
    out.resize(chars.len(), 0);
    for (range, tag) in words {
        let (length, tag) = (range.len(), tag_bit(tag));
        for (i, bits) in out.get_mut(range).into_iter().flatten().enumerate() {
            *bits |= tag | 1 << (SEGMENT + position(i, length));
        }
    }
    for (range, class) in hits {
        if let Some(span) = out.get_mut(range) {
            mark_hit(class, span);
        }
    }
    mark_characters(chars, out);
}

/// 0 begin, 1 inside, 2 end, 3 whole word.
fn position(at: usize, length: usize) -> u32 {
    match (at, at + 1 == length) {
        (0, true) => 3,
        (0, false) => 0,
        (_, false) => 1,
        (_, true) => 2,
    }
}

/// A hit of one character is begin and end at once.
fn mark_hit(class: WordClass, span: &mut [u64]) {
    let length = span.len();
    for (i, bits) in span.iter_mut().enumerate() {
        *bits |= match class {
            WordClass::Stop => 1 << (STOP + u32::from(i > 0)),
            class if class > WordClass::Stop => 1 << (VERB + class as u32 - WordClass::Verb as u32),
            class => {
                (u64::from(i == 0) | u64::from(0 < i && i + 1 < length) << 1 | u64::from(i + 1 == length) << 2)
                    << (CLASS + 3 * class as u32)
            }
        };
    }
}

fn tag_bit(tag: &str) -> u64 {
    TAGS.iter().position(|known| tag.starts_with(known)).map_or(0, |at| 1 << (TAG + at as u32))
}

fn mark_characters(chars: &[char], out: &mut [u64]) {
    let (mut quoted, mut titled) = (false, false);
    for (&c, bits) in chars.iter().zip(out) {
        quoted &= c != '”';
        titled &= c != '》';
        *bits |= u64::from(quoted) << QUOTED | u64::from(titled) << TITLED;
        *bits |= u64::from(c.is_ascii_digit()) << DIGIT | u64::from(c.is_ascii_alphabetic()) << LATIN;
        quoted |= c == '“';
        titled |= c == '《';
    }
}
