//! GEXF 1.2 for Gephi, with places, sizes and colours, so that a graph opens as a picture.

use std::io::{self, Write};

use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::attribute::{Attribute, EDGE, JOINT, NODE, Shape};
use super::dot::color;
use super::graphml::XmlText;
use super::view::{Joined, Shown};
use super::{ExportError, Source};
use crate::graph::Point;

type Xml<'a> = quick_xml::Writer<&'a mut dyn Write>;

/// Writes a source as GEXF.
pub fn write(source: &Source<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    let view = source.drawing()?;
    let mut out = XmlText(out);
    let mut xml = Xml::new_with_indent(&mut out, b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    // Gephi guesses the encoding from the first bytes.
    xml.write_event(Event::Comment(BytesText::from_escaped(" 开发区知识图谱：企业、园区、项目、政策、产业与投资 ")))?;
    start(
        &mut xml,
        "gexf",
        &[
            ("xmlns", "http://www.gexf.net/1.2draft"),
            ("xmlns:viz", "http://www.gexf.net/1.2draft/viz"),
            ("version", "1.2"),
        ],
    )?;
    start(&mut xml, "graph", &[("mode", "static"), ("defaultedgetype", "directed")])?;
    declare(&mut xml, "node", &NODE)?;
    declare(&mut xml, "edge", &EDGE)?;
    start(&mut xml, "nodes", &[])?;
    view.nodes(|it| Ok(write_node(&mut xml, &it)?))?;
    end(&mut xml, "nodes")?;
    start(&mut xml, "edges", &[])?;
    view.edges(|it| Ok(write_edge(&mut xml, &it)?))?;
    for name in ["edges", "graph", "gexf"] {
        end(&mut xml, name)?;
    }
    out.write_all(b"\n")?;
    out.flush()?;
    Ok(())
}

fn start(xml: &mut Xml<'_>, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
    xml.write_event(Event::Start(BytesStart::new(name).with_attributes(attributes.iter().copied())))
}

fn empty(xml: &mut Xml<'_>, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
    xml.write_event(Event::Empty(BytesStart::new(name).with_attributes(attributes.iter().copied())))
}

fn end(xml: &mut Xml<'_>, name: &str) -> io::Result<()> {
    xml.write_event(Event::End(BytesEnd::new(name)))
}

/// Labels and weights are attributes of the elements themselves.
fn is_own<T>(attribute: &Attribute<T>, owner: &str) -> bool {
    attribute.name == "label" && owner == "node" || attribute.name == "weight"
}

fn declare<T>(xml: &mut Xml<'_>, owner: &str, attributes: &[Attribute<T>]) -> io::Result<()> {
    start(xml, "attributes", &[("class", owner)])?;
    for attribute in attributes.iter().filter(|attribute| !is_own(attribute, owner)) {
        let shape = match attribute.shape {
            Shape::Text | Shape::List => "string",
            Shape::Number => "double",
            Shape::Whole => "long",
        };
        empty(xml, "attribute", &[("id", attribute.name), ("title", attribute.name), ("type", shape)])?;
    }
    end(xml, "attributes")
}

fn values<T>(xml: &mut Xml<'_>, owner: &str, attributes: &[Attribute<T>], of: &T) -> io::Result<()> {
    start(xml, "attvalues", &[])?;
    for attribute in attributes.iter().filter(|attribute| !is_own(attribute, owner)) {
        let value = (attribute.of)(of).join(JOINT);
        if !value.is_empty() {
            empty(xml, "attvalue", &[("for", attribute.name), ("value", &value)])?;
        }
    }
    end(xml, "attvalues")
}

fn write_node(xml: &mut Xml<'_>, shown: &Shown<'_>) -> io::Result<()> {
    let Shown { node, degree, place } = *shown;
    start(xml, "node", &[("id", &node.iri), ("label", &node.label)])?;
    values(xml, "node", &NODE, node)?;
    let color = color(node.kind);
    let part = |from: usize| color.get(from..from + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok()).unwrap_or(128);
    let [red, green, blue] = [1, 3, 5].map(|from| part(from).to_string());
    empty(xml, "viz:color", &[("r", &red), ("g", &green), ("b", &blue)])?;
    if let Some(Point { x, y }) = place {
        // Gephi's axis points up.
        empty(xml, "viz:position", &[("x", &x.to_string()), ("y", &(-y).to_string()), ("z", "0")])?;
    }
    empty(xml, "viz:size", &[("value", &(4 + degree.min(40)).to_string())])?;
    end(xml, "node")
}

fn write_edge(xml: &mut Xml<'_>, joined: &Joined<'_>) -> io::Result<()> {
    let Joined { number, from, edge, to } = *joined;
    let (id, weight) = (number.to_string(), edge.documents.len().max(1).to_string());
    let ends = [("id", id.as_str()), ("source", from), ("target", to), ("label", edge.predicate), ("weight", &weight)];
    start(xml, "edge", &ends)?;
    values(xml, "edge", &EDGE, edge)?;
    end(xml, "edge")
}
