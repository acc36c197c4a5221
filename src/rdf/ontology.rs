//! The shipped definition of every term.

/// The ontology in Turtle.
pub const ONTOLOGY: &str = include_str!("../../ontology/parkgraph.ttl");

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use oxigraph::io::{RdfFormat, RdfParser};
    use oxigraph::model::{NamedOrBlankNode, Quad, Term, Triple};

    use super::super::terms::{self, PG, RDFS, SCHEMA};
    use super::super::{quads, sample};
    use super::ONTOLOGY;
    use crate::model::{Node, Predicate, Status};

    /// The statements about each term of ours.
    fn definitions() -> BTreeMap<String, Vec<(String, Term)>> {
        let mut terms = BTreeMap::<_, Vec<_>>::new();
        for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(ONTOLOGY.as_bytes()) {
            let quad = quad.expect("Turtle");
            if let NamedOrBlankNode::NamedNode(subject) = &quad.subject
                && let Some(name) = subject.as_str().strip_prefix(PG)
            {
                terms.entry(name.to_owned()).or_default().push((quad.predicate.into_string(), quad.object));
            }
        }
        terms
    }

    fn own_terms(quads: &[Quad]) -> BTreeSet<String> {
        let mut terms = BTreeSet::new();
        quads.iter().for_each(|quad| add(&mut terms, &Triple::from(quad.clone())));
        terms
    }

    fn add(terms: &mut BTreeSet<String>, triple: &Triple) {
        let mut note = |iri: &str| terms.extend(iri.strip_prefix(PG).map(str::to_owned));
        note(triple.predicate.as_str());
        match &triple.object {
            Term::NamedNode(node) => note(node.as_str()),
            Term::Triple(inner) => add(terms, inner),
            _ => {}
        }
    }

    #[test]
    fn every_term_written_is_defined_and_every_defined_term_is_written_or_reserved() {
        let mut reading = sample::reading();
        let project = reading.relations[0].subject.clone();
        for status in Status::ALL {
            let mut relation = reading.relations[0].clone();
            (relation.subject, relation.predicate) = (project.clone(), Predicate::Status);
            relation.object = Node::Status(status);
            reading.relations.push(relation);
        }
        let mut written = own_terms(&quads(&reading));
        // The store alone writes these, and only files with pages, cells or paragraphs have the last.
        for term in [terms::FINGERPRINT, terms::SCOPE, terms::REPRINT_OF, terms::LOCATOR] {
            written.extend(term.as_str().strip_prefix(PG).map(str::to_owned));
        }
        let reserved =
            |facts: &[(String, Term)]| facts.iter().any(|(property, _)| *property == format!("{PG}reserved"));
        let defined = definitions();
        let in_use: BTreeSet<_> =
            defined.iter().filter(|(_, facts)| !reserved(facts)).map(|(name, _)| name.clone()).collect();
        assert_eq!(written, in_use);
    }

    #[test]
    fn every_term_is_told_in_both_languages_and_has_its_place() {
        for (name, facts) in definitions() {
            let languages = |property: &str| -> BTreeSet<String> {
                let texts = facts.iter().filter(|(it, _)| *it == format!("{RDFS}{property}"));
                texts.filter_map(|(_, text)| Some(language(text)?.to_owned())).collect()
            };
            let both = BTreeSet::from(["en".to_owned(), "zh".to_owned()]);
            assert_eq!((languages("label"), languages("comment")), (both.clone(), both), "{name}");
            let has = |iri: String| facts.iter().any(|(property, _)| *property == iri);
            let is = |class: &str| facts.iter().any(|(_, it)| it.to_string().contains(class));
            let needed = match () {
                () if is("rdf-schema#Class") => vec![has(format!("{RDFS}subClassOf"))],
                () if is("rdf-syntax-ns#Property") => ["domain", "range"]
                    .map(|end| has(format!("{RDFS}{end}")) || has(format!("{SCHEMA}{end}Includes")))
                    .to_vec(),
                () => vec![is("#ProjectStatus")],
            };
            assert!(needed.iter().all(|it| *it), "{name} lacks its place among other terms");
            assert!(has("http://purl.org/dc/terms/source".to_owned()), "{name} has no source");
        }
    }

    fn language(term: &Term) -> Option<&str> {
        match term {
            Term::Literal(literal) => literal.language(),
            _ => None,
        }
    }
}
