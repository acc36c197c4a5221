//! Results of queries, written in the form that the client likes, within limits.

use std::io::{self, Write};

use axum::http::{HeaderMap, StatusCode};
use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::sparql::results::QueryResultsSerializer;
use oxigraph::sparql::{CancellationToken, QueryResults};

use super::super::http::Problem;
use super::super::negotiate;
use crate::rdf::terms::PREFIXES;
use crate::store::{Dataset, QueryError, Store};

/// Most bytes of one result.
const MOST_BYTES: usize = 128 << 20;

/// How large a result may be.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Most rows or triples.
    pub rows: usize,
}

/// Runs a query and writes its results: media type and bytes.
///
/// # Errors
/// When the query fails, its results are too large, or the client likes no form of them.
pub fn evaluate(
    store: &Store,
    query: &str,
    dataset: Option<&Dataset>,
    headers: &HeaderMap,
    limits: Limits,
    cancel: &CancellationToken,
) -> Result<(&'static str, Vec<u8>), Problem> {
    let mut out = Bounded { bytes: Vec::new() };
    let media = match store.sparql_until(query, dataset, cancel)? {
        QueryResults::Boolean(answer) => {
            let format = negotiate::results(headers, false)?;
            QueryResultsSerializer::from_format(format).serialize_boolean_to_writer(&mut out, answer).map_err(large)?;
            format.media_type()
        }
        QueryResults::Solutions(rows) => {
            let format = negotiate::results(headers, true)?;
            let serializer = QueryResultsSerializer::from_format(format);
            let mut writer =
                serializer.serialize_solutions_to_writer(&mut out, rows.variables().to_vec()).map_err(large)?;
            for (number, row) in rows.enumerate() {
                check(number, limits)?;
                writer.serialize(&row.map_err(QueryError::from)?).map_err(large)?;
            }
            writer.finish().map_err(large)?;
            format.media_type()
        }
        QueryResults::Graph(triples) => {
            let format = negotiate::rdf(headers, false)?;
            let mut writer = serializer(format).for_writer(&mut out);
            for (number, triple) in triples.enumerate() {
                check(number, limits)?;
                writer.serialize_triple(&triple.map_err(QueryError::from)?).map_err(large)?;
            }
            writer.finish().map_err(large)?;
            format.media_type()
        }
    };
    Ok((media, out.bytes))
}

/// A serializer with our prefixes.
pub fn serializer(format: RdfFormat) -> RdfSerializer {
    PREFIXES.iter().fold(RdfSerializer::from_format(format), |serializer, (prefix, namespace)| {
        let plain = serializer.clone();
        serializer.with_prefix(*prefix, *namespace).unwrap_or(plain)
    })
}

fn check(number: usize, limits: Limits) -> Result<(), Problem> {
    if number < limits.rows {
        return Ok(());
    }
    let rows = limits.rows;
    Err(Problem::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        format!("结果超过 {rows} 行；请加上 LIMIT，或以更大的 --max-rows 启动服务"),
        format!("the result has more than {rows} rows; add LIMIT, or start the server with a larger --max-rows"),
    ))
}

fn large(_: io::Error) -> Problem {
    let most = MOST_BYTES >> 20;
    Problem::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        format!("结果超过 {most} MB；请加上 LIMIT"),
        format!("the result has more than {most} MB; add LIMIT"),
    )
}

/// Bytes in memory, up to [`MOST_BYTES`].
struct Bounded {
    bytes: Vec<u8>,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > MOST_BYTES {
            return Err(io::Error::other("the result is too large"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
