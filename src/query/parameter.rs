//! Values that users set for parameters, as terms.

use std::io;
use std::path::PathBuf;

use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, Term};
use rust_decimal::Decimal;
use thiserror::Error;

use super::header::{Parameter, Words, number_term};
use crate::message::Bilingual;
use crate::rdf::expand;

/// What is wrong with a saved query or the values for it.
#[derive(Debug, Error)]
pub enum SavedError {
    /// No query has this name.
    #[error("there is no saved query `{name}`; there are: {known}")]
    Unknown {
        /// The name asked for.
        name: String,
        /// The names there are.
        known: String,
    },
    /// The query has no such parameter.
    #[error("the query `{query}` has no parameter `{name}`; it has: {known}")]
    NoParameter {
        /// The query.
        query: String,
        /// The parameter asked for.
        name: String,
        /// The parameters there are.
        known: String,
    },
    /// A value of the wrong type.
    #[error("`{value}` is no {expected} for the parameter `{name}`; give one like {example}")]
    Value {
        /// The parameter.
        name: String,
        /// The value given.
        value: String,
        /// What it must be.
        expected: &'static str,
        /// The default value.
        example: String,
    },
    /// A header line that cannot be read.
    #[error(
        "line {line} of the saved query `{query}` is no header line; write `#+ title: …`, `#+ summary: …` or `#+ param name default description`"
    )]
    Header {
        /// The query.
        query: String,
        /// Line number from 1.
        line: usize,
    },
    /// A folder of queries that cannot be read.
    #[error("cannot read the queries in {folder}: {source}; check the folder and its permissions")]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// The failure.
        source: io::Error,
    },
}

impl Bilingual for SavedError {
    fn zh(&self) -> String {
        match self {
            Self::Unknown { name, known } => format!("没有名为 `{name}` 的查询；现有：{known}"),
            Self::NoParameter { query, name, known } => {
                format!("查询 `{query}` 没有参数 `{name}`；它的参数：{known}")
            }
            Self::Value { name, value, example, .. } => {
                format!("`{value}` 不能作为参数 `{name}` 的值；请给出像 {example} 这样的值")
            }
            Self::Header { query, line } => format!(
                "查询 `{query}` 第 {line} 行不是有效的头部行；请写 `#+ title: …`、`#+ summary: …` 或 `#+ param 名称 默认值 说明`"
            ),
            Self::Folder { folder, source } => {
                format!("无法读取 {} 里的查询：{source}；请检查文件夹和权限", folder.display())
            }
        }
    }
}

impl Parameter {
    /// A parameter whose type its value tells: an IRI, a number or text.
    pub(super) fn guessed(name: &str, value: &str) -> Self {
        let text = || Literal::from(value).into();
        let default = number(value).map(number_term).or_else(|| expand(value).map(Term::from)).unwrap_or_else(text);
        Self { name: name.to_owned(), default, description: Words::default() }
    }

    /// The term that `value` stands for, of the same type as the default.
    ///
    /// # Errors
    /// When it is no value of that type.
    pub fn term(&self, value: &str) -> Result<Term, SavedError> {
        let wrong = |expected| SavedError::Value {
            name: self.name.clone(),
            value: value.to_owned(),
            expected,
            example: self.default.to_string(),
        };
        match &self.default {
            Term::NamedNode(_) => expand(value).map(Term::from).ok_or_else(|| wrong("IRI")),
            Term::Literal(default) if default.datatype() == xsd::DECIMAL => {
                number(value).map(number_term).ok_or_else(|| wrong("number"))
            }
            _ => Ok(Literal::from(value).into()),
        }
    }
}

/// A number, also with 万 or 亿 behind it.
pub(super) fn number(text: &str) -> Option<Decimal> {
    let (digits, unit) = match text.strip_suffix('亿') {
        Some(digits) => (digits, 100_000_000),
        None => text.strip_suffix('万').map_or((text, 1), |digits| (digits, 10_000)),
    };
    digits.trim().parse::<Decimal>().ok()?.checked_mul(Decimal::from(unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for (text, expected) in
            [("10", Some("10")), ("1.5亿", Some("150000000")), ("30万", Some("300000")), ("很多", None)]
        {
            assert_eq!(number(text).map(|it| it.normalize().to_string()).as_deref(), expected, "{text}");
        }
    }
}
