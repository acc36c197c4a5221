//! SPARQL over the knowledge, with what each document says as named graphs.

use oxigraph::model::{NamedNode, NamedNodeRef, Term, Variable};
use oxigraph::sparql::{QueryEvaluationError, QueryResults, SparqlEvaluator};
use spargebra::algebra::GraphPattern;
use spargebra::term::GroundTerm;
use spargebra::{Query, SparqlParser};
use thiserror::Error;

use super::Store;
use super::layers::Layers;
use crate::message::Bilingual;
use crate::rdf::terms::{self, PGR, PREFIXES};

/// Why a query gave nothing.
#[derive(Debug, Error)]
pub enum QueryError {
    /// The text is no SPARQL.
    #[error("this is not valid SPARQL: {0}; correct the query at that place (line:column)")]
    Syntax(String),
    /// The text is an update.
    #[error("this is a SPARQL update; queries only read: change the store with `parkgraph build`")]
    Update,
    /// A name or value cannot stand as a variable or a bound term.
    #[error("`{0}` cannot be bound in a query; use letters and digits for names, IRIs and literals for values")]
    Binding(String),
    /// The results of the query are of another kind than the caller can use.
    #[error("this query gives no table; use SELECT")]
    NotATable,
    /// Evaluation failed.
    #[error("the query failed: {0}; simplify it, or build the store again if it is damaged")]
    Evaluation(String),
}

impl Bilingual for QueryError {
    fn zh(&self) -> String {
        match self {
            Self::Syntax(detail) => format!("不是有效的 SPARQL：{detail}；请在该处（行:列）改正查询"),
            Self::Update => "这是 SPARQL 更新语句；查询只能读取：要修改库请用 `parkgraph build`".to_owned(),
            Self::Binding(what) => format!("`{what}` 不能绑定到查询中；名称请用字母和数字，值请用 IRI 或字面量"),
            Self::NotATable => "这个查询的结果不是表格；请使用 SELECT".to_owned(),
            Self::Evaluation(detail) => format!("查询失败：{detail}；请简化查询，若库已损坏请重新建库"),
        }
    }
}

impl From<QueryEvaluationError> for QueryError {
    fn from(error: QueryEvaluationError) -> Self {
        Self::Evaluation(error.to_string())
    }
}

impl Store {
    /// Runs a query over the knowledge. The prefixes of [`PREFIXES`] need no declaration. Each of `bindings` gives a
    /// variable (without question mark) its value, as `VALUES` at the head of the first group of the `WHERE` clause would:
    /// the value never becomes part of the query's text.
    ///
    /// # Errors
    /// When the query is no SPARQL query or fails.
    pub fn sparql(&self, query: &str, bindings: &[(&str, Term)]) -> Result<QueryResults<'static>, QueryError> {
        let mut current = Vec::with_capacity(bindings.len());
        for (name, term) in bindings {
            let term = match term {
                Term::NamedNode(node) => self.current(node.as_ref())?.into(),
                other => other.clone(),
            };
            current.push((*name, term));
        }
        let query = bind(self.updated(parse(query)?)?, &current)?;
        let layered = query.dataset().is_some() || asks_for_graphs(&query);
        let prepared = SparqlEvaluator::new().for_query(query);
        if layered {
            return Ok(prepared.on_queryable_dataset(Layers::new(self.inner.clone())).execute()?);
        }
        Ok(prepared.on_store(&self.inner).execute()?)
    }

    /// The query with the present IRIs of things whose earlier ones it names. A query about replacement itself stays.
    fn updated(&self, query: Query) -> Result<Query, QueryError> {
        let text = query.to_string();
        if !text.contains(PGR) || text.contains(terms::IS_REPLACED_BY.as_str()) {
            return Ok(query);
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text.as_str();
        let start = format!("<{PGR}");
        while let Some(at) = rest.find(&start) {
            let Some(length) = rest[at..].find('>') else { break };
            let iri = &rest[at + 1..at + length];
            out.push_str(&rest[..at]);
            out.push_str(&self.current(NamedNodeRef::new_unchecked(iri))?.to_string());
            rest = &rest[at + length + 1..];
        }
        out.push_str(rest);
        if out == text { Ok(query) } else { parse(&out) }
    }

    fn current(&self, node: NamedNodeRef<'_>) -> Result<NamedNode, QueryError> {
        self.present(node).map_err(|error| QueryError::Evaluation(error.to_string()))
    }
}

/// True for queries that look into named graphs.
fn asks_for_graphs(query: &Query) -> bool {
    query.to_string().contains("GRAPH ")
}

fn parser() -> SparqlParser {
    let with = |parser: SparqlParser, (prefix, namespace): &(&str, &str)| {
        parser.clone().with_prefix(*prefix, *namespace).unwrap_or(parser)
    };
    PREFIXES.iter().fold(SparqlParser::new(), with)
}

fn parse(query: &str) -> Result<Query, QueryError> {
    parser().parse_query(query).map_err(|error| {
        if parser().parse_update(query).is_ok_and(|update| !update.operations.is_empty()) {
            QueryError::Update
        } else {
            QueryError::Syntax(error.to_string())
        }
    })
}

fn bind(mut query: Query, bindings: &[(&str, Term)]) -> Result<Query, QueryError> {
    if bindings.is_empty() {
        return Ok(query);
    }
    let (mut variables, mut row) = (Vec::new(), Vec::new());
    for (name, term) in bindings {
        variables.push(Variable::new(*name).map_err(|_| QueryError::Binding((*name).to_owned()))?);
        let ground = GroundTerm::try_from(term.clone()).map_err(|_| QueryError::Binding(term.to_string()))?;
        row.push(Some(ground));
    }
    let pattern = match &mut query {
        Query::Select { pattern, .. }
        | Query::Construct { pattern, .. }
        | Query::Describe { pattern, .. }
        | Query::Ask { pattern, .. } => pattern,
    };
    let place = where_clause(pattern, false);
    let values = GraphPattern::Values { variables, bindings: vec![row] };
    let clause = std::mem::take(place);
    *place = GraphPattern::Join { left: Box::new(values), right: Box::new(clause) };
    Ok(query)
}

/// The first pattern of the outermost `WHERE` clause: below what shapes the results, below filters, which see its
/// variables, and leftmost of what is joined, so that filters on bound variables act early. A second projection belongs
/// to a query inside the clause.
fn where_clause(pattern: &mut GraphPattern, projected: bool) -> &mut GraphPattern {
    let (below, projected) = match pattern {
        GraphPattern::Project { .. } => (!projected, true),
        GraphPattern::Distinct { .. } | GraphPattern::Reduced { .. } | GraphPattern::Slice { .. } => {
            (!projected, projected)
        }
        _ => (true, projected),
    };
    if !below {
        return pattern;
    }
    match pattern {
        GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Group { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::Filter { inner, .. } => where_clause(inner, projected),
        GraphPattern::Join { left, .. }
        | GraphPattern::LeftJoin { left, .. }
        | GraphPattern::Lateral { left, .. }
        | GraphPattern::Minus { left, .. } => where_clause(left, projected),
        other => other,
    }
}
