//! JSON-LD 1.1, framed: one object for each document, with the mentions, sums, figures and evidence that it owns inside,
//! and one for each thing; short keys by a context. JSON-LD has no triple terms: evidence is written as RDF 1.1 says it.

use std::io::Write;

use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Quad, Term};
use serde_json::{Map, Value, json};

use super::plain::plain;
use super::{ExportError, Source};
use crate::model::Predicate;
use crate::rdf::terms::{self, PREFIXES};
use crate::rdf::{document_iri, document_key, shorten};

/// Writes a source as JSON-LD, an object of the graph a line.
pub fn write(source: &Source<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    let context = Context::new();
    write!(out, "{{\"@context\": {},\n\"@graph\": [", context.json())?;
    let mut frame = Frame { out, context: &context, first: true, open: None, inside: Vec::new() };
    for quad in source.quads() {
        for quad in plain(quad?) {
            frame.take(&quad)?;
        }
    }
    frame.close_node()?;
    frame.close_document()?;
    writeln!(out, "\n]}}")?;
    out.flush()?;
    Ok(())
}

/// How the values of a key are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    Iri,
    Chinese,
    Text,
    Decimal,
    Native,
}

/// The keys that stand for properties.
struct Context {
    keys: Vec<(NamedNodeRef<'static>, String, Reading)>,
}

impl Context {
    fn new() -> Self {
        let own = [
            (terms::PREF_LABEL, Reading::Chinese),
            (terms::ALT_LABEL, Reading::Chinese),
            (terms::HEADLINE, Reading::Chinese),
            (terms::DATE_PUBLISHED, Reading::Text),
            (terms::ENCODING, Reading::Text),
            (terms::CONTENT_HASH, Reading::Text),
            (terms::CHARACTERS, Reading::Native),
            (terms::ANCHOR_OF, Reading::Text),
            (terms::BEGIN_INDEX, Reading::Native),
            (terms::END_INDEX, Reading::Native),
            (terms::REFERENCE_CONTEXT, Reading::Iri),
            (terms::SENTENCE, Reading::Iri),
            (terms::TA_IDENT_REF, Reading::Iri),
            (terms::WAS_DERIVED_FROM, Reading::Iri),
            (terms::CONFIDENCE, Reading::Decimal),
            (terms::EXTRACTOR, Reading::Text),
            (terms::RULE, Reading::Text),
            (terms::VALUE, Reading::Decimal),
            (terms::MAX_VALUE, Reading::Decimal),
            (terms::CURRENCY, Reading::Text),
            (terms::QUALIFIER, Reading::Text),
            (terms::TEXT, Reading::Text),
            (terms::COUNT, Reading::Native),
            (terms::COUNT_MAX, Reading::Native),
            (terms::SUBJECT, Reading::Iri),
            (terms::INDICATOR, Reading::Text),
            (terms::UNIT_TEXT, Reading::Text),
            (terms::PERIOD, Reading::Text),
            (terms::GROWTH, Reading::Decimal),
            (terms::TARGET, Reading::Native),
        ];
        let relation = |it: Predicate| {
            (terms::property(it), if it == Predicate::Designation { Reading::Text } else { Reading::Iri })
        };
        // The names of the parts of a statement say whose they are, since `pg:subject` has the plain one.
        let parts = [(rdf::SUBJECT, "rdfSubject"), (rdf::PREDICATE, "rdfPredicate")];
        let parts = parts.map(|(property, key)| (property, key.to_owned(), Reading::Iri));
        let named = own.into_iter().chain(Predicate::ALL.map(relation));
        let named = named.map(|(property, reading)| (property, local(property.as_str()).to_owned(), reading));
        Self { keys: named.chain(parts).collect() }
    }

    fn json(&self) -> Value {
        let mut context = Map::new();
        context.insert("@version".to_owned(), json!(1.1));
        context.extend(PREFIXES.iter().map(|(prefix, iri)| ((*prefix).to_owned(), json!(iri))));
        for (property, key, reading) in &self.keys {
            let id = shorten(property.as_str());
            let definition = match reading {
                Reading::Iri => json!({ "@id": id, "@type": "@id" }),
                Reading::Chinese => json!({ "@id": id, "@language": "zh" }),
                Reading::Decimal => json!({ "@id": id, "@type": "xsd:decimal" }),
                Reading::Text | Reading::Native => json!({ "@id": id }),
            };
            context.insert(key.clone(), definition);
        }
        context.into()
    }

    /// Key and value of a statement.
    fn entry(&self, quad: &Quad) -> (String, Value) {
        if quad.predicate.as_ref() == rdf::TYPE {
            return ("@type".to_owned(), short(&quad.object.to_string()));
        }
        match self.keys.iter().find(|(property, ..)| quad.predicate.as_ref() == *property) {
            Some((_, key, reading)) => (key.clone(), value(&quad.object, *reading)),
            None => (shorten(quad.predicate.as_str()), value(&quad.object, Reading::Text)),
        }
    }
}

fn value(object: &Term, reading: Reading) -> Value {
    let literal = match object {
        Term::Literal(literal) => literal,
        other if reading == Reading::Iri => return short(&other.to_string()),
        other => return json!({ "@id": short(&other.to_string()) }),
    };
    let (text, datatype) = (literal.value(), literal.datatype());
    let number = || text.parse::<i64>().ok().filter(|number| number.to_string() == text);
    match (reading, literal.language()) {
        (Reading::Chinese, Some("zh")) => text.into(),
        (_, Some(language)) => json!({ "@value": text, "@language": language }),
        (Reading::Text, None) if datatype == xsd::STRING => text.into(),
        (Reading::Decimal, None) if datatype == xsd::DECIMAL => text.into(),
        (Reading::Native, None) if datatype == xsd::BOOLEAN && ["true", "false"].contains(&text) => {
            (text == "true").into()
        }
        (Reading::Native, None) if datatype == xsd::INTEGER && number().is_some() => number().into(),
        (_, None) => json!({ "@value": text, "@type": shorten(datatype.as_str()) }),
    }
}

/// A term as an identity of JSON-LD: without the angle brackets of an IRI, and by its prefix.
fn short(term: &str) -> Value {
    shorten(term.trim_start_matches('<').trim_end_matches('>')).into()
}

fn local(iri: &str) -> &str {
    iri.rsplit(['#', '/']).next().unwrap_or(iri)
}

/// The objects in the making. Statements come in canonical order: a document's nodes together, then things one by one.
struct Frame<'a> {
    out: &'a mut dyn Write,
    context: &'a Context,
    first: bool,
    /// The node whose statements are being taken.
    open: Option<(String, Map<String, Value>)>,
    /// Nodes of the document that is being taken, its own among them.
    inside: Vec<(String, Value)>,
}

impl Frame<'_> {
    fn take(&mut self, quad: &Quad) -> Result<(), ExportError> {
        let subject = match &quad.subject {
            NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
            NamedOrBlankNode::BlankNode(node) => node.to_string(),
        };
        if self.open.as_ref().is_none_or(|(open, _)| *open != subject) {
            self.close_node()?;
            let node = Map::from_iter([("@id".to_owned(), shorten(&subject).into())]);
            self.open = Some((subject, node));
        }
        let (key, value) = self.context.entry(quad);
        if let Some((_, node)) = &mut self.open {
            add(node, key, value);
        }
        Ok(())
    }

    fn close_node(&mut self) -> Result<(), ExportError> {
        let Some((subject, node)) = self.open.take() else { return Ok(()) };
        let document = document_key(&subject);
        if self.inside.first().is_some_and(|(first, _)| document_key(first) != document) {
            self.close_document()?;
        }
        match document {
            Some(_) => self.inside.push((subject, node.into())),
            None => self.put(&node.into())?,
        }
        Ok(())
    }

    fn close_document(&mut self) -> Result<(), ExportError> {
        let mut nodes = std::mem::take(&mut self.inside);
        let Some(key) = nodes.first().and_then(|(first, _)| document_key(first)) else { return Ok(()) };
        let iri = document_iri(&key);
        let own = nodes.iter().position(|(subject, _)| *subject == iri.as_str());
        // A part may hold what a document owns without the document.
        let mut document = match own {
            Some(at) => nodes.remove(at).1,
            None => json!({ "@id": shorten(iri.as_str()) }),
        };
        document["@included"] = nodes.into_iter().map(|(_, node)| node).collect();
        self.put(&document)
    }

    fn put(&mut self, object: &Value) -> Result<(), ExportError> {
        let comma = if std::mem::take(&mut self.first) { "" } else { "," };
        Ok(write!(self.out, "{comma}\n{object}")?)
    }
}

/// A second value under a key makes a list of the first.
fn add(node: &mut Map<String, Value>, key: String, value: Value) {
    match node.get_mut(&key) {
        None => {
            node.insert(key, value);
        }
        Some(Value::Array(list)) => list.push(value),
        Some(first) => *first = Value::Array(vec![first.take(), value]),
    }
}
