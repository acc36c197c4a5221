//! PDF files: their text layer, columns in reading order, torn lines joined.

#[cfg(feature = "pdf")]
mod column;
#[cfg(feature = "pdf")]
mod glyphs;
#[cfg(feature = "pdf")]
mod joining;

use super::{Action, Format, Head, Paper, Refusal, Settings};

/// PDF files.
pub(super) struct Pdf;

impl Format for Pdf {
    fn name(&self) -> &'static str {
        "pdf"
    }

    fn media_type(&self) -> &'static str {
        "application/pdf"
    }

    fn most_bytes(&self) -> u64 {
        256 << 20
    }

    fn fits(&self, head: &Head<'_>) -> bool {
        let begin = &head.bytes()[..head.bytes().len().min(1024)];
        begin.windows(5).any(|five| five == b"%PDF-") && !begin.starts_with(b"<")
    }

    fn action(&self) -> Action {
        Action::Document(read)
    }

    fn is_intricate(&self) -> bool {
        true
    }
}

#[cfg(not(feature = "pdf"))]
fn read(_: &[u8], _: &Settings) -> Result<Paper, Refusal> {
    Err(Refusal::NotBuilt("pdf"))
}

#[cfg(feature = "pdf")]
fn read(bytes: &[u8], _: &Settings) -> Result<Paper, Refusal> {
    use super::compose::Text;
    use super::{Content, Meta, Warning};

    let mut warnings = Vec::new();
    let mut joining = joining::Joining::new(Text::default());
    for page in glyphs::pages(bytes)? {
        if page.glyphs.is_empty() && page.unmapped == 0 {
            if page.has_pictures {
                warnings.push(Warning::PageWithoutText(page.number));
            }
            continue;
        }
        if page.unmapped > 0 {
            warnings.push(Warning::Unmapped { page: page.number, count: page.unmapped });
        }
        joining.page(page.number, column::lines(&page.glyphs));
    }
    let text = joining.finish();
    if text.chars.iter().all(|c| c.is_whitespace()) {
        return Err(Refusal::NoTextLayer);
    }
    Ok(Paper {
        format: "pdf",
        encoding: "Unicode",
        content: Content::Text(text.chars),
        meta: Meta::default(),
        places: text.places,
        warnings,
    })
}
