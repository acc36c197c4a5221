//! What the property-graph formats say about nodes and edges: one table for each.

use pinyin::ToPinyin;

use crate::graph::{Edge, Node};

/// An attribute of nodes or edges.
pub struct Attribute<T> {
    /// Its name in every format.
    pub name: &'static str,
    /// What its values are.
    pub shape: Shape,
    /// The values of one node or edge: none, one, or several of a list.
    pub of: fn(&T) -> Vec<String>,
}

/// What the values of an attribute are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Text.
    Text,
    /// Several texts, which formats without lists join by [`JOINT`].
    List,
    /// A decimal number.
    Number,
    /// A whole number.
    Whole,
}

/// Separates the entries of a list in one value.
pub const JOINT: &str = " | ";

/// Characters of a short label.
const SHORT: usize = 12;

/// The attributes of nodes, their identity excepted.
pub const NODE: [Attribute<Node>; 14] = [
    Attribute { name: "label", shape: Shape::Text, of: |node| vec![node.label.clone()] },
    Attribute { name: "short", shape: Shape::Text, of: |node| vec![short(&node.label)] },
    Attribute { name: "pinyin", shape: Shape::Text, of: |node| vec![pinyin(&node.label)] },
    Attribute { name: "kind", shape: Shape::Text, of: |node| vec![node.kind.name().to_owned()] },
    Attribute { name: "aliases", shape: Shape::List, of: |node| node.aliases.clone() },
    Attribute { name: "value", shape: Shape::Number, of: |node| node.value.iter().cloned().collect() },
    Attribute { name: "max", shape: Shape::Number, of: |node| node.max.iter().cloned().collect() },
    Attribute { name: "currency", shape: Shape::Text, of: |node| node.currency.iter().cloned().collect() },
    Attribute { name: "qualifier", shape: Shape::Text, of: |node| node.qualifier.iter().cloned().collect() },
    Attribute { name: "count", shape: Shape::Whole, of: |node| node.count.iter().cloned().collect() },
    Attribute { name: "status", shape: Shape::List, of: |node| node.status.clone() },
    Attribute { name: "designations", shape: Shape::List, of: |node| node.designations.clone() },
    Attribute { name: "figures", shape: Shape::List, of: |node| node.figures.clone() },
    Attribute { name: "documents", shape: Shape::List, of: |node| node.documents.clone() },
];

/// The attributes of edges, their ends excepted.
pub const EDGE: [Attribute<Edge>; 3] = [
    Attribute { name: "label", shape: Shape::Text, of: |edge| vec![edge.predicate.to_owned()] },
    Attribute { name: "documents", shape: Shape::List, of: |edge| edge.documents.clone() },
    // The more documents state it, the heavier it is.
    Attribute { name: "weight", shape: Shape::Number, of: |edge| vec![edge.documents.len().max(1).to_string()] },
];

/// The beginning of a name, for drawings in which whole names would cover one another.
pub fn short(label: &str) -> String {
    match label.char_indices().nth(SHORT) {
        Some(_) => label.chars().take(SHORT - 1).chain(['…']).collect(),
        None => label.to_owned(),
    }
}

/// A name in Latin letters without tones, for tools whose fonts or searches know no Chinese; other characters as they are.
pub fn pinyin(label: &str) -> String {
    let mut text = String::new();
    for c in label.chars() {
        match c.to_pinyin() {
            Some(sound) => {
                if !text.is_empty() && !text.ends_with(' ') {
                    text.push(' ');
                }
                text.push_str(sound.plain());
                text.push(' ');
            }
            None => text.push(c),
        }
    }
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shortened_and_spelt() {
        for (label, brief, sound) in [
            ("高新区", "高新区", "gao xin qu"),
            ("一二三四五六七八九十甲乙", "一二三四五六七八九十甲乙", "yi er san si wu liu qi ba jiu shi jia yi"),
            ("一二三四五六七八九十甲乙丙", "一二三四五六七八九十甲…", "yi er san si wu liu qi ba jiu shi jia yi bing"),
            ("TCL(顺德)5G", "TCL(顺德)5G", "TCL( shun de )5G"),
        ] {
            assert_eq!((short(label).as_str(), pinyin(label).as_str()), (brief, sound));
        }
    }
}
