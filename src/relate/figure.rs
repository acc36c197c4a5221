//! Which proposed figures a text states, what each is about and which time it speaks of: four learned judges.

use std::collections::BTreeMap;

use super::observation::{Candidate, Proposals, Shape};
use super::scene::Scene;
use super::subject::subject_options;
use crate::extract::FindKind;
use crate::learn::{Forest, LinearModel};
use crate::model::{CleanSpan, EntityKind};

/// The judges of figures.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FigureJudges {
    /// Hears words.
    pub words: LinearModel,
    /// Sees numbers, the first judge's among them; its threshold decides.
    pub standing: Forest,
    /// Prefers one thing as what a figure is about.
    pub subject: Forest,
    /// Prefers one time as the figure's.
    pub time: Forest,
}

/// A figure that was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedFigure {
    /// What is told; its period is the one preferred.
    pub candidate: Candidate,
    /// Index of the cluster that it is about.
    pub subject: Option<usize>,
    /// Log-odds that it is told, in units of 1/1024.
    pub score: i32,
}

/// The figures that the judges accept, one for each number; growth may be told of several phrases at once.
pub fn judge_figures(scene: &Scene<'_>, proposals: &Proposals<'_>, judges: &FigureJudges) -> Vec<JudgedFigure> {
    let first: Vec<i32> =
        proposals.candidates.iter().map(|candidate| judges.words.score(candidate.features.hashes())).collect();
    let standing = Standing::new(scene, proposals, &first);
    let threshold = judges.standing.threshold();
    let score = |at: usize| judges.standing.score_from(threshold, &standing.numbers(at));
    let accepted: Vec<(i32, usize)> = (0..first.len()).filter_map(|at| Some((score(at)?, at))).collect();
    let mut best: BTreeMap<CleanSpan, i32> = BTreeMap::new();
    let candidate = |at: usize| &proposals.candidates[at];
    for (score, at) in accepted.iter().filter(|(_, at)| candidate(*at).shape != Shape::Growth) {
        let slot = best.entry(candidate(*at).anchor).or_insert(*score);
        *slot = (*slot).max(*score);
    }
    let keeps = |(score, at): &(i32, usize)| {
        candidate(*at).shape == Shape::Growth || best.get(&candidate(*at).anchor) == Some(score)
    };
    accepted
        .into_iter()
        .filter(keeps)
        .map(|(score, at)| {
            let subject = preferred(&judges.subject, subject_options(scene, candidate(at)), |option| &option.numbers);
            let time = preferred(&judges.time, proposals.times(candidate(at)), |option| &option.numbers);
            let mut candidate = candidate(at).clone();
            candidate.period = time.map_or(candidate.period, |time| time.period);
            JudgedFigure { candidate, subject: subject.map(|option| option.cluster), score }
        })
        .collect()
}

/// The option of the highest score, the first of equals.
fn preferred<T>(judge: &Forest, options: Vec<T>, numbers: impl Fn(&T) -> &Vec<i32>) -> Option<T> {
    let mut best: Option<(i32, T)> = None;
    for option in options {
        let least = best.as_ref().map_or(i32::MIN, |(known, _)| known.saturating_add(1));
        if let Some(score) = judge.score_from(least, numbers(&option)) {
            best = Some((score, option));
        }
    }
    best.map(|(_, option)| option)
}

/// The number of what does not apply.
const NONE: i32 = -1;
/// The score of what is not there.
const NO_SCORE: i32 = -20_000;

/// How many items on either side of a value are looked at.
const NEAR: usize = 24;

/// How candidates stand among each other and among names.
#[derive(Debug)]
pub struct Standing<'a> {
    scene: &'a Scene<'a>,
    proposals: &'a Proposals<'a>,
    scores: &'a [i32],
    /// For each candidate the index of its sentence.
    sentences: Vec<usize>,
    /// For each sentence with candidates: how many, how many likely, and the sum of their scores.
    of_sentence: BTreeMap<usize, (i32, i32, i64)>,
    /// How many candidates share a number, and the best two scores among them.
    of_anchor: BTreeMap<CleanSpan, (i32, [i32; 2])>,
    likely: i32,
    mean: i32,
}

impl<'a> Standing<'a> {
    /// Looks at all candidates of a text; `scores` are the first judge's, in units of 1/1024 of log-odds.
    pub fn new(scene: &'a Scene<'a>, proposals: &'a Proposals<'a>, scores: &'a [i32]) -> Self {
        let place = |c: &Candidate| scene.sentences.partition_point(|s| s.start <= c.anchor.start).saturating_sub(1);
        let sentences: Vec<usize> = proposals.candidates.iter().map(place).collect();
        let mut of_sentence: BTreeMap<usize, (i32, i32, i64)> = BTreeMap::new();
        let mut of_anchor: BTreeMap<CleanSpan, (i32, [i32; 2])> = BTreeMap::new();
        for ((candidate, score), sentence) in proposals.candidates.iter().zip(scores).zip(&sentences) {
            let row = of_sentence.entry(*sentence).or_default();
            *row = (row.0 + 1, row.1 + i32::from(*score > 0), row.2 + i64::from(*score));
            let (count, best) = of_anchor.entry(candidate.anchor).or_insert((0, [NO_SCORE; 2]));
            *count += 1;
            if *score > best[0] {
                *best = [*score, best[0]];
            } else {
                best[1] = best[1].max(*score);
            }
        }
        let likely = scores.iter().filter(|score| **score > 0).count() as i32;
        let mean = scores.iter().map(|s| i64::from(*s)).sum::<i64>() / scores.len().max(1) as i64;
        Self { scene, proposals, scores, sentences, of_sentence, of_anchor, likely, mean: mean as i32 }
    }

    /// One candidate in whole numbers, in a fixed order.
    pub fn numbers(&self, at: usize) -> Vec<i32> {
        let scene = self.scene;
        let candidate = &self.proposals.candidates[at];
        let own = self.scores[at];
        let beside = |at: Option<usize>| at.and_then(|at| self.scores.get(at)).copied().unwrap_or(NO_SCORE);
        let same = |other: usize| {
            let other = self.proposals.candidates.get(other);
            other.map_or(NONE, |other| i32::from(other.anchor == candidate.anchor))
        };
        let (rivals, best) = self.of_anchor[&candidate.anchor];
        let rival = if own == best[0] { best[1] } else { best[0] };
        let (count, likely, sum) = self.of_sentence[&self.sentences[at]];
        let sentence = scene.sentences.get(self.sentences[at]).copied().unwrap_or(candidate.anchor);
        let (start, end) = (candidate.anchor.start, candidate.anchor.end);
        let mut out = vec![
            own,
            own - rival,
            rivals,
            beside(at.checked_sub(1)),
            beside(Some(at + 1)),
            at.checked_sub(1).map_or(NONE, same),
            same(at + 1),
            count,
            likely,
            (sum / i64::from(count.max(1))) as i32,
            self.likely,
            self.mean,
            self.scores.len() as i32,
            start as i32 - sentence.start as i32,
            sentence.end as i32 - end as i32,
            start as i32 - candidate.span.start as i32,
            candidate.span.len() as i32,
            scene.surface.chars.len() as i32,
            start as i32,
            self.invested(candidate),
        ];
        out.extend(self.proposals.numbers(candidate));
        let section = scene.sections.partition_point(|s| s.span.start <= start).saturating_sub(1);
        out.push(scene.sections.get(section).map_or(NONE, |section| i32::from(section.heading)));
        out.extend(EntityKind::ALL.iter().map(|kind| scene.count(*kind) as i32));
        out.extend(self.names_around(self.sentences[at], candidate));
        out
    }

    /// Whether the value is an investment, where it is money.
    fn invested(&self, candidate: &Candidate) -> i32 {
        let found = self.scene.money.binary_search_by_key(&candidate.anchor.start, |sum| sum.span.start);
        found.map_or(NONE, |at| i32::from(self.scene.money[at].investment))
    }

    /// For every kind of name how many stand near the value in its sentence, how far the last before and the first behind
    /// are, and how many the figure's words hold.
    fn names_around(&self, sentence: usize, candidate: &Candidate) -> Vec<i32> {
        let mut rows = vec![[0, NONE, NONE, 0]; FindKind::ALL.len()];
        let items = &self.scene.items;
        let here = items.partition_point(|item| item.span.start < candidate.anchor.start);
        let near = &items[here.saturating_sub(NEAR)..(here + NEAR).min(items.len())];
        for item in near.iter().filter(|item| item.sentence == sentence) {
            let Some(row) = rows.get_mut(self.scene.name_index(item)) else { continue };
            row[0] += 1;
            if item.span.end <= candidate.anchor.start {
                row[1] = (candidate.anchor.start - item.span.end) as i32;
            } else if item.span.start >= candidate.anchor.end && row[2] == NONE {
                row[2] = (item.span.start - candidate.anchor.end) as i32;
            }
            row[3] += i32::from(candidate.indicator.iter().any(|part| part.overlaps(item.span)));
        }
        rows.into_iter().flatten().collect()
    }
}
