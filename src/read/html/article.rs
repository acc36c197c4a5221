//! Which part of a page is the article: the smallest element that holds most of the prose that is its own.

use std::ops::Range;

use super::lines::{Line, Role};
use super::tree::{Block, Tree};

/// Share of the page's prose, in per cent, that the article's element holds at least.
const MOST: u64 = 75;

/// How much more prose counts that stands in one element with the headline, and right behind it.
const WITH_HEADLINE: u64 = 4;
const BEHIND_HEADLINE: u64 = 3;

/// Fewest Chinese characters behind the headline that may be an article.
const FEWEST: u32 = 20;

/// Fewest links of a page that is a list of links.
const FEWEST_LINKS: usize = 3;

/// What stands around an article's text.
pub(super) struct Page<'a> {
    tree: &'a Tree,
    lines: Vec<Line>,
    /// Block of the headline, where the page's title tells it.
    pub(super) headline: Option<usize>,
}

impl<'a> Page<'a> {
    /// Tells prose from links and teasers.
    pub(super) fn of(tree: &'a Tree) -> Self {
        let headline = headline(tree);
        Self { tree, lines: super::lines::lines(tree, headline), headline }
    }

    /// The blocks of the element that holds the article; all where no prose is.
    pub(super) fn range(&self) -> Range<usize> {
        let weights = self.weights();
        let mut sums = vec![0u64];
        for weight in weights {
            sums.push(sums[sums.len() - 1] + weight);
        }
        let total = sums[sums.len() - 1];
        let held = |range: &Range<usize>| sums[range.end] - sums[range.start];
        let mut ranges = self.tree.elements.iter().map(|it| it.first as usize..it.last as usize);
        // Those that hold most of it stand in one line, the innermost last.
        let inmost = ranges.rfind(|range| total > 0 && held(range) * 100 >= total * MOST);
        inmost.unwrap_or(0..self.tree.blocks.len())
    }

    fn weights(&self) -> Vec<u64> {
        let mut weights: Vec<u64> = self.lines.iter().map(Line::weight).collect();
        let Some((home, next)) = self.headline.and_then(|at| self.home(at)) else { return weights };
        if self.least(next.clone()) == 0 {
            weights.iter_mut().zip(&self.lines).filter(|(_, line)| line.hint < 0).for_each(|(weight, _)| *weight = 0);
        }
        weights[home].iter_mut().for_each(|weight| *weight *= WITH_HEADLINE);
        weights[next].iter_mut().for_each(|weight| *weight *= BEHIND_HEADLINE);
        weights
    }

    /// Blocks behind the headline in the smallest element that holds it and prose, and of these the first that stand in
    /// elements of one kind.
    fn home(&self, headline: usize) -> Option<(Range<usize>, Range<usize>)> {
        let elements = &self.tree.elements;
        let mut at = self.tree.blocks[headline].element;
        let has_prose = |range: &Range<usize>| {
            self.lines[range.clone()].iter().map(|line| if line.weight() > 0 { line.han } else { 0 }).sum::<u32>()
                >= FEWEST
        };
        let home = loop {
            let range = headline + 1..(elements[at as usize].last as usize).max(headline + 1);
            if has_prose(&range) {
                break range;
            }
            if at == 0 {
                return None;
            }
            at = elements[at as usize].parent;
        };
        let first = home.clone().find(|&block| self.lines[block].weight() > 0)?;
        let child = |block: usize| self.child_of(at, self.tree.blocks[block].element);
        let sign = |block: usize| child(block).map(|it| elements[it as usize].sign);
        let own = sign(first);
        let end = home.clone().skip_while(|&block| block <= first).find(|&block| sign(block) != own);
        let end = end.unwrap_or(home.end);
        Some((home, first..end))
    }

    /// The element right in `around` that an element is or stands in; none where it is `around` itself.
    fn child_of(&self, around: u32, element: u32) -> Option<u32> {
        let mut at = element;
        while at != around && at != 0 {
            let parent = self.tree.elements[at as usize].parent;
            if parent == around {
                return Some(at);
            }
            at = parent;
        }
        None
    }

    /// True for a page without prose of its own that leads to others.
    pub(super) fn is_list(&self) -> bool {
        let leads = self.lines.iter().filter(|line| line.role == Role::Away).count();
        leads >= FEWEST_LINKS && self.lines.iter().all(|line| line.weight() == 0)
    }

    /// The blocks of the article without what leads elsewhere.
    pub(super) fn blocks(&self, range: Range<usize>) -> Vec<Block> {
        let mut kept: Vec<Block> = Vec::new();
        let mut prose = 0;
        let least = self.least(range.clone());
        let mut at = range.start;
        while at < range.end {
            let (block, line) = (&self.tree.blocks[at], &self.lines[at]);
            at += 1;
            match line.role {
                Role::End if prose > 0 => break,
                Role::Others if prose > 0 => match self.box_of(block, &kept) {
                    Some(end) => at = at.max(end),
                    None => break,
                },
                Role::Text => {}
                _ => continue,
            }
            if line.hint < least || line.hint < 0 && line.is_short() {
                continue;
            }
            prose += usize::from(!line.is_short());
            kept.push(block.clone());
        }
        kept
    }

    /// The least hint that lines of the article have: where some of its prose stands beside menus, all does.
    fn least(&self, range: Range<usize>) -> i8 {
        let own = self.lines[range].iter().filter(|line| line.weight() > 0 && line.hint >= 0);
        if own.map(|line| line.han).sum::<u32>() >= FEWEST { 0 } else { -1 }
    }

    /// The end of the largest element around a block that holds nothing of what is kept.
    fn box_of(&self, block: &Block, kept: &[Block]) -> Option<usize> {
        let last = kept.last().map_or(0, |it| it.element);
        let elements = &self.tree.elements;
        let holds_kept = |element: u32| {
            let mut at = last;
            while at > element {
                at = elements[at as usize].parent;
            }
            at == element
        };
        let mut found = None;
        let mut at = block.element;
        while at != 0 && !holds_kept(at) {
            found = Some(elements[at as usize].last as usize);
            at = elements[at as usize].parent;
        }
        found
    }
}

/// The block that repeats the title of the page; of several the longest, of these the first; else the only `h1`.
fn headline(tree: &Tree) -> Option<usize> {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let named = tree
        .metas
        .iter()
        .find(|(key, value)| ["articletitle", "og:title"].contains(&key.as_str()) && !value.is_empty());
    let title = bare(named.map_or(tree.title.as_str(), |(_, value)| value.as_str()));
    let mut best = None;
    let mut longest = 0;
    for (at, block) in tree.blocks.iter().enumerate() {
        let text = tree.text(block);
        let least = if block.heading == 1 { 4 * 3 } else { 8 * 3 };
        if text.len() < least.max(longest + 1)
            || text.len() > title.len() * 2 + 64
            || block.linked as usize * 2 > text.len()
        {
            continue;
        }
        let text = bare(text);
        if text.len() > longest && text.len() >= least && title.contains(&text) {
            (best, longest) = (Some(at), text.len());
        }
    }
    let only = || {
        let mut headings = tree.blocks.iter().enumerate().filter(|(_, block)| block.heading == 1);
        headings.next().filter(|_| headings.next().is_none()).map(|(at, _)| at)
    };
    best.or_else(only)
}
