//! Finds → the things of a document.

mod alias;
mod bare;
mod definition;
mod entities;

pub use alias::{NameForm, comparable, name_key, pair_features, subsequence};
pub use bare::bare_places;
pub use definition::definitions;
pub use entities::{Cluster, cluster, name_forms};
