//! Plain questions, answered from the graph with the sentences behind the answer.
//!
//! question → finds ([`tag`]) → slots ([`grammar`]) → [`plan`] ([`ground`]) → SPARQL ([`sparql`]) → [`answer`].

mod answer;
mod climb;
mod clue;
mod evidence;
mod examples;
mod except;
mod figure;
mod fit;
mod frame;
mod free;
mod gazetteer;
mod grammar;
mod ground;
mod kept;
mod names;
mod neighbours;
mod normal;
mod number;
mod passage;
mod pattern;
mod period;
mod plan;
mod render;
mod retry;
mod sparql;
mod stranger;
mod sum;
mod tag;
#[cfg(test)]
mod tests;
mod together;
mod words;

use std::cell::RefCell;
use std::path::Path;

use thiserror::Error;

pub use answer::Answer;
pub use evidence::{Quote, quotes};
pub use grammar::Grammar;
pub use names::{Names, Thing, kind_of};
pub use normal::key;
use passage::Wish;
pub use passage::{Sentences, Wanted};
pub use plan::*;
pub use render::{json, text};

use crate::message::{Bilingual, Lang};
use crate::model::{EntityKind, Predicate};

use crate::store::{QueryError, Store, StoreError};
use answer::{Answers, Failure};
use except::Except;
use fit::Fit;
use frame::Asked;
use gazetteer::Gazetteer;
use ground::{Ground, Stuck};

pub use ground::Open;
use tag::Tagged;

/// Why a question could not be looked into. That nothing was found is no error.
#[derive(Debug, Error)]
pub enum AskError {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A query failed.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// A file of question patterns is wrong.
    #[error("the question patterns cannot be used: {0}; correct that file")]
    Patterns(String),
}

impl Bilingual for AskError {
    fn zh(&self) -> String {
        match self {
            Self::Store(error) => error.zh(),
            Self::Query(error) => error.zh(),
            Self::Patterns(fault) => format!("问句模板有误：{fault}；请修改该文件"),
        }
    }
}

impl From<Failure> for AskError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Query(error) => Self::Query(error),
            Failure::Store(error) => Self::Store(error),
        }
    }
}

/// What became of a question.
#[derive(Debug, Clone, Default)]
pub struct Reply {
    /// The question as asked.
    pub question: String,
    /// How it was read; none where no reading made sense.
    pub plan: Option<Plan>,
    /// The plan as SPARQL, empty where there is no plan.
    pub sparql: String,
    /// The answers, nearest first; empty where nothing was found.
    pub answers: Vec<Answer>,
    /// Names that several things bear, with the reading taken.
    pub open: Vec<Open>,
    /// Names in the question that the graph does not know.
    pub unknown: Vec<String>,
    /// The nearest names that there are.
    pub suggestions: Vec<String>,
}

/// Longest question that is read, in characters; a longer one is answered with nothing found.
const LONGEST: usize = 400;
/// Most readings of one question that are tried.
const MOST_READINGS: usize = 48;
/// Most names that are suggested.
const SUGGESTIONS: usize = 5;

/// Answers a question.
///
/// # Errors
/// [`AskError`] if the store cannot be read.
pub fn ask(store: &Store, question: &str, lang: Lang) -> Result<Reply, AskError> {
    let grammar = Grammar::shipped().map_err(|fault| AskError::Patterns(fault.to_owned()))?;
    ask_by(grammar, store, question, lang)
}

/// Answers a question by a grammar that may have patterns of the user's own.
///
/// # Errors
/// [`AskError`] if the store cannot be read.
pub fn ask_by(grammar: &Grammar, store: &Store, question: &str, lang: Lang) -> Result<Reply, AskError> {
    ask_among(grammar, &Names::read(store)?, store, question, lang)
}

/// Answers a question with the names of the store at hand, which takes long to read from a large one.
///
/// # Errors
/// [`AskError`] if the store cannot be read.
pub fn ask_among(
    grammar: &Grammar,
    names: &Names,
    store: &Store,
    question: &str,
    lang: Lang,
) -> Result<Reply, AskError> {
    if question.chars().count() > LONGEST {
        return Ok(Reply { question: question.to_owned(), ..Reply::default() });
    }
    let stripped = grammar.strip(question);
    let asked = |text: &str| as_asked(grammar, names, store, question, text, lang);
    let (reply, both) = asked(&stripped)?;
    if !reply.answers.is_empty() {
        return Ok(reply);
    }
    if let Some((both, [left, right])) = both.and_then(|both| Some((together::sides(&stripped, &both)?, both))) {
        let replies = [asked(&both[0])?.0, asked(&both[1])?.0];
        if let Some(answer) = together::added(&replies, &[left, right], lang) {
            let [left, right] = replies;
            let sparql = [left.sparql, right.sparql].join("\n");
            return Ok(Reply { plan: left.plan, sparql, answers: vec![answer], ..reply });
        }
    }
    let unknown = |place| reply.unknown.iter().any(|name| Gazetteer::shipped().named(name) == Some(place));
    let Some((place, rest)) = retry::split(&stripped, names, &grammar.words).filter(|(place, _)| !unknown(*place))
    else {
        return Ok(reply);
    };
    let other = asked(&rest)?.0;
    let fits = match &other.plan {
        Some(plan) if !other.answers.is_empty() => retry::lies_there(store, names, plan, place)?,
        _ => false,
    };
    Ok(if fits { other } else { reply })
}

/// Answers a question as it stands, stripped of what only opens or closes it; beside it, the two things whose sum it asks for.
fn as_asked(
    grammar: &Grammar,
    names: &Names,
    store: &Store,
    question: &str,
    stripped: &str,
    lang: Lang,
) -> Result<(Reply, Option<[String; 2]>), AskError> {
    let mut reply = Reply { question: question.to_owned(), ..Reply::default() };
    let (asked, except) = Except::read(stripped, names);
    let tagged = Tagged::new(&asked, names, &grammar.words);
    let unknown = match stranger::stranger(store, names, &tagged)? {
        None => stranger::proper_names(store, names, question, &tagged, &grammar.words)?,
        unknown => unknown,
    };
    if let Some(name) = unknown {
        reply.unknown.push(name);
        reply.suggestions = suggest(names, &mut reply.unknown, stripped);
        return Ok((reply, None));
    }
    let ground = Ground { grammar, names, store, tagged: &tagged, open: RefCell::default(), known: Default::default() };
    let wish = if is_in_words(question, &tagged) { Some(Wish::read(&tagged, &grammar.words)) } else { None };
    let fit = Fit::read(&tagged, wish.iter().flatten().next(), &grammar.words);
    let mut tried: Vec<Plan> = Vec::new();
    let free = grammar.free(&tagged.text);
    for candidate in grammar.candidates(&tagged.text).take(MOST_READINGS).chain(free) {
        ground.open.borrow_mut().clear();
        // 哪几个 asks which they are.
        if matches!(candidate.frame.ask, Asked::Count) && tagged.text.contains("哪几") {
            continue;
        }
        let mut plans = Vec::new();
        match ground.plan(&candidate) {
            Ok(plan) => plans.push(plan),
            Err(Stuck::Unknown(name)) if !reply.unknown.contains(&name) => reply.unknown.push(name),
            Err(Stuck::Query(error)) => return Err(error.into()),
            Err(Stuck::Store(error)) => return Err(error.into()),
            Err(_) => {}
        }
        // Looking for a counted set takes long, so it is done first only where one would go first.
        let counts = matches!(candidate.frame.ask, Asked::Count | Asked::Sum(_) | Asked::Figure);
        if counts || plans.is_empty() {
            match ground.group_plan(&candidate) {
                Ok(Some((plan, true))) => plans.insert(0, plan),
                Ok(Some((plan, false))) => plans.push(plan),
                Err(Stuck::Query(error)) => return Err(error.into()),
                Err(Stuck::Store(error)) => return Err(error.into()),
                Ok(None) | Err(_) => {}
            }
        }
        for plan in plans.into_iter().map(|plan| except.without(plan)) {
            if tried.contains(&plan) {
                continue;
            }
            let Answers { sparql, answers } = answer::answers(store, names, &plan, lang)?;
            let mut answers = except.others(fit.values(&plan, answers, lang));
            if let Some(level) = fit.level.filter(|_| tells_places(&plan)) {
                answers = climb::climbed(store, names, answers, level)?;
            }
            let found = !answers.is_empty();
            for other in if found { also_asked(&plan, &tagged.text) } else { Vec::new() } {
                answers.extend(answer::answers(store, names, &other, lang)?.answers);
            }
            if found || reply.plan.is_none() {
                (reply.plan, reply.sparql, reply.answers) = (Some(plan.clone()), sparql, answers);
                reply.open = ground.open.borrow().clone();
            }
            if found {
                return Ok((Reply { unknown: Vec::new(), ..reply }, None));
            }
            tried.push(plan);
        }
    }
    if let Some(wish) = wish {
        for reading in BY_WORDS {
            ground.open.borrow_mut().clear();
            for plan in reading(&ground, wish.as_ref())?.into_iter().map(|plan| except.without(plan)) {
                let Answers { sparql, answers } = answer::answers(store, names, &plan, lang)?;
                let mut answers = except.others(fit.told(&plan, answers, lang));
                if let Some(level) = fit.level.filter(|_| tells_places(&plan)) {
                    answers = climb::climbed(store, names, answers, level)?;
                }
                if !answers.is_empty() {
                    let open = ground.open.borrow().clone();
                    let unknown = Vec::new();
                    return Ok((Reply { plan: Some(plan), sparql, answers, open, unknown, ..reply }, None));
                }
            }
        }
    }
    reply.suggestions = suggest(names, &mut reply.unknown, stripped);
    Ok((reply, fit.both))
}

/// True for a question that may be read by its words: Chinese, or English with names or known terms, and no code.
fn is_in_words(question: &str, tagged: &Tagged) -> bool {
    let chinese = question.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).count();
    let english = question.chars().filter(char::is_ascii_alphabetic).count() >= 10 && tagged.has_names();
    (chinese >= 2 || english) && !question.contains(['{', '}', '\\', ';', '<', '>'])
}

/// True for a plan whose answers are places where something lies.
fn tells_places(plan: &Plan) -> bool {
    let located = |by: &[Predicate]| by.contains(&Predicate::LocatedIn);
    match plan {
        Plan::Values(plan) => located(&plan.by),
        Plan::Hops(plan) => plan.hops.last().is_some_and(|hop| located(&[hop.by]) && !hop.inverse),
        Plan::Passage(plan) => {
            matches!(&plan.wanted[..], [Wanted::Things(kinds)] if kinds.contains(&EntityKind::Place))
        }
        _ => false,
    }
}

/// A question that names several kinds of money asks for each: 总投资和年度投资分别是多少.
fn also_asked(plan: &Plan, text: &str) -> Vec<Plan> {
    let kinds = passage::kinds_of_money(text);
    let others = |own: &[Predicate]| kinds.iter().copied().filter(|by| !own.contains(by)).collect::<Vec<_>>();
    match plan {
        Plan::Group(GroupPlan { groups, tell: GroupTell::Sum(by) }) => {
            let other = |by| Plan::Group(GroupPlan { groups: groups.clone(), tell: GroupTell::Sum(by) });
            others(&[*by]).into_iter().map(other).collect()
        }
        Plan::Values(values)
            if values.by.contains(&Predicate::PlannedInvestment) || values.by.contains(&Predicate::TotalInvestment) =>
        {
            let other = |by| Plan::Values(ValuePlan { by: vec![by], otherwise: Vec::new(), ..values.clone() });
            others(&values.by).into_iter().map(other).collect()
        }
        _ => Vec::new(),
    }
}

/// A way to read a question by its words alone: the plans it leads to, nearest first.
type Reading = fn(&Ground<'_>, Option<&Wish>) -> Result<Vec<Plan>, AskError>;

/// The ways in the order in which they are tried.
const BY_WORDS: [Reading; 5] = [
    |it, _| Ok(passage::two_steps(it.store, it.names, it.tagged, &it.grammar.words)?.into_iter().collect()),
    |it, wish| wish.map_or(Ok(Vec::new()), |wish| settled(it.conditions(wish))),
    |it, _| Ok(passage::apart(it.store, it.names, it.tagged, &it.grammar.words)?.into_iter().collect()),
    |it, wish| settled(it.clues(wish)),
    |it, wish| wish.map_or(Ok(Vec::new()), |wish| Ok(passage::plans(it.store, it.names, &it.grammar.words, wish)?)),
];

/// Plans, none where a reading makes no sense.
fn settled(plans: Result<Vec<Plan>, Stuck>) -> Result<Vec<Plan>, AskError> {
    match plans {
        Err(Stuck::Query(error)) => Err(error.into()),
        Err(Stuck::Store(error)) => Err(error.into()),
        plans => Ok(plans.unwrap_or_default()),
    }
}

/// The shipped grammar with a folder of the user's own patterns laid over it.
///
/// # Errors
/// [`AskError::Patterns`] if a file is wrong or its examples are not read as it says.
pub fn own_grammar(folder: &Path) -> Result<Grammar, AskError> {
    let grammar = Grammar::with_folder(folder).map_err(AskError::Patterns)?;
    match grammar.faults().into_iter().next() {
        Some(fault) => Err(AskError::Patterns(fault)),
        None => Ok(grammar),
    }
}

/// The nearest names to that unknown one which is most like any, which comes to stand first; where all words are known,
/// to the question.
fn suggest(names: &Names, unknown: &mut [String], question: &str) -> Vec<String> {
    let mut best: Option<(f64, usize)> = None;
    for (at, name) in unknown.iter().enumerate() {
        let likeness = names.likeness(&normal::key(name));
        if name.chars().count() >= 2 && best.is_none_or(|(most, _)| likeness > most) {
            best = Some((likeness, at));
        }
    }
    if let Some((_, at)) = best {
        unknown.swap(0, at);
    }
    names.nearest(&normal::key(unknown.first().map_or(question, String::as_str)), SUGGESTIONS)
}
