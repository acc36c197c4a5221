//! Figures over a period: the number must be right and the indicator alike; subject, period and growth make it full.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::gold::{Gold, GoldObservation};
use super::name::{alike, normalized};
use super::score::Matches;
use super::table::{Table, Tally};
use super::view::View;
use crate::model::Observation;

/// Counts the figures. Each annotated figure is paired with at most one of the reading's, full agreements first.
pub(super) fn score(gold: &Gold, view: &View, matches: &Matches, table: &mut Table) {
    let mut pairs = Vec::new();
    for (g, expected) in gold.observations.iter().enumerate() {
        for (s, (read, subject)) in view.figures.iter().enumerate() {
            if same_number(expected, read) && alike(&expected.indicator, &read.indicator) {
                let subject_fits = subject.is_some_and(|index| matches[index].contains(expected.subject.as_str()));
                let full = subject_fits && same_period(expected, read) && same_growth(expected, read);
                pairs.push((!full, g, s));
            }
        }
    }
    pairs.sort_unstable();
    let soft = |g: usize| gold.observations[g].optional || gold.is_optional(&gold.observations[g].subject);
    let (mut found, mut used) = (BTreeSet::new(), BTreeSet::new());
    let mut full = 0;
    for (partial, g, s) in pairs {
        if !found.contains(&g) && !used.contains(&s) {
            found.insert(g);
            used.insert(s);
            full += u32::from(!partial && !soft(g));
        }
    }
    let needed = (0..gold.observations.len()).filter(|g| !soft(*g)).count() as u32;
    let neutral = found.iter().filter(|g| soft(**g)).count() as u32;
    let right = found.len() as u32 - neutral;
    let system = view.figures.len() as u32 - neutral;
    table.add("observations", Tally { found: right, gold: needed, right, system });
    table.add("obs. full", Tally { found: full, gold: needed, right: full, system });
    for (g, expected) in gold.observations.iter().enumerate() {
        if !found.contains(&g) && !soft(g) {
            table.say(&gold.id, "observation MISSED".into(), expected_label(expected));
        }
    }
    for (s, (read, _)) in view.figures.iter().enumerate() {
        if !used.contains(&s) {
            table.say(&gold.id, "observation WRONG".into(), read_label(read));
        }
    }
}

fn same_number(expected: &GoldObservation, read: &Observation) -> bool {
    match (expected.value, expected.growth_pct) {
        (Some(value), _) => read.value == Some(value) && same_unit(expected.unit.as_deref(), read.unit.as_deref()),
        (None, Some(growth)) => read.growth == Some(growth),
        (None, None) => false,
    }
}

fn same_unit(a: Option<&str>, b: Option<&str>) -> bool {
    normalized(a.unwrap_or(""), None) == normalized(b.unwrap_or(""), None)
}

fn same_growth(expected: &GoldObservation, read: &Observation) -> bool {
    expected.value.is_none() || expected.growth_pct.is_none() || expected.growth_pct == read.growth
}

fn same_period(expected: &GoldObservation, read: &Observation) -> bool {
    match &expected.period {
        None => true,
        Some(period) => read.period.is_some_and(|p| p.to_string() == *period),
    }
}

fn expected_label(o: &GoldObservation) -> String {
    label(&o.indicator, o.value, o.unit.as_deref(), o.period.as_deref(), o.growth_pct)
}

fn read_label(o: &Observation) -> String {
    let period = o.period.map(|period| period.to_string());
    label(&o.indicator, o.value, o.unit.as_deref(), period.as_deref(), o.growth)
}

fn label(
    indicator: &str,
    value: Option<Decimal>,
    unit: Option<&str>,
    period: Option<&str>,
    growth: Option<Decimal>,
) -> String {
    let number = |n: Option<Decimal>| n.map_or_else(|| "-".to_owned(), |n| n.normalize().to_string());
    let (value, growth) = (number(value), number(growth));
    format!("{indicator} = {value} {} ({}) growth {growth}", unit.unwrap_or("-"), period.unwrap_or("-"))
}
