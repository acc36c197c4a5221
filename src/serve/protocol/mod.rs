//! The SPARQL 1.1 Protocol and the Graph Store HTTP Protocol, at the paths of oxigraph-cli.
//!
//! The knowledge of all articles is the default graph; what one article says is the named graph of that article. Writing
//! is putting articles in and taking them out: single statements have no sentence behind them and are refused.

mod description;
mod form;
mod graph_store;
mod query;
mod results;
mod stream;
mod update;

pub(super) use form::Form;
pub(super) use graph_store::{delete, get, put};
pub(super) use query::{by_get, by_post};
pub(super) use results::{Limits, evaluate};
pub(super) use update::update;
