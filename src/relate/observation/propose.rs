//! Candidates of one sentence: which phrase goes with which value, growth or share.

use super::clause::{Clause, clauses};
use super::indicator::{behind, members, phrase};
use super::item::{Item, Kind};
use super::{Candidate, LISTS, Scene, Shape, Unit, growth};
use crate::extract::value::percent::Rate;
use crate::model::CleanSpan;

/// Longest verb before a count that takes the noun behind it along (`引进15家企业`), in characters.
const VERB: usize = 4;

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
        features: Vec::new(),
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
    let alone = |item: &Item, parts: Vec<CleanSpan>| {
        let mut alone = candidate(item, parts, Shape::Growth);
        (alone.value, alone.max, alone.unit, alone.growth) = (None, None, None, Some(sign(item)));
        alone.subject = noun.subject;
        alone
    };
    if run.len() > 1 && nouns.len() == run.len() {
        found.extend(run.iter().zip(&nouns).map(|(item, noun)| alone(item, vec![*noun])));
        return run.len();
    }
    if lead.spread && nouns.len() > 1 {
        found.extend(nouns.iter().map(|noun| alone(&run[0], vec![*noun])));
        return 1;
    }
    found.push(alone(&run[0], noun.parts.clone()));
    1
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
    let open: Vec<usize> =
        (first..found.len()).filter(|i| found[*i].growth.is_none() && found[*i].shape != Shape::Share).collect();
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
        let mut parts = if base.len() >= 2 { base.parts } else { lent(found, first, Some(Shape::Share)) };
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
    } else if let Some(noun) = behind(chars, clause.right) {
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
    last.map(|c| c.indicator.clone()).unwrap_or_default()
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
    let mut parts = if before.len() >= 2 { before.parts } else { lent(found, first, None) };
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
    match noun {
        Some(noun) if before.parts.is_empty() => {
            found.push(Candidate { subject, ..candidate(item, vec![noun], Shape::Behind) });
        }
        Some(noun) if verb => {
            let mut parts = before.parts;
            parts.push(noun);
            found.push(Candidate { subject, ..candidate(item, parts, Shape::Around) });
        }
        _ if before.len() >= 2 => found.push(Candidate { subject, ..candidate(item, before.parts, Shape::Before) }),
        _ => push_lent(scene, clause, item, before.parts, first, found),
    }
    1
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
        let before =
            scene.names.iter().rev().filter(|name| name.start >= sentence.start && name.end <= candidate.anchor.start);
        candidate.subject = before.copied().find(|name| opens(scene, sentence, *name));
    }
    let _ = &LISTS.rates;
}

/// True for a name at the front of a clause, or right behind a time there.
fn opens(scene: &Scene, sentence: CleanSpan, name: CleanSpan) -> bool {
    let at = name.start as usize;
    if name.start == sentence.start || matches!(scene.chars[at - 1], ',' | ';' | ':' | '。' | '\n' | ' ') {
        return true;
    }
    scene.times.iter().any(|time| time.span.end == name.start)
}
