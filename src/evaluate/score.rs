//! Scores documents one by one into one table.

use std::collections::BTreeSet;

use super::gold::Gold;
use super::table::Table;
use super::view::View;
use super::{entities, figures, relations, sums};
use crate::model::Reading;

/// For each node of the reading the ids of the annotated things that it is taken for.
pub(super) type Matches<'g> = Vec<BTreeSet<&'g str>>;

/// Measures readings against the annotations of the same texts.
pub fn score_documents(documents: &[(Gold, Reading)]) -> Table {
    let mut table = Table::new(documents.len());
    for (gold, reading) in documents {
        let view = View::new(reading);
        let mut matches = entities::score(gold, &view, &mut table);
        sums::score(gold, &view, &mut table);
        relations::match_groups(gold, &view, &mut matches);
        relations::score(gold, &view, &matches, &mut table);
        figures::score(gold, &view, &matches, &mut table);
    }
    table
}
