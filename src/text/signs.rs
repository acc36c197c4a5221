//! Questions about stretches of clean text that several parts ask: how it ends, what opens it, how it is balanced.

use super::normalize::is_han;

/// Signs that end a sentence.
pub(super) fn is_terminator(c: char) -> bool {
    matches!(c, '。' | '!' | '?')
}

/// Quotes and brackets that close.
pub(super) fn is_closer(c: char) -> bool {
    matches!(c, '”' | '’' | ')' | ']' | '》' | '〉' | '】' | '〕' | '"')
}

/// Quotes and brackets that open.
pub(super) fn is_opener(c: char) -> bool {
    matches!(c, '“' | '‘' | '(' | '[' | '《' | '〈' | '【' | '〔')
}

/// Signs with which no paragraph begins.
pub(super) fn cannot_begin(c: char) -> bool {
    matches!(
        c,
        '。' | ',' | '、' | ';' | ':' | '!' | '?' | '%' | '”' | '’' | ')' | ']' | '》' | '〉' | '】' | '〕' | '/'
    )
}

/// The last character, blanks and closing signs left aside.
fn last_word_sign(text: &[char]) -> Option<char> {
    text.iter().rev().copied().find(|&c| !is_closer(c) && c != ' ')
}

/// True when the text ends as a sentence, an item or the lead to a list does; a remark in brackets may follow.
pub(super) fn is_finished(text: &[char]) -> bool {
    ends_finished(text) || ends_finished(without_remark(text))
}

fn ends_finished(text: &[char]) -> bool {
    last_word_sign(text).is_none_or(|c| is_terminator(c) || matches!(c, ';' | ':' | '…' | '.'))
}

/// The text without a short bracket at its end.
fn without_remark(text: &[char]) -> &[char] {
    const LONGEST: usize = 60;
    let reach = text.len().saturating_sub(LONGEST);
    let bracket = text[reach..].iter().rposition(|&c| c == '(').filter(|_| text.last() == Some(&')'));
    bracket.map_or(text, |start| &text[..reach + start])
}

/// True when the text ends inside a coordination, or inside quotes or brackets opened shortly before.
pub(super) fn is_hanging(text: &[char]) -> bool {
    matches!(text.last(), Some(',' | '、' | '·' | '/')) || is_open(text)
}

/// True when a quote or bracket opened in the last sixty characters is not closed.
fn is_open(text: &[char]) -> bool {
    const REACH: usize = 60;
    let mut closed = 0;
    for &c in text.iter().rev().take(REACH) {
        match c {
            _ if is_closer(c) && c != '"' => closed += 1,
            _ if is_opener(c) && closed > 0 => closed -= 1,
            _ if is_opener(c) => return true,
            _ => {}
        }
    }
    false
}

/// Length of an enumerator at the start: `(一)`, `三、`, `2.`, `①`, `——`.
pub(super) fn enumerator(text: &[char]) -> Option<usize> {
    let numeral = |c: &char| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c);
    let count = |rest: &[char]| rest.iter().take(4).take_while(|c| numeral(c)).count();
    match text {
        ['(', rest @ ..] => {
            let n = count(rest);
            (n > 0 && rest.get(n) == Some(&')')).then_some(n + 2)
        }
        ['—', '—', ..] => Some(2),
        ['\u{2460}'..='\u{2473}', ..] => Some(1),
        _ => {
            let n = count(text);
            let marked = match text.get(n) {
                Some('、') => true,
                Some('.') => !text.get(n + 1).is_some_and(char::is_ascii_digit),
                _ => false,
            };
            (n > 0 && n <= 3 && marked).then_some(n + 1)
        }
    }
}

/// True when `text` begins with the words.
pub(super) fn starts_with(text: &[char], words: &str) -> bool {
    let mut rest = text.iter();
    words.chars().all(|c| rest.next() == Some(&c))
}

/// True when `text` ends with the words.
pub(super) fn ends_with(text: &[char], words: &str) -> bool {
    let mut rest = text.iter().rev();
    words.chars().rev().all(|c| rest.next() == Some(&c))
}

/// True when the words stand somewhere in `text`.
pub(super) fn contains(text: &[char], words: &str) -> bool {
    (0..text.len()).any(|i| starts_with(&text[i..], words))
}

/// True for a stretch of Chinese characters of that many.
pub(super) fn is_han_word(text: &[char], lengths: std::ops::RangeInclusive<usize>) -> bool {
    lengths.contains(&text.len()) && text.iter().all(|&c| is_han(c))
}
