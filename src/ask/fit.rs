//! Whether answers are of the sort and number that a question asks for. What sentences tell near its words may be all true and yet
//! not what is asked; such answers are none.

use super::answer::{Answer, difference};
use super::clue::{self, clues};
use super::number;
use super::passage::Wish;
use super::plan::{Plan, Tell};
use super::words::Words;
use crate::message::Lang;

/// Most things of which a question says how many there are and all are told.
const MOST_COUNTED: usize = 10;

/// What a question expects of its answers.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fit {
    /// It asks how far two values lie apart.
    apart: bool,
    /// It asks for one thing.
    one: bool,
    /// It asks for several values, one for each thing that it names.
    each: bool,
    /// It asks for one sum.
    one_sum: bool,
    /// It asks for so many things.
    count: Option<usize>,
    /// It asks for what so many times or stages make together.
    times: Option<usize>,
}

impl Fit {
    /// Reads a question.
    pub fn read(text: &str, wish: Option<&Wish>, words: &Words) -> Self {
        // 至少多少 asks for no difference.
        let text = &text.replace("至少", "");
        let has = |list: &[String]| clue::has(list, text);
        // 二期 and 第二次 are one of several.
        let times = clues().times.iter().flat_map(|word| text.match_indices(word.as_str())).filter_map(|(at, _)| {
            let mut before = text[..at].chars().rev();
            let digit = before.next()?;
            let counts = digit == '两' || !text[at..].starts_with('期') && before.next() != Some('第');
            let number = number::small(&digit.to_string()).filter(|_| counts)?;
            (number > 1).then_some(number)
        });
        Self {
            apart: has(&clues().differing),
            one: has(&clues().one_of) && !has(&clues().several),
            each: has(&clues().each),
            one_sum: wish.is_some_and(Wish::asks_one_sum) && !has(&clues().several),
            count: wish.and_then(|wish| wish.count).filter(|count| (2..=MOST_COUNTED).contains(count)),
            times: if words.has("total", text) { times.max() } else { None },
        }
    }

    /// The answers that any reading found, as far as they fit: two values of one unit become their difference where that is asked
    /// for, and are no answer by themselves.
    pub fn values(&self, plan: &Plan, answers: Vec<Answer>, lang: Lang) -> Vec<Answer> {
        let told_apart = matches!(plan, Plan::Pair(_) | Plan::Apart(_));
        if !self.apart || told_apart || answers.iter().any(|answer| answer.value.is_none()) {
            return answers;
        }
        match &answers[..] {
            [one, other] => difference(one, other, lang).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// The answers that the words of sentences led to, as far as they fit.
    pub fn told(&self, plan: &Plan, answers: Vec<Answer>, lang: Lang) -> Vec<Answer> {
        let answers = self.values(plan, answers, lang);
        let things = answers.iter().filter(|answer| answer.iri.is_some()).count();
        let ranked = matches!(plan, Plan::List(list) if !matches!(list.tell, Tell::All));
        let several = self.one && things > 1 && !ranked;
        let miscounted = self.count.is_some_and(|count| {
            let bounds = count * 3..=count * 5;
            things > 0 && !ranked && !bounds.contains(&(things * 4))
        });
        let values = answers.len() - things;
        let unclear = self.one_sum && values > 1 && things == 0;
        let single =
            values == 1 && (self.each || self.times.is_some()) && !matches!(plan, Plan::Sum(_) | Plan::Apart(_));
        if several || miscounted || single || unclear { Vec::new() } else { answers }
    }
}
