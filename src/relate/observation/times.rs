//! The times that a figure may speak of, each in whole numbers for the judge that chooses among them.

use std::collections::BTreeMap;

use super::when::{is_compared, is_day, is_future, is_state, told, whole_year};
use super::{Candidate, Scene, Unit};
use crate::extract::value::DateMention;
use crate::model::{CleanSpan, PartialDate, Period};

/// A time that a figure may speak of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeOption {
    /// The time; none where the text fixes none.
    pub period: Option<Period>,
    /// What speaks for or against it, in a fixed order.
    pub numbers: Vec<i32>,
}

/// The number of what does not apply.
const NONE: i32 = -1;
/// How many times told before a value are looked at.
const BEFORE: usize = 6;
/// How many times told behind it in its sentence.
const BEHIND: usize = 2;

/// Where an option comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// What the rules say.
    Rule,
    /// A time at that place of the list of times, as told or put in another way.
    Told(usize, Wording),
    /// The period of the text as a whole.
    Whole,
    /// The month of publication.
    PublishedMonth,
    /// The year of publication.
    PublishedYear,
    /// No time.
    Nothing,
}

/// How a time told is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wording {
    AsTold,
    Year,
    Month,
    /// From January on.
    FromJanuary,
    Half,
}

const WORDINGS: [Wording; 5] = [Wording::AsTold, Wording::Year, Wording::Month, Wording::FromJanuary, Wording::Half];

/// A candidate in its text.
pub(super) struct Sight<'a> {
    pub scene: &'a Scene<'a>,
    pub candidate: &'a Candidate,
    /// The period of the text as a whole, and how often it is told.
    pub fallback: Option<(Period, usize)>,
    /// What the text as a whole tells of each period.
    pub periods: &'a Periods,
}

/// For each period how often the text tells it, the first of the times that tell it, and how many candidates have it by rule.
pub(super) type Periods = BTreeMap<Period, (i32, usize, i32)>;

/// Counts the periods of a text.
pub(super) fn periods(scene: &Scene<'_>, candidates: &[Candidate]) -> Periods {
    let mut out = Periods::new();
    for (at, period) in scene.times.iter().enumerate().filter_map(|(at, time)| Some((at, time.period?))) {
        out.entry(period).or_insert((0, at, 0)).0 += 1;
    }
    for period in candidates.iter().filter_map(|candidate| candidate.period) {
        out.entry(period).or_insert((0, scene.times.len(), 0)).2 += 1;
    }
    out
}

/// Every option of a candidate; the first is what the rules say.
pub(super) fn options(sight: &Sight<'_>) -> Vec<TimeOption> {
    let Sight { scene, candidate, fallback, .. } = *sight;
    let sentence = sentence_of(scene, candidate.anchor);
    let published = |date: fn(PartialDate) -> PartialDate| scene.published.map(|d| Period::Date(date(d)));
    let mut found = vec![(candidate.period, Source::Rule)];
    for at in looked_at(scene, sentence, candidate) {
        let Some(period) = scene.times[at].period else { continue };
        found.extend(WORDINGS.iter().filter_map(|wording| {
            let period = put(period, *wording).filter(|put| *wording == Wording::AsTold || *put != period)?;
            Some((Some(period), Source::Told(at, *wording)))
        }));
    }
    found.extend(fallback.map(|(period, _)| (Some(period), Source::Whole)));
    found.extend(published(|d| PartialDate { day: None, ..d }).map(|p| (Some(p), Source::PublishedMonth)));
    found.extend(published(|d| PartialDate::year(d.year)).map(|p| (Some(p), Source::PublishedYear)));
    found.push((None, Source::Nothing));
    let common = common_numbers(sight, sentence, found.len());
    let option = |(period, source): &(Option<Period>, Source)| {
        let mut numbers = common.clone();
        let same = found.iter().filter(|(other, _)| other == period).count() as i32;
        numbers.extend(source_numbers(*source));
        numbers.push(same);
        numbers.extend(period_numbers(sight, *period));
        match source {
            Source::Told(at, _) => numbers.extend(place_numbers(scene, sentence, candidate, *at)),
            _ => numbers.extend([NONE; PLACE]),
        }
        TimeOption { period: *period, numbers }
    };
    found.iter().map(option).collect()
}

fn sentence_of(scene: &Scene<'_>, span: CleanSpan) -> CleanSpan {
    let after = scene.sentences.partition_point(|sentence| sentence.start <= span.start);
    after.checked_sub(1).map_or(span, |at| scene.sentences[at])
}

/// Indices of the times around a candidate.
fn looked_at(scene: &Scene<'_>, sentence: CleanSpan, candidate: &Candidate) -> std::ops::Range<usize> {
    let before = scene.times.partition_point(|time| time.span.end <= candidate.anchor.start);
    let inside = scene.times.partition_point(|time| time.span.end <= sentence.end);
    before.saturating_sub(BEFORE)..inside.clamp(before, before + BEHIND)
}

/// A time put in another way, where that can be done.
fn put(period: Period, wording: Wording) -> Option<Period> {
    let last = match period {
        Period::Date(date) => date,
        Period::Half(year, half) => PartialDate::month(year, 6 * half),
        Period::Quarter(year, quarter) => PartialDate::month(year, 3 * quarter),
        Period::Span(_, last) => last,
    };
    let year = last.year;
    match (wording, last.month) {
        (Wording::AsTold, _) => Some(whole_year(period).unwrap_or(period)),
        (Wording::Year, _) => Some(Period::Date(PartialDate::year(year))),
        (Wording::Month, Some(month)) => Some(Period::Date(PartialDate::month(year, month))),
        (Wording::FromJanuary, Some(month)) if month > 1 => {
            Some(Period::Span(PartialDate::month(year, 1), PartialDate::month(year, month)))
        }
        (Wording::Half, Some(6)) => Some(Period::Half(year, 1)),
        _ => None,
    }
}

/// How many numbers [`kind_numbers`] gives.
pub(super) const KINDS: usize = 9;

/// What kind of figure a candidate is.
pub(super) fn kind_numbers(scene: &Scene<'_>, candidate: &Candidate) -> [i32; KINDS] {
    const COUNTED: [char; 12] = ['家', '个', '项', '亩', '人', '里', '米', '吨', '件', '台', '辆', '名'];
    let counted = match candidate.unit {
        Some(Unit::Measure(span)) => {
            let last = scene.chars[span.range()].last();
            COUNTED.iter().position(|c| Some(c) == last).map_or(NONE, |at| at as i32)
        }
        _ => NONE,
    };
    let phrase: usize = candidate.indicator.iter().map(|part| part.len()).sum();
    [
        candidate.unit_number(),
        counted,
        candidate.shape as i32,
        i32::from(candidate.growth.is_some()),
        i32::from(candidate.target),
        i32::from(is_state(scene, candidate)),
        i32::from(candidate.subject.is_some()),
        phrase as i32,
        candidate.indicator.len() as i32,
    ]
}

fn common_numbers(sight: &Sight<'_>, sentence: CleanSpan, options: usize) -> Vec<i32> {
    let Sight { scene, candidate, fallback, .. } = *sight;
    let rule = told(scene, sentence, candidate).map_or(0, |(_, own)| 1 + i32::from(own));
    let mut out = kind_numbers(scene, candidate).to_vec();
    out.extend([
        rule,
        fallback.map_or(NONE, |(_, count)| count as i32),
        scene.times.len() as i32,
        options as i32,
        (candidate.anchor.start - sentence.start.min(candidate.anchor.start)) as i32,
        scene.published.and_then(|date| date.month).map_or(NONE, i32::from),
    ]);
    out
}

fn source_numbers(source: Source) -> [i32; 2] {
    match source {
        Source::Rule => [0, NONE],
        Source::Told(_, wording) => [1, wording as i32],
        Source::Whole => [2, NONE],
        Source::PublishedMonth => [3, NONE],
        Source::PublishedYear => [4, NONE],
        Source::Nothing => [5, NONE],
    }
}

/// What a period is in the text.
fn period_numbers(sight: &Sight<'_>, period: Option<Period>) -> Vec<i32> {
    let Sight { scene, candidate, fallback, periods } = *sight;
    let by_rule = i32::from(period == candidate.period);
    let Some(period) = period else { return vec![by_rule, NONE, NONE, NONE, -99, NONE, NONE, 0, NONE, -99] };
    let (told, first, by_rules) = periods.get(&period).copied().unwrap_or((0, scene.times.len(), 0));
    let year = i32::from(year_of(period));
    vec![
        by_rule,
        told,
        grain(period),
        i32::from(is_future(scene, period)),
        scene.published.map_or(-99, |date| year - i32::from(date.year)),
        last_month(period),
        by_rules,
        i32::from(fallback.is_some_and(|(whole, _)| whole == period)),
        first as i32,
        fallback.map_or(-99, |(whole, _)| year - i32::from(year_of(whole))),
    ]
}

/// How exact a period is.
fn grain(period: Period) -> i32 {
    match period {
        Period::Date(PartialDate { month: None, .. }) => 0,
        Period::Date(PartialDate { day: None, .. }) => 1,
        Period::Date(_) => 2,
        Period::Half(..) => 3,
        Period::Quarter(..) => 4,
        Period::Span(first, last) if first.year == last.year => 5,
        Period::Span(..) => 6,
    }
}

fn year_of(period: Period) -> u16 {
    match period {
        Period::Date(date) => date.year,
        Period::Half(year, _) | Period::Quarter(year, _) => year,
        Period::Span(_, last) => last.year,
    }
}

fn last_month(period: Period) -> i32 {
    match period {
        Period::Date(date) | Period::Span(_, date) => date.month.map_or(NONE, i32::from),
        Period::Half(_, half) => 6 * i32::from(half),
        Period::Quarter(_, quarter) => 3 * i32::from(quarter),
    }
}

/// How many numbers [`place_numbers`] gives.
const PLACE: usize = 13;

/// How a time told at one place stands to a candidate.
fn place_numbers(scene: &Scene<'_>, sentence: CleanSpan, candidate: &Candidate, at: usize) -> [i32; PLACE] {
    let time: &DateMention = &scene.times[at];
    let (start, end) = (candidate.anchor.start, candidate.anchor.end);
    let behind = time.span.start >= end;
    let between = if behind { end..time.span.start } else { time.span.end.min(start)..start };
    let chars = &scene.chars[between.start as usize..between.end as usize];
    let count = |marks: &[char]| chars.iter().filter(|c| marks.contains(c)).count() as i32;
    let nearest = scene.times.partition_point(|time| time.span.end <= start);
    let own = time.span.start >= sentence.start && time.span.end <= sentence.end;
    let char_before = (time.span.start as usize).checked_sub(1).map(|i| scene.chars[i]);
    let char_after = scene.chars.get(time.span.end as usize).copied();
    let class = |marks: &[char], c: Option<char>| marks.iter().position(|m| Some(*m) == c).map_or(NONE, |i| i as i32);
    [
        i32::from(behind),
        chars.len() as i32,
        i32::from(own),
        count(&[',']),
        count(&[';', '。']),
        count(&['\n']),
        if behind { at as i32 - nearest as i32 } else { nearest as i32 - 1 - at as i32 },
        time.when as i32,
        i32::from(is_day(time)),
        i32::from(is_compared(scene.chars, time)),
        class(&['较', '比', '自', '于', '从', '是', '到', '至', '截', '在', ',', '。', '(', '\n', '年'], char_before),
        class(&['底', '末', '以', '起', '来', ',', '的', '前', '间', '完', '新', '至', '到'], char_after),
        time.span.len() as i32,
    ]
}

#[cfg(test)]
mod tests {
    use super::super::{Input, Proposals};
    use super::*;
    use crate::extract::Values;

    #[test]
    fn every_time_around_a_figure_is_offered_as_told_and_in_other_words() {
        for (source, offered) in [
            ("2017年1-6月,产值5亿元。", &["2017-01/2017-06", "2017", "2017-06", "2017-H1", "2018-07", "2018", "-"][..]),
            ("2017年1-12月,产值5亿元。", &["2017", "2017-12", "2017-01/2017-12", "2018-07", "2018", "-"]),
            (
                "截至2017年9月底,企业5家。",
                &["2017-09-30", "2017", "2017-09", "2017-01/2017-09", "2018-07", "2018", "-"],
            ),
            ("企业5家,2016年起步。", &["2018-07", "2016", "2018", "-"]),
        ] {
            let chars: Vec<char> = source.chars().collect();
            let sentences = [CleanSpan::new(0, chars.len())];
            let published = Some(PartialDate::month(2018, 7));
            let values = Values::of(&chars, &sentences);
            let input = Input { chars: &chars, sentences: &sentences, published, names: Vec::new(), values: &values };
            let proposals = Proposals::of(input);
            let options = proposals.times(&proposals.candidates[0]);
            assert_eq!(options[0].period, proposals.candidates[0].period, "{source}");
            assert!(options.iter().all(|option| option.numbers.len() == options[0].numbers.len()), "{source}");
            let mut told: Vec<String> = Vec::new();
            for option in options {
                let period = option.period.map_or("-".to_owned(), |period| period.to_string());
                if !told.contains(&period) {
                    told.push(period);
                }
            }
            assert_eq!(told, offered, "{source}");
        }
    }
}
