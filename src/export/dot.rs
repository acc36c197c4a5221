//! DOT for Graphviz, with fonts that have Chinese characters named as a hint.

use std::io::Write;

use super::view::Joined;
use super::{ExportError, Source};
use crate::graph::{Node, NodeKind};
use crate::model::EntityKind;

/// Tried in order by renderers that take lists; others take the first.
pub const FONTS: &str = "Noto Sans CJK SC,Source Han Sans SC,Microsoft YaHei,PingFang SC,SimSun,sans-serif";

/// Writes a source as DOT.
pub fn write(source: &Source<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    let view = source.view()?;
    writeln!(out, "// 开发区知识图谱")?;
    writeln!(out, "digraph parkgraph {{")?;
    writeln!(out, "  graph [charset=\"UTF-8\", rankdir=\"LR\", fontname={}];", quoted(FONTS))?;
    writeln!(
        out,
        "  node [shape=\"box\", style=\"rounded,filled\", fillcolor=\"white\", fontname={}];",
        quoted(FONTS)
    )?;
    writeln!(out, "  edge [fontname={}, fontsize=\"10\"];", quoted(FONTS))?;
    view.nodes(|it| write_node(out, it.node))?;
    view.edges(|it| write_edge(out, &it))?;
    writeln!(out, "}}")?;
    out.flush()?;
    Ok(())
}

fn write_node(out: &mut dyn Write, node: &Node) -> Result<(), ExportError> {
    let (id, label, kind) = (quoted(&node.iri), quoted(&node.label), quoted(node.kind.name()));
    writeln!(out, "  {id} [label={label}, kind={kind}, fillcolor={}];", quoted(color(node.kind)))?;
    Ok(())
}

fn write_edge(out: &mut dyn Write, joined: &Joined<'_>) -> Result<(), ExportError> {
    let (from, to, label) = (quoted(joined.from), quoted(joined.to), quoted(joined.edge.predicate));
    writeln!(out, "  {from} -> {to} [label={label}, documents={}];", quoted(&joined.edge.documents.join(" | ")))?;
    Ok(())
}

/// The colour of a kind of node, as `#rrggbb`.
pub fn color(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Thing(EntityKind::Enterprise) => "#cfe2f3",
        NodeKind::Thing(EntityKind::Organization) => "#d9d2e9",
        NodeKind::Thing(EntityKind::Park) => "#d9ead3",
        NodeKind::Thing(EntityKind::Project) => "#fce5cd",
        NodeKind::Thing(EntityKind::Policy) => "#f4cccc",
        NodeKind::Thing(EntityKind::Industry) => "#fff2cc",
        NodeKind::Thing(EntityKind::Place) => "#d0e0e3",
        NodeKind::Group => "#ead1dc",
        NodeKind::Amount => "#efefef",
    }
}

/// A string of DOT. Backslashes are escaped too, since labels read them; control characters become spaces.
fn quoted(text: &str) -> String {
    let mut string = String::with_capacity(text.len() + 2);
    string.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => string.extend(['\\', c]),
            c if c.is_control() => string.push(' '),
            c => string.push(c),
        }
    }
    string.push('"');
    string
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_quoted() {
        for (text, expected) in [("图", "\"图\""), ("a\"b\\c\nd", "\"a\\\"b\\\\c d\"")] {
            assert_eq!(quoted(text), expected);
        }
    }
}
