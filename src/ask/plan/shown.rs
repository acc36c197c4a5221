//! Plans as one line of text.

use std::fmt;

use oxigraph::model::{Literal, NamedNode};
use rust_decimal::Decimal;

use super::{Filter, GroupTell, Hop, ListPlan, Measure, PassagePlan, Plan, Start, Tell};
use crate::model::{EntityKind, Predicate};
use crate::rdf;

impl fmt::Display for Start {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Things(things) => f.write_str(&iris(things)),
            Self::Listed(ListPlan { kind, filters, .. }) => {
                write!(f, "({} where {})", kind.map_or("thing", EntityKind::name), all(filters, " and "))
            }
        }
    }
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
                    Tell::LargestAt(place) => format!("number {place} from the largest"),
                    Tell::SmallestAt(place) => format!("number {place} from the smallest"),
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
                write!(f, "{what} of {} for {subjects} in {periods}{aim}", texts(&plan.indicators))?;
                match plan.rank {
                    Some(rank) => write!(f, ", {} {}", if rank.least { "smallest" } else { "largest" }, rank.count),
                    None => Ok(()),
                }
            }
            Self::Sum(plan) => {
                let over: Vec<String> = plan.over.iter().map(ToString::to_string).collect();
                let what = if plan.mean { "mean" } else { "sum" };
                write!(f, "{what} of {} over {}", plan.by.name(), over.join(" and "))
            }
            Self::Pair(plan) => {
                let what = match (plan.difference, plan.least) {
                    (true, _) => "difference",
                    (false, false) => "larger",
                    (false, true) => "smaller",
                };
                let measure = match &plan.measure {
                    Measure::Money(by) => predicates(by),
                    Measure::Figures(plans) => texts(&plans[0].indicators),
                };
                write!(f, "{what} {measure} of {} and {}", iris(&plan.things[0]), iris(&plan.things[1]))
            }
            Self::Hops(plan) => {
                let step = |hop: &Hop| format!("{}{}", if hop.inverse { "^" } else { "" }, hop.by.name());
                let steps: Vec<String> = plan.hops.iter().map(step).collect();
                let kind = plan.kind.map_or("thing", EntityKind::name);
                write!(f, "{kind} by {} from {}", steps.join("/"), plan.start)
            }
            Self::Path(plan) => write!(f, "path from {} to {}", iris(&plan.from), iris(&plan.to)),
            Self::Lists(plans) => {
                let plans: Vec<String> = plans.iter().map(|plan| Self::List(plan.clone()).to_string()).collect();
                f.write_str(&plans.join("; "))
            }
            Self::Most(plan) => {
                let (verb, place) = (if plan.least { "fewest" } else { "most" }, iris(&plan.within));
                let place = if place.is_empty() { place } else { format!(" within {place}") };
                let (kind, counted) = (plan.kind.name(), plan.counted.name());
                write!(f, "{} {kind} with {verb} {counted} by {}{place}", plan.count, plan.by.name())
            }
            Self::Passage(plan) => f.write_str(&told(plan)),
            Self::Apart(sides) => write!(f, "difference of {} and {}", told(&sides[0]), told(&sides[1])),
            Self::Group(plan) => {
                let what = match plan.tell {
                    GroupTell::Number => "number",
                    GroupTell::Sum(by) => by.name(),
                    GroupTell::Members => "members",
                };
                write!(f, "{what} of group {}", iris(&plan.groups))
            }
        }
    }
}

fn told(plan: &PassagePlan) -> String {
    let wanted: Vec<String> = plan.wanted.iter().map(|wanted| format!("{wanted:?}").to_lowercase()).collect();
    format!("{} told in {}", wanted.join(" and "), iris(&plan.sentences))
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
            Self::NotYet(status) => write!(f, "before({})", status.name()),
            Self::But(things) => write!(f, "not({})", iris(things)),
            Self::During(dates) => write!(f, "told({})", dates.join("|")),
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
