//! The form in which questions and names are compared: script, width, case, brackets, dashes and spaces set aside.

use crate::text::simplified;

/// Marks that never tell two names apart.
const SILENT: &str = "\"'`´“”‘’„‟「」『』〝〞《》〈〉«»()（）[]【】〔〕{}·•・\u{200b}\u{feff}";
/// Marks that close a question or a name.
const CLOSING: &str = "?？!！。.,，;；:：、…~ ";
/// Dashes and tildes of every width.
const DASHES: &str = "-‐‑‒–—―－~～〜─";

/// `text` in simplified characters, half width and lower case, without quotation marks and brackets. A dash is kept
/// between two digits, a space between two words in Latin letters. Characters of the private use areas are dropped:
/// they mark the finds in a question.
pub fn fold(text: &str) -> String {
    let chars: Vec<char> = text.chars().filter_map(fold_char).collect();
    let mut folded = String::with_capacity(text.len());
    for (at, &c) in chars.iter().enumerate() {
        let before = folded.chars().next_back();
        let after = chars[at + 1..].iter().copied().find(|&c| c != ' ');
        let between = |test: fn(char) -> bool| before.is_some_and(test) && after.is_some_and(test);
        let kept = match c {
            ' ' => between(is_word),
            '-' => between(|c| c.is_ascii_digit()),
            _ => true,
        };
        if kept {
            folded.push(c);
        }
    }
    folded
}

/// The key under which a name is filed: folded, without closing marks and a closing 项目.
pub fn key(name: &str) -> String {
    let folded = fold(name);
    let bare = folded.trim_matches(|c| CLOSING.contains(c));
    match bare.strip_suffix("项目") {
        Some(rest) if rest.chars().count() >= 2 => rest.to_owned(),
        _ => bare.to_owned(),
    }
}

/// Every key of a name: [`key`], and the same without a leading 中国 where enough is left to tell it by.
pub fn keys(name: &str) -> Vec<String> {
    let whole = key(name);
    let short = whole.strip_prefix("中国").filter(|rest| rest.chars().count() >= 3).map(str::to_owned);
    std::iter::once(whole).chain(short).filter(|key| !key.is_empty()).collect()
}

/// `text` without closing marks at either end; for questions that are folded already.
pub fn trim_marks(text: &str) -> &str {
    text.trim_matches(|c| CLOSING.contains(c))
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '\''
}

fn fold_char(c: char) -> Option<char> {
    if c.is_whitespace() {
        return Some(' ');
    }
    if DASHES.contains(c) {
        return Some('-');
    }
    if SILENT.contains(c) || is_private(c) || c.is_control() {
        return None;
    }
    let half = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    };
    Some(simplified(half).to_ascii_lowercase())
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_thing_share_a_key() {
        let cases = [
            ("光学器件(LED)中试平台", "光学器件LED中试平台"),
            ("閃耀钻石基地项目", "闪耀钻石基地"),
            ("“白鹭云谷”", "白鹭云谷"),
            ("Ａ－Ｂ园区", "ab园区"),
            ("郑州—庆阳算力网", "郑州庆阳 算力网"),
        ];
        for (left, right) in cases {
            assert_eq!(key(left), key(right), "{left} and {right}");
        }
    }

    #[test]
    fn folding_keeps_what_tells_apart() {
        let cases = [
            ("1—6月", "1-6月"),
            ("Smart  Sensor", "smart sensor"),
            ("北斗 项目", "北斗项目"),
            ("to 氢能", "to氢能"),
            ("项目", "项目"),
            ("\u{e000}氢能\u{f8ff}", "氢能"),
        ];
        for (text, folded) in cases {
            assert_eq!(fold(text), folded);
        }
        assert_eq!(key("项目"), "项目");
    }

    #[test]
    fn a_leading_country_is_optional() {
        assert_eq!(keys("中国智能传感谷"), ["中国智能传感谷", "智能传感谷"]);
        assert_eq!(keys("中国移动"), ["中国移动"]);
    }
}
