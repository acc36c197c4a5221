//! The small language of question patterns: literal text, `(a|b)` with `?`, `*` or `+` behind it, `{list}` for any word of
//! a list, `<slot>` for a stretch to be read, and a space that may be missing.
//!
//! A pattern is a small program that is run with backtracking; no state is visited twice, so that the time is bounded by
//! the product of the lengths of pattern and question.

mod compile;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::words::Words;
pub(super) use compile::JOINTS;
use compile::compile;

/// A pattern ready to be matched.
#[derive(Debug)]
pub struct Pattern {
    steps: Vec<Step>,
    slots: Vec<String>,
    whole: bool,
}

/// One step of the program.
#[derive(Debug, Clone)]
enum Step {
    /// This character.
    Char(char),
    /// Any character.
    Any,
    /// A character within these bounds.
    Within(char, char),
    /// Any word of the list, the longest first.
    Word(Arc<Vec<Vec<char>>>),
    /// Goes on at the first place, and where that fails at the second.
    Either(usize, usize),
    /// Goes on there.
    Jump(usize),
    /// Notes where slot n begins (even numbers) or ends (odd ones).
    Mark(usize),
    /// Done.
    Done,
}

/// What is still to be tried: a state, or a mark that an abandoned state had set.
enum Todo {
    State(usize, usize),
    Restore(usize, Option<usize>),
}

impl Pattern {
    /// A pattern for a whole text; names may be any text.
    ///
    /// # Errors
    /// What is wrong with `source`, as a sentence.
    pub fn whole(source: &str, words: &Words) -> Result<Self, String> {
        compile(source, words, true)
    }

    /// A pattern for the beginning of a text; names must be finds.
    ///
    /// # Errors
    /// As [`Pattern::whole`].
    pub fn beginning(source: &str, words: &Words) -> Result<Self, String> {
        compile(source, words, false)
    }

    /// The text of each slot, if the pattern matches.
    pub fn slots(&self, text: &[char]) -> Option<BTreeMap<String, String>> {
        self.matched(text).map(|(_, slots)| slots)
    }

    /// How many characters the match takes, and the text of each slot.
    pub fn matched(&self, text: &[char]) -> Option<(usize, BTreeMap<String, String>)> {
        let (end, marks) = self.run(text)?;
        let slot = |(n, name): (usize, &String)| {
            let (from, to) = (marks[2 * n]?, marks[2 * n + 1]?);
            Some((name.clone(), text[from..to].iter().collect()))
        };
        Some((end, self.slots.iter().enumerate().filter_map(slot).collect()))
    }

    fn run(&self, text: &[char]) -> Option<(usize, Vec<Option<usize>>)> {
        let width = text.len() + 1;
        let mut seen = vec![0u64; (self.steps.len() * width).div_ceil(64)];
        let mut marks = vec![None; self.slots.len() * 2];
        let mut todo = vec![Todo::State(0, 0)];
        while let Some(next) = todo.pop() {
            let (mut step, mut at) = match next {
                Todo::State(step, at) => (step, at),
                Todo::Restore(mark, old) => {
                    marks[mark] = old;
                    continue;
                }
            };
            loop {
                let bit = step * width + at;
                if seen[bit / 64] >> (bit % 64) & 1 == 1 {
                    break;
                }
                seen[bit / 64] |= 1 << (bit % 64);
                let fits = match &self.steps[step] {
                    Step::Char(c) => text.get(at) == Some(c),
                    Step::Any => at < text.len(),
                    Step::Within(first, last) => text.get(at).is_some_and(|c| (first..=last).contains(&c)),
                    Step::Word(list) => {
                        let ends = list.iter().rev().filter(|word| text[at..].starts_with(word));
                        todo.extend(ends.map(|word| Todo::State(step + 1, at + word.len())));
                        break;
                    }
                    Step::Either(first, second) => {
                        todo.push(Todo::State(*second, at));
                        step = *first;
                        continue;
                    }
                    Step::Jump(to) => {
                        step = *to;
                        continue;
                    }
                    Step::Mark(mark) => {
                        todo.push(Todo::Restore(*mark, marks[*mark]));
                        marks[*mark] = Some(at);
                        step += 1;
                        continue;
                    }
                    Step::Done if self.whole && at < text.len() => break,
                    Step::Done => return Some((at, marks)),
                };
                if !fits {
                    break;
                }
                (step, at) = (step + 1, at + 1);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::grammar::Grammar;

    fn words() -> Words {
        Grammar::shipped().expect("the shipped files can be read").words.clone()
    }

    #[test]
    fn patterns_find_their_slots() {
        type Case = (&'static str, &'static str, Option<&'static [(&'static str, &'static str)]>);
        let cases: &[Case] = &[
            ("甲(乙|丙)?丁", "甲丁", Some(&[])),
            ("甲(乙|丙)+丁", "甲乙丙乙丁", Some(&[])),
            ("甲(乙|丙)*丁", "甲丁丁", None),
            ("<name>的<indicator>{howmuch}", "高新区的产值是多少", Some(&[("indicator", "产值"), ("name", "高新区")])),
            ("<what>的?<kind>", "在建的项目", Some(&[("kind", "项目"), ("what", "在建")])),
            ("how <kind> end", "howprojectsend", Some(&[("kind", "projects")])),
            ("前<number>名", "前12名", Some(&[("number", "12")])),
            ("(<kind>){related}", "项目", None),
        ];
        let words = words();
        for (source, text, expected) in cases {
            let pattern = Pattern::whole(source, &words).expect("it is a pattern");
            let found = pattern.slots(&text.chars().collect::<Vec<_>>());
            let expected = expected
                .map(|slots| slots.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect());
            assert_eq!(found, expected, "{source} on {text}");
        }
    }

    #[test]
    fn faults_are_told() {
        for source in ["(甲", "甲)", "{甲", "<甲", "{nothing}", "<nothing>", "?甲", "甲|*"] {
            assert!(Pattern::whole(source, &words()).is_err(), "{source}");
        }
    }

    #[test]
    fn no_pattern_takes_long() {
        let pattern = Pattern::whole("(<what>|<more>)+(甲|甲甲)*(甲|乙)*丙", &words()).expect("it is a pattern");
        assert_eq!(pattern.slots(&['甲'; 2000]), None);
    }
}
