//! What each line of a page is: text, a link, a teaser of another article, or what pages print around one.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::tree::{Block, Tree};

/// Fewest Chinese characters that are prose without a sign of a sentence.
const FEWEST: u32 = 25;

/// Longest line, in characters, that may be a heading or a button.
const SHORT: u32 = 30;

/// A teaser: longest headline and longest abstract, in characters; most lines.
const HEADLINE: u32 = 60;
const ABSTRACT: u32 = 200;
const TEASER: u32 = 320;
const TEASER_LINES: usize = 8;

/// Weight of the prose of a page, in thirds of a character, beside which such elements are no part of its article.
const REST: u64 = 60 * 3;

/// Fewest teasers that stand together.
const TOGETHER: usize = 3;

/// Words of lines that a page prints at its foot.
static FOOT: LazyLock<Regex> = LazyLock::new(|| {
    // The pattern is one of plain words.
    Regex::new("版权所有|ICP备|icp备|公网安备|主办单位|技术支持|Copyright|违法和不良信息").expect("plain words")
});

/// Beginnings of lines about the page.
const NOTICES: [&str; 6] = ["免责声明", "版权声明", "特别声明", "郑重声明", "广告", "声明："];

/// Beginnings of short lines that do something.
const BUTTONS: [&str; 15] = [
    "打印",
    "关闭",
    "分享",
    "扫一扫",
    "返回",
    "收藏",
    "点击",
    "字号",
    "字体",
    "纠错",
    "当前位置",
    "您的位置",
    "您当前",
    "阅读原文",
    "附件下载",
];

/// Beginnings of short lines behind which no article goes on.
const ENDS: [&str; 8] = ["上一篇", "下一篇", "网友评论", "最新评论", "热门评论", "全部评论", "发表评论", "用户评论"];

/// Beginnings of headings behind which other articles are named.
const OTHERS: [&str; 20] = [
    "相关阅读",
    "相关链接",
    "相关新闻",
    "相关文章",
    "相关稿件",
    "相关报道",
    "相关推荐",
    "延伸阅读",
    "猜你喜欢",
    "为你推荐",
    "为您推荐",
    "今日推荐",
    "热门推荐",
    "精彩推荐",
    "推荐阅读",
    "热点新闻",
    "热门文章",
    "最新文章",
    "更多新闻",
    "图片新闻",
];

/// Words in headings of boxes with other articles.
const BOXES: [&str; 9] = ["推荐", "相关", "热门", "热点", "更多", "其他", "最新", "排行", "热文"];

/// Longest line of a foot, in characters.
const FOOT_LINE: u32 = 150;

/// Ends of abstracts.
const MORE: [&str; 8] = ["详细", "详情", "全文", "更多", "查看详情", "阅读全文", "[详细]", "了解更多"];

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Text.
    Text,
    /// It leads elsewhere, or says what another article says.
    Away,
    /// A button, a notice, the foot of the page.
    Page,
    /// A heading of other articles.
    Others,
    /// Nothing of the article is behind it.
    End,
}

/// One block as a line of the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub(super) role: Role,
    /// The hint of the nearest element around it that has one.
    pub(super) hint: i8,
    /// Chinese characters, and all characters.
    pub(super) han: u32,
    pub(super) chars: u32,
    is_prose: bool,
    is_sentence: bool,
    /// Prose that ends within a sentence.
    is_cut: bool,
}

impl Line {
    /// How much prose it is, in thirds of a character.
    pub(super) fn weight(&self) -> u64 {
        if self.role != Role::Text || !self.is_prose {
            return 0;
        }
        let share = match self.hint {
            1.. => 9,
            0 => 3,
            -1 => 1,
            _ => 0,
        };
        u64::from(self.han) * share
    }

    pub(super) fn is_short(&self) -> bool {
        self.chars <= SHORT
    }
}

/// The lines of a page; `headline` is never taken for a teaser's.
pub(super) fn lines(tree: &Tree, headline: Option<usize>) -> Vec<Line> {
    let hints = hints(tree);
    let mut lines: Vec<Line> =
        tree.blocks.iter().map(|block| line(tree, block, hints[block.element as usize])).collect();
    flat(tree, &mut lines);
    grouped(tree, &mut lines, headline);
    lines
}

/// For each element the hint of the nearest element around it that has one; hidden ones hide all in them.
fn hints(tree: &Tree) -> Vec<i8> {
    let mut hints: Vec<i8> = Vec::with_capacity(tree.elements.len());
    for element in &tree.elements {
        let around = hints.get(element.parent as usize).copied().unwrap_or(0);
        hints.push(if around == -2 || element.hint == 0 { around } else { element.hint });
    }
    hints
}

fn line(tree: &Tree, block: &Block, hint: i8) -> Line {
    let text = tree.text(block);
    let (mut han, mut chars, mut is_sentence) = (0, 0, false);
    for c in text.chars() {
        chars += 1;
        match c {
            '\u{3400}'..='\u{9fff}' => han += 1,
            '。' | '，' => is_sentence = true,
            _ => {}
        }
    }
    let begins = |list: &[&str]| list.iter().any(|word| text.starts_with(word));
    let is_short = chars <= SHORT;
    let role = if block.linked as usize * 10 > text.len() * 6 {
        if is_short && begins(&ENDS) { Role::End } else { Role::Away }
    } else if is_foot(text, chars) || begins(&NOTICES) || is_short && begins(&BUTTONS) {
        Role::Page
    } else if is_short && begins(&ENDS) {
        Role::End
    } else if is_short && names_others(text, block.heading) {
        Role::Others
    } else {
        Role::Text
    };
    let is_prose = han >= FEWEST || is_sentence || block.row.is_some();
    let is_cut = is_prose && !text.ends_with(['。', '！', '？', '；', '：', '”', '）', ')', '.', ':', ';']);
    Line { role, hint, han, chars, is_prose, is_sentence, is_cut }
}

fn is_foot(text: &str, chars: u32) -> bool {
    chars <= FOOT_LINE && !text.contains('。') && FOOT.is_match(text)
}

/// A heading of other articles.
fn names_others(text: &str, heading: u8) -> bool {
    let text = text.trim_start_matches(['【', '[', '■', ' ']);
    let is_box = || heading > 1 && text.len() <= 8 * 3 && BOXES.iter().any(|word| text.contains(word));
    OTHERS.iter().any(|word| text.starts_with(word)) || is_box()
}

/// A link that is the headline of a teaser.
fn is_linked_headline(line: &Line) -> bool {
    line.role == Role::Away && line.han >= 4 && line.chars <= HEADLINE
}

/// A line that may be the headline of a teaser without a link.
fn is_headline(line: &Line) -> bool {
    line.role == Role::Text && line.han >= 4 && line.chars <= HEADLINE && line.is_cut | !line.is_prose
}

fn is_abstract(line: &Line) -> bool {
    line.role == Role::Text && line.chars <= ABSTRACT
}

/// A block that names another article and goes on about it.
fn opens_linked(block: &Block, line: &Line) -> bool {
    block.opening >= 8 * 3 && line.role == Role::Text && line.chars <= ABSTRACT + HEADLINE
}

/// What opens a teaser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opening {
    /// A headline that leads there.
    Link,
    /// One that goes on in the same line.
    Inline,
    /// A headline without a link, before words that end within a sentence.
    Cut,
}

/// Teasers that stand one behind the other without elements of their own.
fn flat(tree: &Tree, lines: &mut [Line]) {
    let mut units: Vec<(Opening, Range<usize>)> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let unit = unit(tree, lines, at);
        // A link without abstract is a teaser too, and parts no others.
        let goes_on = unit.is_none() && is_linked_headline(&lines[at]);
        let opening = unit.as_ref().map(|(opening, _)| *opening);
        if !goes_on && units.last().map(|(last, _)| *last) != opening {
            settle(&mut units, lines);
        }
        at = unit.as_ref().map_or(at + 1, |(_, range)| range.end);
        units.extend(unit);
    }
    settle(&mut units, lines);
}

/// Takes so many teasers together for what they are.
fn settle(units: &mut Vec<(Opening, Range<usize>)>, lines: &mut [Line]) {
    if units.len() >= TOGETHER {
        units.iter().for_each(|(_, unit)| away(&mut lines[unit.clone()]));
    }
    units.clear();
}

/// The lines of the teaser that begins at a line, if one may.
fn unit(tree: &Tree, lines: &[Line], at: usize) -> Option<(Opening, Range<usize>)> {
    let opens = |at: usize| opens_linked(&tree.blocks[at], &lines[at]);
    if opens(at) {
        return Some((Opening::Inline, at..at + 1));
    }
    let element = |at: usize| tree.blocks[at].element;
    let is_next = |next: usize| {
        next < lines.len() && are_kin(tree, element(next), element(at)) && is_abstract(&lines[next]) && !opens(next)
    };
    if is_linked_headline(&lines[at]) {
        let end = (at + 1..at + 3).find(|&next| !is_next(next)).unwrap_or(at + 3);
        return (end > at + 1).then_some((Opening::Link, at..end));
    }
    // Lines torn by columns are of one length.
    let is_cut = |next: &Line| next.is_cut && next.chars * 2 >= lines[at].chars * 3;
    let heads = is_headline(&lines[at]) && is_next(at + 1) && is_cut(&lines[at + 1]);
    heads.then_some((Opening::Cut, at..at + 2))
}

/// True for one element, and for two of one kind in one element or in two beside each other, as cells and rows.
fn are_kin(tree: &Tree, one: u32, other: u32) -> bool {
    let (a, b) = (&tree.elements[one as usize], &tree.elements[other as usize]);
    let around = |element: &super::tree::Element| tree.elements[element.parent as usize].parent;
    one == other || a.sign == b.sign && (a.parent == b.parent || around(a) == around(b))
}

fn away(lines: &mut [Line]) {
    lines.iter_mut().filter(|line| line.role == Role::Text).for_each(|line| line.role = Role::Away);
}

/// What an element among others of its kind is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Member {
    /// A teaser for sure: its headline leads there.
    Linked,
    /// A headline and some words, as in teasers, comments and short sections.
    Headed,
    Other,
}

/// Teasers in elements of one kind, one beside the other.
fn grouped(tree: &Tree, lines: &mut [Line], headline: Option<usize>) {
    let filled = |at: &u32| {
        let element = &tree.elements[*at as usize];
        element.first < element.last
    };
    let mut order: Vec<u32> = (1..tree.elements.len() as u32).filter(filled).collect();
    let kind = |&at: &u32| (tree.elements[at as usize].parent, tree.elements[at as usize].sign, at);
    order.sort_unstable_by_key(kind);
    let mut headed = Vec::new();
    for group in order.chunk_by(|a, b| (kind(a).0, kind(a).1) == (kind(b).0, kind(b).1)) {
        if group.len() < TOGETHER {
            continue;
        }
        let blocks = |at: u32| tree.elements[at as usize].first as usize..tree.elements[at as usize].last as usize;
        let members: Vec<Member> = group.iter().map(|&at| member(tree, lines, blocks(at), headline)).collect();
        let count = |kinds: &[Member]| members.iter().filter(|it| kinds.contains(it)).count();
        if count(&[Member::Linked]) * 10 >= group.len() * 6 {
            group
                .iter()
                .zip(&members)
                .filter(|(_, it)| **it != Member::Other)
                .for_each(|(&at, _)| away(&mut lines[blocks(at)]));
        } else if count(&[Member::Linked, Member::Headed]) * 10 >= group.len() * 6 {
            headed.push((
                tree.elements[group[0] as usize].parent,
                group.iter().map(|&at| blocks(at)).collect::<Vec<_>>(),
            ));
        }
    }
    let mut sums = vec![0];
    for line in lines.iter() {
        sums.push(sums[sums.len() - 1] + line.weight());
    }
    let sum = |range: &Range<usize>| sums[range.end] - sums[range.start];
    let mut all = sums[lines.len()];
    // Sections of an article look like teasers without links; they have the rest of its text beside them.
    for (parent, group) in headed {
        let parent = &tree.elements[parent as usize];
        let around = parent.first as usize..parent.last as usize;
        let own: u64 = group.iter().map(sum).sum();
        let is_article = group.iter().any(|range| lines[range.clone()].iter().any(|line| line.hint > 0));
        if !is_article && sum(&around) == own && all >= own + REST {
            all -= own;
            group.into_iter().for_each(|range| away(&mut lines[range]));
        }
    }
}

fn member(tree: &Tree, lines: &[Line], blocks: Range<usize>, headline: Option<usize>) -> Member {
    if blocks.len() > TEASER_LINES || headline.is_some_and(|at| blocks.contains(&at)) {
        return Member::Other;
    }
    let within = &lines[blocks.clone()];
    let text = || within.iter().filter(|line| line.role == Role::Text);
    if text().map(|line| line.chars).sum::<u32>() > TEASER || tree.blocks[blocks.start].row.is_some() {
        return Member::Other;
    }
    let leads = within.iter().any(is_linked_headline)
        || blocks.clone().any(|at| opens_linked(&tree.blocks[at], &lines[at]))
        || within.iter().zip(&tree.blocks[blocks.clone()]).any(|(line, block)| {
            let text = tree.text(block).trim_end_matches(['>', '》', '»', ']', '】', '.', '…', ' ']);
            block.linked > 0 && line.chars <= SHORT.max(ABSTRACT) && MORE.iter().any(|word| text.ends_with(word))
        });
    let heads = within.len() >= 2 && within[0].chars <= HEADLINE && !within[0].is_sentence
        || within.len() >= 2 && tree.blocks[blocks.start].heading > 1;
    match (leads, heads) {
        (true, _) => Member::Linked,
        (false, true) if text().any(|line| line.han >= 10 || line.is_sentence) => Member::Headed,
        _ => Member::Other,
    }
}
