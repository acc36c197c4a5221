//! What sentences tell that say what the question says.

mod counted;
mod home;
mod named;
mod sited;

use std::collections::BTreeSet;

use oxigraph::model::{NamedNode, NamedOrBlankNode, Term, Triple};

use super::{Answer, Answers, Failure, text};
use crate::ask::clue::{clues, has};
use crate::ask::evidence::{self, Quote};
use crate::ask::figure;
use crate::ask::names::Names;
use crate::ask::passage::Wanted;
use crate::ask::plan::PassagePlan;
use crate::ask::sparql;
use crate::message::Lang;
use crate::model::{Predicate, Status};
use crate::rdf::terms;
use crate::store::Store;

/// What is in the clause of a thing must say this share of what the best clause of the sentence says.
const NEAR: f64 = 0.7;
/// Which share of the question's words must stand in the clause of a sum that is not told to be invested in anything.
const SURELY: f64 = 0.5;

/// A statement of a sentence, or a thing that it names.
struct Said {
    sentence: NamedNode,
    triple: Triple,
    /// Where a thing is named, in characters of the document.
    span: Option<(usize, usize)>,
    /// The columns of a sum.
    sum: Vec<Option<Term>>,
}

impl Said {
    fn read(row: &[Option<Term>]) -> Option<Self> {
        let [Some(Term::NamedNode(sentence)), Some(s), Some(p), Some(o), begin, end, sum @ ..] = row else {
            return None;
        };
        let place = |term: &Option<Term>| term.as_ref().map(text)?.parse().ok();
        let span = place(begin).zip(place(end));
        Some(Self { sentence: sentence.clone(), triple: evidence::statement(s, p, o)?, span, sum: sum.to_vec() })
    }

    fn is_by(&self, by: Predicate) -> bool {
        self.triple.predicate == terms::property(by)
    }

    fn subject(&self) -> Option<&NamedNode> {
        if let NamedOrBlankNode::NamedNode(node) = &self.triple.subject { Some(node) } else { None }
    }

    fn is_of_set(&self) -> bool {
        self.subject().is_some_and(|node| node.as_str().contains("#group="))
    }

    /// The subject, where it is one of the marked nodes of a document: `#group=`, `#observation=`.
    fn node_of(&self, mark: &str) -> Option<&NamedNode> {
        self.subject().filter(|node| self.triple.predicate == terms::TYPE && node.as_str().contains(mark))
    }
}

struct Teller<'a> {
    store: &'a Store,
    names: &'a Names,
    plan: &'a PassagePlan,
    lang: Lang,
    said: Vec<Said>,
}

/// Carries out a plan over sentences.
pub(super) fn told(store: &Store, names: &Names, plan: &PassagePlan, lang: Lang) -> Result<Answers, Failure> {
    let all: Vec<NamedNode> = plan.sentences.iter().chain(&plan.following).cloned().collect();
    let sparql = sparql::told(&all);
    let said = sparql::select(store, &sparql)?.iter().filter_map(|row| Said::read(row)).collect();
    let teller = Teller { store, names, plan, lang, said };
    let mut answers: Vec<Answer> = Vec::new();
    for wanted in &plan.wanted {
        for answer in teller.tell(wanted)? {
            if !answers.iter().any(|known| (&known.label, &known.iri) == (&answer.label, &answer.iri)) {
                answers.push(answer);
            }
        }
    }
    Ok(Answers { sparql, answers })
}

/// How far the one value that each side tells lies from the other's; nothing where a side tells none or several, or they
/// have different units.
pub(super) fn apart(store: &Store, names: &Names, sides: &[PassagePlan; 2], lang: Lang) -> Result<Answers, Failure> {
    let [left, right] = sides;
    let (left, right) = (told(store, names, left, lang)?, told(store, names, right, lang)?);
    let sparql = [left.sparql, right.sparql].join("\n");
    let answers = match (&left.answers[..], &right.answers[..]) {
        ([one], [other]) => difference(one, other, lang).into_iter().collect(),
        _ => Vec::new(),
    };
    Ok(Answers { sparql, answers })
}

/// How far two values lie apart; `None` where they are no values, are the same or have different units.
pub fn difference(one: &Answer, other: &Answer, lang: Lang) -> Option<Answer> {
    let (first, second) = (one.value?, other.value?);
    if one.unit != other.unit || first == second {
        return None;
    }
    let value = (first - second).abs();
    let label = figure::written(value, None, one.unit.as_deref(), None, lang);
    let about = Some([one.label.as_str(), other.label.as_str()].join(" − "));
    let evidence = one.evidence.iter().chain(&other.evidence).cloned().collect();
    Some(Answer { label, value: Some(value), unit: one.unit.clone(), about, evidence, ..Answer::default() })
}

impl Teller<'_> {
    fn tell(&self, wanted: &Wanted) -> Result<Vec<Answer>, Failure> {
        match wanted {
            Wanted::Things(kinds) => self.things(kinds),
            Wanted::Titles => self.titles(),
            Wanted::Sums(kinds) => {
                let sums = self.sums(kinds)?;
                if sums.is_empty() && !self.plan.of_sets { self.money(SURELY) } else { Ok(sums) }
            }
            Wanted::Money => self.money(0.0),
            Wanted::Number(kind) => self.number(*kind),
            Wanted::Figure => self.figure(false),
            Wanted::Growth => self.figure(true),
            Wanted::Share => self.share(),
            Wanted::Named(names, growth) => self.figure_named(names, *growth),
            Wanted::Whether => self.whether(),
        }
    }

    /// What is said in one sentence.
    fn in_sentence<'s>(&'s self, sentence: &'s NamedNode) -> impl Iterator<Item = &'s Said> {
        self.said.iter().filter(move |said| said.sentence == *sentence)
    }

    fn quote(&self, sentence: &NamedNode) -> Result<Vec<Quote>, Failure> {
        Ok(evidence::quote(self.store, sentence)?.into_iter().collect())
    }

    fn is_named(&self, node: &NamedNode) -> bool {
        self.plan.but.contains(node)
    }

    fn titles(&self) -> Result<Vec<Answer>, Failure> {
        for sentence in &self.plan.sentences {
            let held: Vec<&Said> =
                self.in_sentence(sentence).filter(|said| said.is_by(Predicate::Designation)).collect();
            let named = |said: &&&Said| said.subject().is_some_and(|node| self.is_named(node));
            let own: Vec<&Said> = held.iter().filter(named).copied().collect();
            let told = if own.is_empty() { held } else { own };
            let labels: BTreeSet<String> = told.iter().map(|said| text(&said.triple.object)).collect();
            if !labels.is_empty() {
                let evidence = self.quote(sentence)?;
                let answer = |label| Answer { label, evidence: evidence.clone(), ..Answer::default() };
                return Ok(labels.into_iter().map(answer).collect());
            }
        }
        Ok(Vec::new())
    }

    /// Whether a thing that the question names has reached the stage it asks for, by the latest stage that is told of it;
    /// otherwise 是 with the best sentence, unless that denies it.
    fn whether(&self) -> Result<Vec<Answer>, Failure> {
        if let Some(answer) = self.reached()? {
            return Ok(vec![answer]);
        }
        let Some(sentence) = self.plan.sentences.first() else { return Ok(Vec::new()) };
        let evidence = self.quote(sentence)?;
        let denied = evidence.iter().any(|quote| has(&clues().denials, &quote.quote));
        let label = if self.lang == Lang::Zh { "是" } else { "yes" }.to_owned();
        Ok(if denied { Vec::new() } else { vec![Answer { label, evidence, ..Answer::default() }] })
    }
}

impl Teller<'_> {
    /// 是 or 否 by the stages told of a named thing; `None` where none is told or asked for.
    fn reached(&self) -> Result<Option<Answer>, Failure> {
        let Some(asked) = self.plan.stages.iter().max_by_key(|stage| place_in_life(**stage)) else { return Ok(None) };
        let mut latest: Option<(usize, Triple)> = None;
        for thing in &self.plan.but {
            let by = terms::property(Predicate::Status);
            for quad in self.store.matching(Some(thing.as_ref().into()), Some(by), None) {
                let quad = quad?;
                let told = Status::ALL.into_iter().find(|stage| quad.object == Term::from(terms::status(*stage)));
                let place = told.map(place_in_life);
                if place > latest.as_ref().map(|(place, _)| *place) {
                    latest = place.map(|place| (place, Triple::from(quad)));
                }
            }
        }
        let Some((place, told)) = latest else { return Ok(None) };
        let label = match (place >= place_in_life(*asked), self.lang) {
            (true, Lang::Zh) => "是",
            (true, Lang::En) => "yes",
            (false, Lang::Zh) => "否",
            (false, Lang::En) => "no",
        };
        let evidence = super::quotes(self.store, &[told])?;
        Ok((!evidence.is_empty()).then(|| Answer { label: label.to_owned(), evidence, ..Answer::default() }))
    }
}

/// Where a stage stands in a project's life.
fn place_in_life(stage: Status) -> usize {
    Status::ALL.iter().position(|other| *other == stage).unwrap_or_default()
}

/// The characters of a document at which a marked node stands: `#amount=5,9`.
fn place_of(node: &NamedNode) -> Option<(usize, usize)> {
    let mut numbers = node.as_str().rsplit_once('=')?.1.split(',');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}
