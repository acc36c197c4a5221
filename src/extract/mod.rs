//! Finds what the text names: sums, dates, figures and named things.

mod find;
mod names;
mod surface;
mod tagging;

pub use find::{Find, FindKind};
pub use names::NameTaggers;
pub use surface::{Surface, Word};
pub use tagging::{inner_features, position_features, range_features, shape};
