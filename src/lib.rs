//! Builds a knowledge graph with evidence from Chinese news of development zones.
//!
//! The modules stand in the order in which data passes through them; a module uses only those above it.

pub mod message;
pub mod model;

pub mod lexicon;

pub mod text;

pub mod learn;

pub mod extract;

pub mod resolve;

pub mod relate;

pub mod draft;

pub mod read;

pub mod reader;

pub mod evaluate;

pub mod training;

pub mod rdf;

pub mod identity;

pub mod store;

pub mod query;

pub mod ask;
pub mod graph;
pub mod trace;

pub mod shapes;

pub mod export;
pub mod report;

#[cfg(feature = "serve")]
pub mod serve;

pub mod cli;
