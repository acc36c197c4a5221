//! The date of the document itself: from its furniture, else from what the text says of its time.

use super::date::{self, Found, Parts};
use super::signs::{ends_with, starts_with};
use super::{Block, BlockKind};
use crate::model::PartialDate;

/// When the article was published, as precise as it tells or lets one infer.
pub(super) fn date(chars: &[char], blocks: &[Block]) -> Option<PartialDate> {
    let furniture: Vec<Parts> = parts(chars, blocks, true).map(|(_, found)| found.date).collect();
    let text: Vec<Mention> = mentions(chars, blocks);
    let printed = furniture.iter().filter_map(|parts| parts.dated());
    if let Some(date) = printed.max_by_key(|date| (date.day.is_some(), date.month.is_some(), *date)) {
        return Some(date);
    }
    if let Some(date) = text.iter().rev().filter(|mention| mention.bracketed).find_map(|mention| mention.parts.dated())
    {
        return Some(date);
    }
    let year = year(chars, blocks, &text);
    let dateline = furniture.iter().find(|parts| parts.day.is_some());
    if let (Some(parts), Some(year)) = (dateline, year) {
        return Some(PartialDate { year, month: parts.month, day: parts.day });
    }
    let year = year?;
    Some(month(&text, year).unwrap_or(PartialDate::year(year)))
}

/// A date in running text or a headline.
struct Mention {
    parts: Parts,
    /// True for one that is told as past or present.
    settled: bool,
    /// True for the end of a month: `截至7月底`.
    month_end: bool,
    /// True when the date is all that its brackets hold.
    bracketed: bool,
    /// True in the first paragraphs.
    lead: bool,
}

/// Dates in furniture, or in everything else, each with its block.
fn parts<'a>(chars: &'a [char], blocks: &'a [Block], furniture: bool) -> impl Iterator<Item = (&'a Block, Found)> {
    let chosen = blocks.iter().filter(move |block| (block.kind == BlockKind::Furniture) == furniture);
    chosen.flat_map(|block| date::all(&chars[block.span.range()]).map(move |found| (block, found)))
}

fn mentions(chars: &[char], blocks: &[Block]) -> Vec<Mention> {
    const LEAD: u32 = 260;
    let running = |block: &&Block| matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem);
    let begin = blocks.iter().find(running).map_or(0, |block| block.span.start);
    parts(chars, blocks, false)
        .map(|(block, found)| {
            let text = &chars[block.span.range()];
            let (before, after) = (&text[..found.start], &text[found.end..]);
            Mention {
                parts: found.date,
                settled: is_settled(before, after),
                month_end: found.date.day.is_none() && found.date.month.is_some() && starts_with(after, "底"),
                bracketed: before.last() == Some(&'(') && after.first() == Some(&')') && found.date.month.is_some(),
                lead: block.span.start + found.start as u32 <= begin + LEAD,
            }
        })
        .collect()
}

/// Words before a date that put it ahead, or in another year.
const AHEAD: [&str; 22] = [
    "到",
    "至",
    "—",
    "-",
    "~",
    "力争",
    "拟于",
    "预计",
    "计划",
    "将于",
    "计划于",
    "预计于",
    "确保",
    "去年",
    "明年",
    "前年",
    "同年",
    "次年",
    "当年",
    "力争在",
    "预计到",
    "年版",
];

/// False for plans, for ends of ranges, and for dates of another year.
fn is_settled(before: &[char], after: &[char]) -> bool {
    const LATER: [&str; 5] = ["底前", "前", "年底", "底投", "底之前"];
    let ahead = AHEAD.iter().any(|words| ends_with(before, words));
    !ahead && !LATER.iter().any(|words| starts_with(after, words))
}

/// The latest year that the text tells of as past or present; a yearly report is published in the year after.
fn year(chars: &[char], blocks: &[Block], text: &[Mention]) -> Option<u16> {
    let latest = text.iter().filter(|mention| mention.settled).filter_map(|mention| mention.parts.year).max()?;
    Some(if is_review(chars, blocks, latest) { latest + 1 } else { latest })
}

/// True when the text only looks back on `year` as a whole.
fn is_review(chars: &[char], blocks: &[Block], year: u16) -> bool {
    const CURRENT: [&str; 10] =
        ["上半年", "下半年", "一季度", "二季度", "三季度", "四季度", "以来", "重点", "首", "第"];
    let mut whole = 0;
    for (block, found) in parts(chars, blocks, false).filter(|(_, found)| found.date.year == Some(year)) {
        let after = &chars[block.span.start as usize + found.end..block.span.end as usize];
        if found.date.month.is_some() || CURRENT.iter().any(|words| starts_with(after, words)) {
            return false;
        }
        whole += 1;
    }
    let this_year = chars.windows(2).any(|pair| pair == ['今', '年']);
    whole >= 2 && !this_year
}

/// The latest settled month of `year`, if the lead tells one.
fn month(text: &[Mention], year: u16) -> Option<PartialDate> {
    let fits = |mention: &&Mention| {
        mention.settled && mention.parts.month.is_some() && mention.parts.year.is_none_or(|own| own == year)
    };
    text.iter().filter(fits).find(|mention| mention.lead)?;
    let months = text.iter().filter(fits).filter_map(|mention| Some((mention.parts.month?, mention.month_end)));
    let (last, _) = months.map(|(month, end)| (month + u8::from(end), end)).max()?;
    Some(if last > 12 { PartialDate::month(year + 1, 1) } else { PartialDate::month(year, last) })
}
