//! The simplest reader: titled documents and plain sums, sentence by sentence.

use rust_decimal::Decimal;

use super::{Read, ReadError};
use crate::model::{Amount, Document, Entity, EntityKind, Evidence, Mention, Money, Reading, Sentence, SourceSpan};

/// Finds titles in 《》 and sums such as `30亿元` in UTF-8 text.
#[derive(Debug, Clone, Copy, Default)]
pub struct PlainReader;

impl Read for PlainReader {
    fn read(&self, key: &str, bytes: &[u8]) -> Result<Reading, ReadError> {
        let text = decode(bytes)?;
        let sentences = sentences(text);
        let document = Document {
            key: key.to_owned(),
            title: text.lines().map(str::trim).find(|line| !line.is_empty()).map(str::to_owned),
            published: None,
            encoding: "UTF-8",
            hash: blake3::hash(bytes).to_string(),
            characters: text.chars().count() as u32,
        };
        let mut reading = Reading {
            document,
            entities: Vec::new(),
            amounts: Vec::new(),
            groups: Vec::new(),
            relations: Vec::new(),
            observations: Vec::new(),
            sentences,
        };
        let found: Vec<_> = reading.sentences.iter().enumerate().flat_map(|(index, it)| finds(index, it)).collect();
        found.into_iter().for_each(|find| take(&mut reading, find));
        Ok(reading)
    }

    fn version(&self) -> String {
        "plain-1".to_owned()
    }
}

enum Find {
    Title(Evidence),
    Sum(Evidence, Decimal),
}

fn decode(bytes: &[u8]) -> Result<&str, ReadError> {
    for (magic, format) in [(&b"\x89PNG"[..], "PNG"), (b"\xFF\xD8\xFF", "JPEG"), (b"%PDF", "PDF"), (b"GIF8", "GIF")] {
        if bytes.starts_with(magic) {
            return Err(ReadError::NotText(format));
        }
    }
    let text = std::str::from_utf8(bytes).map_err(|_| ReadError::Undecodable)?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    match text {
        text if text.trim().is_empty() => Err(ReadError::Empty),
        text if text.contains('\0') => Err(ReadError::Undecodable),
        text => Ok(text),
    }
}

fn sentences(text: &str) -> Vec<Sentence> {
    let mut start = 0;
    let mut sentence = |text: &str| {
        let span = SourceSpan::new(start, start + text.chars().count());
        start = span.end as usize;
        Sentence { span, text: text.to_owned() }
    };
    text.split_inclusive(['。', '\n']).map(&mut sentence).collect()
}

fn finds(index: usize, sentence: &Sentence) -> Vec<Find> {
    let evidence = |byte: usize, text: &str, rule| {
        let start = sentence.span.start as usize + sentence.text[..byte].chars().count();
        let span = SourceSpan::new(start, start + text.chars().count());
        Evidence { span, text: text.to_owned(), sentence: index as u32, rule, confidence: 900 }
    };
    let mut found = Vec::new();
    for (open, _) in sentence.text.match_indices('《') {
        let inside = open + '《'.len_utf8();
        if let Some(length) = sentence.text[inside..].find('》').filter(|length| *length > 0) {
            found.push(Find::Title(evidence(inside, &sentence.text[inside..inside + length], "policy/titled")));
        }
    }
    for (unit, _) in sentence.text.match_indices("亿元") {
        let digits = sentence.text[..unit].trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
        if let Ok(value) = sentence.text[digits..unit].parse::<Decimal>() {
            let text = &sentence.text[digits..unit + "亿元".len()];
            found.push(Find::Sum(evidence(digits, text, "money/sum"), value * Decimal::from(100_000_000)));
        }
    }
    found
}

fn take(reading: &mut Reading, find: Find) {
    match find {
        Find::Title(evidence) => {
            let name = evidence.text.clone();
            let mention = Mention { evidence, name: 0 };
            match reading.entities.iter_mut().find(|entity| entity.names[0] == name) {
                Some(entity) => entity.mentions.push(mention),
                None => {
                    let (kind, names, mentions) = (EntityKind::Policy, vec![name], vec![mention]);
                    reading.entities.push(Entity { kind, names, mentions });
                }
            }
        }
        Find::Sum(evidence, value) => {
            let money = Money { value, max: None, currency: "CNY", qualifier: None };
            reading.amounts.push(Amount { money, investment: false, evidence });
        }
    }
}
