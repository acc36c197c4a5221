//! Sums, numbers and figures that sentences tell.

use oxigraph::model::{NamedNode, Term};

use super::super::figured::Figure;
use super::super::scene::{Scene, said_in};
use super::super::valued::plain_answer;
use super::super::{Answer, Failure, quotes, text};
use super::home::{homes, said_in_one};
use super::{NEAR, Said, Teller, place_of};
use crate::ask::clue::{clues, has};
use crate::ask::figure;
use crate::ask::sparql;
use crate::model::{EntityKind, Predicate};

/// More sums than these in one sentence do not tell which is meant.
const MOST_SUMS: usize = 2;
const BEFORE: usize = 3;
/// Most characters between the word for a stage and its sum.
const CLOSE_BEHIND: usize = 16;
/// More than any rank by words.
const MUCH: f64 = 10.0;

impl Teller<'_> {
    /// Sums of these kinds: of a thing that the question names, else of a set of so many as it says, else of whatever one
    /// sentence tells them, if they are few.
    pub(super) fn sums(&self, kinds: &[Predicate]) -> Result<Vec<Answer>, Failure> {
        let mut answers: Vec<Answer> = Vec::new();
        for sentence in &self.plan.sentences {
            let stated: Vec<&Said> =
                self.in_sentence(sentence).filter(|said| kinds.iter().any(|by| said.is_by(*by))).collect();
            let stated = self.in_currency(stated);
            let named = |said: &&&Said| said.subject().is_some_and(|node| self.is_named(node));
            let own: Vec<&Said> = stated.iter().filter(named).copied().collect();
            let told = match self.of_phase(sentence, &stated)? {
                Some(one) => vec![one],
                None if own.is_empty() => self.nearest_sums(sentence, stated, kinds)?,
                None => own,
            };
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
        Ok(if self.plan.of_sets { self.added_up(answers) } else { answers })
    }

    /// The sum that stands right behind the stage of which the question speaks: 一期 12 亿元.
    fn of_phase<'s>(&self, sentence: &NamedNode, told: &[&'s Said]) -> Result<Option<&'s Said>, Failure> {
        if self.plan.phase.is_empty() {
            return Ok(None);
        }
        let Some(scene) = Scene::read(self.store, sentence)? else { return Ok(None) };
        let behind = |said: &Said| scene.behind(&self.plan.phase, object_node(said).and_then(place_of)?.0);
        let near = told.iter().filter_map(|said| Some((behind(said)?, *said)));
        Ok(near.filter(|(apart, _)| *apart <= CLOSE_BEHIND).min_by_key(|(apart, _)| *apart).map(|(_, said)| said))
    }

    /// The sum of as many sums as the question says it asks for, or of two.
    fn added_up(&self, answers: Vec<Answer>) -> Vec<Answer> {
        let unit = answers.first().and_then(|answer| answer.unit.clone());
        let alike = answers.iter().all(|answer| answer.unit == unit);
        if answers.len() != self.plan.count.unwrap_or(2) || answers.len() < 2 || !alike {
            return answers;
        }
        let value = answers.iter().filter_map(|answer| answer.value).sum();
        let about = answers.iter().map(|answer| answer.label.as_str()).collect::<Vec<_>>().join(" + ");
        let label = figure::written(value, None, unit.as_deref(), None, self.lang);
        let evidence = answers.iter().flat_map(|answer| answer.evidence.iter().cloned()).collect();
        vec![Answer { label, value: Some(value), unit, about: Some(about), evidence, ..Answer::default() }]
    }

    /// Those sums that are in the currency of the question, where some are.
    fn in_currency<'s>(&self, told: Vec<&'s Said>) -> Vec<&'s Said> {
        let Some(currency) = self.plan.currency else { return told };
        let fits = |said: &&&Said| said.sum.get(2).and_then(Option::as_ref).is_some_and(|code| text(code) == currency);
        let own: Vec<&Said> = told.iter().filter(fits).copied().collect();
        if own.is_empty() { told } else { own }
    }

    /// The best of what sentences tell: of their figures, as far as `weigh` lets them through, which says what is taken off the
    /// rank by how much of the question's words stand in their names and clauses; and of what `more` finds there.
    fn best(
        &self,
        growth: bool,
        more: impl Fn(&NamedNode, Option<&Scene>) -> Result<Vec<(f64, Answer)>, Failure>,
        weigh: impl Fn(&Figure, Option<&Scene>) -> Option<f64>,
    ) -> Result<Option<(f64, Answer)>, Failure> {
        let mut best: Option<(f64, Answer)> = None;
        for sentence in &self.plan.sentences {
            let scene = Scene::read(self.store, sentence)?;
            let mut ranked = more(sentence, scene.as_ref())?;
            for figure in self.figures_in(sentence, growth)? {
                let Some(less) = weigh(&figure, scene.as_ref()) else { continue };
                let near = figure.node().map_or(0.0, |node| self.nearness(node, scene.as_ref()));
                ranked.push((near + self.likeness(&figure.indicator) - less, self.shown(&figure)));
            }
            for (rank, answer) in ranked {
                keep(&mut best, rank, Answer { evidence: self.quote(sentence)?, ..answer });
            }
        }
        Ok(best.filter(|(rank, _)| *rank > 0.0))
    }

    /// How much of the question's words stand in the clause of a marked node.
    fn nearness(&self, node: &NamedNode, scene: Option<&Scene>) -> f64 {
        scene.zip(place_of(node)).map_or(0.0, |(scene, span)| scene.rank(span, &[], &self.plan.words))
    }

    /// The share in whose name and clause most of the question's words stand.
    pub(super) fn share(&self) -> Result<Vec<Answer>, Failure> {
        let weigh = |figure: &Figure, _: Option<&Scene>| {
            let is_share = figure.unit.as_deref() == Some("%") && figure.indicator.contains(['占', '比', '率']);
            (is_share && figure.node().and_then(place_of).is_some()).then_some(0.0)
        };
        Ok(self.best(false, nothing, weigh)?.map(|(_, answer)| answer).into_iter().collect())
    }

    /// The sum of whatever kind in whose clause most of the question's words stand, at least such a share of them, or a
    /// figure in money that fits better.
    pub(super) fn money(&self, least: f64) -> Result<Vec<Answer>, Failure> {
        let all: f64 = self.plan.words.iter().map(|(_, much)| much).sum();
        let sums = |sentence: &NamedNode, scene: Option<&Scene>| {
            let Some(scene) = scene else { return Ok(Vec::new()) };
            let nodes: Vec<NamedNode> =
                self.in_sentence(sentence).filter_map(|said| said.node_of("#amount=")).cloned().collect();
            let spans: Vec<(usize, usize)> = nodes.iter().filter_map(place_of).collect();
            let mut ranked = Vec::new();
            for row in sparql::select(self.store, &sparql::sums_at(&nodes))? {
                let [Some(Term::NamedNode(node)), sum @ ..] = &row[..] else { continue };
                let Some(span) = place_of(node) else { continue };
                let answer = plain_answer(&node.clone().into(), sum, self.lang);
                if self.plan.currency.is_none() || answer.unit.as_deref() == self.plan.currency {
                    ranked.push((scene.rank(span, &spans, &self.plan.words), answer));
                }
            }
            Ok(ranked)
        };
        let weigh = |figure: &Figure, scene: Option<&Scene>| {
            let in_money = figure.unit.as_deref().is_some_and(|unit| unit.len() == 3 && unit.is_ascii());
            (in_money && scene.is_some() && figure.node().and_then(place_of).is_some()).then_some(0.0)
        };
        let best = self.best(false, sums, weigh)?.filter(|(rank, _)| *rank >= all * least);
        Ok(best.map(|(_, answer)| answer).into_iter().collect())
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
        let sets = |sentence: &NamedNode, scene: Option<&Scene>| {
            let groups: Vec<NamedNode> =
                self.in_sentence(sentence).filter_map(|said| said.node_of("#group=")).cloned().collect();
            let mut ranked = Vec::new();
            for row in sparql::select(self.store, &sparql::counts(&groups))? {
                let [Some(Term::NamedNode(group)), Some(count), label] = &row[..] else { continue };
                let Some(value) = figure::decimal(count) else { continue };
                let about = label.as_ref().map(text);
                let rank = self.nearness(group, scene) + self.likeness(about.as_deref().unwrap_or_default());
                let unit = Some("个".to_owned());
                ranked
                    .push((rank, Answer { label: text(count), value: Some(value), unit, about, ..Answer::default() }));
            }
            Ok(ranked)
        };
        let weigh = |figure: &Figure, scene: Option<&Scene>| {
            let counts = figure.unit.as_deref().is_some_and(|unit| unit.chars().count() == 1 && unit != "%");
            // Projects are not counted in 家.
            let of_kind = kind != Some(EntityKind::Project) || figure.unit.as_deref() != Some("家");
            (counts && of_kind).then(|| self.as_added(scene, figure.node().and_then(place_of)))
        };
        Ok(self.best(false, sets, weigh)?.map(|(_, answer)| answer).into_iter().collect())
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
        let homes = homes(self.names, &self.plan.but);
        if !homes.is_empty() && !said_in_one(&homes, &self.quote(sentence)?) {
            figures.retain(|figure| homes.iter().any(|home| home.may_have(self.names, &figure.subject)));
        }
        Ok(figures)
    }

    /// The first figure, or growth, whose own name has one of these; the shortest such name of a sentence.
    pub(super) fn figure_named(&self, names: &[String], growth: bool) -> Result<Vec<Answer>, Failure> {
        for sentence in &self.plan.sentences {
            let mut figures = self.figures_in(sentence, growth)?;
            figures.retain(|figure| {
                let key = crate::ask::key(&figure.indicator);
                names.iter().any(|name| key.contains(name.as_str()) || name.contains(key.as_str()))
            });
            if let Some(figure) = figures.into_iter().min_by_key(|figure| figure.indicator.chars().count()) {
                return Ok(vec![Answer { evidence: self.quote(sentence)?, ..self.shown(&figure) }]);
            }
        }
        Ok(Vec::new())
    }

    /// What is taken off the rank of a number that tells how many were added, where the question does not ask for that,
    /// or of one that tells how many there are in all, where it asks for those added; less than nothing where it asks for all.
    fn as_added(&self, scene: Option<&Scene>, span: Option<(usize, usize)>) -> f64 {
        let before = scene.zip(span).map(|(scene, (from, to))| scene.text((from.saturating_sub(BEFORE), to)));
        let Some(before) = before else { return 0.0 };
        match (has(&clues().added, &before), has(&clues().in_all, &before)) {
            (true, _) if !self.plan.added => MUCH,
            (_, true) if self.plan.added && !self.plan.of_sets => MUCH,
            (_, true) if self.plan.of_sets => -1.0,
            _ => 0.0,
        }
    }

    fn shown(&self, figure: &Figure) -> Answer {
        let about = [figure.period.as_str(), figure.indicator.as_str()].join(" ").trim().to_owned();
        let (label, unit) = (figure.label(self.lang), figure.unit.clone());
        Answer { label, value: Some(figure.value), unit, about: Some(about), ..Answer::default() }
    }

    /// The figure, or growth, in whose name and clause most of the question's words stand.
    pub(super) fn figure(&self, growth: bool) -> Result<Vec<Answer>, Failure> {
        let weigh = |figure: &Figure, scene: Option<&Scene>| {
            let is_share = !growth && figure.unit.as_deref() == Some("%") && figure.indicator.contains('占');
            (!is_share).then(|| self.as_added(scene, figure.node().and_then(place_of)))
        };
        Ok(self.best(growth, nothing, weigh)?.map(|(_, answer)| answer).into_iter().collect())
    }
}

/// What is told beside figures where only they count.
fn nothing(_: &NamedNode, _: Option<&Scene>) -> Result<Vec<(f64, Answer)>, Failure> {
    Ok(Vec::new())
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
