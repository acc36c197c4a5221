//! Words of growth before a rate: `同比增长12.5%`, `增速达20%`, `下降3%`.

use super::{LISTS, Scene};
use crate::model::CleanSpan;

/// What stands before a rate of growth.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lead {
    /// The clause up to the word of growth and what goes with it (同比, 较上年).
    pub noun: CleanSpan,
    /// True for a fall.
    pub fall: bool,
    /// True where 分别, 均 or 都 spreads it over a list.
    pub spread: bool,
    /// True for an average over years (年均).
    pub yearly: bool,
    /// The end of the word of growth.
    pub end: usize,
}

/// The words of growth at the end of `left`, none where the rate there is none of growth.
pub(super) fn lead(scene: &Scene, left: CleanSpan) -> Option<Lead> {
    let chars = scene.chars;
    let start = left.start as usize;
    let mut at = left.end as usize;
    loop {
        if let Some((length, fall)) = word(chars, start, at) {
            let reached = matches!(chars.get(at), Some('到' | '至'));
            let rate = matches!(chars[at - 1], '速' | '幅' | '率');
            if reached && !rate {
                return None;
            }
            let noun = compared(chars, start, at - length);
            let spread = has_spread(chars, noun..left.end as usize);
            let yearly = chars[noun..at].windows(2).any(|w| w == ['年', '均']);
            return Some(Lead { noun: CleanSpan::new(start, noun), fall, spread, yearly, end: at });
        }
        let filler = if at > start && chars[at - 1] == ' ' { Some(1) } else { LISTS.fillers.ends(chars, at) };
        at = at.checked_sub(filler?).filter(|at| *at > start)?;
    }
}

fn word(chars: &[char], start: usize, end: usize) -> Option<(usize, bool)> {
    let up = LISTS.up.ends(chars, end).filter(|n| start + n <= end);
    let down = LISTS.down.ends(chars, end).filter(|n| start + n <= end);
    match (up, down) {
        (None, None) => None,
        (up, down) => Some((up.max(down)?, down > up)),
    }
}

fn has_spread(chars: &[char], range: std::ops::Range<usize>) -> bool {
    chars[range.clone()].iter().any(|c| matches!(c, '均' | '都'))
        || chars[range].windows(2).any(|w| matches!(w, ['分', '别'] | ['依', '次']))
}

/// The place before 同比, 较上年, 比去年同期.
fn compared(chars: &[char], start: usize, mut end: usize) -> usize {
    loop {
        if end > start && matches!(chars[end - 1], ' ' | ',') {
            end -= 1;
        } else if let Some(length) = LISTS.compared.ends(chars, end).filter(|n| start + n <= end) {
            end -= length;
        } else if let Some(at) = comparison(chars, start, end) {
            end = at;
        } else {
            return end;
        }
    }
}

/// Where `较2009年`, `比上年` begins that ends at `end`.
fn comparison(chars: &[char], start: usize, end: usize) -> Option<usize> {
    let from = start.max(end.saturating_sub(12));
    let at = (from..end).rev().find(|i| matches!(chars[*i], '较' | '比'))?;
    let next = chars.get(at + 1)?;
    let time = next.is_ascii_digit() || matches!(next, '上' | '去' | '前' | '同' | '年' | '一' | '往' | '全' | '目');
    let clean = !chars[at..end].iter().any(|c| matches!(c, ',' | '、' | '。'));
    (time && clean && !(at > start && matches!(chars[at - 1], '占' | '同' | '环'))).then_some(at)
}
