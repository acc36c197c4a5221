//! What a page says of its article: in its head, in its headline, in the lines around the text.

use super::super::Meta;
use super::super::compose::tidy;
use super::super::credit::credits;
use super::super::dates::in_field;
use super::tree::Tree;

/// Names of `meta` elements, best first; those of government sites follow a standard of their own.
const TITLES: [&str; 4] = ["articletitle", "og:title", "headline", "title"];
const DATES: [&str; 9] = [
    "pubdate",
    "article:published_time",
    "publishdate",
    "publish_time",
    "datepublished",
    "weibo:article:create_at",
    "og:release_date",
    "dc.date",
    "date",
];
const PUBLISHERS: [&str; 4] = ["contentsource", "source", "publisher", "og:site_name"];
const AUTHORS: [&str; 3] = ["author", "article:author", "og:article:author"];
const ADDRESSES: [&str; 3] = ["og:url", "url", "articleurl"];

/// Longest line of credits, in characters.
const LONGEST: usize = 120;

/// How many blocks from the first of the article on are searched for credits.
const NEAR: usize = 8;

/// What the page says; `begin` is the article's first block, `headline` that of its headline.
pub(super) fn meta(tree: &Tree, begin: usize, headline: Option<usize>) -> Meta {
    let headline = headline.map(|at| tidy(tree.text(&tree.blocks[at])));
    let named = |names: &[&str]| {
        let value = |name: &&str| tree.metas.iter().find(|(key, value)| key == name && !value.is_empty());
        names.iter().find_map(value).map(|(_, value)| value.clone())
    };
    let near = &tree.blocks[..tree.blocks.len().min(begin + NEAR)];
    let lines = near.iter().map(|block| tree.text(block)).filter(|line| line.chars().count() <= LONGEST);
    let around = lines.rev().map(credits).fold(Meta::default(), Meta::or);
    let is_name = |author: &String| !author.contains("://") && author.chars().count() <= 20;
    Meta {
        title: named(&TITLES[..1]).or(headline).or_else(|| named(&TITLES[1..])).or_else(|| titled(tree)),
        published: named(&DATES).as_deref().and_then(in_field),
        publisher: named(&PUBLISHERS[..3]),
        author: named(&AUTHORS).filter(is_name),
        address: tree.canonical.clone().or_else(|| named(&ADDRESSES)).filter(|it| it.contains("://")),
    }
    .or(around)
    .or(Meta { publisher: named(&PUBLISHERS[3..]), ..Meta::default() })
}

/// The title of the page without the names of site and section.
fn titled(tree: &Tree) -> Option<String> {
    let title = tidy(&tree.title);
    let first = title.split(['_', '|', '｜']).next().unwrap_or_default();
    let first = first.split(" - ").next().unwrap_or_default().split("--").next().unwrap_or_default().trim();
    (!first.is_empty()).then(|| first.to_owned())
}
