//! Every term and namespace that the program writes, in one table.

use oxigraph::model::NamedNodeRef;

use crate::model::{EntityKind, Predicate, Status};

/// Namespace of our terms.
pub const PG: &str = "https://w3id.org/parkgraph/ontology#";
/// Namespace of things and documents.
pub const PGR: &str = "https://w3id.org/parkgraph/id/";
/// schema.org.
pub const SCHEMA: &str = "https://schema.org/";
/// SKOS.
pub const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
/// PROV-O.
pub const PROV: &str = "http://www.w3.org/ns/prov#";
/// NIF core.
pub const NIF: &str = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#";
/// Internationalization Tag Set.
pub const ITSRDF: &str = "http://www.w3.org/2005/11/its/rdf#";
/// RDF.
pub const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
/// RDF Schema.
pub const RDFS: &str = "http://www.w3.org/2000/01/rdf-schema#";
/// XML Schema datatypes.
pub const XSD: &str = "http://www.w3.org/2001/XMLSchema#";
/// Dublin Core terms.
pub const DCTERMS: &str = "http://purl.org/dc/terms/";
/// Data Cube.
pub const QB: &str = "http://purl.org/linked-data/cube#";
/// Organization ontology.
pub const ORG: &str = "http://www.w3.org/ns/org#";

/// Prefixes that queries may use undeclared and that output shortens by; the first that fits wins.
pub const PREFIXES: &[(&str, &str)] = &[
    ("pg", PG),
    ("pgr", PGR),
    ("schema", SCHEMA),
    ("skos", SKOS),
    ("prov", PROV),
    ("nif", NIF),
    ("itsrdf", ITSRDF),
    ("rdf", RDF),
    ("rdfs", RDFS),
    ("xsd", XSD),
    ("dcterms", DCTERMS),
    ("qb", QB),
    ("org", ORG),
];

/// A term by its whole IRI, which this file alone spells.
const fn term(iri: &'static str) -> NamedNodeRef<'static> {
    NamedNodeRef::new_unchecked(iri)
}

/// The class of a thing.
pub const TYPE: NamedNodeRef<'static> = term("http://www.w3.org/1999/02/22-rdf-syntax-ns#type");
/// From a piece of evidence to the statement it speaks for.
pub const REIFIES: NamedNodeRef<'static> = term("http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies");
/// The one preferred name.
pub const PREF_LABEL: NamedNodeRef<'static> = term("http://www.w3.org/2004/02/skos/core#prefLabel");
/// Any other name.
pub const ALT_LABEL: NamedNodeRef<'static> = term("http://www.w3.org/2004/02/skos/core#altLabel");

/// One source text.
pub const DOCUMENT: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/ontology#Document");
/// Headline of a document.
pub const HEADLINE: NamedNodeRef<'static> = term("https://schema.org/headline");
/// When a document was published.
pub const DATE_PUBLISHED: NamedNodeRef<'static> = term("https://schema.org/datePublished");
/// Character encoding of the source.
pub const ENCODING: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/ontology#encoding");
/// BLAKE3 hash of the source.
pub const CONTENT_HASH: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/ontology#contentHash");
/// Length of the source in characters.
pub const CHARACTERS: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/ontology#characters");
/// Paper or site that published a document.
pub const PUBLISHER: NamedNodeRef<'static> = term("https://schema.org/publisher");
/// Who wrote a document.
pub const AUTHOR: NamedNodeRef<'static> = term("https://schema.org/author");
/// Original address of a document.
pub const URL: NamedNodeRef<'static> = term("https://schema.org/url");
/// When a document was published, for tools that know Dublin Core.
pub const ISSUED: NamedNodeRef<'static> = term("http://purl.org/dc/terms/issued");
/// Media type of the file that a document was read from.
pub const FORMAT: NamedNodeRef<'static> = term("http://purl.org/dc/terms/format");
/// Original address of a document, for tools that know Dublin Core.
pub const SOURCE: NamedNodeRef<'static> = term("http://purl.org/dc/terms/source");
/// Place of a mention in the terms of its file: page and line, cell, paragraph.
pub const LOCATOR: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/ontology#locator");
/// Bookkeeping of a store: content hash and reader version of a document.
pub const FINGERPRINT: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/ontology#fingerprint");

/// When a changing fact was reported: the date of the document, on a piece of evidence.
pub const REPORTED: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/ontology#reported");
/// From a document to the one with the same text that counts as the source.
pub const REPRINT_OF: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/ontology#reprintOf");
/// Place, or document, within which a name stands for a thing.
pub const SCOPE: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/ontology#scope");
/// From an earlier or lesser IRI of a thing to the one that it has.
pub const IS_REPLACED_BY: NamedNodeRef<'static> = term("http://purl.org/dc/terms/isReplacedBy");
/// From an industry to a broader one.
pub const BROADER: NamedNodeRef<'static> = term("http://www.w3.org/2004/02/skos/core#broader");
/// From an industry to a narrower one.
pub const NARROWER: NamedNodeRef<'static> = term("http://www.w3.org/2004/02/skos/core#narrower");
/// From a whole to a part of it.
pub const HAS_PART: NamedNodeRef<'static> = term("https://schema.org/hasPart");
/// From a place to one that contains it.
pub const CONTAINED_IN: NamedNodeRef<'static> = term("https://schema.org/containedInPlace");
/// From a phase of a project to the project.
pub const IS_PART_OF: NamedNodeRef<'static> = term("https://schema.org/isPartOf");

/// A stretch of a source text.
pub const MENTION: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/ontology#Mention");
/// The text of a mention, exactly as in the source.
pub const ANCHOR_OF: NamedNodeRef<'static> =
    term("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#anchorOf");
/// First character of a mention.
pub const BEGIN_INDEX: NamedNodeRef<'static> =
    term("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#beginIndex");
/// One past the last character of a mention.
pub const END_INDEX: NamedNodeRef<'static> =
    term("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#endIndex");
/// The document of a mention.
pub const REFERENCE_CONTEXT: NamedNodeRef<'static> =
    term("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#referenceContext");
/// The sentence around a mention.
pub const SENTENCE: NamedNodeRef<'static> =
    term("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#sentence");
/// What a mention names.
pub const TA_IDENT_REF: NamedNodeRef<'static> = term("http://www.w3.org/2005/11/its/rdf#taIdentRef");

/// From evidence to the mention it rests on.
pub const WAS_DERIVED_FROM: NamedNodeRef<'static> = term("http://www.w3.org/ns/prov#wasDerivedFrom");
/// How sure a piece of evidence is, 0 to 1.
pub const CONFIDENCE: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/ontology#confidence");
/// The extractor that made a piece of evidence.
pub const EXTRACTOR: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/ontology#extractor");
/// The rule that made a piece of evidence.
pub const RULE: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/ontology#rule");

/// Money put into projects, parks or companies.
pub const INVESTMENT_AMOUNT: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/ontology#InvestmentAmount");
/// Any other money.
pub const MONETARY_AMOUNT: NamedNodeRef<'static> = term("https://schema.org/MonetaryAmount");
/// A figure, or the lower bound of a range.
pub const VALUE: NamedNodeRef<'static> = term("https://schema.org/value");
/// The upper bound of a range.
pub const MAX_VALUE: NamedNodeRef<'static> = term("https://schema.org/maxValue");
/// ISO 4217 code.
pub const CURRENCY: NamedNodeRef<'static> = term("https://schema.org/currency");
/// How exact a figure is.
pub const QUALIFIER: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/ontology#qualifier");
/// A sum as written.
pub const TEXT: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/ontology#text");

/// A counted set of projects.
pub const PROJECT_GROUP: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/ontology#ProjectGroup");
/// How many a group counts, or the lower bound.
pub const COUNT: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/ontology#count");
/// Upper bound of a group's count.
pub const COUNT_MAX: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/ontology#countMax");

/// A figure about something over a period.
pub const OBSERVATION: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/ontology#Observation");
/// What a figure is about.
pub const SUBJECT: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/ontology#subject");
/// What a figure measures.
pub const INDICATOR: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/ontology#indicator");
/// Unit of a figure.
pub const UNIT_TEXT: NamedNodeRef<'static> = term("https://schema.org/unitText");
/// The time a figure speaks of.
pub const PERIOD: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/ontology#period");
/// Growth in per cent.
pub const GROWTH: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/ontology#growth");
/// True for an aim.
pub const TARGET: NamedNodeRef<'static> = term("https://w3id.org/parkgraph/ontology#target");

/// The class of a kind of entity.
pub fn class(kind: EntityKind) -> NamedNodeRef<'static> {
    term(match kind {
        EntityKind::Enterprise => "https://w3id.org/parkgraph/ontology#Enterprise",
        EntityKind::Organization => "https://w3id.org/parkgraph/ontology#Organization",
        EntityKind::Park => "https://w3id.org/parkgraph/ontology#Park",
        EntityKind::Project => "https://w3id.org/parkgraph/ontology#Project",
        EntityKind::Policy => "https://w3id.org/parkgraph/ontology#Policy",
        EntityKind::Industry => "https://w3id.org/parkgraph/ontology#Industry",
        EntityKind::Place => "https://w3id.org/parkgraph/ontology#Place",
    })
}

/// The property of a predicate.
pub fn property(predicate: Predicate) -> NamedNodeRef<'static> {
    term(match predicate {
        Predicate::TotalInvestment => "https://w3id.org/parkgraph/ontology#totalInvestment",
        Predicate::PlannedInvestment => "https://w3id.org/parkgraph/ontology#plannedInvestment",
        Predicate::CompletedInvestment => "https://w3id.org/parkgraph/ontology#completedInvestment",
        Predicate::Investor => "https://w3id.org/parkgraph/ontology#investor",
        Predicate::LocatedIn => "https://w3id.org/parkgraph/ontology#locatedIn",
        Predicate::Industry => "https://w3id.org/parkgraph/ontology#industry",
        Predicate::IssuedBy => "https://w3id.org/parkgraph/ontology#issuedBy",
        Predicate::MemberOf => "https://w3id.org/parkgraph/ontology#memberOf",
        Predicate::Partner => "https://w3id.org/parkgraph/ontology#partner",
        Predicate::Designation => "https://w3id.org/parkgraph/ontology#designation",
        Predicate::Status => "https://w3id.org/parkgraph/ontology#status",
    })
}

/// The individual of a project's stage.
pub fn status(status: Status) -> NamedNodeRef<'static> {
    term(match status {
        Status::Planned => "https://w3id.org/parkgraph/ontology#planned",
        Status::Signed => "https://w3id.org/parkgraph/ontology#signed",
        Status::Started => "https://w3id.org/parkgraph/ontology#started",
        Status::UnderConstruction => "https://w3id.org/parkgraph/ontology#underConstruction",
        Status::Completed => "https://w3id.org/parkgraph/ontology#completed",
        Status::Operating => "https://w3id.org/parkgraph/ontology#operating",
    })
}

/// True for properties whose value is another at another time.
pub(crate) fn is_dated(property: NamedNodeRef<'_>) -> bool {
    [Predicate::Status, Predicate::TotalInvestment, Predicate::PlannedInvestment, Predicate::CompletedInvestment]
        .into_iter()
        .any(|it| self::property(it) == property)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_model_and_of_the_terms_agree() {
        let pairs = EntityKind::ALL.map(|kind| (kind.name(), class(kind))).into_iter();
        let pairs = pairs.chain(Predicate::ALL.map(|predicate| (predicate.name(), property(predicate))));
        for (name, term) in pairs.chain(Status::ALL.map(|stage| (stage.name(), status(stage)))) {
            assert_eq!(format!("{PG}{name}"), term.as_str());
        }
    }
}
