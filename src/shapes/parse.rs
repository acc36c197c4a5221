//! Turtle → shapes: SHACL Core as far as one query a condition can ask it, and SELECT constraints of SHACL-SPARQL.

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{
    Graph, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Term, TermRef, Triple,
};
use thiserror::Error;

use super::model::{Check, Rule, Severity, Target, Value};
use crate::message::Bilingual;
use crate::rdf::{shorten, terms};

const SH: &str = "http://www.w3.org/ns/shacl#";
/// Namespace of the shipped shapes.
const SHIPPED: &str = "https://w3id.org/parkgraph/shapes#";
const FIRST: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first";
const REST: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest";

/// Why shapes cannot be used.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ShapesError {
    /// The text is no Turtle.
    #[error("the shapes are not valid Turtle: {0}; correct them at that place")]
    Syntax(String),
    /// A term of SHACL that is not understood.
    #[error(
        "the shape {shape} uses sh:{term}, which parkgraph does not check; leave it out, or run the shapes with another SHACL processor over `parkgraph export`"
    )]
    Unknown {
        /// The shape.
        shape: String,
        /// The local name.
        term: String,
    },
    /// A value that the term cannot have.
    #[error("the shape {shape} has no usable value at sh:{term}; correct it")]
    Wrong {
        /// The shape.
        shape: String,
        /// The local name.
        term: String,
    },
}

impl Bilingual for ShapesError {
    fn zh(&self) -> String {
        match self {
            Self::Syntax(detail) => format!("形状文件不是有效的 Turtle：{detail}；请在该处改正"),
            Self::Unknown { shape, term } => format!(
                "形状 {shape} 用到了 sh:{term}，parkgraph 不检查它；请去掉，或对 `parkgraph export` 的结果使用其他 SHACL 工具"
            ),
            Self::Wrong { shape, term } => format!("形状 {shape} 的 sh:{term} 没有可用的值；请改正"),
        }
    }
}

/// Terms that say something else than a condition.
const ASIDE: [&str; 15] = [
    "targetClass",
    "targetSubjectsOf",
    "targetObjectsOf",
    "targetNode",
    "property",
    "path",
    "message",
    "severity",
    "name",
    "description",
    "order",
    "group",
    "flags",
    "deactivated",
    "sparql",
];

/// Reads the shapes of a Turtle text, in order of their IRIs.
///
/// # Errors
/// When the text is no Turtle or asks what is not checked here.
pub fn parse(turtle: &str) -> Result<Vec<Rule>, ShapesError> {
    let mut graph = Graph::new();
    for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle.as_bytes()) {
        graph.insert(&Triple::from(quad.map_err(|error| ShapesError::Syntax(error.to_string()))?));
    }
    let class = sh("NodeShape");
    let mut shapes: Vec<_> = graph.subjects_for_predicate_object(terms::TYPE, class.as_ref()).collect();
    shapes.sort_by_key(ToString::to_string);
    let mut rules = Vec::new();
    for shape in shapes {
        let name = match shape {
            NamedOrBlankNodeRef::NamedNode(node) => match node.as_str().strip_prefix(SHIPPED) {
                Some(name) => format!("pgs:{name}"),
                None => shorten(node.as_str()),
            },
            NamedOrBlankNodeRef::BlankNode(_) => "[]".to_owned(),
        };
        Reader { graph: &graph, shape: name }.node_shape(shape, &mut rules)?;
    }
    Ok(rules)
}

fn sh(term: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{SH}{term}"))
}

struct Reader<'a> {
    graph: &'a Graph,
    shape: String,
}

type Node<'n> = NamedOrBlankNodeRef<'n>;

impl Reader<'_> {
    fn node_shape(&self, node: Node<'_>, rules: &mut Vec<Rule>) -> Result<(), ShapesError> {
        let mut targets = Vec::new();
        for (term, make) in [
            ("targetClass", Target::Class as fn(NamedNode) -> Target),
            ("targetSubjectsOf", Target::SubjectsOf),
            ("targetObjectsOf", Target::ObjectsOf),
        ] {
            targets.extend(self.iris(node, term)?.into_iter().map(make));
        }
        targets.extend(self.objects(node, "targetNode").into_iter().map(Target::Node));
        self.conditions(node, None, &targets, rules)?;
        for property in self.objects(node, "property") {
            let property = self.as_node(&property, "property")?;
            let path = self.objects(property.as_ref(), "path").into_iter().next().ok_or_else(|| self.wrong("path"))?;
            let path = self.path(&path)?;
            self.conditions(property.as_ref(), Some(path), &targets, rules)?;
        }
        for constraint in self.objects(node, "sparql") {
            let constraint = self.as_node(&constraint, "sparql")?;
            let select = self.texts(constraint.as_ref(), "select").into_iter().next();
            let (_, select) = select.ok_or_else(|| self.wrong("select"))?;
            let check = Check::Query(select);
            rules.push(self.rule(constraint.as_ref(), None, &targets, check, "SPARQLConstraintComponent")?);
        }
        Ok(())
    }

    /// The conditions that stand at a shape itself.
    fn conditions(
        &self,
        node: Node<'_>,
        path: Option<String>,
        targets: &[Target],
        rules: &mut Vec<Rule>,
    ) -> Result<(), ShapesError> {
        let is_off = self.objects(node, "deactivated").iter().any(|it| *it == Term::from(Literal::from(true)));
        if is_off {
            return Ok(());
        }
        let mut checks = Vec::new();
        for (term, object) in self.own(node) {
            let check = match term.as_str() {
                "minCount" => Check::MinCount(self.number(&object, &term)?),
                "maxCount" => Check::MaxCount(self.number(&object, &term)?),
                "hasValue" => Check::HasValue(object),
                "uniqueLang" if object == Term::from(Literal::from(true)) => Check::UniqueLanguage,
                "uniqueLang" => continue,
                "lessThan" => Check::Compared("<", self.iri(&object, &term)?),
                "lessThanOrEquals" => Check::Compared("<=", self.iri(&object, &term)?),
                _ => Check::Value(self.value(node, &term, &object)?),
            };
            checks.push((component(&term), check));
        }
        checks.sort_by_key(|(component, check)| (*component, format!("{check:?}")));
        for (component, check) in checks {
            rules.push(self.rule(node, path.clone(), targets, check, component)?);
        }
        Ok(())
    }

    fn rule(
        &self,
        node: Node<'_>,
        path: Option<String>,
        targets: &[Target],
        check: Check,
        component: &'static str,
    ) -> Result<Rule, ShapesError> {
        let severity = match self.iris(node, "severity")?.first().map(NamedNode::as_str) {
            Some(iri) if iri.ends_with("Warning") => Severity::Warning,
            Some(iri) if iri.ends_with("Info") => Severity::Info,
            _ => Severity::Violation,
        };
        let messages = self.texts(node, "message");
        Ok(Rule { shape: self.shape.clone(), targets: targets.to_vec(), path, check, component, severity, messages })
    }

    fn value(&self, node: Node<'_>, term: &str, object: &Term) -> Result<Value, ShapesError> {
        Ok(match term {
            "class" => Value::Class(self.iri(object, term)?),
            "datatype" => Value::Datatype(self.iri(object, term)?),
            "nodeKind" => Value::Kind(self.iri(object, term)?.as_str().trim_start_matches(SH).to_owned()),
            "in" => Value::In(self.list(object)?),
            "pattern" => {
                let flags = self.texts(node, "flags").into_iter().next().map(|(_, flags)| flags).unwrap_or_default();
                Value::Pattern(self.literal(object, term)?.value().to_owned(), flags)
            }
            "minLength" => Value::MinLength(self.number(object, term)?),
            "maxLength" => Value::MaxLength(self.number(object, term)?),
            "minExclusive" => Value::Bound(">", self.literal(object, term)?),
            "minInclusive" => Value::Bound(">=", self.literal(object, term)?),
            "maxExclusive" => Value::Bound("<", self.literal(object, term)?),
            "maxInclusive" => Value::Bound("<=", self.literal(object, term)?),
            "languageIn" => {
                let tags = self.list(object)?;
                Value::Language(
                    tags.iter().map(|tag| Ok(self.literal(tag, term)?.value().to_owned())).collect::<Result<_, _>>()?,
                )
            }
            "or" => Value::Or(self.list(object)?.iter().map(|it| self.values(it)).collect::<Result<_, _>>()?),
            "not" => Value::Not(self.values(object)?),
            _ => return Err(ShapesError::Unknown { shape: self.shape.clone(), term: term.to_owned() }),
        })
    }

    /// The conditions of a shape inside another one.
    fn values(&self, shape: &Term) -> Result<Vec<Value>, ShapesError> {
        let node = self.as_node(shape, "or")?;
        if !self.objects(node.as_ref(), "path").is_empty() || !self.objects(node.as_ref(), "property").is_empty() {
            return Err(ShapesError::Unknown { shape: self.shape.clone(), term: "property inside sh:or".to_owned() });
        }
        self.own(node.as_ref()).iter().map(|(term, object)| self.value(node.as_ref(), term, object)).collect()
    }

    /// A path in the words of SPARQL.
    fn path(&self, path: &Term) -> Result<String, ShapesError> {
        let Term::BlankNode(node) = path else { return Ok(self.iri(path, "path")?.to_string()) };
        let node = Node::from(node.as_ref());
        if self.graph.object_for_subject_predicate(node, NamedNodeRef::new_unchecked(FIRST)).is_some() {
            return self.joined(path, "/");
        }
        for (term, before, after) in [
            ("inversePath", "^", ""),
            ("zeroOrMorePath", "", "*"),
            ("oneOrMorePath", "", "+"),
            ("zeroOrOnePath", "", "?"),
        ] {
            if let Some(inner) = self.objects(node, term).first() {
                return Ok(format!("{before}({}){after}", self.path(inner)?));
            }
        }
        let either = self.objects(node, "alternativePath").into_iter().next().ok_or_else(|| self.wrong("path"))?;
        self.joined(&either, "|")
    }

    fn joined(&self, list: &Term, sign: &str) -> Result<String, ShapesError> {
        let steps: Vec<String> = self.list(list)?.iter().map(|step| self.path(step)).collect::<Result<_, _>>()?;
        Ok(format!("({})", steps.join(sign)))
    }

    /// Terms of SHACL at a node that may be conditions, with their objects.
    fn own(&self, node: Node<'_>) -> Vec<(String, Term)> {
        let found = self.graph.triples_for_subject(node).filter_map(|triple| {
            let term = triple.predicate.as_str().strip_prefix(SH)?;
            (!ASIDE.contains(&term)).then(|| (term.to_owned(), triple.object.into_owned()))
        });
        let mut found: Vec<_> = found.collect();
        found.sort_by_key(|(term, object)| (term.clone(), object.to_string()));
        found
    }

    fn objects(&self, node: Node<'_>, term: &str) -> Vec<Term> {
        let term = sh(term);
        let mut found: Vec<Term> =
            self.graph.objects_for_subject_predicate(node, term.as_ref()).map(TermRef::into_owned).collect();
        found.sort_by_key(ToString::to_string);
        found
    }

    fn iris(&self, node: Node<'_>, term: &str) -> Result<Vec<NamedNode>, ShapesError> {
        self.objects(node, term).iter().map(|object| self.iri(object, term)).collect()
    }

    /// Literals with their language tags, empty where there is none.
    fn texts(&self, node: Node<'_>, term: &str) -> Vec<(String, String)> {
        let text = |object: Term| match object {
            Term::Literal(it) => Some((it.language().unwrap_or_default().to_owned(), it.value().to_owned())),
            _ => None,
        };
        self.objects(node, term).into_iter().filter_map(text).collect()
    }

    fn list(&self, head: &Term) -> Result<Vec<Term>, ShapesError> {
        let (mut items, mut at) = (Vec::new(), head.clone());
        while let Term::BlankNode(node) = &at {
            let object =
                |property| self.graph.object_for_subject_predicate(node, NamedNodeRef::new_unchecked(property));
            let (Some(first), Some(rest)) = (object(FIRST), object(REST)) else { return Err(self.wrong("list")) };
            items.push(first.into_owned());
            at = rest.into_owned();
        }
        Ok(items)
    }

    fn as_node(&self, term: &Term, what: &str) -> Result<NamedOrBlankNode, ShapesError> {
        match term {
            Term::NamedNode(node) => Ok(node.clone().into()),
            Term::BlankNode(node) => Ok(node.clone().into()),
            _ => Err(self.wrong(what)),
        }
    }

    fn iri(&self, term: &Term, what: &str) -> Result<NamedNode, ShapesError> {
        if let Term::NamedNode(node) = term { Ok(node.clone()) } else { Err(self.wrong(what)) }
    }

    fn literal(&self, term: &Term, what: &str) -> Result<Literal, ShapesError> {
        if let Term::Literal(literal) = term { Ok(literal.clone()) } else { Err(self.wrong(what)) }
    }

    fn number(&self, term: &Term, what: &str) -> Result<u64, ShapesError> {
        self.literal(term, what)?.value().parse().map_err(|_| self.wrong(what))
    }

    fn wrong(&self, term: &str) -> ShapesError {
        ShapesError::Wrong { shape: self.shape.clone(), term: term.to_owned() }
    }
}

/// SHACL's name of the component that a term is a parameter of.
fn component(term: &str) -> &'static str {
    match term {
        "minCount" => "MinCountConstraintComponent",
        "maxCount" => "MaxCountConstraintComponent",
        "hasValue" => "HasValueConstraintComponent",
        "uniqueLang" => "UniqueLangConstraintComponent",
        "lessThan" => "LessThanConstraintComponent",
        "lessThanOrEquals" => "LessThanOrEqualsConstraintComponent",
        "class" => "ClassConstraintComponent",
        "datatype" => "DatatypeConstraintComponent",
        "nodeKind" => "NodeKindConstraintComponent",
        "in" => "InConstraintComponent",
        "pattern" => "PatternConstraintComponent",
        "minLength" => "MinLengthConstraintComponent",
        "maxLength" => "MaxLengthConstraintComponent",
        "minExclusive" => "MinExclusiveConstraintComponent",
        "minInclusive" => "MinInclusiveConstraintComponent",
        "maxExclusive" => "MaxExclusiveConstraintComponent",
        "maxInclusive" => "MaxInclusiveConstraintComponent",
        "languageIn" => "LanguageInConstraintComponent",
        "or" => "OrConstraintComponent",
        _ => "NotConstraintComponent",
    }
}
