//! Credits around an article, `来源：星河日报 记者 王小明 发布时间：2023-08-17`, as what they say of it.

use std::sync::LazyLock;

use regex::Regex;

use super::Meta;
use super::dates::in_field;

/// Words of other credits, at which the name of a source ends.
const ENDS: [&str; 9] = ["作者", "记者", "发布", "时间", "日期", "浏览", "编辑", "责编", "字号"];

/// Words one of which stands in every line of credits; most lines have none.
static WORDS: LazyLock<Regex> = LazyLock::new(|| pattern("来源|稿源|来自|记者|作者|撰文|通讯员|时间|日期|发布于"));
static SOURCE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:来源|稿源|来自)\s*[:：]\s*《?([^\s|｜　<>（）()【】\[\]《》,，;；:：]{2,30})"));
static AUTHOR: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:记者|作者|撰文|通讯员)\s*[:：]?[\s　]*(\p{Han}{2,4})(?:[^\p{Han}]|$)"));
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:时间|日期|发布于)\s*[:：]?\s*((?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?)")
});

fn pattern(text: &str) -> Regex {
    // The patterns are written above, and each is used in a test.
    Regex::new(text).expect("a pattern of this file is valid")
}

/// What a line of credits says; empty for other lines.
pub fn credits(line: &str) -> Meta {
    if !WORDS.is_match(line) {
        return Meta::default();
    }
    let first = |pattern: &Regex| pattern.captures(line).map(|found| found[1].to_owned());
    let publisher = first(&SOURCE).map(|name| cut(&name).to_owned()).filter(|name| !name.is_empty());
    let published = first(&DATE).and_then(|text| in_field(&text.replace(char::is_whitespace, "")));
    Meta { publisher, author: first(&AUTHOR), published, ..Meta::default() }
}

fn cut(name: &str) -> &str {
    let end = ENDS.iter().filter_map(|word| name.find(word)).min().unwrap_or(name.len());
    &name[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_are_taken_apart() {
        for (line, publisher, author, published) in [
            (
                "来源：星河日报 记者 王小明 发布时间：2023-08-17 09:30",
                Some("星河日报"),
                Some("王小明"),
                Some("2023-08-17"),
            ),
            ("信息来源:星河市人民政府作者：李雷", Some("星河市人民政府"), Some("李雷"), None),
            ("日期：2023年8月7日　浏览次数：15", None, None, Some("2023-08-07")),
            ("本报讯（记者 杨海军）", None, Some("杨海军"), None),
            ("稿源： 《星河日报》", Some("星河日报"), None, None),
            ("据记者了解到的情况", None, None, None),
            ("园区开工。", None, None, None),
        ] {
            let meta = credits(line);
            assert_eq!(meta.publisher.as_deref(), publisher, "{line}");
            assert_eq!(meta.author.as_deref(), author, "{line}");
            assert_eq!(meta.published.map(|it| it.to_string()).as_deref(), published, "{line}");
        }
    }
}
