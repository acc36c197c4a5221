//! Header lines of a saved query: what it is called, what it does, which parameters it takes.
//!
//! ```text
//! #+ title: 某行业的项目 | Projects of an industry
//! #+ summary: 名称含某词的行业下的项目 | Projects whose industry's name holds a word
//! #+ param industry "智能传感器" 行业名称或其一部分 | the industry's name or a part of it
//! ```
//!
//! A default in quotes is text, a bare number is a number, `<…>` or `pgr:…` is an IRI.

use oxigraph::model::{Literal, Term};
use rust_decimal::Decimal;

use super::parameter::{SavedError, number};
use crate::message::Lang;
use crate::rdf::expand;

/// A short text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// In Chinese.
    pub zh: String,
    /// In English; the Chinese one where none is given.
    pub en: String,
}

impl Words {
    /// The text in `lang`.
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    fn parse(text: &str) -> Self {
        let (zh, en) = text.split_once('|').unwrap_or((text, text));
        Self { zh: zh.trim().to_owned(), en: en.trim().to_owned() }
    }
}

/// A variable that the user may set.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Name of the variable, without question mark.
    pub name: String,
    /// Its value where the user sets none, which also tells its type.
    pub default: Term,
    /// What it means.
    pub description: Words,
}

/// All that the header lines say.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Header {
    pub(super) title: Words,
    pub(super) summary: Words,
    pub(super) parameters: Vec<Parameter>,
}

impl Header {
    /// Reads the header lines of the query `name`.
    pub(super) fn parse(name: &str, text: &str) -> Result<Self, SavedError> {
        let mut header = Self::default();
        for (index, line) in text.lines().enumerate() {
            let Some(line) = line.strip_prefix("#+") else { continue };
            let wrong = || SavedError::Header { query: name.to_owned(), line: index + 1 };
            let (what, rest) = line.trim().split_once([' ', ':']).ok_or_else(wrong)?;
            match what {
                "title" => header.title = Words::parse(rest.trim_start_matches([':', ' '])),
                "summary" => header.summary = Words::parse(rest.trim_start_matches([':', ' '])),
                "param" => header.parameters.push(parameter(rest).ok_or_else(wrong)?),
                _ => return Err(wrong()),
            }
        }
        if header.title == Words::default() {
            return Err(SavedError::Header { query: name.to_owned(), line: 1 });
        }
        Ok(header)
    }
}

fn parameter(text: &str) -> Option<Parameter> {
    let (name, rest) = text.trim().split_once(' ')?;
    let rest = rest.trim_start();
    let (default, description) = match rest.strip_prefix('"') {
        Some(quoted) => {
            let (value, description) = quoted.split_once('"')?;
            (Literal::from(value).into(), description)
        }
        None => {
            let (value, description) = rest.split_once(' ').unwrap_or((rest, ""));
            (number(value).map(number_term).or_else(|| expand(value).map(Term::from))?, description)
        }
    };
    Some(Parameter { name: name.to_owned(), default, description: Words::parse(description) })
}

/// A number as a term.
pub(super) fn number_term(value: Decimal) -> Term {
    Literal::new_typed_literal(value.normalize().to_string(), oxigraph::model::vocab::xsd::DECIMAL).into()
}
