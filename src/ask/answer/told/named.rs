//! Things that sentences name: what is joined to a thing of the question, what stands nearest to its words, what is listed
//! under a counted set.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{NamedNode, NamedOrBlankNode, Term, Triple};

use super::super::gather::{Gathered, merged, thing_answer};
use super::super::scene::{Scene, said_in};
use super::super::{Answer, Failure, text};
use super::sited::PLACES;
use super::{NEAR, Said, Teller, place_of};
use crate::ask::names;
use crate::ask::sparql;
use crate::model::{EntityKind, Predicate};
use crate::rdf::terms;

/// Which share of the question's words the name of a thing must hold to be the one that is meant.
const MEANT: f64 = 0.5;
/// Which share of them the name of an answer must hold for names alone to decide, and which share of that another answer's.
const OWN: f64 = 0.3;
const HALF: f64 = 0.5;

/// A thing with where a sentence names it, in characters of the document.
pub(super) type Named<'s> = (&'s NamedNode, (usize, usize));

impl Teller<'_> {
    /// The things of these kinds that the sentences name; what is listed under a counted set instead, where one is told of;
    /// of as many as the question says, if one sentence has so many.
    pub(super) fn things(&self, kinds: &[EntityKind]) -> Result<Vec<Answer>, Failure> {
        let of_kinds = |node: &NamedNode| names::kind_of(node.as_str()).is_some_and(|kind| kinds.contains(&kind));
        let members = self.members(&of_kinds)?;
        if !members.is_empty() {
            return self.answers(members, kinds);
        }
        let mut ends: BTreeMap<NamedNode, NamedNode> = BTreeMap::new();
        let speak = self.sentences_of_named(kinds)?;
        for (at, sentence) in self.plan.sentences.iter().chain(&self.plan.following).enumerate() {
            if at >= self.plan.sentences.len() && !ends.is_empty() {
                break;
            }
            if !speak.is_empty() && !speak.contains(sentence) {
                continue;
            }
            let said: Vec<&Said> = self.in_sentence(sentence).collect();
            let named: Vec<Named<'_>> = said
                .iter()
                .filter_map(|said| said.subject().zip(said.span))
                .filter(|(node, _)| of_kinds(node) && !self.is_named(node))
                .collect();
            let meant = self.meant(sentence, &said, &of_kinds)?;
            let mut joined: Vec<Named<'_>> = Vec::new();
            for one in &named {
                if self.is_joined(one.0, &meant)? {
                    joined.push(*one);
                }
            }
            // What is joined to a thing that the question names goes before what is only named beside it.
            let things = match self.as_many(sentence, &named)? {
                Some(counted) => counted,
                None if joined.is_empty() => self.nearest(sentence, named)?,
                None => joined,
            };
            let things = if kinds == PLACES { self.sited(sentence, things)? } else { things };
            let things: BTreeSet<&NamedNode> = things.into_iter().map(|(thing, _)| thing).collect();
            let enough = self.plan.count == Some(things.len());
            for thing in things {
                ends.entry(thing.clone()).or_insert_with(|| sentence.clone());
            }
            if enough {
                break;
            }
        }
        if kinds == PLACES && self.lie_apart(ends.keys()) {
            return Ok(Vec::new());
        }
        let one = |thing: &NamedNode| Gathered { things: BTreeSet::from([thing.clone()]), ..Gathered::default() };
        let mut answers = self.answers(ends.keys().map(one).collect(), kinds)?;
        for answer in &mut answers {
            let sentences = ends.iter().filter(|(thing, _)| answer.iri.as_deref() == Some(thing.as_str()));
            for (_, sentence) in sentences {
                answer.evidence = self.quote(sentence)?;
            }
        }
        answers.retain(|answer| !answer.evidence.is_empty());
        Ok(answers)
    }

    /// The things of the one clause that names as many as the question says, if there are more of them in the sentence and two
    /// or more are asked for; of several such clauses that which says most of the question's words.
    fn as_many<'s>(&self, sentence: &NamedNode, named: &[Named<'s>]) -> Result<Option<Vec<Named<'s>>>, Failure> {
        let Some(count) = self.plan.count.filter(|count| *count > 1) else { return Ok(None) };
        let Some(scene) = Scene::read(self.store, sentence)? else { return Ok(None) };
        let mut clauses: BTreeMap<usize, Vec<Named<'s>>> = BTreeMap::new();
        for one in named {
            clauses.entry(scene.clause_of(one.1.0)).or_default().push(*one);
        }
        let distinct = |clause: &Vec<Named<'s>>| clause.iter().map(|(thing, _)| *thing).collect::<BTreeSet<_>>().len();
        let rank = |clause: &Vec<Named<'s>>| scene.rank(clause[0].1, &[], &self.plan.words);
        let fitting = clauses.into_values().filter(|clause| distinct(clause) == count);
        let mut ranked: Vec<(f64, Vec<Named<'s>>)> = fitting.map(|clause| (rank(&clause), clause)).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        Ok(ranked.into_iter().next().map(|(_, clause)| clause))
    }

    /// Of the things that a sentence names those in whose clause, or in whose own name, most of the question's words stand.
    fn nearest<'s>(&self, sentence: &NamedNode, named: Vec<Named<'s>>) -> Result<Vec<Named<'s>>, Failure> {
        let Some(scene) = Scene::read(self.store, sentence)? else { return Ok(named) };
        let spans: Vec<(usize, usize)> = named.iter().map(|(_, span)| *span).collect();
        let ranks: Vec<f64> = spans.iter().map(|span| scene.rank(*span, &spans, &self.plan.words)).collect();
        let best = ranks.iter().copied().fold(0.0, f64::max);
        // What its own name says goes before what stands around it.
        let own: Vec<f64> = spans.iter().map(|span| said_in(&self.plan.words, &[scene.text(*span)])).collect();
        let all: f64 = self.plan.words.iter().map(|(_, much)| much).sum();
        let most = own.iter().copied().fold(0.0, f64::max);
        if most >= all * OWN && all > 0.0 {
            return Ok(named
                .into_iter()
                .zip(own)
                .filter(|(_, own)| *own >= most * HALF)
                .map(|(thing, _)| thing)
                .collect());
        }
        Ok(named.into_iter().zip(ranks).filter(|(_, rank)| *rank >= best * NEAR).map(|(thing, _)| thing).collect())
    }

    fn answers(&self, found: Vec<Gathered>, kinds: &[EntityKind]) -> Result<Vec<Answer>, Failure> {
        let kind = kinds.first().copied();
        merged(self.names, found)
            .into_iter()
            .map(|group| Ok(thing_answer(self.store, self.names, group, kind)?))
            .collect()
    }

    /// The things of other kinds whose own names hold most of the question's words: the project of a question for its investor.
    fn meant<'s>(
        &self,
        sentence: &NamedNode,
        said: &[&'s Said],
        of_kinds: &dyn Fn(&NamedNode) -> bool,
    ) -> Result<Vec<&'s NamedNode>, Failure> {
        let Some(scene) = Scene::read(self.store, sentence)? else { return Ok(Vec::new()) };
        let all: f64 = self.plan.words.iter().map(|(_, much)| much).sum();
        let own = said.iter().filter_map(|said| said.subject().zip(said.span)).filter(|(node, _)| !of_kinds(node));
        let holds = |span| said_in(&self.plan.words, &[scene.text(span)]) >= all * MEANT;
        Ok(own.filter(|(_, span)| all > 0.0 && holds(*span)).map(|(node, _)| node).collect())
    }

    /// True if a statement joins the thing to one that the question names or means.
    fn is_joined(&self, thing: &NamedNode, meant: &[&NamedNode]) -> Result<bool, Failure> {
        let stated = |s: &NamedNode, o: &NamedNode| {
            let object = Term::from(o.clone());
            let found = self.store.matching(Some(s.as_ref().into()), None, Some(object.as_ref())).next();
            found.transpose().map(|quad| quad.is_some())
        };
        for known in self.plan.but.iter().chain(meant.iter().copied()) {
            if stated(thing, known)? || stated(known, thing)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What is listed under the counted sets of the best sentence that has some.
    fn members(&self, of_kinds: &dyn Fn(&NamedNode) -> bool) -> Result<Vec<Gathered>, Failure> {
        for sentence in &self.plan.sentences {
            let mut found = Vec::new();
            let groups: Vec<&NamedNode> =
                self.in_sentence(sentence).filter_map(|said| said.node_of("#group=")).collect();
            let groups = self.of_count(groups)?;
            for group in self.nearest_groups(sentence, groups, of_kinds)? {
                let object = Term::from(group.clone());
                let by = terms::property(Predicate::MemberOf);
                for quad in self.store.matching(None, Some(by), Some(object.as_ref())) {
                    let quad = quad?;
                    let NamedOrBlankNode::NamedNode(member) = &quad.subject else { continue };
                    if of_kinds(member) {
                        let mut one = Gathered::default();
                        one.things.insert(member.clone());
                        one.state(Triple::from(quad));
                        found.push(one);
                    }
                }
            }
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }

    /// Those of the counted sets that have as many as the question says, if any.
    pub(super) fn of_count<'s>(&self, groups: Vec<&'s NamedNode>) -> Result<Vec<&'s NamedNode>, Failure> {
        let Some(count) = self.plan.count else { return Ok(groups) };
        let nodes: Vec<NamedNode> = groups.iter().copied().cloned().collect();
        let mut fitting = Vec::new();
        for row in sparql::select(self.store, &sparql::counts(&nodes))? {
            if let [Some(Term::NamedNode(group)), Some(number), _] = &row[..]
                && text(number) == count.to_string()
            {
                fitting.push(group.clone());
            }
        }
        let own: Vec<&NamedNode> = groups.iter().copied().filter(|group| fitting.contains(group)).collect();
        Ok(if own.is_empty() { groups } else { own })
    }

    /// The counted sets in whose clause as much of the question's words stand as in that of any thing asked for.
    fn nearest_groups<'s>(
        &self,
        sentence: &NamedNode,
        groups: Vec<&'s NamedNode>,
        of_kinds: &dyn Fn(&NamedNode) -> bool,
    ) -> Result<Vec<&'s NamedNode>, Failure> {
        let Some(scene) = Scene::read(self.store, sentence)? else { return Ok(groups) };
        let rank = |span| scene.rank(span, &[], &self.plan.words);
        let things = self.in_sentence(sentence).filter(|said| said.subject().is_some_and(of_kinds));
        let best = things.filter_map(|said| said.span).map(rank).fold(0.0, f64::max);
        let near = |group: &&NamedNode| place_of(group).is_some_and(|span| rank(span) >= best);
        Ok(groups.into_iter().filter(near).collect())
    }
}
