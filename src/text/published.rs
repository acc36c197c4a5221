//! The date of the document itself: from its furniture, else from what the text says of its time.

use super::date::{self, Found, Parts};
use super::signs::{contains, ends_with, is_han_word, starts_with};
use super::{Block, BlockKind};
use crate::model::{DateSource, PartialDate};

/// The date of an article and what told it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Published {
    pub(super) date: PartialDate,
    pub(super) source: DateSource,
}

/// The fullest date that a short text such as a field or a file name holds; with equals the last one.
pub fn date_in(text: &str) -> Option<PartialDate> {
    let chars: Vec<char> = text.chars().collect();
    let dates = date::all(&chars).filter_map(|found| found.date.dated());
    dates.max_by_key(|date| (date.day.is_some(), date.month.is_some()))
}

/// When the article was published, as precise as it tells or lets one infer.
pub(super) fn date(chars: &[char], blocks: &[Block]) -> Option<Published> {
    let told = |source| move |date| Published { date, source };
    printed(chars, blocks)
        .map(told(DateSource::Dateline))
        .or_else(|| inferred(chars, blocks).map(told(DateSource::Text)))
}

/// The date that the page prints around the article.
fn printed(chars: &[char], blocks: &[Block]) -> Option<PartialDate> {
    let dates = parts(chars, blocks, true).filter_map(|(_, found)| found.date.dated());
    dates.max_by_key(|date| (date.day.is_some(), date.month.is_some(), *date))
}

/// The date that the text lets one infer.
fn inferred(chars: &[char], blocks: &[Block]) -> Option<PartialDate> {
    let furniture: Vec<Parts> = parts(chars, blocks, true).map(|(_, found)| found.date).collect();
    let text: Vec<Mention> = mentions(chars, blocks);
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
    let month = month(&text, year).filter(|date| !reports_later(chars, blocks, *date));
    Some(month.unwrap_or(PartialDate::year(year)))
}

/// Parts of a year with their last months.
const PARTS: [(&str, u8); 4] = [("一季度", 3), ("上半年", 6), ("前三季度", 9), ("三季度", 9)];

/// True when the text reports what a part of that year brought that ends after the date: then the date is too early.
fn reports_later(chars: &[char], blocks: &[Block], date: PartialDate) -> bool {
    /// How far behind the part of the year its result is told, in characters.
    const REACH: usize = 24;
    const RESULTS: [&str; 4] = ["增长", "下降", "同比", "完成"];
    const AIMS: [&str; 9] = ["要", "将", "力争", "计划", "目标", "预计", "确保", "冲刺", "拟"];
    let Some(month) = date.month else { return false };
    let year: Vec<char> = format!("{}年", date.year).chars().collect();
    let running = blocks.iter().filter(|block| block.kind != BlockKind::Furniture);
    running.map(|block| &chars[block.span.range()]).any(|text| {
        (0..text.len()).any(|at| {
            let part = PARTS.iter().find(|(words, end)| *end > month && starts_with(&text[at..], words));
            let Some((words, _)) = part else { return false };
            let before = &text[at.saturating_sub(5)..at];
            let own = !before.iter().any(|c| matches!(c, '年' | '期')) || ends_with(before, "今年") || before == year;
            let behind = &text[at + words.chars().count()..];
            let behind = &behind[..behind.len().min(REACH)];
            let end = behind.iter().position(|c| matches!(c, '。' | ';')).unwrap_or(behind.len());
            let has = |list: &[&str]| list.iter().any(|words| contains(&behind[..end], words));
            own && has(&RESULTS) && !has(&AIMS)
        })
    })
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

/// Where the first paragraphs end.
fn lead_end(blocks: &[Block]) -> u32 {
    const LEAD: u32 = 260;
    let running = |block: &&Block| matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem);
    blocks.iter().find(running).map_or(0, |block| block.span.start) + LEAD
}

fn mentions(chars: &[char], blocks: &[Block]) -> Vec<Mention> {
    let lead = lead_end(blocks);
    // Where the last date ended, and whether it was settled.
    let mut last = (0, false);
    parts(chars, blocks, false)
        .map(|(block, found)| {
            let text = &chars[block.span.range()];
            let (before, after) = (&text[..found.start], &text[found.end..]);
            let start = block.span.start as usize;
            let ends_span = start + found.start == last.0 + 1 && matches!(before.last(), Some('至' | '到' | '—' | '-'));
            let settled = is_settled(before, after) || ends_span && last.1 && found.date.month.is_some();
            last = (start + found.end, settled);
            Mention {
                parts: found.date,
                settled,
                month_end: found.date.day.is_none() && found.date.month.is_some() && starts_with(after, "底"),
                bracketed: before.last() == Some(&'(') && after.first() == Some(&')') && found.date.month.is_some(),
                lead: block.span.start + found.start as u32 <= lead,
            }
        })
        .collect()
}

/// Words before a date that put it ahead, or in another year.
const AHEAD: [&str; 10] = ["到", "至", "—", "-", "~", "去年", "明年", "前年", "同年", "当年"];
/// Words that put a date ahead which follows in the same sentence.
const PLANNED: [&str; 10] = ["力争", "拟于", "拟在", "预计", "计划", "将于", "确保", "有望", "节点", "目标是"];
/// Words behind a date that put it ahead.
const LATER: [&str; 12] = ["底前", "前", "年底", "底投", "底之前", "要", "力争", "预计", "计划", "将", "突破", "版"];

/// False for plans, for ends of ranges, and for dates of another year. A plan reaches to the end of its sentence.
fn is_settled(before: &[char], after: &[char]) -> bool {
    const REACH: usize = 60;
    let near = &before[before.len().saturating_sub(REACH)..];
    let sentence = near.iter().rposition(|c| matches!(c, '。' | ';' | '!' | '?')).map_or(0, |stop| stop + 1);
    let near = &near[sentence..];
    let ahead = AHEAD.iter().any(|words| ends_with(before, words)) && !ends_with(before, "截至");
    let planned = PLANNED.iter().any(|words| contains(near, words));
    !ahead && !planned && !LATER.iter().any(|words| starts_with(after, words))
}

/// The latest year that the text tells of as past or present, else as planned. A text that only looks back on a year
/// as a whole is of the year after.
fn year(chars: &[char], blocks: &[Block], text: &[Mention]) -> Option<u16> {
    let settled = text.iter().filter(|mention| mention.settled).filter_map(|mention| mention.parts.year).max();
    let planned = text.iter().filter(|mention| mention.parts.month.is_some()).filter_map(|mention| mention.parts.year);
    let event = event_years(chars, blocks).max();
    if event > settled {
        return event;
    }
    let latest = settled.or_else(|| planned.max())?;
    Some(if is_review(chars, blocks, latest) { latest + 1 } else { latest })
}

/// Years without 年 that name events in title and lead: 2025青岚投资年会, 青岚·2019经济论坛.
fn event_years<'a>(chars: &'a [char], blocks: &'a [Block]) -> impl Iterator<Item = u16> + 'a {
    /// What follows a number of things, and a year that a plan is named after.
    const OTHERS: [&str; 33] = [
        "年", "个", "家", "万", "亿", "元", "平", "亩", "人", "台", "吨", "名", "多", "余", "套", "件", "米", "户",
        "座", "公", "立", "辆", "千", "战略", "计划", "行动", "远景", "愿景", "目标", "规划", "纲要", "方案", "版",
    ];
    let lead = lead_end(blocks);
    let early = blocks.iter().filter(move |block| block.kind != BlockKind::Furniture && block.span.start <= lead);
    early.flat_map(move |block| {
        let end = block.span.end.min(lead + 4) as usize;
        let text = &chars[block.span.start as usize..end.max(block.span.start as usize)];
        text.windows(5).enumerate().filter_map(move |(at, window)| {
            let year = window[..4].iter().try_fold(0u32, |all, c| Some(all * 10 + c.to_digit(10)?))?;
            let apart =
                at == 0 || !(text[at - 1].is_ascii_alphanumeric() || matches!(text[at - 1], '.' | '-' | '〔' | '['));
            let names =
                is_han_word(&window[4..], 1..=1) && !OTHERS.iter().any(|word| starts_with(&text[at + 4..], word));
            (apart && names && (1990..=2100).contains(&year)).then_some(year as u16)
        })
    })
}

/// Words behind a year that speak of it as closed.
const CLOSED: [&str; 13] =
    [",", "度", "底", "全年", "全区", "全市", "全省", "已", "还", "实现", "完成", "营运", "工作总结"];

/// True when every mention of `year` speaks of it as closed.
fn is_review(chars: &[char], blocks: &[Block], year: u16) -> bool {
    let mut mentions = parts(chars, blocks, false).filter(|(_, found)| found.date.year == Some(year)).peekable();
    mentions.peek().is_some()
        && mentions.all(|(block, found)| {
            let after = &chars[block.span.start as usize + found.end..block.span.end as usize];
            found.date.month.is_none() && is_closed(after)
        })
}

/// True when the words behind a year speak of it as closed.
fn is_closed(after: &[char]) -> bool {
    const REACH: usize = 12;
    const REVIEWS: [&str; 11] =
        ["回眸", "回顾", "成就", "成绩单", "统计", "概况", "达", "完成", "实现", "增长", "下降"];
    const PARTS: [&str; 3] = ["季度", "半年", "月"];
    const AIMS: [&str; 6] = ["要", "将", "力争", "计划", "目标", "预计"];
    let near = &after[..after.len().min(REACH)];
    let has = |list: &[&str]| list.iter().any(|words| contains(near, words));
    let review = has(&REVIEWS) && !has(&PARTS) && !has(&AIMS);
    review || CLOSED.iter().any(|words| starts_with(after, words))
}

/// The latest settled month of `year`, if the lead tells one.
fn month(text: &[Mention], year: u16) -> Option<PartialDate> {
    let fits = |mention: &&Mention| {
        mention.settled && mention.parts.month.is_some() && mention.parts.year.is_none_or(|own| own == year)
    };
    text.iter().filter(fits).find(|mention| mention.lead)?;
    let exact = |mention: &&Mention| mention.lead || mention.month_end || mention.parts.day.is_some();
    let months =
        text.iter().filter(fits).filter(exact).filter_map(|mention| Some((mention.parts.month?, mention.month_end)));
    let (last, _) = months.map(|(month, end)| (month + u8::from(end), end)).max()?;
    Some(if last > 12 { PartialDate::month(year + 1, 1) } else { PartialDate::month(year, last) })
}
