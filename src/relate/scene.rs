//! Everything found in one document, laid out so that pairs can be judged: items in text order, things, the main zone.

use std::collections::BTreeSet;

use super::near::{NAMES, Near, name_index};
use crate::extract::{Find, FindKind, Surface};
use crate::lexicon::Class;
use crate::model::{CleanSpan, EntityKind};
use crate::resolve::Cluster;

/// What stands at one place of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// A find: index into [`Scene::finds`].
    Find(usize),
    /// A sum of money: index into [`Scene::money`].
    Money(usize),
    /// A counted set of projects: index into [`Scene::groups`].
    Group(usize),
}

/// A find, a sum or a group with its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// Where it stands.
    pub span: CleanSpan,
    /// Index of its sentence.
    pub sentence: usize,
    /// Index of its block.
    pub block: usize,
}

/// A stretch of the page: its place and whether it is a headline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section {
    /// Where it stands.
    pub span: CleanSpan,
    /// True for titles and headings.
    pub heading: bool,
}

/// A sum as the relation layer sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    /// Where it stands.
    pub span: CleanSpan,
    /// True for money put into projects, parks or companies.
    pub investment: bool,
}

/// Places, or industries, by their lexicon entries.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seat {
    /// Those that the names hold.
    pub own: BTreeSet<u32>,
    /// Those that contain them.
    pub above: BTreeSet<u32>,
}

/// How the places, or industries, in two names lie to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seats {
    /// One of the names holds none that is known.
    Unknown,
    /// They share a place.
    Same,
    /// The first lies within the second.
    Within,
    /// The second lies within the first.
    Around,
    /// Neither.
    Apart,
}

/// The document as the relation layer sees it.
#[derive(Debug)]
pub struct Scene<'a> {
    /// Characters, words and classes.
    pub surface: &'a Surface<'a>,
    /// Sentences in order.
    pub sentences: &'a [CleanSpan],
    /// Blocks in order.
    pub sections: &'a [Section],
    /// Names found.
    pub finds: &'a [Find],
    /// Things named.
    pub clusters: &'a [Cluster],
    /// Sums found.
    pub money: &'a [Sum],
    /// Counted sets of projects.
    pub groups: &'a [CleanSpan],
    /// All of the above in text order, the longer first where two start together.
    pub items: Vec<Item>,
    /// For each find, the index of its item.
    pub item_of_find: Vec<usize>,
    /// For each find, the index of its cluster.
    pub cluster_of: Vec<Option<usize>>,
    /// The park, or failing that the place, that the document is about.
    pub main: Option<usize>,
    /// For each cluster, the places that its names hold and those that contain them.
    pub seats: Vec<Seat>,
    /// For each cluster, the industries that its names hold and the broader ones.
    pub trades: Vec<Seat>,
    /// Clusters by weight within their kind: 0 for the heaviest.
    pub rank: Vec<usize>,
    /// How many clusters of each kind there are.
    kind_counts: [usize; NAMES],
    /// What lies nearest to each item.
    pub near: Near,
    /// For each cluster, the sentences that name it by itself, in rising order, each once.
    pub told_in: Vec<Vec<usize>>,
    /// For each cluster, the blocks that name it, in rising order, each once.
    pub blocks_of: Vec<Vec<usize>>,
}

impl<'a> Scene<'a> {
    /// Lays out what was found.
    pub fn new(
        surface: &'a Surface<'a>,
        sentences: &'a [CleanSpan],
        sections: &'a [Section],
        finds: &'a [Find],
        clusters: &'a [Cluster],
        money: &'a [Sum],
        groups: &'a [CleanSpan],
    ) -> Self {
        let items = Self::lay_out(sentences, sections, finds, money, groups);
        let mut item_of_find = vec![0; finds.len()];
        for (at, item) in items.iter().enumerate() {
            if let ItemKind::Find(find) = item.kind {
                item_of_find[find] = at;
            }
        }
        let mut cluster_of = vec![None; finds.len()];
        for (at, cluster) in clusters.iter().enumerate() {
            cluster.finds.iter().for_each(|find| cluster_of[*find] = Some(at));
        }
        let mut scene = Self {
            surface,
            sentences,
            sections,
            finds,
            clusters,
            money,
            groups,
            items,
            item_of_find,
            cluster_of,
            main: None,
            seats: Vec::new(),
            trades: Vec::new(),
            rank: vec![0; clusters.len()],
            kind_counts: [0; NAMES],
            near: Near::default(),
            told_in: Vec::new(),
            blocks_of: Vec::new(),
        };
        scene.near = Near::new(&scene.items, finds);
        clusters.iter().for_each(|c| scene.kind_counts[FindKind::Entity(c.kind).index()] += 1);
        scene.told_in = clusters.iter().map(|cluster| scene.places_of(cluster, false, |item| item.sentence)).collect();
        scene.blocks_of = clusters.iter().map(|cluster| scene.places_of(cluster, true, |item| item.block)).collect();
        scene.rank_clusters();
        scene.seats = clusters.iter().map(|cluster| scene.entries_in(cluster, Class::is_place)).collect();
        let is_trade = |class| matches!(class, Class::IndustryTerm | Class::IndustryWord);
        scene.trades = clusters.iter().map(|cluster| scene.entries_in(cluster, is_trade)).collect();
        scene
    }

    /// Everything found, in text order, the longer first where two start together: the items of a scene.
    pub fn lay_out(
        sentences: &[CleanSpan],
        sections: &[Section],
        finds: &[Find],
        money: &[Sum],
        groups: &[CleanSpan],
    ) -> Vec<Item> {
        let mut places: Vec<(ItemKind, CleanSpan)> =
            finds.iter().enumerate().map(|(at, find)| (ItemKind::Find(at), find.span)).collect();
        places.extend(money.iter().enumerate().map(|(at, sum)| (ItemKind::Money(at), sum.span)));
        places.extend(groups.iter().enumerate().map(|(at, span)| (ItemKind::Group(at), *span)));
        places.sort_by_key(|(kind, span)| (span.start, std::cmp::Reverse(span.end), *kind));
        places
            .into_iter()
            .map(|(kind, span)| Item {
                kind,
                span,
                sentence: holder(sentences, span),
                block: holder_section(sections, span),
            })
            .collect()
    }

    fn places_of(&self, cluster: &Cluster, nested: bool, place: impl Fn(&Item) -> usize) -> Vec<usize> {
        let kept = cluster.finds.iter().filter(|find| nested || self.finds[**find].within.is_none());
        let mut places: Vec<usize> = kept.map(|find| place(&self.items[self.item_of_find[*find]])).collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    fn rank_clusters(&mut self) {
        let lead = self.lead();
        let weight = |cluster: &Cluster| {
            let early = cluster.finds.iter().filter(|f| (self.finds[**f].span.start as usize) < lead).count();
            cluster.finds.len() + 3 * early.min(2)
        };
        for kind in EntityKind::ALL {
            let mut order: Vec<usize> = (0..self.clusters.len()).filter(|c| self.clusters[*c].kind == kind).collect();
            order.sort_by_key(|c| (std::cmp::Reverse(weight(&self.clusters[*c])), *c));
            for (rank, cluster) in order.iter().enumerate() {
                self.rank[*cluster] = rank;
            }
        }
        let first = |kind| (0..self.clusters.len()).find(|c| self.clusters[*c].kind == kind && self.rank[*c] == 0);
        self.main = first(EntityKind::Park).or_else(|| first(EntityKind::Place));
    }

    fn entries_in(&self, cluster: &Cluster, wanted: impl Fn(Class) -> bool) -> Seat {
        let mut seat = Seat::default();
        for find in &cluster.finds {
            let span = self.finds[*find].span;
            let from = self.surface.hits.partition_point(|hit| hit.span.start < span.start);
            let hits = self.surface.hits[from..].iter().take_while(|hit| hit.span.start < span.end);
            for hit in hits.filter(|hit| span.contains(hit.span) && wanted(hit.class)) {
                seat.own.insert(hit.id);
                seat.above.extend(self.surface.lexicon.ancestors(hit.id));
            }
        }
        seat
    }

    /// How the places in the names of two clusters lie to each other.
    pub fn seats_agree(&self, a: usize, b: usize) -> Seats {
        agree(&self.seats[a], &self.seats[b])
    }

    /// How the industries in the names of two clusters lie to each other.
    pub fn trades_agree(&self, a: usize, b: usize) -> Seats {
        agree(&self.trades[a], &self.trades[b])
    }

    /// The cluster of the last whole name of a kind that starts before an item.
    pub fn latest(&self, item: usize, kind: EntityKind) -> Option<usize> {
        let found = self.near.whole_before(item, FindKind::Entity(kind).index())?;
        self.cluster_at(&self.items[found])
    }

    /// The cluster of the first whole name of a kind in an item's block.
    pub fn topic(&self, item: usize, kind: EntityKind) -> Option<usize> {
        let found = self.near.first_in_block(self.items[item].block, FindKind::Entity(kind).index())?;
        self.cluster_at(&self.items[found])
    }

    /// The number of what an item is.
    pub fn name_index(&self, item: &Item) -> usize {
        name_index(self.finds, item)
    }

    /// How many clusters of a kind there are.
    pub fn count(&self, kind: EntityKind) -> usize {
        self.kind_counts[FindKind::Entity(kind).index()]
    }

    /// One past the last character of the title and lead.
    pub fn lead(&self) -> usize {
        self.sections.iter().find(|s| !s.heading).map_or(0, |s| s.span.end as usize)
    }

    /// Index of the block that ends the lead.
    pub fn lead_block(&self) -> usize {
        self.sections.iter().position(|s| !s.heading).unwrap_or(0)
    }

    /// Items of one sentence, in text order.
    pub fn items_of_sentence(&self, sentence: usize) -> impl Iterator<Item = (usize, &Item)> {
        let start = self.items.partition_point(|item| item.sentence < sentence);
        self.items.iter().enumerate().skip(start).take_while(move |(_, item)| item.sentence == sentence)
    }

    /// The cluster that an item names, if it names one.
    pub fn cluster_at(&self, item: &Item) -> Option<usize> {
        match item.kind {
            ItemKind::Find(find) => self.cluster_of[find],
            _ => None,
        }
    }

    /// The kind of entity at an item, if it is one.
    pub fn entity_kind(&self, item: &Item) -> Option<EntityKind> {
        match item.kind {
            ItemKind::Find(find) => self.finds[find].kind.entity(),
            _ => None,
        }
    }

    /// Whether an item's name is nested in another's.
    pub fn nested_in(&self, inner: &Item, outer: &Item) -> bool {
        match (inner.kind, outer.kind) {
            (ItemKind::Find(a), ItemKind::Find(b)) => self.finds[a].within == Some(b as u32),
            _ => false,
        }
    }
}

fn agree(a: &Seat, b: &Seat) -> Seats {
    if a.own.is_empty() || b.own.is_empty() {
        Seats::Unknown
    } else if !a.own.is_disjoint(&b.own) {
        Seats::Same
    } else if !a.above.is_disjoint(&b.own) {
        Seats::Within
    } else if !a.own.is_disjoint(&b.above) {
        Seats::Around
    } else {
        Seats::Apart
    }
}

fn holder(spans: &[CleanSpan], span: CleanSpan) -> usize {
    spans.partition_point(|s| s.start <= span.start).saturating_sub(1)
}

fn holder_section(sections: &[Section], span: CleanSpan) -> usize {
    sections.partition_point(|s| s.span.start <= span.start).saturating_sub(1)
}
