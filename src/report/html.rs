//! Pieces of HTML: escaping, and texts in both languages, of which the page shows one.

use crate::message::Lang;

/// Text as content or as the value of an attribute. Characters that HTML forbids are left out.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A value as JSON inside a `script` element, which nothing in it can end.
pub fn json<T: serde::Serialize>(value: &T) -> String {
    // The data are plain structures with text keys, which JSON can always hold.
    let text = serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned());
    text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// A text of our own in both languages.
pub fn both(zh: &str, en: &str) -> String {
    format!("<span lang=\"zh\">{}</span><span lang=\"en\">{}</span>", escaped(zh), escaped(en))
}

/// What a function says in either language.
pub fn told(say: impl Fn(Lang) -> String) -> String {
    let (zh, en) = (say(Lang::Zh), say(Lang::En));
    if zh == en { escaped(&zh) } else { both(&zh, &en) }
}

/// A section with its heading and a link target.
pub fn section(id: &str, zh: &str, en: &str, inside: &str) -> String {
    format!("<section id=\"{id}\"><h2>{}</h2>\n{inside}</section>\n", both(zh, en))
}

/// A table; each head is a text of our own, each cell is HTML.
pub fn table(class: &str, heads: &[(&str, &str)], rows: &[Vec<String>]) -> String {
    let head: String = heads.iter().map(|(zh, en)| format!("<th>{}</th>", both(zh, en))).collect();
    let mut body = String::new();
    for row in rows {
        let cell = |(cell, (zh, en)): (&String, &(&str, &str))| {
            format!("<td><b class=\"head\">{}</b><div>{cell}</div></td>", both(zh, en))
        };
        body += &format!("<tr>{}</tr>\n", row.iter().zip(heads).map(cell).collect::<String>());
    }
    format!(
        "<div class=\"table\"><table class=\"{class}\"><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table></div>\n"
    )
}

/// `N of M shown`, where not all are.
pub fn shown(shown: usize, all: usize) -> String {
    if shown >= all {
        return String::new();
    }
    let text = both(&format!("显示 {all} 项中的 {shown} 项"), &format!("{shown} of {all} shown"));
    format!("<p class=\"note\">{text}</p>\n")
}
