//! Annotated documents → weights.

mod align;
mod taggers;

pub use align::{Alignment, NamedThing, Occurrence, align, allowed_labels};
pub use taggers::{LabelledText, train_taggers};
