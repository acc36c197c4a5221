//! A small recurrent network over characters, in whole numbers: the same scores on every machine.

mod chain;
mod features;
mod gates;
mod kernel;
mod network;
#[cfg(test)]
mod tests;
mod weights;

pub use chain::{Chain, INNER_KINDS};
pub use features::{FEATURE_BITS, WordClass, bits};
pub use network::{Network, States, Stretch};

/// The weights that the project ships, for [`Network::load`].
pub const SHIPPED_WEIGHTS: &[u8] = include_bytes!("../../../weights/tagger.bin");

/// What can go wrong when the network is set up. Using it never fails.
#[derive(Debug, thiserror::Error)]
pub enum LearnError {
    /// The weights are not of this format or version, or damaged.
    #[error("the tagger's weights cannot be read ({0}); rebuild them with training/run.py of this version")]
    Weights(&'static str),
}
