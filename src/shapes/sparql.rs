//! A condition → the query that finds where it does not hold: `?this`, and where one value is to blame `?value`.

use oxigraph::model::{Literal, Term};

use super::model::{Check, Rule, Target, Value};

/// The queries of a condition, one a target.
pub(super) fn queries(rule: &Rule) -> Vec<String> {
    rule.targets.iter().map(|target| query(rule, &reached(target))).collect()
}

fn reached(target: &Target) -> String {
    match target {
        Target::Class(class) => format!("?this a {class} ."),
        Target::SubjectsOf(property) => format!("?this {property} ?reached ."),
        Target::ObjectsOf(property) => format!("?reached {property} ?this ."),
        Target::Node(node) => format!("VALUES ?this {{ {node} }}"),
    }
}

fn query(rule: &Rule, target: &str) -> String {
    let step = match &rule.path {
        Some(path) => format!("?this {path} ?value ."),
        None => "BIND(?this AS ?value)".to_owned(),
    };
    let find = |body: String| format!("SELECT DISTINCT ?this ?value WHERE {{ {target} {body} }}");
    let nodes = |body: String| format!("SELECT DISTINCT ?this WHERE {{ {target} {body} }}");
    match &rule.check {
        Check::Value(value) => find(format!("{step} FILTER(!({}))", holds(value))),
        Check::MinCount(0) => nodes("FILTER(false)".to_owned()),
        Check::MinCount(1) => nodes(format!("FILTER NOT EXISTS {{ {step} }}")),
        Check::MinCount(least) => counted(target, &format!("OPTIONAL {{ {step} }}"), &format!("< {least}")),
        Check::MaxCount(most) => counted(target, &step, &format!("> {most}")),
        Check::HasValue(term) => nodes(format!("FILTER NOT EXISTS {{ {step} FILTER(?value = {term}) }}")),
        Check::UniqueLanguage => nodes(format!(
            "{step} {} FILTER(LANG(?value) != \"\" && LANG(?value) = LANG(?other) && STR(?value) < STR(?other))",
            step.replace("?value", "?other")
        )),
        Check::Compared(sign, other) => {
            find(format!("{step} ?this {other} ?bound . FILTER(!COALESCE(?value {sign} ?bound, false))"))
        }
        Check::Query(text) => with_target(text, target),
    }
}

fn counted(target: &str, step: &str, having: &str) -> String {
    format!(
        "SELECT DISTINCT ?this WHERE {{ {{ SELECT ?this (COUNT(DISTINCT ?value) AS ?count) WHERE {{ {target} {step} }} GROUP BY ?this }} FILTER(?count {having}) }}"
    )
}

/// A user's query, whose `$this` are the nodes of the target.
fn with_target(text: &str, target: &str) -> String {
    match text.find('{') {
        Some(at) => format!("{} {{ {target} {}", &text[..at], &text[at + 1..]),
        None => text.to_owned(),
    }
}

/// An expression that is true where `?value` is as it must be.
fn holds(value: &Value) -> String {
    match value {
        Value::Class(class) => format!("EXISTS {{ ?value a {class} }}"),
        Value::Datatype(datatype) => format!("COALESCE(DATATYPE(?value) = {datatype}, false)"),
        Value::Kind(kind) => {
            let parts = [("IRI", "isIRI(?value)"), ("BlankNode", "isBlank(?value)"), ("Literal", "isLiteral(?value)")];
            either(parts.iter().filter(|(name, _)| kind.contains(name)).map(|(_, test)| (*test).to_owned()).collect())
        }
        Value::In(terms) => either(terms.iter().map(same).collect()),
        Value::Pattern(pattern, flags) => {
            let (pattern, flags) = (Literal::from(pattern.as_str()), Literal::from(flags.as_str()));
            format!("COALESCE(REGEX(STR(?value), {pattern}, {flags}), false)")
        }
        Value::MinLength(least) => format!("COALESCE(STRLEN(STR(?value)) >= {least}, false)"),
        Value::MaxLength(most) => format!("COALESCE(STRLEN(STR(?value)) <= {most}, false)"),
        Value::Bound(sign, bound) => format!("COALESCE(?value {sign} {bound}, false)"),
        Value::Language(tags) => {
            let fits =
                |tag: &String| format!("COALESCE(LANGMATCHES(LANG(?value), {}), false)", Literal::from(tag.as_str()));
            either(tags.iter().map(fits).collect())
        }
        Value::Or(lists) => either(lists.iter().map(|list| all(list)).collect()),
        Value::Not(list) => format!("!({})", all(list)),
    }
}

fn same(term: &Term) -> String {
    format!("SAMETERM(?value, {term})")
}

fn all(list: &[Value]) -> String {
    if list.is_empty() { "true".to_owned() } else { list.iter().map(holds).collect::<Vec<_>>().join(" && ") }
}

fn either(tests: Vec<String>) -> String {
    if tests.is_empty() { "false".to_owned() } else { format!("({})", tests.join(" || ")) }
}
