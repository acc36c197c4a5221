//! A sentence found for a question.

use oxigraph::model::NamedNode;

use super::sentences::node;

/// The share from which a sentence says what the question says beyond doubt.
const SURE: f64 = 0.8;

/// A sentence that says what a question says.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// The document's key.
    pub(super) key: String,
    /// Where it stands there: `begin,end` in characters.
    pub(super) place: String,
    /// Its line among the sentences.
    pub(super) line: usize,
    /// Where the sentence after it stands, in the same document.
    pub(super) next: Option<String>,
    /// Which share of the question it says, 0–1.
    pub(super) share: f64,
}

impl Passage {
    /// Its node in the graph.
    pub fn node(&self) -> NamedNode {
        node(&self.key, &self.place)
    }

    /// The node of the sentence after it.
    pub fn following(&self) -> Option<NamedNode> {
        self.next.as_ref().map(|place| node(&self.key, place))
    }

    /// True if it says it beyond doubt.
    pub fn is_sure(&self) -> bool {
        self.share >= SURE
    }
}
