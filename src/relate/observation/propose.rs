//! Candidates of one sentence: which phrase goes with which value, growth or share.

use super::clause::{Clause, clauses};
use super::features::FIGURE;
use super::indicator::{Phrase, behind, members, phrase};
use super::item::{Item, Kind};
use super::{Candidate, LISTS, Scene, Shape, Unit, growth};
use crate::extract::value::percent::Rate;
use crate::learn::FeatureSet;
use crate::model::CleanSpan;

/// Longest verb before a count that takes the noun behind it along (`引进15家企业`), in characters.
const VERB: usize = 4;
/// How many names before a value may be its subject.
const NAMES: usize = 12;
/// Longest name of a list that shares a noun, in characters.
const NAME: usize = 8;
/// How many values before a growth rate it may belong to.
const GROWN: usize = 12;

/// Adds the candidates of a sentence with the given values to `found`.
pub(super) fn propose(scene: &Scene, sentence: CleanSpan, items: &[Item], found: &mut Vec<Candidate>) {
    let clauses = clauses(scene, sentence, items);
    let first = found.len();
    let mut i = 0;
    while i < items.len() {
        let run = run(&clauses, items, i);
        let taken = match items[i].kind {
            Kind::Rate(Rate::Points) => 1,
            Kind::Rate(rate) => match growth::lead(scene, clauses[i].left) {
                Some(lead) => grown(scene, &clauses[i], lead, &items[i..i + run], first, found),
                None if rate == Rate::Times => 1,
                None => {
                    rated(scene, &clauses[i], &items[i], first, found);
                    1
                }
            },
            _ => valued(scene, &clauses, items, i, run, first, found),
        };
        i += taken.max(1);
    }
    subjects(scene, sentence, &mut found[first..]);
}

/// How many values of one kind follow each other from `i`, parted by list signs alone.
fn run(clauses: &[Clause], items: &[Item], i: usize) -> usize {
    let same = |a: &Kind, b: &Kind| std::mem::discriminant(a) == std::mem::discriminant(b);
    1 + (i + 1..items.len()).take_while(|j| clauses[*j].listed && same(&items[i].kind, &items[*j].kind)).count()
}

fn candidate(item: &Item, parts: Vec<CleanSpan>, shape: Shape) -> Candidate {
    let start = parts.iter().map(|part| part.start).min().unwrap_or(item.span.start).min(item.span.start);
    let end = parts.iter().map(|part| part.end).max().unwrap_or(item.span.end).max(item.span.end);
    let near = item.span.start.saturating_sub(start) < 80;
    let unit = match item.kind {
        Kind::Money { code, .. } => Unit::Currency(code),
        Kind::Count { unit, .. } => Unit::Measure(unit),
        Kind::Rate(_) => Unit::Percent,
    };
    Candidate {
        span: CleanSpan { start: if near { start } else { item.span.start }, end },
        anchor: item.span,
        indicator: parts,
        value: Some(item.value),
        max: item.max,
        unit: Some(unit),
        qualifier: item.qualifier,
        period: None,
        growth: None,
        target: false,
        subject: None,
        shape,
        features: FeatureSet::seeded(FIGURE),
    }
}

/// Rates of growth: told of the values before them, of a list of nouns, or alone. Returns how many were used.
fn grown(
    scene: &Scene,
    clause: &Clause,
    lead: growth::Lead,
    run: &[Item],
    first: usize,
    found: &mut Vec<Candidate>,
) -> usize {
    let sign = |item: &Item| if lead.fall { -item.value } else { item.value };
    let noun = phrase(scene, lead.noun);
    if noun.len() < 2 {
        return grown_before(scene, clause, run, first, found, sign);
    }
    let nouns: Vec<CleanSpan> = match noun.parts[..] {
        [one] => members(scene.chars, one),
        _ => Vec::new(),
    };
    let alone = |item: &Item, parts: Vec<CleanSpan>, subject: Option<CleanSpan>| {
        let mut alone = candidate(item, parts, Shape::Growth);
        (alone.value, alone.max, alone.unit, alone.growth) = (None, None, None, Some(sign(item)));
        alone.subject = subject;
        alone
    };
    if run.len() > 1
        && let Some(named) = named_members(scene, lead.noun, run.len())
    {
        found.extend(run.iter().zip(named).map(|(item, (name, tail))| alone(item, vec![tail], Some(name))));
        return run.len();
    }
    if run.len() > 1 && nouns.len() == run.len() {
        let noun = shared_noun(scene.chars, &nouns);
        let parts =
            |part: &CleanSpan| vec![*part].into_iter().chain(noun.filter(|noun| !part.contains(*noun))).collect();
        found.extend(run.iter().zip(&nouns).map(|(item, part)| alone(item, parts(part), None)));
        return run.len();
    }
    if lead.spread && nouns.len() > 1 {
        found.extend(nouns.iter().map(|one| alone(&run[0], vec![*one], noun.subject)));
        return 1;
    }
    let mut parts = noun.parts.clone();
    if lead.yearly
        && let Some(last) = parts.last_mut()
    {
        // 经济年均增长: the average is part of what is told.
        last.end = lead.end as u32;
    }
    found.push(alone(&run[0], parts, noun.subject));
    1
}

/// Nouns of figures that the last of a list may lend to the others: `青岚、白鹭、月湾园区投资依次增长`.
const LENT: [&str; 9] = ["投资", "产值", "收入", "增加值", "营收", "销售额", "税收", "利润", "出口"];

/// The noun at the end of the last of some names where no other has one.
fn shared_noun(chars: &[char], parts: &[CleanSpan]) -> Option<CleanSpan> {
    let noun = |part: &CleanSpan| {
        let text = &chars[part.range()];
        LENT.iter().find_map(|word| {
            let length = word.chars().count();
            let closes = length < text.len() && text[text.len() - length..].iter().copied().eq(word.chars());
            closes.then(|| CleanSpan { start: part.end - length as u32, ..*part })
        })
    };
    let (last, others) = parts.split_last()?;
    let bare = |part: &CleanSpan| noun(part).is_none() && part.len() <= NAME;
    noun(last).filter(|_| others.iter().all(bare))
}

/// A list of names that share the noun behind the last (`甲园、乙园投资分别增长`): each name with that noun.
fn named_members(scene: &Scene, clause: CleanSpan, count: usize) -> Option<Vec<(CleanSpan, CleanSpan)>> {
    let parts = members(scene.chars, clause);
    if parts.len() < count {
        return None;
    }
    let parts = &parts[parts.len() - count..];
    let from = scene.names.partition_point(|name| name.start < clause.start);
    let inside = &scene.names[from..scene.names.partition_point(|name| name.start < clause.end)];
    if inside.len() > NAMES {
        return None;
    }
    let name_in = |part: &CleanSpan| inside.iter().copied().find(|name| part.contains(*name));
    let names: Vec<CleanSpan> = parts.iter().filter_map(name_in).collect();
    let last = *names.last().filter(|_| names.len() == count)?;
    let tail = CleanSpan { start: last.end, end: clause.end };
    (tail.len() >= 2).then(|| names.into_iter().map(|name| (name, tail)).collect())
}

/// Growth without a noun belongs to the values told last.
fn grown_before(
    scene: &Scene,
    clause: &Clause,
    run: &[Item],
    first: usize,
    found: &mut Vec<Candidate>,
    sign: impl Fn(&Item) -> rust_decimal::Decimal,
) -> usize {
    let open: Vec<usize> = (first.max(found.len().saturating_sub(GROWN))..found.len())
        .filter(|i| found[*i].growth.is_none() && found[*i].shape != Shape::Share)
        .collect();
    if run.len() > 1 && open.len() >= run.len() {
        for (item, i) in run.iter().zip(&open[open.len() - run.len()..]) {
            found[*i].growth = Some(sign(item));
            found[*i].span.end = found[*i].span.end.max(item.span.end);
        }
        return run.len();
    }
    if found.len() > first {
        if let Some(i) =
            open.last().filter(|i| **i + 1 == found.len() || found[**i + 1..].iter().all(|c| c.shape == Shape::Share))
        {
            found[*i].growth = Some(sign(&run[0]));
            found[*i].span.end = found[*i].span.end.max(run[0].span.end);
        }
        return 1;
    }
    if let Some(before) = clause.before.map(|before| phrase(scene, before)).filter(|before| before.len() >= 2) {
        let mut alone = candidate(&run[0], before.parts, Shape::Growth);
        (alone.value, alone.max, alone.unit, alone.growth) = (None, None, None, Some(sign(&run[0])));
        found.push(alone);
    }
    1
}

/// A rate that is a figure of its own, or a share of a whole.
fn rated(scene: &Scene, clause: &Clause, item: &Item, first: usize, found: &mut Vec<Candidate>) {
    let chars = scene.chars;
    let left = clause.left;
    let whole =
        left.range().rev().find(|i| chars[*i] == '占' || chars[*i..].starts_with(&['完', '成']) && task(chars, *i));
    if let Some(at) = whole {
        let base = phrase(scene, CleanSpan::new(left.start as usize, at));
        let end = super::indicator::strip_links(chars, CleanSpan::new(at, left.end as usize));
        let own = base.len() >= 2 || base.len() == 1 && chars.get(at + 1) == Some(&'比');
        let mut parts = if own { base.parts } else { lent(found, first, Some(Shape::Share)) };
        parts.push(CleanSpan::new(at, end.max(at + 1)));
        found.push(Candidate { subject: base.subject, ..candidate(item, parts, Shape::Share) });
        return;
    }
    let before = phrase(scene, left);
    if clause.listed
        && let Some(last) = found[first..].last().filter(|last| last.shape == Shape::Share)
    {
        let mut parts = last.indicator.clone();
        parts.pop();
        parts.extend(before.parts);
        if !parts.is_empty() {
            found.push(candidate(item, parts, Shape::Share));
        }
        return;
    }
    if before.len() >= 2 {
        found.push(Candidate { subject: before.subject, ..candidate(item, before.parts, Shape::Before) });
    } else if let Some(noun) = behind(chars, clause.right).filter(|noun| noun.start > clause.right.start) {
        found.push(Candidate { subject: before.subject, ..candidate(item, vec![noun], Shape::Behind) });
    } else {
        push_lent(scene, clause, item, before.parts, first, found);
    }
}

/// True for 完成 of a task (`完成年度任务的92%`).
fn task(chars: &[char], at: usize) -> bool {
    let end = chars.len().min(at + 12);
    let text: String = chars[at..end].iter().collect();
    ["任务", "目标", "计划"].iter().any(|word| text.contains(word))
}

/// The phrase of the last candidate of the sentence.
fn lent(found: &[Candidate], first: usize, not: Option<Shape>) -> Vec<CleanSpan> {
    let last = found[first..].iter().rev().find(|c| Some(c.shape) != not);
    last.or_else(|| found.last()).map(|c| c.indicator.clone()).unwrap_or_default()
}

fn push_lent(
    scene: &Scene,
    clause: &Clause,
    item: &Item,
    own: Vec<CleanSpan>,
    first: usize,
    found: &mut Vec<Candidate>,
) {
    let before = clause.before.map(|before| phrase(scene, before)).unwrap_or_default();
    let mut parts = if before.len() >= 2 { before.parts } else { lent(found, first, Some(Shape::Share)) };
    parts.extend(own);
    if !parts.is_empty() {
        found.push(Candidate { subject: before.subject, ..candidate(item, parts, Shape::Lent) });
    }
}

/// A sum or a count with its phrase; of a list spread by 分别 all at once. Returns how many were used.
fn valued(
    scene: &Scene,
    clauses: &[Clause],
    items: &[Item],
    i: usize,
    run: usize,
    first: usize,
    found: &mut Vec<Candidate>,
) -> usize {
    let clause = &clauses[i];
    let before = phrase(scene, clause.left);
    if run > 1
        && let [one] = before.parts[..]
        && members(scene.chars, one).len() == run
    {
        let nouns = members(scene.chars, one);
        let items = &items[i..i + run];
        found.extend(items.iter().zip(nouns).map(|(item, noun)| candidate(item, vec![noun], Shape::Before)));
        return run;
    }
    let item = &items[i];
    let counted = matches!(item.kind, Kind::Count { .. });
    let noun = behind(scene.chars, clause.right).filter(|_| counted || before.len() < 2);
    let verb = before.len() <= VERB && before.parts.iter().all(|part| is_verb(scene.chars, *part));
    let subject = before.subject;
    let mut push = |parts: Vec<CleanSpan>, shape| found.push(Candidate { subject, ..candidate(item, parts, shape) });
    match noun {
        Some(noun) if before.parts.is_empty() => push(vec![noun], Shape::Behind),
        Some(noun) if verb => push(before.parts.iter().copied().chain([noun]).collect(), Shape::Around),
        Some(noun) if ends_list(scene.chars, &before.parts, item) => {
            push(opening_verb(scene.chars, before.parts[0]).into_iter().chain([noun]).collect(), Shape::Around);
        }
        Some(noun) => {
            push(opening_verb(scene.chars, before.parts[0]).into_iter().chain([noun]).collect(), Shape::Around);
            push(before.parts, Shape::Before);
        }
        None if before.len() >= 2 => {
            let short = before.len() <= VERB && counted;
            push(before.parts, Shape::Before);
            if let Some(earlier) = clause.before.filter(|_| short).map(|span| phrase(scene, span)) {
                push_earlier(item, earlier, found);
            }
        }
        None => push_lent(scene, clause, item, before.parts, first, found),
    }
    1
}

/// True where a list of names stands before a count of them (`甲、乙等11家示范企业`, `甲、乙两家企业`).
fn ends_list(chars: &[char], parts: &[CleanSpan], item: &Item) -> bool {
    let Some(last) = parts.last() else { return false };
    let names = chars[last.range()].contains(&'、');
    chars[last.end as usize - 1] == '等' || names && matches!(item.kind, Kind::Count { chinese: true, .. })
}

/// The noun of the clause before, for a clause that only has a verb (`“三高”企业,全区独占6家`).
fn push_earlier(item: &Item, earlier: Phrase, found: &mut Vec<Candidate>) {
    if earlier.len() >= 3 {
        found.push(Candidate { subject: earlier.subject, ..candidate(item, earlier.parts, Shape::Lent) });
    }
}

/// The verb that opens a phrase (`新增甲公司等8家示范基地`).
fn opening_verb(chars: &[char], part: CleanSpan) -> Option<CleanSpan> {
    let length = LISTS.events.starts(chars, part.start as usize)?;
    (length <= part.len()).then(|| CleanSpan::new(part.start as usize, part.start as usize + length))
}

/// True for a short phrase that is no noun of an indicator by itself.
fn is_verb(chars: &[char], part: CleanSpan) -> bool {
    let text: String = chars[part.range()].iter().collect();
    !["企业", "人才", "产值", "税收", "面积", "机构", "平台", "专利", "GDP", "项目"]
        .iter()
        .any(|noun| text.contains(noun))
}

/// Gives each candidate without a subject the name that opened an earlier clause of its sentence.
fn subjects(scene: &Scene, sentence: CleanSpan, found: &mut [Candidate]) {
    for candidate in found {
        if candidate.subject.is_some() {
            continue;
        }
        let after = scene.names.partition_point(|name| name.end <= candidate.anchor.start);
        let earlier = scene.names[after.saturating_sub(NAMES)..after].iter().rev();
        candidate.subject = earlier.copied().find(|name| name.start >= sentence.start && opens(scene, sentence, *name));
    }
}

/// True for a name at the front of a clause, or right behind a time there.
fn opens(scene: &Scene, sentence: CleanSpan, name: CleanSpan) -> bool {
    let at = name.start as usize;
    if name.start == sentence.start || matches!(scene.chars[at - 1], ',' | ';' | ':' | '。' | '\n' | ' ') {
        return true;
    }
    scene.times.binary_search_by_key(&name.start, |time| time.span.end).is_ok()
}
