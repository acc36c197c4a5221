//! Names of elements, and words of their classes, by what they mean for an article.

use std::sync::LazyLock;

use regex::Regex;

/// Elements that can hold an article.
const HOLDERS: [&str; 22] = [
    "div",
    "section",
    "article",
    "main",
    "body",
    "td",
    "th",
    "tr",
    "table",
    "ul",
    "ol",
    "li",
    "dl",
    "form",
    "blockquote",
    "center",
    "header",
    "footer",
    "nav",
    "aside",
    "fieldset",
    "figure",
];

/// Marks at which a line ends.
pub(super) const BREAKS: [&str; 19] = [
    "founder-title",
    "founder-pretitle",
    "founder-subtitle",
    "founder-author",
    "p",
    "br",
    "hr",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "pre",
    "caption",
    "figcaption",
    "tbody",
];

/// Elements whose text nobody reads. The tokenizer gives those of the first row as bare text.
pub(super) const UNREAD: [&str; 14] = [
    "script", "style", "noscript", "iframe", "textarea", "noembed", "noframes", //
    "template", "svg", "object", "select", "button", "audio", "video",
];

/// Words in class and id of articles.
pub(super) static ARTICLE: LazyLock<Regex> = LazyLock::new(|| {
    any(
        "article|content|zoom|trs_editor|detail|maintext|main-text|newstext|news_txt|con_text|rich_media|neirong|zhengwen|artibody",
    )
});

/// Words at which class or id of what stands around an article begins, or a part of one.
pub(super) static AROUND: LazyLock<Regex> = LazyLock::new(|| {
    any("(?:^|[^a-z])(?:nav|menu|foot|sidebar|aside|comment|share|advert|banner|related|recommend|hot|rank|copyright\
        |breadcrumb|crumb|toolbar|pager|pagination|search|login|link|qrcode|location|position|topbar|right_|rightbox\
        |tuijian|xgyd)")
});

/// A pattern in small letters of ASCII.
fn any(words: &str) -> Regex {
    // The patterns are written above, and each is used in a test.
    Regex::new(words).expect("a pattern of this file is valid")
}

/// The holder of that name.
pub(super) fn holder(name: &[u8]) -> Option<&'static str> {
    HOLDERS.iter().find(|it| it.as_bytes() == name).copied()
}
