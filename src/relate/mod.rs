//! Judges which of the things found are related, and how.

mod candidate;
mod company;
mod judge;
mod network;
pub mod observation;
mod pair;
mod scene;
mod status;
mod telling;

pub use candidate::{Candidate, End, candidates};
pub use company::company_features;
pub use judge::{RelationJudge, RelationJudges, Statement, candidate_features, judge};
pub use pair::pair_features;
pub use scene::{Item, ItemKind, Scene, Section, Sum};
pub use status::{StageVerb, stage_verbs, status_features};
