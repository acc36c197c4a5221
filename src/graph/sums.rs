//! What is invested: for each thing the largest total, and the sums of those over many.

use std::collections::BTreeMap;
use std::str::FromStr;

use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use super::PropertyGraph;
use crate::model::Predicate;

/// A sum over things.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sum {
    /// ISO 4217 code.
    pub currency: String,
    /// In units of the currency.
    #[serde(serialize_with = "number")]
    pub value: Decimal,
    /// Number of things of which a sum is told.
    pub things: usize,
}

/// A decimal as a JSON number would lose digits; as text it keeps them.
fn number<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&value.normalize().to_string())
}

impl PropertyGraph {
    /// The total investment of a thing in each currency: of several that are told, the largest, as in the saved queries.
    pub fn investment(&self, at: NodeIndex) -> BTreeMap<String, Decimal> {
        let totals = self.graph.edges_directed(at, Direction::Outgoing);
        let totals = totals.filter(|edge| edge.weight().predicate == Predicate::TotalInvestment.name());
        let mut largest = BTreeMap::new();
        for amount in totals.map(|edge| &self.graph[edge.target()]) {
            let value = amount.value.as_deref().and_then(|value| Decimal::from_str(value).ok());
            if let (Some(value), Some(currency)) = (value, amount.currency.clone()) {
                let told = largest.entry(currency).or_insert(value);
                *told = value.max(*told);
            }
        }
        largest
    }

    /// The sums of the investments of these things, a currency each.
    pub fn invested(&self, things: impl IntoIterator<Item = NodeIndex>) -> Vec<Sum> {
        let mut sums: BTreeMap<String, (Decimal, usize)> = BTreeMap::new();
        for (currency, value) in things.into_iter().flat_map(|at| self.investment(at)) {
            let (sum, things) = sums.entry(currency).or_default();
            *sum = sum.saturating_add(value);
            *things += 1;
        }
        sums.into_iter().map(|(currency, (value, things))| Sum { currency, value, things }).collect()
    }
}

/// The investment that leads a list: yuan where there are any, else the first currency.
pub fn largest(sums: &BTreeMap<String, Decimal>) -> Option<(&str, Decimal)> {
    let yuan = sums.get_key_value("CNY");
    yuan.or_else(|| sums.iter().next()).map(|(currency, value)| (currency.as_str(), *value))
}
