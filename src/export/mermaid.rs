//! Mermaid, for pages that draw it, such as Markdown viewers. Fit for small parts of a graph.

use std::collections::BTreeMap;
use std::io::Write;

use super::{ExportError, Source};
use crate::graph::NodeKind;

/// Things on a chart of a graph that is too large to be held.
const MOST: usize = 200;

/// Writes a source as a Mermaid flow chart.
pub fn write(source: &Source<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    let (graph, all) = source.picture(MOST)?;
    writeln!(out, "flowchart LR")?;
    if let Some(all) = all {
        writeln!(
            out,
            "  %% 关系最多的 {MOST} 个，共 {all} 个 / {MOST} of {all} things, those with the most relations"
        )?;
    }
    let mut numbers = BTreeMap::new();
    for (number, node) in graph.nodes().enumerate() {
        numbers.insert(node.iri.as_str(), number);
        let (open, close) = shape(node.kind);
        writeln!(out, "  n{number}{open}\"{}\"{close}:::{}", escaped(&node.label), node.kind.name())?;
    }
    for (from, edge, to) in graph.edges() {
        writeln!(out, "  n{} -->|{}| n{}", numbers[from.iri.as_str()], edge.predicate, numbers[to.iri.as_str()])?;
    }
    for kind in NodeKind::all() {
        writeln!(out, "  classDef {} fill:{}", kind.name(), super::dot::color(kind))?;
    }
    out.flush()?;
    Ok(())
}

fn shape(kind: NodeKind) -> (&'static str, &'static str) {
    match kind {
        NodeKind::Amount => ("([", "])"),
        NodeKind::Group => ("[[", "]]"),
        NodeKind::Thing(_) => ("[", "]"),
    }
}

/// Characters that Mermaid or the page around it would read as its own become entities in its own spelling.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '#' | '<' | '>' | '&' | '`' | '\\' | ';' | '[' | ']' | '{' | '}' | '|' => {
                out += &format!("#{};", u32::from(c));
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_mermaid_are_escaped() {
        assert_eq!(escaped("甲\"<乙>|`;\n"), "甲#34;#60;乙#62;#124;#96;#59; ");
    }
}
