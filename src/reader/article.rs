//! The reader of articles: text, names, relations and figures by the shipped lexicon and weights, or the user's own.

use std::time::Instant;

use super::{Read, ReadError};
use crate::draft::{Models, Page, draft, joined, reading};
use crate::learn::{Weights, WeightsError};
use crate::lexicon::Lexicon;
use crate::model::{DateSource, Document, Origin, Places, Reading};
use crate::read::{Content, Ledger, Meta, Paper, credits, in_name};
use crate::text::{self, Article, BlockKind, TextError};

/// Longest stretch that is read as one article, in characters: what is compared pairwise within it stays bounded, so
/// that time grows with the length of the text. Longer than a newspaper page.
const LONGEST_PART: usize = 6_000;

/// Reads articles; cheap to make, safe to share between threads.
#[derive(Debug)]
pub struct ArticleReader {
    models: ModelSource,
    lexicon: Option<Box<Lexicon>>,
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
        Ok(Self { models: ModelSource::Shipped(models), lexicon: None, version: version(Models::shipped_bytes()) })
    }

    /// With weights from a file that `parkgraph train` wrote.
    ///
    /// # Errors
    /// When the bytes are no whole file of weights.
    pub fn with_weights(bytes: &[u8]) -> Result<Self, WeightsError> {
        let models = Models::from_weights(&Weights::from_bytes(bytes)?)?;
        Ok(Self { models: ModelSource::Own(Box::new(models)), lexicon: None, version: version(bytes) })
    }

    /// The same reader with a lexicon of the user's. `name` tells this lexicon from others, so that documents are read
    /// again when it changes.
    #[must_use]
    pub fn with_lexicon(mut self, lexicon: Lexicon, name: &str) -> Self {
        self.lexicon = Some(Box::new(lexicon));
        self.version = format!("{}-{name}", self.version);
        self
    }

    fn article(&self, key: &str, article: Article, until: Option<Instant>) -> Result<Reading, ReadError> {
        let parts = article.parts(LONGEST_PART);
        let part = |article: &Article| {
            let page = Page::new(article, self.lexicon.as_deref().unwrap_or_else(|| Lexicon::shared()));
            let draft = draft(&page, self.models());
            reading(key, article, &page, &draft)
        };
        let in_time = |article| match until {
            Some(until) if Instant::now() >= until => Err(ReadError::Slow),
            _ => Ok(part(article)),
        };
        joined(parts.iter().map(in_time).collect::<Result<_, _>>()?).ok_or(ReadError::Empty)
    }

    fn models(&self) -> &Models {
        match &self.models {
            ModelSource::Shipped(models) => models,
            ModelSource::Own(models) => models,
        }
    }
}

/// Dates an article: by the head of its file, by what the page prints around it, by the name of the file, by its text.
fn date(article: &mut Article, key: &str, meta: &Meta) {
    let header = meta.published.map(|date| (date, DateSource::Header));
    let told = article.published.zip(article.dated_by);
    let printed = told.filter(|(_, source)| *source == DateSource::Dateline);
    let named = || in_name(key).map(|date| (date, DateSource::FileName));
    if let Some((date, source)) = header.or(printed).or_else(named).or(told) {
        (article.published, article.dated_by) = (Some(date), Some(source));
    }
}

/// What the lines around an article say of it.
fn credit(article: &Article) -> Meta {
    let lines = article.blocks.iter().filter(|block| block.kind == BlockKind::Furniture);
    lines.map(|block| credits(&article.clean(block.span))).fold(Meta::default(), Meta::or)
}

/// The reading of a ledger, which says everything itself.
fn table(
    key: &str,
    hash: String,
    format: &'static str,
    encoding: &'static str,
    places: Places,
    ledger: Ledger,
) -> Reading {
    let published = in_name(key);
    let dated_by = published.map(|_| DateSource::FileName);
    let document = Document {
        key: key.to_owned(),
        title: None,
        published,
        encoding,
        hash,
        characters: ledger.chars.len() as u32,
        origin: Origin { format, dated_by, places, ..Origin::default() },
    };
    Reading {
        document,
        sentences: ledger.sentences,
        entities: ledger.entities,
        amounts: ledger.amounts,
        groups: Vec::new(),
        relations: ledger.relations,
        observations: ledger.observations,
    }
}

/// Release and weights in one word.
fn version(weights: &[u8]) -> String {
    let hash = blake3::hash(weights).to_hex();
    format!("{}-{}", env!("CARGO_PKG_VERSION"), &hash.as_str()[..12])
}

impl Read for ArticleReader {
    fn read(&self, key: &str, bytes: &[u8]) -> Result<Reading, ReadError> {
        self.article(key, text::read(bytes)?, None)
    }

    fn read_paper(&self, key: &str, hash: String, paper: Paper, until: Option<Instant>) -> Result<Reading, ReadError> {
        match paper.content {
            Content::Text(chars) => {
                let mut article = text::read_chars(chars, paper.encoding, hash);
                date(&mut article, key, &paper.meta);
                let dated_by = article.dated_by;
                let meta = paper.meta.or(credit(&article));
                let mut reading = self.article(key, article, until)?;
                let document = &mut reading.document;
                document.title = document.title.take().or(meta.title);
                document.origin = Origin {
                    format: paper.format,
                    publisher: meta.publisher,
                    author: meta.author,
                    address: meta.address,
                    dated_by,
                    places: paper.places,
                };
                Ok(reading)
            }
            Content::Ledger(ledger) => Ok(table(key, hash, paper.format, paper.encoding, paper.places, ledger)),
        }
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
