//! Web pages of papers and governments: the article without menus and advertisements, and what the head says of it.
//!
//! One pass over the marks makes a light tree; the article is the smallest part of it that holds most of its prose.

mod article;
mod head;
mod lines;
mod maker;
mod tree;
mod words;

use super::compose::{Text, row, tidy};
use super::plain::undecoded;
use super::{Action, Content, Format, Head, Meta, Paper, Refusal, Settings, Warning};
use crate::model::Place;
use crate::text::decode;
use article::Page;
use tree::{Block, Tree};

/// Elements one of which every page has.
const SIGNS: [&str; 8] = ["<!doctype html", "<html", "<head", "<body", "<div", "<p>", "<p ", "<meta"];

/// Bytes of a page in which they are looked for first.
const OPENING: usize = 512;

fn has_sign(text: &[u8]) -> bool {
    let lower = text.to_ascii_lowercase();
    SIGNS.iter().any(|sign| memchr::memmem::find(&lower, sign.as_bytes()).is_some())
}

/// HTML pages.
pub(super) struct Html;

impl Format for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn media_type(&self) -> &'static str {
        "text/html"
    }

    fn most_bytes(&self) -> u64 {
        64 << 20
    }

    fn fits(&self, head: &Head<'_>) -> bool {
        let is_named = head.is_named(&["html", "htm", "shtml", "xhtml"]);
        if !is_named && !head.may_open_with(b"<") {
            return false;
        }
        // The sign of a page mostly stands at its very begin.
        let opening = head.first(OPENING);
        let opening = opening.strip_prefix(b"\xef\xbb\xbf").unwrap_or(opening).trim_ascii_start();
        if opening.starts_with(b"<") && has_sign(opening) {
            return true;
        }
        let text = head.text();
        let begin = text.trim_start_matches('\u{feff}').trim_start();
        if !begin.starts_with('<') {
            return is_named && begin.contains('<');
        }
        has_sign(begin.as_bytes())
    }

    fn action(&self) -> Action {
        Action::Document(read)
    }
}

fn read(bytes: &[u8], _: &Settings) -> Result<Paper, Refusal> {
    let decoded = decode(bytes)?;
    let tree = Tree::of(&decoded.text).map_err(|_| Refusal::Broken("HTML"))?;
    let page = Page::of(&tree);
    if page.is_list() {
        return Err(Refusal::NoArticle);
    }
    let range = page.range();
    let meta = head::meta(&tree, range.start, page.headline);
    let blocks = page.blocks(range);
    let text = text(&tree, &blocks, &meta);
    if blocks.is_empty() || text.chars.is_empty() {
        return Err(Refusal::NoArticle);
    }
    let mut warnings: Vec<Warning> = undecoded(text.chars.iter().copied()).into_iter().collect();
    warnings.extend(misdeclared(&tree, decoded.encoding));
    Ok(Paper {
        format: "html",
        encoding: decoded.encoding,
        content: Content::Text(text.chars),
        meta,
        places: text.places,
        warnings,
    })
}

/// The headline, a blank line, and each block in a paragraph of its own; rows of a table stand together.
fn text(tree: &Tree, blocks: &[Block], meta: &Meta) -> Text {
    let mut out = Text::default();
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let title = meta.title.as_deref().map(bare).unwrap_or_default();
    let opens = blocks.iter().take(3).any(|block| bare(tree.text(block)) == title);
    if let Some(title) = meta.title.as_deref().filter(|_| !opens) {
        out.paragraph(title, Place::Paragraph(1));
    }
    let mut number = u32::from(!opens && meta.title.is_some());
    let mut last_table = None;
    let mut at = 0;
    while at < blocks.len() {
        let block = &blocks[at];
        let cells = blocks[at..].iter().take_while(|it| block.row.is_some() && it.row == block.row).count();
        match block.row {
            Some((table, line)) => {
                let cells: Vec<String> = tree.cells(&blocks[at..at + cells]);
                let place = Place::Row { table, row: line };
                if last_table == Some(table) {
                    out.line(&row(&cells), place)
                } else {
                    out.paragraph(&row(&cells), place)
                }
                last_table = Some(table);
            }
            None => {
                number += 1;
                out.paragraph(&tidy(tree.text(block)), Place::Paragraph(number));
                last_table = None;
            }
        }
        at += cells.max(1);
    }
    out
}

/// A warning where the page says another encoding than it is in; GB2312 and GBK are parts of GB18030.
fn misdeclared(tree: &Tree, found: &'static str) -> Option<Warning> {
    let declared = tree.charset.as_deref()?;
    let known = encoding_rs::Encoding::for_label(declared.as_bytes())?;
    let exact = encoding_rs::Encoding::for_label(found.as_bytes())?;
    let parts = known == encoding_rs::GBK && exact == encoding_rs::GB18030;
    let misled = known != exact && !parts;
    misled.then(|| Warning::Declared { declared: declared.to_owned(), found })
}

#[cfg(test)]
mod tests;
