//! What a question asks, told without SPARQL.

use std::fmt;

use oxigraph::model::{Literal, NamedNode};
use rust_decimal::Decimal;

use crate::model::{EntityKind, Predicate, Status};
use crate::rdf;

/// What is to be looked up.
#[derive(Debug, Clone, PartialEq)]
pub enum Plan {
    /// Things of a kind on which all filters hold.
    List(ListPlan),
    /// What stands at the other end of a property of things.
    Values(ValuePlan),
    /// Figures about things.
    Figures(FigurePlan),
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
    /// Whether there is one.
    Whether,
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
    /// It holds one of these honours.
    Holds(Vec<Literal>),
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
    /// Fields under those, or whose name contains the term.
    pub narrower: Vec<NamedNode>,
    /// Parks named after the field.
    pub parks: Vec<NamedNode>,
}

/// In which way an answer has to do with the field asked for; smaller is nearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// It is stated to work in the field.
    Stated = 1,
    /// Its name contains the term.
    Named = 2,
    /// It is stated to work in a narrower field.
    Narrower = 3,
    /// It lies in a park named after the field.
    Park = 4,
}

impl Way {
    /// The way with that number.
    pub fn from_number(number: u32) -> Option<Self> {
        [Self::Stated, Self::Named, Self::Narrower, Self::Park].into_iter().find(|way| *way as u32 == number)
    }
}

/// What stands at the other end of a property of things.
#[derive(Debug, Clone, PartialEq)]
pub struct ValuePlan {
    /// The things asked about: one thing under several identities.
    pub things: Vec<NamedNode>,
    /// The properties asked for.
    pub by: Vec<Predicate>,
    /// Properties that answer where those say nothing.
    pub otherwise: Vec<Predicate>,
    /// True where the property reads both ways.
    pub symmetric: bool,
    /// Only values of this kind.
    pub kind: Option<EntityKind>,
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
    /// True where growth is asked for.
    pub growth: bool,
    /// True where an aim is asked for, as against a result.
    pub target: bool,
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::List(plan) => {
                let verb = match plan.tell {
                    Tell::All => "list".to_owned(),
                    Tell::Number => "count".to_owned(),
                    Tell::Largest(count) => format!("largest {count}"),
                    Tell::Smallest(count) => format!("smallest {count}"),
                    Tell::Whether => "whether some".to_owned(),
                };
                let kind = plan.kind.map_or("thing", EntityKind::name);
                write!(f, "{verb} {kind} where {}", all(&plan.filters, " and "))
            }
            Self::Values(plan) => write!(f, "{} of {}", predicates(&plan.by), iris(&plan.things)),
            Self::Figures(plan) => {
                let what = if plan.growth { "growth" } else { "value" };
                let subjects = if plan.subjects.is_empty() { "anything".to_owned() } else { iris(&plan.subjects) };
                let periods = plan.periods.as_ref().map_or("any time".to_owned(), |list| texts(list));
                let aim = if plan.target { ", as an aim" } else { "" };
                write!(f, "{what} of {} for {subjects} in {periods}{aim}", texts(&plan.indicators))
            }
        }
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Topic(topic) => write!(f, "topic({})", topic.term),
            Self::Joined { by, forward: true, things } => write!(f, "{}(it, {})", predicates(by), iris(things)),
            Self::Joined { by, forward: false, things } => write!(f, "{}({}, it)", predicates(by), iris(things)),
            Self::Within(places) => write!(f, "within({})", iris(places)),
            Self::Is(things) => write!(f, "is({})", iris(things)),
            Self::Money { least, most, currency } => {
                let bound = |bound: &Option<Decimal>| bound.map_or("…".to_owned(), |sum| sum.to_string());
                write!(f, "investment({} to {} {currency})", bound(least), bound(most))
            }
            Self::Stage(status) => write!(f, "status({})", status.name()),
            Self::Holds(titles) => write!(f, "designation({})", texts(titles)),
            Self::Any(filters) => write!(f, "({})", all(filters, " or ")),
        }
    }
}

fn all(filters: &[Filter], joint: &str) -> String {
    filters.iter().map(ToString::to_string).collect::<Vec<_>>().join(joint)
}

fn iris(nodes: &[NamedNode]) -> String {
    nodes.iter().map(|node| rdf::shorten(node.as_str())).collect::<Vec<_>>().join("|")
}

fn predicates(list: &[Predicate]) -> String {
    list.iter().map(|predicate| predicate.name()).collect::<Vec<_>>().join("|")
}

fn texts(list: &[Literal]) -> String {
    list.iter().map(Literal::value).collect::<Vec<_>>().join("|")
}
