//! One thing of a gazetteer as its statements tell it. Shared with `build.rs`.

/// Start of every IRI of a thing.
const THING: &str = "https://w3id.org/parkgraph/id/";
const PG: &str = "https://w3id.org/parkgraph/ontology#";
const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
const DCT_TYPE: &str = "http://purl.org/dc/terms/type";
/// `rdf:type`.
pub const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

/// One thing. IRIs of things are without their common start.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// IRI of the thing.
    pub iri: String,
    /// Local name of its class, such as `Place`; empty where it has none of the project's classes.
    pub kind: String,
    /// `dcterms:type`, such as `county`; for an industry of a public classification, its scheme.
    pub level: String,
    /// `skos:prefLabel`.
    pub label: String,
    /// `skos:altLabel`, in the order of the file.
    pub alt: Vec<String>,
    /// `skos:hiddenLabel`: forms that are everyday words as well.
    pub hidden: Vec<String>,
    /// `skos:broader` or `pg:locatedIn`.
    pub parents: Vec<String>,
    /// `pg:industry`.
    pub industries: Vec<String>,
}

/// A line that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// Line of the file, from 1; 0 where only the subject is known.
    pub line: u64,
    /// What is wrong.
    pub message: String,
}

impl Record {
    /// A thing of which nothing is told yet.
    pub fn new(iri: &str) -> Self {
        Self { iri: short(iri), ..Self::default() }
    }

    /// Takes up one statement: the predicate's IRI and the object's text or IRI. Other predicates say nothing here.
    pub fn take(&mut self, predicate: &str, object: String) {
        let object = short(&object);
        if predicate == TYPE {
            if let Some(kind) = object.strip_prefix(PG) {
                self.kind = kind.to_owned();
            }
        } else if predicate == DCT_TYPE {
            self.level = object;
        } else if let Some(local) = predicate.strip_prefix(SKOS) {
            self.take_skos(local, object);
        } else if let Some(local) = predicate.strip_prefix(PG) {
            match local {
                "locatedIn" => self.parents.push(object),
                "industry" => self.industries.push(object),
                _ => {}
            }
        }
    }

    fn take_skos(&mut self, local: &str, object: String) {
        match local {
            "prefLabel" => self.label = object,
            "altLabel" => self.alt.push(object),
            "hiddenLabel" => self.hidden.push(object),
            "broader" => self.parents.push(object),
            "inScheme" => self.level = object,
            _ => {}
        }
    }
}

fn short(iri: &str) -> String {
    iri.strip_prefix(THING).unwrap_or(iri).to_owned()
}
