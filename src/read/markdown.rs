//! Markdown with front matter: `---`, lines of `key: value`, `---`, then the text.

use super::dates::in_field;
use super::plain::undecoded;
use super::{Action, Content, Format, Head, Meta, Paper, Refusal, Settings};
use crate::model::Places;
use crate::text::decode;

/// Longest front matter, in lines.
const LONGEST: usize = 200;

/// Markdown; without front matter it is read as plain text is, which knows the marks.
pub(super) struct Markdown;

impl Format for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn media_type(&self) -> &'static str {
        "text/markdown"
    }

    fn most_bytes(&self) -> u64 {
        64 << 20
    }

    fn fits(&self, head: &Head<'_>) -> bool {
        if head.is_named(&["md", "markdown"]) {
            return true;
        }
        if !head.may_open_with(b"-") {
            return false;
        }
        let text = head.text();
        let begin = text.trim_start_matches('\u{feff}');
        front(begin).is_some_and(|(lines, _)| lines.contains(':'))
    }

    fn action(&self) -> Action {
        Action::Document(read)
    }
}

fn read(bytes: &[u8], _: &Settings) -> Result<Paper, Refusal> {
    let decoded = decode(bytes)?;
    let (meta, head) = front(&decoded.text).map_or((Meta::default(), 0), |(lines, end)| (meta(lines), end));
    let title = meta.title.as_deref().filter(|title| !repeats(&decoded.text[head..], title));
    let kept = title.and_then(|title| decoded.text[..head].find(title).map(|at| at..at + title.len()));
    // Blanks in place of the front matter keep every position that of the file; its headline is read where it stands.
    let blank = |(at, c): (usize, char)| {
        let shown = at >= head || matches!(c, '\n' | '\r') || kept.as_ref().is_some_and(|kept| kept.contains(&at));
        if shown { c } else { ' ' }
    };
    let chars: Vec<char> = decoded.text.char_indices().map(blank).collect();
    if chars.iter().all(|c| c.is_whitespace()) {
        return Err(Refusal::Empty);
    }
    Ok(Paper {
        format: "markdown",
        encoding: decoded.encoding,
        warnings: undecoded(chars.iter().copied()).into_iter().collect(),
        content: Content::Text(chars),
        meta,
        places: Places::default(),
    })
}

/// True when the text opens with its headline.
fn repeats(text: &str, title: &str) -> bool {
    text.lines().map(|line| line.trim_start_matches(['#', ' '])).find(|line| !line.is_empty()) == Some(title)
}

/// The lines of the front matter and where it ends, in bytes.
fn front(text: &str) -> Option<(&str, usize)> {
    let first = text.lines().next()?;
    if first.trim_end() != "---" {
        return None;
    }
    let start = text.find('\n')? + 1;
    let mut at = start;
    for line in text[start..].split_inclusive('\n').take(LONGEST) {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((&text[start..at], at + line.len()));
        }
        at += line.len();
    }
    None
}

fn meta(lines: &str) -> Meta {
    let mut meta = Meta::default();
    for (key, value) in lines.lines().filter_map(|line| line.split_once([':', '：'])) {
        let value = value.trim().trim_matches(['"', '\'', '“', '”']).trim();
        if !value.is_empty() {
            set(&mut meta, key.trim(), value);
        }
    }
    meta
}

/// Sets the field that a key of a head names, in Chinese or English; other keys say nothing.
pub(super) fn set(meta: &mut Meta, key: &str, value: &str) {
    let text = || Some(value.to_owned());
    match key.to_ascii_lowercase().as_str() {
        "title" | "headline" | "标题" | "题目" => meta.title = text(),
        "date" | "published" | "publisheddate" | "publish_date" | "pubdate" | "time" | "日期" | "发布日期"
        | "发布时间" | "时间" => meta.published = in_field(value),
        "publisher" | "source" | "from" | "来源" | "媒体" => meta.publisher = text(),
        "author" | "authors" | "作者" | "记者" => meta.author = text(),
        "url" | "link" | "address" | "网址" | "链接" | "原文" => meta.address = text(),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_head_and_no_text() {
        let source =
            "---\ntitle: \"星河\"\ndate: 2023-08-17\n来源: 星河日报\nurl: https://example.org/a\n---\n正文。\n";
        let paper = read(source.as_bytes(), &Settings::default()).expect("text");
        assert_eq!(paper.meta.title.as_deref(), Some("星河"));
        assert_eq!(paper.meta.published.map(|it| it.to_string()).as_deref(), Some("2023-08-17"));
        assert_eq!(paper.meta.publisher.as_deref(), Some("星河日报"));
        assert_eq!(paper.meta.address.as_deref(), Some("https://example.org/a"));
        let Content::Text(chars) = paper.content else { panic!("text") };
        assert_eq!(chars.len(), source.chars().count());
        let words: Vec<String> = chars.iter().collect::<String>().split_whitespace().map(str::to_owned).collect();
        assert_eq!(words, ["星河", "正文。"]);
    }

    #[test]
    fn a_rule_at_the_top_is_no_front_matter() {
        for text in ["---\n正文。", "--- a\nb: c\n---\n", "正文\n---\na: b\n---\n", ""] {
            assert_eq!(front(text), None, "{text}");
        }
    }
}
