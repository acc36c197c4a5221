//! SVG: the graph as a picture, with titles that viewers show under the pointer.

use std::io::{self, Write};

use petgraph::graph::NodeIndex;
use quick_xml::escape::escape;

use super::attribute::short;
use super::dot::{FONTS, color};
use super::graphml::XmlText;
use super::{ExportError, Source};
use crate::graph::{NodeKind, Point, PropertyGraph, words};
use crate::message::Lang;

/// Half the side of the picture, around the places, which reach to 1000.
const HALF: i32 = 1060;

/// Things on a picture of a graph that is too large for one.
const MOST: usize = 2_000;

/// Writes a source as SVG.
pub fn write(source: &Source<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    let (graph, all) = source.picture(MOST)?;
    let places = graph.every_place();
    let out = &mut XmlText(out);
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    let side = 2 * HALF;
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-{HALF} -{HALF} {side} {side}\" width=\"{side}\" height=\"{side}\" font-family=\"{FONTS}\">"
    )?;
    writeln!(
        out,
        "<title>开发区知识图谱</title>\n<rect x=\"-{HALF}\" y=\"-{HALF}\" width=\"{side}\" height=\"{side}\" fill=\"#ffffff\"/>"
    )?;
    write_edges(out, &graph, &places)?;
    write_nodes(out, &graph, &places)?;
    write_legend(out, graph.graph.node_count(), all)?;
    writeln!(out, "</svg>")?;
    out.flush()?;
    Ok(())
}

fn write_edges(out: &mut dyn Write, graph: &PropertyGraph, places: &[Point]) -> io::Result<()> {
    writeln!(out, "<g id=\"edges\" stroke=\"#b6c2cf\" stroke-width=\"1\">")?;
    for edge in graph.graph.raw_edges() {
        let (from, to) = (places[edge.source().index()], places[edge.target().index()]);
        let ends =
            [&graph.graph[edge.source()].label, &graph.graph[edge.target()].label].map(|label| escape(label.as_str()));
        writeln!(
            out,
            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" class=\"{}\"><title>{} {} {}</title></line>",
            from.x, from.y, to.x, to.y, edge.weight.predicate, ends[0], edge.weight.predicate, ends[1]
        )?;
    }
    writeln!(out, "</g>")
}

fn write_nodes(out: &mut dyn Write, graph: &PropertyGraph, places: &[Point]) -> io::Result<()> {
    // Many names on one picture are small.
    let size = if graph.graph.node_count() > 150 { 8 } else { 14 };
    writeln!(
        out,
        "<g id=\"nodes\" font-size=\"{size}\" text-anchor=\"middle\" stroke=\"#5b6b7b\" stroke-width=\"0.6\">"
    )?;
    for (number, node) in graph.nodes().enumerate() {
        let Point { x, y } = places[number];
        let radius = 4.0 + (graph.degree(NodeIndex::new(number)).min(60) as f64).sqrt() * 2.0;
        let (kind, fill) = (node.kind.name(), color(node.kind));
        let (label, brief) = (escape(node.label.as_str()), short(&node.label));
        writeln!(
            out,
            "<g class=\"{kind}\"><title>{label}</title><circle cx=\"{x}\" cy=\"{y}\" r=\"{radius:.1}\" fill=\"{fill}\"/><text x=\"{x}\" y=\"{:.1}\" stroke=\"none\" fill=\"#1c2733\">{}</text></g>",
            y + radius + f64::from(size),
            escape(brief.as_str())
        )?;
    }
    writeln!(out, "</g>")
}

fn write_legend(out: &mut dyn Write, shown: usize, all: Option<usize>) -> io::Result<()> {
    writeln!(out, "<g id=\"legend\" font-size=\"20\" fill=\"#1c2733\">")?;
    for (row, kind) in NodeKind::all().enumerate() {
        let y = 30 * row as i32 - HALF + 40;
        let (x, name) = (-HALF + 30, words::kind(kind, Lang::Zh));
        writeln!(
            out,
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"9\" fill=\"{}\" stroke=\"#5b6b7b\"/><text x=\"{}\" y=\"{}\">{name}</text>",
            color(kind),
            x + 18,
            y + 7
        )?;
    }
    if let Some(all) = all {
        writeln!(
            out,
            "<text x=\"{}\" y=\"{}\">关系最多的 {shown} 个，共 {all} 个 · {shown} of {all} things, those with the most relations</text>",
            30 - HALF,
            HALF - 30
        )?;
    }
    writeln!(out, "</g>")
}
