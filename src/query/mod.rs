//! Saved queries with parameters, and tables of results.

mod catalogue;
mod header;
mod parameter;
mod table;

use oxigraph::model::Term;
use oxigraph::sparql::QueryResults;

use crate::store::{QueryError, Store};

pub use catalogue::{Catalogue, SavedQuery};
pub use header::{Parameter, Words};
pub use parameter::SavedError;
pub use table::render;

/// The rows of a SELECT query.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Names of the columns, without question mark.
    pub columns: Vec<String>,
    /// Rows in the order of the query; cells are none where unbound.
    pub rows: Vec<Vec<Option<Term>>>,
}

/// Runs a SELECT query and fetches all rows; `bindings` as in [`Store::sparql`].
///
/// # Errors
/// When the query is no SELECT query or fails.
pub fn select(store: &Store, query: &str, bindings: &[(&str, Term)]) -> Result<Table, QueryError> {
    let QueryResults::Solutions(solutions) = store.sparql(query, bindings)? else {
        return Err(QueryError::NotATable);
    };
    let columns: Vec<_> = solutions.variables().iter().map(|it| it.as_str().to_owned()).collect();
    let mut rows = Vec::new();
    for solution in solutions {
        let solution = solution?;
        rows.push(solution.values().to_vec());
    }
    Ok(Table { columns, rows })
}

#[cfg(test)]
mod tests;
