//! Plans as SPARQL. Fixed text gives the shape; every term goes in through `VALUES` blocks of the parsed query.

mod list;

use oxigraph::model::{Literal, NamedNode, Term, Triple};
use oxigraph::sparql::QueryResults;
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use spargebra::term::GroundTerm;

use super::plan::{FigurePlan, MostPlan, ValuePlan};
use crate::model::Predicate;
use crate::rdf::terms;
use crate::store::{QueryError, Store};
pub use list::{list, reach};

/// A query under construction: its fixed text and the terms of each `VALUES` block by variable.
#[derive(Default)]
struct Builder {
    text: String,
    blocks: Vec<(String, Vec<Term>)>,
}

impl Builder {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds a `VALUES` block for `variable`.
    fn values(&mut self, variable: &str, terms: impl IntoIterator<Item = impl Into<Term>>) {
        self.text.push_str(&format!("VALUES ?{variable} {{ }}\n"));
        self.blocks.push((variable.to_owned(), terms.into_iter().map(Into::into).collect()));
    }

    /// The query with its terms, as text that the library itself wrote.
    fn finish(self) -> String {
        let prefixes: String = terms::PREFIXES.iter().map(|(name, iri)| format!("PREFIX {name}: <{iri}>\n")).collect();
        let text = prefixes + &self.text;
        match spargebra::SparqlParser::new().parse_query(&text) {
            Ok(mut query) => {
                if let Query::Select { pattern, .. } = &mut query {
                    fill(pattern, &self.blocks);
                }
                query.to_string()
            }
            // The text has no part that comes from outside, so the tests see every shape of it.
            Err(_) => text,
        }
    }
}

/// Puts the terms into the `VALUES` blocks of a pattern.
fn fill(pattern: &mut GraphPattern, blocks: &[(String, Vec<Term>)]) {
    match pattern {
        GraphPattern::Values { variables, bindings } => {
            let [variable] = &variables[..] else { return };
            if let Some((_, terms)) = blocks.iter().find(|(name, _)| name == variable.as_str()) {
                *bindings = terms.iter().filter_map(ground).map(|term| vec![Some(term)]).collect();
            }
        }
        GraphPattern::Join { left, right }
        | GraphPattern::Lateral { left, right }
        | GraphPattern::LeftJoin { left, right, .. }
        | GraphPattern::Union { left, right }
        | GraphPattern::Minus { left, right } => {
            fill(left, blocks);
            fill(right, blocks);
        }
        GraphPattern::Filter { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::Group { inner, .. }
        | GraphPattern::Graph { inner, .. }
        | GraphPattern::Service { inner, .. } => fill(inner, blocks),
        _ => {}
    }
}

fn ground(term: &Term) -> Option<GroundTerm> {
    match term {
        Term::NamedNode(node) => Some(GroundTerm::NamedNode(node.clone())),
        Term::Literal(literal) => Some(GroundTerm::Literal(literal.clone())),
        _ => None,
    }
}

/// Rows `?answer ?s ?p ?o`: the things of the kind asked for, and a statement for each counted thing that joins it.
pub fn most(plan: &MostPlan) -> String {
    let mut query = Builder::default();
    query.push("SELECT DISTINCT ?answer ?s ?p ?o WHERE {\n");
    if !plan.within.is_empty() {
        query.values("w", plan.within.iter().cloned());
        query.push("?s (pg:locatedIn|pg:investor|pg:industry|pg:investor/pg:locatedIn) ?w .\n");
    }
    query.values("p", [terms::property(plan.by).into_owned()]);
    query.values("counted", [terms::class(plan.counted).into_owned()]);
    query.push("?s a ?counted . ?s ?p ?o . ");
    query.push(if plan.by == Predicate::LocatedIn { "?o pg:locatedIn* ?answer . " } else { "BIND(?o AS ?answer) " });
    query.push("?answer a ?kind .\n");
    query.values("kind", [terms::class(plan.kind).into_owned()]);
    query.push("}");
    query.finish()
}

/// Rows `?s ?p ?o`, with `?value ?max ?currency ?qualifier ?text` where the object is a sum.
pub fn values(plan: &ValuePlan, by: &[Predicate]) -> String {
    let mut query = Builder::default();
    query.push("SELECT DISTINCT ?s ?p ?o ?value ?max ?currency ?qualifier ?text WHERE {\n");
    let sides: &[&str] = match (plan.symmetric, plan.inverse) {
        (true, _) => &["s", "o"],
        (false, false) => &["s"],
        (false, true) => &["o"],
    };
    for (at, side) in sides.iter().enumerate() {
        query.push(if at == 0 { "{ " } else { "UNION { " });
        query.values(side, plan.things.iter().cloned());
        query.values("p", by.iter().map(|p| terms::property(*p).into_owned()));
        query.push("?s ?p ?o . }\n");
    }
    query.push(SUM_COLUMNS);
    query.finish()
}

/// What a sum tells, and the end of its query. `LATERAL` has it looked up for what was found; else every sum of the graph would
/// be gathered first.
const SUM_COLUMNS: &str = "LATERAL { OPTIONAL { ?o schema:value ?value . ?o schema:currency ?currency . \
    OPTIONAL { ?o schema:maxValue ?max } OPTIONAL { ?o pg:qualifier ?qualifier } OPTIONAL { ?o pg:text ?text } } } }";

/// What a figure tells, and the end of its query.
const FIGURE_COLUMNS: &str = "OPTIONAL { ?s schema:value ?value } OPTIONAL { ?s schema:maxValue ?max } \
    OPTIONAL { ?s schema:unitText ?unit } OPTIONAL { ?s pg:period ?period } OPTIONAL { ?s pg:growth ?growth } \
    OPTIONAL { ?s pg:target ?target } }";

/// Rows `?s ?subject ?indicator ?value ?max ?unit ?period ?growth ?target`, one for each figure; `?s` is its node.
pub fn figures(plan: &FigurePlan) -> String {
    let mut query = Builder::default();
    query.push("SELECT DISTINCT ?s ?subject ?indicator ?value ?max ?unit ?period ?growth ?target WHERE {\n");
    if !plan.subjects.is_empty() {
        query.values("subject", plan.subjects.iter().cloned());
    }
    query.values("indicator", plan.indicators.iter().cloned());
    query.push("?s pg:subject ?subject ; pg:indicator ?indicator .\n");
    if let Some(periods) = &plan.periods {
        query.values("period", periods.iter().cloned());
        query.push("?s pg:period ?period .\n");
    }
    query.push(FIGURE_COLUMNS);
    query.finish()
}

/// Rows `?group ?count ?label` of counted sets.
pub fn counts(groups: &[NamedNode]) -> String {
    let mut query = Builder::default();
    query.push("SELECT DISTINCT ?group ?count ?label WHERE {\n");
    query.values("group", groups.iter().cloned());
    query.push("?group pg:count ?count . OPTIONAL { ?group skos:prefLabel ?label } }");
    query.finish()
}

/// Rows `?sentence ?s ?p ?o` for each statement that these sentences tell and each thing that they name, with `?begin ?end`
/// (characters of the document) where it is named and `?value ?max ?currency ?qualifier ?text` where the object is a sum.
pub fn told(sentences: &[NamedNode]) -> String {
    let mut query = Builder::default();
    query.push("SELECT DISTINCT ?sentence ?s ?p ?o ?begin ?end ?value ?max ?currency ?qualifier ?text WHERE {\n{ ");
    query.values("sentence", sentences.iter().cloned());
    query.push("?m nif:sentence ?sentence . ?m itsrdf:taIdentRef ?s . ?s a ?o . ?m nif:beginIndex ?begin ; nif:endIndex ?end . BIND(rdf:type AS ?p) }\nUNION { ");
    query.values("sentence", sentences.iter().cloned());
    query.push("?m nif:sentence ?sentence . ?f prov:wasDerivedFrom ?m . ?f rdf:reifies ?t . BIND(SUBJECT(?t) AS ?s) BIND(PREDICATE(?t) AS ?p) BIND(OBJECT(?t) AS ?o) }\nUNION { ");
    query.values("sentence", sentences.iter().cloned());
    query.push("?f prov:wasDerivedFrom ?sentence . ?f rdf:reifies ?t . BIND(SUBJECT(?t) AS ?s) BIND(PREDICATE(?t) AS ?p) BIND(OBJECT(?t) AS ?o) }\n");
    query.push(SUM_COLUMNS);
    query.finish()
}

/// Rows as those of [`figures`], for the figures of these nodes.
pub fn figures_at(nodes: &[NamedNode]) -> String {
    let mut query = Builder::default();
    query.push("SELECT DISTINCT ?s ?subject ?indicator ?value ?max ?unit ?period ?growth ?target WHERE {\n");
    query.values("s", nodes.iter().cloned());
    query.push("?s pg:subject ?subject ; pg:indicator ?indicator .\n");
    query.push(FIGURE_COLUMNS);
    query.finish()
}

/// Rows `?o ?value ?max ?currency ?qualifier ?text`: these sums.
pub fn sums_at(nodes: &[NamedNode]) -> String {
    let mut query = Builder::default();
    query.push("SELECT DISTINCT ?o ?value ?max ?currency ?qualifier ?text WHERE {\n");
    query.values("o", nodes.iter().cloned());
    query.push(SUM_COLUMNS);
    query.finish()
}

/// Rows `?s ?p ?o`: how the ends of these statements are joined.
pub fn between(chain: &[Triple]) -> String {
    let mut query = Builder::default();
    query.push("SELECT DISTINCT ?s ?p ?o WHERE {\n");
    query.values("s", chain.iter().map(|triple| Term::from(triple.subject.clone())));
    query.values("o", chain.iter().map(|triple| triple.object.clone()));
    query.push("?s ?p ?o . }");
    query.finish()
}

/// Rows `?indicator ?period`: every figure that there is about `subjects`, or of these indicators about anything.
pub fn figure_names(subjects: &[NamedNode], indicators: &[Literal]) -> String {
    let mut query = Builder::default();
    query.push("SELECT DISTINCT ?indicator ?period WHERE {\n");
    if !subjects.is_empty() {
        query.values("subject", subjects.iter().cloned());
    } else {
        query.values("indicator", indicators.iter().cloned());
    }
    query.push("?s pg:subject ?subject ; pg:indicator ?indicator . OPTIONAL { ?s pg:period ?period } }");
    query.finish()
}

/// Rows `?park`: the parks whose every stated field is one of `fields`.
pub fn parks_of_only(fields: &[NamedNode]) -> String {
    let mut query = Builder::default();
    query.push("SELECT DISTINCT ?park WHERE {\n");
    query.values("field", fields.iter().cloned());
    query.push("?park a pg:Park ; pg:industry ?field .\n");
    query.push("FILTER NOT EXISTS { ?park pg:industry ?other . FILTER(?other != ?field) } }");
    query.finish()
}

/// The rows of a query, a column for each variable of its `SELECT`.
pub type Table = Vec<Vec<Option<Term>>>;

/// Runs a query of this module.
///
/// # Errors
/// If the store cannot be read.
pub fn select(store: &Store, query: &str) -> Result<Table, QueryError> {
    let QueryResults::Solutions(solutions) = store.sparql(query, &[])? else { return Err(QueryError::NotATable) };
    solutions.map(|row| Ok(row?.values().to_vec())).collect()
}
