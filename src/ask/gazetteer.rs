//! Provinces, prefectures and counties of China by their names: what a question needs of the gazetteer of places, read in
//! about a millisecond, as against the whole lexicon.

use std::collections::HashMap;
use std::sync::LazyLock;

/// One statement a line; `ontology/README.md` tells the form.
const SOURCE: &str = include_str!("../../ontology/places.ttl");
/// How large a place is, the largest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A province, an autonomous region, a municipality.
    Province,
    /// A prefecture or a city of that rank.
    Prefecture,
    /// A county, a district, a city of that rank.
    County,
}

/// A place of the gazetteer.
#[derive(Debug)]
pub struct Place {
    /// Its label first, then its short names.
    pub names: Vec<&'static str>,
    /// How large it is.
    pub level: Level,
    /// The code of the place that contains it.
    above: Option<&'static str>,
}

/// Where a place stands in [`Gazetteer`].
pub type PlaceId = usize;

/// The places with look-ups by name and code. Maps are only asked for single keys, so that their order never shows.
#[derive(Debug, Default)]
pub struct Gazetteer {
    places: Vec<Place>,
    by_name: HashMap<&'static str, PlaceId>,
    by_code: HashMap<&'static str, PlaceId>,
    /// The first two characters of names with the length of the longest name that begins so.
    begun: HashMap<(char, char), usize>,
}

/// A place in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Its first character.
    pub from: usize,
    /// One past its last.
    pub to: usize,
    /// Which place it is; of several with that name the first.
    pub place: PlaceId,
}

static SHIPPED: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::parse(SOURCE));

impl Gazetteer {
    /// The shipped one.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    fn parse(source: &'static str) -> Self {
        let mut it = Self::default();
        for line in source.lines() {
            let Some((code, rest)) = line.strip_prefix("place:").and_then(|line| line.split_once(' ')) else {
                continue;
            };
            let parts: Vec<&str> = rest.split(" ; ").collect();
            let told = |name: &str| parts.iter().find_map(|part| part.strip_prefix(name));
            let level = match told("dcterms:type ").map(|text| text.trim_end_matches([' ', '.']).trim_matches('"')) {
                Some("province") => Level::Province,
                Some("prefecture") => Level::Prefecture,
                Some("county") => Level::County,
                _ => continue,
            };
            let named = |property: &str| told(property).into_iter().flat_map(|text| text.split('"').skip(1).step_by(2));
            let names: Vec<&str> = named("skos:prefLabel ").chain(named("skos:altLabel ")).collect();
            let above = told("skos:broader place:");
            for name in &names {
                it.by_name.entry(name).or_insert(it.places.len());
                let mut chars = name.chars();
                if let (Some(first), Some(second)) = (chars.next(), chars.next()) {
                    let longest = it.begun.entry((first, second)).or_default();
                    *longest = name.chars().count().max(*longest);
                }
            }
            it.by_code.insert(code, it.places.len());
            it.places.push(Place { names, level, above });
        }
        it
    }

    /// The place with that number.
    pub fn place(&self, id: PlaceId) -> &Place {
        &self.places[id]
    }

    /// The first place with that name.
    pub fn named(&self, name: &str) -> Option<PlaceId> {
        self.by_name.get(name).copied()
    }

    /// The places that contain one, the nearest first.
    pub fn above(&self, id: PlaceId) -> Vec<PlaceId> {
        let next = |id: &PlaceId| self.places[*id].above.and_then(|code| self.by_code.get(code).copied());
        // The shipped file goes in no circle, and no place lies deeper than four levels.
        std::iter::successors(next(&id), next).take(4).collect()
    }

    /// True where one is the other or contains it.
    pub fn nested(&self, one: PlaceId, other: PlaceId) -> bool {
        one == other || self.above(one).contains(&other) || self.above(other).contains(&one)
    }

    /// The shortest name by which a place is known: every text that has a longer one has it too, as a rule.
    pub fn stem(&self, id: PlaceId) -> &'static str {
        let names = &self.places[id].names;
        names.iter().copied().min_by_key(|name| name.chars().count()).unwrap_or_default()
    }

    /// The shortest name of each place.
    pub fn stems(&self) -> impl Iterator<Item = &'static str> {
        (0..self.places.len()).map(|id| self.stem(id))
    }

    /// The places of a text from left to right, the longest first.
    pub fn scan(&self, chars: &[char]) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut from = 0;
        while from < chars.len() {
            let begun = chars.get(from + 1).and_then(|second| self.begun.get(&(chars[from], *second)));
            let longest = begun.copied().unwrap_or_default().min(chars.len() - from);
            let found = (2..=longest).rev().find_map(|length| {
                let name: String = chars[from..from + length].iter().collect();
                Some(Hit { from, to: from + length, place: self.named(&name)? })
            });
            hits.extend(found);
            from = found.map_or(from + 1, |hit| hit.to);
        }
        hits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_with_what_contains_them() {
        let it = Gazetteer::shipped();
        let id = it.named("郑州").expect("it is in the gazetteer");
        assert_eq!((it.place(id).names[0], it.place(id).level, it.stem(id)), ("郑州市", Level::Prefecture, "郑州"));
        let above: Vec<&str> = it.above(id).into_iter().map(|id| it.place(id).names[0]).collect();
        assert_eq!(above, ["河南省"]);
        let text: Vec<char> = "成都高新区和浦东新区".chars().collect();
        let found: Vec<(usize, usize)> = it.scan(&text).iter().map(|hit| (hit.from, hit.to)).collect();
        assert_eq!(found, [(0, 2), (6, 10)]);
    }
}
