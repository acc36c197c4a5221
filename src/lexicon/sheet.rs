//! The sheets of `ontology/lexicon`: lists of words, each with its class.

use serde::Deserialize;

use super::Class;
use super::record::Flaw;

/// A sheet as it stands in the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    list: Vec<List>,
}

/// Words of one class, between blanks or line ends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    class: toml::Spanned<String>,
    words: String,
}

/// Reads a sheet: each word with its class, in the order of the file, and what could not be read.
pub(super) fn read(text: &str) -> (Vec<(Class, String)>, Vec<Flaw>) {
    let sheet: Sheet = match toml::from_str(text) {
        Ok(sheet) => sheet,
        Err(error) => {
            let line = error.span().map_or(0, |span| line_of(text, span.start));
            return (Vec::new(), vec![Flaw { line, message: error.message().to_owned() }]);
        }
    };
    let mut words = Vec::new();
    let mut flaws = Vec::new();
    for list in sheet.list {
        match Class::from_name(list.class.get_ref()) {
            Some(class) => words.extend(list.words.split_whitespace().map(|word| (class, word.to_owned()))),
            None => flaws.push(Flaw {
                line: line_of(text, list.class.span().start),
                message: format!("no class is called {}", list.class.get_ref()),
            }),
        }
    }
    (words, flaws)
}

fn line_of(text: &str, byte: usize) -> u64 {
    text.as_bytes()[..byte.min(text.len())].iter().filter(|b| **b == b'\n').count() as u64 + 1
}
