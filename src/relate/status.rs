//! Features of a project's stage: the verbs of stages in its clause, sentence, list and headline.

use super::ends::words_in;
use super::pair::relation_seed;
use super::scene::{Item, ItemKind, Scene};
use crate::learn::{FeatureSet, mix, name, text_number};
use crate::lexicon::Class;
use crate::model::Status;

/// A verb of a stage in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageVerb {
    /// Its first character.
    pub start: usize,
    /// The stage it tells; [`Status::Planned`] where a word of the future stands before it.
    pub status: Status,
}

const CLASSES: [(Class, Status); 6] = [
    (Class::StatusPlanned, Status::Planned),
    (Class::StatusSigned, Status::Signed),
    (Class::StatusStarted, Status::Started),
    (Class::StatusUnderConstruction, Status::UnderConstruction),
    (Class::StatusCompleted, Status::Completed),
    (Class::StatusOperating, Status::Operating),
];

/// How far before a verb a word of the future makes it one of intention, in characters.
const GUARD_REACH: usize = 8;

/// The verbs of stages in a text, in order.
pub fn stage_verbs(scene: &Scene<'_>) -> Vec<StageVerb> {
    let mut verbs = Vec::new();
    let mut guard: Option<usize> = None;
    for at in 0..scene.surface.chars.len() {
        let [begins, ..] = scene.surface.classes_at(at);
        if stop(scene.surface.chars[at]) {
            guard = None;
        }
        if begins & Class::FutureGuard.bit() != 0 {
            guard = Some(at);
        }
        for (class, status) in CLASSES.iter().filter(|(class, _)| begins & class.bit() != 0) {
            let intended = guard.is_some_and(|g| at - g <= GUARD_REACH) && *class != Class::StatusSigned;
            verbs.push(StageVerb { start: at, status: if intended { Status::Planned } else { *status } });
        }
    }
    verbs
}

fn stop(c: char) -> bool {
    matches!(c, ',' | ';' | '。' | ':' | '!' | '?' | '\n')
}

/// What a project's mentions tell of its stage, before any one stage is asked for.
#[derive(Debug, Default)]
pub struct StageTelling {
    single: Vec<(u64, Option<Status>)>,
    several: Vec<(u64, Vec<Status>)>,
    own: Vec<(u64, u64)>,
}

/// Looks at the places of a project, of which the first four count; `verbs` from [`stage_verbs`].
pub fn stage_telling(scene: &Scene<'_>, verbs: &[StageVerb], mentions: &[usize]) -> StageTelling {
    let mut told = StageTelling::default();
    for (nth, mention) in mentions.iter().take(4).enumerate() {
        mention_features(scene, verbs, &mut told, &scene.items[*mention], u64::from(nth > 0));
    }
    for section in scene.sections.iter().filter(|s| s.heading).take(3) {
        told.several.push((const { name("title") }, within(verbs, section.span.range())));
    }
    told.several.push((const { name("lead") }, within(verbs, 0..scene.lead())));
    let count = |status: Status| verbs.iter().filter(|v| v.status == status).count();
    let most = Status::ALL.into_iter().max_by_key(|status| count(*status));
    told.single.push((const { name("most") }, most.filter(|_| !verbs.is_empty())));
    told
}

/// Features for one status: some shared by all statuses ("the same", "an earlier one"), some of this status alone.
pub fn status_features(told: &StageTelling, status: Status) -> FeatureSet {
    let mut out = FeatureSet::seeded(relation_seed("status"));
    out.put(const { name("prior") }, status as u64);
    for (name, stage) in &told.single {
        single(&mut out, status, *name, *stage);
    }
    for (name, stages) in &told.several {
        out.put(mix(*name, 1), u64::from(stages.contains(&status)));
        single(&mut out, status, mix(*name, 2), stages.last().copied());
        single(&mut out, status, mix(*name, 3), stages.iter().max().copied());
        for stage in stages {
            own(&mut out, status, *name, *stage as u64);
        }
    }
    for (name, value) in &told.own {
        own(&mut out, status, *name, *value);
    }
    out
}

/// How many numbers tell of a stage.
pub const STAGE_NUMBERS: usize = 1 + FIRST_SINGLE + 1 + 3 * (FIRST_SEVERAL + 1);
/// What one mention tells singly, and severally.
const FIRST_SINGLE: usize = 4;
const FIRST_SEVERAL: usize = 7;

/// What the first place of a project and the text as a whole tell for one status, in numbers.
pub fn stage_numbers(told: &StageTelling, status: Status) -> [i32; STAGE_NUMBERS] {
    let mut out = [0; STAGE_NUMBERS];
    let mut slots = out.iter_mut();
    let mut put = |value: u64| {
        if let Some(slot) = slots.next() {
            *slot = value as i32;
        }
    };
    put(status as u64);
    let single = told.single.iter().take(FIRST_SINGLE).chain(told.single.last());
    single.for_each(|(_, stage)| put(compared(status, *stage)));
    for (_, stages) in told.several.iter().take(FIRST_SEVERAL).chain(told.several.last()) {
        put(u64::from(stages.contains(&status)));
        put(compared(status, stages.last().copied()));
        put(compared(status, stages.iter().max().copied()));
    }
    out
}

/// 0 where nothing is told, 1 the same, 2 a later stage, 3 an earlier one.
fn compared(status: Status, told: Option<Status>) -> u64 {
    match told {
        None => 0,
        Some(told) if told == status => 1,
        Some(told) if told > status => 2,
        Some(_) => 3,
    }
}

fn single(out: &mut FeatureSet, status: Status, name: u64, told: Option<Status>) {
    out.put(name, compared(status, told));
    own(out, status, name, told.map_or(9, |told| told as u64));
}

fn own(out: &mut FeatureSet, status: Status, name: u64, value: u64) {
    out.put(mix(name, 10 + status as u64), value);
}

fn within(verbs: &[StageVerb], range: std::ops::Range<usize>) -> Vec<Status> {
    verbs_within(verbs, range).map(|v| v.status).collect()
}

fn verbs_within(verbs: &[StageVerb], range: std::ops::Range<usize>) -> impl Iterator<Item = &StageVerb> {
    let from = verbs.partition_point(|v| v.start < range.start);
    verbs[from..].iter().take_while(move |v| v.start < range.end)
}

/// How far before and behind a counted set its verb is looked for, in characters.
const GROUP_REACH: (usize, usize) = (10, 6);

fn mention_features(scene: &Scene<'_>, verbs: &[StageVerb], told: &mut StageTelling, item: &Item, nth: u64) {
    let (start, end) = (item.span.start as usize, item.span.end as usize);
    let chars = scene.surface.chars;
    let sentence = scene.sentences.get(item.sentence).copied().unwrap_or(item.span).range();
    let (low, high) = (sentence.start.min(start), sentence.end.max(end).min(chars.len()));
    let clause_start = (low..start).rev().find(|at| stop(chars[*at])).unwrap_or(low);
    let clause_end = (end..high).find(|at| stop(chars[*at])).unwrap_or(high);
    let outside = |range: std::ops::Range<usize>| -> Vec<Status> {
        let kept = verbs_within(verbs, range).filter(|v| v.start < start || v.start >= end);
        kept.map(|v| v.status).collect()
    };
    let (before, after) = (outside(low..start), outside(end..high));
    let section = scene.sections.get(item.block).map_or(low..high, |s| s.span.range());
    let heading = scene.sections[..item.block.min(scene.sections.len())].iter().rev().find(|s| s.heading);
    let group = scene.items_of_sentence(item.sentence).filter(|(_, i)| matches!(i.kind, ItemKind::Group(_)));
    let group = group.filter(|(_, g)| g.span.start <= item.span.start).last();
    let group = group.map_or(Vec::new(), |(_, g)| {
        let start = (g.span.start as usize).saturating_sub(GROUP_REACH.0);
        within(verbs, start..g.span.end as usize + GROUP_REACH.1)
    });
    let mut single = |name: u64, stage: Option<Status>| told.single.push((mix(name, nth), stage));
    single(const { name("inside") }, within(verbs, start..end).last().copied());
    single(const { name("nearest left") }, before.last().copied());
    single(const { name("nearest right") }, after.first().copied());
    let before_block = within(verbs, section.start..low.max(section.start));
    single(const { name("block before") }, before_block.last().copied());
    let mut several = |name: u64, stages: Vec<Status>| told.several.push((mix(name, nth), stages));
    several(const { name("clause left") }, outside(clause_start..start));
    several(const { name("clause right") }, outside(end..clause_end));
    several(const { name("sentence") }, outside(low..high));
    let previous = item.sentence.checked_sub(1).map(|at| scene.sentences[at].range());
    several(const { name("previous") }, previous.map_or(Vec::new(), |range| within(verbs, range)));
    several(const { name("block") }, within(verbs, section));
    several(const { name("heading") }, heading.map_or(Vec::new(), |s| within(verbs, s.span.range())));
    several(const { name("group") }, group);
    for (side, range) in [(0, clause_start..start), (1, end..clause_end)] {
        let words = words_in(scene, range).map(|number| (mix(const { name("word") }, side), number));
        told.own.extend(words);
    }
    let ending = &chars[end.saturating_sub(2).max(start)..end];
    told.own.push((mix(const { name("ending") }, nth), text_number(ending)));
}
