//! The last reading of a question, by the sentences that say its words: where no pattern and no description leads to an
//! answer, those sentences are looked up that hold nearly all the question says, and what it asks for is taken from the
//! facts told there.
//!
//! question → [`wish`] → [`search`] among [`sentences`] → a plan over sentences.

mod apart;
mod common;
mod document;
mod found;
mod home;
mod invested;
mod lines;
mod said;
mod search;
mod sentences;
mod steps;
mod tokens;
mod wish;

use oxigraph::model::NamedNode;

use super::answer::{self, Failure as Fault};
use super::names::Names;
use super::plan::{Filter, ListPlan, PassagePlan, Plan, Start, SumPlan, Tell};
use super::words::Words;
use crate::message::Lang;
use crate::model::EntityKind;
use crate::store::Store;
pub use apart::apart;
pub use common::words as common_words;
use found::Passage;
pub use invested::{currency_of, kinds_of_money};
use search::Question;
pub use sentences::Sentences;
pub use steps::two_steps;
pub use wish::{Part, Wanted, Wish};

/// The plans by the sentences that say what the question says; none where no sentence says nearly all of it.
///
/// # Errors
/// If the store cannot be read.
pub fn plans(store: &Store, names: &Names, words: &Words, wish: &Wish) -> Result<Vec<Plan>, Fault> {
    let sentences = names.sentences(store)?;
    let question = Question::new(wish, names, words, sentences);
    let found = question.best(sentences);
    if found.is_empty() || wish.wanted == [Wanted::Whether] && !found[0].is_sure() {
        return Ok(Vec::new());
    }
    let plan = plan_of(wish, &question, &found);
    if let (true, [Wanted::Sums(by)]) = (wish.total, &wish.wanted[..]) {
        // What a document sums up itself goes before what can be added up.
        let wanted = vec![Wanted::Things(vec![EntityKind::Project, EntityKind::Park])];
        let things = things_of(store, names, PassagePlan { wanted, ..plan.clone() })?;
        let over =
            vec![Start::Listed(ListPlan { kind: None, filters: vec![Filter::Is(things.clone())], tell: Tell::All })];
        let added = (things.len() > 1).then_some(Plan::Sum(SumPlan { over, by: by[0], mean: false }));
        return Ok(std::iter::once(Plan::Passage(plan)).chain(added).collect());
    }
    if let (Some((least, count)), [Wanted::Things(_)]) = (wish.extreme, &wish.wanted[..]) {
        let things = things_of(store, names, plan)?;
        if things.is_empty() {
            return Ok(Vec::new());
        }
        let whole = Filter::any_sum(wish.currency);
        let tell = if least { Tell::Smallest(count) } else { Tell::Largest(count) };
        return Ok(vec![Plan::List(ListPlan { kind: None, filters: vec![Filter::Is(things), whole], tell })]);
    }
    Ok(vec![Plan::Passage(plan)])
}

/// The plan over these sentences.
fn plan_of(wish: &Wish, question: &Question<'_>, found: &[Passage]) -> PassagePlan {
    PassagePlan {
        sentences: found.iter().map(|passage| passage.node()).collect(),
        following: found.iter().filter_map(|passage| passage.following()).collect(),
        wanted: wish.wanted.clone(),
        but: question.things(),
        words: question.pairs(),
        period: wish.period,
        count: wish.count,
        of_sets: wish.total,
        added: wish.added,
        currency: wish.currency,
        stages: wish.stages.clone(),
        phase: wish.phase.clone(),
    }
}

/// The things that a plan over sentences answers with.
///
/// # Errors
/// If the store cannot be read.
pub fn things_of(store: &Store, names: &Names, plan: PassagePlan) -> Result<Vec<NamedNode>, Fault> {
    let answers = answer::answers(store, names, &Plan::Passage(PassagePlan { count: None, ..plan }), Lang::Zh)?.answers;
    Ok(answers.into_iter().filter_map(|answer| answer.iri).map(NamedNode::new_unchecked).collect())
}
