//! Plain text: whatever decodes.

use super::{Action, Content, Format, Head, Meta, Paper, Refusal, Settings, Warning};
use crate::model::Places;
use crate::text::decode;

/// Plain text in any of the known encodings.
pub(super) struct Plain;

impl Format for Plain {
    fn name(&self) -> &'static str {
        "text"
    }

    fn media_type(&self) -> &'static str {
        "text/plain"
    }

    fn most_bytes(&self) -> u64 {
        64 << 20
    }

    fn fits(&self, _: &Head<'_>) -> bool {
        true
    }

    fn action(&self) -> Action {
        Action::Document(read)
    }
}

fn read(bytes: &[u8], _: &Settings) -> Result<Paper, Refusal> {
    let decoded = decode(bytes)?;
    let chars: Vec<char> = decoded.text.chars().collect();
    Ok(Paper {
        format: "text",
        encoding: decoded.encoding,
        warnings: undecoded(chars.iter().copied()).into_iter().collect(),
        content: Content::Text(chars),
        meta: Meta::default(),
        places: Places::default(),
    })
}

/// A warning about characters that stand for broken bytes.
pub(super) fn undecoded(chars: impl Iterator<Item = char>) -> Option<Warning> {
    let count = chars.filter(|&c| c == char::REPLACEMENT_CHARACTER).count();
    (count > 0).then_some(Warning::Undecoded(count as u32))
}
