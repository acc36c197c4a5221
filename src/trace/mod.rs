//! What leads from the graph back to the texts: why something is said, what is told of a thing over time, what two stores
//! differ in, and what a graph lacks.

mod difference;
pub mod evidence;
mod follows;
mod health;
mod history;
pub mod node;
mod told;
pub mod value;
mod why;
pub mod words;

pub use difference::{Change, Difference, Documents, SumsApart, difference};
pub use follows::Follows;
pub use health::{Health, health};
pub use history::{Event, Kind, history};
pub use told::Told;
pub use why::{Asked, Why, why};
