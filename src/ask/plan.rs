//! What a question asks, told without SPARQL.

mod shown;

use oxigraph::model::{Literal, NamedNode};
use rust_decimal::Decimal;

use super::passage::Wanted;
use super::period::PeriodWish;
use crate::model::{EntityKind, Predicate, Status};

/// The kinds of money that are invested; whole sums before planned ones and those already spent.
pub const INVESTED: [Predicate; 3] =
    [Predicate::TotalInvestment, Predicate::PlannedInvestment, Predicate::CompletedInvestment];

/// What is to be looked up.
#[derive(Debug, Clone, PartialEq)]
pub enum Plan {
    /// Things of a kind on which all filters hold.
    List(ListPlan),
    /// What stands at the other end of a property of things.
    Values(ValuePlan),
    /// Figures about things.
    Figures(FigurePlan),
    /// A sum over things.
    Sum(SumPlan),
    /// Two things side by side.
    Pair(PairPlan),
    /// What is reached by a chain of properties.
    Hops(HopPlan),
    /// How two things are joined.
    Path(PathPlan),
    /// What documents say of a counted set of things.
    Group(GroupPlan),
    /// Things of several kinds, one list after the other.
    Lists(Vec<ListPlan>),
    /// The things to which most others are joined.
    Most(MostPlan),
    /// What is told in sentences that say what the question says.
    Passage(PassagePlan),
    /// How far what two sets of sentences tell lies apart.
    Apart(Box<[PassagePlan; 2]>),
}

/// What is told in sentences that say what the question says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PassagePlan {
    /// The sentences, best first.
    pub sentences: Vec<NamedNode>,
    /// The sentences that follow those, looked at where they themselves do not answer.
    pub following: Vec<NamedNode>,
    /// What is asked for, in order.
    pub wanted: Vec<Wanted>,
    /// Things that the question names, which are no answer to it.
    pub but: Vec<NamedNode>,
    /// Pairs of characters of the question's own words with what each counts, by which facts of one sentence are told
    /// apart; words that mean the same stand together.
    pub words: Vec<(Vec<String>, f64)>,
    /// The time of which the question speaks.
    pub period: Option<PeriodWish>,
    /// How many there are, where the question says so.
    pub count: Option<usize>,
    /// True where only the sum of a counted set is meant.
    pub of_sets: bool,
    /// True where the question asks how many were added.
    pub added: bool,
    /// The currency in which a sum is asked for, ISO 4217.
    pub currency: Option<&'static str>,
    /// The stages of which the question speaks.
    pub stages: Vec<Status>,
    /// Words for the one stage of a building site of which it speaks: 一期.
    pub phase: Vec<String>,
}

/// The things to which most others are joined.
#[derive(Debug, Clone, PartialEq)]
pub struct MostPlan {
    /// Kind of the answers.
    pub kind: EntityKind,
    /// What is counted.
    pub counted: EntityKind,
    /// Only what is here or joined to these counts; empty for anywhere.
    pub within: Vec<NamedNode>,
    /// The property from what is counted to an answer; a place has what lies in its parts as well.
    pub by: Predicate,
    /// True where the fewest are asked for.
    pub least: bool,
    /// How many answers.
    pub count: usize,
}

/// Where a plan begins.
#[derive(Debug, Clone, PartialEq)]
pub enum Start {
    /// These things: one under several identities.
    Things(Vec<NamedNode>),
    /// Whatever a description fits.
    Listed(ListPlan),
}

/// A sum over things, one for each currency; each thing counts once.
#[derive(Debug, Clone, PartialEq)]
pub struct SumPlan {
    /// Over which things.
    pub over: Vec<Start>,
    /// Which sums: never two kinds of money in one.
    pub by: Predicate,
    /// True where their mean is asked for.
    pub mean: bool,
}

/// Two things side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct PairPlan {
    /// The two things, each under several identities.
    pub things: [Vec<NamedNode>; 2],
    /// What is looked at.
    pub measure: Measure,
    /// True where the difference is asked for, else which has more.
    pub difference: bool,
    /// True where the one with less is asked for.
    pub least: bool,
    /// True where figures of two times are set side by side.
    pub across: bool,
}

/// What two things are compared by.
#[derive(Debug, Clone, PartialEq)]
pub enum Measure {
    /// A sum of money; properties in the order in which they answer.
    Money(Vec<Predicate>),
    /// Figures, as a plan for each of the two.
    Figures(Box<[FigurePlan; 2]>),
}

/// One property on the way from one thing to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hop {
    /// The property.
    pub by: Predicate,
    /// True where the way leads from the object to the subject.
    pub inverse: bool,
}

/// What is reached by a chain of properties.
#[derive(Debug, Clone, PartialEq)]
pub struct HopPlan {
    /// Where it begins.
    pub start: Start,
    /// The properties in order.
    pub hops: Vec<Hop>,
    /// Only things of this kind are answers.
    pub kind: Option<EntityKind>,
    /// Things of the question, which are no answer to it.
    pub but: Vec<NamedNode>,
}

/// How two things are joined.
#[derive(Debug, Clone, PartialEq)]
pub struct PathPlan {
    /// One thing under its identities.
    pub from: Vec<NamedNode>,
    /// The other.
    pub to: Vec<NamedNode>,
}

/// What documents say of a counted set of things.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupPlan {
    /// The sets, best first.
    pub groups: Vec<NamedNode>,
    /// What is asked.
    pub tell: GroupTell,
}

/// What is told of a counted set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupTell {
    /// How many it counts.
    Number,
    /// This sum.
    Sum(Predicate),
    /// What is listed under it.
    Members,
}

/// Things of a kind on which all filters hold.
#[derive(Debug, Clone, PartialEq)]
pub struct ListPlan {
    /// What is listed, `None` for anything. Projects take in parks and bodies that the text presents as projects.
    pub kind: Option<EntityKind>,
    /// All must hold.
    pub filters: Vec<Filter>,
    /// What of them is told.
    pub tell: Tell,
}

/// What is told of the things of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tell {
    /// All of them.
    All,
    /// Their number.
    Number,
    /// So many of those with the largest sums.
    Largest(usize),
    /// So many of those with the smallest sums.
    Smallest(usize),
    /// The one at that place, counted from 1, of those with the largest sums.
    LargestAt(usize),
    /// The one at that place of those with the smallest sums.
    SmallestAt(usize),
    /// Whether there is one.
    Whether,
}

impl Tell {
    /// Which places of a ranking are told, from the first, counted from 0, to the one past the last, and whether the largest
    /// comes first; `None` where nothing is ranked.
    pub fn places(self) -> Option<(usize, usize, bool)> {
        match self {
            Self::Largest(count) => Some((0, count, true)),
            Self::Smallest(count) => Some((0, count, false)),
            Self::LargestAt(place) => Some((place.saturating_sub(1), place, true)),
            Self::SmallestAt(place) => Some((place.saturating_sub(1), place, false)),
            Self::All | Self::Number | Self::Whether => None,
        }
    }
}

/// A condition on a listed thing.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// It has to do with a field.
    Topic(Topic),
    /// It is joined to one of `things` by one of the properties.
    Joined {
        /// The properties, as `property(s, o)`.
        by: Vec<Predicate>,
        /// True where the listed thing is the subject, false where it is the object.
        forward: bool,
        /// The things at the other end.
        things: Vec<NamedNode>,
    },
    /// It lies in one of these parks or places, or in something that lies there.
    Within(Vec<NamedNode>),
    /// It is one of these.
    Is(Vec<NamedNode>),
    /// A sum invested in it is within bounds.
    Money {
        /// Lower bound, included.
        least: Option<Decimal>,
        /// Upper bound, included.
        most: Option<Decimal>,
        /// ISO 4217 code.
        currency: String,
    },
    /// It has reached this stage.
    Stage(Status),
    /// It is told to be at an earlier stage and not to have reached this one.
    NotYet(Status),
    /// It is none of these.
    But(Vec<NamedNode>),
    /// It holds one of these honours.
    Holds(Vec<Literal>),
    /// A document whose date begins like one of these says another condition of it: `2023`, `2023-01`.
    During(Vec<String>),
    /// One of these holds.
    Any(Vec<Filter>),
}

/// How a thing may have to do with a field, nearest first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Topic {
    /// The term of the question.
    pub term: String,
    /// The fields of that name.
    pub fields: Vec<NamedNode>,
    /// Things whose own name contains the term.
    pub named: Vec<NamedNode>,
    /// Fields that the graph puts under those, or whose name contains the term.
    pub narrower: Vec<NamedNode>,
    /// Fields that only a gazetteer puts under them.
    pub remote: Vec<NamedNode>,
    /// Parks named after the field.
    pub parks: Vec<NamedNode>,
}

impl Filter {
    /// Every sum in a currency: what things are ranked by.
    pub fn any_sum(currency: Option<&str>) -> Self {
        Self::Money { least: None, most: None, currency: currency.unwrap_or("CNY").to_owned() }
    }
}

/// In which way an answer has to do with the field asked for; smaller is nearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// It is stated to work in the field.
    Stated = 1,
    /// Its name contains the term.
    Named = 2,
    /// It lies in a park of that field.
    Park = 3,
    /// It is stated to work in a narrower field.
    Narrower = 4,
    /// It is stated to work in a field that a gazetteer puts somewhere under the one asked for.
    Remote = 5,
}

impl Way {
    /// The way with that number.
    pub fn from_number(number: u32) -> Option<Self> {
        [Self::Stated, Self::Named, Self::Park, Self::Narrower, Self::Remote]
            .into_iter()
            .find(|way| *way as u32 == number)
    }
}

/// What stands at the other end of a property of things.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ValuePlan {
    /// The things asked about: one thing under several identities.
    pub things: Vec<NamedNode>,
    /// The properties asked for.
    pub by: Vec<Predicate>,
    /// Properties that answer where those say nothing.
    pub otherwise: Vec<Predicate>,
    /// True where the property reads both ways.
    pub symmetric: bool,
    /// True where it is read from object to subject.
    pub inverse: bool,
    /// Only values of this kind.
    pub kind: Option<EntityKind>,
    /// Things that are no answer.
    pub but: Vec<NamedNode>,
    /// True where each answer is told with its property.
    pub wide: bool,
    /// Of texts that name a year only those of this one, if there are any.
    pub year: Option<u16>,
}

/// Figures about things.
#[derive(Debug, Clone, PartialEq)]
pub struct FigurePlan {
    /// What they are about; empty for anything.
    pub subjects: Vec<NamedNode>,
    /// The indicators, as the graph writes them.
    pub indicators: Vec<Literal>,
    /// The periods, as the graph writes them; `None` for any.
    pub periods: Option<Vec<Literal>>,
    /// True where only the latest of several periods is asked for.
    pub latest: bool,
    /// True where growth is asked for.
    pub growth: bool,
    /// True where growth is asked for besides the figure.
    pub growth_too: bool,
    /// True where an aim is asked for, as against a result.
    pub target: bool,
    /// True where aims and results are asked for side by side.
    pub both: bool,
    /// Only the largest (or smallest) figures, so many of them, of subjects of that kind.
    pub rank: Option<Rank>,
}

/// Which of several figures are answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rank {
    /// Kind of the subjects.
    pub kind: Option<EntityKind>,
    /// True for the smallest.
    pub least: bool,
    /// How many.
    pub count: usize,
}
