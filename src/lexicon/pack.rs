//! Records as lines of text, the form in which the shipped gazetteers are embedded. Shared with `build.rs`.

use super::record::Record;

/// Between the fields of a line.
const FIELD: char = '\t';
/// Between the items of a field.
const ITEM: char = '\u{1f}';

/// One record as one line, without its end.
pub fn line(record: &Record) -> String {
    let list = |items: &[String]| items.join(&ITEM.to_string());
    [
        record.iri.clone(),
        record.kind.clone(),
        record.level.clone(),
        record.label.clone(),
        list(&record.alt),
        list(&record.hidden),
        list(&record.parents),
        list(&record.industries),
    ]
    .join(&FIELD.to_string())
}

/// A record that borrows from its line.
#[derive(Debug, Clone, Copy)]
pub struct Packed<'a> {
    fields: [&'a str; 8],
}

impl<'a> Packed<'a> {
    /// Reads one line; none where it has not the eight fields.
    pub fn read(line: &'a str) -> Option<Self> {
        let mut fields = [""; 8];
        let mut parts = line.split(FIELD);
        for field in &mut fields {
            *field = parts.next()?;
        }
        Some(Self { fields })
    }

    /// IRI without the common start.
    pub fn iri(self) -> &'a str {
        self.fields[0]
    }

    /// Local name of the class.
    pub fn kind(self) -> &'a str {
        self.fields[1]
    }

    /// Level or scheme.
    pub fn level(self) -> &'a str {
        self.fields[2]
    }

    /// Preferred label.
    pub fn label(self) -> &'a str {
        self.fields[3]
    }

    /// Other labels, for [`items`].
    pub fn alt(self) -> &'a str {
        self.fields[4]
    }

    /// Labels that are everyday words as well, for [`items`].
    pub fn hidden(self) -> &'a str {
        self.fields[5]
    }

    /// IRIs of containing places or broader concepts, for [`items`].
    pub fn parents(self) -> &'a str {
        self.fields[6]
    }

    /// IRIs of leading industries, for [`items`].
    pub fn industries(self) -> &'a str {
        self.fields[7]
    }
}

/// The items of a field that is a list.
pub fn items(field: &str) -> impl Iterator<Item = &str> {
    field.split(ITEM).filter(|item| !item.is_empty())
}
