//! What a graph must look like: SHACL shapes, each condition run as a query over the store, so that nothing is copied and
//! RDF 1.2 evidence can be asked for; and what does not hold, with the sentence that caused it.

mod model;
mod parse;
mod sparql;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};

use crate::query;
use crate::rdf::terms;
use crate::store::{QueryError, Store, StoreError};
use crate::trace::evidence::{self, Evidence};

pub use model::{Check, Rule, Severity, Target, Value};
pub use parse::{ShapesError, parse};

/// The shapes of the vocabulary, and the constraints on evidence.
const SHIPPED: [&str; 2] =
    [include_str!("../../ontology/shapes.ttl"), include_str!("../../ontology/shapes-evidence.ttl")];

/// The shipped shapes; those without evidence first.
///
/// # Errors
/// Never, as tests show.
pub fn shipped() -> Result<Vec<Rule>, ShapesError> {
    let parsed: Vec<Vec<Rule>> = SHIPPED.iter().map(|text| parse(text)).collect::<Result<_, _>>()?;
    Ok(parsed.concat())
}

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which of the rules it is, by number.
    pub rule: usize,
    /// The node that is not as it must be.
    pub node: Term,
    /// The property to blame, as a path of SPARQL.
    pub path: Option<String>,
    /// The value to blame.
    pub value: Option<Term>,
}

/// Runs shapes over a store. The findings stand in order of rules, nodes and values.
///
/// # Errors
/// When the store cannot be read, or a shape's own query is no SPARQL.
pub fn validate(store: &Store, rules: &[Rule]) -> Result<Vec<Finding>, QueryError> {
    let mut findings = Vec::new();
    for (number, rule) in rules.iter().enumerate() {
        let mut found = BTreeMap::new();
        for query in sparql::queries(rule) {
            let table = query::select(store, &query, &[])?;
            let column = |name: &str| table.columns.iter().position(|it| it == name);
            let (this, path, value) = (column("this"), column("path"), column("value"));
            for row in &table.rows {
                let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).cloned().flatten();
                let Some(node) = cell(this) else { continue };
                let path = cell(path).map(|path| path.to_string()).or_else(|| rule.path.clone());
                let value = cell(value).filter(|_| rule.path.is_some() || path.is_some());
                let key = (node.to_string(), path.clone(), value.as_ref().map(ToString::to_string));
                found.insert(key, Finding { rule: number, node, path, value });
            }
        }
        findings.extend(found.into_values());
    }
    Ok(findings)
}

/// The sentence that caused a finding: that behind the statement to blame, else that behind the node; none for what no
/// text says.
///
/// # Errors
/// When the disk refuses.
pub fn cause(store: &Store, finding: &Finding) -> Result<Option<Evidence>, StoreError> {
    let Term::NamedNode(node) = &finding.node else { return Ok(None) };
    let property = finding.path.as_deref().and_then(property_of);
    if let (Some(property), Some(value)) = (property, &finding.value) {
        let said = Triple::new(node.clone(), property, value.clone());
        if let Some(first) = evidence::of(store, &said)?.shown.into_iter().next() {
            return Ok(Some(first));
        }
    }
    if let Some(found) = evidence::of_fact(store, node.as_ref())?.or(evidence::at_mention(store, node.as_ref())?) {
        return Ok(Some(found));
    }
    for class in classes(store, node.as_ref())? {
        let said = Triple::new(node.clone(), terms::TYPE, class);
        if let Some(first) = evidence::of(store, &said)?.shown.into_iter().next() {
            return Ok(Some(first));
        }
    }
    // A thing without a class is still named somewhere.
    let mut mentions = Vec::new();
    for quad in store.matching(None, Some(terms::TA_IDENT_REF), Some(node.as_ref().into())) {
        if let NamedOrBlankNode::NamedNode(mention) = quad?.subject {
            mentions.push(mention);
        }
    }
    mentions.sort();
    mentions.first().map_or(Ok(None), |mention| evidence::at_mention(store, mention.as_ref()))
}

/// The property that a path of one step is.
fn property_of(path: &str) -> Option<NamedNode> {
    NamedNode::new(path.strip_prefix('<')?.strip_suffix('>')?).ok()
}

fn classes(store: &Store, node: NamedNodeRef<'_>) -> Result<Vec<Term>, StoreError> {
    store.matching(Some(node.into()), Some(terms::TYPE), None).map(|quad| quad.map(|quad| quad.object)).collect()
}
