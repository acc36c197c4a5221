//! What the finds of a text say of each other: figures with their indicator, time and growth.

pub mod observation;
