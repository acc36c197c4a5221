//! The property graph out of the statements of a store, in one pass over them.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Quad, Term};
use petgraph::graph::DiGraph;

use super::{Edge, Node, NodeKind, PropertyGraph};
use crate::model::{EntityKind, Predicate, Status};
use crate::query::select;
use crate::rdf::{self, terms};
use crate::store::{QueryError, Store, StoreError};

/// What is gathered about one subject.
#[derive(Debug, Default)]
pub(super) struct Facts {
    kind: Option<Kind>,
    label: Option<String>,
    aliases: BTreeSet<String>,
    literals: BTreeMap<&'static str, String>,
    status: BTreeSet<Status>,
    designations: BTreeSet<String>,
    figures: BTreeSet<String>,
    documents: BTreeSet<String>,
    pub(super) subject: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Node(NodeKind),
    Figure,
}

/// Statements between nodes, with the documents that make them.
pub(super) type Relations = BTreeMap<(String, Predicate, String), BTreeSet<String>>;

/// Properties whose literals are kept, by the name under which they are.
const LITERALS: [(NamedNodeRef<'static>, &str); 11] = [
    (terms::VALUE, "value"),
    (terms::MAX_VALUE, "max"),
    (terms::CURRENCY, "currency"),
    (terms::QUALIFIER, "qualifier"),
    (terms::TEXT, "text"),
    (terms::COUNT, "count"),
    (terms::INDICATOR, "indicator"),
    (terms::UNIT_TEXT, "unit"),
    (terms::PERIOD, "period"),
    (terms::GROWTH, "growth"),
    (terms::TARGET, "target"),
];

/// A graph in the making; statements come in any order.
#[derive(Debug, Default)]
pub(super) struct Builder {
    pub(super) facts: BTreeMap<String, Facts>,
    pub(super) relations: Relations,
}

impl PropertyGraph {
    /// Reads the whole graph of a store.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn read(store: &Store) -> Result<Self, StoreError> {
        let mut builder = Builder::default();
        for quad in wanted(store) {
            builder.take(&quad?);
        }
        Ok(builder.finish())
    }

    /// The graph without other names, figures, and the documents behind nodes and edges: a fraction of the work of
    /// [`Self::read`] on a large store.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn outline(store: &Store) -> Result<Self, QueryError> {
        // Queries write out what they are asked for, and not the property again with each statement.
        let mut builder = Builder::default();
        for class in NodeKind::all().flat_map(classes) {
            for row in select(store, &format!("SELECT ?s WHERE {{ ?s a {class} }}"), &[])?.rows {
                if let [Some(Term::NamedNode(s))] = row.as_slice() {
                    builder.link(s.as_str(), terms::TYPE, class.as_str());
                }
            }
        }
        let own = [terms::PREF_LABEL, terms::VALUE, terms::MAX_VALUE, terms::CURRENCY, terms::TEXT];
        for property in own.into_iter().chain(Predicate::ALL.into_iter().map(terms::property)) {
            for row in select(store, &format!("SELECT ?s ?o WHERE {{ ?s {property} ?o }}"), &[])?.rows {
                match row.as_slice() {
                    [Some(Term::NamedNode(s)), Some(Term::NamedNode(o))] => {
                        builder.link(s.as_str(), property, o.as_str())
                    }
                    [Some(Term::NamedNode(s)), Some(Term::Literal(o))] => {
                        builder.literal(s.as_str(), property, o.value())
                    }
                    _ => {}
                }
            }
        }
        Ok(builder.finish())
    }
}

/// The statements that the graph is made of, by property, which leaves the texts of mentions where they are. Their order
/// does not matter.
fn wanted(store: &Store) -> impl Iterator<Item = Result<Quad, StoreError>> + '_ {
    let classes = NodeKind::all().flat_map(classes).chain([terms::OBSERVATION]);
    let kinds = classes.flat_map(|class| store.matching(None, Some(terms::TYPE), Some(class.into())));
    let own = [terms::PREF_LABEL, terms::ALT_LABEL, terms::SUBJECT, terms::TA_IDENT_REF, terms::REIFIES];
    let literals = LITERALS.into_iter().map(|(property, _)| property);
    let properties = own.into_iter().chain(literals).chain(Predicate::ALL.into_iter().map(terms::property));
    kinds.chain(properties.flat_map(|property| store.matching(None, Some(property), None)))
}

impl Builder {
    /// Takes a statement; those that the graph does not show are passed over.
    pub(super) fn take(&mut self, quad: &Quad) {
        let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { return };
        let subject = subject.as_str();
        match &quad.object {
            Term::Literal(literal) => self.literal(subject, quad.predicate.as_ref(), literal.value()),
            Term::NamedNode(object) => self.link(subject, quad.predicate.as_ref(), object.as_str()),
            Term::Triple(triple) if quad.predicate.as_ref() == terms::REIFIES => self.stated(subject, triple),
            _ => {}
        }
    }

    fn literal(&mut self, subject: &str, property: NamedNodeRef<'_>, value: &str) {
        let value = value.to_owned();
        if property == terms::PREF_LABEL {
            self.about(subject).label = Some(value);
        } else if property == terms::ALT_LABEL {
            self.about(subject).aliases.insert(value);
        } else if property == terms::property(Predicate::Designation) {
            self.about(subject).designations.insert(value);
        } else if let Some((_, name)) = LITERALS.iter().find(|(known, _)| *known == property) {
            self.about(subject).literals.insert(name, value);
        }
    }

    fn link(&mut self, subject: &str, property: NamedNodeRef<'_>, object: &str) {
        if property == terms::TYPE {
            if let Some(kind) = kind(object) {
                self.about(subject).kind = Some(kind);
            }
        } else if property == terms::SUBJECT {
            self.about(subject).subject = Some(object.to_owned());
        } else if property == terms::TA_IDENT_REF {
            self.about(object).documents.extend(rdf::document_key(subject));
        } else if property == terms::property(Predicate::Status) {
            self.about(subject).status.extend(status(object));
        } else if let Some(predicate) = predicate(property) {
            self.relations.entry((subject.to_owned(), predicate, object.to_owned())).or_default();
        }
    }

    /// A reifier belongs to its document: its identity tells which.
    fn stated(&mut self, reifier: &str, triple: &oxigraph::model::Triple) {
        let (NamedOrBlankNode::NamedNode(s), Term::NamedNode(o)) = (&triple.subject, &triple.object) else { return };
        let (Some(predicate), Some(document)) = (predicate(triple.predicate.as_ref()), rdf::document_key(reifier))
        else {
            return;
        };
        if predicate != Predicate::Status {
            let statement = (s.as_str().to_owned(), predicate, o.as_str().to_owned());
            self.relations.entry(statement).or_default().insert(document);
        }
    }

    fn about(&mut self, subject: &str) -> &mut Facts {
        self.facts.entry(subject.to_owned()).or_default()
    }

    /// The graph of what was taken.
    pub(super) fn finish(mut self) -> PropertyGraph {
        self.attach_figures();
        let joined: BTreeSet<&String> = self.relations.keys().flat_map(|(s, _, o)| [s, o]).collect();
        let mut nodes: Vec<Node> = Vec::new();
        for (iri, facts) in &self.facts {
            let Some(Kind::Node(kind)) = facts.kind else { continue };
            // A sum that nothing is said of is no node.
            if kind != NodeKind::Amount || joined.contains(iri) {
                nodes.push(node(iri, kind, facts));
            }
        }
        nodes.sort_by(|a, b| (a.kind, &a.iri).cmp(&(b.kind, &b.iri)));
        let mut graph = DiGraph::with_capacity(nodes.len(), self.relations.len());
        let mut index = BTreeMap::new();
        for node in nodes {
            let iri = node.iri.clone();
            index.insert(iri, graph.add_node(node));
        }
        let mut edges = Vec::with_capacity(self.relations.len());
        for ((s, predicate, o), documents) in self.relations {
            if let (Some(&from), Some(&to)) = (index.get(&s), index.get(&o)) {
                edges.push((from, to, edge(predicate, documents)));
            }
        }
        // Stable: the edges of one subject stay in order of predicate and object.
        edges.sort_by_key(|(from, ..)| *from);
        for (from, to, edge) in edges {
            graph.add_edge(from, to, edge);
        }
        PropertyGraph { graph }
    }

    /// Puts figures to what they are about.
    pub(super) fn attach_figures(&mut self) {
        let figures: Vec<(String, String)> = self.facts.values().filter_map(figure).collect();
        for (subject, figure) in figures {
            if let Some(facts) = self.facts.get_mut(&subject) {
                facts.figures.insert(figure);
            }
        }
    }
}

/// The classes of a kind of node.
pub(super) fn classes(kind: NodeKind) -> Vec<NamedNodeRef<'static>> {
    match kind {
        NodeKind::Thing(kind) => vec![terms::class(kind)],
        NodeKind::Group => vec![terms::PROJECT_GROUP],
        NodeKind::Amount => vec![terms::INVESTMENT_AMOUNT, terms::MONETARY_AMOUNT],
    }
}

/// True where a class is that of a node.
pub(super) fn is_node(class: &Term) -> bool {
    matches!(class, Term::NamedNode(class) if matches!(kind(class.as_str()), Some(Kind::Node(_))))
}

pub(super) fn edge(predicate: Predicate, documents: BTreeSet<String>) -> Edge {
    Edge { predicate: predicate.name(), documents: documents.into_iter().collect() }
}

fn kind(class: &str) -> Option<Kind> {
    let class = NamedNodeRef::new_unchecked(class);
    if class == terms::OBSERVATION {
        return Some(Kind::Figure);
    }
    if class == terms::PROJECT_GROUP {
        return Some(Kind::Node(NodeKind::Group));
    }
    if class == terms::INVESTMENT_AMOUNT || class == terms::MONETARY_AMOUNT {
        return Some(Kind::Node(NodeKind::Amount));
    }
    let thing = EntityKind::ALL.into_iter().find(|kind| terms::class(*kind) == class)?;
    Some(Kind::Node(NodeKind::Thing(thing)))
}

fn predicate(property: NamedNodeRef<'_>) -> Option<Predicate> {
    Predicate::ALL.into_iter().find(|predicate| terms::property(*predicate) == property)
}

fn status(iri: &str) -> Option<Status> {
    Status::ALL.into_iter().find(|status| terms::status(*status).as_str() == iri)
}

/// Subject and text of a figure.
fn figure(facts: &Facts) -> Option<(String, String)> {
    if facts.kind != Some(Kind::Figure) {
        return None;
    }
    let literal = |name| facts.literals.get(name).map(String::as_str);
    let mut text = literal("indicator")?.to_owned();
    if let Some(period) = literal("period") {
        text.push_str(&format!(" {period}"));
    }
    let sum = [literal("value"), literal("unit")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let growth = literal("growth").map(|growth| format!("({growth}%)"));
    let told: Vec<String> = [Some(sum).filter(|sum| !sum.is_empty()), growth].into_iter().flatten().collect();
    text.push_str(&format!(": {}", told.join(" ")));
    if literal("target") == Some("true") {
        text.push_str(" [target]");
    }
    Some((facts.subject.clone()?, text))
}

pub(super) fn node(iri: &str, kind: NodeKind, facts: &Facts) -> Node {
    let literal = |name| facts.literals.get(name).cloned();
    let label = facts.label.clone().or_else(|| literal("text")).unwrap_or_else(|| rdf::shorten(iri));
    // A sum or group belongs to the document that its identity names.
    let own = rdf::document_key(iri);
    Node {
        iri: iri.to_owned(),
        kind,
        label,
        aliases: facts.aliases.iter().cloned().collect(),
        value: literal("value"),
        max: literal("max"),
        currency: literal("currency"),
        qualifier: literal("qualifier"),
        count: literal("count"),
        status: facts.status.iter().map(|status| status.name().to_owned()).collect(),
        designations: facts.designations.iter().cloned().collect(),
        figures: facts.figures.iter().cloned().collect(),
        documents: facts.documents.iter().cloned().chain(own).collect(),
    }
}
