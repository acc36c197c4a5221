//! Features of a project's stage: the verbs of stages in its clause, sentence, list and headline.

use super::pair::Gathered;
use super::scene::{Item, ItemKind, Scene};
use crate::learn::FeatureSet;
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

/// Features for one status of the project whose mentions stand at these items; `verbs` from [`stage_verbs`].
pub fn status_features(scene: &Scene<'_>, verbs: &[StageVerb], status: Status, mentions: &[usize]) -> FeatureSet {
    let mut out = Gathered { relation: "status", set: FeatureSet::new() };
    let mut asked = Asked { status, out: &mut out };
    for (nth, mention) in mentions.iter().take(4).enumerate() {
        mention_features(scene, verbs, &mut asked, &scene.items[*mention], if nth == 0 { "" } else { "later " });
    }
    for section in scene.sections.iter().filter(|s| s.heading).take(3) {
        asked.set("title", within(verbs, section.span.range()));
    }
    asked.set("lead", within(verbs, 0..scene.lead()));
    let share = |s: Status| verbs.iter().filter(|v| v.status == s).count() * 5 / verbs.len().max(1);
    asked.own("share", &share(status).to_string());
    let most = Status::ALL.iter().max_by_key(|s| share(**s)).copied();
    asked.told("most", most);
    asked.own("prior", "");
    out.set
}

/// Features of one asked status: shared by all statuses where they say "the same", and with the names of both.
struct Asked<'a, 'b> {
    status: Status,
    out: &'a mut Gathered<'b>,
}

impl Asked<'_, '_> {
    fn told(&mut self, name: &str, told: Option<Status>) {
        let same = match told {
            None => "none",
            Some(told) if told == self.status => "same",
            Some(told) if told > self.status => "later",
            Some(_) => "earlier",
        };
        self.out.add(name, same);
        self.own(name, told.map_or("none", Status::name));
    }

    fn set(&mut self, name: &str, told: Vec<Status>) {
        self.out.add(&format!("{name} has"), if told.contains(&self.status) { "yes" } else { "no" });
        self.told(&format!("{name} last"), told.last().copied());
        self.told(&format!("{name} highest"), told.iter().max().copied());
        for status in told {
            self.own(name, status.name());
        }
    }

    fn own(&mut self, name: &str, value: &str) {
        self.out.add(&format!("{} {name}", self.status.name()), value);
    }
}

fn within(verbs: &[StageVerb], range: std::ops::Range<usize>) -> Vec<Status> {
    let from = verbs.partition_point(|v| v.start < range.start);
    verbs[from..].iter().take_while(|v| v.start < range.end).map(|v| v.status).collect()
}

fn mention_features(scene: &Scene<'_>, verbs: &[StageVerb], asked: &mut Asked<'_, '_>, item: &Item, nth: &str) {
    let (start, end) = (item.span.start as usize, item.span.end as usize);
    let chars = scene.surface.chars;
    let sentence = scene.sentences.get(item.sentence).copied().unwrap_or(item.span).range();
    let (low, high) = (sentence.start.min(start), sentence.end.max(end).min(chars.len()));
    let clause_start = (low..start).rev().find(|at| stop(chars[*at])).unwrap_or(low);
    let clause_end = (end..high).find(|at| stop(chars[*at])).unwrap_or(high);
    let outside = |told: Vec<StageVerb>| told.into_iter().filter(|v| v.start < start || v.start >= end);
    let verbs_in = |range: std::ops::Range<usize>| {
        let from = verbs.partition_point(|v| v.start < range.start);
        outside(verbs[from..].iter().take_while(|v| v.start < range.end).copied().collect()).collect::<Vec<_>>()
    };
    let statuses = |told: &[StageVerb]| told.iter().map(|v| v.status).collect::<Vec<_>>();
    let (before, after) = (verbs_in(low..start), verbs_in(end..high));
    asked.told(&format!("{nth}inside"), within(verbs, start..end).last().copied());
    asked.set(&format!("{nth}clause left"), statuses(&verbs_in(clause_start..start)));
    asked.set(&format!("{nth}clause right"), statuses(&verbs_in(end..clause_end)));
    asked.told(&format!("{nth}nearest left"), before.last().map(|v| v.status));
    asked.told(&format!("{nth}nearest right"), after.first().map(|v| v.status));
    asked.set(&format!("{nth}sentence"), statuses(&verbs_in(low..high)));
    if item.sentence > 0 {
        asked.set(&format!("{nth}previous"), within(verbs, scene.sentences[item.sentence - 1].range()));
    }
    let section = scene.sections.get(item.block).map_or(low..high, |s| s.span.range());
    asked.told(&format!("{nth}block before"), within(verbs, section.start..low.max(section.start)).last().copied());
    asked.set(&format!("{nth}block"), within(verbs, section));
    let heading = scene.sections[..item.block.min(scene.sections.len())].iter().rev().find(|s| s.heading);
    asked.set(&format!("{nth}heading"), heading.map_or(Vec::new(), |s| within(verbs, s.span.range())));
    let group = scene.items_of_sentence(item.sentence).filter(|(_, i)| matches!(i.kind, ItemKind::Group(_)));
    let group = group.filter(|(_, g)| g.span.start <= item.span.start).last();
    asked.set(
        &format!("{nth}group"),
        group.map_or(Vec::new(), |(_, g)| {
            within(verbs, (g.span.start as usize).saturating_sub(10)..g.span.end as usize + 6)
        }),
    );
    for at in clause_start..clause_end {
        let word = scene.surface.word_near(at, 0).filter(|w| w.span.start as usize == at && w.span.len() > 1);
        if let Some(word) = word.filter(|_| at < start || at >= end) {
            let text: String = chars[word.span.range()].iter().collect();
            asked.own(if at < start { "word left" } else { "word right" }, &text);
        }
    }
    let ending: String = chars[start..end].iter().rev().take(2).rev().collect();
    asked.own(&format!("{nth}ending"), &ending);
}
