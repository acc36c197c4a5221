//! `history`: what is told of one thing over time.

use comfy_table::presets;
use oxigraph::model::NamedNode;
use serde_json::json;

use super::form::TableOrJson;
use super::names::things;
use super::{Context, Failure, Location, Outcome, print};
use crate::rdf::{expand, shorten};
use crate::store::{Mode, Store};
use crate::trace::{Event, Kind, history};

/// Arguments of `history`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name of the thing, or pgr:kind/name
    thing: String,
    #[command(flatten)]
    location: Location,
    /// Form of the output
    #[arg(long, value_enum, default_value = "table", value_name = "FORMAT")]
    format: TableOrJson,
}

/// Runs the command.
///
/// # Errors
/// When the store cannot be had or has nothing of that name.
pub fn run(args: &Args, context: &Context) -> Result<Outcome, Failure> {
    let store = args.location.open(Mode::Read)?;
    let mut told = Vec::new();
    for thing in called(&store, &args.thing)? {
        let label = store.label(thing.as_ref())?.unwrap_or_else(|| shorten(thing.as_str()));
        told.push((thing.clone(), label, history(&store, &thing, context.lang)?));
    }
    let found = told.iter().any(|(_, _, events)| !events.is_empty());
    match args.format {
        TableOrJson::Table => {
            for (thing, label, events) in &told {
                print(&format!("{label}  {}\n{}\n", shorten(thing.as_str()), table(events, context)))?;
            }
        }
        TableOrJson::Json => {
            let all = told
                .iter()
                .map(|(thing, label, events)| json!({"thing": thing.as_str(), "label": label, "events": events}));
            print(&format!("{:#}\n", json!(all.collect::<Vec<_>>())))?;
        }
    }
    Ok(if found { Outcome::Done } else { Outcome::Partly })
}

/// The things that a name or an IRI means.
fn called(store: &Store, text: &str) -> Result<Vec<NamedNode>, Failure> {
    if let Some(iri) = expand(text) {
        let present = store.present(iri.as_ref())?;
        if store.label(present.as_ref())?.is_some() {
            return Ok(vec![present]);
        }
    }
    Ok(things(store, text)?.into_iter().map(NamedNode::new_unchecked).collect())
}

fn table(events: &[Event], context: &Context) -> comfy_table::Table {
    let mut table = comfy_table::Table::new();
    let header = [("日期", "date"), ("内容", "what"), ("说法", "told"), ("文档", "document"), ("原文", "words")];
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_header(header.map(|(zh, en)| context.pick(zh, en)));
    for event in events {
        let date = event.date.clone().unwrap_or_else(|| context.pick("不详", "unknown").to_owned());
        let what = match event.kind {
            Kind::Figure => context.pick("数字", "figure").to_owned(),
            Kind::Name | Kind::Stage | Kind::Sum => event.property.clone(),
        };
        let published = event.published.as_ref().map_or(String::new(), |date| format!(" {date}"));
        let document = format!("{}{published}", event.document);
        table.add_row([date, what, event.value.clone(), document, event.quote.clone()]);
    }
    table
}
