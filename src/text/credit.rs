//! Bylines and credits: who wrote, took or edited something.

use super::date;
use super::signs::{contains, ends_with, is_han_word, starts_with};

/// Words for what somebody did, longest first where one begins another.
const ROLES: [&str; 46] = [
    "本报特约记者",
    "本报见习记者",
    "本报实习记者",
    "本报全媒体记者",
    "本报记者",
    "本报通讯员",
    "全媒体记者",
    "融媒体记者",
    "见习记者",
    "实习记者",
    "首席记者",
    "特约记者",
    "特约通讯员",
    "特派记者",
    "证券记者",
    "新华社记者",
    "记者",
    "通讯员",
    "实习生",
    "摄影报道",
    "报道员",
    "责任编辑",
    "值班编辑",
    "责任校对",
    "本版编辑",
    "责编",
    "编辑",
    "校对",
    "美编",
    "版式",
    "组版",
    "制图",
    "审核",
    "监制",
    "编审",
    "撰文",
    "文字",
    "摄影",
    "供图",
    "作者",
    "图文",
    "文图",
    "报道",
    "摄",
    "文",
    "图",
];

/// Roles that make a line a credit; the others occur in running text as well.
const TELLING: [&str; 15] = [
    "记者",
    "通讯员",
    "实习生",
    "责任编辑",
    "值班编辑",
    "责编",
    "摄",
    "供图",
    "校对",
    "图",
    "撰文",
    "编辑",
    "美编",
    "作者",
    "报道员",
];

/// Roles that say enough without a blank beside them.
const LONG_ROLES: [&str; 9] = ["记者", "通讯员", "实习生", "责任编辑", "责编", "供图", "摄影", "撰文", "报道员"];

/// Words behind `记者` that are no names.
const NO_NAMES: [&str; 9] = ["调查", "观察", "手记", "述评", "连线", "探访", "走访", "体验", "了解"];

/// True for text that only names roles and people: `记者 孙庆辉 通讯员 冯禄文/图`.
pub(super) fn is_credit(text: &[char]) -> bool {
    const LONGEST: usize = 60;
    if text.len() > LONGEST || !TELLING.iter().any(|role| contains(text, role)) {
        return false;
    }
    // `图` and `摄` alone also end other words.
    let named = LONG_ROLES.iter().any(|role| contains(text, role)) || text.iter().any(|c| matches!(c, ' ' | '/' | ':'));
    if !named || NO_NAMES.iter().any(|words| contains(text, words)) {
        return false;
    }
    let mut roles = 0;
    let words = text
        .split(|c| matches!(c, ' ' | '/' | '、' | ',' | '(' | ')' | '□' | '■' | ':' | '|' | '【' | '】' | ';' | '*'));
    words.filter(|word| !word.is_empty()).all(|word| is_part(word, &mut roles)) && roles > 0
}

/// One word of a credit: roles around at most one name, a date, or a bare name.
fn is_part(word: &[char], roles: &mut usize) -> bool {
    let mut rest = word;
    while let Some(role) = ROLES.iter().find(|role| starts_with(rest, role)) {
        rest = &rest[role.chars().count()..];
        *roles += 1;
    }
    while let Some(role) = ROLES.iter().find(|role| ends_with(rest, role)) {
        rest = &rest[..rest.len() - role.chars().count()];
        *roles += 1;
    }
    rest.is_empty() || is_han_word(rest, 1..=4) || date::whole(rest).is_some()
}

/// Start of the credit that closes a paragraph, behind a finished sentence or in brackets.
pub(super) fn closing(text: &[char]) -> Option<usize> {
    const REACH: usize = 60;
    let from = text.len().saturating_sub(REACH).max(1);
    (from..text.len()).find(|&i| {
        let stop = matches!(text[i - 1], '。' | '!' | '?' | '”' | ')' | ' ') && starts_credit(&text[i..]);
        stop && is_credit(&text[i..])
    })
}

fn starts_credit(text: &[char]) -> bool {
    const FIRST: [&str; 9] = ["记者", "本报", "通讯员", "见习", "实习", "(记者", "(本报", "(通讯员", "全媒体记者"];
    FIRST.iter().any(|words| starts_with(text, words))
}
