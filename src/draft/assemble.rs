//! A draft in clean text → a [`Reading`] in the terms of the source.

use std::collections::{BTreeMap, BTreeSet};

use super::{Draft, Figure, Page};
use crate::model::{
    Amount, CleanSpan, Document, Entity, EntityId, Evidence, Group, Mention, Node, Observation, Predicate, Reading,
    Relation, Sentence,
};
use crate::relate::{End, Item, Scene, Statement};
use crate::text::Article;

/// Leads everything in a draft back to the source. `key` is the name under which stores keep the document.
pub fn reading(key: &str, article: &Article, page: &Page<'_>, draft: &Draft) -> Reading {
    let mut quoted = Quoted { article, page, used: BTreeMap::new(), sentences: Vec::new() };
    quoted.number_sentences();
    let entities: Vec<Entity> = draft.clusters.iter().map(|c| entity(&quoted, draft, &c.finds, c.kind)).collect();
    let amounts: Vec<Amount> = draft
        .money
        .iter()
        .zip(&draft.investment)
        .map(|(sum, investment)| Amount {
            money: sum.money.clone(),
            investment: *investment,
            evidence: quoted.evidence(sum.span, "money/sum", 1000),
        })
        .collect();
    let groups: Vec<Group> = draft
        .groups
        .iter()
        .map(|group| Group {
            count: group.count,
            count_max: group.count_max,
            evidence: quoted.evidence(group.span, "group/count", 1000),
        })
        .collect();
    let relations = relations(&quoted, draft);
    let observations = draft.figures.iter().map(|figure| observation(&quoted, figure)).collect();
    Reading {
        document: document(key, article),
        sentences: quoted.sentences,
        entities,
        amounts,
        groups,
        relations,
        observations,
    }
}

fn document(key: &str, article: &Article) -> Document {
    Document {
        key: key.to_owned(),
        title: article.title.map(|span| article.printed(span)),
        published: article.published,
        encoding: article.source.encoding,
        hash: article.source.hash.clone(),
        characters: article.source.chars.len() as u32,
        origin: crate::model::Origin::default(),
    }
}

/// Spans of clean text → evidence; sentences are numbered in text order.
struct Quoted<'a> {
    article: &'a Article,
    page: &'a Page<'a>,
    used: BTreeMap<usize, u32>,
    sentences: Vec<Sentence>,
}

impl Quoted<'_> {
    fn number_sentences(&mut self) {
        for (at, span) in self.page.sentences.iter().enumerate() {
            let span = self.article.source_span(*span);
            self.used.insert(at, self.sentences.len() as u32);
            self.sentences.push(Sentence { span, text: self.article.quote(span) });
        }
    }

    fn evidence(&self, span: CleanSpan, rule: &'static str, confidence: u16) -> Evidence {
        let sentence = self.article.sentence_at(span.start as usize);
        let source = self.article.source_span(span);
        Evidence {
            span: source,
            text: self.article.quote(source),
            sentence: self.used.get(&sentence).copied().unwrap_or(0),
            rule,
            confidence,
        }
    }
}

fn entity(quoted: &Quoted<'_>, draft: &Draft, finds: &[usize], kind: crate::model::EntityKind) -> Entity {
    let printed = |at: &usize| bare(&quoted.article.printed(draft.finds[*at].span));
    let mut names: Vec<String> = Vec::new();
    for name in finds.iter().map(printed) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    // The fullest name leads; among equals the first seen.
    if let Some(fullest) = (0..names.len()).rev().max_by_key(|at| names[*at].chars().count()) {
        names[..=fullest].rotate_right(1);
    }
    let mention = |at: &usize| {
        let find = &draft.finds[*at];
        let name = names.iter().position(|name| *name == printed(at)).unwrap_or(0);
        Mention { evidence: quoted.evidence(find.span, find.rule, find.confidence), name: name as u32 }
    };
    let mentions = finds.iter().map(mention).collect();
    Entity { kind, names, mentions }
}

/// A name without white space, and without the quotation marks or brackets that enclose the whole of it.
fn bare(name: &str) -> String {
    const PAIRS: [(char, char); 6] = [('“', '”'), ('"', '"'), ('《', '》'), ('‘', '’'), ('「', '」'), ('『', '』')];
    let mut chars: Vec<char> = name.chars().filter(|c| !c.is_whitespace()).collect();
    while let (Some(&first), Some(&last)) = (chars.first(), chars.last()) {
        if chars.len() < 3 {
            break;
        }
        let inside = &chars[1..chars.len() - 1];
        let encloses = PAIRS
            .iter()
            .any(|(open, close)| first == *open && last == *close && !inside.contains(open) && !inside.contains(close));
        if !encloses {
            break;
        }
        chars = inside.to_vec();
    }
    chars.into_iter().collect()
}

fn relations(quoted: &Quoted<'_>, draft: &Draft) -> Vec<Relation> {
    let (sums, groups) = draft.sums_and_groups();
    let page = quoted.page;
    let items = Scene::lay_out(page.sentences, &page.sections, &draft.finds, &sums, &groups);
    let mut seen = BTreeSet::new();
    let mut relations = Vec::new();
    for statement in &draft.statements {
        let candidate = &statement.candidate;
        let (Some(subject), Some(object)) =
            (node(quoted, draft, candidate.subject), node(quoted, draft, candidate.object))
        else {
            continue;
        };
        if seen.insert((subject.clone(), candidate.predicate, object.clone())) {
            let items = (&items[candidate.subject_item], &items[candidate.object_item]);
            let evidence = evidence_of(quoted, statement, items);
            relations.push(Relation { subject, predicate: candidate.predicate, object, evidence });
        }
    }
    relations
}

fn observation(quoted: &Quoted<'_>, figure: &Figure) -> Observation {
    let told = &figure.candidate;
    let printed = |span: &CleanSpan| quoted.article.printed(*span);
    let indicator: String = told.indicator.iter().map(printed).collect();
    Observation {
        subject: figure.subject.map(|cluster| EntityId(cluster as u32)),
        indicator: indicator.chars().filter(|c| !c.is_whitespace()).collect(),
        value: told.value,
        max: told.max,
        unit: told.unit_name(quoted.page.surface.chars),
        qualifier: told.qualifier,
        period: told.period,
        growth: told.growth,
        target: told.target,
        evidence: quoted.evidence(told.span, "observation/figure", figure.confidence),
    }
}

fn node(quoted: &Quoted<'_>, draft: &Draft, end: End) -> Option<Node> {
    Some(match end {
        End::Thing(cluster) => Node::Entity(EntityId(cluster as u32)),
        End::Money(money) => Node::Amount(money as u32),
        End::Group(group) => Node::Group(group as u32),
        End::Status(status) => Node::Status(status),
        End::Honour(find) => Node::Text(bare(&quoted.article.printed(draft.finds.get(find)?.span))),
    })
}

/// Within one sentence the stretch from subject to object; across sentences both places.
fn evidence_of(quoted: &Quoted<'_>, statement: &Statement, (subject, object): (&Item, &Item)) -> Vec<Evidence> {
    let rule = rule(statement.candidate.predicate);
    if subject.sentence == object.sentence {
        let start = subject.span.start.min(object.span.start);
        let end = subject.span.end.max(object.span.end);
        return vec![quoted.evidence(CleanSpan { start, end }, rule, statement.confidence)];
    }
    [subject, object].map(|item| quoted.evidence(item.span, rule, statement.confidence)).to_vec()
}

fn rule(predicate: Predicate) -> &'static str {
    match predicate {
        Predicate::TotalInvestment => "investment/total",
        Predicate::PlannedInvestment => "investment/planned",
        Predicate::CompletedInvestment => "investment/completed",
        Predicate::Investor => "investor/pair",
        Predicate::LocatedIn => "location/pair",
        Predicate::Industry => "sector/pair",
        Predicate::IssuedBy => "issuer/pair",
        Predicate::MemberOf => "membership/pair",
        Predicate::Partner => "partner/pair",
        Predicate::Designation => "designation/pair",
        Predicate::Status => "status/words",
    }
}
