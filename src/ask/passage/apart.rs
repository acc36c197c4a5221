//! Questions for how much one described sum or figure differs from another: 开工的总投资比竣工的多出多少.

use super::search::Question;
use super::{Fault, Wanted, Wish, plan_of};
use crate::ask::clue::{clues, has};
use crate::ask::names::Names;
use crate::ask::plan::{PassagePlan, Plan};
use crate::ask::tag::Tagged;
use crate::ask::words::Words;
use crate::store::Store;

/// Most characters between the two.
const CLOSE: usize = 3;

/// The plan of a question for such a difference.
///
/// # Errors
/// If the store cannot be read.
pub fn apart(store: &Store, names: &Names, tagged: &Tagged, words: &Words) -> Result<Option<Plan>, Fault> {
    let text = &tagged.text;
    let Some((left, rest)) = clues().than.iter().find_map(|word| text.split_once(word.as_str())) else {
        return Ok(None);
    };
    let close = |behind: &str| {
        let near: String = behind.chars().take(CLOSE + 2).collect();
        has(&clues().asks, &near)
    };
    let ends = |word: &String| {
        rest.match_indices(word.as_str()).find(|(at, _)| close(&rest[at + word.len()..])).map(|(at, _)| at)
    };
    let Some(end) = clues().differs.iter().filter_map(ends).min() else { return Ok(None) };
    let right = &rest[..end];
    let measure = clues().measures.iter().find(|word| left.contains(word.as_str()) && !has(&clues().measures, right));
    let sides = [format!("{left}是多少"), format!("{right}{}是多少", measure.map_or("", String::as_str))];
    let mut plans: Vec<PassagePlan> = Vec::new();
    for side in &sides {
        let Some(wish) = Wish::read(&tagged.part(side), words) else { return Ok(None) };
        if !matches!(wish.wanted[..], [Wanted::Sums(_) | Wanted::Money | Wanted::Figure]) {
            return Ok(None);
        }
        let sentences = names.sentences(store)?;
        let question = Question::new(&wish, names, words, sentences);
        let found = question.best(sentences);
        if found.is_empty() {
            return Ok(None);
        }
        plans.push(plan_of(&wish, &question, &found));
    }
    let both: Option<[PassagePlan; 2]> = plans.try_into().ok();
    Ok(both.map(|both| Plan::Apart(Box::new(both))))
}
