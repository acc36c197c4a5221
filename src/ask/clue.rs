//! Words by which questions and sentences are read where no pattern does: `ontology/questions/clues.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

/// The lists of that file, in its order.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clues {
    /// Between two things that are compared or added.
    pub joints: Vec<String>,
    /// Where the words for a thing end at the latest.
    pub ends: Vec<String>,
    /// For sums invested, by which two things are compared.
    pub spends: Vec<String>,
    /// Ask how far two sums lie apart.
    pub apart: Vec<String>,
    /// Ask for the one with less.
    pub less: Vec<String>,
    /// Ask for the one with more.
    pub more: Vec<String>,
    /// Bound a sum from below, beside it.
    pub over: Vec<String>,
    /// Bound a sum from above, beside it.
    pub under: Vec<String>,
    /// Policies of any form.
    pub any_policy: Vec<String>,
    /// Between two values that are set against each other.
    pub than: Vec<String>,
    /// End the description of the second of two values, with a question for the difference close behind.
    pub differs: Vec<String>,
    /// That question.
    pub asks: Vec<String>,
    /// Sums, which the second description need not repeat.
    pub measures: Vec<String>,
    /// Enterprises that are not called so.
    pub leaders: Vec<String>,
    /// Close a question whether something is so.
    pub doubt: Vec<String>,
    /// Ask for a share.
    pub shares: Vec<String>,
    /// Join the description of a thing and the word for its kind.
    pub that: Vec<String>,
    /// Tell that a word like 是谁 asks for a body.
    pub who: Vec<String>,
    /// Tell that it asks for a place.
    pub places: Vec<String>,
    /// Open a clause that goes on with the one before it.
    pub going_on: Vec<String>,
    /// Before a number: it tells how many were added.
    pub added: Vec<String>,
    /// It tells how many there are in all.
    pub in_all: Vec<String>,
    /// Deny in a sentence what the question asks.
    pub denials: Vec<String>,
    /// Projects.
    pub projects: Vec<String>,
    /// Other things that a question may ask for.
    pub no_projects: Vec<String>,
    /// Ask for two sums together.
    pub together: Vec<String>,
    /// Where the words for a thing end whose sum is asked for.
    pub sum_ends: Vec<String>,
    /// Before 投资: it is a figure, no sum invested in something.
    pub of_figures: Vec<String>,
    /// Tell that money planned for a time is meant.
    pub planned: Vec<String>,
    /// Tell that money spent is meant.
    pub completed: Vec<String>,
    /// Tell that the whole sum is meant.
    pub whole: Vec<String>,
    /// Ask how far two values lie apart, so that two values are no answer.
    pub differing: Vec<String>,
    /// Ask for one thing.
    pub one_of: Vec<String>,
    /// Ask for several.
    pub several: Vec<String>,
    /// Ask for a value of each of several.
    pub each: Vec<String>,
    /// Measure words of events and stages, several of which are taken together.
    pub times: Vec<String>,
    /// Open what a question sets aside.
    pub except: Vec<String>,
    /// Close it.
    pub except_end: Vec<String>,
    /// Nouns that close the names of zones; those of one row stand for each other.
    pub zones: Vec<Vec<String>>,
    /// Before such a noun: it is no name but says of which sort or where a zone is.
    pub zone_sorts: Vec<String>,
}

static CLUES: LazyLock<Result<Clues, String>> = LazyLock::new(|| {
    toml::from_str(include_str!("../../ontology/questions/clues.toml")).map_err(|e| format!("clues.toml: {e}"))
});
static NONE: LazyLock<Clues> = LazyLock::new(Clues::default);

/// The shipped lists; a test reads the file, so that they are never empty.
pub fn clues() -> &'static Clues {
    CLUES.as_ref().unwrap_or(&NONE)
}

/// True where a text has one of these words.
pub fn has(words: &[String], text: &str) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

/// True for a noun that closes names of zones.
pub fn is_zone_noun(word: &str) -> bool {
    clues().zones.iter().flatten().any(|noun| noun == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_file_can_be_read() {
        assert_eq!(CLUES.as_ref().err(), None);
    }
}
