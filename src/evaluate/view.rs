//! A reading as the graph shows it: nodes that are told apart by their identifiers, and statements between them.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::name::normalized;
use crate::model::{EntityKind, Node, Observation, Predicate, Reading, SourceSpan, Status};

/// A sum as the graph tells it apart from others: value and currency.
pub(super) type Sum = (Decimal, String);

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sort {
    Entity(EntityKind),
    Amount { sum: Sum, investment: bool },
    Group { count: u32 },
}

/// One node.
#[derive(Debug)]
pub(super) struct Thing {
    pub sort: Sort,
    /// Its labels, as written.
    pub labels: Vec<String>,
}

/// The far end of a statement: an index into [`View::things`], a stage or plain text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum End {
    Thing(usize),
    Status(Status),
    Text(String),
}

/// One statement.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Link {
    pub predicate: Predicate,
    pub subject: usize,
    pub object: End,
}

/// All nodes in reading order, and the distinct statements.
#[derive(Debug)]
pub(super) struct View<'a> {
    pub things: Vec<Thing>,
    pub links: BTreeSet<Link>,
    /// Figures with the node that each is about.
    pub figures: Vec<(&'a Observation, Option<usize>)>,
}

/// What makes two finds one node: kind and fullest name, or the place in the text.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Identity {
    Entity(EntityKind, String),
    Amount(SourceSpan),
    Group(SourceSpan),
}

#[derive(Default)]
struct Nodes {
    things: Vec<Thing>,
    known: BTreeMap<Identity, usize>,
}

impl Nodes {
    fn add(&mut self, identity: Identity, sort: Sort, labels: &[String]) -> usize {
        let next = self.things.len();
        let index = *self.known.entry(identity).or_insert(next);
        if index == next {
            self.things.push(Thing { sort, labels: labels.to_vec() });
        } else {
            self.things[index].merge(sort, labels);
        }
        index
    }
}

impl Thing {
    /// Takes up what a second find of the same node says; of two sums or counts the first stands.
    fn merge(&mut self, sort: Sort, labels: &[String]) {
        self.labels.extend_from_slice(labels);
        if let (Sort::Amount { investment, .. }, Sort::Amount { investment: more, .. }) = (&mut self.sort, sort) {
            *investment |= more;
        }
    }

    /// Its names in the form in which they are compared.
    pub fn names(&self, kind: Option<EntityKind>) -> BTreeSet<String> {
        self.labels.iter().map(|label| normalized(label, kind)).filter(|name| !name.is_empty()).collect()
    }

    /// Its longest name, for messages.
    pub fn label(&self) -> String {
        match &self.sort {
            Sort::Amount { sum, .. } => format!("{} {}", sum.0, sum.1),
            _ => self.names(None).into_iter().max_by_key(|name| name.chars().count()).unwrap_or_default(),
        }
    }
}

impl<'a> View<'a> {
    pub fn new(reading: &'a Reading) -> Self {
        let mut nodes = Nodes::default();
        let entities: Vec<usize> = reading
            .entities
            .iter()
            .map(|entity| {
                let fullest = entity.names.first().map_or("", String::as_str);
                let name = fullest.chars().filter(|c| !c.is_whitespace()).collect();
                nodes.add(Identity::Entity(entity.kind, name), Sort::Entity(entity.kind), &entity.names)
            })
            .collect();
        let amounts: Vec<usize> = reading
            .amounts
            .iter()
            .map(|amount| {
                let sum = (amount.money.value.normalize(), amount.money.currency.to_uppercase());
                let sort = Sort::Amount { sum, investment: amount.investment };
                nodes.add(Identity::Amount(amount.evidence.span), sort, &[])
            })
            .collect();
        let groups: Vec<usize> = reading
            .groups
            .iter()
            .map(|group| {
                let labels = [group.evidence.text.clone()];
                nodes.add(Identity::Group(group.evidence.span), Sort::Group { count: group.count }, &labels)
            })
            .collect();
        let thing = |node: &Node| match node {
            Node::Entity(id) => entities.get(id.0 as usize).copied(),
            Node::Amount(index) => amounts.get(*index as usize).copied(),
            Node::Group(index) => groups.get(*index as usize).copied(),
            Node::Status(_) | Node::Text(_) => None,
        };
        let links = reading.relations.iter().filter_map(|relation| {
            let object = match &relation.object {
                Node::Text(text) => End::Text(text.clone()),
                Node::Status(status) => End::Status(*status),
                node => End::Thing(thing(node)?),
            };
            Some(Link { predicate: relation.predicate, subject: thing(&relation.subject)?, object })
        });
        let links = links.collect();
        let subject = |observation: &Observation| entities.get(observation.subject?.0 as usize).copied();
        let figures = reading.observations.iter().map(|o| (o, subject(o))).collect();
        Self { things: nodes.things, links, figures }
    }
}
