//! What a question asks for and what else it says, told by its words alone.

use super::common;
use super::invested::{currency_of, money_asked, phase};
use super::tokens::{Asks, Class, Token, tokens};
use crate::ask::clue::{self, clues};
use crate::ask::names::ThingId;
use crate::ask::period::PeriodWish;
use crate::ask::plan::INVESTED;
use crate::ask::tag::{Tag, Tagged};
use crate::ask::words::Words;
use crate::model::{EntityKind, Predicate, Status};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// Things of these kinds.
    Things(Vec<EntityKind>),
    /// Honours.
    Titles,
    /// Sums of these kinds of money.
    Sums(Vec<Predicate>),
    /// A sum of money of whatever kind: a grant, a prize.
    Money,
    /// A number of things, of this kind where it is told.
    Number(Option<EntityKind>),
    /// A figure.
    Figure,
    /// How much a figure grew.
    Growth,
    /// Which share of another a figure is.
    Share,
    /// The figure that bears one of these names, and, if true, how much it grew instead.
    Named(Vec<String>, bool),
    /// Whether it is so.
    Whether,
}

/// A part of what a question says.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// A word of no known class, and whether it names something, as against a verb or what goes with one.
    Word(String, bool),
    /// One of several words that mean the same here.
    OneOf(Vec<String>),
    /// One of several names of a figure.
    Figure(Vec<String>),
    /// A name as asked, with the things that bear it.
    Name(String, Vec<ThingId>),
}

/// A question by its words.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Wish {
    /// What is asked for; several where it asks for two values at once.
    pub wanted: Vec<Wanted>,
    /// What it says, in order.
    pub parts: Vec<Part>,
    /// The words for the kinds asked for: 办法, 细则.
    pub kind_words: Vec<String>,
    /// The time of which it speaks.
    pub period: Option<PeriodWish>,
    /// How many there are, where it says so: 哪三个, 5个项目.
    pub count: Option<usize>,
    /// The stages of which it speaks.
    pub stages: Vec<Status>,
    /// True where it speaks of a sum of money between bounds.
    pub bounded: bool,
    /// True where most of it is English, with some Chinese or with terms whose Chinese is known.
    pub english: bool,
    /// True where sums are to be added up.
    pub total: bool,
    /// The currency in which it asks for a sum, ISO 4217.
    pub currency: Option<&'static str>,
    /// True where it asks how many were added.
    pub added: bool,
    /// Words for the one stage of a building site of which it speaks: 一期.
    pub phase: Vec<String>,
    /// Only so many with the largest sums are asked for; true for the smallest.
    pub extreme: Option<(bool, usize)>,
}

impl Wish {
    /// Its words in runs without gaps: each word with whether it names something.
    pub fn runs(&self) -> Vec<Vec<(&str, bool)>> {
        let mut runs: Vec<Vec<(&str, bool)>> = vec![Vec::new()];
        for part in &self.parts {
            match part {
                Part::Word(word, names) if !word.trim().is_empty() => {
                    if let Some(run) = runs.last_mut() {
                        run.push((word, *names));
                    }
                }
                _ => runs.push(Vec::new()),
            }
        }
        runs.retain(|run| !run.is_empty());
        runs
    }

    /// True where it asks for one sum, of whatever kind of money.
    pub fn asks_one_sum(&self) -> bool {
        let all = |by: &Vec<Predicate>| by.len() == 1 || by.len() == INVESTED.len();
        matches!(&self.wanted[..], [Wanted::Sums(by)] if all(by))
    }

    /// Reads a question; `None` where it does not tell what it asks for, says nothing else, compares two things, or sets bounds
    /// to a sum, which sentences by themselves do not keep.
    pub fn read(tagged: &Tagged, known: &Words) -> Option<Self> {
        // Times and reasons are no facts of the graph.
        if known.lists.get("untold").into_iter().flatten().any(|word| tagged.text.contains(word.as_str())) {
            return None;
        }
        if compares(&tagged.text) || chooses(tagged) {
            return None;
        }
        let tokens = tokens(tagged, known);
        let (asked, told) = asked_kinds(&tokens);
        let letters = tagged.text.chars().filter(char::is_ascii_alphabetic).count();
        let chinese = tagged.text.chars().filter(|c| !c.is_ascii()).count();
        let mut wish = Self { english: letters > chinese && (chinese > 0 || tagged.has_names()), ..Self::default() };
        let number = tokens.iter().any(|token| token.class == Class::Asks(Asks::Many));
        for (at, token) in tokens.iter().enumerate() {
            match token.class {
                Class::Find => {
                    let tag = token.text.chars().next().and_then(|mark| tagged.find(mark));
                    tag.into_iter().for_each(|tag| wish.take(tag, tagged.surface(&token.text), known));
                }
                Class::Text | Class::Title => wish.say(&token.text),
                Class::Kind(_) if !asked.contains(&at) || number => wish.say(&token.text),
                Class::Kind(_) => {
                    wish.kind_words.push(token.text.clone());
                    wish.pause();
                }
                Class::Alike(list) => wish.parts.push(Part::OneOf(known.lists.get(list).cloned().unwrap_or_default())),
                Class::Stage(stage) => {
                    wish.stages.push(stage);
                    wish.parts.push(Part::OneOf(stage_words(known, stage)));
                }
                Class::Figure(at) => wish.parts.push(Part::Figure(known.figures[at].clone())),
                Class::Counted(number) => wish.count = Some(number),
                Class::Extreme(least) => wish.extreme = Some((least, 1)),
                _ => wish.pause(),
            }
        }
        if let Some((_, count)) = &mut wish.extreme {
            *count = wish.count.unwrap_or(1);
        }
        wish.wanted = wanted(&tokens, &asked, told, &tagged.text);
        wish.ask_each_figure();
        wish.currency = currency_of(&tagged.text);
        wish.phase = phase(&tagged.text);
        wish.added = ["增", "添", "新"].iter().any(|word| tagged.text.contains(word));
        wish.total = known.lists.get("total").into_iter().flatten().any(|word| tagged.text.contains(word.as_str()));
        // Bounds of a sum are not kept by what sentences name.
        let bounds = ["over", "under", "above", "below"].iter().filter_map(|list| known.lists.get(*list)).flatten();
        let mut bounds = bounds.filter(|word| word.chars().count() > 1);
        let lost = wish.bounded
            && matches!(wish.wanted[..], [Wanted::Things(_)])
            && bounds.any(|word| tagged.text.contains(word.as_str()));
        let says = wish.parts.iter().any(|part| !matches!(part, Part::OneOf(_)));
        (says && !lost && !wish.wanted.is_empty()).then_some(wish)
    }

    /// GDP、固投各是多少 asks for several figures.
    fn ask_each_figure(&mut self) {
        let named = |part: &Part| if let Part::Figure(names) = part { Some(names.clone()) } else { None };
        let figures: Vec<Vec<String>> = self.parts.iter().filter_map(named).collect();
        let grows = self.wanted == [Wanted::Growth];
        if figures.len() > 1 && (grows || self.wanted == [Wanted::Figure]) {
            self.wanted = figures.into_iter().map(|names| Wanted::Named(names, grows)).collect();
        }
    }

    /// Takes in words of no known class.
    fn say(&mut self, text: &str) {
        for (word, names) in common::words(text) {
            // Beside Chinese, English only says what that says.
            if !(self.english && word.is_ascii()) {
                self.parts.push(Part::Word(word, names));
            }
        }
    }

    /// Ends a run of words.
    fn pause(&mut self) {
        self.parts.push(Part::Word(" ".to_owned(), false));
    }

    fn take(&mut self, tag: &Tag, surface: String, known: &Words) {
        match tag {
            Tag::Amount(_) => {
                self.bounded = true;
                self.pause();
                self.say(&surface);
                self.pause();
            }
            Tag::Period(wish) => self.period = self.period.or(Some(*wish)),
            Tag::Name(key, things) if things.is_empty() && known.figures.iter().flatten().any(|name| name == key) => {
                self.parts.push(Part::Figure(known.figure_names(key)));
            }
            // What sentences hold is the Chinese for it.
            Tag::Name(key, things) if surface.is_ascii() => self.parts.push(Part::Name(key.clone(), things.clone())),
            Tag::Name(_, things) => self.parts.push(Part::Name(surface, things.clone())),
            Tag::Title(_) => self.say(&surface),
        }
    }
}

/// True for 甲和乙哪个大: sentences that say something of one of the two do not answer it.
fn compares(text: &str) -> bool {
    let bare = text.trim_end_matches(['?', '。', '!']);
    let joined = ["和", "与", "跟", "还是", "比"].iter().any(|word| text.contains(word));
    let asks = ["哪个", "哪边", "谁"].iter().any(|word| text.contains(word));
    let last: Vec<char> = bare.chars().rev().take(2).collect();
    let weighs = matches!(last[..], [c, before, ..] if "大多高小少低".contains(c) && !"最多".contains(before));
    joined && asks && weighs
}

/// True for 甲和乙哪个在丙: a third thing answers it as little.
fn chooses(tagged: &Tagged) -> bool {
    let asks = clue::has(&clues().one_of, &tagged.text) || tagged.text.contains('谁');
    asks && tagged.joined_names().is_some()
}

fn stage_words(words: &Words, stage: Status) -> Vec<String> {
    words.stages.iter().filter(|(other, _)| *other == stage).flat_map(|(_, list)| list.clone()).collect()
}

/// Most characters between a word that asks and the kind behind it.
const BETWEEN: usize = 6;

/// How many characters of words stand in some tokens; more than any bound where another word asks or tells a sum.
fn apart(tokens: &[Token]) -> usize {
    let length = |token: &Token| match token.class {
        Class::Silent | Class::Counted(_) | Class::Kind(_) => 0,
        Class::Asks(_) | Class::Money | Class::Alike(_) | Class::Stage(_) => BETWEEN + 1,
        _ => token.text.chars().count(),
    };
    let comma = tokens.iter().any(|token| token.text.starts_with([',', '。', ';']));
    tokens.iter().map(length).sum::<usize>() + if comma { BETWEEN + 1 } else { 0 }
}

/// Places of the tokens that name the kind asked for: those beside a word that asks and those joined to them; where there
/// are none, the last. With whether there is a word that asks beside them.
fn asked_kinds(tokens: &[Token]) -> (Vec<usize>, bool) {
    let kind = |at: &usize| matches!(tokens[*at].class, Class::Kind(_));
    let kinds: Vec<usize> = (0..tokens.len()).filter(kind).collect();
    let asks = |token: &Token| matches!(token.class, Class::Asks(Asks::Which | Asks::Many));
    let mut asked: Vec<usize> = Vec::new();
    for place in (0..tokens.len()).filter(|at| asks(&tokens[*at])) {
        // 哪些国家级孵化器: words may stand between; 项目有哪些: before it none may.
        // 哪些产业方面的办法: the last kind of one phrase is meant.
        let behind = kinds.iter().copied().rfind(|at| *at > place && apart(&tokens[place + 1..*at]) <= BETWEEN);
        let before = kinds.iter().copied().rfind(|at| *at < place && apart(&tokens[*at + 1..place]) == 0);
        asked.extend(behind.or(before));
    }
    let told = !asked.is_empty();
    if !told {
        asked.extend(kinds.last());
    }
    // 办法、细则和措施: what is joined to one that is asked for is asked for too.
    for pair in kinds.windows(2).rev() {
        let joined = tokens[pair[0] + 1..pair[1]].iter().all(|token| token.class == Class::Silent);
        if joined && (asked.contains(&pair[1]) || asked.contains(&pair[0])) {
            asked.extend_from_slice(pair);
        }
    }
    asked.sort_unstable();
    asked.dedup();
    (asked, told)
}

fn wanted(tokens: &[Token], asked: &[usize], told: bool, text: &str) -> Vec<Wanted> {
    let has = |asks: Asks| tokens.iter().any(|token| token.class == Class::Asks(asks));
    let times = tokens.iter().filter(|token| token.class == Class::Asks(Asks::Much)).count();
    let growing = tokens.iter().any(|token| token.class == Class::Growing);
    // 投了多少, 签了多少钱
    let said: Vec<&Token> = tokens.iter().filter(|token| token.class != Class::Silent).collect();
    let pays = |pair: &[&Token]| {
        let verb = matches!(pair[0].class, Class::Alike("invests" | "placed") | Class::Stage(_));
        let sum = matches!(pair[0].class, Class::Alike(_)) || pair[1].text.ends_with(['钱', '元', '亿', '万']);
        verb && sum && pair[1].class == Class::Asks(Asks::Much)
    };
    let money = tokens.iter().any(|token| token.class == Class::Money) || said.windows(2).any(pays);
    let mut kinds: Vec<EntityKind> = Vec::new();
    for &at in asked {
        if let Class::Kind(kind) = tokens[at].class
            && !kinds.contains(&kind)
        {
            kinds.push(kind);
        }
    }
    let honours = has_honours(tokens);
    let extreme = tokens.iter().any(|token| matches!(token.class, Class::Extreme(_)));
    if clue::has(&clues().shares, text) && kinds.is_empty() | has(Asks::Much) {
        return vec![Wanted::Share];
    }
    if extreme && !kinds.is_empty() {
        return vec![Wanted::Things(kinds)];
    }
    // 完成了多少?增速呢
    let much = tokens.iter().position(|token| token.class == Class::Asks(Asks::Much));
    let also_grows = much.is_some_and(|at| tokens[at..].iter().any(|token| token.class == Class::Growing));
    if has(Asks::Much) {
        let mut values = match (money, growing) {
            (true, false) if times > 1 => vec![Wanted::Sums(money_asked(text)), Wanted::Figure],
            (true, _) => vec![Wanted::Sums(money_asked(text))],
            (false, true) if times < 2 && !also_grows => Vec::new(),
            _ if of_money(tokens) => vec![Wanted::Money],
            _ => vec![Wanted::Figure],
        };
        if growing {
            values.push(Wanted::Growth);
        }
        if money && has(Asks::Many) {
            values.insert(0, Wanted::Number(kinds.first().copied()));
        }
        return values;
    }
    if has(Asks::Many) {
        return vec![Wanted::Number(kinds.first().copied())];
    }
    if has(Asks::Trade) {
        return vec![Wanted::Things(vec![EntityKind::Industry])];
    }
    if has(Asks::Who) {
        return vec![Wanted::Things(vec![EntityKind::Enterprise, EntityKind::Organization])];
    }
    if has(Asks::Where) {
        return vec![Wanted::Things(vec![EntityKind::Park, EntityKind::Place])];
    }
    if has(Asks::Which) {
        return match (honours, kinds.is_empty() || !told) {
            (true, true) => vec![Wanted::Titles],
            (_, false) => vec![Wanted::Things(kinds)],
            (false, true) => {
                let told = after_which(tokens).or((!kinds.is_empty()).then_some(Wanted::Things(kinds)));
                vec![told.unwrap_or_else(|| of_any_kind(tokens))]
            }
        };
    }
    if has(Asks::Whether) || clues().doubt.iter().any(|word| text.ends_with(word.as_str())) {
        return vec![Wanted::Whether];
    }
    let ends_in_money = said.last().is_some_and(|token| token.class == Class::Money);
    match (kinds.is_empty(), money, growing) {
        (false, ..) if ends_in_money => vec![Wanted::Sums(money_asked(text))],
        (false, ..) => vec![Wanted::Things(kinds)],
        (true, true, _) => vec![Wanted::Sums(money_asked(text))],
        (true, false, true) => vec![Wanted::Growth],
        (true, false, false) => vec![Wanted::Figure],
    }
}

/// True where a question asks for money and names no figure: 奖多少钱.
fn of_money(tokens: &[Token]) -> bool {
    let asks = |token: &Token| token.class == Class::Asks(Asks::Much) && token.text.ends_with(['钱', '元', '亿', '万']);
    tokens.iter().any(asks) && !tokens.iter().any(|token| matches!(token.class, Class::Figure(_)))
}

/// What a question asks for that tells no kind: 建的是什么, 龙头有哪些.
fn of_any_kind(tokens: &[Token]) -> Wanted {
    use EntityKind::{Enterprise, Organization, Park, Policy, Project};
    // 出台了什么 asks for policies, 谁出台的 does not.
    let said: Vec<&Token> = tokens.iter().filter(|token| token.class != Class::Silent).collect();
    let issues = said
        .windows(2)
        .any(|pair| pair[0].class == Class::Alike("issues") && pair[1].class == Class::Asks(Asks::Which));
    let leads = tokens.iter().any(|token| clue::has(&clues().leaders, &token.text));
    let builds = tokens.iter().any(|token| matches!(token.class, Class::Alike("invests" | "placed") | Class::Stage(_)));
    Wanted::Things(match (leads, builds) {
        _ if issues && !builds => vec![Policy],
        (true, _) => vec![Enterprise],
        (_, true) => vec![Project],
        _ => vec![Project, Park, Enterprise, Organization],
    })
}

/// What a bare 哪个园 asks for.
fn after_which(tokens: &[Token]) -> Option<Wanted> {
    let at = tokens.iter().position(|token| token.class == Class::Asks(Asks::Which))?;
    let next = tokens[at + 1..].iter().find(|token| token.class != Class::Silent);
    if next.is_some_and(|token| matches!(token.class, Class::Figure(_)) && token.text.ends_with(['业', '司'])) {
        return Some(Wanted::Things(vec![EntityKind::Enterprise]));
    }
    let first = next.filter(|token| token.class == Class::Text)?.text.chars().next()?;
    match first {
        '园' | '区' => Some(Wanted::Things(vec![EntityKind::Park])),
        '市' | '城' | '县' | '省' => Some(Wanted::Things(vec![EntityKind::Place])),
        _ => None,
    }
}

fn has_honours(tokens: &[Token]) -> bool {
    tokens.iter().any(|token| matches!(token.class, Class::Title | Class::Alike("wins")))
}
