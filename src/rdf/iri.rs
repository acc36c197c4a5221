//! IRIs of things and documents, and their short forms.

use std::fmt::Write;

use oxigraph::model::NamedNode;

use super::terms::{PGR, PREFIXES};
use crate::model::EntityKind;

/// The IRI of an entity: its kind and its preferred name without white space, Chinese characters left as they are.
pub fn entity_iri(kind: EntityKind, name: &str) -> NamedNode {
    let mut iri = format!("{PGR}{}/", kind.name().to_ascii_lowercase());
    name.chars().filter(|c| !c.is_whitespace()).for_each(|c| push_escaped(&mut iri, c));
    NamedNode::new_unchecked(iri)
}

/// The IRI of the document that the store keeps under `key`.
pub fn document_iri(key: &str) -> NamedNode {
    let mut iri = format!("{PGR}document/");
    key.chars().for_each(|c| push_escaped(&mut iri, c));
    NamedNode::new_unchecked(iri)
}

/// The key of the document that has this IRI or owns the node that has it; none for other things.
pub fn document_key(iri: &str) -> Option<String> {
    let path = iri.strip_prefix(PGR)?.strip_prefix("document/")?;
    unescape(path.split('#').next()?)
}

/// The kind and the name of the entity that has this IRI; none for other things.
pub fn entity_of(iri: &str) -> Option<(EntityKind, String)> {
    let (kind, name) = iri.strip_prefix(PGR)?.split_once('/')?;
    let kind = EntityKind::ALL.into_iter().find(|known| known.name().eq_ignore_ascii_case(kind))?;
    Some((kind, unescape(name)?))
}

/// `pgr:project/…`, `pg:investor`, `schema:value`; the IRI itself where no prefix fits.
pub fn shorten(iri: &str) -> String {
    let short = |(prefix, namespace): &(&str, &str)| Some(format!("{prefix}:{}", iri.strip_prefix(namespace)?));
    PREFIXES.iter().find_map(short).unwrap_or_else(|| iri.to_owned())
}

/// The IRI that `text` is or abbreviates, if its prefix is one of ours.
pub fn expand(text: &str) -> Option<NamedNode> {
    if let Some(iri) = text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) {
        return NamedNode::new(iri).ok();
    }
    if text.starts_with("http://") || text.starts_with("https://") {
        return NamedNode::new(text).ok();
    }
    let (prefix, local) = text.split_once(':')?;
    let (_, namespace) = PREFIXES.iter().find(|(name, _)| *name == prefix)?;
    NamedNode::new(format!("{namespace}{local}")).ok()
}

fn push_escaped(iri: &mut String, c: char) {
    if is_plain(c) {
        return iri.push(c);
    }
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        // Writing to a string cannot fail.
        let _ = write!(iri, "%{byte:02X}");
    }
}

/// True for characters that a path of an IRI may hold as they are (RFC 3987: ipchar and the slash), the percent sign excepted.
fn is_plain(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' => true,
        '-' | '.' | '_' | '~' | '!' | '$' | '&' | '\'' | '(' | ')' | '*' | '+' | ',' | ';' | '=' | ':' | '@' | '/' => {
            true
        }
        '\u{A0}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFEF}' => true,
        '\u{10000}'..='\u{DFFFF}' => (c as u32) & 0xFFFF <= 0xFFFD,
        '\u{E1000}'..='\u{EFFFD}' => true,
        _ => false,
    }
}

fn unescape(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        if first != b'%' {
            bytes.push(first);
            rest = tail;
            continue;
        }
        let digits = std::str::from_utf8(tail.get(..2)?).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = &tail[2..];
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_make_readable_iris() {
        for (kind, name, expected) in [
            (EntityKind::Enterprise, "汉威科技", "enterprise/汉威科技"),
            (EntityKind::Park, "郑州 高新\u{3000}区", "park/郑州高新区"),
            (EntityKind::Policy, "《“十四五”规划》(试行)", "policy/《“十四五”规划》(试行)"),
            (EntityKind::Project, "5G+%<a>\"#?", "project/5G+%25%3Ca%3E%22%23%3F"),
        ] {
            assert_eq!(entity_iri(kind, name).as_str(), format!("{PGR}{expected}"));
        }
    }

    #[test]
    fn short_forms() {
        for (long, short) in [
            ("https://w3id.org/parkgraph/ontology#investor", "pg:investor"),
            ("https://w3id.org/parkgraph/id/park/高新区", "pgr:park/高新区"),
            ("http://example.org/x", "http://example.org/x"),
        ] {
            assert_eq!(shorten(long), short);
            assert_eq!(expand(short).map(NamedNode::into_string), Some(long.to_owned()));
        }
        assert_eq!(expand("没有前缀"), None);
    }

    proptest! {
        #[test]
        fn every_name_gives_a_legal_iri(name in ".*") {
            prop_assert!(NamedNode::new(entity_iri(EntityKind::Project, &name).as_str()).is_ok());
        }

        #[test]
        fn keys_survive_their_iri(key in ".*") {
            let iri = document_iri(&key);
            prop_assert!(NamedNode::new(iri.as_str()).is_ok());
            prop_assert_eq!(document_key(&format!("{}#char=1,2", iri.as_str())), Some(key));
        }
    }
}
