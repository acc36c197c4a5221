//! The lead-in of a news paragraph, `本报郑州7月12日讯(记者 …)`, and the remarks that close one.

use super::credit;
use super::date;
use super::furniture;
use super::normalize::is_han;
use super::signs::{contains, is_han_word, starts_with};

/// Papers and agencies with which a lead-in begins.
const AGENCIES: [&str; 15] = [
    "本报",
    "本网",
    "本台",
    "本刊",
    "本社",
    "新华社",
    "新华网",
    "中新社",
    "中新网",
    "人民网",
    "央视网",
    "中国网",
    "央广网",
    "经济日报",
    "据",
];

/// Words in which `讯` and `电` say nothing of a report.
const OTHER_WORDS: [&str; 12] =
    ["通讯", "资讯", "喜讯", "视讯", "电讯", "短讯", "问讯", "审讯", "音讯", "简讯", "快讯", "腾讯"];

/// A lead-in at the start of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LeadIn {
    /// Its length in characters, the blanks behind it included.
    pub(super) length: usize,
    /// Where the place of the dateline stands, if it has one: start and end.
    pub(super) place: Option<(usize, usize)>,
}

/// Finds the lead-in of a paragraph.
pub(super) fn lead_in(text: &[char]) -> Option<LeadIn> {
    let (mut length, place) = opening(text).unwrap_or((0, None));
    loop {
        let rest = &text[length..];
        let blanks = rest.iter().take_while(|&&c| c == ' ').count();
        let more = remark(&rest[blanks..]).or_else(|| if length > 0 { spaced_date(&rest[blanks..]) } else { None });
        let Some(more) = more else { break };
        length += blanks + more;
    }
    if length == 0 {
        return None;
    }
    length += text[length..].iter().take_while(|&&c| c == ' ').count();
    Some(LeadIn { length, place })
}

/// `【本报讯】`, `本报讯`, `新华社郑州7月12日电`, `2023年6月8日 金昌讯`: its length and the place in it.
fn opening(text: &[char]) -> Option<(usize, Option<(usize, usize)>)> {
    const LONGEST: usize = 30;
    let bracket = text.first() == Some(&'【');
    let start = usize::from(bracket);
    let reach = &text[..text.len().min(LONGEST)];
    let end = (start + 1..reach.len()).find(|&i| matches!(reach[i], '讯' | '电') && !in_other_word(reach, i))?;
    let words = &reach[start..end];
    if words.iter().any(|&c| !(is_han(c) || c.is_ascii_digit() || matches!(c, ' ' | '·' | '-' | '—'))) {
        return None;
    }
    let place = place(words).map(|(from, to)| (from + start, to + start));
    if bracket {
        return (text.get(end + 1) == Some(&'】')).then_some((end + 2, place));
    }
    let next = text.get(end + 1).copied().unwrap_or(' ');
    let apart = matches!(next, ' ' | '(' | ':' | ',' | '“') || next.is_ascii_digit();
    let sure = is_report(words, text[end]) && (apart || is_han(next) && agency(words).is_some());
    let taken = end + 1 + usize::from(matches!(next, ':' | ','));
    sure.then_some((taken, place))
}

fn in_other_word(text: &[char], i: usize) -> bool {
    OTHER_WORDS.iter().any(|word| starts_with(&text[i - 1..], word))
}

/// True for what stands before `讯` or `电`: an agency, a paper, a date, a place set apart.
fn is_report(words: &[char], sign: char) -> bool {
    let dated = words.last() == Some(&'日') && date::last_ends_at(words, words.len());
    let place_behind_date = date::first(words).is_some_and(|found| words.len() - found.end <= 6);
    match sign {
        '电' => dated && words.len() >= 4,
        _ => {
            agency(words).is_some()
                || dated
                || place_behind_date
                || words.last() == Some(&'报')
                || is_han_word(words, 2..=3)
        }
    }
}

/// Length of the agency or paper at the start.
fn agency(words: &[char]) -> Option<usize> {
    AGENCIES.iter().find(|name| starts_with(words, name)).map(|name| name.chars().count())
}

/// What is left of the words before `讯` when agency and date are gone, if it can be a place.
fn place(words: &[char]) -> Option<(usize, usize)> {
    let found = date::first(words);
    let start = match (agency(words), found) {
        (Some(length), _) => length,
        (None, Some(found)) if found.start == 0 => found.end,
        _ => return None,
    };
    let blanks = words[start..].iter().take_while(|&&c| c == ' ').count();
    let start = start + blanks;
    let end = found.filter(|found| found.start >= start).map_or(words.len(), |found| found.start);
    let end = start + words[start..end].iter().rposition(|&c| c != ' ').map_or(0, |last| last + 1);
    is_han_word(&words[start..end], 2..=8).then_some((start, end))
}

/// A bracket that opens the text and holds a credit, a date or a source: its length.
fn remark(text: &[char]) -> Option<usize> {
    const LONGEST: usize = 60;
    if text.first() != Some(&'(') {
        return None;
    }
    let end = text.iter().take(LONGEST).position(|&c| c == ')')?;
    let inner = &text[1..end];
    let dated = date::first(inner).is_some_and(|found| found.start + inner.len() - found.end <= 12);
    let credited = contains(inner, "记者") || contains(inner, "通讯员");
    (credited || dated || furniture::is_source(inner)).then_some(end + 1)
}

/// A full date behind a lead-in, set apart by a blank.
fn spaced_date(text: &[char]) -> Option<usize> {
    let found =
        date::first(text).filter(|found| found.start == 0 && found.date.day.is_some() && found.date.year.is_some())?;
    text.get(found.end).is_none_or(|&c| c == ' ').then_some(found.end)
}

/// Start of the remark that closes a paragraph behind a finished sentence: a credit, a date, a source, a signature.
pub(super) fn closing(text: &[char]) -> Option<usize> {
    closing_bracket(text).or_else(|| credit::closing(text))
}

fn closing_bracket(text: &[char]) -> Option<usize> {
    const LONGEST: usize = 60;
    if text.last() != Some(&')') {
        return None;
    }
    let reach = text.len().saturating_sub(LONGEST);
    let start = reach + text[reach..].iter().rposition(|&c| c == '(')?;
    let before = text[..start].iter().rev().find(|&&c| c != ' ')?;
    let inner = &text[start + 1..text.len() - 1];
    let finished = matches!(before, '。' | '!' | '?' | '”' | '…');
    let signature = is_han_word(inner, 1..=4);
    let known =
        signature || date::whole(inner).is_some() || remark(&text[start..]).is_some() || credit::is_credit(inner);
    (finished && known).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (String, String) {
        let chars: Vec<char> = text.chars().collect();
        let lead = lead_in(&chars).map_or(0, |lead| lead.length);
        let end = closing(&chars).unwrap_or(chars.len());
        (chars[..lead].iter().collect(), chars[end..].iter().collect())
    }

    #[test]
    fn lead_ins_and_closing_remarks_are_found() {
        for (text, lead, close) in [
            ("本报讯 近日,园区开工。", "本报讯 ", ""),
            ("本报讯近日,园区开工。", "本报讯", ""),
            ("惠州日报讯(记者林丽娟 通讯员付海燕) 一个大块头。", "惠州日报讯(记者林丽娟 通讯员付海燕) ", ""),
            ("南方讯 2025年7月30日 7月29日,两区举行。", "南方讯 2025年7月30日 ", ""),
            ("台海网2021年4月3日讯(海峡导报记者 赖雅红) 昨日。", "台海网2021年4月3日讯(海峡导报记者 赖雅红) ", ""),
            ("(2023年3月23日)天津经济技术开发区通报。", "(2023年3月23日)", ""),
            ("(证券记者 2023年4月4日报道)4月3日,签约。", "(证券记者 2023年4月4日报道)", ""),
            ("全力保障。记者 孙庆辉 通讯员 冯禄文/图", "", "记者 孙庆辉 通讯员 冯禄文/图"),
            ("力争更多。(肖文)", "", "(肖文)"),
            ("管委会说。(2021年3月20日)", "", "(2021年3月20日)"),
            ("通讯产业园讯息港开工。", "", ""),
            ("腾讯 落户园区。", "", ""),
            ("水电站7月发电 居首位。", "", ""),
            ("太忻一体化经济区(以下简称“太忻经济区”)开工。", "", ""),
            ("园区投产(一期)", "", ""),
            ("据记者了解,项目开工。", "", ""),
        ] {
            assert_eq!(parts(text), (lead.to_string(), close.to_string()), "{text}");
        }
    }
}
