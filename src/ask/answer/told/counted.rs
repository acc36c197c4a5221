//! Sums, numbers and figures that sentences tell.

use oxigraph::model::{NamedNode, Term};

use super::super::figured::Figure;
use super::super::scene::{Scene, said_in};
use super::super::valued::plain_answer;
use super::super::{Answer, Failure, quotes, text};
use super::{NEAR, Said, Teller, place_of};
use crate::ask::figure;
use crate::ask::sparql;
use crate::model::{EntityKind, Predicate};

/// More sums than these in one sentence do not tell which is meant.
const MOST_SUMS: usize = 2;

impl Teller<'_> {
    /// Sums of these kinds: of a thing that the question names, else of a set of so many as it says, else of whatever one
    /// sentence tells them, if they are few.
    pub(super) fn sums(&self, kinds: &[Predicate]) -> Result<Vec<Answer>, Failure> {
        let mut answers: Vec<Answer> = Vec::new();
        for sentence in &self.plan.sentences {
            let stated: Vec<&Said> =
                self.in_sentence(sentence).filter(|said| kinds.iter().any(|by| said.is_by(*by))).collect();
            let named = |said: &&&Said| said.subject().is_some_and(|node| self.is_named(node));
            let own: Vec<&Said> = stated.iter().filter(named).copied().collect();
            let told = if own.is_empty() { self.nearest_sums(sentence, stated, kinds)? } else { own };
            if told.is_empty() || told.len() > MOST_SUMS.max(kinds.len()) {
                continue;
            }
            for said in told {
                let answer = plain_answer(&said.triple.object, &said.sum, self.lang);
                let evidence = quotes(self.store, std::slice::from_ref(&said.triple))?;
                if answer.value.is_some() && !answers.iter().any(|known| known.value == answer.value) {
                    answers.push(Answer { evidence, ..answer });
                }
            }
            break;
        }
        Ok(answers)
    }

    /// For each kind of money the sums of the set that is meant, in whose clause most of the question's words stand.
    fn nearest_sums<'s>(
        &self,
        sentence: &NamedNode,
        stated: Vec<&'s Said>,
        kinds: &[Predicate],
    ) -> Result<Vec<&'s Said>, Failure> {
        let stated = self.of_sets(stated)?;
        let mut nearest = Vec::new();
        for by in kinds {
            let fits = |said: &&Said| said.is_by(*by) && (!self.plan.of_sets || said.is_of_set());
            let own = stated.iter().copied().filter(fits).collect();
            nearest.extend(self.nearest_nodes(sentence, own, object_node)?);
        }
        Ok(nearest)
    }

    /// Those sums that are of a set of so many as the question says, if there are any.
    fn of_sets<'s>(&self, told: Vec<&'s Said>) -> Result<Vec<&'s Said>, Failure> {
        if self.plan.count.is_none() {
            return Ok(told);
        }
        let groups = told.iter().filter_map(|said| said.subject()).filter(|node| node.as_str().contains("#group="));
        let fitting = self.of_count(groups.collect())?;
        let own: Vec<&Said> =
            told.iter().copied().filter(|said| said.subject().is_some_and(|node| fitting.contains(&node))).collect();
        Ok(if own.is_empty() { told } else { own })
    }

    /// Of what is told at marked places those in whose clause most of the question's words stand.
    fn nearest_nodes<'s>(
        &self,
        sentence: &NamedNode,
        told: Vec<&'s Said>,
        node: impl Fn(&Said) -> Option<&NamedNode>,
    ) -> Result<Vec<&'s Said>, Failure> {
        let Some(scene) = Scene::read(self.store, sentence)? else { return Ok(told) };
        let rank =
            |said: &Said| node(said).and_then(place_of).map_or(0.0, |span| scene.rank(span, &[], &self.plan.words));
        let ranks: Vec<f64> = told.iter().map(|said| rank(said)).collect();
        let best = ranks.iter().copied().fold(0.0, f64::max);
        Ok(told.into_iter().zip(ranks).filter(|(_, rank)| *rank >= best * NEAR).map(|(said, _)| said).collect())
    }

    /// How much of the question's own words a text has.
    fn likeness(&self, label: &str) -> f64 {
        let label = crate::ask::key(label);
        said_in(&self.plan.words, &[label])
    }

    /// The number of that counted set, or that figure in a measure word, whose words are most like the question's.
    pub(super) fn number(&self, kind: Option<EntityKind>) -> Result<Vec<Answer>, Failure> {
        let mut best: Option<(f64, Answer)> = None;
        for sentence in &self.plan.sentences {
            let scene = Scene::read(self.store, sentence)?;
            let near = |node: &NamedNode| {
                scene.as_ref().zip(place_of(node)).map_or(0.0, |(scene, span)| scene.rank(span, &[], &self.plan.words))
            };
            let groups: Vec<NamedNode> =
                self.in_sentence(sentence).filter_map(|said| said.node_of("#group=")).cloned().collect();
            for row in sparql::select(self.store, &sparql::counts(&groups))? {
                let [Some(Term::NamedNode(group)), Some(count), label] = &row[..] else { continue };
                let Some(value) = figure::decimal(count) else { continue };
                let about = label.as_ref().map(text);
                let rank = near(group) + self.likeness(about.as_deref().unwrap_or_default());
                let unit = Some("个".to_owned());
                let answer = Answer { label: text(count), value: Some(value), unit, about, ..Answer::default() };
                keep(&mut best, rank, Answer { evidence: self.quote(sentence)?, ..answer });
            }
            for figure in self.figures_in(sentence, false)? {
                let counts = figure.unit.as_deref().is_some_and(|unit| unit.chars().count() == 1 && unit != "%");
                // Projects are not counted in 家.
                let of_kind = kind != Some(EntityKind::Project) || figure.unit.as_deref() != Some("家");
                if counts && of_kind {
                    let rank = figure.node().map_or(0.0, near) + self.likeness(&figure.indicator);
                    keep(&mut best, rank, Answer { evidence: self.quote(sentence)?, ..self.shown(&figure) });
                }
            }
        }
        Ok(best.filter(|(rank, _)| *rank > 0.0).map(|(_, answer)| answer).into_iter().collect())
    }

    fn figures_in(&self, sentence: &NamedNode, growth: bool) -> Result<Vec<Figure>, Failure> {
        let nodes: Vec<NamedNode> =
            self.in_sentence(sentence).filter_map(|said| said.node_of("#observation=")).cloned().collect();
        let table = sparql::select(self.store, &sparql::figures_at(&nodes))?;
        let fits = |figure: &Figure| {
            let wish = self.plan.period.filter(|_| !figure.period.is_empty());
            wish.is_none_or(|wish| wish.fit(&figure.period).is_some())
        };
        let mut figures: Vec<Figure> = table.iter().filter_map(|row| Figure::read(growth, row)).filter(fits).collect();
        figures.retain(|figure| !growth || figure.unit.as_deref() == Some("%"));
        Ok(figures)
    }

    fn shown(&self, figure: &Figure) -> Answer {
        let about = [figure.period.as_str(), figure.indicator.as_str()].join(" ").trim().to_owned();
        let (label, unit) = (figure.label(self.lang), figure.unit.clone());
        Answer { label, value: Some(figure.value), unit, about: Some(about), ..Answer::default() }
    }

    /// The figure, or growth, in whose name and clause most of the question's words stand.
    pub(super) fn figure(&self, growth: bool) -> Result<Vec<Answer>, Failure> {
        let mut best: Option<(f64, Answer)> = None;
        for sentence in &self.plan.sentences {
            let scene = Scene::read(self.store, sentence)?;
            for figure in self.figures_in(sentence, growth)? {
                let span = figure.node().and_then(place_of);
                let near =
                    scene.as_ref().zip(span).map_or(0.0, |(scene, span)| scene.rank(span, &[], &self.plan.words));
                let rank = self.likeness(&figure.indicator) + near;
                keep(&mut best, rank, Answer { evidence: self.quote(sentence)?, ..self.shown(&figure) });
            }
        }
        Ok(best.filter(|(rank, _)| *rank > 0.0).map(|(_, answer)| answer).into_iter().collect())
    }
}

/// Keeps an answer that ranks higher than the one before.
fn keep(best: &mut Option<(f64, Answer)>, rank: f64, answer: Answer) {
    if best.as_ref().is_none_or(|(most, _)| rank > *most) {
        *best = Some((rank, answer));
    }
}

fn object_node(said: &Said) -> Option<&NamedNode> {
    if let Term::NamedNode(node) = &said.triple.object { Some(node) } else { None }
}
