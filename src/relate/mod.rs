//! Judges which of the things found are related, and how.

mod pair;
mod scene;
mod status;

pub use pair::pair_features;
pub use scene::{Item, ItemKind, Scene, Section, Sum};
pub use status::status_features;
