//! The sentences that say what a question says.
//!
//! A question's words count as pairs of neighbouring characters, each by how rare it is among all sentences and by whether
//! its word names something; a pair that the sentence itself has counts whole, one of the title or of the sentence before
//! it in part.

use std::collections::BTreeMap;

use oxigraph::model::NamedNode;

use super::document::{Document, years};
use super::found::Passage;
use super::lines::{counted, lines_saying};
use super::sentences::{Line, Sentences};
use super::wish::{Part, Wish};
use crate::ask::clue;
use crate::ask::gazetteer::Gazetteer;
use crate::ask::names::{Names, ThingId};
use crate::ask::normal;
use crate::ask::words::Words;
use crate::model::EntityKind;

/// The least share of what the question says that a sentence must say.
const LEAST: f64 = 0.42;
/// What sums in another order may differ by.
const ROUNDING: f64 = 1e-9;
/// What a pair counts that only the title has, or only the sentence before.
const IN_TITLE: f64 = 0.7;
const BEFORE: f64 = 0.5;
/// The share of the best sentence's that another needs to be looked at beside it.
const BESIDE: f64 = 0.9;
/// What a number of things counts.
const COUNT: f64 = 3.0;
/// What a name counts by which facts of one sentence are told apart.
const NAMED: f64 = 2.0;
/// Most sentences of one answer, and most that are looked at for them.
const MOST: usize = 6;
const MOST_JUDGED: usize = 40;
/// What one of several words that mean the same counts, and one of several names of a figure.
const ALIKE: f64 = 1.5;
const FIGURE: f64 = 4.0;
/// What a pair counts of a word that names nothing, as against one that does.
const LIGHT: f64 = 0.25;
/// The least that a pair counts, however many sentences have it.
const COMMON: f64 = 0.3;
/// Length of a beginning by which a thing is known if no other begins like it, in characters.
const BEGINNING: usize = 4;

/// A set of pairs, a bit for each; a question has no more that matter.
pub(super) type Pairs = u128;
const MOST_PAIRS: usize = 128;

/// A part of a question as sentences are compared with it.
pub(super) enum Need {
    /// Pairs of characters of words, by their places among all pairs.
    Pairs(Vec<usize>),
    /// One of these words, and what it counts.
    OneOf(Vec<String>, f64),
    /// A name under any of these keys, or as many of its pairs as there are; a place may be named anywhere in the document.
    /// Whether it is a zone, and whether it is of a thing of the graph, as against the gazetteer.
    Name { keys: Vec<String>, pairs: Vec<usize>, place: bool, zone: bool, told: bool },
}

/// A question made ready for the search.
pub struct Question<'a> {
    pub(super) wish: &'a Wish,
    pub(super) names: &'a Names,
    known: &'a Words,
    pub(super) needs: Vec<Need>,
    /// All pairs of characters that matter, with their places.
    pairs: BTreeMap<(char, char), usize>,
    /// What each pair counts.
    weights: Vec<f64>,
    /// What each pair counts in all runs of words together, names set aside.
    plain: Vec<f64>,
    /// What all parts count together.
    whole: f64,
    /// Which pairs each line of the sentences has.
    seen: Vec<Pairs>,
    /// For each part that is met by a word or a name, a bit for each line that has it.
    said: Vec<Vec<u64>>,
    /// The parts that name places.
    places: Vec<usize>,
    things: Vec<ThingId>,
    /// True where a word of it names something of which no sentence speaks.
    strange: bool,
}

impl<'a> Question<'a> {
    /// Makes a question ready for these sentences.
    pub fn new(wish: &'a Wish, names: &'a Names, known: &'a Words, sentences: &Sentences) -> Self {
        let (needs, pairs, weights, plain, whole, seen) = Default::default();
        let (said, places, things, strange) = Default::default();
        let mut it =
            Self { wish, names, known, needs, pairs, weights, plain, whole, seen, said, places, things, strange };
        for part in &wish.parts {
            match part {
                Part::Word(..) => {}
                Part::OneOf(words) => it.needs.push(Need::OneOf(words.clone(), ALIKE)),
                Part::Figure(words) => it.needs.push(Need::OneOf(words.clone(), FIGURE)),
                Part::Name(surface, things) => it.need_name(surface, things),
            }
        }
        for run in wish.runs() {
            it.need_run(&run);
        }
        if let Some(count) = wish.count.filter(|count| *count > 1) {
            it.needs.push(Need::OneOf(counted(count), COUNT));
        }
        it.weigh(sentences);
        it.add_up();
        if !it.strange {
            it.said = it.needs.iter().map(|need| lines_saying(need, sentences)).collect();
            let place = |at: &usize| matches!(it.needs[*at], Need::Name { place: true, .. });
            it.places = (0..it.needs.len()).filter(place).collect();
        }
        it
    }

    /// The parts that name places.
    pub(super) fn places(&self) -> &[usize] {
        &self.places
    }

    /// True if a line has a word or a name of that part.
    pub(super) fn is_said(&self, need: usize, line: usize) -> bool {
        self.said[need].get(line / 64).is_some_and(|bits| bits >> (line % 64) & 1 == 1)
    }

    fn need_name(&mut self, surface: &str, things: &[ThingId]) {
        let names = self.names;
        self.things.extend(things);
        // 经开区 alone is the name of many, and is said wherever any of them is named.
        let bare = |key: &String| self.known.is_reserved(key) || clue::is_zone_noun(key);
        let keys = things.iter().flat_map(|&id| names.thing(id).keys()).filter(|key| !bare(key));
        let keys = keys.chain([surface.to_owned()]).collect();
        let is_place = |id: &ThingId| matches!(names.thing(*id).kind, EntityKind::Park | EntityKind::Place);
        let place = !things.is_empty() && things.iter().all(is_place);
        let zone = place && things.iter().all(|id| names.thing(*id).kind == EntityKind::Park);
        let letters: Vec<(char, f64)> = surface.chars().map(|c| (c, 1.0)).collect();
        let pairs = self.filed(&letters);
        self.needs.push(Need::Name { keys, pairs, place, zone, told: true });
    }

    /// A run of words: the beginning of a name that one thing has, or pairs of characters.
    fn need_run(&mut self, run: &[(&str, bool)]) {
        let letters: Vec<(char, f64)> =
            run.iter().flat_map(|(word, names)| word.chars().map(|c| (c, if *names { 1.0 } else { LIGHT }))).collect();
        let text: Vec<char> = letters.iter().map(|(c, _)| *c).collect();
        let names = self.names;
        let begun = (0..text.len()).find_map(|from| {
            let lengths = (BEGINNING..=text.len() - from).rev();
            let mut found = lengths.map(|length| (from, length, text[from..from + length].iter().collect::<String>()));
            found.find_map(|(from, length, start)| Some((from, length, names.only_beginning(&start)?)))
        });
        let described = || names.described(&text.iter().collect::<String>()).map(|things| (0, text.len(), things));
        let Some((from, length, things)) = begun.or_else(described) else { return self.need_letters(&letters) };
        let start: String = text[from..from + length].iter().collect();
        self.need_name(&start, &things);
        for rest in [&letters[..from], &letters[from + length..]] {
            self.need_letters(rest);
        }
    }

    /// Characters of words that are no name of a thing: places of the gazetteer, and pairs.
    fn need_letters(&mut self, letters: &[(char, f64)]) {
        let text: Vec<char> = letters.iter().map(|(c, _)| *c).collect();
        let gazetteer = Gazetteer::shipped();
        let mut from = 0;
        for hit in gazetteer.scan(&text) {
            let pairs = self.filed(&letters[from..hit.from]);
            self.needs.push(Need::Pairs(pairs));
            let keys = gazetteer.place(hit.place).names.iter().map(|name| normal::key(name)).collect();
            let below = self.names.below(&keys).into_iter().flat_map(|id| self.names.thing(id).keys());
            let keys = keys.iter().cloned().chain(below.filter(|key| gazetteer.named(key).is_some())).collect();
            let pairs = self.filed(&letters[hit.from..hit.to]);
            self.needs.push(Need::Name { keys, pairs, place: true, zone: false, told: false });
            from = hit.to;
        }
        let pairs = self.filed(&letters[from..]);
        self.needs.push(Need::Pairs(pairs));
    }

    /// The things that it names.
    pub fn things(&self) -> Vec<NamedNode> {
        self.things.iter().map(|&id| self.names.thing(id).iri).collect()
    }

    /// The pairs of characters of its own words, names set aside, with what each counts; names of figures too.
    pub fn pairs(&self) -> Vec<(Vec<String>, f64)> {
        let mut told: BTreeMap<Vec<String>, f64> = BTreeMap::new();
        for need in &self.needs {
            if let Need::Pairs(pairs) = need {
                let texts = self.pairs.iter().filter(|(_, place)| pairs.contains(place));
                told.extend(texts.map(|((a, b), place)| (vec![format!("{a}{b}")], self.weights[*place])));
            }
        }
        for need in &self.needs {
            if let Need::Name { keys, place: false, .. } = need {
                told.insert(keys.clone(), NAMED);
            }
        }
        for part in &self.wish.parts {
            match part {
                Part::Figure(words) => told.insert(words.clone(), FIGURE),
                Part::OneOf(words) => told.insert(words.clone(), ALIKE),
                _ => None,
            };
        }
        told.into_iter().collect()
    }

    /// Files the pairs of a run of characters, each with what its word counts, and tells their places.
    fn filed(&mut self, run: &[(char, f64)]) -> Vec<usize> {
        let mut places = Vec::new();
        for pair in run.windows(2) {
            let next = self.pairs.len();
            if next == MOST_PAIRS && !self.pairs.contains_key(&(pair[0].0, pair[1].0)) {
                continue;
            }
            let place = *self.pairs.entry((pair[0].0, pair[1].0)).or_insert(next);
            let much = (pair[0].1 + pair[1].1) / 2.0;
            if place == next {
                self.weights.push(much);
            } else {
                self.weights[place] = self.weights[place].max(much);
            }
            places.push(place);
        }
        places
    }

    /// The sentences that say nearly all of it, best first; those much worse than the best are left out.
    pub fn best(&self, sentences: &Sentences) -> Vec<Passage> {
        let mut found: Vec<Passage> = Vec::new();
        if self.strange {
            return found;
        }
        let mut rest = 0..self.seen.len();
        while let Some(first) = rest.next() {
            let end = rest.clone().find(|line| sentences.begins_document(*line)).unwrap_or(rest.end);
            rest.start = end;
            if self.bound(first, end) >= LEAST {
                self.look_through(sentences, first, end, &mut found);
            }
        }
        found.sort_by(|a, b| b.share.total_cmp(&a.share));
        let mut best: Vec<Passage> = Vec::new();
        for passage in found.into_iter().take(MOST_JUDGED) {
            if best.len() == MOST || best.first().is_some_and(|first| passage.share < first.share * BESIDE) {
                break;
            }
            if self.is_at_home(sentences, passage.line) {
                best.push(passage);
            }
        }
        best
    }

    /// A share that no sentence of the document with these lines can exceed.
    fn bound(&self, first: usize, end: usize) -> f64 {
        let here = self.seen[first..end].iter().fold(0, |all, seen| all | seen);
        let whole = Document::default();
        let said = |at: usize| (first..end).any(|line| self.is_said(at, line));
        self.share(&whole, here, said) + ROUNDING
    }

    /// Adds the sentences of the document with these lines that say enough.
    fn look_through(&self, sentences: &Sentences, first: usize, end: usize, found: &mut Vec<Passage>) {
        let mut document = Document::new(self, first, self.seen[first]);
        for line in first + 1..end {
            let here = self.seen[line];
            let follows = std::mem::take(&mut document.open);
            if follows && let Some(Line::Sentence { key, place, .. }) = sentences.line(line) {
                let last = found.last_mut().filter(|last| last.key == key);
                last.into_iter().for_each(|last| last.next = Some(place.to_owned()));
            }
            document.place_names(self, line);
            let share = self.share(&document, here, |at| self.is_said(at, line));
            document.before = here;
            if share >= LEAST
                && (self.places.is_empty() || !document.placed.is_empty())
                && let Some(Line::Sentence { key, place, text }) = sentences.line(line)
                && self.in_time(&document, sentences, text)
            {
                found.push(Passage { key: key.to_owned(), place: place.to_owned(), line, next: None, share });
                document.open = true;
            }
        }
    }

    /// A pair counts more, the fewer sentences have it. Latin letters that no sentence has count nothing: they are the
    /// English for what is said beside them.
    fn weigh(&mut self, sentences: &Sentences) {
        let mut counts = vec![0usize; self.pairs.len()];
        self.seen = vec![0; sentences.count()];
        let neighbours = sentences.neighbours();
        for ((a, b), place) in &self.pairs {
            let lines = neighbours.lines(*a, *b);
            counts[*place] = lines.len();
            for line in lines {
                if let Some(seen) = self.seen.get_mut(line) {
                    *seen |= 1 << place;
                }
            }
        }
        let all = self.seen.len();
        self.strange = self.is_strange(&counts);
        for ((a, b), place) in &self.pairs {
            let count = counts[*place];
            let rare = ((all as f64 + 1.0) / (count as f64 + 0.5)).ln().max(COMMON);
            let much = match count {
                0 if a.is_ascii() && b.is_ascii() => 0.0,
                _ => rare,
            };
            self.weights[*place] *= much;
        }
    }

    /// True where a word of three characters or more names something of which no sentence speaks, or a shorter one does and
    /// nothing else is named by words.
    fn is_strange(&self, counts: &[usize]) -> bool {
        let words = self.wish.parts.iter().filter_map(|part| match part {
            Part::Word(word, true) if !word.is_ascii() => Some(word.chars().collect::<Vec<char>>()),
            _ => None,
        });
        let words: Vec<Vec<char>> = words.filter(|word| word.len() > 1).collect();
        let unseen = |word: &Vec<char>| {
            word.windows(2).all(|pair| self.pairs.get(&(pair[0], pair[1])).is_some_and(|place| counts[*place] == 0))
        };
        let long = words.iter().any(|word| word.len() > 2 && unseen(word));
        let counted = self.wish.count.is_some_and(|count| count > 3);
        let figure = self.wish.parts.iter().any(|part| matches!(part, Part::Figure(_)));
        long || !counted && !figure && !words.is_empty() && words.iter().all(unseen)
    }

    /// What the pairs of runs and what all parts count.
    fn add_up(&mut self) {
        self.plain = vec![0.0; self.weights.len()];
        for need in &self.needs {
            match need {
                Need::Pairs(pairs) => pairs.iter().for_each(|&pair| self.plain[pair] += self.weights[pair]),
                Need::OneOf(_, much) => self.whole += much,
                Need::Name { pairs, .. } => self.whole += self.weight_of(pairs),
            }
        }
        self.whole += self.plain.iter().sum::<f64>();
    }

    /// What a name of these pairs counts.
    fn weight_of(&self, pairs: &[usize]) -> f64 {
        pairs.iter().map(|&pair| self.weights[pair]).sum::<f64>().max(ALIKE)
    }

    /// Which share of the question a line says that has these pairs and those parts of which `is_said` is true, 0–1.
    fn share(&self, document: &Document, here: Pairs, is_said: impl Fn(usize) -> bool) -> f64 {
        let (title, before) = (document.title & !here, document.before & !here & !document.title);
        let added = |bits: Pairs, much: &[f64]| places_of(bits).map(|pair| much[pair]).sum::<f64>();
        let degrees = [(here, 1.0), (title, IN_TITLE), (before, BEFORE)];
        let mut said: f64 = degrees.iter().map(|(bits, degree)| added(*bits, &self.plain) * degree).sum();
        for (at, need) in self.needs.iter().enumerate() {
            match need {
                Need::Pairs(_) => {}
                Need::OneOf(_, much) => said += if is_said(at) { *much } else { 0.0 },
                Need::Name { pairs, place, .. } => {
                    let weight = self.weight_of(pairs);
                    let near = *place && document.placed.contains(&at);
                    let own = pairs.iter().fold(0, |bits, &pair| bits | 1 << pair);
                    let part = |(bits, degree): &(Pairs, f64)| added(bits & own, &self.weights) * degree;
                    let whole = near || is_said(at);
                    said += if whole { weight } else { degrees.iter().map(part).sum::<f64>().min(weight) };
                }
            }
        }
        if self.whole == 0.0 { 0.0 } else { said / self.whole }
    }

    /// True unless the sentence, or else its document, speaks of another year than the question.
    fn in_time(&self, document: &Document, sentences: &Sentences, text: &str) -> bool {
        let Some(year) = self.wish.period.and_then(|period| period.year) else { return true };
        let told = years(text);
        if told.is_empty() { document.may_tell_of(sentences, year) } else { told.contains(&year) }
    }
}

/// The places of the bits that are set.
fn places_of(mut bits: Pairs) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let next = bits.trailing_zeros() as usize;
        bits &= bits.wrapping_sub(1);
        (next < MOST_PAIRS).then_some(next)
    })
}
