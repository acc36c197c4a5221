//! GraphML for Gephi, yEd and networkx. A comment in Chinese stands near the top, since Gephi guesses the encoding from
//! the first bytes whatever the declaration says.

use std::io::{self, Write};

use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::attribute::{Attribute, EDGE, JOINT, NODE, Shape};
use super::view::Joined;
use super::{ExportError, Source};
use crate::graph::Node;

type Xml<'a> = quick_xml::Writer<&'a mut dyn Write>;

/// Writes a source as GraphML.
pub fn write(source: &Source<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    let view = source.view()?;
    let mut out = XmlText(out);
    let mut xml = Xml::new_with_indent(&mut out, b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.write_event(Event::Comment(BytesText::from_escaped(" 开发区知识图谱：企业、园区、项目、政策、产业与投资 ")))?;
    let root = BytesStart::new("graphml").with_attributes([("xmlns", "http://graphml.graphdrawing.org/xmlns")]);
    xml.write_event(Event::Start(root))?;
    write_keys(&mut xml, "node", &NODE)?;
    write_keys(&mut xml, "edge", &EDGE)?;
    let start = BytesStart::new("graph").with_attributes([("id", "parkgraph"), ("edgedefault", "directed")]);
    xml.write_event(Event::Start(start))?;
    view.nodes(|it| Ok(write_node(&mut xml, it.node)?))?;
    view.edges(|it| Ok(write_edge(&mut xml, &it)?))?;
    xml.write_event(Event::End(BytesEnd::new("graph")))?;
    xml.write_event(Event::End(BytesEnd::new("graphml")))?;
    out.write_all(b"\n")?;
    out.flush()?;
    Ok(())
}

fn write_keys<T>(xml: &mut Xml<'_>, owner: &str, attributes: &[Attribute<T>]) -> io::Result<()> {
    for attribute in attributes {
        let id = format!("{owner}_{}", attribute.name);
        let shape = match attribute.shape {
            Shape::Text | Shape::List => "string",
            Shape::Number => "double",
            Shape::Whole => "long",
        };
        let told = [("id", id.as_str()), ("for", owner), ("attr.name", attribute.name), ("attr.type", shape)];
        xml.write_event(Event::Empty(BytesStart::new("key").with_attributes(told)))?;
    }
    Ok(())
}

fn write_node(xml: &mut Xml<'_>, node: &Node) -> io::Result<()> {
    xml.write_event(Event::Start(BytesStart::new("node").with_attributes([("id", node.iri.as_str())])))?;
    write_data(xml, "node", &NODE, node)?;
    xml.write_event(Event::End(BytesEnd::new("node")))
}

fn write_edge(xml: &mut Xml<'_>, joined: &Joined<'_>) -> io::Result<()> {
    let id = format!("e{}", joined.number);
    let ends = [("id", id.as_str()), ("source", joined.from), ("target", joined.to)];
    xml.write_event(Event::Start(BytesStart::new("edge").with_attributes(ends)))?;
    write_data(xml, "edge", &EDGE, joined.edge)?;
    xml.write_event(Event::End(BytesEnd::new("edge")))
}

/// The values of a node or edge; empty ones are left out.
fn write_data<T>(xml: &mut Xml<'_>, owner: &str, attributes: &[Attribute<T>], of: &T) -> io::Result<()> {
    for attribute in attributes {
        let value = (attribute.of)(of).join(JOINT);
        if value.is_empty() {
            continue;
        }
        let key = format!("{owner}_{}", attribute.name);
        xml.write_event(Event::Start(BytesStart::new("data").with_attributes([("key", key.as_str())])))?;
        xml.write_event(Event::Text(BytesText::new(&value)))?;
        xml.write_event(Event::End(BytesEnd::new("data")))?;
    }
    Ok(())
}

/// Passes text on without the characters that XML 1.0 forbids: control characters and the two non-characters of the
/// basic plane. Each write holds whole characters, as those of the XML writers do.
pub struct XmlText<'a>(pub &'a mut dyn Write);

impl Write for XmlText<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let clean = |part: &[u8]| !part.iter().any(|byte| *byte < 0x20 && !b"\t\n\r".contains(byte));
        let bad_bytes = !clean(bytes) || bytes.windows(3).any(is_non_character);
        if bad_bytes {
            self.0.write_all(&stripped(bytes))?;
        } else {
            self.0.write_all(bytes)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// U+FFFE and U+FFFF in UTF-8.
fn is_non_character(window: &[u8]) -> bool {
    matches!(window, [0xef, 0xbf, 0xbe | 0xbf])
}

fn stripped(bytes: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        if bytes.get(at..at + 3).is_some_and(is_non_character) {
            at += 3;
            continue;
        }
        if bytes[at] >= 0x20 || b"\t\n\r".contains(&bytes[at]) {
            kept.push(bytes[at]);
        }
        at += 1;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forbidden_characters_are_left_out() {
        for (text, expected) in [("图\u{1}谱\u{fffe}\n\t。", "图谱\n\t。"), ("没有", "没有"), ("\u{1f}\u{ffff}", "")]
        {
            let mut out = Vec::new();
            XmlText(&mut out).write_all(text.as_bytes()).expect("memory can be written");
            assert_eq!(String::from_utf8(out).ok().as_deref(), Some(expected));
        }
    }
}
