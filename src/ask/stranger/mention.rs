//! Zones that a text names: a noun that closes names of zones, with the place or the words before it.

use crate::ask::clue::clues;
use crate::ask::gazetteer::{Hit, PlaceId};
use crate::ask::passage::common_words;

/// What ends the words of a zone's name on their left, unless it is part of a place.
const JOINTS: &str = " ,、。?!;:的了里在于和与及跟同把被由有从到对为是比或往";
/// Most characters before the noun.
const MOST: usize = 8;

/// A zone in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Its first character, of the place if it has one.
    pub from: usize,
    /// The first character of its noun and the one past its last.
    pub noun: (usize, usize),
    /// The nouns that stand for its own.
    pub nouns: &'static [String],
    /// The place right before it, or before its own words.
    pub place: Option<PlaceId>,
    /// Its own words between place and noun, or before the noun; none of them and no place where it is told by its bare
    /// noun.
    pub own: String,
}

impl Mention {
    /// True for a noun without any name.
    pub fn is_bare(&self) -> bool {
        self.place.is_none() && self.own.is_empty()
    }
}

/// The zones of a text, with the places that [`super::Gazetteer::scan`] found there.
pub fn mentions(chars: &[char], hits: &[Hit]) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        // 浦东新区 is a place.
        let in_place = hits.iter().any(|hit| hit.from <= at && at < hit.to);
        match noun_at(&chars[at..]).filter(|_| !in_place) {
            Some((length, nouns)) => {
                found.extend(mention(chars, hits, (at, at + length), nouns));
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// The longest noun that begins a text.
fn noun_at(chars: &[char]) -> Option<(usize, &'static [String])> {
    let starts = |noun: &String| {
        let length = noun.chars().count();
        (length <= chars.len() && noun.chars().zip(chars).all(|(a, b)| a == *b)).then_some(length)
    };
    let rows = clues().zones.iter();
    let found = rows.flat_map(|row| row.iter().filter_map(move |noun| Some((starts(noun)?, row.as_slice()))));
    // Of several rows the first.
    found.reduce(|best, next| if next.0 > best.0 { next } else { best })
}

fn mention(chars: &[char], hits: &[Hit], noun: (usize, usize), nouns: &'static [String]) -> Option<Mention> {
    let ends = |at: usize| hits.iter().find(|hit| hit.to == at);
    let mut from = noun.0;
    let first = noun.0.saturating_sub(MOST);
    while from > first && ends(from).is_none() && !JOINTS.contains(chars[from - 1]) {
        from -= 1;
    }
    let own = without_sorts(&chars[from..noun.0].iter().collect::<String>());
    // 白鹭的高新区
    let bridged = own.is_empty() && from > 1 && chars[from - 1] == '的';
    let place = ends(from).or_else(|| ends(from.saturating_sub(1)).filter(|_| bridged));
    match place {
        Some(hit) => Some(Mention { from: hit.from, noun, nouns, place: Some(hit.place), own }),
        None if from == noun.0 => Some(Mention { from, noun, nouns, place: None, own }),
        None => {
            let (word, names) = common_words(&own).pop()?;
            let length = word.chars().count();
            let told = names && length >= 2 && !word.is_ascii();
            told.then(|| Mention { from: noun.0 - length, noun, nouns, place: None, own: word })
        }
    }
}

/// Words before a noun without those that say only of which sort a zone is.
fn without_sorts(own: &str) -> String {
    let mut rest = own;
    loop {
        let sorts = clues().zone_sorts.iter();
        let bare =
            sorts.filter_map(|word| rest.strip_suffix(word.as_str()).or_else(|| rest.strip_prefix(word.as_str())));
        match bare.min_by_key(|bare| bare.len()) {
            Some(bare) => rest = bare,
            None => return rest.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::gazetteer::Gazetteer;

    #[test]
    fn zones_are_named_by_place_or_word() {
        /// A zone as it stands there, its place, its own word.
        type Told = (&'static str, Option<&'static str>, &'static str);
        let cases: [(&str, &[Told]); 8] = [
            ("成都高新区有哪些项目", &[("成都高新区", Some("成都"), "")]),
            ("谁在青岛保税区投资", &[("青岛保税区", Some("青岛"), "")]),
            ("郑州的国家级经开区有哪些企业", &[("郑州的国家级经开区", Some("郑州"), "")]),
            ("武汉市青岚开发区在哪里", &[("武汉市青岚开发区", Some("武汉"), "青岚")]),
            ("入驻青岚科技园的企业", &[("青岚科技园", None, "青岚")]),
            ("有哪些高新区", &[]),
            ("全国国家高新区的营业收入", &[]),
            ("浦东新区有哪些企业", &[]),
        ];
        let gazetteer = Gazetteer::shipped();
        for (text, expected) in cases {
            let chars: Vec<char> = text.chars().collect();
            let mut found = mentions(&chars, &gazetteer.scan(&chars));
            found.retain(|it| !it.is_bare());
            let found: Vec<(String, Option<&str>, &str)> = found
                .iter()
                .map(|it| {
                    let whole = chars[it.from..it.noun.1].iter().collect();
                    (whole, it.place.map(|place| gazetteer.stem(place)), it.own.as_str())
                })
                .collect();
            let found: Vec<(&str, Option<&str>, &str)> =
                found.iter().map(|(whole, place, own)| (whole.as_str(), *place, *own)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
