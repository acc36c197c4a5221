//! CSV of nodes and edges, for Neo4j's importer and for Gephi's.

use std::io::Write;

use super::attribute::{Attribute, EDGE, JOINT, NODE, Shape};
use super::view::{Joined, Shown};
use super::{ExportError, Source};

/// Parts the entries of arrays in Neo4j's files, by its default.
const ARRAY: &str = ";";

/// Nodes with the header of `neo4j-admin database import`.
pub fn neo4j_nodes(source: &Source<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    let view = source.view()?;
    let mut table = csv::Writer::from_writer(out);
    let own = [":LABEL".to_owned(), "iri:ID".to_owned()];
    table.write_record(own.into_iter().chain(NODE.iter().map(neo4j_column)))?;
    view.nodes(|shown| {
        let own = [shown.node.kind.name().to_owned(), shown.node.iri.clone()];
        Ok(table.write_record(own.into_iter().chain(NODE.iter().map(|it| neo4j_value(it, shown.node))))?)
    })?;
    Ok(table.flush()?)
}

/// Relationships with the header of `neo4j-admin database import`.
pub fn neo4j_edges(source: &Source<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    let view = source.view()?;
    let mut table = csv::Writer::from_writer(out);
    let own = [":START_ID", ":TYPE", ":END_ID"].map(str::to_owned);
    table.write_record(own.into_iter().chain(EDGE[1..].iter().map(neo4j_column)))?;
    view.edges(|Joined { from, edge, to, .. }| {
        let own = [from.to_owned(), edge.predicate.to_owned(), to.to_owned()];
        Ok(table.write_record(own.into_iter().chain(EDGE[1..].iter().map(|it| neo4j_value(it, edge))))?)
    })?;
    Ok(table.flush()?)
}

fn neo4j_column<T>(attribute: &Attribute<T>) -> String {
    let shape = match attribute.shape {
        Shape::Text => "string",
        Shape::List => "string[]",
        Shape::Number => "double",
        Shape::Whole => "long",
    };
    format!("{}:{shape}", attribute.name)
}

/// The importer takes no line breaks in values, and a list has no way to escape what parts it.
fn neo4j_value<T>(attribute: &Attribute<T>, of: &T) -> String {
    let one_line = |text: &String| text.replace(['\n', '\r'], " ");
    let values = (attribute.of)(of);
    let values = values.iter().map(one_line);
    match attribute.shape {
        Shape::List => values.map(|text| text.replace(';', "；")).collect::<Vec<_>>().join(ARRAY),
        _ => values.collect(),
    }
}

/// Nodes for Gephi's spreadsheet importer.
pub fn gephi_nodes(source: &Source<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    let view = source.view()?;
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["Id", "Label"].into_iter().chain(NODE[1..].iter().map(|it| it.name)))?;
    view.nodes(|Shown { node, .. }| {
        let own = [node.iri.clone(), plain(&node.label)];
        Ok(table.write_record(own.into_iter().chain(NODE[1..].iter().map(|it| plain(&(it.of)(node).join(JOINT)))))?)
    })?;
    Ok(table.flush()?)
}

/// Edges for Gephi's spreadsheet importer.
pub fn gephi_edges(source: &Source<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    let view = source.view()?;
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["Source", "Target", "Type", "Id", "Label", "Weight", "Documents"])?;
    view.edges(|Joined { number, from, edge, to }| {
        let (id, weight) = (number.to_string(), edge.documents.len().max(1).to_string());
        let documents = plain(&edge.documents.join(JOINT));
        Ok(table.write_record([from, to, "Directed", &id, edge.predicate, &weight, &documents])?)
    })?;
    Ok(table.flush()?)
}

/// Gephi fails on control characters.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
