//! The learned models that reading needs, as one file of weights.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::extract::{NameTaggers, shipped_network};
use crate::learn::neural::Network;
use crate::learn::{Forest, LinearModel, SequenceModel, Weights, WeightsError};
use crate::model::{EntityKind, Predicate};
use crate::relate::{FigureJudges, RelationJudge, RelationJudges, ThingJudge, ThingJudges};

/// The weights that ship with the program; see `training/README.md`.
const SHIPPED: &[u8] = include_bytes!("../../weights/parkgraph.weights");

/// Everything learned.
#[derive(Debug, Clone)]
pub struct Models {
    /// Linear taggers of names.
    pub names: NameTaggers,
    /// The network that reads names with them.
    pub network: Option<&'static Network>,
    /// Judge of whether two names mean one thing.
    pub alias: LinearModel,
    /// Judges of which things are things.
    pub things: ThingJudges,
    /// Judges of relations.
    pub relations: RelationJudges,
    /// Judges of figures.
    pub figures: FigureJudges,
}

impl Models {
    /// Taggers and the judge of aliases alone: every thing is taken for one, and nothing is said of it.
    pub fn of_names(names: NameTaggers, alias: LinearModel) -> Self {
        let (things, relations) = (BTreeMap::new(), BTreeMap::new());
        Self { names, network: None, alias, things, relations, figures: FigureJudges::default() }
    }

    /// Takes the models out of a file of weights.
    ///
    /// # Errors
    /// When a model is missing or malformed.
    pub fn from_weights(weights: &Weights) -> Result<Self, WeightsError> {
        let names = NameTaggers {
            outer: SequenceModel::from_bytes(weights.section("names/outer")?)?,
            inner: SequenceModel::from_bytes(weights.section("names/inner")?)?,
        };
        let alias = LinearModel::from_bytes(weights.section("alias")?)?;
        let mut things = BTreeMap::new();
        for kind in EntityKind::ALL {
            let section = |judge: &str| weights.section(&format!("thing/{}/{judge}", kind.name()));
            let words = LinearModel::from_bytes(section("words")?)?;
            let standing = Forest::from_bytes(section("standing")?)?;
            things.insert(kind, ThingJudge { words, standing });
        }
        let mut relations = BTreeMap::new();
        for predicate in Predicate::ALL {
            let section = |judge: &str| weights.section(&format!("relation/{}/{judge}", predicate.name()));
            let alone = LinearModel::from_bytes(section("alone")?)?;
            let together = Forest::from_bytes(section("together")?)?;
            relations.insert(predicate, RelationJudge { alone, together });
        }
        let forest = |judge: &str| Forest::from_bytes(weights.section(&format!("figure/{judge}"))?);
        let figures = FigureJudges {
            words: LinearModel::from_bytes(weights.section("figure/words")?)?,
            standing: forest("standing")?,
            subject: forest("subject")?,
            time: forest("time")?,
        };
        let network = shipped_network().ok();
        Ok(Self { names, network, alias, things, relations, figures })
    }

    /// The models as a file of weights.
    pub fn to_weights(&self) -> Weights {
        let mut weights = Weights::default();
        weights.insert("names/outer", self.names.outer.to_bytes());
        weights.insert("names/inner", self.names.inner.to_bytes());
        weights.insert("alias", self.alias.to_bytes());
        weights.insert("figure/words", self.figures.words.to_bytes());
        weights.insert("figure/standing", self.figures.standing.to_bytes());
        weights.insert("figure/subject", self.figures.subject.to_bytes());
        weights.insert("figure/time", self.figures.time.to_bytes());
        for (kind, judge) in &self.things {
            weights.insert(&format!("thing/{}/words", kind.name()), judge.words.to_bytes());
            weights.insert(&format!("thing/{}/standing", kind.name()), judge.standing.to_bytes());
        }
        for (predicate, judge) in &self.relations {
            weights.insert(&format!("relation/{}/alone", predicate.name()), judge.alone.to_bytes());
            weights.insert(&format!("relation/{}/together", predicate.name()), judge.together.to_bytes());
        }
        weights
    }

    /// The file of weights that ships with the program.
    pub fn shipped_bytes() -> &'static [u8] {
        SHIPPED
    }

    /// The models that ship with the program, read once.
    ///
    /// # Errors
    /// When the shipped file is not whole, which a test rules out.
    pub fn shipped() -> Result<&'static Self, WeightsError> {
        static MODELS: OnceLock<Result<Models, String>> = OnceLock::new();
        let read = || {
            let weights = Weights::from_bytes(SHIPPED).map_err(|e| e.to_string())?;
            Self::from_weights(&weights).map_err(|e| e.to_string())
        };
        MODELS.get_or_init(read).as_ref().map_err(|_| WeightsError::Malformed)
    }
}
