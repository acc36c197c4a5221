//! SPARQL over the knowledge, with what each document says as named graphs.

use std::cell::RefCell;
use std::collections::BTreeSet;

use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, Term, Variable};
use oxigraph::sparql::{CancellationToken, QueryEvaluationError, QueryResults, SparqlEvaluator};
use spargebra::algebra::{Expression, Function, GraphPattern};
use spargebra::term::GroundTerm;
use spargebra::{Query, SparqlParser, Update};
use thiserror::Error;

use super::infer::INFERRED;
use super::layers::Layers;
use super::{Store, StoreError};
use crate::message::Bilingual;
use crate::rdf::document_key;
use crate::rdf::terms::{self, PGR, PREFIXES};

/// Most documents that one query may name as its data.
const MOST_DOCUMENTS: usize = 200;

/// The documents that a query looks into, instead of the knowledge of all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dataset {
    /// Documents whose statements make the default graph.
    pub default: Vec<NamedNode>,
    /// Documents whose statements are named graphs.
    pub named: Vec<NamedNode>,
}

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
    /// More documents are named than one query may look into.
    #[error(
        "the query names more than {MOST_DOCUMENTS} documents as its data; leave them out to query the knowledge of all"
    )]
    ManyDocuments,
    /// The query was stopped.
    #[error("the query took too long and was stopped; narrow it, or add LIMIT")]
    Stopped,
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
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
            Self::ManyDocuments => {
                format!("查询指定了超过 {MOST_DOCUMENTS} 篇文档作为数据；不指定文档即可查询全部知识")
            }
            Self::Stopped => "查询用时过长，已停止；请缩小范围，或加上 LIMIT".to_owned(),
            Self::Store(error) => error.zh(),
            Self::Evaluation(detail) => format!("查询失败：{detail}；请简化查询，若库已损坏请重新建库"),
        }
    }
}

impl From<QueryEvaluationError> for QueryError {
    fn from(error: QueryEvaluationError) -> Self {
        match error {
            QueryEvaluationError::Cancelled => Self::Stopped,
            error => Self::Evaluation(error.to_string()),
        }
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
        let evaluator = match WORK.with_borrow(Clone::clone) {
            Some(cancel) if cancel.is_cancelled() => return Err(QueryError::Stopped),
            Some(cancel) => SparqlEvaluator::new().with_cancellation_token(cancel),
            None => SparqlEvaluator::new(),
        };
        let prepared = evaluator.for_query(query);
        if layered {
            return Ok(prepared.on_queryable_dataset(self.layers()?).execute()?);
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

    /// Runs a query of somebody else, who may stop it by `cancel`: over the knowledge, or over what the documents of
    /// `dataset`, or of the query's `FROM`, say; `dataset` comes before `FROM`. What is no document of this store is an
    /// empty graph. The named graphs of bookkeeping are out of reach.
    ///
    /// The thread that runs the query unwinds when it is stopped in the midst of a product of large sets.
    ///
    /// # Errors
    /// When the query is no SPARQL query, is stopped, or fails.
    pub fn sparql_until(
        &self,
        query: &str,
        dataset: Option<&Dataset>,
        cancel: &CancellationToken,
    ) -> Result<QueryResults<'static>, QueryError> {
        let mut query = self.updated(parse(query)?)?;
        let own = dataset_of(&mut query);
        let layered = asks_for_graphs(&query);
        watch(&mut query);
        let evaluator = watching(cancel);
        let Some(dataset) = dataset.or(own.as_ref()) else {
            if layered {
                return Ok(evaluator.for_query(query).on_queryable_dataset(self.layers()?).execute()?);
            }
            let mut prepared = evaluator.for_query(query);
            prepared.dataset_mut().set_available_named_graphs(Vec::new());
            return Ok(prepared.on_store(&self.inner).execute()?);
        };
        let part = self.part(dataset)?;
        Ok(evaluator.for_query(query).on_store(&part.inner).execute()?)
    }

    fn layers(&self) -> Result<Layers, QueryError> {
        Ok(Layers::new(self.inner.clone(), self.inferred()?))
    }

    /// What the documents of a dataset say, as a store of its own.
    fn part(&self, dataset: &Dataset) -> Result<Self, QueryError> {
        if dataset.default.len() + dataset.named.len() > MOST_DOCUMENTS {
            return Err(QueryError::ManyDocuments);
        }
        let part = Self::memory()?;
        let graphs = dataset.default.iter().map(|iri| (iri, true)).chain(dataset.named.iter().map(|iri| (iri, false)));
        for (iri, is_default) in graphs {
            let quads = match document_key(iri.as_str()) {
                Some(key) => self.document_quads(&key)?,
                None if *iri == INFERRED => self.inferred_quads()?,
                None => continue,
            };
            for mut quad in quads {
                quad.graph_name = if is_default { GraphName::DefaultGraph } else { quad.graph_name };
                part.inner.insert(quad.as_ref()).map_err(|error| QueryError::from(part.failure(error)))?;
            }
        }
        Ok(part)
    }
}

thread_local! {
    /// What stops the queries of this thread.
    static WORK: RefCell<Option<CancellationToken>> = const { RefCell::new(None) };
}

/// Does work whose queries on this thread stop once `cancel` is cancelled, with [`QueryError::Stopped`].
pub fn until<T>(cancel: &CancellationToken, work: impl FnOnce() -> T) -> T {
    /// Gives back what was there before, also when the work panics.
    struct Before(Option<CancellationToken>);
    impl Drop for Before {
        fn drop(&mut self) {
            WORK.replace(self.0.take());
        }
    }
    let _before = Before(WORK.replace(Some(cancel.clone())));
    work()
}

/// True for queries that look into named graphs.
fn asks_for_graphs(query: &Query) -> bool {
    query.to_string().contains("GRAPH ")
}

/// The function that [`watch`] puts into queries.
const WATCH: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("https://w3id.org/parkgraph/ontology#watch");

/// Lets a query look at its token with each solution of its `WHERE` clause. The evaluator by itself looks only when it
/// reads the storage, which a product of large sets does too seldom. The filter names every variable, so that it stays
/// outermost, and holds always.
fn watch(query: &mut Query) {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    let place = solutions(pattern);
    let mut variables = BTreeSet::new();
    place.on_in_scope_variable(|variable| {
        variables.insert(variable.as_str().to_owned());
    });
    if variables.is_empty() {
        return;
    }
    // Comparing terms needs no look at their text. A variable may be unbound; then the comparison is an error.
    let names: Vec<Variable> = variables.into_iter().map(Variable::new_unchecked).collect();
    let next =
        |at: usize| names.get(at + 1).cloned().map_or_else(|| Expression::from(WATCH.into_owned()), Expression::from);
    let compared = names.iter().enumerate().map(|(at, name)| {
        let same = Expression::SameTerm(Box::new(name.clone().into()), Box::new(next(at)));
        Expression::Coalesce(vec![same, Literal::from(true).into()])
    });
    let expr = Expression::FunctionCall(Function::Custom(WATCH.into_owned()), compared.collect());
    let inner = Box::new(std::mem::take(place));
    *place = GraphPattern::Filter { expr, inner };
}

/// What gives the solutions, below what shapes them.
fn solutions(pattern: &mut GraphPattern) -> &mut GraphPattern {
    match pattern {
        GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Group { inner, .. }
        | GraphPattern::Extend { inner, .. } => solutions(inner),
        other => other,
    }
}

/// An evaluator that stops once the token is cancelled: by an error where it looks itself, else by unwinding the thread,
/// which is the only way out of a product. Whoever cancels runs the query on a thread that may end so.
fn watching(cancel: &CancellationToken) -> SparqlEvaluator {
    let token = cancel.clone();
    let look = move |_: &[Term]| {
        if token.is_cancelled() {
            std::panic::resume_unwind(Box::new("the query was cancelled"));
        }
        Some(Literal::from(true).into())
    };
    SparqlEvaluator::new().with_cancellation_token(cancel.clone()).with_custom_function(WATCH.into_owned(), look)
}

/// Takes the `FROM` clauses out of a query.
fn dataset_of(query: &mut Query) -> Option<Dataset> {
    let (Query::Select { dataset, .. }
    | Query::Construct { dataset, .. }
    | Query::Describe { dataset, .. }
    | Query::Ask { dataset, .. }) = query;
    dataset.take().map(|it| Dataset { default: it.default, named: it.named.unwrap_or_default() })
}

/// Reads an update, with the prefixes that queries have.
pub(super) fn parse_update(update: &str) -> Result<Update, QueryError> {
    parser().parse_update(update).map_err(|error| QueryError::Syntax(error.to_string()))
}

fn parser() -> SparqlParser {
    let with = |parser: SparqlParser, (prefix, namespace): &(&str, &str)| {
        parser.clone().with_prefix(*prefix, *namespace).unwrap_or(parser)
    };
    PREFIXES.iter().fold(SparqlParser::new(), with)
}

pub(super) fn parse(query: &str) -> Result<Query, QueryError> {
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
