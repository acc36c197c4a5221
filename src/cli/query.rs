//! `query`: saved queries and SPARQL.

use std::fs;
use std::io::{self, IsTerminal, Read, Write};
use std::path::PathBuf;

use clap::ValueEnum;
use oxigraph::model::Term;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{QueryResults, QuerySolutionIter, QueryTripleIter};

use super::extract::turtle;
use super::{Context, Failure, Outcome, output, print};
use crate::query::{Catalogue, SavedQuery, Table, render};
use crate::store::{Mode, QueryError, Store};

/// Arguments of `query`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name of a saved query, or SPARQL
    #[arg(value_name = "NAME_OR_SPARQL", required_unless_present_any = ["query_file", "list"], conflicts_with = "query_file")]
    query: Option<String>,
    /// Folder of the store
    #[arg(short, long, value_name = "DIR", required_unless_present = "list")]
    location: Option<PathBuf>,
    /// Takes the query from a file, `-` for standard input
    #[arg(long, value_name = "FILE")]
    query_file: Option<PathBuf>,
    /// Form of the results
    #[arg(long, value_enum, default_value = "table", value_name = "FORMAT")]
    format: Format,
    /// Sets a parameter of a saved query
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = assignment)]
    set: Vec<(String, String)>,
    /// Folder with queries of your own
    #[arg(long, value_name = "DIR")]
    queries: Option<PathBuf>,
    /// Lists the saved queries with their parameters
    #[arg(long)]
    list: bool,
    /// Ends with exit status 1 when nothing is found
    #[arg(long)]
    fail_empty: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Csv,
    Tsv,
    Json,
    Xml,
}

fn assignment(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write NAME=VALUE")?;
    Ok((name.trim().to_owned(), value.to_owned()))
}

/// Runs the command.
///
/// # Errors
/// When the store, the query or one of its parameters is wrong.
pub fn run(args: &Args, context: &Context) -> Result<Outcome, Failure> {
    let mut catalogue = Catalogue::shipped()?;
    if let Some(folder) = &args.queries {
        catalogue.add_folder(folder)?;
    }
    if args.list {
        print(&listing(&catalogue, context))?;
        return Ok(Outcome::Done);
    }
    let Some(location) = &args.location else { return Ok(Outcome::Done) };
    let query = wanted(args, &catalogue)?;
    let bindings = query.bindings(&args.set)?;
    let store = Store::open(location, Mode::Read)?;
    let count = match store.sparql(&query.sparql, &bindings)? {
        QueryResults::Boolean(answer) => {
            boolean(args.format, answer)?;
            usize::from(answer)
        }
        QueryResults::Solutions(rows) => solutions(args.format, rows, &store)?,
        QueryResults::Graph(triples) => graph(args.format, triples)?,
    };
    Ok(if count == 0 && args.fail_empty { Outcome::Partly } else { Outcome::Done })
}

/// The query to run; SPARQL counts as a query whose variables may be set freely.
fn wanted(args: &Args, catalogue: &Catalogue) -> Result<SavedQuery, Failure> {
    let sparql = match (&args.query_file, &args.query) {
        (Some(file), _) if file.as_os_str() == "-" => {
            let mut text = String::new();
            io::stdin().read_to_string(&mut text)?;
            text
        }
        (Some(file), _) => fs::read_to_string(file).map_err(|error| {
            let shown = file.display();
            Failure::new(
                format!("无法读取 {shown}（{error}）；请检查路径"),
                format!("cannot read {shown} ({error}); check the path"),
            )
        })?,
        (None, Some(name)) if is_name(name) => return Ok(catalogue.get(name)?.clone()),
        (None, text) => text.clone().unwrap_or_default(),
    };
    Ok(SavedQuery::ad_hoc(&sparql, &args.set))
}

fn is_name(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
}

fn listing(catalogue: &Catalogue, context: &Context) -> String {
    let mut text = String::new();
    for query in catalogue.iter() {
        text +=
            &format!("{}  {}\n    {}\n", query.name, query.title.text(context.lang), query.summary.text(context.lang));
        for parameter in &query.parameters {
            let default = match &parameter.default {
                Term::Literal(literal) => literal.value().to_owned(),
                other => other.to_string(),
            };
            text += &format!("    --set {}={default}  {}\n", parameter.name, parameter.description.text(context.lang));
        }
    }
    text
}

fn boolean(format: Format, answer: bool) -> Result<(), Failure> {
    let mut out = output();
    match results_format(format) {
        None => writeln!(out, "{answer}")?,
        Some(format) => {
            QueryResultsSerializer::from_format(format).serialize_boolean_to_writer(&mut out, answer)?;
        }
    }
    out.flush()?;
    Ok(())
}

fn solutions(format: Format, rows: QuerySolutionIter<'_>, store: &Store) -> Result<usize, Failure> {
    let Some(format) = results_format(format) else { return draw(rows, store) };
    let serializer = QueryResultsSerializer::from_format(format);
    let mut writer = serializer.serialize_solutions_to_writer(output(), rows.variables().to_vec())?;
    let mut count = 0;
    for row in rows {
        let row = row.map_err(QueryError::from)?;
        writer.serialize(&row)?;
        count += 1;
    }
    writer.finish()?.flush()?;
    Ok(count)
}

fn draw(rows: QuerySolutionIter<'_>, store: &Store) -> Result<usize, Failure> {
    let columns = rows.variables().iter().map(|it| it.as_str().to_owned()).collect();
    let mut table = Table { columns, rows: Vec::new() };
    for row in rows {
        table.rows.push(row.map_err(QueryError::from)?.values().to_vec());
    }
    let width = io::stdout().is_terminal().then(terminal_width).flatten();
    print(&format!("{}\n", render(&table, store, width)?))?;
    Ok(table.rows.len())
}

fn terminal_width() -> Option<u16> {
    comfy_table::Table::new().width()
}

fn graph(format: Format, triples: QueryTripleIter<'_>) -> Result<usize, Failure> {
    if format != Format::Table {
        return Err(Failure::new(
            "查询结果是图而不是表；请去掉 --format（输出 Turtle）",
            "the result is a graph, not a table; leave --format out (it prints Turtle)",
        ));
    }
    let mut writer = turtle().for_writer(output());
    let mut count = 0;
    for triple in triples {
        writer.serialize_triple(&triple.map_err(QueryError::from)?)?;
        count += 1;
    }
    writer.finish()?.flush()?;
    Ok(count)
}

fn results_format(format: Format) -> Option<QueryResultsFormat> {
    Some(match format {
        Format::Table => return None,
        Format::Csv => QueryResultsFormat::Csv,
        Format::Tsv => QueryResultsFormat::Tsv,
        Format::Json => QueryResultsFormat::Json,
        Format::Xml => QueryResultsFormat::Xml,
    })
}
