//! What a document says about things, with its own numbers for them, so that it can be said anew when a thing gets another
//! IRI; what it claims about their names; and what its text is known by. A record is kept as text in the bookkeeping.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, Triple};

use super::book;
use super::document::is_owned;
use crate::identity::{Claim, Local, Print};
use crate::rdf::{expand, shorten, terms};

/// The node that stands for a thing of a document until its IRI is known.
const MARK: &str = "thing:";

/// One end of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
enum End {
    /// A node of the document: what follows its IRI.
    Owned(String),
    /// A thing, by its number in the document.
    Thing(usize),
    /// Anything else.
    Other(Term),
}

/// A statement that names a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Line {
    Plain(End, NamedNode, End),
    /// From a piece of evidence to the statement it speaks for.
    Reified(End, (End, NamedNode, End)),
}

/// What follows in the text of a record is a claim, or the print.
const CLAIMED: char = '!';
const PRINTED: char = '?';

/// The statements of a document that name things, the form of each thing, and the claims about forms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Record {
    /// IRIs of the forms of the document's things, in order.
    pub(super) forms: Vec<String>,
    /// Claims by form.
    pub(super) claims: BTreeMap<String, BTreeSet<Claim>>,
    /// What the text is known by.
    pub(super) print: Print,
    lines: Vec<Line>,
}

/// The node that stands for a thing in a document's own statements.
pub(super) fn placeholder(number: usize) -> NamedNode {
    NamedNode::new_unchecked(format!("{MARK}{number}"))
}

fn number(node: &str) -> Option<usize> {
    node.strip_prefix(MARK)?.parse().ok()
}

impl Record {
    /// Parts a document's statements into those that name things, which become a record, and the others. Statements about
    /// things are left out, since their evidence repeats them; so are names.
    pub(super) fn part(quads: Vec<Quad>, local: Local, print: Print, document: NamedNodeRef<'_>) -> (Self, Vec<Quad>) {
        let mut record = Self { forms: local.forms, claims: local.claims, print, lines: Vec::new() };
        let mut others = Vec::with_capacity(quads.len());
        for quad in quads {
            let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
            if number(subject.as_str()).is_some() {
                continue;
            }
            match &quad.object {
                Term::NamedNode(object) if number(object.as_str()).is_some() => {
                    let object = End::of(&quad.object, document);
                    record.lines.push(Line::Plain(End::of(&subject.clone().into(), document), quad.predicate, object));
                }
                Term::Triple(said) if names_thing(said) => {
                    let ends = (
                        End::of(&said.subject.clone().into(), document),
                        said.predicate.clone(),
                        End::of(&said.object, document),
                    );
                    record.lines.push(Line::Reified(End::of(&subject.clone().into(), document), ends));
                }
                _ => others.push(quad),
            }
        }
        (record, others)
    }

    /// The statements with these IRIs for the things.
    pub(super) fn said(&self, document: NamedNodeRef<'_>, graph: &GraphName, things: &[NamedNode]) -> Vec<Quad> {
        let mut quads = Vec::with_capacity(self.lines.len() * 2);
        let node = |end: &End| match end.term(document, things) {
            Some(Term::NamedNode(node)) => Some(node),
            _ => None,
        };
        for line in &self.lines {
            match line {
                Line::Plain(s, p, o) => {
                    if let (Some(s), Some(o)) = (node(s), o.term(document, things)) {
                        quads.push(Quad::new(s, p.clone(), o, graph.clone()));
                    }
                }
                Line::Reified(fact, (s, p, o)) => {
                    let (Some(fact), Some(subject), Some(object)) = (node(fact), node(s), o.term(document, things))
                    else {
                        continue;
                    };
                    let said = Triple::new(subject, p.clone(), object);
                    if matches!(s, End::Thing(_)) {
                        quads.push(said.clone().in_graph(graph.clone()));
                    }
                    quads.push(Quad::new(fact, terms::REIFIES, said, graph.clone()));
                }
            }
        }
        quads
    }

    /// Leaves out everything but the print.
    pub(super) fn shorten(&mut self) {
        (self.forms, self.lines, self.claims) = (Vec::new(), Vec::new(), BTreeMap::new());
    }

    /// Its text.
    pub(super) fn text(&self) -> String {
        let mut text: String = self.forms.iter().map(|form| shorten(form)).collect::<Vec<_>>().join("\t");
        text += &format!("\n{PRINTED}{}", self.print);
        let mut told = BTreeSet::new();
        for (number, form) in self.forms.iter().enumerate().filter(|(_, form)| told.insert(form.as_str())) {
            for claim in self.claims.get(form).into_iter().flatten() {
                text += &format!("\n{CLAIMED}{number}\t{}", book::written(claim));
            }
        }
        for line in &self.lines {
            text.push('\n');
            match line {
                Line::Plain(s, p, o) => text += &[s.text(), shorten(p.as_str()), o.text()].join("\t"),
                Line::Reified(fact, (s, p, o)) => {
                    text += &[fact.text(), s.text(), shorten(p.as_str()), o.text()].join("\t");
                }
            }
        }
        text
    }

    /// Reads its text; what cannot be read is left out.
    pub(super) fn parse(text: &str) -> Self {
        let mut lines = text.split('\n');
        let forms = lines.next().unwrap_or("").split('\t').filter_map(expand).map(NamedNode::into_string).collect();
        let mut record = Self { forms, ..Self::default() };
        for line in lines {
            if let Some(print) = line.strip_prefix(PRINTED) {
                record.print = Print::parse(print);
            } else if let Some(claim) = line.strip_prefix(CLAIMED) {
                record.claim(claim);
            } else {
                record.lines.extend(Line::parse(line));
            }
        }
        record
    }
}

impl Record {
    /// The print in a record's text.
    pub(super) fn print_of(text: &str) -> Print {
        text.split('\n').find_map(|line| line.strip_prefix(PRINTED)).map(Print::parse).unwrap_or_default()
    }

    fn claim(&mut self, line: &str) {
        let Some((number, claim)) = line.split_once('\t') else { return };
        let form = number.parse::<usize>().ok().and_then(|number| self.forms.get(number));
        if let (Some(form), Some(claim)) = (form, book::read(claim)) {
            self.claims.entry(form.clone()).or_default().insert(claim);
        }
    }
}

impl Line {
    fn parse(line: &str) -> Option<Self> {
        let cells: Vec<&str> = line.split('\t').collect();
        Some(match cells[..] {
            [s, p, o] => Self::Plain(End::parse(s)?, expand(p)?, End::parse(o)?),
            [fact, s, p, o] => Self::Reified(End::parse(fact)?, (End::parse(s)?, expand(p)?, End::parse(o)?)),
            _ => return None,
        })
    }
}

fn names_thing(said: &Triple) -> bool {
    let is = |iri: &NamedNode| number(iri.as_str()).is_some();
    let subject = matches!(&said.subject, NamedOrBlankNode::NamedNode(node) if is(node));
    subject || matches!(&said.object, Term::NamedNode(node) if is(node))
}

impl End {
    fn of(term: &Term, document: NamedNodeRef<'_>) -> Self {
        if let Term::NamedNode(node) = term {
            if let Some(number) = number(node.as_str()) {
                return Self::Thing(number);
            }
            if is_owned(node.as_str(), document) {
                return Self::Owned(node.as_str()[document.as_str().len()..].to_owned());
            }
        }
        Self::Other(term.clone())
    }

    fn term(&self, document: NamedNodeRef<'_>, things: &[NamedNode]) -> Option<Term> {
        Some(match self {
            Self::Owned(rest) => NamedNode::new_unchecked(format!("{}{rest}", document.as_str())).into(),
            Self::Thing(number) => things.get(*number)?.clone().into(),
            Self::Other(term) => term.clone(),
        })
    }

    fn text(&self) -> String {
        match self {
            Self::Owned(rest) => format!("={rest}"),
            Self::Thing(number) => format!("@{number}"),
            Self::Other(Term::NamedNode(node)) => shorten(node.as_str()),
            Self::Other(other) => other.to_string(),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        if let Some(rest) = text.strip_prefix('=') {
            return Some(Self::Owned(rest.to_owned()));
        }
        if let Some(number) = text.strip_prefix('@') {
            return Some(Self::Thing(number.parse().ok()?));
        }
        if text.starts_with('"') {
            return Literal::from_str(text).ok().map(|it| Self::Other(it.into()));
        }
        expand(text).map(|it| Self::Other(it.into()))
    }
}
