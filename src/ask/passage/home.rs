//! Whether a sentence speaks of the zone or place that a question names, where only its document names that: not where
//! another is named in it or was named last.

use super::search::{Need, Question};
use super::sentences::Sentences;
use super::wish::Wanted;
use crate::ask::clue::clues;
use crate::ask::gazetteer::Gazetteer;
use crate::ask::stranger::{Mention, mentions};

/// Most sentences back to the last that names a zone.
const MOST_BACK: usize = 24;

/// Nouns that stand alone for the zone of which a document tells.
const MAIN: [&str; 3] = ["高新区", "经开区", "新区"];

/// What a line names, by what the question does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    Own,
    Other,
    Neither,
}

impl Question<'_> {
    /// False where the line speaks of another zone or place than the question.
    pub(super) fn is_at_home(&self, sentences: &Sentences, line: usize) -> bool {
        let figures = self.wish.wanted.iter().all(|wanted| {
            matches!(wanted, Wanted::Figure | Wanted::Growth | Wanted::Number(_) | Wanted::Share | Wanted::Named(..))
        });
        self.needs.iter().enumerate().all(|(at, need)| match need {
            Need::Name { keys, place: true, zone, told, .. } if *zone || figures || !told => {
                self.is_said(at, line) || self.was_last(sentences, at, keys, *zone, line)
            }
            _ => true,
        })
    }

    /// True where the last zone or place that is named up to a line is the one with these keys, alone, or none is.
    fn was_last(&self, sentences: &Sentences, need: usize, keys: &[String], zone: bool, line: usize) -> bool {
        let mut at = line;
        for _ in 0..MOST_BACK {
            let text = sentences.line(at).map(|line| line.text().chars().collect::<Vec<char>>()).unwrap_or_default();
            match named(&text, keys, zone) {
                Named::Own => return true,
                Named::Other => return false,
                Named::Neither if self.is_said(need, at) && !zone => return true,
                Named::Neither => {}
            }
            if at == 0 || sentences.begins_document(at) {
                return true;
            }
            at -= 1;
        }
        true
    }
}

/// What a text names: the thing with these keys, another, or neither or both.
fn named(text: &[char], keys: &[String], zone: bool) -> Named {
    let gazetteer = Gazetteer::shipped();
    let hits = gazetteer.scan(text);
    let places: Vec<usize> = keys.iter().flat_map(|key| places_of(key)).collect();
    let near = |place: usize| places.iter().any(|known| gazetteer.nested(*known, place));
    let own: Vec<bool> = if zone {
        mentions(text, &hits).iter().filter_map(|mention| is_own(text, mention, keys, near)).collect()
    } else if places.is_empty() {
        Vec::new()
    } else {
        hits.iter().map(|hit| near(hit.place)).collect()
    };
    match (own.contains(&true), own.contains(&false)) {
        (true, false) => Named::Own,
        (false, true) => Named::Other,
        _ => Named::Neither,
    }
}

fn places_of(key: &str) -> Vec<usize> {
    let chars: Vec<char> = key.chars().collect();
    Gazetteer::shipped().scan(&chars).iter().map(|hit| hit.place).collect()
}

/// Whether a zone of a text is the one with these keys; `None` where it may be a part of that.
fn is_own(text: &[char], mention: &Mention, keys: &[String], near: impl Fn(usize) -> bool) -> Option<bool> {
    let surface: String = text[mention.from..mention.noun.1].iter().collect();
    if keys.iter().any(|key| key.contains(&surface) || surface.contains(key.as_str())) {
        return Some(true);
    }
    let alike = keys.iter().any(|key| mention.nouns.iter().any(|noun| key.ends_with(noun.as_str())));
    let is_zone = keys.iter().any(|key| clues().zones.iter().flatten().any(|noun| key.ends_with(noun.as_str())));
    let main = mention.nouns.first().is_some_and(|noun| MAIN.contains(&noun.as_str()));
    match mention.place {
        Some(place) if !near(place) => Some(false),
        // A zone of another sort in the same place, or a bare word for one.
        Some(_) if mention.own.is_empty() && is_zone => Some(alike),
        None if mention.is_bare() && is_zone && main => Some(alike),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_its_own_or_another() {
        let cases = [
            ("郑州高新区产值增长", Named::Own),
            ("郑州高新技术产业开发区产值增长", Named::Own),
            ("洛阳高新区产值增长", Named::Other),
            ("青岚科技园产值增长", Named::Neither),
            ("郑州经开区产值增长", Named::Other),
            ("经开区产值增长", Named::Other),
            ("高新区产值增长", Named::Own),
            ("全区产值增长", Named::Neither),
            ("郑州高新区和洛阳高新区", Named::Neither),
        ];
        for (text, expected) in cases {
            let chars: Vec<char> = text.chars().collect();
            assert_eq!(named(&chars, &["郑州高新区".to_owned()], true), expected, "{text}");
        }
    }
}
