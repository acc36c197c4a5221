//! Cytoscape.js JSON: elements with data, and places for the `preset` layout.

use std::io::Write;

use petgraph::graph::NodeIndex;
use serde_json::{Map, Value, json};

use super::attribute::{Attribute, EDGE, NODE, Shape};
use super::{ExportError, Source};

/// Writes a source as Cytoscape.js JSON, an element a line.
pub fn write(source: &Source<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    let graph = source.graph()?;
    let places = graph.places();
    write!(out, "{{\"elements\": {{\"nodes\": [")?;
    for (number, node) in graph.nodes().enumerate() {
        let mut data = values(&NODE, node);
        data.insert("id".to_owned(), node.iri.clone().into());
        data.insert("degree".to_owned(), graph.degree(NodeIndex::new(number)).into());
        let mut element = json!({ "data": data });
        if let Some(place) = places.as_ref().map(|places| places[number]) {
            element["position"] = json!({ "x": place.x, "y": place.y });
        }
        write!(out, "{}\n{element}", if number == 0 { "" } else { "," })?;
    }
    write!(out, "\n], \"edges\": [")?;
    for (number, (from, edge, to)) in graph.edges().enumerate() {
        let mut data = values(&EDGE, edge);
        data.insert("id".to_owned(), format!("e{number}").into());
        data.insert("source".to_owned(), from.iri.clone().into());
        data.insert("target".to_owned(), to.iri.clone().into());
        write!(out, "{}\n{}", if number == 0 { "" } else { "," }, json!({ "data": data }))?;
    }
    writeln!(out, "\n]}}}}")?;
    out.flush()?;
    Ok(())
}

fn values<T>(attributes: &[Attribute<T>], of: &T) -> Map<String, Value> {
    let mut values = Map::new();
    for attribute in attributes {
        let told = (attribute.of)(of);
        let value = match (attribute.shape, told.first()) {
            (_, None) => continue,
            (Shape::List, Some(_)) => told.into(),
            (Shape::Text, Some(text)) => text.clone().into(),
            // What is no number for JSON stays text.
            (Shape::Number | Shape::Whole, Some(text)) => {
                serde_json::from_str(text).unwrap_or_else(|_| text.clone().into())
            }
        };
        values.insert(attribute.name.to_owned(), value);
    }
    values
}
