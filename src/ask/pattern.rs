//! The small language of question patterns: regular expressions in which `{list}` stands for any word of a list and
//! `<slot>` for a stretch to be read.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use regex::Regex;

use super::tag::Class;
use super::words::Words;

/// A pattern ready to be matched against a whole question or phrase.
///
/// It is compiled when it is first used: most questions are read by the first few patterns.
#[derive(Debug)]
pub struct Pattern {
    source: String,
    regex: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// Compiles `source` to match a whole text; names may be any text.
    ///
    /// # Errors
    /// An unknown list or slot, as a sentence.
    pub fn whole(source: &str, words: &Words) -> Result<Self, String> {
        Ok(Self::new(format!("^(?:{})$", expand(source, words, ".+?")?)))
    }

    /// Compiles `source` to match the beginning of a text; names must be finds.
    ///
    /// # Errors
    /// As [`Pattern::whole`].
    pub fn beginning(source: &str, words: &Words) -> Result<Self, String> {
        Ok(Self::new(format!("^(?:{})", expand(source, words, &Class::Name.regex())?)))
    }

    fn new(source: String) -> Self {
        Self { source, regex: OnceLock::new() }
    }

    fn regex(&self) -> Option<&Regex> {
        self.regex.get_or_init(|| Regex::new(&self.source).ok()).as_ref()
    }

    /// What is wrong with the pattern as a regular expression, if anything; such a pattern matches nothing.
    pub fn fault(&self) -> Option<String> {
        Regex::new(&self.source).err().map(|error| error.to_string())
    }

    /// The text of each slot, if the pattern matches.
    pub fn slots(&self, text: &str) -> Option<BTreeMap<String, String>> {
        let regex = self.regex()?;
        let found = regex.captures(text)?;
        let slot = |name: &str| found.name(name).map(|m| (name.to_owned(), m.as_str().to_owned()));
        Some(regex.capture_names().flatten().filter_map(slot).collect())
    }

    /// Length in bytes of the match, if there is one.
    pub fn length(&self, text: &str) -> Option<usize> {
        self.regex()?.find(text).map(|m| m.end())
    }
}

fn expand(source: &str, words: &Words, name_body: &str) -> Result<String, String> {
    let mut regex = String::new();
    let mut rest = source;
    while let Some(at) = rest.find(['{', '<']) {
        regex.push_str(&rest[..at]);
        let close = if rest[at..].starts_with('{') { '}' } else { '>' };
        let end = rest[at..].find(close).ok_or_else(|| format!("pattern {source}: a {close} is missing"))? + at;
        let name = &rest[at + 1..end];
        let part = if close == '}' { list(name, words) } else { slot(name, words, name_body) };
        regex.push_str(&part.ok_or_else(|| format!("pattern {source}: nothing is called {name}"))?);
        rest = &rest[end + 1..];
    }
    regex.push_str(rest);
    // Spaces beside Chinese are not kept, so none is ever required.
    Ok(regex.replace(' ', " ?"))
}

fn list(name: &str, words: &Words) -> Option<String> {
    words.lists.get(name).map(|list| format!("(?:{})", alternatives(list.iter())))
}

/// A slot is one of the fixed ones or bears the name of a list, any word of which it then holds.
fn slot(name: &str, words: &Words, name_body: &str) -> Option<String> {
    let body = match name {
        "what" | "more" | "indicator" => ".+?".to_owned(),
        "name" => name_body.to_owned(),
        "thing" => Class::Name.regex(),
        "amount" | "upto" => Class::Amount.regex(),
        "period" => Class::Period.regex(),
        "title" => Class::Title.regex(),
        "number" => "[0-9]{1,3}|[一二两三四五六七八九十]".to_owned(),
        "kind" => alternatives(words.kinds.iter().flat_map(|(_, list)| list)),
        "stage" => alternatives(words.stages.iter().flat_map(|(_, list)| list)),
        _ => alternatives(words.lists.get(name)?.iter()),
    };
    Some(format!("(?P<{name}>{body})"))
}

/// Longest first, since the first alternative that fits is taken.
fn alternatives<'a>(list: impl Iterator<Item = &'a String>) -> String {
    let mut list: Vec<&String> = list.collect();
    list.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    list.iter().map(|word| regex::escape(word)).collect::<Vec<_>>().join("|")
}
