//! The time of a figure, and whether it is an aim.

use super::{Candidate, LISTS, Scene, Shape, Unit};
use crate::extract::value::{DateMention, When};
use crate::learn::name;
use crate::model::{CleanSpan, PartialDate, Period};

/// The period that the text as a whole speaks of, and how often it is told: the first one that is no single day and
/// not still to come.
pub(super) fn fallback(scene: &Scene) -> Option<(Period, usize)> {
    let told = |time: &DateMention| {
        let period = time.period.filter(|period| !is_future(scene, *period))?;
        (time.when == When::During && !is_day(time)).then_some(period)
    };
    let first = scene.times.iter().find_map(told)?;
    Some((first, scene.times.iter().filter(|time| told(time) == Some(first)).count()))
}

/// A text that tells one period this often reports on it, its states as well.
const REPORT: usize = 5;

/// Sets the period and the aim of a candidate.
pub(super) fn settle(scene: &Scene, sentence: CleanSpan, fallback: Option<(Period, usize)>, candidate: &mut Candidate) {
    let told = told(scene, sentence, candidate);
    candidate.target = is_target(scene, sentence, candidate, told);
    let source = match told {
        Some((_, true)) => 2,
        Some((_, false)) => 1,
        None => 0,
    };
    candidate.features.put(const { name("time") }, source);
    candidate.period = match told {
        Some((time, _)) => time.period.and_then(whole_year).or_else(|| half_year(scene, time)),
        None if candidate.target => scene.published.map(|date| Period::Date(PartialDate::year(date.year))),
        None => untold(scene, fallback, candidate),
    };
    if candidate.target
        && let Some(Period::Date(PartialDate { year, month: Some(12), day: Some(31) })) = candidate.period
    {
        candidate.period = Some(Period::Date(PartialDate::year(year)));
    }
    if candidate.target && candidate.shape == Shape::Growth && names_rate(scene.chars, candidate) {
        (candidate.value, candidate.unit) = (candidate.growth, Some(Unit::Percent));
    }
    if is_area(scene, candidate) && !matches!(told, Some((_, true))) {
        candidate.period = None;
    }
}

/// How many times before a value are looked at.
const TIMES: usize = 12;
/// How far a time reaches over sentences, in characters.
const FAR: usize = 600;

/// The time told last before the value, and whether its own sentence tells it.
pub(super) fn told<'a>(
    scene: &'a Scene,
    sentence: CleanSpan,
    candidate: &Candidate,
) -> Option<(&'a DateMention, bool)> {
    let before = scene.times.partition_point(|time| time.span.end <= candidate.anchor.start);
    let usable = |time: &&DateMention| !is_compared(scene.chars, time) && (!is_day(time) || time.when == When::AsOf);
    let state = is_state(scene, candidate);
    // 目前 and 截至 of an earlier sentence hold for states alone.
    let reaches =
        |time: &&DateMention| usable(time) && (state || time.span.start >= sentence.start || time.when == When::During);
    let last = scene.times[before.saturating_sub(TIMES)..before].iter().rev().find(reaches)?;
    if last.span.start >= sentence.start {
        return Some((last, true));
    }
    let between = last.span.end as usize..candidate.anchor.start as usize;
    if between.len() > FAR {
        return None;
    }
    (!scene.chars[between].contains(&'\n') && last.when != When::Open).then_some((last, false))
}

/// How far apart two wordings of one half-year may stand, in characters.
const SAID_AGAIN: u32 = 150;

/// `1-6月` right after 上半年 says the same again.
fn half_year(scene: &Scene, time: &DateMention) -> Option<Period> {
    let Some(Period::Span(
        PartialDate { year, month: Some(1), day: None },
        PartialDate { month: Some(6), day: None, .. },
    )) = time.period
    else {
        return time.period;
    };
    let half = Period::Half(year, 1);
    let before = scene.times.partition_point(|other| other.span.end <= time.span.start);
    let near = |other: &&DateMention| time.span.start - other.span.end < SAID_AGAIN;
    let said = scene.times[..before].iter().rev().take_while(near).any(|other| other.period == Some(half));
    if said { Some(half) } else { time.period }
}

/// January to December are the year.
pub(super) fn whole_year(period: Period) -> Option<Period> {
    let Period::Span(first, last) = period else { return None };
    let months = (first.month, first.day, last.month, last.day);
    let whole = first.year == last.year && months == (Some(1), None, Some(12), None);
    whole.then(|| Period::Date(PartialDate::year(last.year)))
}

pub(super) fn is_day(time: &DateMention) -> bool {
    matches!(time.period, Some(Period::Date(PartialDate { day: Some(_), .. })))
}

/// 较2009年, 自2019年: another time than the figure's.
pub(super) fn is_compared(chars: &[char], time: &DateMention) -> bool {
    let start = time.span.start as usize;
    start > 0 && matches!(chars[start - 1], '较' | '比' | '自' | '于' | '从' | '是')
}

/// The time of a figure whose paragraph tells none: of publication for a state, of the text for the rest.
fn untold(scene: &Scene, fallback: Option<(Period, usize)>, candidate: &Candidate) -> Option<Period> {
    let now = scene.published.map(|date| Period::Date(PartialDate { day: None, ..date }));
    match fallback {
        Some((period, count)) if count >= REPORT || !is_state(scene, candidate) => Some(period),
        _ => now,
    }
}

/// How far before a count its verb may stand, in characters.
const EVENT_WITHIN: usize = 24;

/// True for counts of things that are there, as against things done.
pub(super) fn is_state(scene: &Scene, candidate: &Candidate) -> bool {
    let Some(Unit::Measure(_)) = candidate.unit else { return false };
    let start = candidate.anchor.start as usize;
    let near = start.saturating_sub(EVENT_WITHIN)..start;
    let stop =
        near.clone().rev().find(|i| matches!(scene.chars[*i], ',' | ';' | '。' | '、')).map_or(near.start, |i| i + 1);
    let done = LISTS.events.within(scene.chars, stop..start);
    !done && !candidate.indicator.iter().any(|part| LISTS.events.within(scene.chars, part.range()))
}

/// True where a word for the rate itself stands before it (`固定资产投资增速20%`).
fn names_rate(chars: &[char], candidate: &Candidate) -> bool {
    let end = candidate.anchor.start as usize;
    let from = end.saturating_sub(8);
    chars[from..end].windows(2).any(|w| matches!(w, ['增', '速' | '幅']))
}

fn is_area(scene: &Scene, candidate: &Candidate) -> bool {
    let Some(Unit::Measure(unit)) = candidate.unit else { return false };
    let areal = scene.chars[unit.range()].iter().any(|c| matches!(c, '亩' | '方' | '顷' | '里'));
    areal && candidate.indicator.iter().any(|part| LISTS.areas.within(scene.chars, part.range()))
}

/// True where the clause aims, or the time is still to come.
fn is_target(scene: &Scene, sentence: CleanSpan, candidate: &Candidate, told: Option<(&DateMention, bool)>) -> bool {
    let future = told.and_then(|(time, _)| time.period).is_some_and(|period| is_future(scene, period));
    let from = (candidate.anchor.start as usize).saturating_sub(30).max(sentence.start as usize);
    let stop = (from..candidate.anchor.start as usize).rev().find(|i| matches!(scene.chars[*i], ';' | '。'));
    let from = stop.map_or(from, |stop| stop + 1);
    future || LISTS.aims.within(scene.chars, from..candidate.anchor.start as usize)
}

pub(super) fn is_future(scene: &Scene, period: Period) -> bool {
    let year = match period {
        Period::Date(date) => date.year,
        Period::Half(year, _) | Period::Quarter(year, _) => year,
        Period::Span(_, last) => last.year,
    };
    scene.published.is_some_and(|date| year > date.year)
}
