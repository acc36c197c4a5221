//! JSON Lines, and JSON with one article or a list of them: objects with `text`, `title`, `date`, `url`.

use std::io::{BufRead, BufReader};

use serde_json::Value;

use super::bytes::{Bytes, disk};
use super::dates::in_field;
use super::{Action, Format, Head, Meta, Piece, Pieces, Refusal, Source, format_named};

/// Longest line, and longest file that is one JSON value, in bytes.
const LONGEST: u64 = 64 << 20;

/// Articles in JSON.
pub(super) struct Json;

impl Format for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn media_type(&self) -> &'static str {
        "application/json"
    }

    fn most_bytes(&self) -> u64 {
        u64::MAX
    }

    fn fits(&self, head: &Head<'_>) -> bool {
        if !head.may_open_with(b"{[") {
            return false;
        }
        let text = head.text();
        let begin = text.trim_start_matches('\u{feff}').trim_start();
        let opens = |sign: char| begin.strip_prefix(sign).map(str::trim_start);
        opens('{').is_some_and(|rest| rest.starts_with('"') || rest.starts_with('}'))
            || opens('[').is_some_and(|rest| rest.starts_with('{'))
    }

    fn action(&self) -> Action {
        Action::Container(open)
    }
}

fn open(source: Source, key: &str) -> Result<Pieces, Refusal> {
    let mut lines = Lines { reader: BufReader::new(source.open().map_err(disk)?), key: key.to_owned(), number: 0 };
    let first = lines.line().ok_or(Refusal::Empty)?.map_err(|(_, refusal)| refusal)?;
    if let Ok(value) = serde_json::from_slice(&first)
        && is_object(&value)
    {
        let head = std::iter::once(piece(&value, key, 1));
        return Ok(Box::new(head.chain(lines)));
    }
    whole(first, lines, key)
}

fn is_object(value: &Value) -> bool {
    matches!(value, Value::Object(_))
}

/// A file that is one value over several lines, or a list.
fn whole(first: Vec<u8>, mut lines: Lines, key: &str) -> Result<Pieces, Refusal> {
    let mut bytes = first;
    bytes.push(b'\n');
    let rest = &mut lines.reader;
    std::io::Read::read_to_end(&mut std::io::Read::take(rest, LONGEST), &mut bytes).map_err(disk)?;
    if bytes.len() as u64 > LONGEST {
        return Err(Refusal::TooLarge { most: LONGEST });
    }
    let key = key.to_owned();
    match serde_json::from_slice(&bytes) {
        Ok(Value::Array(values)) => {
            Ok(Box::new(values.into_iter().enumerate().map(move |(at, value)| piece(&value, &key, at + 1))))
        }
        Ok(value) => {
            let mut piece = piece(&value, &key, 1).map_err(|(_, refusal)| refusal)?;
            piece.key = key;
            Ok(Box::new(std::iter::once(Ok(piece))))
        }
        Err(_) => Err(Refusal::Broken("JSON")),
    }
}

/// One object a line.
struct Lines {
    reader: BufReader<Box<dyn Bytes>>,
    key: String,
    number: usize,
}

impl Lines {
    /// The next line that is not blank.
    fn line(&mut self) -> Option<Result<Vec<u8>, (String, Refusal)>> {
        loop {
            let mut line = Vec::new();
            self.number += 1;
            let lost = |refusal| Some(Err((format!("{}/{}", self.key, self.number), refusal)));
            match std::io::Read::take(&mut self.reader, LONGEST).read_until(b'\n', &mut line) {
                Ok(0) => return None,
                Ok(_) if line.len() as u64 >= LONGEST && !line.ends_with(b"\n") => {
                    // What follows is the rest of the same line.
                    let _ = self.reader.skip_until(b'\n');
                    return lost(Refusal::TooLarge { most: LONGEST });
                }
                Ok(_) => {
                    let text = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line).trim_ascii();
                    if !text.is_empty() {
                        return Some(Ok(text.to_vec()));
                    }
                }
                Err(error) => return lost(disk(error)),
            }
        }
    }
}

impl Iterator for Lines {
    type Item = Result<Piece, (String, Refusal)>;

    fn next(&mut self) -> Option<Self::Item> {
        let line = match self.line()? {
            Ok(line) => line,
            Err(lost) => return Some(Err(lost)),
        };
        Some(match serde_json::from_slice(&line) {
            Ok(value) => piece(&value, &self.key, self.number),
            Err(_) => Err((format!("{}/{}", self.key, self.number), Refusal::Broken("JSON"))),
        })
    }
}

/// The article of one object, named by its number.
fn piece(value: &Value, key: &str, number: usize) -> Result<Piece, (String, Refusal)> {
    let key = format!("{key}/{number}");
    let field =
        |names: &[&str]| names.iter().find_map(|name| value.get(name)?.as_str()).filter(|text| !text.is_empty());
    let Some(text) = field(&["text", "content", "正文"]) else { return Err((key, Refusal::NoText)) };
    let own = |names: &[&str]| field(names).map(str::to_owned);
    let meta = Meta {
        title: own(&["title", "标题"]),
        published: field(&["date", "published", "日期"]).and_then(in_field),
        publisher: own(&["publisher", "source", "来源"]),
        author: own(&["author", "作者"]),
        address: own(&["url", "address", "网址"]),
    };
    // The hash tells whether the document changed, and its head is a part of it.
    let format = format_named(if is_page(text) { "html" } else { "text" });
    let mut piece = Piece::memory(key, text.as_bytes().to_vec());
    (piece.format, piece.meta) = (format, meta);
    Ok(piece)
}

fn is_page(text: &str) -> bool {
    let begin = text.trim_start().get(..15).unwrap_or_default().to_ascii_lowercase();
    begin.starts_with("<!doctype html") || begin.starts_with("<html")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        let pieces = match open(Source::Memory(text.as_bytes().to_vec()), "a.jsonl") {
            Ok(pieces) => pieces,
            Err(refusal) => return vec![refusal.to_string()],
        };
        pieces.map(|it| it.map_or_else(|(key, _)| format!("!{key}"), |piece| piece.key)).collect()
    }

    #[test]
    fn one_bad_line_costs_only_itself() {
        for (text, expected) in [
            (
                "{\"text\":\"a\"}\n\n{\"text\":\n{\"title\":\"b\"}\n{\"text\":\"c\"}",
                vec!["a.jsonl/1", "!a.jsonl/3", "!a.jsonl/4", "a.jsonl/5"],
            ),
            ("[{\"text\":\"a\"},\n{\"text\":\"b\"}]", vec!["a.jsonl/1", "a.jsonl/2"]),
            ("{\n \"text\": \"a\"\n}", vec!["a.jsonl"]),
            ("{\"text\":\"a\"}", vec!["a.jsonl/1"]),
        ] {
            assert_eq!(keys(text), expected, "{text}");
        }
        assert!(keys("{\"text\": ").concat().contains("damaged"));
    }
}
