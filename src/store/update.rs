//! SPARQL updates, as far as a store that follows from documents can have them: taking documents out.

use oxigraph::model::{GraphName, NamedNode};
use spargebra::GraphUpdateOperation;
use spargebra::algebra::GraphTarget;
use thiserror::Error;

use super::sparql::parse_update;
use super::{QueryError, Store, StoreError};
use crate::message::Bilingual;
use crate::rdf::document_key;

/// Why an update did nothing.
#[derive(Debug, Error)]
pub enum UpdateError {
    /// The text is no SPARQL update.
    #[error(transparent)]
    Syntax(#[from] QueryError),
    /// The update would state or take back single statements, which have no sentence behind them.
    #[error(
        "facts come from articles, each with its sentence: an update may only take articles out (DROP or CLEAR GRAPH <article>); to add or change facts, add the article"
    )]
    Derived,
    /// A graph that is no document of this store.
    #[error("{0} is no article of this store; list them with the saved query `documents`")]
    Unknown(String),
    /// The store refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Bilingual for UpdateError {
    fn zh(&self) -> String {
        match self {
            Self::Syntax(error) => error.zh(),
            Self::Derived => "事实来自文章，每条都有原文句子：更新语句只能移除文章（DROP 或 CLEAR GRAPH <文章>）；要增加或修改事实，请添加文章".to_owned(),
            Self::Unknown(iri) => format!("{iri} 不是库中的文章；可用已存查询 `documents` 列出文章"),
            Self::Store(error) => error.zh(),
        }
    }
}

impl Store {
    /// Runs an update: `DROP` and `CLEAR` of a document, or of all of them, with `SILENT` where it need not be there. The
    /// whole update is checked before anything is taken out. Gives the number of documents taken out.
    ///
    /// # Errors
    /// When the text is no update, or one that a store made from documents cannot follow.
    pub fn update(&self, text: &str) -> Result<usize, UpdateError> {
        let mut keys = Vec::new();
        for operation in parse_update(text)?.operations {
            let (target, silent) = match operation {
                GraphUpdateOperation::Drop { graph, silent } | GraphUpdateOperation::Clear { graph, silent } => {
                    (graph, silent)
                }
                _ => return Err(UpdateError::Derived),
            };
            keys.extend(self.targets(&target, silent)?);
        }
        let mut count = 0;
        for key in keys {
            count += usize::from(self.remove(&key)?);
        }
        Ok(count)
    }

    fn targets(&self, target: &GraphTarget, silent: bool) -> Result<Vec<String>, UpdateError> {
        match target {
            GraphTarget::DefaultGraph => Err(UpdateError::Derived),
            GraphTarget::AllGraphs | GraphTarget::NamedGraphs => Ok(self.fingerprints()?.into_keys().collect()),
            GraphTarget::NamedNode(graph) => match self.known_document(graph)? {
                Some(key) => Ok(vec![key]),
                None if silent => Ok(Vec::new()),
                None => Err(UpdateError::Unknown(GraphName::from(graph.clone()).to_string())),
            },
        }
    }

    /// The key of a document that this store has.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn known_document(&self, iri: &NamedNode) -> Result<Option<String>, StoreError> {
        let Some(key) = document_key(iri.as_str()).filter(|_| !iri.as_str().contains('#')) else { return Ok(None) };
        let mut found = self.matching(Some(iri.as_ref().into()), Some(crate::rdf::terms::CONTENT_HASH), None);
        Ok(found.next().transpose()?.map(|_| key))
    }
}
