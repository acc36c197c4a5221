//! Which of the things that names stand for are things at all: two judges a kind, as for relations. The first hears
//! what the name and the words beside it say, the second looks in whole numbers at how the document names the thing.

use std::collections::BTreeMap;

use super::numbers::end_numbers;
use super::scene::{Item, Scene};
use crate::extract::{Find, FindKind};
use crate::learn::{FeatureSet, Forest, LinearModel, mix, name, text_number};
use crate::model::{CleanSpan, EntityKind};

/// The two judges of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ThingJudge {
    /// Hears words.
    pub words: LinearModel,
    /// Sees numbers, the first judge's among them; its threshold decides.
    pub standing: Forest,
}

/// A pair of judges for each kind.
pub type ThingJudges = BTreeMap<EntityKind, ThingJudge>;

/// The number of what does not apply.
const NONE: i32 = -1;

/// For each cluster of a scene how far its score lies above the threshold of its kind, in units of 1/1024 of log-odds, -1
/// for any that lies below; nothing is refused where there is no judge.
pub fn thing_margins(scene: &Scene<'_>, judges: &ThingJudges) -> Vec<i32> {
    let things = Things::new(scene);
    let words = |(at, cluster): (usize, &crate::resolve::Cluster)| {
        judges.get(&cluster.kind).map_or(0, |judge| judge.words.score(things.word_features(at).hashes()))
    };
    let scores: Vec<i32> = scene.clusters.iter().enumerate().map(words).collect();
    let margin = |(at, cluster): (usize, &crate::resolve::Cluster)| {
        let judge = judges.get(&cluster.kind);
        judge.map_or(0, |judge| {
            let threshold = judge.standing.threshold();
            let score = judge.standing.score_from(threshold, &things.numbers(at, &scores));
            score.map_or(-1, |score| score - threshold)
        })
    };
    scene.clusters.iter().enumerate().map(margin).collect()
}

/// The things of a scene by their surest names.
pub struct Things<'a> {
    scene: &'a Scene<'a>,
    /// For each cluster the surest whole place of its names, or failing that the surest of all; the first of equals.
    best: Vec<usize>,
}

impl<'a> Things<'a> {
    /// Looks for the surest names.
    pub fn new(scene: &'a Scene<'a>) -> Self {
        let order = |find: &&usize| {
            let it = &scene.finds[**find];
            (it.within.is_none(), it.confidence, std::cmp::Reverse(**find))
        };
        let best = |cluster: &crate::resolve::Cluster| cluster.finds.iter().max_by_key(order).copied().unwrap_or(0);
        Self { scene, best: scene.clusters.iter().map(best).collect() }
    }

    fn best_find(&self, cluster: usize) -> &'a Find {
        &self.scene.finds[self.best[cluster]]
    }

    /// The surest name of a cluster.
    fn name(&self, cluster: usize) -> &'a [char] {
        &self.scene.surface.chars[self.best_find(cluster).span.range()]
    }

    /// What the surest name of a cluster and the words beside it say.
    pub fn word_features(&self, cluster: usize) -> FeatureSet {
        let scene = self.scene;
        let kind = scene.clusters[cluster].kind;
        let mut out = FeatureSet::seeded(mix(name("thing"), name(kind.name())));
        let find = self.best_find(cluster);
        let chars = scene.surface.chars;
        let text = &chars[find.span.range()];
        for length in 1..=4.min(text.len()) {
            out.put(const { name("ending") }, text_number(&text[text.len() - length..]));
        }
        for length in 1..=3.min(text.len()) {
            out.put(const { name("beginning") }, text_number(&text[..length]));
        }
        let (start, end) = (find.span.start as usize, find.span.end as usize);
        let around = [start.saturating_sub(2)..start, end..(end + 2).min(chars.len())];
        for (side, range) in around.into_iter().enumerate() {
            out.put(mix(const { name("beside") }, side as u64), text_number(&chars[range]));
        }
        let near = |position: usize, offset: isize| scene.surface.word_near(position, offset);
        let mut tags = 0;
        let mut at = start;
        while at < end {
            let Some(word) = near(at, 0) else { break };
            out.put(const { name("word") }, word.text_number);
            tags = mix(tags, word.tag_number);
            at = (word.span.end as usize).max(at + 1);
        }
        out.put(const { name("tags") }, tags);
        for (side, word) in [near(start, -1), near(end.saturating_sub(1), 1)].into_iter().enumerate() {
            out.put(mix(const { name("word beside") }, side as u64), word.map_or(0, |w| w.text_number));
            out.put(mix(const { name("tag beside") }, side as u64), word.map_or(0, |w| w.tag_number));
        }
        out
    }

    /// How a cluster is named, in a fixed order. `scores` are the first judge's, of every cluster of the scene.
    pub fn numbers(&self, cluster: usize, scores: &[i32]) -> Vec<i32> {
        let scene = self.scene;
        let this = &scene.clusters[cluster];
        let finds: Vec<&Find> = this.finds.iter().map(|find| &scene.finds[*find]).collect();
        let best = self.best_find(cluster);
        let count = |holds: &dyn Fn(&Find) -> bool| finds.iter().filter(|find| holds(find)).count() as i32;
        let sum: i32 = finds.iter().map(|find| i32::from(find.confidence)).sum();
        let heading = |find: &usize| scene.sections[scene.items[scene.item_of_find[*find]].block].heading;
        let mut out = vec![
            scores[cluster],
            count(&|find| find.within.is_none()),
            count(&|find| matches!(find.rule, "tagger/outer" | "tagger/inner")),
            count(&|find| find.rule.starts_with("tagger/faint")),
            finds.iter().map(|find| i32::from(find.confidence)).max().unwrap_or(NONE),
            sum / finds.len().max(1) as i32,
            i32::from(finds[0].confidence),
            this.finds.iter().filter(|find| heading(find)).count() as i32,
            i32::from(best.rule.starts_with("tagger/inner")),
        ];
        out.extend(name_numbers(scene, best.span));
        out.extend(self.company_numbers(cluster, scores));
        let item = |find: usize| -> &Item { &scene.items[scene.item_of_find[find]] };
        out.extend(end_numbers(scene, item(self.best[cluster])));
        out.extend(end_numbers(scene, item(this.finds[0])));
        out.extend(EntityKind::ALL.iter().map(|kind| scene.count(*kind) as i32));
        out.extend([scene.money.len() as i32, scene.groups.len() as i32, scene.surface.chars.len() as i32]);
        out
    }

    /// How a thing stands among the others of the document.
    fn company_numbers(&self, cluster: usize, scores: &[i32]) -> [i32; 8] {
        let scene = self.scene;
        let this = &scene.clusters[cluster];
        let name = self.name(cluster);
        let same: Vec<usize> = (0..scene.clusters.len())
            .filter(|other| *other != cluster && scene.clusters[*other].kind == this.kind)
            .collect();
        let name_of = |other: usize| self.name(other);
        let holds = |long: &[char], short: &[char]| {
            short.len() < long.len() && long.windows(short.len().max(1)).any(|window| window == short)
        };
        let scored: Vec<i32> = same.iter().map(|other| scores[*other]).collect();
        let mean = scored.iter().map(|score| i64::from(*score)).sum::<i64>() / (scored.len().max(1) as i64);
        let equal = (0..scene.clusters.len()).filter(|other| *other != cluster && name_of(*other) == name);
        [
            same.iter().filter(|other| holds(name_of(**other), name)).count() as i32,
            same.iter().filter(|other| holds(name, name_of(**other))).count() as i32,
            equal.clone().count() as i32,
            equal.map(|other| FindKind::Entity(scene.clusters[other].kind).index() as i32).next().unwrap_or(NONE),
            mean as i32,
            scored.iter().filter(|score| **score > scores[cluster]).count() as i32,
            same.len() as i32,
            scene.seats[cluster].own.len() as i32,
        ]
    }
}

/// What a name is made of: length, scripts, marks around it, lexicon classes that begin or end with it.
fn name_numbers(scene: &Scene<'_>, span: CleanSpan) -> Vec<i32> {
    let (start, end) = (span.start as usize, span.end as usize);
    let text = &scene.surface.chars[span.range()];
    let has = |holds: &dyn Fn(char) -> bool| text.iter().filter(|c| holds(**c)).count() as i32;
    let left = scene.surface.char_at(start as isize - 1);
    let right = scene.surface.char_at(end as isize);
    let words = text.len().min(scene.surface.word_at.len());
    let words = (start..start + words)
        .filter(|at| scene.surface.word_at.get(*at) != scene.surface.word_at.get(at.wrapping_sub(1)));
    let mut out = vec![
        has(&|c| c.is_ascii_digit()),
        has(&|c| c.is_ascii_alphabetic()),
        has(&|c| matches!(c, '“' | '”' | '"')),
        i32::from(matches!(left, '“' | '"') && matches!(right, '”' | '"')),
        i32::from(left == '《'),
        i32::from(left == '、' || right == '、'),
        words.count() as i32,
    ];
    let begins = scene.surface.classes_at(start)[0];
    let ends = scene.surface.classes_at(end.saturating_sub(1))[2];
    let goes_on = scene.surface.classes_at(start)[1] | scene.surface.classes_at(end.saturating_sub(1))[1];
    out.extend((0..CLASSES).map(|bit| (begins >> bit & 1) as i32 + 2 * (ends >> bit & 1) as i32));
    out.push((goes_on.count_ones()) as i32);
    out
}

/// Classes of the lexicon that names begin or end with, by their bits: places, names, heads.
const CLASSES: u32 = 28;
