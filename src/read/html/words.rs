//! Names of elements, and words of their classes, by what they mean for an article.

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

/// Words in class and id of articles, and of what stands around them.
pub(super) const ARTICLE: [&str; 16] = [
    "article",
    "content",
    "zoom",
    "trs_editor",
    "detail",
    "maintext",
    "main-text",
    "newstext",
    "news_txt",
    "con_text",
    "ozoom",
    "rich_media",
    "neirong",
    "zhengwen",
    "artibody",
    "js_content",
];
pub(super) const AROUND: [&str; 30] = [
    "nav",
    "menu",
    "foot",
    "sidebar",
    "aside",
    "comment",
    "share",
    "advert",
    "banner",
    "related",
    "recommend",
    "hot",
    "rank",
    "copyright",
    "breadcrumb",
    "crumb",
    "toolbar",
    "pager",
    "pagination",
    "search",
    "login",
    "link",
    "qrcode",
    "location",
    "position",
    "topbar",
    "right_",
    "rightbox",
    "tuijian",
    "xgyd",
];

/// The holder of that name.
pub(super) fn holder(name: &[u8]) -> Option<&'static str> {
    HOLDERS.iter().find(|it| it.as_bytes() == name).copied()
}
