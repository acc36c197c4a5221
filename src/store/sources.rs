//! Documents that print the same text: one of them, the earliest, is the source and speaks in the knowledge; the others
//! keep what they say in their own graphs and point to it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use oxigraph::model::{GraphName, GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use oxigraph::store::StorageError;

use super::BOOK;
use super::book::{self, PRINT_BLOCK};
use super::delta::Change;
use super::document::Quads;
use super::record::Record;
use crate::identity::Print;
use crate::rdf::terms;

/// Documents whose source may be another than before.
#[derive(Default)]
pub(super) struct Sources {
    /// Document → its source, itself where it is one.
    pub(super) after: BTreeMap<NamedNode, NamedNode>,
    /// Documents of the store that stay, with what their source was.
    pub(super) before: BTreeMap<NamedNode, NamedNode>,
}

/// The source of a document in the store; itself where it is one.
pub(super) fn source_of(state: &impl Quads, document: NamedNodeRef<'_>) -> Result<NamedNode, StorageError> {
    let graph = Some(GraphNameRef::DefaultGraph);
    let next = state.matching(Some(document.into()), Some(terms::REPRINT_OF), None, graph).next().transpose()?;
    Ok(match next.map(|quad| quad.object) {
        Some(Term::NamedNode(source)) => source,
        _ => document.into_owned(),
    })
}

/// The graph in which a document with this source speaks.
pub(super) fn graph_of(document: &NamedNode, source: &NamedNode) -> GraphName {
    if document == source { GraphName::DefaultGraph } else { document.clone().into() }
}

/// The statement that a document repeats a source.
pub(super) fn pointer(document: &NamedNode, source: &NamedNode) -> Quad {
    Quad::new(document.clone(), terms::REPRINT_OF, source.clone(), GraphName::DefaultGraph)
}

/// The blocks in which a document's reprints are, as bookkeeping.
pub(super) fn noted(document: NamedNodeRef<'_>, print: &Print) -> Vec<Quad> {
    print.blocks().into_iter().map(|it| book::noted(document, PRINT_BLOCK, Literal::from(it as i64))).collect()
}

/// Documents on their way into an empty store that repeat none before them.
#[derive(Default)]
pub(super) struct Firsts {
    prints: Vec<Print>,
    /// Block → numbers of those that stand in it.
    blocks: HashMap<u64, Vec<usize>>,
}

impl Firsts {
    /// True for the print of a document that repeats one of them; of others it is noted.
    pub(super) fn is_repeated(&mut self, print: &Print) -> bool {
        let blocks = print.blocks();
        let near = blocks.iter().filter_map(|block| self.blocks.get(block)).flatten().collect::<BTreeSet<_>>();
        if near.into_iter().any(|&other| self.prints[other].repeats(print)) {
            return true;
        }
        for block in blocks {
            self.blocks.entry(block).or_default().push(self.prints.len());
        }
        self.prints.push(print.clone());
        false
    }
}

struct Known {
    print: Print,
    published: String,
}

impl Sources {
    pub(super) fn of<S: Quads>(state: &S, change: &Change<'_>) -> Result<Self, StorageError> {
        let mut new = BTreeMap::new();
        let mut blocks = Near { empty: book::is_without(state, PRINT_BLOCK)?, new: HashMap::new() };
        for prepared in change.new {
            for block in prepared.record.print.blocks() {
                blocks.new.entry(block).or_default().insert(prepared.document.clone());
            }
            let known = Known { print: prepared.record.print.clone(), published: prepared.published.clone() };
            new.insert(prepared.document.clone(), known);
        }
        // A text is compared with many; those of the store are read once.
        let mut read = HashMap::<NamedNode, Option<Known>>::new();
        let mut queue: Vec<NamedNode> = new.keys().cloned().collect();
        for document in &change.gone {
            let Some(print) = stored_print(state, document.as_ref())? else { continue };
            // Those that share a block and nothing else never were one text with it.
            for other in near(state, change, &blocks, &print)? {
                if !read.contains_key(&other) {
                    read.insert(other.clone(), load(state, &new, &other)?);
                }
                if read[&other].as_ref().is_some_and(|it| it.print.repeats(&print)) {
                    queue.push(other);
                }
            }
        }
        let mut members: BTreeMap<NamedNode, Known> = BTreeMap::new();
        let mut groups: BTreeMap<NamedNode, NamedNode> = BTreeMap::new();
        while let Some(first) = queue.pop() {
            if groups.contains_key(&first) {
                continue;
            }
            // Everything that hangs together with the first one is one text.
            let mut rest = vec![first.clone()];
            groups.insert(first.clone(), first.clone());
            while let Some(document) = rest.pop() {
                let Some(known) = load(state, &new, &document)? else { continue };
                for other in near(state, change, &blocks, &known.print)? {
                    if other == document || groups.contains_key(&other) {
                        continue;
                    }
                    if !read.contains_key(&other) {
                        read.insert(other.clone(), load(state, &new, &other)?);
                    }
                    if let Some(same) = read[&other].as_ref().filter(|it| it.print.repeats(&known.print)) {
                        blocks.leave(&other, &same.print);
                        groups.insert(other.clone(), first.clone());
                        rest.push(other);
                    }
                }
                members.insert(document, known);
            }
        }
        let mut sources = Self::default();
        let mut best = BTreeMap::<&NamedNode, (&str, &NamedNode)>::new();
        for (document, known) in &members {
            let mine = (known.published.as_str(), document);
            let least = best.entry(&groups[document]).or_insert(mine);
            *least = mine.min(*least);
        }
        for document in members.keys() {
            sources.after.insert(document.clone(), best[&groups[document]].1.clone());
            if !new.contains_key(document) {
                sources.before.insert(document.clone(), source_of(state, document.as_ref())?);
            }
        }
        Ok(sources)
    }

    /// Documents that stay and speak elsewhere than before.
    pub(super) fn moved(&self) -> impl Iterator<Item = (&NamedNode, GraphName, GraphName)> {
        self.before.iter().filter_map(|(document, before)| {
            let (from, to) = (graph_of(document, before), graph_of(document, &self.after[document]));
            (from != to).then_some((document, from, to))
        })
    }

    /// The graph in which a document will speak.
    pub(super) fn graph<S: Quads>(&self, state: &S, document: &NamedNode) -> Result<GraphName, StorageError> {
        Ok(match self.after.get(document) {
            Some(source) => graph_of(document, source),
            None => graph_of(document, &source_of(state, document.as_ref())?),
        })
    }

    /// The statements that point to sources, those to go and those to come.
    pub(super) fn pointers(&self) -> (Vec<Quad>, Vec<Quad>) {
        let point =
            |(document, source): (&NamedNode, &NamedNode)| (document != source).then(|| pointer(document, source));
        (self.before.iter().filter_map(point).collect(), self.after.iter().filter_map(point).collect())
    }
}

fn load<S: Quads>(
    state: &S,
    new: &BTreeMap<NamedNode, Known>,
    document: &NamedNode,
) -> Result<Option<Known>, StorageError> {
    if let Some(known) = new.get(document) {
        return Ok(Some(Known { print: known.print.clone(), published: known.published.clone() }));
    }
    let Some(print) = stored_print(state, document.as_ref())? else { return Ok(None) };
    let graph = Some(GraphNameRef::DefaultGraph);
    let date =
        state.matching(Some(document.as_ref().into()), Some(terms::DATE_PUBLISHED), None, graph).next().transpose()?;
    let published = match date.map(|quad| quad.object) {
        Some(Term::Literal(date)) => date.value().to_owned(),
        _ => UNDATED.to_owned(),
    };
    Ok(Some(Known { print, published }))
}

/// Stands behind every date.
pub(super) const UNDATED: &str = "~";

fn stored_print<S: Quads>(state: &S, document: NamedNodeRef<'_>) -> Result<Option<Print>, StorageError> {
    Ok(book::text(state, document, book::RECORD)?.map(|text| Record::print_of(&text)))
}

/// Documents that come, by block.
struct Near {
    /// True when the state has no document with a block.
    empty: bool,
    new: HashMap<u64, BTreeSet<NamedNode>>,
}

impl Near {
    /// Takes a document out that has found those with which it is one text.
    fn leave(&mut self, document: &NamedNode, print: &Print) {
        for block in print.blocks() {
            if let Some(documents) = self.new.get_mut(&block) {
                documents.remove(document);
            }
        }
    }
}

/// Documents that share a block with a print, as they will be.
fn near<S: Quads>(
    state: &S,
    change: &Change<'_>,
    blocks: &Near,
    print: &Print,
) -> Result<BTreeSet<NamedNode>, StorageError> {
    let mut found = BTreeSet::new();
    for block in print.blocks() {
        found.extend(blocks.new.get(&block).into_iter().flatten().cloned());
        if blocks.empty {
            continue;
        }
        let literal = Literal::from(block as i64);
        let graph = Some(GraphNameRef::NamedNode(BOOK));
        for quad in state.matching(None, Some(PRINT_BLOCK), Some((&literal).into()), graph) {
            if let NamedOrBlankNode::NamedNode(document) = quad?.subject
                && !change.gone.contains(&document)
            {
                found.insert(document);
            }
        }
    }
    Ok(found)
}
