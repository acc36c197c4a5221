//! From the text of a pattern to its program.

use std::sync::Arc;

use super::{Pattern, Step};
use crate::ask::tag::Class;
use crate::ask::words::{Letters, Words};

struct Compiler<'a> {
    source: &'a str,
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    words: &'a Words,
    /// What a `<name>` may be.
    names: Body,
    steps: Vec<Step>,
    slots: Vec<String>,
}

/// Words between the words of a list of kinds.
pub(in crate::ask) const JOINTS: [&str; 9] = ["、", ",", "和", "与", "及", "以及", "或", " and ", " or "];

/// What a slot may hold.
enum Body {
    /// Any text, as little as will do.
    Text,
    Class(Class),
    Number,
    Word(Letters),
    /// Two words or more with joints between them.
    Words(Letters),
}

pub(super) fn compile(source: &str, words: &Words, whole: bool) -> Result<Pattern, String> {
    let names = if whole { Body::Text } else { Body::Class(Class::Name) };
    let mut it =
        Compiler { source, rest: source.chars().peekable(), words, names, steps: Vec::new(), slots: Vec::new() };
    it.choice()?;
    if it.rest.next().is_some() {
        return Err(it.fault("a ) stands alone"));
    }
    it.steps.push(Step::Done);
    Ok(Pattern { steps: it.steps, slots: it.slots, whole })
}

impl Compiler<'_> {
    fn fault(&self, what: &str) -> String {
        format!("pattern {}: {what}", self.source)
    }

    /// `a|b|c`, up to a closing bracket or the end.
    fn choice(&mut self) -> Result<(), String> {
        let mut jumps = Vec::new();
        loop {
            let start = self.steps.len();
            self.sequence()?;
            if self.rest.peek() != Some(&'|') {
                break;
            }
            self.rest.next();
            self.insert(start, Step::Either(start + 1, self.steps.len() + 2));
            jumps.push(self.steps.len());
            self.steps.push(Step::Jump(0));
        }
        let end = self.steps.len();
        jumps.into_iter().for_each(|at| self.steps[at] = Step::Jump(end));
        Ok(())
    }

    fn sequence(&mut self) -> Result<(), String> {
        while let Some(&c) = self.rest.peek() {
            if c == '|' || c == ')' {
                return Ok(());
            }
            self.rest.next();
            let start = self.steps.len();
            match c {
                '(' => {
                    self.choice()?;
                    if self.rest.next() != Some(')') {
                        return Err(self.fault("a ) is missing"));
                    }
                }
                '{' => self.list()?,
                '<' => self.slot()?,
                '?' | '*' | '+' => return Err(self.fault("nothing stands before ?, * or +")),
                // Spaces beside Chinese are not kept, so none is ever required.
                ' ' => {
                    self.steps.push(Step::Either(start + 1, start + 2));
                    self.steps.push(Step::Char(' '));
                }
                c => self.steps.push(Step::Char(c)),
            }
            self.repeat(start);
        }
        Ok(())
    }

    /// `?`, `*` or `+` behind what begins at step `start`.
    fn repeat(&mut self, start: usize) {
        let Some(&mark) = self.rest.peek() else { return };
        if !"?*+".contains(mark) {
            return;
        }
        self.rest.next();
        if mark == '+' {
            let end = self.steps.len();
            self.steps.push(Step::Either(start, end + 1));
            return;
        }
        let end = self.steps.len() + if mark == '*' { 2 } else { 1 };
        self.insert(start, Step::Either(start + 1, end));
        if mark == '*' {
            self.steps.push(Step::Jump(start));
        }
    }

    /// Puts a step before others and moves the aims of those.
    fn insert(&mut self, at: usize, step: Step) {
        for moved in &mut self.steps[at..] {
            match moved {
                Step::Either(first, second) => (*first, *second) = (*first + 1, *second + 1),
                Step::Jump(to) => *to += 1,
                _ => {}
            }
        }
        self.steps.insert(at, step);
    }

    fn name(&mut self, close: char) -> Result<String, String> {
        let mut name = String::new();
        for c in self.rest.by_ref() {
            if c == close {
                return Ok(name);
            }
            name.push(c);
        }
        Err(self.fault(&format!("a {close} is missing")))
    }

    fn list(&mut self) -> Result<(), String> {
        let name = self.name('}')?;
        let Some(list) = self.words.letters(&name) else {
            return Err(self.fault(&format!("no list is called {name}")));
        };
        self.steps.push(Step::Word(list));
        Ok(())
    }

    /// A slot is one of the fixed ones or bears the name of a list, any word of which it then holds.
    fn slot(&mut self) -> Result<(), String> {
        let name = self.name('>')?;
        let body = match name.as_str() {
            "what" | "more" | "indicator" | "other" => Body::Text,
            "name" | "second" => match &self.names {
                Body::Text => Body::Text,
                _ => Body::Class(Class::Name),
            },
            "thing" => Body::Class(Class::Name),
            "amount" | "upto" => Body::Class(Class::Amount),
            "period" | "since" => Body::Class(Class::Period),
            "title" => Body::Class(Class::Title),
            "number" | "nth" | "low" => Body::Number,
            "kind" | "result" | "inner" => Body::Word(self.words.letters("kind").unwrap_or_default()),
            "kinds" => Body::Words(self.words.letters("kind").unwrap_or_default()),
            "stage" => Body::Word(self.words.letters("stage").unwrap_or_default()),
            _ => match self.words.letters(&name) {
                Some(list) => Body::Word(list),
                None => return Err(self.fault(&format!("nothing is called {name}"))),
            },
        };
        let slot = self.slots.iter().position(|known| *known == name).unwrap_or_else(|| {
            self.slots.push(name);
            self.slots.len() - 1
        });
        self.steps.push(Step::Mark(2 * slot));
        self.body(body);
        self.steps.push(Step::Mark(2 * slot + 1));
        Ok(())
    }

    fn body(&mut self, body: Body) {
        let start = self.steps.len();
        match body {
            // As little as will do: going on is tried before taking one more.
            Body::Text => self.steps.extend([Step::Any, Step::Either(start + 2, start)]),
            Body::Class(class) => {
                let (first, last) = class.bounds();
                self.steps.push(Step::Within(first, last));
            }
            Body::Word(list) => self.steps.push(Step::Word(list)),
            Body::Words(list) => {
                let joints = JOINTS.iter().map(|word| word.chars().collect()).collect();
                let joints = Arc::new(longest_first(joints));
                self.steps.extend([Step::Word(list.clone()), Step::Word(joints), Step::Word(list)]);
                self.steps.push(Step::Either(start + 1, start + 4));
            }
            Body::Number => {
                let digits = "一二两三四五六七八九十".chars().map(|c| vec![c]);
                let list = (1..=100).map(|n| n.to_string().chars().collect()).chain(digits).collect();
                self.steps.push(Step::Word(Arc::new(longest_first(list))));
            }
        }
    }
}

fn longest_first(mut list: Vec<Vec<char>>) -> Vec<Vec<char>> {
    list.sort_by_key(|word| std::cmp::Reverse(word.len()));
    list
}
