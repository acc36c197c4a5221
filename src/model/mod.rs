//! Plain data that every stage shares: spans, values, kinds, and what one document says.
//!
//! No input or output, no serialization, no pattern matching lives here.

mod kind;
mod origin;
mod reading;
mod span;
mod value;

pub use kind::{EntityKind, Predicate, Qualifier, Status};
pub use origin::{DateSource, Origin, Place, Places};
pub use reading::{
    Amount, Document, Entity, EntityId, Evidence, Group, Mention, Node, Observation, Reading, Relation, Sentence,
};
pub use span::{CleanSpan, SourceSpan};
pub use value::{Money, PartialDate, Period};
