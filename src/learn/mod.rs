//! Linear models over hashed features: training in floating point, reading in integers.
//!
//! Weights are data ([`Weights`]); a model read from them gives the same integers on every machine.

mod border;
mod feature;
mod forest;
mod forest_training;
mod grove;
mod joint;
mod linear;
mod linear_training;
mod lookup;
pub mod neural;
mod prefetch;
mod sequence;
mod sequence_training;
mod weights;

pub use feature::{FeatureHash, FeatureSet, feature, mix, name, text_number};
pub use forest::Forest;
pub use forest_training::{ForestExample, ForestOptions, train_forest};
pub use joint::{Joint, JointKind, Scores};
pub use linear::{LinearModel, permille};
pub use linear_training::{LinearExample, LinearOptions, train_linear};
pub use sequence::{Emissions, LabelledSpan, Lattice, SequenceModel, label_set, spans_of};
pub use sequence_training::{SequenceExample, SequenceOptions, train_sequence};
pub use weights::{Weights, WeightsError};
