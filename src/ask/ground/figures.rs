//! Questions for figures: which indicators and periods of the graph they mean.

use std::collections::BTreeSet;

use oxigraph::model::{Literal, Term};

use super::{Ground, Open, Stuck, named_slot};
use crate::ask::grammar::Slots;
use crate::ask::normal;
use crate::ask::period::{Fit, PeriodWish};
use crate::ask::plan::FigurePlan;
use crate::ask::sparql;
use crate::ask::tag::Tag;

/// How near a figure's name is to the one asked for; later is nearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    /// One contains the other, with so many characters more (negative).
    Part(i64),
    /// They are names of one figure.
    Same,
}

impl Ground<'_> {
    pub(super) fn figures(&self, slots: &Slots) -> Result<FigurePlan, Stuck> {
        let subjects = match named_slot(slots) {
            Some(slot) => self.iris(&self.thing(slot)?),
            None => Vec::new(),
        };
        let wish = match slots.get("period").and_then(|slot| self.tagged.only(slot)) {
            Some(Tag::Period(wish)) => Some(*wish),
            _ => None,
        };
        let slot = slots.get("indicator").ok_or(Stuck::Unread)?;
        // A time is no part of what is measured.
        if slot.chars().any(|mark| matches!(self.tagged.find(mark), Some(Tag::Period(_)))) {
            return Err(Stuck::Unread);
        }
        let asked = self.tagged.surface(slot);
        let (asked, target) = self.without_aim(&normal::key(&asked));
        if self.grammar.words.is_reserved(&asked) {
            return Err(Stuck::Unread);
        }
        let of_all = if subjects.is_empty() {
            self.indicators(&asked, self.names.figures().into_iter().map(|(_, name)| name).collect())
        } else {
            Vec::new()
        };
        if subjects.is_empty() && of_all.is_empty() {
            return Err(Stuck::Unknown(asked));
        }
        let table = sparql::select(self.store, &sparql::figure_names(&subjects, &of_all))?;
        let rows: Vec<(Literal, Option<Literal>)> = table.into_iter().filter_map(figure_row).collect();
        let until = match slots.get("since").and_then(|slot| self.tagged.only(slot)) {
            Some(Tag::Period(last)) => Some(*last),
            _ => None,
        };
        let periods = wish.map(|wish| match until {
            Some(last) => spanned(wish, last, &rows),
            None => fitting(wish, &rows),
        });
        let told = |row: &&(Literal, Option<Literal>)| match (&periods, &row.1) {
            (Some(periods), Some(period)) => periods.contains(period),
            (Some(_), None) => false,
            (None, _) => true,
        };
        let names: Vec<Literal> = rows.iter().filter(told).map(|row| row.0.clone()).collect();
        let indicators = self.indicators(&asked, names);
        if indicators.is_empty() {
            return Err(Stuck::Unknown(asked));
        }
        let latest = periods.is_none() && !["series", "trend"].iter().any(|slot| slots.contains_key(*slot));
        if latest {
            self.leave_open(&asked, &indicators, &rows);
        }
        let growth = slots.contains_key("growing") && !self.asks_growth_too();
        let both = slots.contains_key("beside");
        let growth_too = self.asks_growth_too();
        Ok(FigurePlan { subjects, indicators, periods, latest, growth, growth_too, target, both, rank: None })
    }

    /// True where a question for a figure goes on with one for growth: 完成多少,同比增长多少.
    fn asks_growth_too(&self) -> bool {
        let words = |list: &str| self.grammar.words.lists.get(list).into_iter().flatten();
        let text = &self.tagged.text;
        let first = words("howmuch").filter_map(|word| Some(text.find(word.as_str())? + word.len())).min();
        first.is_some_and(|end| words("growing").any(|word| text[end..].contains(word.as_str())))
    }

    /// Says that there are figures of other times.
    fn leave_open(&self, asked: &str, indicators: &[Literal], rows: &[(Literal, Option<Literal>)]) {
        let periods: BTreeSet<&str> = rows
            .iter()
            .filter(|(name, _)| indicators.contains(name))
            .filter_map(|(_, period)| Some(period.as_ref()?.value()))
            .collect();
        if periods.len() > 1 {
            let meanings = periods.into_iter().rev().map(str::to_owned).collect();
            self.open.borrow_mut().push(Open { name: asked.to_owned(), meanings });
        }
    }

    fn without_aim(&self, asked: &str) -> (String, bool) {
        let aims = self.grammar.words.lists.get("aim").map(Vec::as_slice).unwrap_or_default();
        match aims.iter().find_map(|aim| asked.strip_suffix(aim.as_str()).or(asked.strip_prefix(aim.as_str()))) {
            Some(rest) if rest.chars().count() >= 2 => (rest.trim_end_matches('的').to_owned(), true),
            _ => (asked.to_owned(), false),
        }
    }

    /// Those of the indicators that the question means: of the nearest likeness there is.
    fn indicators(&self, asked: &str, mut names: Vec<Literal>) -> Vec<Literal> {
        let asked = self.grammar.words.figure_names(asked);
        names.sort_by(|a, b| a.value().cmp(b.value()));
        names.dedup();
        let ranked: Vec<(Likeness, Literal)> =
            names.into_iter().filter_map(|name| Some((likeness(&asked, &normal::key(name.value()))?, name))).collect();
        let best = ranked.iter().map(|(rank, _)| *rank).max();
        ranked.into_iter().filter(|(rank, _)| Some(*rank) == best).map(|(_, name)| name).collect()
    }
}

fn likeness(asked: &[String], key: &str) -> Option<Likeness> {
    if asked.iter().any(|name| name == key) {
        return Some(Likeness::Same);
    }
    let length = |text: &str| text.chars().count() as i64;
    let part = |name: &String| {
        let holds = length(name) >= 2 && key.contains(name.as_str());
        let held = length(key) * 2 > length(name) && length(key) >= 2 && name.contains(key);
        (holds || held).then(|| Likeness::Part(-(length(key) - length(name)).abs()))
    };
    asked.iter().filter_map(part).max()
}

/// The periods that answer a wish: those that are it, else those within it.
fn fitting(wish: PeriodWish, rows: &[(Literal, Option<Literal>)]) -> Vec<Literal> {
    let fits: Vec<(Fit, &Literal)> = rows
        .iter()
        .filter_map(|row| row.1.as_ref())
        .filter_map(|period| Some((wish.fit(period.value())?, period)))
        .collect();
    let exact = fits.iter().any(|(fit, _)| *fit == Fit::Exact);
    let mut periods: Vec<Literal> =
        fits.into_iter().filter(|(fit, _)| !exact || *fit == Fit::Exact).map(|(_, period)| period.clone()).collect();
    periods.sort_by(|a, b| a.value().cmp(b.value()));
    periods.dedup();
    periods
}

/// The periods from one to another.
fn spanned(first: PeriodWish, last: PeriodWish, rows: &[(Literal, Option<Literal>)]) -> Vec<Literal> {
    let periods = rows.iter().filter_map(|row| row.1.as_ref());
    let mut periods: Vec<Literal> = periods.filter(|it| first.spans(last, it.value())).cloned().collect();
    periods.sort_by(|a, b| a.value().cmp(b.value()));
    periods.dedup();
    periods
}

fn figure_row(mut row: Vec<Option<Term>>) -> Option<(Literal, Option<Literal>)> {
    let period = row.pop()?.and_then(literal);
    Some((row.pop()?.and_then(literal)?, period))
}

fn literal(term: Term) -> Option<Literal> {
    if let Term::Literal(literal) = term { Some(literal) } else { None }
}
