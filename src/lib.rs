//! Builds a knowledge graph with evidence from Chinese news of development zones.
//!
//! The modules stand in the order in which data passes through them; a module uses only those above it.

pub mod model;

pub mod extract;
pub mod relate;
