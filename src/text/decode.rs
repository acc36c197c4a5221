//! Bytes to characters: which encoding they are in, or why they are no text.

use std::borrow::Cow;
use std::sync::LazyLock;

use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_16BE, UTF_16LE};

/// Why bytes could not be read as an article.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but blanks.
    #[error("the file holds no text; give an article, or leave the file out")]
    Empty,
    /// A known format that is no plain text; named in the message.
    #[error("this is {0}, not text; save or export its text as a .txt file first")]
    Binary(&'static str),
    /// Bytes that none of the known encodings explains.
    #[error("the text is in none of UTF-8, UTF-16, GB18030 and Big5; convert it to UTF-8 first")]
    UnknownEncoding,
    /// More characters than positions can count.
    #[error("the text is longer than 4 GB; split it into articles first")]
    TooLong,
}

/// The text of a source and the name of its encoding.
pub struct Decoded<'a> {
    /// The text, byte order mark excluded; borrowed where the source is UTF-8.
    pub text: Cow<'a, str>,
    /// `UTF-8`, `UTF-16LE`, `UTF-16BE`, `GB18030` or `Big5`.
    pub encoding: &'static str,
}

/// First bytes of formats that people hand over in place of text.
const MAGIC: [(&[u8], &str); 16] = [
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"BM\0", "a bitmap picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
];

/// Bytes that the choice of encoding looks at.
const SAMPLE: usize = 1 << 16;

/// Reads bytes in the encoding they are found to be in. The byte order mark is no part of the text.
///
/// # Errors
/// When the bytes are no text or in no encoding that is known here.
pub fn decode(bytes: &[u8]) -> Result<Decoded<'_>, TextError> {
    if bytes.len() > u32::MAX as usize {
        return Err(TextError::TooLong);
    }
    if let Some((_, name)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(TextError::Binary(name));
    }
    let decoded = marked(bytes).or_else(|| unmarked(bytes)).ok_or_else(|| unreadable(bytes))?;
    let blank = decoded.text.chars().all(|c| c.is_whitespace() || c.is_control());
    if blank { Err(TextError::Empty) } else { Ok(decoded) }
}

fn unreadable(bytes: &[u8]) -> TextError {
    if bytes.contains(&0) { TextError::Binary("binary data") } else { TextError::UnknownEncoding }
}

/// By the byte order mark.
fn marked(bytes: &[u8]) -> Option<Decoded<'_>> {
    let (encoding, length) = Encoding::for_bom(bytes)?;
    Some(with(encoding, &bytes[length..]))
}

fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let name = if encoding == GB18030 { "GB18030" } else { encoding.name() };
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, encoding: name }
}

fn unmarked(bytes: &[u8]) -> Option<Decoded<'_>> {
    let nul = bytes.contains(&0);
    if !nul && let Some(text) = whole_utf8(bytes) {
        return Some(Decoded { text: Cow::Borrowed(text), encoding: "UTF-8" });
    }
    // Pages may open with long scripts, which say nothing of the encoding.
    let skipped = if nul { 0 } else { bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0) };
    let sample = &bytes[skipped..bytes.len().min(skipped + SAMPLE)];
    // Nothing else can explain bytes that are nearly all common characters in GB18030. Most files are decoded once only.
    if !nul && bytes.len() - skipped <= SAMPLE {
        let decoded = with(GB18030, bytes);
        if share(GB18030, decoded.text.get(skipped..).unwrap_or_default()) >= CERTAIN {
            return Some(decoded);
        }
    } else if !nul && plausible(GB18030, sample) >= CERTAIN {
        return Some(with(GB18030, bytes));
    }
    let wide = [UTF_16LE, UTF_16BE].map(|encoding| (plausible(encoding, sample), encoding));
    let narrow = [encoding_rs::UTF_8, GB18030, BIG5].map(|encoding| (plausible(encoding, sample), encoding));
    let candidates: &[(i64, &'static Encoding)] =
        if nul { &wide } else { &[narrow, [wide[0], wide[1], wide[1]]].concat() };
    // The first of equals wins, so that the order above decides.
    let (score, encoding) = candidates.iter().rev().max_by_key(|(score, _)| *score)?;
    (*score >= ENOUGH).then(|| with(encoding, bytes))
}

/// UTF-8 without an error; a character cut off at the very end is left out.
fn whole_utf8(bytes: &[u8]) -> Option<&str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) if error.error_len().is_none() => std::str::from_utf8(&bytes[..error.valid_up_to()]).ok(),
        Err(_) => None,
    }
}

/// Plausibility, in thousandths, from which on other encodings need not be tried.
const CERTAIN: i64 = 950;

/// Lowest plausibility, in thousandths, of a text that is read.
const ENOUGH: i64 = 600;

/// How well an encoding explains bytes; see [`share`].
fn plausible(encoding: &'static Encoding, sample: &[u8]) -> i64 {
    let even = if encoding.is_ascii_compatible() { sample.len() } else { sample.len() & !1 };
    let (text, _) = encoding.decode_without_bom_handling(&sample[..even]);
    share(encoding, &text)
}

/// Share of the characters outside ASCII that are common ones, in thousandths; every error costs twenty of them.
fn share(encoding: &'static Encoding, text: &str) -> i64 {
    let (mut good, mut all, mut ascii) = (0, 0, 0);
    let (simplified, traditional) = (&*SIMPLIFIED, &*TRADITIONAL);
    for c in text.trim_end_matches('\u{fffd}').chars() {
        match c {
            '\n' | '\r' | '\t' | ' '..='~' => ascii += 1,
            '\u{fffd}' => good -= 20,
            c if simplified.has(c) && encoding != BIG5 || traditional.has(c) => good += 1,
            c if encoding == encoding_rs::UTF_8 && !c.is_control() => good += 1,
            _ => {}
        }
        all += 1;
    }
    let others = all - ascii;
    // UTF-16 text may be all ASCII; in the others ASCII tells nothing.
    if !encoding.is_ascii_compatible() { (good + ascii) * 1000 / all.max(1) } else { good * 1000 / others.max(1) }
}

/// A set of characters of the basic plane.
struct Common {
    bits: Vec<u64>,
}

static SIMPLIFIED: LazyLock<Common> = LazyLock::new(|| Common::new(GBK, 0xb0..=0xd7));
static TRADITIONAL: LazyLock<Common> = LazyLock::new(|| Common::new(BIG5, 0xa4..=0xc6));

impl Common {
    /// The first level of a standard, which holds the common characters, and the signs of Chinese text.
    fn new(encoding: &'static Encoding, leads: std::ops::RangeInclusive<u8>) -> Self {
        let mut bits = vec![0; 0x10000 / 64];
        let mut add = |c: char| {
            if let Some(word) = bits.get_mut(c as usize / 64) {
                *word |= 1u64 << (c as usize % 64);
            }
        };
        for lead in leads {
            for trail in (0x40..=0x7e).chain(0xa1..=0xfe).filter(|&trail| encoding == BIG5 || trail >= 0xa1) {
                let pair = [lead, trail];
                let (text, errors) = encoding.decode_without_bom_handling(&pair);
                if !errors {
                    text.chars().for_each(&mut add);
                }
            }
        }
        "、。《》〈〉「」『』【】“”‘’—…·　〔〕".chars().for_each(&mut add);
        ('\u{ff01}'..='\u{ff5e}').for_each(&mut add);
        Self { bits }
    }

    fn has(&self, c: char) -> bool {
        self.bits.get(c as usize / 64).is_some_and(|word| word >> (c as usize % 64) & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIMPLE: &str = "本报讯 近日，郑州高新区集中开工39个项目，总投资258.5亿元。\n其中，10亿元以上的项目有5个。\n";
    const FULL: &str = "哈經開區19個產業項目「雲簽約」，投資總額逾150億元。\n據悉，項目以裝備製造為主。\n";

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn encodings_are_found_and_read() {
        let gb = |text: &str| GB18030.encode(text).0.into_owned();
        for text in [SIMPLE, FULL] {
            let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
            for (bytes, name) in [
                (text.as_bytes().to_vec(), "UTF-8"),
                (marked, "UTF-8"),
                (gb(text), "GB18030"),
                (utf16(text, false), "UTF-16LE"),
                (utf16(text, true), "UTF-16BE"),
                (utf16(&format!("\u{feff}{text}"), false), "UTF-16LE"),
                (utf16(&format!("\u{feff}{text}"), true), "UTF-16BE"),
            ] {
                let decoded = decode(&bytes).unwrap();
                assert_eq!(decoded.encoding, name);
                assert_eq!(decoded.text, text);
            }
        }
        let decoded = BIG5.encode(FULL).0;
        let decoded = decode(&decoded).unwrap();
        assert_eq!((decoded.encoding, &*decoded.text), ("Big5", FULL));
    }

    #[test]
    fn what_is_no_text_is_named() {
        let noise: Vec<u8> = (0..4000u32).map(|i| (i.wrapping_mul(2654435761) >> 13) as u8 | 0x80).collect();
        for (bytes, error) in [
            (b"".to_vec(), TextError::Empty),
            (" \n\u{3000}\n".as_bytes().to_vec(), TextError::Empty),
            (b"\xef\xbb\xbf".to_vec(), TextError::Empty),
            (b"\x89PNG\r\n\x1a\n....".to_vec(), TextError::Binary("a PNG picture")),
            (b"%PDF-1.7".to_vec(), TextError::Binary("a PDF document")),
            (b"PK\x03\x04...".to_vec(), TextError::Binary("a ZIP archive or an Office document")),
            (vec![0; 100], TextError::Binary("binary data")),
            (noise, TextError::UnknownEncoding),
        ] {
            assert_eq!(decode(&bytes).err(), Some(error));
        }
    }

    #[test]
    fn a_character_cut_off_at_the_end_is_left_out() {
        let bytes = &SIMPLE.as_bytes()[..SIMPLE.len() - 2];
        assert_eq!(decode(bytes).unwrap().text.chars().count(), SIMPLE.chars().count() - 2);
    }

    #[test]
    fn one_bad_byte_costs_one_character() {
        let mut bytes = SIMPLE.repeat(20).into_bytes();
        bytes[300] = 0xff;
        let decoded = decode(&bytes).unwrap();
        assert_eq!(decoded.encoding, "UTF-8");
    }
}
