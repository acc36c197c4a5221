//! Figures over time: a chart for each thing and indicator of which several periods are told, and a table of the rest.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Report;
use super::chart::{Bar, columns};
use super::html::{both, escaped, section as wrapped, shown, table, told};
use super::sources::Sources;
use crate::graph::{Figure, is_local, words};
use crate::message::Lang;
use crate::store::StoreError;

/// Charts at most.
const CHARTS: usize = 24;

/// Subject's name and identity, indicator and unit of a series. Things of one name, such as 全省 in two articles, may differ.
type Key<'a> = (&'a str, &'a str, &'a str, &'a str);

/// The section.
pub fn section(report: &Report<'_>, sources: &mut Sources) -> Result<String, StoreError> {
    let mut series: Vec<(Key<'_>, Vec<&Figure>)> = by_subject(&report.figures).into_iter().collect();
    series.retain(|(_, figures)| figures.len() >= 2);
    // Series of things with a name of their own first, then long ones; equal ones stay in order of their names.
    series.sort_by_key(|((_, iri, ..), figures)| (is_local(iri), usize::MAX - figures.len()));
    let all = series.len();
    let mut charts = String::new();
    for (key, figures) in series.iter().take(CHARTS) {
        charts += &chart(report, sources, *key, figures)?;
    }
    let mut inside = shown(all.min(CHARTS), all);
    inside += &format!("<div class=\"charts\">{charts}</div>\n");
    inside += &rest(report, sources)?;
    Ok(wrapped("figures", "指标", "Figures", &inside))
}

/// The figures of each series by period, one a period: the first that is no aim.
fn by_subject(figures: &[Figure]) -> BTreeMap<Key<'_>, Vec<&Figure>> {
    let mut series = BTreeMap::<Key<'_>, BTreeMap<&str, &Figure>>::new();
    for figure in figures {
        let (Some(subject), Some(iri), Some(period)) = (&figure.subject, &figure.subject_iri, &figure.period) else {
            continue;
        };
        if figure.value.is_none() {
            continue;
        }
        let unit = figure.unit.as_deref().unwrap_or_default();
        let slot = series.entry((subject, iri, &figure.indicator, unit)).or_default().entry(period).or_insert(figure);
        if slot.target && !figure.target {
            *slot = figure;
        }
    }
    series.into_iter().map(|(key, periods)| (key, periods.into_values().collect())).collect()
}

fn chart(
    report: &Report<'_>,
    sources: &mut Sources,
    (subject, _, indicator, _): Key<'_>,
    figures: &[&Figure],
) -> Result<String, StoreError> {
    let mut evidence = Vec::new();
    for figure in figures {
        evidence.extend(figure.sentences(report.store)?);
    }
    let column = |figure: &&Figure| {
        let value = number(figure).to_f64().unwrap_or_default();
        let text = svg_text(figure);
        Bar { name: figure.period.clone().unwrap_or_default(), value, text, hollow: figure.target }
    };
    let drawn = columns(&figures.iter().map(column).collect::<Vec<_>>());
    let (subject, indicator, cites) = (escaped(subject), escaped(indicator), sources.cite(evidence));
    Ok(format!("<figure><figcaption><b>{subject}</b> {indicator} {cites}</figcaption>{drawn}</figure>\n"))
}

fn rest(report: &Report<'_>, sources: &mut Sources) -> Result<String, StoreError> {
    let told: Vec<&Figure> = report.figures.iter().filter(|figure| figure.subject.is_some()).collect();
    let mut rows = Vec::new();
    for figure in told.iter().take(report.most) {
        let growth = figure.growth.as_deref().map(|growth| format!("{growth}%")).unwrap_or_default();
        let aim = if figure.target { both("（目标）", " (aim)") } else { String::new() };
        rows.push(vec![
            escaped(figure.subject.as_deref().unwrap_or_default()),
            format!("{}{aim}", escaped(&figure.indicator)),
            escaped(figure.period.as_deref().unwrap_or_default()),
            html_text(figure),
            escaped(&growth),
            sources.cite(figure.sentences(report.store)?),
        ]);
    }
    let heads = [
        ("对象", "About"),
        ("指标", "Indicator"),
        ("时期", "Period"),
        ("数值", "Value"),
        ("增长", "Growth"),
        ("依据", "Source"),
    ];
    let summary = both(&format!("全部指标（{}）", told.len()), &format!("All figures ({})", told.len()));
    let inside = shown(rows.len(), told.len()) + &table("figures", &heads, &rows);
    Ok(format!("<details class=\"all\"><summary>{summary}</summary>\n{inside}</details>\n"))
}

fn number(figure: &Figure) -> Decimal {
    figure.value.as_deref().and_then(|value| value.parse().ok()).unwrap_or_default()
}

fn html_text(figure: &Figure) -> String {
    if figure.value.is_none() {
        return String::new();
    }
    told(|lang| written(figure, lang))
}

/// As SVG has it, where one text must serve both languages.
fn svg_text(figure: &Figure) -> String {
    let (zh, en) = (written(figure, Lang::Zh), written(figure, Lang::En));
    if zh == en {
        return escaped(&zh);
    }
    format!("<tspan class=\"zh\">{}</tspan><tspan class=\"en\">{}</tspan>", escaped(&zh), escaped(&en))
}

fn written(figure: &Figure, lang: Lang) -> String {
    let unit = figure.unit.as_deref().unwrap_or_default();
    let is_currency = unit.len() == 3 && unit.chars().all(|c| c.is_ascii_uppercase());
    if is_currency {
        return words::money(number(figure), unit, lang);
    }
    words::money(number(figure), unit, Lang::Zh)
}
