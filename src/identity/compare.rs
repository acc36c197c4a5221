//! What speaks for and against two forms being one thing.

use super::grammar::Anatomy;
use super::lookalike::{look_alike, tells};
use super::profile::Profile;
use super::table::{Sign, Weights};
use crate::lexicon::Lexicon;
use crate::model::EntityKind;

/// Fewest characters of two names that may differ by a misprint.
const SLIP: usize = 6;

/// The outcome of a comparison.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// What speaks for it, each with the words that say so.
    pub signs: Vec<(Sign, String)>,
    /// Why it cannot be, in Chinese and English.
    pub conflict: Option<(&'static str, &'static str)>,
    /// True when one is a phase of the other.
    pub part: bool,
}

impl Verdict {
    /// The sum of the weights.
    pub fn score(&self) -> i32 {
        self.signs.iter().map(|(sign, _)| Weights::shared().of(*sign)).sum()
    }
}

/// Compares two forms; the order does not matter.
pub fn compare(a: &Profile, b: &Profile) -> Verdict {
    if a.kind != b.kind || a.is_own() || b.is_own() || a.iri == b.iri {
        return Verdict::default();
    }
    let (a, b) = if a.iri <= b.iri { (a, b) } else { (b, a) };
    let mut verdict = Verdict::default();
    verdict.signs.extend(names(a, b));
    verdict.signs.extend(aliases(a, b));
    let fact = a.facts().find(|fact| b.facts().any(|it| it == *fact));
    verdict.signs.extend(fact.map(|it| (Sign::Fact, it.to_owned())));
    verdict.signs.extend(counted(a, b));
    verdict.signs.extend(slip(a, b, fact.is_some()));
    verdict.part = is_phase(a, b);
    if verdict.signs.is_empty() && !verdict.part {
        return verdict;
    }
    verdict.conflict = conflict(a, b, &verdict.signs);
    if let Some(sign) = scope(a, b) {
        verdict.signs.push((sign, place_word(a).or_else(|| place_word(b)).unwrap_or_default()));
    }
    verdict
}

fn text(chars: &[char]) -> String {
    chars.iter().collect()
}

/// The one strongest thing that the two names themselves say.
fn names(a: &Profile, b: &Profile) -> Option<(Sign, String)> {
    let (x, y) = (&a.anatomy, &b.anatomy);
    if x.entry.is_some() && x.entry == y.entry {
        let label = x.entry.and_then(|id| Lexicon::shared().entry(id)).map_or("", |entry| entry.label());
        return Some((Sign::Gazetteer, label.to_owned()));
    }
    if x.whole == y.whole {
        return Some((Sign::Spelling, text(&x.whole)));
    }
    let same_place = x.place.is_some() && y.place.as_ref().map(|p| p.id) == x.place.as_ref().map(|p| p.id);
    match a.kind {
        EntityKind::Park if x.zone.is_some() => {
            (x.zone == y.zone && same_place).then(|| (Sign::Zone, x.zone.unwrap_or_default().to_owned()))
        }
        EntityKind::Park | EntityKind::Organization | EntityKind::Policy => {
            if x.core != y.core || x.core.len() < 3 {
                None
            } else if same_place || (x.place.is_none() && y.place.is_none()) {
                Some((Sign::Spelling, text(&x.core)))
            } else {
                Some((Sign::Core, text(&x.core)))
            }
        }
        EntityKind::Project => {
            if x.stem != y.stem || x.phase != y.phase || x.stem.len() < 3 {
                None
            } else if same_place || (x.place.is_none() && y.place.is_none()) {
                Some((Sign::Spelling, text(&x.stem)))
            } else {
                Some((Sign::Core, text(&x.stem)))
            }
        }
        EntityKind::Enterprise => company(x, y),
        EntityKind::Industry | EntityKind::Place => None,
    }
}

fn company(x: &Anatomy, y: &Anatomy) -> Option<(Sign, String)> {
    let (long, short) = if x.stem.len() >= y.stem.len() { (x, y) } else { (y, x) };
    if short.stem.len() < 2 {
        return None;
    }
    if long.stem == short.stem {
        let sign = if short.stem.len() >= 4 { Sign::Stem } else { Sign::ShortStem };
        return Some((sign, text(&short.stem)));
    }
    (long.stem.starts_with(&short.stem) && !short.is_full_company()).then(|| (Sign::Brand, text(&short.stem)))
}

/// What documents say by using several names for one thing.
fn aliases(a: &Profile, b: &Profile) -> Option<(Sign, String)> {
    let named = |x: &Profile, y: &Profile| {
        let (alias, _, defined) = x.aliases.iter().find(|(_, parts, _)| parts.whole == y.anatomy.whole)?;
        let sign = match (*defined, is_read_off(&y.anatomy.whole, &x.anatomy.whole)) {
            (true, _) => Sign::Defined,
            (false, true) => Sign::Alias,
            (false, false) => Sign::Named,
        };
        Some((sign, alias.clone()))
    };
    let best = [named(a, b), named(b, a)].into_iter().flatten().min_by_key(|(sign, _)| *sign);
    best.or_else(|| {
        let shared = a.aliases.iter().find(|(_, parts, _)| b.aliases.iter().any(|it| it.1.whole == parts.whole))?;
        Some((Sign::SharedAlias, shared.0.clone()))
    })
}

/// True when two thirds of the shorter name stand in the longer one in the same order.
fn is_read_off(a: &[char], b: &[char]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut best = vec![0usize; short.len() + 1];
    for c in long {
        for at in (0..short.len()).rev() {
            if short[at] == *c {
                best[at + 1] = best[at + 1].max(best[at] + 1);
            }
        }
        for at in 0..short.len() {
            best[at + 1] = best[at + 1].max(best[at]);
        }
    }
    best[short.len()] * 3 >= short.len() * 2
}

/// A short name that counts the words of the long one: a number, the character that these words share, and the end of the
/// long name.
fn counted(a: &Profile, b: &Profile) -> Option<(Sign, String)> {
    let told = |short: &Profile, long: &Profile| {
        let (count, shared, end) = short.anatomy.counts()?;
        let name = &long.anatomy.whole;
        let last = name.iter().rposition(|c| *c == shared)?;
        let mut behind = name[last + 1..].iter();
        let ends = end.iter().all(|c| behind.any(|it| it == c));
        (name.iter().filter(|c| **c == shared).count() == count && ends).then(|| text(&short.anatomy.whole))
    };
    let is_body = matches!(a.kind, EntityKind::Enterprise | EntityKind::Organization);
    told(a, b).or_else(|| told(b, a)).filter(|_| is_body).map(|name| (Sign::Counted, name))
}

/// One differing character in two long names that no gazetteer knows: one that is easily misread, or any that tells nothing
/// apart where the two share a fact.
fn slip(a: &Profile, b: &Profile, shared: bool) -> Option<(Sign, String)> {
    let (x, y) = (&a.anatomy, &b.anatomy);
    let long = x.whole.len() == y.whole.len() && x.whole.len() >= SLIP;
    if !long || matches!(a.kind, EntityKind::Place | EntityKind::Industry) || (x.entry.is_some() && y.entry.is_some()) {
        return None;
    }
    let mut differing = x.whole.iter().zip(&y.whole).enumerate().filter(|(_, (p, q))| p != q);
    let (at, (p, q)) = differing.next()?;
    if differing.next().is_some() || x.numerals() != y.numerals() || x.legal != y.legal {
        return None;
    }
    let body = x.whole.len() - x.legal.map_or(0, |form| form.chars().count());
    let place = x.place.as_ref().map(|it| it.id) == y.place.as_ref().map(|it| it.id);
    if body < SLIP || !place {
        return None;
    }
    let words = || Some(format!("{p}/{q}"));
    if look_alike(*p, *q) {
        return words().map(|it| (Sign::Slip, it));
    }
    let telling = tells(*p) || tells(*q) || (is_word(&x.whole, at) && is_word(&y.whole, at));
    (shared && !telling).then(words).flatten().map(|it| (Sign::Near, it))
}

/// True when a word of the lexicon covers that character.
fn is_word(name: &[char], at: usize) -> bool {
    Lexicon::shared().scan(name).iter().any(|hit| hit.span.range().contains(&at))
}

fn is_phase(a: &Profile, b: &Profile) -> bool {
    let (x, y) = (&a.anatomy, &b.anatomy);
    let places = match (&x.place, &y.place) {
        (Some(p), Some(q)) => p.agrees(q),
        _ => true,
    };
    x.phase.is_some() != y.phase.is_some() && x.stem == y.stem && x.stem.len() >= 3 && places
}

/// The place that two forms share.
fn scope(a: &Profile, b: &Profile) -> Option<Sign> {
    let places = |it: &Profile| it.anatomy.place.iter().cloned().chain(it.scopes.clone()).collect::<Vec<_>>();
    let (x, y) = (places(a), places(b));
    if x.iter().any(|p| y.iter().any(|q| p.id == q.id)) {
        return Some(Sign::Scope);
    }
    x.iter().any(|p| y.iter().any(|q| p.agrees(q))).then_some(Sign::Nested)
}

fn place_word(it: &Profile) -> Option<String> {
    let place = it.anatomy.place.as_ref().or(it.scopes.first())?;
    Lexicon::shared().entry(place.id).map(|entry| entry.label().to_owned())
}

fn conflict(a: &Profile, b: &Profile, signs: &[(Sign, String)]) -> Option<(&'static str, &'static str)> {
    let (x, y) = (&a.anatomy, &b.anatomy);
    let told = |sign: Sign| signs.iter().any(|(it, _)| *it == sign);
    if told(Sign::Gazetteer) {
        return None;
    }
    if let (Some(p), Some(q)) = (x.entry, y.entry)
        && p != q
    {
        return Some(("名录中是两条", "two entries of the gazetteer"));
    }
    if let (Some(p), Some(q)) = (&x.place, &y.place)
        && !p.agrees(q)
    {
        return Some(("名称中的地点不同", "their names tell different places"));
    }
    let by_scope =
        matches!(a.kind, EntityKind::Park | EntityKind::Project | EntityKind::Organization | EntityKind::Policy);
    if by_scope && scope(a, b).is_none() && has_place(a) && has_place(b) {
        return Some(("所在地不同", "they are at different places"));
    }
    if x.phase != y.phase {
        return Some(("不同的期次", "different phases"));
    }
    if x.zone.is_some() && y.zone.is_some() && x.zone != y.zone {
        return Some(("不同类型的开发区", "different types of zone"));
    }
    if x.numerals() != y.numerals() && !told(Sign::Defined) && !told(Sign::Spelling) && differ_in_figures(x, y) {
        return Some(("编号不同", "their numbers differ"));
    }
    let branch = |it: &Anatomy| text(&it.whole).ends_with("分公司") || text(&it.whole).ends_with("子公司");
    if a.kind == EntityKind::Enterprise && branch(x) != branch(y) {
        return Some(("一个是分支机构", "one is a branch of a company"));
    }
    let group = |it: &Anatomy| it.legal.is_some_and(|form| form.starts_with("集团"));
    if x.is_full_company() && y.is_full_company() && !told(Sign::Defined) && !told(Sign::Slip) {
        if x.stem != y.stem {
            return Some(("两个不同的公司全称", "two different full names of companies"));
        }
        if group(x) != group(y) {
            return Some(("一个是集团，一个是公司", "one is the group, one a company"));
        }
    }
    None
}

fn has_place(it: &Profile) -> bool {
    it.anatomy.place.is_some() || !it.scopes.is_empty()
}

/// True when both names have figures or letters, and other ones.
fn differ_in_figures(x: &Anatomy, y: &Anatomy) -> bool {
    !x.numerals().is_empty() && !y.numerals().is_empty()
}

/// True when two forms cannot be one thing, whatever they have in common.
pub(super) fn are_apart(a: &Profile, b: &Profile) -> bool {
    conflict(a, b, &[]).is_some()
}
