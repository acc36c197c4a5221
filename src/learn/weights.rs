//! The file of weights: named sections of bytes behind a magic number and a version.

use std::collections::BTreeMap;

use crate::message::Bilingual;

const MAGIC: &[u8; 4] = b"PGW1";

/// What can be wrong with a file of weights.
#[derive(Debug, thiserror::Error)]
pub enum WeightsError {
    /// The file does not start as a file of weights does, or is cut short.
    #[error("not a file of weights of this version; make it anew with `parkgraph train GOLD -o WEIGHTS`")]
    Malformed,
    /// A model that the reader needs is missing.
    #[error("the weights hold no model `{0}`; make them anew with `parkgraph train GOLD -o WEIGHTS`")]
    Missing(String),
}

impl Bilingual for WeightsError {
    fn zh(&self) -> String {
        match self {
            Self::Malformed => "不是本版本的权重文件；请用 `parkgraph train GOLD -o WEIGHTS` 重新生成".to_owned(),
            Self::Missing(name) => {
                format!("权重文件缺少模型 `{name}`；请用 `parkgraph train GOLD -o WEIGHTS` 重新生成")
            }
        }
    }
}

/// Named models as bytes; the names are in alphabetical order, so that equal models give equal files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Weights {
    sections: BTreeMap<String, Vec<u8>>,
}

impl Weights {
    /// Reads a whole file.
    ///
    /// # Errors
    /// [`WeightsError::Malformed`] if it is no file of weights.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, WeightsError> {
        let mut cursor = Cursor { bytes };
        if cursor.take(4)? != MAGIC {
            return Err(WeightsError::Malformed);
        }
        let mut sections = BTreeMap::new();
        for _ in 0..cursor.u32()? {
            let name = cursor.text()?;
            let length = cursor.u32()? as usize;
            sections.insert(name, cursor.take(length)?.to_vec());
        }
        Ok(Self { sections })
    }

    /// The whole file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        put_u32(&mut out, self.sections.len() as u32);
        for (name, data) in &self.sections {
            put_text(&mut out, name);
            put_u32(&mut out, data.len() as u32);
            out.extend_from_slice(data);
        }
        out
    }

    /// Puts a model under a name, in place of any before.
    pub fn insert(&mut self, name: &str, data: Vec<u8>) {
        self.sections.insert(name.to_owned(), data);
    }

    /// The bytes of a model.
    ///
    /// # Errors
    /// [`WeightsError::Missing`] if there is none of that name.
    pub fn section(&self, name: &str) -> Result<&[u8], WeightsError> {
        self.sections.get(name).map(Vec::as_slice).ok_or_else(|| WeightsError::Missing(name.to_owned()))
    }

    /// Names and sizes in bytes of the models.
    pub fn sizes(&self) -> impl Iterator<Item = (&str, usize)> {
        self.sections.iter().map(|(name, data)| (name.as_str(), data.len()))
    }
}

/// Reads little-endian numbers off the front of a slice.
pub(super) struct Cursor<'a> {
    pub(super) bytes: &'a [u8],
}

impl<'a> Cursor<'a> {
    pub(super) fn take(&mut self, n: usize) -> Result<&'a [u8], WeightsError> {
        let (head, tail) = self.bytes.split_at_checked(n).ok_or(WeightsError::Malformed)?;
        self.bytes = tail;
        Ok(head)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], WeightsError> {
        self.take(N)?.try_into().map_err(|_| WeightsError::Malformed)
    }

    pub(super) fn u32(&mut self) -> Result<u32, WeightsError> {
        self.array().map(u32::from_le_bytes)
    }

    pub(super) fn i32(&mut self) -> Result<i32, WeightsError> {
        self.array().map(i32::from_le_bytes)
    }

    pub(super) fn i16(&mut self) -> Result<i16, WeightsError> {
        self.array().map(i16::from_le_bytes)
    }

    pub(super) fn text(&mut self) -> Result<String, WeightsError> {
        let length = self.u32()? as usize;
        String::from_utf8(self.take(length)?.to_vec()).map_err(|_| WeightsError::Malformed)
    }
}

pub(super) fn put_u32(out: &mut Vec<u8>, value: u32) {
    out.extend_from_slice(&value.to_le_bytes());
}

pub(super) fn put_i32(out: &mut Vec<u8>, value: i32) {
    out.extend_from_slice(&value.to_le_bytes());
}

pub(super) fn put_i16(out: &mut Vec<u8>, value: i16) {
    out.extend_from_slice(&value.to_le_bytes());
}

pub(super) fn put_text(out: &mut Vec<u8>, text: &str) {
    put_u32(out, text.len() as u32);
    out.extend_from_slice(text.as_bytes());
}
