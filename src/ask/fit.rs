//! Whether answers are of the sort and number that a question asks for. What sentences tell near its words may be all true and yet
//! not what is asked; such answers are none.

use super::answer::{Answer, difference};
use super::climb::level_asked;
use super::clue::{self, clues};
use super::gazetteer::Level;
use super::normal;
use super::number;
use super::passage::Wish;
use super::plan::{Plan, Tell};
use super::tag::Tagged;
use super::words::Words;
use crate::message::Lang;

/// Most things of which a question says how many there are and all are told.
const MOST_COUNTED: usize = 10;

/// In the name of a figure, or in a question: it is a rate or share.
const RATES: [char; 4] = ['率', '比', '占', '份'];

/// What a question expects of its answers.
#[derive(Debug, Clone, Default)]
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
    /// It asks for how much of something there is, as against how much it grew or which share it is.
    much: bool,
    /// It asks for what these two make together.
    pub both: Option<[String; 2]>,
    /// It asks for a place of that size.
    pub level: Option<Level>,
}

impl Fit {
    /// Reads a question.
    pub fn read(tagged: &Tagged, wish: Option<&Wish>, words: &Words) -> Self {
        // 至少多少 asks for no difference.
        let text = &tagged.text.replace("至少", "");
        let rates = words.has("growing", text) || text.contains(RATES);
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
            much: text.contains("多少") && !rates,
            both: tagged.joined_names().filter(|_| words.has("total", text)),
            level: level_asked(text),
        }
    }

    /// The answers that any reading found, as far as they fit: two values of one unit become their difference where that is asked
    /// for, and are no answer by themselves.
    pub fn values(&self, plan: &Plan, answers: Vec<Answer>, lang: Lang) -> Vec<Answer> {
        let told_apart = matches!(plan, Plan::Pair(_) | Plan::Apart(_));
        let growth = |answer: &Answer| {
            answer.unit.as_deref() == Some("%") && !answer.about.as_ref().is_some_and(|about| about.contains(RATES))
        };
        let mut answers = answers;
        answers.retain(|answer| !(self.much && growth(answer)));
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
        let half =
            values == 1 && self.both.as_ref().is_some_and(|both| !answers.iter().any(|answer| tells(answer, both)));
        if several || miscounted || single || unclear || half { Vec::new() } else { answers }
    }
}

/// True for a sum of several, or for what a sentence tells of both.
fn tells(answer: &Answer, both: &[String; 2]) -> bool {
    let quotes = answer.evidence.iter().map(|quote| normal::fold(&quote.quote));
    let parts = answer.about.as_ref().is_some_and(|about| about.contains('、') || about.contains(" + "));
    parts || quotes.into_iter().any(|quote| both.iter().all(|name| quote.contains(name.as_str())))
}
