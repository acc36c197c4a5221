//! A second pass with the document's own names: what is a name in one place is one wherever it stands.

use std::collections::{BTreeMap, HashMap};

use super::find::{Find, FindKind};
use super::surface::Surface;
use super::words::Few;
use crate::model::{CleanSpan, EntityKind};

/// Shortest name that is looked for again, in characters.
const SHORTEST: usize = 2;
/// The least confidence of a name that is looked for again, in thousandths.
const SURE: u16 = 600;
/// The rule of what is found again.
const RULE: &str = "document/again";

/// A name of the document: its kind and the greatest confidence with which it was found.
#[derive(Debug, Clone, Copy)]
struct Known {
    kind: FindKind,
    confidence: u16,
}

/// The finds with further places of the same names: where no find stands yet, and inside longer names. Sorted by
/// start, the longer first.
pub fn found_again(surface: &Surface<'_>, sentences: &[CleanSpan], mut finds: Vec<Find>) -> Vec<Find> {
    let names = names(surface, &finds);
    let mut by_start = ByStart::new();
    for (name, known) in &names {
        by_start.entry((name[0], name[1])).or_default().push((name, *known));
    }
    by_start.values_mut().for_each(|list| list.sort_by_key(|(name, _)| (std::cmp::Reverse(name.len()), *name)));
    let mut firsts = Few::default();
    names.keys().for_each(|name| firsts.add(name[0]));
    let search = Search { surface, by_start, firsts };
    let (mut outer, mut inner) = (vec![false; surface.chars.len()], vec![false; surface.chars.len()]);
    for find in &finds {
        let covered = if find.within.is_none() { &mut outer } else { &mut inner };
        covered[find.span.range()].fill(true);
    }
    let mut fresh: Vec<Find> = Vec::new();
    for sentence in sentences {
        search.scan(*sentence, None, &outer, &mut fresh);
    }
    for (at, find) in finds.iter().enumerate().filter(|(_, find)| find.within.is_none()) {
        search.scan(find.span, Some((at as u32, find.kind)), &inner, &mut fresh);
    }
    merge(&mut finds, fresh);
    finds
}

/// The names of a document by their first two characters, the longer first.
type ByStart<'a> = HashMap<(char, char), Vec<(&'a [char], Known)>>;

/// Looks for the names of a document.
struct Search<'a> {
    surface: &'a Surface<'a>,
    by_start: ByStart<'a>,
    /// The characters with which names start.
    firsts: Few,
}

impl Search<'_> {
    /// Adds the names that stand in a range where nothing is covered yet; `within` is the find around the range.
    fn scan(&self, range: CleanSpan, within: Option<(u32, FindKind)>, covered: &[bool], fresh: &mut Vec<Find>) {
        let fits = |name: &[char], kind: FindKind| match within {
            None => true,
            Some((_, around)) => kind != around && name.len() < range.len() && INNER.contains(&kind),
        };
        let (mut at, end) = (range.start as usize, range.end as usize);
        while at + SHORTEST <= end {
            let rest = &self.surface.chars[at..end];
            if !self.firsts.may_hold(rest[0]) {
                at += 1;
                continue;
            }
            let list = self.by_start.get(&(rest[0], rest[1])).map_or(&[][..], Vec::as_slice);
            let found = list.iter().find(|(name, known)| {
                rest.starts_with(name)
                    && fits(name, known.kind)
                    && !covered[at..at + name.len()].contains(&true)
                    && whole_words(self.surface, CleanSpan::new(at, at + name.len()))
            });
            let Some((name, Known { kind, confidence })) = found else {
                at += 1;
                continue;
            };
            let span = CleanSpan::new(at, at + name.len());
            let within = within.map(|(find, _)| find);
            fresh.push(Find { span, kind: *kind, within, confidence: *confidence, rule: RULE });
            at += name.len();
        }
    }
}

/// Kinds of names that stand inside others.
const INNER: [FindKind; 5] = [
    FindKind::Entity(EntityKind::Enterprise),
    FindKind::Entity(EntityKind::Organization),
    FindKind::Entity(EntityKind::Park),
    FindKind::Entity(EntityKind::Industry),
    FindKind::Entity(EntityKind::Place),
];

/// Names that are sure enough, with the kind that most of their places have.
fn names<'a>(surface: &Surface<'a>, finds: &[Find]) -> BTreeMap<&'a [char], Known> {
    let mut votes: BTreeMap<&[char], BTreeMap<FindKind, (u32, u16)>> = BTreeMap::new();
    for find in finds.iter().filter(|find| find.span.len() >= SHORTEST) {
        let vote = votes.entry(&surface.chars[find.span.range()]).or_default().entry(find.kind).or_default();
        *vote = (vote.0 + u32::from(find.confidence), vote.1.max(find.confidence));
    }
    let best = |votes: BTreeMap<FindKind, (u32, u16)>| {
        let (kind, (_, confidence)) =
            votes.into_iter().max_by_key(|(kind, (sum, _))| (*sum, std::cmp::Reverse(*kind)))?;
        Some(Known { kind, confidence })
    };
    let known = votes.into_iter().filter_map(|(name, votes)| Some((name, best(votes)?)));
    known.filter(|(_, known)| known.confidence >= SURE && known.kind.entity().is_some()).collect()
}

/// Whether a stretch begins and ends where dictionary words do.
fn whole_words(surface: &Surface<'_>, span: CleanSpan) -> bool {
    let first = surface.word_near(span.start as usize, 0);
    let last = surface.word_near(span.end as usize - 1, 0);
    first.is_some_and(|word| word.span.start == span.start) && last.is_some_and(|word| word.span.end == span.end)
}

/// Adds finds in their places; what is nested keeps the find that it is nested in.
fn merge(finds: &mut Vec<Find>, fresh: Vec<Find>) {
    let mut all: Vec<(Option<usize>, Find)> = finds.drain(..).enumerate().map(|(at, find)| (Some(at), find)).collect();
    let known = all.len();
    all.extend(fresh.into_iter().map(|find| (None, find)));
    all.sort_by_key(|(at, find)| (find.span.start, std::cmp::Reverse(find.span.end), at.unwrap_or(usize::MAX)));
    let mut place = vec![0u32; known];
    for (now, (before, _)) in all.iter().enumerate() {
        if let Some(before) = before {
            place[*before] = now as u32;
        }
    }
    finds.extend(all.into_iter().map(|(_, find)| Find { within: find.within.map(|at| place[at as usize]), ..find }));
}
