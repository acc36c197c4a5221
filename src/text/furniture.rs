//! What a newspaper page prints around its articles: credits, captions, page marks, mastheads, sources.

use super::signs::{contains, ends_with, starts_with};
use super::{credit, date, dateline};

/// Beginnings of lines that say where a text comes from or how a page is used.
const LABELS: [&str; 28] = [
    "来源:",
    "稿源:",
    "信息来源:",
    "文章来源:",
    "原标题:",
    "原载",
    "转自",
    "责任编辑",
    "责编",
    "发布时间:",
    "发布日期:",
    "更新时间:",
    "发稿时间:",
    "浏览次数",
    "点击数",
    "阅读量",
    "字号:",
    "分享到",
    "扫一扫",
    "打印本页",
    "关闭窗口",
    "版权所有",
    "图为",
    "▲",
    "图片来源",
    "下转第",
    "查看原文",
    "<!--",
];

/// Words in brackets that send the reader elsewhere or name a source.
const BRACKETED: [&str; 12] =
    ["下转", "上接", "来源:", "来源", "原载", "据", "资料图", "本报综合", "完", "作者:", "编辑:", "责任编辑"];

/// Endings of captions.
const CAPTION_ENDS: [&str; 10] =
    ["摄", "供图", "资料图", "资料图)", "资料图片", "摄)", "供图)", "(图)", "效果图", "(资料图片)"];

/// Endings of words that a line with a date may hold beside it and still be a masthead or a date line.
const MASTHEAD_ENDS: [&str; 14] =
    ["报", "网", "社", "刊", "版", "要闻", "新闻", "时讯", "在线", "讯", "期", "客户端", "公众号", "头条"];

/// Words that may stand beside the date of a date line.
const DATE_WORDS: [&str; 13] = [
    "来源",
    "时间",
    "日期",
    "发布",
    "更新",
    "作者",
    "发布时间",
    "更新时间",
    "发布日期",
    "更新日期",
    "发稿时间",
    "资料更新至",
    "截至",
];

/// True for a line that is furniture as a whole. `wide` says that wide blanks stand in it.
pub(super) fn is_furniture(line: &[char], wide: bool) -> bool {
    const LONGEST: usize = 70;
    if line.is_empty() || line.len() > LONGEST || line.contains(&'。') && !starts_with(line, "图为") {
        return false;
    }
    let lead_in = dateline::lead_in(line).map_or(0, |lead| lead.length);
    if lead_in > 0 {
        return lead_in == line.len();
    }
    is_page_mark(line) || is_masthead(line, wide) || is_label(line) || credit::is_credit(line) || is_caption(line)
}

/// `第2版`, `A03版`, `02版·要闻`, `— 2 —`, `·3·`, `第1页 共5页`, `B02 佛山·要闻`.
fn is_page_mark(line: &[char]) -> bool {
    const LONGEST: usize = 14;
    let bare: Vec<char> =
        line.iter().copied().filter(|c| !matches!(c, ' ' | '—' | '-' | '·' | '/' | '第' | '共')).collect();
    let digits = bare.iter().filter(|c| c.is_ascii_digit()).count();
    if digits == 0 || line.len() > LONGEST {
        return false;
    }
    let rest: Vec<char> = bare.iter().copied().filter(|c| !c.is_ascii_digit()).collect();
    match rest.as_slice() {
        [] => digits <= 3 || line.len() > bare.len() && digits <= 6 && date::whole(line).is_none(),
        ['页'] | ['版'] | ['期'] | ['页', '页'] => true,
        ['A'..='Z'] | ['A'..='Z', '版'] => digits <= 3,
        ['A'..='Z', section @ ..] => digits == 2 && line.get(3) == Some(&' ') && section.len() <= 6,
        ['版', section @ ..] => section.len() <= 6,
        _ => false,
    }
}

/// A date, alone or among words for papers, pages and sources.
fn is_masthead(line: &[char], wide: bool) -> bool {
    let dated =
        |found: &date::Found| found.date.year.is_some() && (found.date.month.is_some() || bracketed(line).is_some());
    let Some(found) = date::first(line).filter(dated) else {
        return bracketed(line).is_some_and(|inner| is_source(inner) || credit::is_credit(inner));
    };
    if found.date.day.is_some() && bracketed(line).is_some() {
        return true;
    }
    let parts = [&line[..found.start], &line[found.end..]];
    let words = |c: &char| matches!(c, ' ' | ':' | '(' | ')' | '|' | '·' | '【' | '】' | ',');
    let mut rest = parts.iter().flat_map(|part| part.split(words)).filter(|word| !word.is_empty());
    let complete = found.date.day.is_some();
    rest.all(|word| wide && complete && word.len() <= 12 || is_masthead_word(word, complete))
}

fn is_masthead_word(word: &[char], complete: bool) -> bool {
    let clock = word.iter().all(|c| c.is_ascii_digit() || *c == '-');
    let weekday = starts_with(word, "星期") || starts_with(word, "周");
    let page = word.len() <= 8 && word.iter().any(char::is_ascii_digit) && contains(word, "版");
    let named = word.len() <= 10 && MASTHEAD_ENDS.iter().any(|end| ends_with(word, end));
    let plain = DATE_WORDS.iter().any(|plain| word.len() == plain.chars().count() && starts_with(word, plain));
    clock || weekday || page || named || plain || complete && credit::is_credit(word)
}

/// The inside of a line that is one bracket.
fn bracketed(line: &[char]) -> Option<&[char]> {
    match line {
        ['(', inner @ .., ')'] if !inner.contains(&'(') => Some(inner),
        _ => None,
    }
}

/// True for words in brackets that name a source or send the reader on.
pub(super) fn is_source(inner: &[char]) -> bool {
    const LONGEST: usize = 40;
    inner.len() <= LONGEST && BRACKETED.iter().any(|words| starts_with(inner, words))
}

fn is_label(line: &[char]) -> bool {
    LABELS.iter().any(|label| starts_with(line, label))
}

/// A line that ends as captions do, or that closes with the credit of a picture.
fn is_caption(line: &[char]) -> bool {
    const LONGEST: usize = 60;
    if line.len() > LONGEST {
        return false;
    }
    let credited = contains(line, "记者") || contains(line, "通讯员") || contains(line, "摄影");
    let last = line.last().is_some_and(|c| matches!(c, '图' | '摄'));
    credited && last && line.contains(&' ') || CAPTION_ENDS.iter().any(|end| ends_with(line, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_is_told_from_headlines() {
        for (line, expected) in [
            ("第2版", true),
            ("— 2 —", true),
            ("·3·", true),
            ("B02 佛山·要闻", true),
            ("2015年12月26日 星期六 02版·要闻", true),
            ("昆明日报 2022年11月14日 A03版", true),
            ("2017-07-21 08:12 柳州新闻网", true),
            ("(更新时间:2023年12月)", true),
            ("2019年7月", true),
            ("(深圳市工业和信息化局 2022年12月15日发布)", true),
            ("记者 孙庆辉", true),
            ("实习生 孟刘奇 文/图", true),
            ("□ 本报记者 李东升 通讯员 孙雨", true),
            ("(记者 张玮真 2022年7月30日)", true),
            ("算力机房一角 本报记者 周涛 图", true),
            ("高新区智能制造车间一角(资料图)", true),
            ("图为园区一角。", true),
            ("本报讯(记者 杨海军)", true),
            ("(下转第三版)", true),
            ("来源:贵阳日报", true),
            ("责任编辑:王芳", true),
            ("2022年德州天衢新区建设推进情况报告", false),
            ("2014年,高新区的成绩单", false),
            ("GDP增长15%", false),
            ("本报讯(记者 杨海军)好风", false),
            ("记者调查", false),
            ("巨利可图", false),
            ("一张蓝图", false),
            ("一、基本情况", false),
            ("开标时间:2011-5-19 9:00", false),
            ("1038亿元", false),
        ] {
            let chars: Vec<char> = line.chars().collect();
            assert_eq!(is_furniture(&chars, false), expected, "{line}");
        }
    }
}
