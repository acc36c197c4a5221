//! Finds of one kind each, over clean text: exact values and counted sets of projects.

pub mod group;
pub mod value;
pub mod words;
