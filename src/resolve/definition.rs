//! Names that the text itself equates: X(以下简称“Y”), X(简称Y), X(Y), 《X》(Y〔2016〕33号).

use super::alias::subsequence;
use crate::extract::Find;

/// Every character of the words that equate names and of the marks around them.
const CUE_SIGNS: &str = "(,以下简称统又原名曾用“”\"‘》为: ";

/// Pairs of finds of one kind, long form first, that stand in a definition.
pub fn definitions(finds: &[Find], chars: &[char]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (a, long) in finds.iter().enumerate() {
        for (b, short) in finds.iter().enumerate().skip(a + 1).take(6) {
            if short.span.start >= long.span.end && long.kind == short.kind && defines(chars, long, short) {
                pairs.push((a, b));
            }
        }
    }
    pairs
}

fn defines(chars: &[char], long: &Find, short: &Find) -> bool {
    let between = &chars[long.span.end as usize..short.span.start as usize];
    if !between.iter().all(|c| CUE_SIGNS.contains(*c)) {
        return false;
    }
    let between: String = between.iter().collect();
    let cue = between.trim_end_matches(['“', '"', '为', ':', ' ', '‘']);
    let cue = cue.trim_start_matches(['”', '"', '》', ' ']);
    match cue {
        "(以下简称" | "(下称" | "(简称" | ",简称" | "(以下统称" | "(又称" | "(原名" | "(原" | "(曾用名"
        | ",以下简称" => true,
        "(" => {
            let name = &chars[short.span.range()];
            subsequence(name, &chars[long.span.range()]) || is_document_number(name)
        }
        _ => false,
    }
}

/// True for the number under which an authority issues a paper (`江府发〔2016〕33号`; 党政机关公文格式, GB/T 9704—2012, 7.2.5):
/// the issuer's sign, the year in brackets, a number.
fn is_document_number(name: &[char]) -> bool {
    let Some(open) = name.iter().position(|c| matches!(c, '〔' | '[' | '(')) else { return false };
    let digits = |part: &[char]| !part.is_empty() && part.iter().all(char::is_ascii_digit);
    let Some((year, rest)) = name[open + 1..].split_at_checked(4) else { return false };
    let (Some(close), Some('号')) = (rest.first(), rest.last()) else { return false };
    open > 0 && digits(year) && matches!(close, '〕' | ']' | ')') && digits(&rest[1..rest.len() - 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_papers_are_told_from_other_names() {
        for (name, expected) in [
            ("江府发〔2016〕33号", true),
            ("京政办函[2020]103号", true),
            ("江府函(2016)8号", true),
            ("〔2016〕33号", false),
            ("意见(2019年)", false),
            ("11号", false),
            ("江府发〔2016〕号", false),
        ] {
            let name: Vec<char> = name.chars().collect();
            assert_eq!(is_document_number(&name), expected, "{name:?}");
        }
    }
}
