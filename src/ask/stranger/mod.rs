//! Zones and places of a question of which nothing is known, so that no other's facts answer it: 白鹭保税区 where only
//! 星河保税区 is told of.
//!
//! A zone is known by a name of the graph that has its parts, or by a sentence that says them close together; a place by any
//! name or sentence that says it, or by what lies in it.

mod english;
mod mention;

use std::collections::BTreeSet;

use super::gazetteer::{Gazetteer, Hit};
use super::names::Names;
use super::normal;
use super::passage::Sentences;
use super::tag::{Tag, Tagged};
use crate::store::{Store, StoreError};
pub use english::proper_names;
pub use mention::{Mention, mentions};

/// Most characters between a place and the noun of a zone there: 白鹭将以高新区为核心.
const BETWEEN: usize = 6;
/// Shortest name that by itself says of which thing a place before it speaks.
const LEAST: usize = 3;

/// What knows of zones and places.
struct Known<'a> {
    names: &'a Names,
    sentences: &'a Sentences,
    gazetteer: &'static Gazetteer,
}

/// The first zone or place of a question of which neither a name nor a sentence of the store speaks.
///
/// # Errors
/// If the store cannot be read.
pub fn stranger(store: &Store, names: &Names, tagged: &Tagged) -> Result<Option<String>, StoreError> {
    let (chars, finds) = tagged.written();
    let gazetteer = Gazetteer::shipped();
    let hits = gazetteer.scan(&chars);
    let mut zones = mentions(&chars, &hits);
    zones.retain(|zone| !zone.is_bare() && !is_asked_for(&chars[zone.noun.1..]));
    let english = finds.iter().filter_map(|(_, _, tag)| match tag {
        Tag::Name(key, things) if things.is_empty() => Some((key, gazetteer.named(key)?)),
        _ => None,
    });
    let english: Vec<_> = english.collect();
    if hits.is_empty() && zones.is_empty() && english.is_empty() {
        return Ok(None);
    }
    let known = Known { names, sentences: names.sentences(store)?, gazetteer };
    let named: Vec<(usize, usize)> = finds
        .iter()
        .filter(|(_, _, tag)| matches!(tag, Tag::Name(_, things) if !things.is_empty()))
        .map(|(from, to, _)| (*from, *to))
        .collect();
    for zone in &zones {
        let found = |(from, to): &(usize, usize)| *from < zone.noun.0 && *to >= zone.noun.1;
        if !named.iter().any(found) && !known.zone(zone) {
            return Ok(Some(chars[zone.from..zone.noun.1].iter().collect()));
        }
    }
    for hit in &hits {
        let found = |(from, to): &(usize, usize)| *from <= hit.from && *to >= hit.to;
        // 白鹭青岚公司: the company tells which is meant.
        let before = |(from, to): &(usize, usize)| *from == hit.to && to - from >= LEAST;
        let in_zone = zones.iter().any(|zone| zone.from <= hit.from && hit.to <= zone.noun.1);
        // A district is told besides where something else is named.
        let within = hits.iter().any(|other| gazetteer.above(hit.place).contains(&other.place))
            && named.iter().any(|(from, to)| hits.iter().all(|other| other.to <= *from || *to <= other.from));
        let told = in_zone || within || named.iter().any(|it| found(it) || before(it));
        if !told && !known.place(hit) {
            return Ok(Some(chars[hit.from..hit.to].iter().collect()));
        }
    }
    let unknown = english.into_iter().find(|(_, place)| !known.place(&Hit { from: 0, to: 0, place: *place }));
    Ok(unknown.map(|(key, _)| key.clone()))
}

/// True for what follows a noun that is asked for: 昆明的开发区有哪些 asks for zones of a city and names none.
fn is_asked_for(rest: &[char]) -> bool {
    let asks = ['哪', '些', '几', '个', '多', '少', '家', '什', '么'];
    let silent = ['都', '有', '是', '一', '共', '分', '别', '主', '要'];
    rest.iter().any(|c| asks.contains(c)) && rest.iter().all(|c| asks.contains(c) || silent.contains(c))
}

impl Known<'_> {
    fn zone(&self, zone: &Mention) -> bool {
        let nouns: Vec<&str> = zone.nouns.iter().map(String::as_str).collect();
        let whole = format!("{}{}", zone.own, nouns.first().copied().unwrap_or_default());
        match zone.place {
            Some(place) if zone.own.is_empty() => {
                let stem = self.gazetteer.stem(place);
                nouns.iter().any(|noun| self.says(stem, noun) || self.in_article_of(stem, noun))
                    || self.below(place).iter().any(|key| nouns.iter().any(|noun| key.contains(noun)))
            }
            _ => {
                let own = zone.own.as_str();
                let end: String = own.chars().skip(own.chars().count().saturating_sub(2)).collect();
                self.is_said(&end) || !self.names.find(&normal::key(&whole)).is_empty()
            }
        }
    }

    /// True where a name has both, or a sentence has them close together.
    fn says(&self, stem: &str, noun: &str) -> bool {
        self.names.has_key_with(&[stem, noun]) || self.sentences.says_near(stem, noun, BETWEEN)
    }

    /// True where an article that speaks of the place in its title or first sentence speaks of such a zone.
    fn in_article_of(&self, stem: &str, noun: &str) -> bool {
        self.sentences.opens_with(stem, noun)
    }

    fn place(&self, hit: &Hit) -> bool {
        self.is_said(self.gazetteer.stem(hit.place)) || !self.below(hit.place).is_empty()
    }

    fn is_said(&self, word: &str) -> bool {
        self.names.has_key_with(&[word]) || self.sentences.says(word)
    }

    /// The keys of everything that lies in a place by the gazetteers.
    fn below(&self, place: usize) -> BTreeSet<String> {
        let keys = self.gazetteer.place(place).names.iter().map(|name| normal::key(name)).collect();
        self.names.below(&keys).into_iter().flat_map(|id| self.names.thing(id).keys()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_noun_may_be_what_is_asked_for() {
        let cases = [
            ("有哪些", true),
            ("都有哪几个", true),
            ("有多少", true),
            ("有哪些项目", false),
            ("在哪里", false),
            ("", false),
        ];
        for (rest, expected) in cases {
            assert_eq!(is_asked_for(&rest.chars().collect::<Vec<_>>()), expected, "{rest}");
        }
    }
}
