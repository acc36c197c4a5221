//! ZIP archives: each file in them is a document, under the name of the archive and its own.

use std::collections::BTreeSet;

use encoding_rs::GB18030;
use zip::ZipArchive;

use super::bytes::{Bytes, disk, within};
use super::{Action, Format, Head, Piece, Pieces, Refusal, Source};

/// Most bytes of one unpacked file.
const MOST_OF_ONE: u64 = 256 << 20;

/// How much an archive may swell in all: times its size, and bytes that any may have.
const SWELL: u64 = 100;
const ALWAYS: u64 = 64 << 20;

/// ZIP archives that are no Office documents.
pub(super) struct Zip;

impl Format for Zip {
    fn name(&self) -> &'static str {
        "zip"
    }

    fn media_type(&self) -> &'static str {
        "application/zip"
    }

    fn most_bytes(&self) -> u64 {
        u64::MAX
    }

    fn fits(&self, head: &Head<'_>) -> bool {
        head.is_zip()
    }

    fn action(&self) -> Action {
        Action::Container(open)
    }
}

/// What its owner calls an archive that cannot be opened: the parts inside, which would tell, are lost.
fn called(key: &str) -> &'static str {
    if key.to_ascii_lowercase().ends_with(".docx") { "DOCX" } else { "ZIP" }
}

fn open(source: Source, key: &str) -> Result<Pieces, Refusal> {
    let mut bytes = source.open().map_err(disk)?;
    let size = bytes.seek(std::io::SeekFrom::End(0)).map_err(disk)?;
    let archive = ZipArchive::new(bytes).map_err(|_| Refusal::Broken(called(key)))?;
    Ok(Box::new(Members {
        archive,
        key: key.to_owned(),
        next: 0,
        left: size.saturating_mul(SWELL).saturating_add(ALWAYS),
        used: BTreeSet::new(),
    }))
}

/// The files of an archive in its order.
struct Members {
    archive: ZipArchive<Box<dyn Bytes>>,
    key: String,
    next: usize,
    /// Bytes that may still come out.
    left: u64,
    used: BTreeSet<String>,
}

impl Iterator for Members {
    type Item = Result<Piece, (String, Refusal)>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let at = self.next;
            self.next += 1;
            if at >= self.archive.len() {
                return None;
            }
            if let Some(found) = self.member(at) {
                return Some(found);
            }
        }
    }
}

impl Members {
    /// The file at a place; none for folders and what systems leave behind.
    fn member(&mut self, at: usize) -> Option<<Self as Iterator>::Item> {
        let unnamed = |key: &str| format!("{key}/{}", at + 1);
        let (raw, is_folder, encrypted) = match self.archive.by_index_raw(at) {
            Ok(file) => (file.name_raw().to_vec(), file.is_dir(), file.encrypted()),
            Err(_) => return Some(Err((unnamed(&self.key), Refusal::Broken("ZIP")))),
        };
        let name = name(&raw);
        if is_folder || is_litter(&name) {
            return None;
        }
        let mut key = format!("{}/{name}", self.key);
        while !self.used.insert(key.clone()) {
            key.push('~');
        }
        if encrypted {
            return Some(Err((key, Refusal::Encrypted("ZIP"))));
        }
        let most = self.left.min(MOST_OF_ONE);
        let bytes = match self.archive.by_index(at) {
            Ok(file) => within(file, most),
            Err(_) => Err(Refusal::Broken("ZIP")),
        };
        Some(match bytes {
            Ok(bytes) => {
                self.left -= bytes.len() as u64;
                Ok(Piece::memory(key, bytes))
            }
            Err(refusal) => {
                if matches!(refusal, Refusal::Bomb { .. }) {
                    // Many bombs in one archive cost no more time than two of the largest.
                    self.left /= 2;
                }
                Err((key, if matches!(refusal, Refusal::Disk(_)) { Refusal::Broken("ZIP") } else { refusal }))
            }
        })
    }
}

/// The name of a file in an archive: UTF-8, else GB18030, as Chinese systems write it; without ways out of the archive.
fn name(raw: &[u8]) -> String {
    let text = std::str::from_utf8(raw).map_or_else(|_| GB18030.decode(raw).0.into_owned(), str::to_owned);
    let parts = text.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | ".."));
    parts.collect::<Vec<_>>().join("/")
}

fn is_litter(name: &str) -> bool {
    name.is_empty() || name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_decoded_and_stay_inside() {
        for (raw, expected) in [
            ("要闻/一.txt".as_bytes().to_vec(), "要闻/一.txt"),
            (GB18030.encode("要闻/一.txt").0.into_owned(), "要闻/一.txt"),
            (b"../../etc/./passwd".to_vec(), "etc/passwd"),
            (b"a\\b.txt".to_vec(), "a/b.txt"),
        ] {
            assert_eq!(name(&raw), expected);
        }
    }
}
