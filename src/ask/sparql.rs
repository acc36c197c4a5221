//! Plans as SPARQL. Fixed text gives the shape; every term goes in through `VALUES` blocks of the parsed query.

use oxigraph::model::{Literal, NamedNode, Term, Triple};
use oxigraph::sparql::QueryResults;
use rust_decimal::Decimal;
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use spargebra::term::GroundTerm;

use super::plan::{FigurePlan, Filter, ListPlan, MostPlan, Topic, ValuePlan, Way};
use crate::model::{EntityKind, Predicate};
use crate::rdf::terms;
use crate::store::{QueryError, Store};

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

/// `Within` filters hold for what lies in their very places.
///
/// Rows `?answer`, for each filter n `?sN ?pN ?oN` (the statement that makes it hold) and `?wN` (a [`Way`]), and last
/// `?sum`, the sum that a money filter looked at.
pub fn list(plan: &ListPlan) -> String {
    let mut query = Builder::default();
    let columns: String = (0..plan.filters.len()).map(|n| format!(" ?s{n} ?p{n} ?o{n} ?w{n}")).collect();
    query.push(&format!("SELECT DISTINCT ?answer{columns} ?sum WHERE {{\n"));
    for (n, filter) in plan.filters.iter().enumerate() {
        push_filter(&mut query, filter, n, &format!("{n}"));
    }
    if let Some(kind) = plan.kind {
        push_kind(&mut query, kind);
    }
    for (n, filter) in plan.filters.iter().enumerate() {
        if let Filter::During(dates) = filter {
            push_dates(&mut query, dates, n, &plan.filters);
        }
    }
    query.push("}");
    query.finish()
}

/// A document of one of these dates says the stage, or else the first other condition, or else that the thing is one.
fn push_dates(query: &mut Builder, dates: &[String], n: usize, filters: &[Filter]) {
    let told = filters.iter().position(|filter| matches!(filter, Filter::Stage(_)));
    let told = told.or_else(|| filters.iter().position(|filter| !matches!(filter, Filter::During(_))));
    let said = told.map_or("?answer, rdf:type, ?kind".to_owned(), |told| format!("?s{told}, ?p{told}, ?o{told}"));
    query.values(&format!("q{n}"), dates.iter().map(|date| Literal::from(date.as_str())));
    query.push(&format!("BIND(TRIPLE({said}) AS ?t{n}) LATERAL {{ ?f{n} rdf:reifies ?t{n} . "));
    query.push(&format!("?f{n} prov:wasDerivedFrom ?m{n} . ?m{n} nif:referenceContext ?s{n} . "));
    query.push(&format!("?s{n} schema:datePublished ?o{n} . }} BIND(schema:datePublished AS ?p{n}) "));
    query.push(&format!("BIND(0 AS ?w{n}) FILTER(STRSTARTS(STR(?o{n}), ?q{n}))\n"));
}

/// The listed thing has the kind asked for; or, for projects, it is told of as one is. `LATERAL`, here and below: what was
/// found is looked at, not every thing that might be one.
fn push_kind(query: &mut Builder, kind: EntityKind) {
    let class = terms::class(kind).into_owned();
    if kind != EntityKind::Project {
        query.push("LATERAL { ?answer a ?kind . ");
        query.values("kind", [class]);
        return query.push("}\n");
    }
    query.push("LATERAL { { ?answer a ?kind .\n");
    query.values("kind", [class]);
    query.push("} UNION { ?answer a ?built .\n");
    query.values("built", [EntityKind::Park, EntityKind::Organization].map(|kind| terms::class(kind).into_owned()));
    query.push(
        "FILTER EXISTS { ?answer pg:status|pg:totalInvestment|pg:plannedInvestment|pg:completedInvestment|pg:memberOf ?told } BIND(?built AS ?kind) } }\n",
    );
}

fn push_filter(query: &mut Builder, filter: &Filter, n: usize, name: &str) {
    let joined = format!("BIND(?answer AS ?s{n}) BIND(0 AS ?w{n})\n");
    match filter {
        Filter::Topic(topic) => push_topic(query, topic, n, name),
        Filter::Joined { by, forward, things } => {
            let (s, o) = if *forward { ("answer", "x") } else { ("x", "answer") };
            query.push("{ ");
            query.values(&format!("x{name}"), things.iter().cloned());
            query.values(&format!("p{name}b"), by.iter().map(|p| terms::property(*p).into_owned()));
            let (s, o) = (variable(s, name), variable(o, name));
            query.push(&format!("LATERAL {{ {s} ?p{name}b {o} }} BIND({s} AS ?s{n}) BIND(?p{name}b AS ?p{n}) BIND({o} AS ?o{n}) BIND(0 AS ?w{n}) }}\n"));
        }
        Filter::Within(places) => {
            query.push("{ ");
            query.values(&format!("x{name}"), places.iter().cloned());
            query.push(&format!(
                "LATERAL {{ ?answer pg:locatedIn ?x{name} }} BIND(?x{name} AS ?o{n}) {joined} BIND(pg:locatedIn AS ?p{n}) }}\n"
            ));
        }
        Filter::Is(things) => {
            query.push("{ ");
            query.values(&format!("i{name}"), things.iter().cloned());
            query.push(&format!("LATERAL {{ ?i{name} a ?o{n} }} BIND(?i{name} AS ?answer) BIND(?i{name} AS ?s{n}) "));
            query.push(&format!("BIND(0 AS ?w{n}) BIND(rdf:type AS ?p{n}) }}\n"));
        }
        Filter::Money { least, most, currency } => {
            query.push("{ ");
            // Without bounds the things are ranked, and only whole sums compare.
            let by = if least.is_none() && most.is_none() { &invested()[..1] } else { &invested()[..] };
            // The property first, and each sum from its node: joined at will, every sum of the store is compared.
            query.values(&format!("p{n}"), by.iter().cloned());
            query.push(&format!(
                "?answer ?p{n} ?o{n} . LATERAL {{ ?o{n} schema:currency ?c{name} ; schema:value ?v{name} . }}\n"
            ));
            query.values(&format!("c{name}"), [Literal::from(currency.as_str())]);
            query.push(&format!("BIND(?v{name} AS ?sum)\n"));
            push_bound(query, "l", ">=", least, name);
            push_bound(query, "m", "<=", most, name);
            query.push(&format!("{joined} }}\n"));
        }
        Filter::Stage(stage) => {
            query.push("{ ");
            query.values(&format!("o{n}"), [terms::status(*stage).into_owned()]);
            query.push(&format!("LATERAL {{ ?answer pg:status ?o{n} }} {joined} BIND(pg:status AS ?p{n}) }}\n"));
        }
        Filter::Holds(titles) => {
            query.push("{ ");
            query.values(&format!("t{name}"), titles.iter().cloned());
            query.push(&format!(
                "LATERAL {{ ?answer pg:designation ?t{name} }} BIND(?t{name} AS ?o{n}) {joined} BIND(pg:designation AS ?p{n}) }}\n"
            ));
        }
        // Looks at what the other filters have found.
        Filter::During(_) => {}
        Filter::Any(filters) => {
            for (at, filter) in filters.iter().enumerate() {
                query.push(if at == 0 { "{ " } else { " UNION { " });
                push_filter(query, filter, n, &format!("{name}_{at}"));
                query.push("}");
            }
            query.push("\n");
        }
    }
}

fn variable(side: &str, name: &str) -> String {
    if side == "answer" { "?answer".to_owned() } else { format!("?{side}{name}") }
}

fn invested() -> [NamedNode; 3] {
    [Predicate::TotalInvestment, Predicate::PlannedInvestment, Predicate::CompletedInvestment]
        .map(|predicate| terms::property(predicate).into_owned())
}

fn push_bound(query: &mut Builder, letter: &str, comparison: &str, bound: &Option<Decimal>, name: &str) {
    if let Some(bound) = bound {
        query.values(&format!("{letter}{name}"), [Literal::new_typed_literal(bound.to_string(), DECIMAL)]);
        query.push(&format!("FILTER(?v{name} {comparison} ?{letter}{name})\n"));
    }
}

const DECIMAL: oxigraph::model::NamedNodeRef<'static> = oxigraph::model::vocab::xsd::DECIMAL;

/// One branch for each [`Way`] that the topic allows.
fn push_topic(query: &mut Builder, topic: &Topic, n: usize, name: &str) {
    let bind = |way: Way, s: &str, p: &str| {
        format!("BIND({s} AS ?s{n}) BIND({p} AS ?p{n}) BIND({} AS ?w{n}) }}\n", way as u32)
    };
    let mut joint = "{ ";
    let stated =
        [(Way::Stated, "f", &topic.fields), (Way::Narrower, "g", &topic.narrower), (Way::Remote, "r", &topic.remote)];
    for (way, letter, fields) in stated {
        query.push(joint);
        query.values(&format!("{letter}{name}"), fields.iter().cloned());
        query.push(&format!("LATERAL {{ ?answer pg:industry ?{letter}{name} }} BIND(?{letter}{name} AS ?o{n}) "));
        query.push(&bind(way, "?answer", "pg:industry"));
        joint = "UNION { ";
    }
    query.push(joint);
    query.values(&format!("n{name}"), topic.named.iter().cloned());
    query.push(&format!("LATERAL {{ ?n{name} a ?o{n} }} BIND(?n{name} AS ?answer) "));
    query.push(&bind(Way::Named, &format!("?n{name}"), "rdf:type"));
    query.push(joint);
    query.values(&format!("k{name}"), topic.parks.iter().cloned());
    query.push(&format!("LATERAL {{ ?answer pg:locatedIn ?k{name} }} BIND(?k{name} AS ?o{n}) "));
    query.push(&bind(Way::Park, "?answer", "pg:locatedIn"));
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
