//! What the tests of the values share.

/// The characters of a text.
pub fn chars(text: &str) -> Vec<char> {
    text.chars().collect()
}

/// The characters of a span as text.
pub fn text(chars: &[char], span: crate::model::CleanSpan) -> String {
    chars[span.range()].iter().collect()
}
