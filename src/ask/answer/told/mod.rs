//! What sentences tell that say what the question says.

mod counted;
mod named;

use std::collections::BTreeSet;

use oxigraph::model::{NamedNode, NamedOrBlankNode, Term, Triple};

use super::{Answer, Answers, Failure, text};
use crate::ask::evidence::{self, Quote};
use crate::ask::names::Names;
use crate::ask::passage::Wanted;
use crate::ask::plan::PassagePlan;
use crate::ask::sparql;
use crate::message::Lang;
use crate::model::Predicate;
use crate::rdf::terms;
use crate::store::Store;

/// What is in the clause of a thing must say this share of what the best clause of the sentence says.
const NEAR: f64 = 0.7;
/// Words by which a sentence denies what the question asks.
const DENIALS: [&str; 6] = ["尚未", "还未", "未能", "没有", "暂未", "不再"];

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

impl Teller<'_> {
    fn tell(&self, wanted: &Wanted) -> Result<Vec<Answer>, Failure> {
        match wanted {
            Wanted::Things(kinds) => self.things(kinds),
            Wanted::Titles => self.titles(),
            Wanted::Sums(kinds) => self.sums(kinds),
            Wanted::Number(kind) => self.number(*kind),
            Wanted::Figure => self.figure(false),
            Wanted::Growth => self.figure(true),
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

    /// 是 with the best sentence, unless that denies it.
    fn whether(&self) -> Result<Vec<Answer>, Failure> {
        let Some(sentence) = self.plan.sentences.first() else { return Ok(Vec::new()) };
        let evidence = self.quote(sentence)?;
        let denied = evidence.iter().any(|quote| DENIALS.iter().any(|word| quote.quote.contains(word)));
        let label = if self.lang == Lang::Zh { "是" } else { "yes" }.to_owned();
        Ok(if denied { Vec::new() } else { vec![Answer { label, evidence, ..Answer::default() }] })
    }
}

/// The characters of a document at which a marked node stands: `#amount=5,9`.
fn place_of(node: &NamedNode) -> Option<(usize, usize)> {
    let mut numbers = node.as_str().rsplit_once('=')?.1.split(',');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}
