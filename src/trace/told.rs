//! A sentence as people read it: the words that matter marked, and a short form of it.

use std::collections::BTreeSet;

use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Term, Triple};

use super::evidence::{Evidence, span};
use crate::rdf::{document_iri, terms};
use crate::store::{Store, StoreError};

/// Characters on each side of the words that matter in a short quote.
const AROUND: usize = 18;

/// A sentence with its marks, in characters of the sentence, apart from each other and in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    characters: Vec<char>,
    marks: Vec<(usize, usize)>,
}

impl Told {
    /// The sentence of a piece of evidence with its own marks.
    pub fn new(evidence: &Evidence) -> Self {
        let characters: Vec<char> = evidence.quote.chars().collect();
        let place = |at: u64| at.checked_sub(evidence.begin).map(|at| at as usize).filter(|at| *at <= characters.len());
        let spans = evidence.marks.iter().filter_map(|(begin, end)| place(*begin).zip(place(*end)));
        let mut marks: Vec<(usize, usize)> = spans.filter(|(begin, end)| begin < end).collect();
        // A mark on the whole sentence, or around several others, tells nothing beside them.
        let every = marks.clone();
        let within = |outer: &(usize, usize)| {
            every.iter().filter(|it| *it != outer && outer.0 <= it.0 && it.1 <= outer.1).count()
        };
        marks.retain(|mark| within(mark) < if *mark == (0, characters.len()) { 1 } else { 2 });
        Self { marks: apart(marks), characters }
    }

    /// The whole sentence with the marked words in 【】.
    pub fn marked(&self) -> String {
        self.between(0, self.characters.len())
    }

    /// The words around the first mark, with the marked words in 【】.
    pub fn short(&self) -> String {
        let (begin, end) = self.marks.first().copied().unwrap_or((0, 0));
        let from = begin.saturating_sub(AROUND);
        let to = (end + AROUND).min(self.characters.len());
        let before = if from > 0 { "…" } else { "" };
        let after = if to < self.characters.len() { "…" } else { "" };
        format!("{before}{}{after}", self.between(from, to))
    }

    fn between(&self, from: usize, to: usize) -> String {
        let mut text = String::new();
        for at in from..=to {
            if self.marks.iter().any(|(begin, end)| *end == at && *begin >= from) {
                text.push('】');
            }
            if self.marks.iter().any(|(begin, end)| *begin == at && *end <= to) {
                text.push('【');
            }
            if at < to {
                text.push(if self.characters[at].is_control() { ' ' } else { self.characters[at] });
            }
        }
        text
    }
}

/// Marks in order, those that touch or overlap as one.
fn apart(mut marks: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    marks.sort_unstable();
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for (begin, end) in marks {
        match joined.last_mut() {
            Some(last) if begin < last.1 => last.1 = last.1.max(end),
            _ => joined.push((begin, end)),
        }
    }
    joined
}

/// Adds to the marks of a piece of evidence the places where its sentence names the ends of the statement.
pub(super) fn mark_ends(store: &Store, evidence: &mut Evidence, statement: &Triple) -> Result<(), StoreError> {
    let mut marks = BTreeSet::from_iter(evidence.marks.iter().copied());
    let ends = [Term::from(statement.subject.clone()), statement.object.clone()];
    for end in ends {
        let Term::NamedNode(node) = end else { continue };
        match own_place(node.as_str()) {
            Some(place) if node.as_str().starts_with(&format!("{}#", document_iri(&evidence.document).as_str())) => {
                marks.insert(place);
            }
            Some(_) => {}
            None => marks.extend(named_at(store, evidence, node.as_ref())?),
        }
    }
    marks.retain(|(begin, end)| evidence.begin <= *begin && *end <= evidence.end);
    evidence.marks = marks.into_iter().collect();
    Ok(())
}

/// The place that the IRI of a document's own node tells: `…#amount=3,9`.
fn own_place(iri: &str) -> Option<(u64, u64)> {
    let (_, place) = iri.split_once('#')?.1.split_once('=')?;
    let mut numbers = place.split(',').map(|number| number.parse::<u64>().ok());
    Some((numbers.next()??, numbers.next()??))
}

/// Where the sentence of the evidence names a thing.
fn named_at(store: &Store, evidence: &Evidence, thing: NamedNodeRef<'_>) -> Result<Vec<(u64, u64)>, StoreError> {
    let mut places = Vec::new();
    let document = document_iri(&evidence.document);
    let sentence = format!("{}#char={},{}", document.as_str(), evidence.begin, evidence.end);
    let sentence = NamedNodeRef::new_unchecked(&sentence);
    for quad in store.matching(None, Some(terms::SENTENCE), Some(sentence.into())) {
        let mention = quad?.subject;
        let named = store.matching(Some(mention.as_ref()), Some(terms::TA_IDENT_REF), Some(thing.into())).next();
        if let (NamedOrBlankNode::NamedNode(mention), Some(_)) = (&mention, named.transpose()?) {
            places.extend(span(store, mention.as_ref())?);
        }
    }
    Ok(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(quote: &str, begin: u64, marks: &[(u64, u64)]) -> Evidence {
        let end = begin + quote.chars().count() as u64;
        let mut evidence = Evidence::default();
        (evidence.begin, evidence.end, evidence.marks) = (begin, end, marks.to_vec());
        evidence.quote = quote.to_owned();
        evidence
    }

    #[test]
    fn words_are_marked_where_they_stand() {
        for (quote, begin, marks, marked) in [
            ("甲项目投资乙元", 10, &[(10, 13), (15, 17)][..], "【甲项目】投资【乙元】"),
            ("甲项目投资乙元", 10, &[(10, 17), (15, 17)], "甲项目投资【乙元】"),
            ("甲项目投资乙元", 10, &[(10, 17)], "【甲项目投资乙元】"),
            ("今甲项目投资乙元", 10, &[(11, 14), (11, 18), (16, 18)], "今【甲项目】投资【乙元】"),
            ("甲项目投资乙元", 10, &[(10, 13), (11, 15)], "【甲项目投资】乙元"),
            ("甲项目投资乙元", 10, &[(10, 13), (13, 15)], "【甲项目】【投资】乙元"),
            ("甲项目投资乙元", 10, &[(3, 5), (15, 90)], "甲项目投资乙元"),
            ("", 0, &[], ""),
        ] {
            assert_eq!(Told::new(&evidence(quote, begin, marks)).marked(), marked);
        }
    }

    #[test]
    fn short_quotes_keep_the_marked_words() {
        let long = format!("{}甲项目{}", "前".repeat(40), "后".repeat(40));
        let short = Told::new(&evidence(&long, 0, &[(40, 43)])).short();
        assert_eq!(short, format!("…{}【甲项目】{}…", "前".repeat(AROUND), "后".repeat(AROUND)));
    }
}
