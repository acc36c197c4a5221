//! A question as a run of tokens: words that ask, words for kinds, words for sums, words that say nothing, and the rest.

use crate::ask::clue::{clues, has};
use crate::ask::gazetteer::Gazetteer;
use crate::ask::number;
use crate::ask::tag::Tagged;
use crate::ask::words::Words;
use crate::model::{EntityKind, Status};

/// How a word asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// For one or several of a kind.
    Which,
    /// For a body.
    Who,
    /// For a place.
    Where,
    /// For a figure.
    Much,
    /// For a number of things.
    Many,
    /// For what someone does.
    Trade,
    /// Whether it is so.
    Whether,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A word that asks.
    Asks(Asks),
    /// A word for a kind of thing.
    Kind(EntityKind),
    /// A word for a sum invested.
    Money,
    /// A word for an honour.
    Title,
    /// A word for growth.
    Growing,
    /// A word of a list, any of which stands for any other.
    Alike(&'static str),
    /// A stage of a project.
    Stage(Status),
    /// A name of a figure; its place in [`Words::figures`].
    Figure(usize),
    /// The largest, or, if true, the smallest.
    Extreme(bool),
    /// A number of things, with its measure word.
    Counted(usize),
    /// A word that says nothing of what is asked.
    Silent,
    /// A find of the question.
    Find,
    /// Anything else.
    Text,
}

/// A stretch of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub class: Class,
    /// Its characters as the tagged question has them.
    pub text: String,
}

/// Lists of words by class. Of equally long words the first row wins.
const LISTS: [(&str, Class); 29] = [
    ("trade", Class::Asks(Asks::Trade)),
    ("money", Class::Money),
    ("title", Class::Title),
    ("growing", Class::Growing),
    ("howmuch", Class::Asks(Asks::Much)),
    ("howmany", Class::Asks(Asks::Many)),
    ("who", Class::Asks(Asks::Who)),
    ("where", Class::Asks(Asks::Where)),
    ("tail", Class::Asks(Asks::Which)),
    ("which", Class::Asks(Asks::Which)),
    ("asks", Class::Asks(Asks::Whether)),
    ("largest", Class::Extreme(false)),
    ("least", Class::Extreme(true)),
    ("invests", Class::Alike("invests")),
    ("issues", Class::Alike("issues")),
    ("wins", Class::Alike("wins")),
    ("placed", Class::Alike("placed")),
    ("pad", Class::Silent),
    ("have", Class::Silent),
    ("at", Class::Silent),
    ("with", Class::Silent),
    ("related", Class::Silent),
    ("touch", Class::Silent),
    ("filler", Class::Silent),
    ("field", Class::Silent),
    ("pointing", Class::Silent),
    ("en_silent", Class::Silent),
    ("need", Class::Silent),
    ("total", Class::Silent),
];
/// What stands between words and belongs to none.
const JOINTS: &str = ",、。?!;: 的了过里和与及或就这那把被由是要将所跟同到在有都也又还共";
/// What stands before a place.
const AT: &str = "在到于";
/// Measure words behind a number of things.
const MEASURES: &str = "个家项条件座处户种类份大款位";

/// The tokens of a question.
pub fn tokens(tagged: &Tagged, words: &Words) -> Vec<Token> {
    let chars: Vec<char> = tagged.text.chars().collect();
    let mut tokens: Vec<Token> = Vec::new();
    let places = Gazetteer::shipped().scan(&chars);
    let mut at = 0;
    while at < chars.len() {
        // 成都 is no 都.
        let place = places.iter().find(|hit| hit.from == at && chars[at..hit.to].iter().any(|c| JOINTS.contains(*c)));
        let (mut length, class) =
            place.map_or_else(|| longest(&chars[at..], tagged, words), |hit| (hit.to - at, Class::Text));
        // A bare 哪 asks for a place where it ends the question or stands behind 在, else for a kind: 建在哪, 哪园.
        let behind = at > 0 && AT.contains(chars[at - 1]);
        let class = match class {
            Class::Asks(Asks::Where) if length == 1 && chars.len() > at + 1 && !behind => Class::Asks(Asks::Which),
            class => class,
        };
        let much: String = chars[at..at + length].iter().collect();
        let measured = chars.get(at + length).is_some_and(|c| MEASURES.contains(*c));
        if class == Class::Asks(Asks::Much) && much.ends_with(['少', '几']) && measured {
            length += 1;
        }
        let text: String = chars[at..at + length].iter().collect();
        let before = tokens.last().filter(|last| last.class == Class::Text).map_or("", |last| last.text.as_str());
        let class = match class {
            Class::Money if is_of_figure(before, &text) && !before.is_empty() => Class::Text,
            Class::Asks(Asks::Which) if has(&clues().who, &text) => Class::Asks(Asks::Who),
            Class::Asks(Asks::Which) if has(&clues().places, &text) => Class::Asks(Asks::Where),
            Class::Asks(Asks::Much) if text.ends_with(['个', '家', '户', '项', '件', '条', '座']) => {
                Class::Asks(Asks::Many)
            }
            class => class,
        };
        match tokens.last_mut() {
            Some(last) if class == Class::Text && last.class == Class::Text => last.text.push_str(&text),
            _ => tokens.push(Token { class, text }),
        }
        at += length;
    }
    tokens
}

/// The token that begins `here`, and its length in characters.
fn longest(here: &[char], tagged: &Tagged, words: &Words) -> (usize, Class) {
    if tagged.find(here[0]).is_some() {
        return (1, Class::Find);
    }
    if let Some(found) = counted(here) {
        return found;
    }
    let kinds = words.kinds.iter().flat_map(|(kind, list)| list.iter().map(|word| (word, Class::Kind(*kind))));
    let lists =
        LISTS.iter().flat_map(|(name, class)| words.lists.get(*name).into_iter().flatten().map(|word| (word, *class)));
    let starts = |word: &str| word.trim().chars().enumerate().all(|(at, c)| here.get(at) == Some(&c));
    let stages = words.stages.iter().flat_map(|(stage, list)| list.iter().map(|word| (word, Class::Stage(*stage))));
    let figures = words.figures.iter().enumerate();
    let figures = figures.flat_map(|(at, list)| list.iter().map(move |word| (word, Class::Figure(at))));
    let found = kinds
        .chain(stages)
        .chain(figures)
        .chain(lists)
        .filter(|(word, class)| starts(word) && asks_plainly(word, *class));
    let length = |word: &str| word.trim().chars().count();
    // The first of the longest.
    let best =
        found.map(|(word, class)| (length(word), class)).reduce(|best, next| if next.0 > best.0 { next } else { best });
    match best.filter(|(length, _)| *length > 0) {
        Some(found) => found,
        None if JOINTS.contains(here[0]) => (1, Class::Silent),
        None => (1, Class::Text),
    }
}

/// A bare 是 or 已 makes no question of a statement, and one silent character may be part of any word.
fn asks_plainly(word: &str, class: Class) -> bool {
    match class {
        Class::Asks(Asks::Whether) => word.contains(['不', '否', '没', '无']),
        Class::Silent => word.trim().chars().count() > 1,
        _ => true,
    }
}

/// 利润总额 and 固定资产投资 are no sums invested in something.
fn is_of_figure(before: &str, money: &str) -> bool {
    match money {
        "总额" | "金额" => true,
        "投资" | "总投资" | "投资额" => clues().of_figures.iter().any(|word| before.ends_with(word.as_str())),
        _ => false,
    }
}

/// A number with a measure word: 5个, 三家, also behind 哪.
fn counted(here: &[char]) -> Option<(usize, Class)> {
    let skip = usize::from(here[0] == '哪');
    let rest = &here[skip..];
    let arabic: String = rest.iter().take_while(|c| c.is_ascii_digit()).take(4).collect();
    let written = if arabic.is_empty() { rest.first()?.to_string() } else { arabic };
    let (length, number) = (written.chars().count(), number::small(&written)?);
    let measured = rest.get(length).is_some_and(|c| MEASURES.contains(*c));
    measured.then_some((skip + length + 1, Class::Counted(number)))
}
