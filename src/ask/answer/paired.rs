//! Two things side by side: which has more, and how much more.

use std::collections::BTreeMap;

use oxigraph::model::Triple;
use rust_decimal::Decimal;

use super::figured::figures;
use super::gather::Gathered;
use super::summed::money;
use super::{Answer, Answers, Failure, quotes};
use crate::ask::figure;
use crate::ask::names::Names;
use crate::ask::plan::{FigurePlan, Measure, PairPlan};
use crate::message::Lang;
use crate::store::Store;

/// What one of the two has, by currency or unit and period.
type Side = BTreeMap<(String, String), (Decimal, Triple)>;

pub(super) fn paired(store: &Store, names: &Names, plan: &PairPlan, lang: Lang) -> Result<Answers, Failure> {
    let mut sparql = String::new();
    let mut sides: Vec<Side> = Vec::new();
    match &plan.measure {
        Measure::Money(by) => {
            for by in by {
                sides.clear();
                for things in &plan.things {
                    let group = Gathered { things: things.iter().cloned().collect(), ..Gathered::default() };
                    let (query, sums) = money(store, &group, *by)?;
                    sparql = query;
                    let side = sums.into_iter().map(|(code, told)| ((String::new(), code), (told.value, told.triple)));
                    sides.push(side.collect());
                }
                if common(&sides).is_some() {
                    break;
                }
            }
        }
        Measure::Figures(plans) => {
            for figures in plans.iter() {
                let (query, side) = figure_side(store, figures, plan.across)?;
                sparql = query;
                sides.push(side);
            }
        }
    }
    let answers = match common(&sides) {
        Some(((period, unit), [left, right])) => vec![answer(store, names, plan, &period, &unit, [left, right], lang)?],
        None => Vec::new(),
    };
    Ok(Answers { sparql, answers })
}

fn figure_side(store: &Store, plan: &FigurePlan, across: bool) -> Result<(String, Side), Failure> {
    let (sparql, found) = figures(store, plan)?;
    let row = |it: super::figured::Figure| {
        let period = if across { String::new() } else { it.period };
        ((period, it.unit.unwrap_or_default()), (it.value, it.triple))
    };
    Ok((sparql, found.into_iter().map(row).collect()))
}

/// The latest period and unit that both sides have, with what each has: only like is compared.
#[allow(clippy::type_complexity)]
fn common(sides: &[Side]) -> Option<((String, String), [&(Decimal, Triple); 2])> {
    let [left, right] = sides else { return None };
    left.iter().rev().find_map(|(key, told)| Some((key.clone(), [told, right.get(key)?])))
}

fn answer(
    store: &Store,
    names: &Names,
    plan: &PairPlan,
    period: &str,
    unit: &str,
    told: [&(Decimal, Triple); 2],
    lang: Lang,
) -> Result<Answer, Failure> {
    let things = plan.things.each_ref().map(|things| things.first().and_then(|thing| names.by_iri(thing.as_str())));
    let name = |at: usize| things[at].as_ref().and_then(|thing| thing.names.first().cloned()).unwrap_or_default();
    let written = |value: Decimal| figure::written(value, None, Some(unit), None, lang);
    let sides = [0, 1].map(|at| format!("{} {}", name(at), written(told[at].0)));
    let about = Some(format!("{} {}", period, sides.join("，")).trim().to_owned());
    let evidence = quotes(store, &told.map(|it| it.1.clone()))?;
    let difference = told[0].0 - told[1].0;
    if plan.difference {
        let value = difference.abs();
        let (label, unit) = (written(value), Some(unit.to_owned()));
        return Ok(Answer { label, value: Some(value), unit, about, evidence, ..Answer::default() });
    }
    if difference.is_zero() {
        let label = if lang == Lang::Zh { "相同" } else { "the same" };
        return Ok(Answer { label: label.to_owned(), about, evidence, ..Answer::default() });
    }
    let at = usize::from(difference.is_sign_negative() != plan.least);
    let mut aliases = things[at].as_ref().map(|thing| thing.names.clone()).unwrap_or_default();
    let label = if aliases.is_empty() { String::new() } else { aliases.remove(0) };
    let iri = things[at].as_ref().map(|thing| thing.iri.as_str().to_owned());
    Ok(Answer { label, iri, aliases, about, evidence, ..Answer::default() })
}
