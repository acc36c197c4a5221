//! Evidence as RDF 1.1 can say it: a reifier becomes an `rdf:Statement`.

use oxigraph::model::vocab::rdf;
use oxigraph::model::{Quad, Term};

use crate::rdf::terms;

/// The quads that say in RDF 1.1 what `quad` says; itself where it needs no more.
pub fn plain(quad: Quad) -> Vec<Quad> {
    let Quad { subject, predicate, object, graph_name } = quad;
    match object {
        Term::Triple(triple) if predicate == terms::REIFIES => {
            let say = |predicate, object: Term| Quad::new(subject.clone(), predicate, object, graph_name.clone());
            vec![
                say(rdf::TYPE, rdf::STATEMENT.into_owned().into()),
                say(rdf::SUBJECT, triple.subject.into()),
                say(rdf::PREDICATE, triple.predicate.into()),
                say(rdf::OBJECT, triple.object),
            ]
        }
        object => vec![Quad { subject, predicate, object, graph_name }],
    }
}
