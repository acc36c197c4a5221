//! Which part of a page is the article: the smallest element that holds most of the prose.

use std::ops::Range;

use super::tree::{Block, Tree};

/// Share of the page's prose, in per cent, that the article's element holds at least.
const MOST: u64 = 75;

/// Fewest Chinese characters that are prose without a sign of a sentence.
const FEWEST: usize = 25;

/// Words of lines that a page prints at its foot.
const FOOT: [&str; 8] =
    ["版权所有", "ICP备", "icp备", "公网安备", "主办单位", "技术支持", "Copyright", "违法和不良信息"];

/// Beginnings of short lines that do something.
const BUTTONS: [&str; 14] = [
    "打印",
    "关闭",
    "分享",
    "扫一扫",
    "上一篇",
    "下一篇",
    "返回",
    "收藏",
    "点击",
    "字号",
    "字体",
    "纠错",
    "当前位置",
    "您的位置",
];

/// Beginnings of headings behind which other articles are named.
const OTHERS: [&str; 9] =
    ["相关阅读", "相关链接", "相关新闻", "相关文章", "延伸阅读", "猜你喜欢", "热门推荐", "推荐阅读", "相关稿件"];

/// The blocks of the element that holds the article; all where no prose is.
pub(super) fn range(tree: &Tree) -> Range<usize> {
    let hints = hints(tree);
    let mut sums = vec![0u64];
    for block in &tree.blocks {
        let sum = sums[sums.len() - 1] + weight(tree, block, hints[block.element as usize]);
        sums.push(sum);
    }
    let total = sums[sums.len() - 1];
    let held = |range: &Range<usize>| sums[range.end] - sums[range.start];
    let mut ranges = tree.elements.iter().map(|it| it.first as usize..it.last as usize);
    // Those that hold most of it stand in one line, the innermost last.
    let inmost = ranges.rfind(|range| total > 0 && held(range) * 100 >= total * MOST);
    inmost.unwrap_or(0..tree.blocks.len())
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

/// How much prose a block is, in thirds of a character.
fn weight(tree: &Tree, block: &Block, hint: i8) -> u64 {
    let text = tree.text(block);
    if block.linked as usize * 2 > text.len() || FOOT.iter().any(|word| text.contains(word)) {
        return 0;
    }
    let han = text.chars().filter(|&c| is_han(c)).count();
    let is_prose = han >= FEWEST || text.contains(['。', '，']) || block.row.is_some();
    let share = match hint {
        1.. => 9,
        0 => 3,
        -1 => 1,
        _ => 0,
    };
    if is_prose { han as u64 * share } else { 0 }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
}

/// The blocks of the article without what leads elsewhere.
pub(super) fn blocks(tree: &Tree, range: Range<usize>) -> Vec<Block> {
    let hints = hints(tree);
    let mut kept = Vec::new();
    let mut prose = 0;
    for block in &tree.blocks[range] {
        let text = tree.text(block);
        if prose > 0 && OTHERS.iter().any(|word| text.trim_start_matches(['【', '[', '■', ' ']).starts_with(word)) {
            break;
        }
        let hint = hints[block.element as usize];
        let short = text.chars().count() <= 30;
        let leads_away = block.linked as usize * 10 > text.len() * 6;
        let button = short && BUTTONS.iter().any(|word| text.starts_with(word));
        let foot = FOOT.iter().any(|word| text.contains(word));
        if hint < 0 && short || hint == -2 || leads_away || button || foot {
            continue;
        }
        prose += usize::from(!short);
        kept.push(block.clone());
    }
    kept
}
