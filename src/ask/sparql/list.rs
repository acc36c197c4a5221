//! Lists as SPARQL.
//!
//! The filter that is likely to hold for fewest things finds them; ranked sums and stages, which nearly every project
//! has, are then looked up for what was found. Every other filter finds its things by itself.

use oxigraph::model::{Literal, NamedNode, NamedNodeRef};
use rust_decimal::Decimal;

use super::Builder;
use crate::ask::plan::{Filter, INVESTED, ListPlan, Topic, Way};
use crate::model::{EntityKind, Status};
use crate::rdf::terms;

/// `Within` filters hold for what lies in their very places.
///
/// Rows `?answer`, for each filter n `?sN ?pN ?oN` (the statement that makes it hold) and `?wN` (a [`Way`]), and last
/// `?sum`, the sum that a money filter looked at.
pub fn list(plan: &ListPlan) -> String {
    let mut query = Builder::default();
    let columns: String = (0..plan.filters.len()).map(|n| format!(" ?s{n} ?p{n} ?o{n} ?w{n}")).collect();
    query.push(&format!("SELECT DISTINCT ?answer{columns} ?sum WHERE {{\n"));
    for (at, n) in order(&plan.filters).into_iter().enumerate() {
        match &plan.filters[n] {
            Filter::Stage(_) if at > 0 => push_looked_up(&mut query, &plan.filters[n], n),
            // Several filters for sums bind one variable, each in a group of its own.
            Filter::Money { .. } if at > 0 && sums(&plan.filters) == 1 => {
                push_looked_up(&mut query, &plan.filters[n], n)
            }
            filter => push_filter(&mut query, filter, n, &format!("{n}")),
        }
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

/// How many filters there are for sums.
fn sums(filters: &[Filter]) -> usize {
    let count = |filter: &Filter| match filter {
        Filter::Money { .. } => 1,
        Filter::Any(filters) => sums(filters),
        _ => 0,
    };
    filters.iter().map(count).sum()
}

/// Rows `?answer ?key`: what one filter lets through, with its fields and the places where it lies.
pub fn reach(filter: &Filter) -> String {
    let mut query = Builder::default();
    query.push("SELECT DISTINCT ?answer ?key WHERE {\n");
    push_filter(&mut query, filter, 0, "0");
    query.push("LATERAL { OPTIONAL { ?answer pg:industry|pg:locatedIn ?key } } }");
    query.finish()
}

/// The stages before one, and that one with those after it.
fn in_life(stage: Status) -> (Vec<NamedNode>, Vec<NamedNode>) {
    let place = Status::ALL.iter().position(|other| *other == stage).unwrap_or_default();
    let nodes = |stages: &[Status]| stages.iter().map(|stage| terms::status(*stage).into_owned()).collect();
    (nodes(&Status::ALL[..place]), nodes(&Status::ALL[place..]))
}

/// The places of the filters, those first that are likely to hold for fewest things.
fn order(filters: &[Filter]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..filters.len()).collect();
    order.sort_by_key(|n| match &filters[*n] {
        Filter::Is(_) => 0,
        Filter::Joined { .. } => 1,
        Filter::Within(_) | Filter::Holds(_) => 2,
        Filter::Topic(_) | Filter::Any(_) => 3,
        Filter::Stage(_) | Filter::NotYet(_) => 4,
        Filter::Money { .. } | Filter::During(_) => 5,
        Filter::But(_) => 6,
    });
    order
}

/// A stage or a sum of what other filters have found.
fn push_looked_up(query: &mut Builder, filter: &Filter, n: usize) {
    match filter {
        Filter::Stage(stage) => {
            query.push(&format!("LATERAL {{ ?answer pg:status ?o{n} }} "));
            query.values(&format!("o{n}"), [terms::status(*stage).into_owned()]);
            query.push(&format!("BIND(?answer AS ?s{n}) BIND(pg:status AS ?p{n}) BIND(0 AS ?w{n})\n"));
        }
        Filter::Money { least, most, currency } => {
            query.push("LATERAL { ");
            query.values(&format!("p{n}"), compared(least, most));
            query.push(&format!("LATERAL {{ ?answer ?p{n} ?o{n} }} "));
            query.push(&format!("LATERAL {{ ?o{n} schema:currency ?c{n} ; schema:value ?v{n} }} }}\n"));
            query.values(&format!("c{n}"), [Literal::from(currency.as_str())]);
            push_bounds(query, least, most, &format!("{n}"));
            query.push(&format!("BIND(?v{n} AS ?sum) BIND(?answer AS ?s{n}) BIND(0 AS ?w{n})\n"));
        }
        _ => {}
    }
}

/// A document of one of these dates says the stage, or else the first other condition, or else that the thing is one.
fn push_dates(query: &mut Builder, dates: &[String], n: usize, filters: &[Filter]) {
    let told = filters.iter().position(|filter| matches!(filter, Filter::Stage(_)));
    let states = |filter: &Filter| !matches!(filter, Filter::During(_) | Filter::But(_));
    let told = told.or_else(|| filters.iter().position(states));
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
            // The property first, and each sum from its node: joined at will, every sum of the store is compared.
            query.values(&format!("p{n}"), compared(least, most));
            query.push(&format!(
                "?answer ?p{n} ?o{n} . LATERAL {{ ?o{n} schema:currency ?c{name} ; schema:value ?v{name} . }}\n"
            ));
            query.values(&format!("c{name}"), [Literal::from(currency.as_str())]);
            query.push(&format!("BIND(?v{name} AS ?sum)\n"));
            push_bounds(query, least, most, name);
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
        Filter::NotYet(stage) => {
            let (before, from) = in_life(*stage);
            query.push("{ ");
            query.values(&format!("o{n}"), before);
            query.push(&format!("LATERAL {{ ?answer pg:status ?o{n} }} {joined} BIND(pg:status AS ?p{n}) MINUS {{ "));
            query.values(&format!("z{name}"), from);
            query.push(&format!("?answer pg:status ?z{name} }} }}\n"));
        }
        Filter::But(things) => {
            query.push("MINUS { ");
            query.values("answer", things.iter().cloned());
            query.push("}\n");
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

/// The sums that bounds are compared with; without bounds things are ranked, and only whole sums compare.
fn compared(least: &Option<Decimal>, most: &Option<Decimal>) -> Vec<NamedNode> {
    let kinds = if least.is_none() && most.is_none() { &INVESTED[..1] } else { &INVESTED[..] };
    kinds.iter().map(|kind| terms::property(*kind).into_owned()).collect()
}

fn push_bounds(query: &mut Builder, least: &Option<Decimal>, most: &Option<Decimal>, name: &str) {
    for (letter, comparison, bound) in [("l", ">=", least), ("m", "<=", most)] {
        if let Some(bound) = bound {
            query.values(&format!("{letter}{name}"), [Literal::new_typed_literal(bound.to_string(), DECIMAL)]);
            query.push(&format!("FILTER(?v{name} {comparison} ?{letter}{name})\n"));
        }
    }
}

const DECIMAL: NamedNodeRef<'static> = oxigraph::model::vocab::xsd::DECIMAL;

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
