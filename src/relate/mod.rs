//! Judges which of the things found are related, and how.

mod candidate;
mod judge;
mod pair;
mod scene;
mod status;

pub use candidate::{Candidate, End, candidates};
pub use judge::{RelationJudges, Statement, candidate_features, judge};
pub use pair::pair_features;
pub use scene::{Item, ItemKind, Scene, Section, Sum};
pub use status::status_features;
