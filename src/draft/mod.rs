//! One article → what it says, still in spans of clean text: names, things, sums, groups, statements, figures.

mod assemble;
mod figures;
mod join;
mod models;

pub use assemble::reading;
pub use figures::{Figure, proposed_figures};
pub use join::joined;
pub use models::Models;

use crate::extract::value::MoneyMention;
use crate::extract::{Find, GroupMention, NameTaggers, Surface, Values, found_again, whole_signs, without_classes};
use crate::learn::neural::Network;
use crate::lexicon::Lexicon;
use crate::model::{CleanSpan, PartialDate};
use crate::relate::{Scene, Section, Statement, Sum, judge, thing_margins};
use crate::resolve::{Cluster, bare_places, cluster, definitions};
use crate::text::{Article, BlockKind};

/// What an article says, in spans of its clean text.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Names found.
    pub finds: Vec<Find>,
    /// Things named.
    pub clusters: Vec<Cluster>,
    /// Sums of money.
    pub money: Vec<MoneyMention>,
    /// For each sum, whether it is an investment.
    pub investment: Vec<bool>,
    /// Counted sets of projects.
    pub groups: Vec<GroupMention>,
    /// Statements accepted.
    pub statements: Vec<Statement>,
    /// Figures accepted.
    pub figures: Vec<Figure>,
}

/// The parts of an article that are read: its surface, sentences and sections.
#[derive(Debug, Clone)]
pub struct Page<'a> {
    /// Characters, words, classes.
    pub surface: Surface<'a>,
    /// Sentences in order, furniture left out.
    pub sentences: &'a [CleanSpan],
    /// Blocks in order.
    pub sections: Vec<Section>,
    /// One past the last character of title and lead.
    pub lead: usize,
    /// When the article was published.
    pub published: Option<PartialDate>,
    /// Numbers, sums and groups.
    pub values: Values,
}

impl<'a> Page<'a> {
    /// Looks the article's words and values up.
    pub fn new(article: &'a Article, lexicon: &'a Lexicon) -> Self {
        let surface = Surface::of(&article.chars, lexicon);
        let heading = |kind: BlockKind| matches!(kind, BlockKind::Title | BlockKind::Heading);
        let sections: Vec<Section> =
            article.blocks.iter().map(|b| Section { span: b.span, heading: heading(b.kind) }).collect();
        let lead = sections.iter().find(|s| !s.heading).map_or(0, |s| s.span.end as usize);
        let values = Values::of(&article.chars, &article.sentences);
        Self { surface, sentences: &article.sentences, sections, lead, published: article.published, values }
    }
}

/// Reads one page.
pub fn draft(page: &Page<'_>, models: &Models) -> Draft {
    draft_of_finds(page, models, finds(page, &models.names, models.network))
}

/// The names of one page: what the taggers find, and the same names wherever else they stand.
pub fn finds(page: &Page<'_>, names: &NameTaggers, network: Option<&Network>) -> Vec<Find> {
    let found = found_again(&page.surface, page.sentences, names.find(&page.surface, page.sentences, network));
    without_classes(found, page.surface.chars)
}

/// Reads one page whose names are already found.
pub fn draft_of_finds(page: &Page<'_>, models: &Models, finds: Vec<Find>) -> Draft {
    let chars = page.surface.chars;
    let mut defined = definitions(&finds, chars);
    defined.extend(bare_places(&finds, chars, page.lead, page.surface.lexicon));
    let clusters = cluster(&finds, chars, page.lead, &defined, &models.alias);
    let Values { money, investment, groups, .. } = page.values.clone();
    let mut draft = Draft { finds, clusters, money, investment, groups, statements: Vec::new(), figures: Vec::new() };
    let margins = {
        let (sums, spans) = draft.sums_and_groups();
        thing_margins(&draft.scene(page, &sums, &spans), &models.things)
    };
    draft.weigh(&margins);
    draft.admit();
    let (sums, spans) = draft.sums_and_groups();
    let scene = draft.scene(page, &sums, &spans);
    let statements = judge(&scene, &models.relations);
    let figures = figures::figures(page, &draft, &scene, &models.figures);
    (draft.statements, draft.figures) = (statements, figures);
    // Last, since judges know names as taggers cut them.
    whole_signs(&mut draft.finds, chars);
    draft
}

impl Draft {
    /// Tells clusters how sure they are, one margin each.
    pub fn weigh(&mut self, margins: &[i32]) {
        self.clusters.iter_mut().zip(margins).for_each(|(cluster, margin)| cluster.margin = *margin);
    }

    /// Forgets clusters with a margin below nought and the finds that name them; what stood inside those stands free.
    pub fn admit(&mut self) {
        let mut kept = vec![true; self.finds.len()];
        for cluster in self.clusters.iter().filter(|cluster| cluster.margin < 0) {
            cluster.finds.iter().for_each(|find| kept[*find] = false);
        }
        self.clusters.retain(|cluster| cluster.margin >= 0);
        let mut places = Vec::with_capacity(kept.len());
        let mut next = 0u32;
        for keep in &kept {
            places.push(keep.then_some(next));
            next += u32::from(*keep);
        }
        let place = |find: usize| places.get(find).copied().flatten();
        self.clusters.iter_mut().for_each(|cluster| {
            cluster.finds = cluster.finds.iter().filter_map(|find| place(*find)).map(|find| find as usize).collect();
        });
        let mut finds = std::mem::take(&mut self.finds);
        finds.iter_mut().for_each(|find| find.within = find.within.and_then(|outer| place(outer as usize)));
        self.finds = finds.into_iter().zip(kept).filter(|(_, keep)| *keep).map(|(find, _)| find).collect();
    }

    /// Sums and group spans in the form a [`Scene`] borrows.
    pub fn sums_and_groups(&self) -> (Vec<Sum>, Vec<CleanSpan>) {
        let sum = |(money, investment): (&MoneyMention, &bool)| Sum { span: money.span, investment: *investment };
        (self.money.iter().zip(&self.investment).map(sum).collect(), self.groups.iter().map(|g| g.span).collect())
    }

    /// The draft laid out for judging pairs.
    pub fn scene<'a>(&'a self, page: &'a Page<'_>, sums: &'a [Sum], groups: &'a [CleanSpan]) -> Scene<'a> {
        Scene::new(&page.surface, page.sentences, &page.sections, &self.finds, &self.clusters, sums, groups)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::FindKind;
    use crate::model::EntityKind;

    #[test]
    fn what_is_refused_is_forgotten_and_frees_what_it_held() {
        let find = |start: usize, end: usize, within: Option<u32>| Find {
            span: CleanSpan::new(start, end),
            kind: FindKind::Entity(EntityKind::Project),
            within,
            confidence: 500,
            rule: "tagger/outer",
        };
        let cluster =
            |finds: &[usize], margin: i32| Cluster { kind: EntityKind::Project, finds: finds.to_vec(), margin };
        let mut draft = Draft {
            finds: vec![
                find(0, 9, None),
                find(2, 4, Some(0)),
                find(12, 20, None),
                find(14, 16, Some(2)),
                find(30, 32, None),
            ],
            clusters: vec![cluster(&[0], -1), cluster(&[1, 3], 0), cluster(&[2], 7), cluster(&[4], -2000)],
            money: Vec::new(),
            investment: Vec::new(),
            groups: Vec::new(),
            statements: Vec::new(),
            figures: Vec::new(),
        };
        draft.admit();
        assert_eq!(draft.finds, [find(2, 4, None), find(12, 20, None), find(14, 16, Some(1))]);
        assert_eq!(draft.clusters, [cluster(&[0, 2], 0), cluster(&[1], 7)]);
    }
}
