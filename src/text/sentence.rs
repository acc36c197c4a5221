//! Cuts a block into sentences.

use super::signs::{is_closer, is_terminator};

/// Calls `found` with the start and end of every sentence of `text`, in order; together they cover all of it.
pub(super) fn split(text: &[char], mut found: impl FnMut(usize, usize)) {
    let mut start = 0;
    let mut i = 0;
    while i < text.len() {
        if !is_terminator(text[i]) {
            i += 1;
            continue;
        }
        let end = end_of_sentence(text, i);
        if !goes_on(text, i, end) {
            found(start, end);
            start = end;
        }
        i = end;
    }
    if start < text.len() {
        found(start, text.len());
    }
}

/// One past the closing signs and blanks behind the terminator at `i`.
fn end_of_sentence(text: &[char], i: usize) -> usize {
    let signs = text[i..].iter().take_while(|&&c| is_terminator(c) || is_closer(c)).count();
    let blanks = text[i + signs..].iter().take_while(|&&c| c == ' ').count();
    i + signs + blanks
}

/// True when the sentence runs on behind a quoted question or call: `“干什么?”的答案`.
fn goes_on(text: &[char], i: usize, end: usize) -> bool {
    let quoted = end > i + 1 && text[i] != '。';
    match text.get(end) {
        Some(',' | '、' | ';' | ':') => true,
        Some('的' | '这' | '是' | '等' | '和' | '与') => quoted && is_closer(text[end - 1]),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_readers_stop() {
        for (text, expected) in [
            ("甲。乙!丙?丁", vec!["甲。", "乙!", "丙?", "丁"]),
            ("“签了。”他说。", vec!["“签了。”", "他说。"]),
            ("“六大行动”;三年。(完)", vec!["“六大行动”;三年。", "(完)"]),
            ("怎么办?!干。", vec!["怎么办?!", "干。"]),
            ("“钱从哪里来?”的问题,省里回答。", vec!["“钱从哪里来?”的问题,省里回答。"]),
            ("谁来干?”,他问。好。 坏", vec!["谁来干?”,他问。", "好。 ", "坏"]),
            ("", vec![]),
        ] {
            let chars: Vec<char> = text.chars().collect();
            let mut sentences = vec![];
            split(&chars, |start, end| sentences.push(chars[start..end].iter().collect::<String>()));
            assert_eq!(sentences, expected);
        }
    }
}
