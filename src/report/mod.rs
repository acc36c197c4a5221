//! Pages that work offline, each one HTML file: a report on a store, and an article with its facts marked. Everything that
//! comes from articles is escaped, and the pages may not load anything.

mod annotate;
mod chains;
mod chart;
mod html;
mod ledger;
mod overview;
mod page;
mod policies;
mod series;
mod sources;
#[cfg(test)]
mod tests;

use crate::graph::{Figure, PropertyGraph};
use crate::message::Lang;
use crate::store::{Store, StoreError};

pub use annotate::annotate;
use sources::Sources;

/// How a report is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options<'a> {
    /// The title; a general one where there is none.
    pub title: Option<&'a str>,
    /// The language it opens in; the other one is in it as well.
    pub lang: Lang,
    /// Rows of a table and things in the drawing at most.
    pub most: usize,
}

/// What the sections are written from.
struct Report<'a> {
    store: &'a Store,
    graph: PropertyGraph,
    figures: Vec<Figure>,
    most: usize,
}

/// The report on a store as the text of one HTML file. Equal stores give equal reports.
///
/// # Errors
/// If the store cannot be read.
pub fn report(store: &Store, options: &Options<'_>) -> Result<String, StoreError> {
    let graph = PropertyGraph::read(store)?;
    let figures = Figure::all(store)?;
    let report = Report { store, graph, figures, most: options.most };
    let mut sources = Sources::read(store)?;
    let overview = overview::section(&report, &sources);
    let chains = chains::section(&report);
    let ledger = ledger::section(&report, &mut sources)?;
    let series = series::section(&report, &mut sources)?;
    let policies = policies::section(&report, &mut sources)?;
    let drawing = page::drawing(&report);
    let sections = [overview, drawing, chains, ledger, series, policies, sources.section()];
    Ok(page::whole(options, &report, &sections.concat()))
}
