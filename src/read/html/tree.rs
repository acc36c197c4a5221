//! The marks of a page → a light tree: elements that can hold an article, and the blocks of text in them.

use std::cell::Cell;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, ForwardingEmitter, Readable, Reader, Span, Tokenizer};

use super::maker::Maker;

/// An element that can hold an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element {
    /// Index of the element around it; its own for the root.
    pub(super) parent: u32,
    /// Its blocks and those of the elements in it: first, and one past the last.
    pub(super) first: u32,
    pub(super) last: u32,
    /// What its name, class and id say: above 0 an article's, below 0 a menu's.
    pub(super) hint: i8,
    /// The same for elements of one name and class.
    pub(super) sign: u32,
}

/// A stretch of text on lines of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// Index of the element that it stands in.
    pub(super) element: u32,
    /// Its bytes in the text of the tree.
    pub(super) start: u32,
    pub(super) end: u32,
    /// Bytes of it that lead elsewhere.
    pub(super) linked: u32,
    /// Bytes that lead elsewhere before its first other sign.
    pub(super) opening: u32,
    /// Table and row that it is a cell of, from 1; only in tables of data.
    pub(super) row: Option<(u32, u32)>,
    /// Which cell of its row.
    pub(super) cell: u32,
    /// Its level where it is a heading, else 0.
    pub(super) heading: u8,
}

/// A page.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) text: String,
    /// In order of their begin; the first is the root.
    pub(super) elements: Vec<Element>,
    /// In order of the page.
    pub(super) blocks: Vec<Block>,
    /// Text of `title`.
    pub(super) title: String,
    /// Name and content of `meta` elements, names in small letters.
    pub(super) metas: Vec<(String, String)>,
    /// The canonical address.
    pub(super) canonical: Option<String>,
    /// The encoding that the page declares.
    pub(super) charset: Option<String>,
}

/// A tag with more attributes than any page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a tag of the page has too many attributes")]
pub(super) struct Overfull;

/// The text of a page, until somebody says stop. The tokenizer reads attribute after attribute deeper and deeper in its
/// stack; an error of its reader is the way out.
struct Guarded<'a> {
    inner: <&'a str as Readable<'a>>::Reader,
    stop: &'a Cell<bool>,
}

impl Guarded<'_> {
    fn look(&self) -> Result<(), Overfull> {
        if self.stop.get() { Err(Overfull) } else { Ok(()) }
    }
}

impl Reader for Guarded<'_> {
    type Error = Overfull;

    #[inline(always)]
    fn read_byte(&mut self) -> Result<Option<u8>, Overfull> {
        self.look()?;
        self.inner.read_byte().map_err(|never| match never {})
    }

    #[inline(always)]
    fn try_read_string(&mut self, text: &[u8], case_sensitive: bool) -> Result<bool, Overfull> {
        self.inner.try_read_string(text, case_sensitive).map_err(|never| match never {})
    }

    #[inline(always)]
    fn read_until<'b>(&'b mut self, needle: &[u8], buffer: &'b mut [u8; 4]) -> Result<Option<&'b [u8]>, Overfull> {
        self.look()?;
        self.inner.read_until(needle, buffer).map_err(|never| match never {})
    }
}

/// An emitter that nobody tells of mistakes in the page: looking for them takes a tenth of the time.
struct Quiet<E>(E);

impl<E: Emitter> ForwardingEmitter for Quiet<E> {
    type Token = E::Token;

    fn inner(&mut self) -> &mut impl Emitter<Token = E::Token> {
        &mut self.0
    }

    #[inline(always)]
    fn should_emit_errors(&mut self) -> bool {
        false
    }
}

impl Tree {
    /// Reads a page; any text will do.
    ///
    /// # Errors
    /// When a tag has more attributes than any honest page's.
    pub(super) fn of(page: &str) -> Result<Self, Overfull> {
        let mut maker = Maker::with_room(page.len());
        let stop = Cell::new(false);
        // A callback that yields nothing lets the tokenizer run to the end at the first step.
        let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<()> {
            maker.event(&event);
            stop.set(maker.is_overfull());
            None
        });
        emitter.naively_switch_states(true);
        let guarded = Guarded { inner: page.to_reader(), stop: &stop };
        let outcome: Result<(), Overfull> = Tokenizer::new_with_emitter(guarded, Quiet(emitter)).collect();
        outcome.map(|()| maker.finish())
    }

    /// The text of a block.
    pub(super) fn text(&self, block: &Block) -> &str {
        self.text[block.start as usize..block.end as usize].trim()
    }

    /// The texts of the cells of one row.
    pub(super) fn cells(&self, blocks: &[Block]) -> Vec<String> {
        let mut cells: Vec<String> = Vec::new();
        let mut last = None;
        for block in blocks {
            let text = super::tidy(self.text(block));
            match cells.last_mut().filter(|_| last == Some(block.cell)) {
                Some(cell) => {
                    cell.push(' ');
                    cell.push_str(&text);
                }
                None => cells.push(text),
            }
            last = Some(block.cell);
        }
        cells
    }
}
