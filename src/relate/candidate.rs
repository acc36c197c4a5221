//! Pairs that may be related: for each predicate, which kinds at which distance, and the two places that tell most.

use super::scene::{Item, ItemKind, Scene};
use crate::extract::FindKind;
use crate::model::{EntityKind, Predicate, Status};

/// One end of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// Index of a cluster.
    Thing(usize),
    /// Index of a sum.
    Money(usize),
    /// Index of a group.
    Group(usize),
    /// Index of a find that is an honour.
    Honour(usize),
    /// A stage of a project.
    Status(Status),
}

/// Two ends that may be related, with the items where this shows best.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The relation asked for.
    pub predicate: Predicate,
    /// Its subject.
    pub subject: End,
    /// Its object.
    pub object: End,
    /// Item of the subject.
    pub subject_item: usize,
    /// Item of the object; for a status, the subject's item.
    pub object_item: usize,
}

/// How far apart the two ends may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    Nested,
    Sentence,
    Neighbour,
    Block,
    /// At most [`NEARBY`] blocks apart.
    Nearby,
    Document,
}

/// How many blocks a list may run on after the words that head it.
const NEARBY: usize = 5;

/// One row for each predicate between items: subject kinds, object kinds, reach, and whether the document's main park
/// or place may be an end from anywhere.
struct Frame {
    predicate: Predicate,
    subjects: &'static [Slot],
    objects: &'static [Slot],
    reach: Reach,
    main_anywhere: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    Kind(EntityKind),
    Money,
    Group,
    Honour,
}

use EntityKind::{Enterprise, Industry, Organization, Park, Place, Policy, Project};

const PARTY: &[Slot] = &[Slot::Kind(Enterprise), Slot::Kind(Organization), Slot::Kind(Park)];
const FUNDED: &[Slot] = &[Slot::Kind(Project), Slot::Kind(Park), Slot::Group];
const FRAMES: [Frame; 10] = [
    frame(Predicate::TotalInvestment, FUNDED, &[Slot::Money], Reach::Block, false),
    frame(Predicate::PlannedInvestment, FUNDED, &[Slot::Money], Reach::Neighbour, false),
    frame(Predicate::CompletedInvestment, FUNDED, &[Slot::Money], Reach::Neighbour, false),
    frame(
        Predicate::Investor,
        &[Slot::Kind(Project), Slot::Kind(Park)],
        &[Slot::Kind(Enterprise), Slot::Kind(Organization)],
        Reach::Block,
        false,
    ),
    frame(
        Predicate::LocatedIn,
        &[Slot::Kind(Project), Slot::Kind(Enterprise), Slot::Kind(Organization), Slot::Kind(Park)],
        &[Slot::Kind(Park), Slot::Kind(Place)],
        Reach::Block,
        true,
    ),
    frame(
        Predicate::Industry,
        &[Slot::Kind(Project), Slot::Kind(Enterprise), Slot::Kind(Park), Slot::Kind(Policy)],
        &[Slot::Kind(Industry)],
        Reach::Neighbour,
        true,
    ),
    frame(
        Predicate::IssuedBy,
        &[Slot::Kind(Policy)],
        &[Slot::Kind(Organization), Slot::Kind(Park), Slot::Kind(Place)],
        Reach::Neighbour,
        true,
    ),
    frame(Predicate::MemberOf, &[Slot::Kind(Project)], &[Slot::Group], Reach::Nearby, false),
    frame(
        Predicate::Partner,
        PARTY,
        &[Slot::Kind(Enterprise), Slot::Kind(Organization), Slot::Kind(Park), Slot::Kind(Place)],
        Reach::Sentence,
        false,
    ),
    frame(Predicate::Designation, PARTY, &[Slot::Honour], Reach::Neighbour, true),
];

const fn frame(
    predicate: Predicate,
    subjects: &'static [Slot],
    objects: &'static [Slot],
    reach: Reach,
    main_anywhere: bool,
) -> Frame {
    Frame { predicate, subjects, objects, reach, main_anywhere }
}

/// Every candidate of a document, by predicate, then subject, then object.
pub fn candidates(scene: &Scene<'_>) -> Vec<Candidate> {
    let ends = ends(scene);
    let mut out = Vec::new();
    for frame in &FRAMES {
        for (subject, subject_items) in ends.iter().filter(|(end, _)| fits(scene, frame.subjects, *end)) {
            for (object, object_items) in ends.iter().filter(|(end, _)| fits(scene, frame.objects, *end)) {
                if subject != object
                    && let Some((reach, s, o)) = best_pair(scene, subject_items, object_items)
                    && within_reach(scene, frame, reach, *subject, *object)
                {
                    let (subject, object) = (*subject, *object);
                    out.push(Candidate {
                        predicate: frame.predicate,
                        subject,
                        object,
                        subject_item: s,
                        object_item: o,
                    });
                }
            }
        }
    }
    for (subject, items) in ends.iter().filter(|(end, _)| fits(scene, &[Slot::Kind(Project)], *end)) {
        out.extend(Status::ALL.map(|status| Candidate {
            predicate: Predicate::Status,
            subject: *subject,
            object: End::Status(status),
            subject_item: items[0],
            object_item: items[0],
        }));
    }
    out
}

/// Every end with its items in text order: things, sums, groups, honours.
fn ends(scene: &Scene<'_>) -> Vec<(End, Vec<usize>)> {
    let items = |finds: &[usize]| finds.iter().map(|find| scene.item_of_find[*find]).collect::<Vec<_>>();
    let mut ends: Vec<(End, Vec<usize>)> =
        scene.clusters.iter().enumerate().map(|(at, cluster)| (End::Thing(at), items(&cluster.finds))).collect();
    for (at, item) in scene.items.iter().enumerate() {
        match item.kind {
            ItemKind::Money(money) => ends.push((End::Money(money), vec![at])),
            ItemKind::Group(group) => ends.push((End::Group(group), vec![at])),
            ItemKind::Find(find) if scene.finds[find].kind == FindKind::Honour => {
                ends.push((End::Honour(find), vec![at]));
            }
            ItemKind::Find(_) => {}
        }
    }
    ends
}

fn fits(scene: &Scene<'_>, slots: &[Slot], end: End) -> bool {
    let slot = match end {
        End::Thing(cluster) => Slot::Kind(scene.clusters[cluster].kind),
        End::Money(sum) if is_output(scene, scene.money[sum].span.end as usize) => return false,
        End::Money(_) => Slot::Money,
        End::Group(_) => Slot::Group,
        End::Honour(_) => Slot::Honour,
        End::Status(_) => return false,
    };
    slots.contains(&slot)
}

/// What a sum measures whose noun follows it at once (`千亿元产值的基地`), and is no investment.
const OUTPUT: [&str; 8] = ["产值", "产能", "税收", "销售", "营收", "收入", "利润", "出口"];

fn is_output(scene: &Scene, at: usize) -> bool {
    let chars = scene.surface.chars;
    let at = at + usize::from(chars.get(at) == Some(&'的'));
    let starts = |word: &&str| chars[at..].iter().copied().take(word.chars().count()).eq(word.chars());
    OUTPUT.iter().any(starts)
}

fn within_reach(scene: &Scene<'_>, frame: &Frame, reach: Reach, subject: End, object: End) -> bool {
    let heavy = |end: End| match end {
        End::Thing(cluster) => {
            scene.main == Some(cluster) || (scene.clusters[cluster].kind == Place && scene.rank[cluster] == 0)
        }
        _ => false,
    };
    reach <= frame.reach || (frame.main_anywhere && (heavy(subject) || heavy(object)))
}

/// The pair of items that stand closest, and how close that is. Both lists are in text order, so that only the
/// object's places on either side of each of the subject's need a look.
fn best_pair(scene: &Scene<'_>, subjects: &[usize], objects: &[usize]) -> Option<(Reach, usize, usize)> {
    let mut best: Option<((Reach, usize), usize, usize)> = None;
    let mut after = 0;
    for &s in subjects {
        while objects.get(after).is_some_and(|o| *o < s) {
            after += 1;
        }
        for &o in &objects[after.saturating_sub(2)..(after + 1).min(objects.len())] {
            let key = closeness(scene, &scene.items[s], &scene.items[o]);
            if best.as_ref().is_none_or(|(known, ..)| key < *known) {
                best = Some((key, s, o));
            }
        }
    }
    best.map(|((reach, _), s, o)| (reach, s, o))
}

fn closeness(scene: &Scene<'_>, s: &Item, o: &Item) -> (Reach, usize) {
    let gap = (s.span.start.abs_diff(o.span.start)) as usize;
    let reach = if scene.nested_in(s, o) || scene.nested_in(o, s) {
        Reach::Nested
    } else if s.sentence == o.sentence {
        Reach::Sentence
    } else if s.block != o.block {
        if s.block.abs_diff(o.block) <= NEARBY { Reach::Nearby } else { Reach::Document }
    } else if s.sentence.abs_diff(o.sentence) == 1 {
        Reach::Neighbour
    } else {
        Reach::Block
    };
    (reach, gap)
}
