//! The seam between files and facts: bytes in, one [`Reading`] out.

mod article;

use std::time::Instant;

use thiserror::Error;

use crate::message::Bilingual;
use crate::model::Reading;
use crate::read::Paper;

pub use article::ArticleReader;

/// Turns the bytes of one document into what it says. Reading text never fails: errors are for bytes that are no text.
pub trait Read: Send + Sync {
    /// Reads one document. `key` is the name under which stores keep it.
    ///
    /// # Errors
    /// When the bytes are empty or no text in any known encoding.
    fn read(&self, key: &str, bytes: &[u8]) -> Result<Reading, ReadError>;

    /// Reads a document that was taken out of a file. `hash` is that of its bytes. It is given up soon after `until`.
    ///
    /// # Errors
    /// When it holds no text, or the time is over.
    fn read_paper(&self, key: &str, hash: String, paper: Paper, until: Option<Instant>) -> Result<Reading, ReadError>;

    /// Names the reader's rules and lexicon, in one word; documents read by another version are read again.
    fn version(&self) -> String;
}

/// Why bytes gave no text.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    /// Nothing but white space.
    #[error("the file is empty; remove it or fill it")]
    Empty,
    /// A known format that is not text, such as `PNG`.
    #[error("this is {0}, not text; convert it to UTF-8 text first")]
    NotText(&'static str),
    /// Bytes that no known encoding explains.
    #[error(
        "the bytes are no text in UTF-8, UTF-16, GB18030 or Big5; save the file as UTF-8, or leave it out if it is no text"
    )]
    Undecodable,
    /// More characters than positions can count.
    #[error("the text is longer than 4 GB; split it into articles first")]
    TooLong,
    /// Reading took longer than it may.
    #[error("reading it took too long and was given up; split it into articles")]
    Slow,
}

impl Bilingual for ReadError {
    fn zh(&self) -> String {
        match self {
            Self::Empty => "文件是空的；请删除它或补上内容".to_owned(),
            Self::NotText(format) => format!("这不是文本（{format}）；请先转换为 UTF-8 文本"),
            Self::TooLong => "文本超过 4 GB；请先拆分为单篇文章".to_owned(),
            Self::Slow => "读取用时过长，已放弃；请拆分为单篇文章".to_owned(),
            Self::Undecodable => {
                "字节不符合 UTF-8、UTF-16、GB18030、Big5 中的任何编码；请另存为 UTF-8，若不是文本请移走".to_owned()
            }
        }
    }
}
