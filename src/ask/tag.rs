//! Marks what a question holds that is known without its grammar: names, sums, periods, honours. Each find becomes
//! one character of a private use area, so that patterns match on finds as on words.

use std::collections::BTreeMap;

use oxigraph::model::Literal;

use super::gazetteer::Gazetteer;
use super::names::{Names, ThingId};
use super::normal;
use super::period::{PeriodWish, periods};
use super::stranger::mentions;
use super::sum::{Sum, sums};
use super::words::Words;

/// What a find is; each class has its own stretch of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A name of a thing of the graph, or an English term.
    Name,
    /// A sum of money.
    Amount,
    /// A stretch of time.
    Period,
    /// An honour that some thing holds.
    Title,
}

/// Finds of one class that a question may have; more are left as text.
const MOST: u32 = 0x400;

impl Class {
    const ALL: [Self; 4] = [Self::Name, Self::Amount, Self::Period, Self::Title];

    fn first(self) -> u32 {
        match self {
            Self::Name => 0xe000,
            Self::Amount => 0xe400,
            Self::Period => 0xe800,
            Self::Title => 0xec00,
        }
    }

    /// The first and the last character that may mark a find of this class.
    pub fn bounds(self) -> (char, char) {
        let mark = |code| char::from_u32(code).unwrap_or('\u{e000}');
        (mark(self.first()), mark(self.first() + MOST - 1))
    }
}

/// What a find means.
#[derive(Debug, Clone, PartialEq)]
pub enum Tag {
    /// The key of the name, and the things that bear it; none for an English term that no thing bears.
    Name(String, Vec<ThingId>),
    /// A sum of money.
    Amount(Sum),
    /// A stretch of time.
    Period(PeriodWish),
    /// An honour, as the graph writes it.
    Title(Vec<Literal>),
}

impl Tag {
    fn class(&self) -> Class {
        match self {
            Self::Name(..) => Class::Name,
            Self::Amount(_) => Class::Amount,
            Self::Period(_) => Class::Period,
            Self::Title(_) => Class::Title,
        }
    }
}

/// A folded question with its finds marked.
#[derive(Debug, Clone, PartialEq)]
pub struct Tagged {
    /// The question, one private character for each find.
    pub text: String,
    finds: Vec<(char, Tag, String)>,
}

impl Tagged {
    /// Marks the finds of a folded question, from left to right, the longest first.
    pub fn new(folded: &str, names: &Names, words: &Words) -> Self {
        let chars: Vec<char> = folded.chars().collect();
        let mut tagged = Self { text: String::new(), finds: Vec::new() };
        let mut values = values(&chars);
        zones(&chars, names, &mut values);
        let mut at = 0;
        while at < chars.len() {
            let found = longest(&chars, at, &values, names, words);
            let end = found.filter(|(end, tag)| tagged.push(tag, chars[at..*end].iter().collect())).map(|(end, _)| end);
            // A word for a kind is not taken apart: 新区 is not in 高新区.
            let end = end.unwrap_or_else(|| {
                let end = at + kind_word(&chars[at..], words).unwrap_or(1);
                tagged.text.extend(&chars[at..end]);
                end
            });
            at = end;
        }
        tagged
    }

    /// A text with the finds given, for the examples of patterns: `〈name〉`, `〔sum or period〕`, `「honour」`.
    pub fn example(marked: &str) -> Self {
        let mut tagged = Self { text: String::new(), finds: Vec::new() };
        let mut rest = marked;
        while let Some((at, open)) = rest.char_indices().find(|(_, c)| "〈〔「".contains(*c)) {
            tagged.text.push_str(&super::normal::fold(&rest[..at]));
            rest = &rest[at + open.len_utf8()..];
            let end = rest.find(['〉', '〕', '」']).unwrap_or(rest.len());
            let surface = super::normal::fold(&rest[..end]);
            if let Some(tag) = example_tag(open, &surface) {
                tagged.push(&tag, surface);
            }
            rest = rest[end..].trim_start_matches(['〉', '〕', '」']);
        }
        tagged.text.push_str(&super::normal::fold(rest));
        tagged
    }

    /// A part of the question, with all its finds.
    pub fn part(&self, text: &str) -> Self {
        Self { text: text.to_owned(), finds: self.finds.clone() }
    }

    /// True if it names something, or has an English term whose Chinese is known.
    pub fn has_names(&self) -> bool {
        self.finds.iter().any(|(_, tag, _)| matches!(tag, Tag::Name(..)))
    }

    /// The find that a character stands for.
    pub fn find(&self, mark: char) -> Option<&Tag> {
        self.finds.iter().find(|(c, ..)| *c == mark).map(|(_, tag, _)| tag)
    }

    /// The find, if `slot` is one and nothing else.
    pub fn only(&self, slot: &str) -> Option<&Tag> {
        let mut chars = slot.trim().chars();
        let mark = chars.next()?;
        if chars.next().is_none() { self.find(mark) } else { None }
    }

    /// `slot` as the question has it, finds written out again.
    pub fn surface(&self, slot: &str) -> String {
        let mut text = String::new();
        for c in slot.chars() {
            match self.finds.iter().find(|(mark, ..)| *mark == c) {
                Some((_, _, surface)) => text.push_str(surface),
                None => text.push(c),
            }
        }
        text
    }

    /// Two names with nothing but a joint between them, as the question has them: 甲和乙, 甲还是乙.
    pub fn joined_names(&self) -> Option<[String; 2]> {
        let marks: Vec<char> = self.text.chars().collect();
        let names = |c: &char| matches!(self.find(*c), Some(Tag::Name(_, things)) if !things.is_empty());
        let joint = |between: &[char]| match between {
            [one] => "和与跟同、或".contains(*one),
            between => between == ['还', '是'] || between == ['或', '者'],
        };
        let places = (3..=4).flat_map(|length| marks.windows(length));
        let mut pairs = places.filter_map(|part| match part {
            [first, between @ .., second] if names(first) && names(second) && joint(between) => Some([*first, *second]),
            _ => None,
        });
        pairs.next().map(|pair| pair.map(|mark| self.surface(&mark.to_string())))
    }

    /// The question with its finds written out again, and where each find stands in it, in characters.
    pub fn written(&self) -> (Vec<char>, Vec<(usize, usize, &Tag)>) {
        let (mut chars, mut finds) = (Vec::new(), Vec::new());
        for c in self.text.chars() {
            match self.finds.iter().find(|(mark, ..)| *mark == c) {
                Some((_, tag, surface)) => {
                    let from = chars.len();
                    chars.extend(surface.chars());
                    finds.push((from, chars.len(), tag));
                }
                None => chars.push(c),
            }
        }
        (chars, finds)
    }

    /// Appends a find; false where there are too many of its class.
    fn push(&mut self, tag: &Tag, surface: String) -> bool {
        let class = tag.class();
        let taken = self.finds.iter().filter(|(_, tag, _)| tag.class() == class).count() as u32;
        let Some(mark) = char::from_u32(class.first() + taken).filter(|_| taken < MOST) else { return false };
        self.text.push(mark);
        self.finds.push((mark, tag.clone(), surface));
        true
    }
}

/// Length of the word for a kind of thing that begins a text, if it has three characters or more.
fn kind_word(chars: &[char], words: &Words) -> Option<usize> {
    let starts = |word: &&String| word.chars().enumerate().all(|(at, c)| chars.get(at) == Some(&c));
    let found = words.kinds.iter().flat_map(|(_, list)| list).filter(starts).map(|word| word.chars().count());
    found.max().filter(|length| *length >= 3 && !chars[0].is_ascii())
}

/// True for a character that marks a find.
pub fn is_mark(c: char) -> bool {
    Class::ALL.iter().any(|class| (class.first()..class.first() + MOST).contains(&(c as u32)))
}

/// The sums and times of a text by their first character.
fn values(chars: &[char]) -> BTreeMap<usize, Vec<(usize, Tag)>> {
    let mut values: BTreeMap<usize, Vec<(usize, Tag)>> = BTreeMap::new();
    for (from, end, sum) in sums(chars) {
        values.entry(from).or_default().push((end, Tag::Amount(sum)));
    }
    for (from, end, period) in periods(chars) {
        values.entry(from).or_default().push((end, Tag::Period(period)));
    }
    values
}

/// Adds the zones that a text names by their place and another noun than their names have: 郑州经开区 for
/// 郑州经济技术开发区.
fn zones(chars: &[char], names: &Names, values: &mut BTreeMap<usize, Vec<(usize, Tag)>>) {
    let gazetteer = Gazetteer::shipped();
    for mention in mentions(chars, &gazetteer.scan(chars)) {
        let Some(place) = mention.place.map(|id| gazetteer.place(id)) else { continue };
        let forms = place.names.iter().flat_map(|name| mention.nouns.iter().map(move |noun| (name, noun)));
        let mut found = forms.map(|(name, noun)| names.exact(&normal::key(&format!("{name}{}{noun}", mention.own))));
        if let Some(things) = found.find(|things| !things.is_empty()) {
            let surface: String = chars[mention.from..mention.noun.1].iter().collect();
            values.entry(mention.from).or_default().push((mention.noun.1, Tag::Name(surface, things)));
        }
    }
}

fn longest(
    chars: &[char],
    at: usize,
    values: &BTreeMap<usize, Vec<(usize, Tag)>>,
    names: &Names,
    words: &Words,
) -> Option<(usize, Tag)> {
    let finds = [names.longest_at(chars, at, words), english_at(chars, at, names, words), names.title_at(chars, at)];
    let values = values.get(&at).into_iter().flatten().cloned();
    // The first of equally long finds wins, so that a name goes before an honour of the same wording.
    finds.into_iter().flatten().chain(values).reduce(|best, next| if next.0 > best.0 { next } else { best })
}

fn english_at(chars: &[char], at: usize, names: &Names, words: &Words) -> Option<(usize, Tag)> {
    let letter = |at: usize| chars.get(at).is_some_and(|c| c.is_ascii_alphanumeric());
    if !letter(at) || at > 0 && letter(at - 1) {
        return None;
    }
    let fits = |term: &str| {
        let end = at + term.chars().count();
        (end <= chars.len() && term.chars().eq(chars[at..end].iter().copied()) && !letter(end)).then_some(end)
    };
    let (end, key) =
        words.english.iter().filter_map(|(term, key)| Some((fits(term)?, key))).max_by_key(|found| found.0)?;
    Some((end, Tag::Name(key.clone(), names.exact(key))))
}

fn example_tag(open: char, surface: &str) -> Option<Tag> {
    let chars: Vec<char> = surface.chars().collect();
    match open {
        '〈' => Some(Tag::Name(surface.to_owned(), Vec::new())),
        '「' => Some(Tag::Title(vec![Literal::from(surface)])),
        _ => values(&chars).remove(&0).into_iter().flatten().next().map(|(_, tag)| tag),
    }
}
