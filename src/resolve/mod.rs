//! Finds → the things of a document.

mod alias;
mod definition;
mod entities;

pub use alias::{NameForm, comparable, name_key, pair_features, subsequence};
pub use definition::definitions;
pub use entities::{Cluster, cluster, name_forms};
