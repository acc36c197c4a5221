//! Which line goes on in which: hard-wrapped lines, paragraphs torn by columns, captions and page breaks.

use std::sync::LazyLock;

use super::lines::Lines;
use super::markdown::Mark;
use super::normalize::is_han;
use super::signs;
use super::{dateline, furniture, wrap};

/// What becomes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Begins a piece of text.
    Begins,
    /// Goes on where the last piece stopped.
    Continues,
    /// Furniture that stands by itself.
    Furniture,
    /// Furniture between two halves of a torn paragraph: left out.
    Dropped,
}

/// Decides for every line.
pub(super) fn fates(lines: &Lines) -> Vec<Fate> {
    let mut reflow = Reflow {
        lines,
        wrap: wrap::measure(lines),
        pairs: None,
        fates: Vec::with_capacity(lines.lines.len()),
        piece: None,
        in_body: false,
    };
    for i in 0..lines.lines.len() {
        reflow.line(i);
    }
    reflow.fates
}

/// The piece of text that a further line may continue.
struct Piece {
    /// Its first line.
    first: usize,
    /// Its last line so far.
    last: usize,
}

struct Reflow<'a> {
    lines: &'a Lines,
    wrap: Option<wrap::Wrap>,
    /// Built when first asked for.
    pairs: Option<Pairs>,
    fates: Vec<Fate>,
    piece: Option<Piece>,
    /// True once a paragraph was met; before it stand headlines.
    in_body: bool,
}

impl Reflow<'_> {
    fn line(&mut self, i: usize) {
        let line = &self.lines.lines[i];
        let fate = if line.mark == Mark::None && furniture::is_furniture(self.lines.text(line), line.wide) {
            Fate::Furniture
        } else if self.continues(i) {
            Fate::Continues
        } else {
            Fate::Begins
        };
        self.fates.push(fate);
        match fate {
            Fate::Begins => self.piece = Some(Piece { first: i, last: i }),
            Fate::Continues => self.join(i),
            Fate::Furniture | Fate::Dropped => {}
        }
        if fate != Fate::Furniture {
            let text = self.lines.text(line);
            self.in_body |= is_body(text) || dateline::lead_in(text).is_some();
        }
    }

    /// Extends the piece by line `i`; the furniture between them goes.
    fn join(&mut self, i: usize) {
        if let Some(piece) = &mut self.piece {
            self.fates[piece.last + 1..i].fill(Fate::Dropped);
            piece.last = i;
        }
    }

    fn continues(&mut self, i: usize) -> bool {
        let Some(piece) = &self.piece else { return false };
        let (first, last) = (piece.first, piece.last);
        let (above, line) = (&self.lines.lines[last], &self.lines.lines[i]);
        let fixed = matches!(self.lines.lines[first].mark, Mark::Heading | Mark::Row);
        if fixed || line.mark != Mark::None {
            return false;
        }
        let adjacent = last + 1 == i && !line.gap;
        if !self.in_body && last + 1 != i {
            return false;
        }
        let indented = self.wrap.as_ref().is_some_and(|wrap| wrap.is_indented(i));
        match &self.wrap {
            Some(wrap) if adjacent && !indented && wrap.is_full(above) => true,
            _ => !indented && self.torn(first, last, i, adjacent),
        }
    }

    /// Weighs whether the piece `first..=last` is torn and line `i` is where it goes on.
    fn torn(&mut self, first: usize, last: usize, i: usize, adjacent: bool) -> bool {
        const ENOUGH: i32 = 3;
        let (above, line) = (&self.lines.lines[last], &self.lines.lines[i]);
        let (piece, next) = (Shape::of(self.lines, first, last), self.lines.text(line));
        let Some((&tail, &head)) = piece.text.last().zip(next.first()) else { return false };
        if signs::cannot_begin(head) && !piece.is_headline() {
            return true;
        }
        if signs::is_finished(piece.text) || signs::enumerator(next).is_some() || head == '【' {
            return false;
        }
        let short_end = next.len() <= 8 && signs::is_finished(next);
        let mut score = piece.openness(self.in_body) + if short_end { 2 } else { 0 };
        if !short_end && !adjacent && is_headline(next) && self.stands_alone(i) {
            score -= 2;
        }
        // Before the text begins, a gap parts headlines, unless one reads like a sentence.
        let sentence_like = first > 0 && piece.text.contains(&',');
        if !self.in_body && line.gap && above.mark == Mark::None && !short_end && !sentence_like {
            score -= 1;
        }
        score >= ENOUGH || score + 2 >= ENOUGH && self.belong_together(tail, head)
    }

    /// True when line `i` has none right below that it may be wrapped into.
    fn stands_alone(&self, i: usize) -> bool {
        let below = self.lines.lines.get(i + 1).filter(|below| !below.gap);
        below.is_none() || self.wrap.as_ref().is_none_or(|wrap| !wrap.is_full(&self.lines.lines[i]))
    }

    /// True when a word seems to run across the gap: the pair stands elsewhere in the text, or a unit follows digits.
    fn belong_together(&mut self, tail: char, head: char) -> bool {
        if tail.is_ascii_digit() {
            return head.is_ascii_digit() || "亿万千百%个家元年月日平公吨项户人.".contains(head);
        }
        let lines = self.lines;
        is_han(tail)
            && is_han(head)
            && (is_word(tail, head) || self.pairs.get_or_insert_with(|| Pairs::of(lines)).has(tail, head))
    }
}

/// The text of a piece as far as the decision needs it.
struct Shape<'a> {
    /// The last line, or all of a piece of one line.
    text: &'a [char],
    /// Characters in all lines of the piece.
    length: usize,
    /// True when a sentence ends inside.
    has_sentence: bool,
    /// True when it begins as news reports do, which no headline does.
    has_lead_in: bool,
}

impl<'a> Shape<'a> {
    fn of(lines: &'a Lines, first: usize, last: usize) -> Self {
        let text = lines.text(&lines.lines[last]);
        let length = lines.lines[last].end - lines.lines[first].start;
        let has_lead_in = dateline::lead_in(lines.text(&lines.lines[first])).is_some();
        Self { text, length, has_sentence: first < last || has_sentence(text), has_lead_in }
    }

    fn is_headline(&self) -> bool {
        !self.has_sentence && is_headline(self.text)
    }

    /// How much speaks for a text that stops in the middle: 0 nothing, 3 enough.
    fn openness(&self, in_body: bool) -> i32 {
        let comma = self.text.contains(&',');
        let body = in_body || self.has_sentence;
        let long = self.length >= 60 || body && comma && self.length >= 40;
        if long || signs::is_hanging(self.text) || self.has_sentence || self.has_lead_in {
            3
        } else {
            i32::from(comma && self.length >= 12) + i32::from(self.length >= 30)
        }
    }
}

/// True when a full stop or a semicolon stands before the end.
fn has_sentence(text: &[char]) -> bool {
    let inside = text.len().saturating_sub(1);
    text[..inside].iter().any(|c| matches!(c, '。' | ';'))
}

/// True for lines that can only be running text.
pub(super) fn is_body(text: &[char]) -> bool {
    const LONGEST_HEADLINE: usize = 64;
    text.contains(&'。') || text.len() > LONGEST_HEADLINE
}

/// True for a line that may be a headline: short, without a sentence, not stopping in the middle.
pub(super) fn is_headline(text: &[char]) -> bool {
    const LONGEST: usize = 56;
    let ends = matches!(text.last(), Some('。' | ',' | '、' | ';' | ':'));
    let starts = text.first().is_some_and(|&c| signs::cannot_begin(c));
    text.len() <= LONGEST
        && !ends
        && !starts
        && !text.iter().any(|c| matches!(c, '。' | ';'))
        && !signs::is_hanging(text)
}

/// Frequent words of two characters, sorted.
static WORDS: LazyLock<Vec<[char; 2]>> = LazyLock::new(|| {
    let lines = include_str!("data/words.txt").lines().filter(|line| !line.starts_with('#'));
    let words = lines.flat_map(|line| line.split(' ')).filter_map(|word| {
        let mut chars = word.chars();
        Some([chars.next()?, chars.next()?])
    });
    let mut words: Vec<_> = words.collect();
    words.sort_unstable();
    words
});

fn is_word(first: char, second: char) -> bool {
    WORDS.binary_search(&[first, second]).is_ok()
}

/// The pairs of neighbouring characters in a text, as a hashed set: it may claim a pair too many, never one too few.
struct Pairs {
    bits: Vec<u64>,
}

impl Pairs {
    fn of(lines: &Lines) -> Self {
        let words = (lines.chars.len() / 2).next_power_of_two().clamp(1 << 8, 1 << 18);
        let mut pairs = Self { bits: vec![0; words] };
        for line in &lines.lines {
            for pair in lines.text(line).windows(2) {
                let slot = pairs.slot(pair[0], pair[1]);
                pairs.bits[slot / 64] |= 1 << (slot % 64);
            }
        }
        pairs
    }

    fn has(&self, first: char, second: char) -> bool {
        let slot = self.slot(first, second);
        self.bits[slot / 64] >> (slot % 64) & 1 == 1
    }

    fn slot(&self, first: char, second: char) -> usize {
        let key = u64::from(first as u32) << 32 | u64::from(second as u32);
        (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize % (self.bits.len() * 64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both lines behind a paragraph, so that the text has begun.
    fn joined(first: &str, second: &str) -> bool {
        let text = format!("标题一行字在此\n\n园区去年投资完成。\n\n{first}\n\n{second}\n");
        let lines = Lines::of(&text.chars().collect::<Vec<_>>());
        fates(&lines)[3] == Fate::Continues
    }

    #[test]
    fn torn_paragraphs_are_told_from_headlines() {
        for (first, second, expected) in [
            ("园区做优服务,深化“亩均论", "英雄”改革,效果明显。", true),
            ("增速较快。高于规", "模以上工业增加值增速0.9个百分点。", true),
            ("82个省市级重点项目,累计完成投", "资233.99亿元,占年度任务的62.18%。", true),
            ("全年财政收入、", "税收都有增长。", true),
            ("新区批复设立的时候,规划的面积为49", "3平方公里的新区,包括三个区的部分区域。", true),
            ("这批项目分布在全区,总共是六", "个。", true),
            ("招商签约208亿元 产业发展提档升级", "今年上半年,高新区完成新签约项目58个。", false),
            ("要突出板块强支撑,谋划3-5个新的更新项目", "随着产业用地越来越少,区里要推动合作。", false),
            ("具体条款如下:", "支持新药研发,最高奖励1亿元。", false),
            ("上半年户数达到31.2户……", "有形的数字,见证高质量发展。", false),
            ("园区建成投产。(数据为快报数)", "下半年,园区将扩大投资。", false),
            ("增速较快。高于规", "一、工业", false),
            ("增速较快。高于规", "- 工业增加值", false),
            ("增速较快。高于规", "## 工业", false),
        ] {
            assert_eq!(joined(first, second), expected, "{first} | {second}");
        }
    }
}
