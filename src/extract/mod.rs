//! Finds what the text names: sums, dates, figures, counted sets and named things.

mod again;
mod classes;
mod cue;
mod find;
mod group;
mod names;
mod signs;
mod surface;
mod tagging;
pub mod value;
mod values;
pub mod words;

pub use again::found_again;
pub use classes::without_classes;
pub use cue::network_bits;
pub use find::{Find, FindKind};
pub use group::{GroupMention, groups};
pub use names::{NameTaggers, shipped_network};
pub use signs::whole_signs;
pub use surface::{Surface, Word};
pub use tagging::{inner_features, position_features, range_features, shape};
pub use values::Values;
