//! Questions for how much one described sum or figure differs from another: 开工的总投资比竣工的多出多少.

use super::search::Question;
use super::{Fault, Wanted, Wish, plan_of};
use crate::ask::names::Names;
use crate::ask::plan::{PassagePlan, Plan};
use crate::ask::tag::Tagged;
use crate::ask::words::Words;
use crate::store::Store;

/// What stands between the two.
const THAN: [&str; 3] = ["相比", "比", "较"];
/// Where the description of the second ends: a word for the difference, with a question for it close behind.
const MORE: [&str; 10] = ["多出", "高出", "少了", "多了", "增加", "减少", "多", "高", "少", "低"];
const ASKS: [&str; 2] = ["多少", "几"];
/// Most characters between the two.
const CLOSE: usize = 3;
/// Words for sums, which the second description need not repeat.
const MEASURES: [&str; 5] = ["总投资", "投资总额", "投资额", "投资", "金额"];

/// The plan of a question for such a difference.
///
/// # Errors
/// If the store cannot be read.
pub fn apart(store: &Store, names: &Names, tagged: &Tagged, words: &Words) -> Result<Option<Plan>, Fault> {
    let text = &tagged.text;
    let Some((left, rest)) = THAN.iter().find_map(|word| text.split_once(word)) else { return Ok(None) };
    let close = |behind: &str| {
        let near: String = behind.chars().take(CLOSE + 2).collect();
        ASKS.iter().any(|word| near.contains(word))
    };
    let ends = |word: &str| rest.match_indices(word).find(|(at, _)| close(&rest[at + word.len()..])).map(|(at, _)| at);
    let Some(end) = MORE.iter().filter_map(|word| ends(word)).min() else { return Ok(None) };
    let right = &rest[..end];
    let measure = MEASURES.iter().find(|word| left.contains(**word) && !MEASURES.iter().any(|own| right.contains(own)));
    let sides = [format!("{left}是多少"), format!("{right}{}是多少", measure.unwrap_or(&""))];
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
