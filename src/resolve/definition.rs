//! Names that the text itself equates: X(以下简称“Y”), X(简称Y), X(Y).

use super::alias::subsequence;
use crate::extract::Find;

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
    let between: String = chars[long.span.end as usize..short.span.start as usize].iter().collect();
    let cue = between.trim_end_matches(['“', '"', '为', ':', ' ', '‘']);
    let cue = cue.trim_start_matches(['”', '"', '》', ' ']);
    match cue {
        "(以下简称" | "(下称" | "(简称" | ",简称" | "(以下统称" | "(又称" | "(原名" | "(原" | "(曾用名"
        | ",以下简称" => true,
        "(" => subsequence(&chars[short.span.range()], &chars[long.span.range()]),
        _ => false,
    }
}
