//! Gazetteers in any Turtle, read into records: a user's own.

use std::collections::BTreeMap;

use oxigraph::io::{RdfFormat, RdfParser, RdfSyntaxError};
use oxigraph::model::{NamedOrBlankNode, Quad, Term};

use super::record::{Flaw, Record};

/// Reads every subject with a class of the project and a label, in the order of the file. What cannot be read is told
/// beside it and costs only itself.
pub(super) fn read(bytes: &[u8]) -> (Vec<Record>, Vec<Flaw>) {
    let (mut records, mut flaws) = (Vec::new(), Vec::new());
    let mut places = BTreeMap::new();
    for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(bytes) {
        match quad {
            Ok(quad) => take(quad, &mut records, &mut places),
            Err(error) => flaws.push(flaw(&error)),
        }
    }
    records.retain(|record: &Record| {
        let lacks_label = !record.kind.is_empty() && record.label.is_empty();
        if lacks_label {
            flaws.push(Flaw { line: 0, message: format!("{} has no skos:prefLabel", record.iri) });
        }
        !record.kind.is_empty() && !lacks_label
    });
    (records, flaws)
}

fn flaw(error: &RdfSyntaxError) -> Flaw {
    let line = error.location().map_or(0, |range| range.start.line + 1);
    Flaw { line, message: error.to_string() }
}

fn take(quad: Quad, records: &mut Vec<Record>, places: &mut BTreeMap<String, usize>) {
    let NamedOrBlankNode::NamedNode(subject) = quad.subject else { return };
    let at = *places.entry(subject.as_str().to_owned()).or_insert(records.len());
    if at == records.len() {
        records.push(Record::new(subject.as_str()));
    }
    let object = match quad.object {
        Term::NamedNode(node) => node.into_string(),
        Term::Literal(literal) => literal.value().to_owned(),
        _ => return,
    };
    records[at].take(quad.predicate.as_str(), object);
}
