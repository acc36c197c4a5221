//! What a graph lacks: things that nothing joins, projects without a sum, sums without a project, names never linked.

use std::collections::BTreeSet;

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};

use crate::model::{EntityKind, Predicate};
use crate::rdf::{document_iri, terms};
use crate::store::{Store, StoreError};

/// What a graph lacks, each as a list of nodes in order of their IRIs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Health {
    /// Things of which nothing is said but that they are: no statement leads to or from them, no figure is about them.
    pub orphans: Vec<NamedNode>,
    /// Projects without an investment of any kind.
    pub without_sum: Vec<NamedNode>,
    /// Investments that belong to no project, group, park or other thing.
    pub without_project: Vec<NamedNode>,
    /// Bare names that one document uses and that lead to no thing known elsewhere.
    pub never_linked: Vec<NamedNode>,
}

/// Looks for what a graph lacks.
///
/// # Errors
/// When the disk refuses.
pub fn health(store: &Store) -> Result<Health, StoreError> {
    let (mut joined, mut with_sum, mut owned) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for predicate in Predicate::ALL {
        let is_sum = [Predicate::TotalInvestment, Predicate::PlannedInvestment, Predicate::CompletedInvestment]
            .contains(&predicate);
        for (subject, object) in ends(store, terms::property(predicate))? {
            if is_sum {
                with_sum.insert(subject.clone());
                owned.extend(object.clone());
            }
            joined.insert(subject);
            joined.extend(object);
        }
    }
    for property in [terms::SUBJECT, terms::IS_PART_OF] {
        for (subject, object) in ends(store, property)? {
            joined.insert(subject);
            joined.extend(object);
        }
    }
    let mut health = Health::default();
    for kind in EntityKind::ALL {
        for thing in of_class(store, terms::class(kind))? {
            if kind == EntityKind::Project && !with_sum.contains(&thing) {
                health.without_sum.push(thing.clone());
            }
            if !joined.contains(&thing) {
                health.orphans.push(thing);
            }
        }
    }
    let sums = of_class(store, terms::INVESTMENT_AMOUNT)?;
    health.without_project = sums.into_iter().filter(|sum| !owned.contains(sum)).collect();
    health.never_linked = never_linked(store)?;
    health.orphans.sort();
    Ok(health)
}

/// Things whose scope is a document.
fn never_linked(store: &Store) -> Result<Vec<NamedNode>, StoreError> {
    let documents: BTreeSet<String> =
        of_class(store, terms::DOCUMENT)?.into_iter().map(NamedNode::into_string).collect();
    let mut found = BTreeSet::new();
    for quad in store.matching(None, Some(terms::SCOPE), None) {
        let quad = quad?;
        if let (NamedOrBlankNode::NamedNode(thing), Term::Literal(scope)) = (quad.subject, quad.object)
            && documents.contains(document_iri(scope.value()).as_str())
        {
            found.insert(thing);
        }
    }
    Ok(found.into_iter().collect())
}

fn of_class(store: &Store, class: NamedNodeRef<'_>) -> Result<BTreeSet<NamedNode>, StoreError> {
    let mut found = BTreeSet::new();
    for quad in store.matching(None, Some(terms::TYPE), Some(class.into())) {
        if let NamedOrBlankNode::NamedNode(node) = quad?.subject {
            found.insert(node);
        }
    }
    Ok(found)
}

fn ends(store: &Store, property: NamedNodeRef<'_>) -> Result<Vec<(NamedNode, Option<NamedNode>)>, StoreError> {
    let mut found = Vec::new();
    for quad in store.matching(None, Some(property), None) {
        let quad = quad?;
        let NamedOrBlankNode::NamedNode(subject) = quad.subject else { continue };
        found.push((subject, if let Term::NamedNode(object) = quad.object { Some(object) } else { None }));
    }
    Ok(found)
}
