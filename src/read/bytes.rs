//! Bytes of files and of pieces of files: their beginning, by which formats know them, and all of them, within limits.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::path::PathBuf;

use super::{Action, Format, Meta, Refusal, format_of};

/// Bytes by which formats are known.
const HEAD: u64 = 1 << 16;

/// How deep containers may stand in containers.
const DEEPEST: u32 = 3;

/// Where bytes are.
#[derive(Debug, Clone)]
pub enum Source {
    /// On disk.
    File(PathBuf),
    /// In memory.
    Memory(Vec<u8>),
}

/// A file, or a piece of one, that holds one document.
#[derive(Clone)]
pub struct Piece {
    /// The name under which stores keep its document.
    pub key: String,
    /// Name of the file, for what its extension says.
    pub name: String,
    /// Its bytes.
    pub source: Source,
    /// Its format, where that is known.
    pub format: Option<&'static dyn Format>,
    /// What its container says of it; counts before what it says itself.
    pub meta: Meta,
}

/// Pieces one after the other; what cannot be had comes with its key.
pub type Pieces = Box<dyn Iterator<Item = Result<Piece, (String, Refusal)>> + Send>;

/// Bytes that can be read and sought in.
pub(super) trait Bytes: Read + Seek + Send {}
impl<T: Read + Seek + Send> Bytes for T {}

impl Source {
    /// Opens them for reading.
    pub(super) fn open(self) -> io::Result<Box<dyn Bytes>> {
        Ok(match self {
            Self::File(path) => Box::new(BufReader::new(File::open(path)?)),
            Self::Memory(bytes) => Box::new(Cursor::new(bytes)),
        })
    }

    fn start(&self) -> io::Result<Cow<'_, [u8]>> {
        Ok(match self {
            Self::File(path) => {
                let mut start = Vec::new();
                File::open(path)?.take(HEAD).read_to_end(&mut start)?;
                Cow::Owned(start)
            }
            Self::Memory(bytes) => Cow::Borrowed(&bytes[..bytes.len().min(HEAD as usize)]),
        })
    }
}

impl Piece {
    /// A file on disk.
    pub fn file(key: String, path: PathBuf) -> Self {
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        Self { key, name, source: Source::File(path), format: None, meta: Meta::default() }
    }

    /// Bytes in memory; the last part of the key is the file's name.
    pub fn memory(key: String, bytes: Vec<u8>) -> Self {
        let name = key.rsplit('/').next().unwrap_or_default().to_owned();
        Self { key, name, source: Source::Memory(bytes), format: None, meta: Meta::default() }
    }

    /// All its bytes.
    ///
    /// # Errors
    /// When the disk refuses, or when they are more than its format takes.
    pub fn load(&self) -> Result<Cow<'_, [u8]>, Refusal> {
        match &self.source {
            Source::Memory(bytes) => Ok(Cow::Borrowed(bytes)),
            Source::File(path) => {
                let most = self.format.map_or(u64::MAX, Format::most_bytes);
                let size = fs::metadata(path).map_err(disk)?.len();
                if size > most {
                    return Err(Refusal::TooLarge { most });
                }
                fs::read(path).map(Cow::Owned).map_err(disk)
            }
        }
    }

    /// BLAKE3 hash of what it says: its bytes, and what its container says of it. 64 hexadecimal digits.
    pub fn hash(&self, bytes: &[u8]) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(bytes);
        if self.meta != Meta::default() {
            hasher.update(format!("{:?}", self.meta).as_bytes());
        }
        hasher.finalize().to_hex().to_string()
    }

    /// The piece itself with its format, or the pieces in it where it is a container.
    pub fn expand(self) -> Pieces {
        expand(self, 0)
    }
}

fn expand(mut piece: Piece, depth: u32) -> Pieces {
    let once = |result| Box::new(std::iter::once(result));
    if piece.format.is_none() {
        match Sniffed::of(&piece.source) {
            Ok(sniffed) => piece.format = Some(format_of(&sniffed.head(&piece.name))),
            Err(error) => return once(Err((piece.key, disk(error)))),
        }
    }
    let Some(Action::Container(open)) = piece.format.map(Format::action) else { return once(Ok(piece)) };
    if depth >= DEEPEST {
        return once(Err((piece.key, Refusal::Nested)));
    }
    match open(piece.source, &piece.key) {
        Err(refusal) => once(Err((piece.key, refusal))),
        Ok(pieces) => Box::new(pieces.flat_map(move |found| match found {
            Ok(inner) => expand(inner, depth + 1),
            Err(lost) => Box::new(std::iter::once(Err(lost))),
        })),
    }
}

pub(super) fn disk(error: io::Error) -> Refusal {
    Refusal::Disk(error.to_string())
}

/// The beginning of a file, and the names in it where it is an archive.
struct Sniffed<'a> {
    start: Cow<'a, [u8]>,
    parts: Vec<String>,
}

impl<'a> Sniffed<'a> {
    fn of(source: &'a Source) -> io::Result<Self> {
        let start = source.start()?;
        let parts = match source {
            _ if !is_zip(&start) => Vec::new(),
            Source::File(path) => parts(BufReader::new(File::open(path)?)),
            Source::Memory(bytes) => parts(Cursor::new(bytes)),
        };
        Ok(Self { start, parts })
    }

    fn head(&self, name: &'a str) -> Head<'_> {
        Head { start: &self.start, name, parts: Cow::Borrowed(&self.parts) }
    }
}

fn is_zip(start: &[u8]) -> bool {
    start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06")
}

/// Names in an archive; none where it is damaged.
fn parts(reader: impl Read + Seek) -> Vec<String> {
    let names = |zip: zip::ZipArchive<_>| zip.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    zip::ZipArchive::new(reader).map_or_else(|_| Vec::new(), names)
}

/// What formats know a file by.
pub struct Head<'a> {
    start: &'a [u8],
    name: &'a str,
    parts: Cow<'a, [String]>,
}

impl<'a> Head<'a> {
    /// Of a file whose bytes are all there.
    pub fn of(bytes: &'a [u8], name: &'a str) -> Self {
        let start = &bytes[..bytes.len().min(HEAD as usize)];
        let parts = if is_zip(start) { parts(Cursor::new(bytes)) } else { Vec::new() };
        Self { start, name, parts: Cow::Owned(parts) }
    }

    /// The first bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        self.start
    }

    /// True for an archive.
    pub(super) fn is_zip(&self) -> bool {
        is_zip(self.start)
    }

    /// True for an archive with this file in it.
    pub(super) fn has(&self, part: &str) -> bool {
        self.parts.iter().any(|name| name == part)
    }

    /// True when the name has one of these extensions.
    pub(super) fn is_named(&self, extensions: &[&str]) -> bool {
        let extension = self.name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        extension.is_some_and(|it| extensions.contains(&it.as_str()))
    }

    /// The name ends so, in small letters.
    pub(super) fn ends_with(&self, end: &str) -> bool {
        self.name.to_ascii_lowercase().ends_with(end)
    }

    /// The first bytes, no more than `most` of them.
    pub(super) fn first(&self, most: usize) -> &[u8] {
        &self.start[..self.start.len().min(most)]
    }

    /// False where the first sign is none of these, which tells without decoding what a file is not.
    pub(super) fn may_open_with(&self, signs: &[u8]) -> bool {
        if encoding_rs::Encoding::for_bom(self.start).is_some() {
            return true;
        }
        self.start.iter().find(|byte| !byte.is_ascii_whitespace()).is_none_or(|byte| signs.contains(byte))
    }

    /// The first bytes as text; signs of ASCII come out right in every encoding.
    pub(super) fn text(&self) -> Cow<'_, str> {
        match encoding_rs::Encoding::for_bom(self.start) {
            Some((encoding, length)) => encoding.decode_without_bom_handling(&self.start[length..]).0,
            None => String::from_utf8_lossy(self.start),
        }
    }
}

/// Everything that a reader gives, up to a limit.
pub(super) fn within(reader: impl Read, most: u64) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    reader.take(most + 1).read_to_end(&mut bytes).map_err(disk)?;
    if bytes.len() as u64 > most { Err(Refusal::Bomb { most }) } else { Ok(bytes) }
}
