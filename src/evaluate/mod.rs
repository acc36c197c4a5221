//! Measures a reading against what a careful analyst found in the same text.
//!
//! Counts are those of a reader of the graph: things are nodes with names, sums are told apart by value and currency,
//! and a statement counts once for each pair of nodes that it joins.

mod entities;
mod figures;
mod gold;
mod name;
mod oracle;
mod place;
mod relations;
mod score;
mod sums;
mod table;
mod view;

pub use gold::{
    Annotated, Gold, GoldAmount, GoldEntity, GoldError, GoldGroup, GoldObservation, GoldRelation, read_folder,
};
pub use name::{alike, normalized};
pub use score::score_documents;
pub use table::{HEADLINE, Miss, ROWS, Table, Tally};
