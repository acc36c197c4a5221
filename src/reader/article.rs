//! The reader of articles: text, names, relations and figures by the shipped lexicon and weights, or the user's own.

use super::{Read, ReadError};
use crate::draft::{Models, Page, draft, joined, reading};
use crate::learn::{Weights, WeightsError};
use crate::lexicon::Lexicon;
use crate::model::Reading;
use crate::text::{self, Article, TextError};

/// Longest stretch that is read as one article, in characters: what is compared pairwise within it stays bounded, so
/// that time grows with the length of the text. Longer than a newspaper page.
const LONGEST_PART: usize = 6_000;

/// Reads articles; cheap to make, safe to share between threads.
#[derive(Debug)]
pub struct ArticleReader {
    models: ModelSource,
    version: String,
}

#[derive(Debug)]
enum ModelSource {
    Shipped(&'static Models),
    Own(Box<Models>),
}

impl ArticleReader {
    /// With the weights that ship with the program.
    ///
    /// # Errors
    /// When the shipped weights are not whole, which a test rules out.
    pub fn shipped() -> Result<Self, WeightsError> {
        let models = Models::shipped()?;
        Ok(Self { models: ModelSource::Shipped(models), version: version(Models::shipped_bytes()) })
    }

    /// With weights from a file that `parkgraph train` wrote.
    ///
    /// # Errors
    /// When the bytes are no whole file of weights.
    pub fn with_weights(bytes: &[u8]) -> Result<Self, WeightsError> {
        let models = Models::from_weights(&Weights::from_bytes(bytes)?)?;
        Ok(Self { models: ModelSource::Own(Box::new(models)), version: version(bytes) })
    }

    fn models(&self) -> &Models {
        match &self.models {
            ModelSource::Shipped(models) => models,
            ModelSource::Own(models) => models,
        }
    }
}

/// Release and weights in one word.
fn version(weights: &[u8]) -> String {
    let hash = blake3::hash(weights).to_hex();
    format!("{}-{}", env!("CARGO_PKG_VERSION"), &hash.as_str()[..12])
}

impl Read for ArticleReader {
    fn read(&self, key: &str, bytes: &[u8]) -> Result<Reading, ReadError> {
        let parts = text::read(bytes)?.parts(LONGEST_PART);
        let part = |article: &Article| {
            let page = Page::new(article, Lexicon::shared());
            let draft = draft(&page, self.models());
            reading(key, article, &page, &draft)
        };
        joined(parts.iter().map(part).collect()).ok_or(ReadError::Empty)
    }

    fn version(&self) -> String {
        self.version.clone()
    }
}

impl From<TextError> for ReadError {
    fn from(error: TextError) -> Self {
        match error {
            TextError::Empty => Self::Empty,
            TextError::Binary(format) => Self::NotText(format),
            TextError::UnknownEncoding => Self::Undecodable,
            TextError::TooLong => Self::TooLong,
        }
    }
}
