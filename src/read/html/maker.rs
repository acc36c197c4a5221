//! Puts a tree together from the marks of a page, however they are nested or left open.

use html5gum::emitters::callback::CallbackEvent;

use super::tree::{Block, Element, Tree};
use super::words::{AROUND, ARTICLE, BREAKS, UNREAD, holder};

/// Deepest nesting that is kept; elements below count as their ancestor.
const DEEPEST: usize = 256;

/// Longest cell of a table of data, in bytes; longer ones only lay out the page.
const LONGEST_CELL: u32 = 900;

/// Most attributes of one tag.
const MOST_ATTRIBUTES: u32 = 500;

/// A tree in the making.
pub(super) struct Maker {
    tree: Tree,
    open: Vec<Open>,
    /// Holders beyond the deepest that are open.
    ignored: u32,
    /// Where the current block begins, its bytes in links, and those before any other text.
    start: usize,
    linked: u32,
    opening: u32,
    /// True once the current block has text outside links.
    plain: bool,
    links: u32,
    heading: u8,
    in_title: bool,
    /// The unread element that is open, and how often within itself.
    unread: Option<(&'static str, u32)>,
    tables: Vec<Table>,
    table_count: u32,
    tag: Tag,
}

/// An open holder.
struct Open {
    name: &'static str,
    element: u32,
}

/// An open table.
struct Table {
    number: u32,
    first_block: usize,
    row: u32,
    cell: u32,
    widest: u32,
    longest: u32,
    nested: bool,
}

/// The start tag that is being read.
#[derive(Default)]
struct Tag {
    name: Vec<u8>,
    /// How many attributes it has so far, and the name of the last.
    attributes: u32,
    attribute: Vec<u8>,
    words: String,
    /// First words of its class and id without digits.
    class: Vec<u8>,
    hidden: bool,
    /// Not to be seen until a script says so.
    veiled: bool,
    key: Option<String>,
    content: Option<String>,
    rel: String,
    href: String,
}

/// The element around all others.
const ROOT: Element = Element { parent: 0, first: 0, last: 0, hint: 0, sign: 0 };

impl Default for Maker {
    fn default() -> Self {
        Self {
            tree: Tree { elements: vec![ROOT], ..Tree::default() },
            open: vec![Open { name: "", element: 0 }],
            ignored: 0,
            start: 0,
            linked: 0,
            opening: 0,
            plain: false,
            links: 0,
            heading: 0,
            in_title: false,
            unread: None,
            tables: Vec::new(),
            table_count: 0,
            tag: Tag::default(),
        }
    }
}

impl Maker {
    /// One with room for the text of a page of so many bytes.
    pub(super) fn with_room(bytes: usize) -> Self {
        let tree = Tree { elements: vec![ROOT], text: String::with_capacity(bytes), ..Tree::default() };
        Self { tree, ..Self::default() }
    }

    /// Takes the next mark or text of the page.
    pub(super) fn event(&mut self, event: &CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => self.tag.begin(name),
            CallbackEvent::AttributeName { name } => {
                self.tag.attributes += 1;
                self.tag.attribute.clear();
                self.tag.attribute.extend_from_slice(name);
                self.tag.hidden |= *name == b"hidden";
            }
            CallbackEvent::AttributeValue { value } => self.tag.value(value),
            CallbackEvent::CloseStartTag { self_closing } => self.start(*self_closing),
            CallbackEvent::EndTag { name } => self.end(name),
            CallbackEvent::String { value } => self.string(value),
            _ => {}
        }
    }

    /// True while a tag has more attributes than are taken.
    pub(super) fn is_overfull(&self) -> bool {
        self.tag.attributes > MOST_ATTRIBUTES
    }

    /// The tree, every element closed.
    pub(super) fn finish(mut self) -> Tree {
        self.flush();
        while !self.open.is_empty() {
            self.close();
        }
        self.tree
    }

    fn string(&mut self, value: &[u8]) {
        let Ok(text) = std::str::from_utf8(value) else { return };
        if self.in_title {
            self.tree.title.push_str(text);
        } else if self.unread.is_none() {
            let length = text.trim().len() as u32;
            if self.links > 0 {
                self.linked += length;
                self.opening += if self.plain { 0 } else { length };
            } else {
                self.plain |= length > 0;
            }
            self.tree.text.push_str(text);
        }
    }

    fn start(&mut self, self_closing: bool) {
        let tag = std::mem::take(&mut self.tag);
        let name = tag.name.as_slice();
        if let Some((unread, depth)) = &mut self.unread {
            *depth += u32::from(unread.as_bytes() == name && !self_closing);
            // Those two are often left open, and hold no blocks.
            let left_open = matches!(*unread, "select" | "button") && holder(name).is_some();
            if !left_open {
                return;
            }
            self.unread = None;
        }
        if let Some(unread) = UNREAD.iter().find(|it| it.as_bytes() == name) {
            if !self_closing {
                self.unread = Some((unread, 0));
            }
            return;
        }
        match name {
            b"meta" => self.meta(&tag),
            b"link" if tag.rel == "canonical" && !tag.href.is_empty() => self.tree.canonical = Some(tag.href.clone()),
            b"title" => self.in_title = self.tree.title.is_empty(),
            b"a" => self.links = 1,
            b"body" => self.in_title = false,
            _ => {}
        }
        if let Some(name) = holder(name) {
            self.flush();
            self.open(name, &tag);
        } else if BREAKS.iter().any(|it| it.as_bytes() == name) {
            self.flush();
            self.heading = match name {
                [b'h', level @ b'1'..=b'6'] => level - b'0',
                // How the pages of digital newspapers mark headlines.
                b"founder-title" => 1,
                _ => 0,
            };
        }
    }

    fn meta(&mut self, tag: &Tag) {
        if let (Some(key), Some(content)) = (tag.key.clone(), tag.content.clone()) {
            if key == "content-type" {
                let charset = content.to_ascii_lowercase().split("charset=").nth(1).map(|it| it.trim().to_owned());
                self.tree.charset = self.tree.charset.take().or(charset);
            } else if key == "charset" {
                self.tree.charset = self.tree.charset.take().or(Some(content));
            } else {
                self.tree.metas.push((key, content));
            }
        }
    }

    fn end(&mut self, name: &[u8]) {
        if let Some((unread, depth)) = &mut self.unread {
            if unread.as_bytes() == name {
                match depth.checked_sub(1) {
                    Some(less) => *depth = less,
                    None => self.unread = None,
                }
            }
            return;
        }
        match name {
            b"title" => self.in_title = false,
            b"a" => self.links = 0,
            _ if BREAKS.iter().any(|it| it.as_bytes() == name) => self.flush(),
            _ => {
                if let Some(name) = holder(name) {
                    self.flush();
                    if self.ignored > 0 {
                        self.ignored -= 1;
                    } else {
                        self.close_to(name, &[]);
                    }
                }
            }
        }
    }

    fn open(&mut self, name: &'static str, tag: &Tag) {
        // A row ends the row before it, a cell the cell, an item the item.
        match name {
            "tr" => self.close_to("tr", &["table"]),
            "td" | "th" => {
                self.close_to("td", &["table"]);
                self.close_to("th", &["table"]);
            }
            "li" => self.close_to("li", &["ul", "ol", "td", "table"]),
            _ => {}
        }
        if self.open.len() >= DEEPEST {
            self.ignored += 1;
            return;
        }
        match (name, self.tables.last_mut()) {
            ("table", outer) => {
                if let Some(outer) = outer {
                    outer.nested = true;
                }
                self.table_count += 1;
                let (number, first_block) = (self.table_count, self.tree.blocks.len());
                self.tables.push(Table { number, first_block, row: 0, cell: 0, widest: 0, longest: 0, nested: false });
            }
            ("tr", Some(table)) => (table.row, table.cell) = (table.row + 1, 0),
            ("td" | "th", Some(table)) => {
                table.cell += 1;
                table.widest = table.widest.max(table.cell);
            }
            _ => {}
        }
        let parent = self.open.last().map_or(0, |open| open.element);
        let element = self.tree.elements.len() as u32;
        let first = self.tree.blocks.len() as u32;
        self.tree.elements.push(Element { parent, first, last: first, hint: tag.hint(), sign: tag.sign() });
        self.open.push(Open { name, element });
    }

    /// Closes the innermost open holder of that name and all within it, unless one of `walls` stands between.
    fn close_to(&mut self, name: &str, walls: &[&str]) {
        let found = self.open.iter().rposition(|open| open.name == name || walls.contains(&open.name));
        let Some(at) = found.filter(|&at| at > 0 && self.open[at].name == name) else { return };
        while self.open.len() > at {
            self.close();
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        self.tree.elements[open.element as usize].last = self.tree.blocks.len() as u32;
        if open.name == "table"
            && let Some(table) = self.tables.pop()
        {
            let is_data = !table.nested && table.widest >= 2 && table.row >= 2 && table.longest <= LONGEST_CELL;
            if !is_data {
                self.tree.blocks[table.first_block..].iter_mut().for_each(|block| block.row = None);
            }
        }
    }

    /// Ends the current block.
    fn flush(&mut self) {
        let (start, end) = (self.start, self.tree.text.len());
        let linked = std::mem::take(&mut self.linked);
        let opening = std::mem::take(&mut self.opening);
        let heading = std::mem::take(&mut self.heading);
        self.plain = false;
        self.start = end;
        let text = self.tree.text[start..end].trim();
        if text.is_empty() || self.in_title {
            return;
        }
        let table = self.tables.last_mut().filter(|table| table.row > 0 && table.cell > 0);
        let (row, cell) = table.map_or((None, 0), |table| {
            table.longest = table.longest.max(text.len() as u32);
            (Some((table.number, table.row)), table.cell)
        });
        let element = self.open.last().map_or(0, |open| open.element);
        let (start, end) = (start as u32, end as u32);
        self.tree.blocks.push(Block { element, start, end, linked, opening, row, cell, heading });
    }
}

impl Tag {
    fn begin(&mut self, name: &[u8]) {
        let taken = std::mem::take(self);
        *self = Self { name: taken.name, words: taken.words, class: taken.class, ..Self::default() };
        self.name.clear();
        self.words.clear();
        self.class.clear();
        self.name.extend_from_slice(name);
    }

    fn value(&mut self, value: &[u8]) {
        let text = || String::from_utf8_lossy(value).trim().to_owned();
        match (self.attribute.as_slice(), self.name.as_slice()) {
            (b"class" | b"id", _) => {
                let begin = self.words.len();
                self.words.push(' ');
                self.words.push_str(&String::from_utf8_lossy(value));
                self.words[begin..].make_ascii_lowercase();
                let first = value.split(|sign| sign.is_ascii_whitespace()).find(|word| !word.is_empty());
                self.class.extend(first.into_iter().flatten().filter(|sign| !sign.is_ascii_digit()));
                self.class.push(b' ');
            }
            (b"style", _) => {
                let style: String = text().to_ascii_lowercase().split_whitespace().collect();
                self.hidden |= style.contains("display:none");
                self.veiled |= style.contains("visibility:hidden");
            }
            (b"name" | b"property" | b"http-equiv" | b"itemprop", b"meta") => {
                self.key = Some(text().to_ascii_lowercase());
            }
            (b"content", b"meta") => self.content = Some(text()),
            (b"charset", b"meta") => (self.key, self.content) = (Some("charset".to_owned()), Some(text())),
            (b"rel", b"link") => self.rel = text().to_ascii_lowercase(),
            (b"href", b"link") => self.href = text(),
            _ => {}
        }
    }

    /// The same number for elements of one name and class.
    fn sign(&self) -> u32 {
        let signs = self.name.iter().chain(b".").chain(&self.class);
        signs.fold(0x811c_9dc5, |hash: u32, &sign| (hash ^ u32::from(sign)).wrapping_mul(0x0100_0193))
    }

    /// What name, class and id say of an element: hidden ones hold no article for sure.
    fn hint(&self) -> i8 {
        let is_article = || !self.words.is_empty() && ARTICLE.is_match(&self.words);
        match self.name.as_slice() {
            _ if self.hidden => -2,
            // Exports of a page keep its article hidden, as it is before scripts run.
            _ if self.veiled && !is_article() => -2,
            b"nav" | b"footer" | b"aside" => -1,
            b"body" => 0,
            _ if !self.words.is_empty() && AROUND.is_match(&self.words) => -1,
            b"article" => 1,
            _ if is_article() => 1,
            _ => 0,
        }
    }
}
