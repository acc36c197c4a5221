//! Cytoscape.js JSON: elements with data, and places for the `preset` layout.

use std::io::Write;

use serde_json::{Map, Value, json};

use super::attribute::{Attribute, EDGE, NODE, Shape};
use super::{ExportError, Source};

/// Writes a source as Cytoscape.js JSON, an element a line.
pub fn write(source: &Source<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    let view = source.drawing()?;
    write!(out, "{{\"elements\": {{\"nodes\": [")?;
    let mut comma = "";
    view.nodes(|it| {
        let mut data = values(&NODE, it.node);
        data.insert("id".to_owned(), it.node.iri.clone().into());
        data.insert("degree".to_owned(), it.degree.into());
        let mut element = json!({ "data": data });
        if let Some(place) = it.place {
            element["position"] = json!({ "x": place.x, "y": place.y });
        }
        Ok(write!(out, "{}\n{element}", std::mem::replace(&mut comma, ","))?)
    })?;
    write!(out, "\n], \"edges\": [")?;
    comma = "";
    view.edges(|it| {
        let mut data = values(&EDGE, it.edge);
        data.insert("id".to_owned(), format!("e{}", it.number).into());
        data.insert("source".to_owned(), it.from.into());
        data.insert("target".to_owned(), it.to.into());
        Ok(write!(out, "{}\n{}", std::mem::replace(&mut comma, ","), json!({ "data": data }))?)
    })?;
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
