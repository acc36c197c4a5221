//! Which names of which documents mean one thing.
//!
//! A *form* is a kind with a name that stands for itself: what a document calls 高新区 becomes 郑州高新区 where the document
//! is about Zhengzhou, and a bare word without any such hint stays the document's own. Documents make *claims* about
//! forms; forms that share a block are compared, and forms with enough evidence and nothing against it are one thing.
//! All of it follows from the set of claims and the user's journal alone, never from the order of reading.

mod compare;
mod decide;
mod grammar;
mod journal;
mod localize;
mod lookalike;
mod profile;
mod reprint;
mod table;
#[cfg(test)]
mod tests;

pub use compare::{Verdict, compare};
pub use decide::{Decision, Doubt, decide};
pub use grammar::gazetteer_entry;
pub use journal::{Entry, Journal, JournalError};
pub use localize::{Claim, Local, OWN, localize};
pub use profile::Profile;
pub use reprint::Print;
pub use table::{Sign, Weights};
