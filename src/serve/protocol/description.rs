//! What the service is, in the SPARQL 1.1 Service Description vocabulary.

use axum::http::{HeaderMap, StatusCode};
use oxigraph::io::{RdfFormat, RdfParser};

use super::super::http::{Answer, text};
use super::super::negotiate;
use super::results::serializer;

/// The description; the service itself is the address of the request.
const TURTLE: &str = r#"
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix formats: <http://www.w3.org/ns/formats/> .
[] a sd:Service ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:resultFormat formats:SPARQL_Results_JSON, formats:SPARQL_Results_XML, formats:SPARQL_Results_CSV,
        formats:SPARQL_Results_TSV, formats:Turtle, formats:N-Triples, formats:RDF_XML, formats:JSON-LD ;
    sd:feature sd:EmptyGraphs ;
    sd:defaultDataset [ a sd:Dataset ; sd:defaultGraph [ a sd:Graph ] ] .
"#;

/// The description in the form that the client likes best.
///
/// # Errors
/// When it likes none.
pub fn answer(headers: &HeaderMap) -> Answer {
    let format = negotiate::rdf(headers, false)?;
    let mut writer = serializer(format).for_writer(Vec::new());
    for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(TURTLE).flatten() {
        // Writing to memory cannot fail.
        let _ = writer.serialize_triple(quad.as_ref());
    }
    Ok(text(StatusCode::OK, format.media_type(), writer.finish().unwrap_or_default()))
}
