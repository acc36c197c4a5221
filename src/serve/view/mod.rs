//! What a reader of the graph sees, as plain data that serializes: the page, the JSON API and MCP show the same views.

pub(super) mod document;
pub(super) mod entity;
pub(super) mod figures;
pub(super) mod ledger;
pub(super) mod names;
pub(super) mod network;
pub(super) mod stats;

pub(super) use crate::trace::node::{id, objects, plain, text, thing};
pub(super) use crate::trace::{evidence, value};
