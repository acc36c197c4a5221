//! Web archives: the pages in them, each under its original address.

use std::io::{BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

use super::bytes::disk;
use super::{Action, Format, Head, Meta, Piece, Pieces, Refusal, Source};

/// Longest page, and longest line of a record's head, in bytes.
const MOST: u64 = 64 << 20;
const LONGEST_LINE: u64 = 1 << 16;

/// WARC files, plain or packed record by record.
pub(super) struct Warc;

impl Format for Warc {
    fn name(&self) -> &'static str {
        "warc"
    }

    fn media_type(&self) -> &'static str {
        "application/warc"
    }

    fn most_bytes(&self) -> u64 {
        u64::MAX
    }

    fn fits(&self, head: &Head<'_>) -> bool {
        head.bytes().starts_with(b"WARC/") || is_packed(head.bytes()) && head.ends_with(".warc.gz")
    }

    fn action(&self) -> Action {
        Action::Container(open)
    }
}

fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x1f\x8b")
}

fn open(source: Source, key: &str) -> Result<Pieces, Refusal> {
    let mut bytes = BufReader::new(source.open().map_err(disk)?);
    let packed = is_packed(bytes.fill_buf().map_err(disk)?);
    let reader: Box<dyn BufRead + Send> =
        if packed { Box::new(BufReader::new(MultiGzDecoder::new(bytes))) } else { Box::new(bytes) };
    Ok(Box::new(Records { reader, key: key.to_owned(), number: 0, done: false }))
}

/// The pages of an archive in its order.
struct Records {
    reader: Box<dyn BufRead + Send>,
    key: String,
    number: u32,
    done: bool,
}

/// The head of a record.
#[derive(Default)]
struct Record {
    kind: String,
    address: Option<String>,
    length: u64,
}

impl Iterator for Records {
    type Item = Result<Piece, (String, Refusal)>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            match self.record() {
                Ok(Some(piece)) => return Some(Ok(piece)),
                Ok(None) => {}
                Err(refusal) => return Some(Err((format!("{}/{}", self.key, self.number), refusal))),
            }
        }
        None
    }
}

impl Records {
    /// The next record's page; none for other records and at the end.
    fn record(&mut self) -> Result<Option<Piece>, Refusal> {
        let Some(record) = self.head().inspect_err(|_| self.done = true)? else { return Ok(None) };
        self.number += 1;
        let wanted = record.kind == "response" || record.kind == "resource";
        let mut body = Vec::new();
        let most = if wanted { record.length.min(MOST) } else { 0 };
        let got = (&mut self.reader).take(most).read_to_end(&mut body).map_err(|_| self.broken())? as u64;
        let rest = std::io::copy(&mut (&mut self.reader).take(record.length - got), &mut std::io::sink());
        let rest = rest.map_err(|_| self.broken())?;
        if got + rest < record.length {
            return Err(self.broken());
        }
        if !wanted {
            return Ok(None);
        }
        if record.length > MOST {
            return Err(Refusal::TooLarge { most: MOST });
        }
        Ok(self.page(&record, body))
    }

    /// What is behind a damaged record cannot be found.
    fn broken(&mut self) -> Refusal {
        self.done = true;
        Refusal::Broken("WARC")
    }

    fn line(&mut self) -> Result<Option<String>, Refusal> {
        let mut line = Vec::new();
        let read = (&mut self.reader).take(LONGEST_LINE).read_until(b'\n', &mut line);
        let length = read.map_err(|_| Refusal::Broken("WARC"))?;
        Ok((length > 0).then(|| String::from_utf8_lossy(&line).trim().to_owned()))
    }

    /// The head of the next record; none at the end.
    fn head(&mut self) -> Result<Option<Record>, Refusal> {
        let first = loop {
            match self.line()? {
                None => {
                    self.done = true;
                    return Ok(None);
                }
                Some(line) if line.is_empty() => {}
                Some(line) => break line,
            }
        };
        if !first.starts_with("WARC/") {
            return Err(Refusal::Broken("WARC"));
        }
        let mut record = Record::default();
        while let Some(line) = self.line()?.filter(|line| !line.is_empty()) {
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "warc-type" => record.kind = value.to_ascii_lowercase(),
                "warc-target-uri" => record.address = Some(value.trim_matches(['<', '>']).to_owned()),
                "content-length" => record.length = value.parse().map_err(|_| Refusal::Broken("WARC"))?,
                _ => {}
            }
        }
        Ok(Some(record))
    }

    /// The page of a response; none for failures and for what is no page.
    fn page(&self, record: &Record, body: Vec<u8>) -> Option<Piece> {
        let meta = Meta { address: record.address.clone(), ..Meta::default() };
        let mut bytes = body;
        if bytes.starts_with(b"HTTP/") {
            let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
            let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
            let field = |name: &str| {
                let line = head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
                line.map(|value| value.trim().to_owned())
            };
            let good = head.split_whitespace().nth(1).is_some_and(|status| status.starts_with('2'));
            let kind = field("content-type").unwrap_or_else(|| "text/html".to_owned());
            if !good || !["html", "plain", "pdf", "json"].iter().any(|it| kind.contains(it)) {
                return None;
            }
            let packed = field("content-encoding").is_some_and(|it| it.contains("gzip"));
            bytes.drain(..end + 4);
            if packed {
                let mut plain = Vec::new();
                MultiGzDecoder::new(bytes.as_slice()).take(MOST).read_to_end(&mut plain).ok()?;
                bytes = plain;
            }
        }
        let mut piece = Piece::memory(format!("{}/{}", self.key, self.number), bytes);
        piece.meta = meta;
        Some(piece)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: &str, body: &str) -> String {
        let length = body.len();
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://example.org/a\r\nContent-Length: {length}\r\n\r\n{body}\r\n\r\n"
        )
    }

    fn seen(text: &str) -> Vec<String> {
        let pieces = open(Source::Memory(text.as_bytes().to_vec()), "a.warc").expect("opens");
        let told = |piece: Piece| match piece.source {
            Source::Memory(bytes) => {
                format!("{} {} {}", piece.key, piece.meta.address.unwrap_or_default(), String::from_utf8_lossy(&bytes))
            }
            Source::File(_) => "a file".to_owned(),
        };
        pieces.map(|it| it.map_or_else(|(key, refusal)| format!("{key}: {refusal:?}"), told)).collect()
    }

    #[test]
    fn pages_come_out_with_their_address() {
        let page = record("response", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>一</p>");
        let picture = record("response", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx");
        let gone = record("response", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>无</p>");
        let text = [record("warcinfo", "software: x"), page, picture, gone].concat();
        assert_eq!(seen(&text), ["a.warc/2 https://example.org/a <p>一</p>"]);
        assert_eq!(seen(&text[..text.len() - 20]).last().map(String::as_str), Some("a.warc/4: Broken(\"WARC\")"));
        assert_eq!(seen("WARC/1.0\r\nContent-Length: many\r\n\r\n"), ["a.warc/0: Broken(\"WARC\")"]);
    }
}
