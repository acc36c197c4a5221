//! Walks through a reading and writes its quads.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Quad, Term, Triple};
use rust_decimal::Decimal;

use super::literal::{chinese, date, decimal, integer};
use super::{document_iri, entity_iri, terms};
use crate::model::{Amount, Entity, Evidence, Group, Node, Observation, Origin, Reading, Relation, SourceSpan};
use crate::read;

/// The quads of one document in the making.
pub(super) struct Writer<'a> {
    reading: &'a Reading,
    document: NamedNode,
    quads: Vec<Quad>,
    /// Nodes of entities, amounts and groups by their index in the reading.
    entities: Vec<NamedNode>,
    amounts: Vec<NamedNode>,
    groups: Vec<NamedNode>,
    /// The preferred name of each entity's node.
    preferred: BTreeMap<NamedNode, &'a str>,
    /// Spans that have their mention node already.
    mentions: BTreeSet<SourceSpan>,
    /// Statements about things that other documents may share, which two entries of a reading may both make.
    shared: HashSet<Quad>,
    /// Number of pieces of evidence so far.
    facts: u32,
}

impl<'a> Writer<'a> {
    /// Writes the reading's own names for its things.
    pub(super) fn new(reading: &'a Reading) -> Self {
        let name = |entity: &Entity| entity_iri(entity.kind, entity.names.first().map_or("", String::as_str));
        Self::naming(reading, reading.entities.iter().map(name).collect())
    }

    /// Writes these nodes for the entities.
    pub(super) fn naming(reading: &'a Reading, entities: Vec<NamedNode>) -> Self {
        let document = document_iri(&reading.document.key);
        Self {
            reading,
            entities,
            amounts: owned(&document, "amount", reading.amounts.iter().map(|amount| amount.evidence.span)),
            groups: owned(&document, "group", reading.groups.iter().map(|group| group.evidence.span)),
            document,
            quads: Vec::new(),
            preferred: BTreeMap::new(),
            mentions: BTreeSet::new(),
            shared: HashSet::new(),
            facts: 0,
        }
    }

    pub(super) fn write(mut self) -> Vec<Quad> {
        let reading = self.reading;
        self.document();
        reading.entities.iter().enumerate().for_each(|(index, entity)| self.entity(index, entity));
        reading.amounts.iter().enumerate().for_each(|(index, amount)| self.amount(index, amount));
        reading.groups.iter().enumerate().for_each(|(index, group)| self.group(index, group));
        reading.relations.iter().for_each(|relation| self.relation(relation));
        let spans = reading.observations.iter().map(|observation| observation.evidence.span);
        let nodes = owned(&self.document, "observation", spans);
        nodes.iter().zip(&reading.observations).for_each(|(node, observation)| self.observation(node, observation));
        self.quads
    }

    fn document(&mut self) {
        let node = self.document.clone();
        let document = &self.reading.document;
        self.add(&node, terms::TYPE, terms::DOCUMENT);
        if let Some(title) = &document.title {
            self.add(&node, terms::HEADLINE, chinese(title));
        }
        if let Some(published) = document.published {
            self.add(&node, terms::DATE_PUBLISHED, date(published));
            self.add(&node, terms::ISSUED, date(published));
        }
        self.origin(&node, &document.origin);
        self.add(&node, terms::ENCODING, Literal::from(document.encoding));
        self.add(&node, terms::CONTENT_HASH, Literal::from(document.hash.as_str()));
        self.add(&node, terms::CHARACTERS, integer(document.characters));
    }

    fn origin(&mut self, node: &NamedNode, origin: &Origin) {
        for (property, name) in [(terms::PUBLISHER, &origin.publisher), (terms::AUTHOR, &origin.author)] {
            if let Some(name) = name {
                self.add(node, property, chinese(name));
            }
        }
        if let Some(address) = &origin.address {
            // What is no address stands as text.
            let term =
                NamedNode::new(address.as_str()).map_or_else(|_| Literal::from(address.as_str()).into(), Term::from);
            self.add(node, terms::URL, term.clone());
            self.add(node, terms::SOURCE, term);
        }
        if let Some(format) = read::format_named(origin.format) {
            self.add(node, terms::FORMAT, Literal::from(format.media_type()));
        }
    }

    fn entity(&mut self, index: usize, entity: &'a Entity) {
        let node = self.entities[index].clone();
        self.add_shared(&node, terms::TYPE, terms::class(entity.kind));
        if let Some(best) = surest(entity) {
            self.evidence(&node, terms::TYPE, terms::class(entity.kind), best);
        }
        if let Some(first) = entity.names.first() {
            // Two entities of a reading may share a node; the first one's preferred name stays.
            let preferred = self.preferred.entry(node.clone()).or_insert(first).to_owned();
            for name in &entity.names {
                let property = if *name == preferred { terms::PREF_LABEL } else { terms::ALT_LABEL };
                self.add_shared(&node, property, chinese(name));
            }
        }
        for mention in &entity.mentions {
            let place = self.mention(&mention.evidence);
            self.add_shared(&place, terms::TA_IDENT_REF, node.as_ref());
        }
    }

    fn amount(&mut self, index: usize, amount: &Amount) {
        let node = self.amounts[index].clone();
        let class = if amount.investment { terms::INVESTMENT_AMOUNT } else { terms::MONETARY_AMOUNT };
        self.add(&node, terms::TYPE, class);
        self.add(&node, terms::VALUE, decimal(amount.money.value));
        if let Some(max) = amount.money.max {
            self.add(&node, terms::MAX_VALUE, decimal(max));
        }
        self.add(&node, terms::CURRENCY, Literal::from(amount.money.currency));
        if let Some(qualifier) = amount.money.qualifier {
            self.add(&node, terms::QUALIFIER, Literal::from(qualifier.name()));
        }
        self.add(&node, terms::TEXT, Literal::from(amount.evidence.text.as_str()));
        self.evidence(&node, terms::TYPE, class, &amount.evidence);
    }

    fn group(&mut self, index: usize, group: &Group) {
        let node = self.groups[index].clone();
        self.add(&node, terms::TYPE, terms::PROJECT_GROUP);
        self.add(&node, terms::PREF_LABEL, chinese(&group.evidence.text));
        self.add(&node, terms::COUNT, integer(group.count));
        if let Some(max) = group.count_max {
            self.add(&node, terms::COUNT_MAX, integer(max));
        }
        self.evidence(&node, terms::TYPE, terms::PROJECT_GROUP, &group.evidence);
    }

    fn relation(&mut self, relation: &Relation) {
        let (Some(Term::NamedNode(subject)), Some(object)) =
            (self.node(&relation.subject), self.node(&relation.object))
        else {
            return;
        };
        let property = terms::property(relation.predicate);
        self.add_shared(&subject, property, object.clone());
        for evidence in &relation.evidence {
            self.evidence(&subject, property, object.clone(), evidence);
        }
    }

    /// The term of one end of a relation; none where an index leads nowhere.
    fn node(&self, node: &Node) -> Option<Term> {
        Some(match node {
            Node::Entity(id) => self.entities.get(id.0 as usize)?.clone().into(),
            Node::Amount(index) => self.amounts.get(*index as usize)?.clone().into(),
            Node::Group(index) => self.groups.get(*index as usize)?.clone().into(),
            Node::Status(status) => terms::status(*status).into(),
            Node::Text(text) => Literal::from(text.as_str()).into(),
        })
    }

    fn observation(&mut self, node: &NamedNode, observation: &Observation) {
        self.add(node, terms::TYPE, terms::OBSERVATION);
        if let Some(subject) = observation.subject.and_then(|id| self.entities.get(id.0 as usize)).cloned() {
            self.add(node, terms::SUBJECT, subject);
        }
        self.add(node, terms::INDICATOR, Literal::from(observation.indicator.as_str()));
        let figures = [
            (terms::VALUE, observation.value),
            (terms::MAX_VALUE, observation.max),
            (terms::GROWTH, observation.growth),
        ];
        for (property, figure) in figures {
            if let Some(figure) = figure {
                self.add(node, property, decimal(figure));
            }
        }
        let words = [
            (terms::UNIT_TEXT, observation.unit.clone()),
            (terms::QUALIFIER, observation.qualifier.map(|qualifier| qualifier.name().to_owned())),
            (terms::PERIOD, observation.period.map(|period| period.to_string())),
        ];
        for (property, word) in words {
            if let Some(word) = word {
                self.add(node, property, Literal::from(word));
            }
        }
        if observation.target {
            self.add(node, terms::TARGET, Literal::from(true));
        }
        self.evidence(node, terms::TYPE, terms::OBSERVATION, &observation.evidence);
    }

    /// A piece of evidence for a statement: one reifier, and the mention it rests on.
    fn evidence(&mut self, s: &NamedNode, p: NamedNodeRef<'_>, o: impl Into<Term>, evidence: &Evidence) {
        let mention = self.mention(evidence);
        self.facts += 1;
        let fact = NamedNode::new_unchecked(format!("{}#fact={}", self.document.as_str(), self.facts));
        self.add(&fact, terms::REIFIES, Triple::new(s.clone(), p, o));
        self.add(&fact, terms::WAS_DERIVED_FROM, mention);
        self.add(&fact, terms::CONFIDENCE, decimal(Decimal::new(i64::from(evidence.confidence), 3)));
        let extractor = evidence.rule.split('/').next().unwrap_or_default();
        self.add(&fact, terms::EXTRACTOR, Literal::from(extractor));
        self.add(&fact, terms::RULE, Literal::from(evidence.rule));
        // What changes over the years is dated by the document that reports it.
        if let Some(published) = self.reading.document.published.filter(|_| terms::is_dated(p)) {
            self.add(&fact, terms::REPORTED, date(published));
        }
    }

    /// The mention node of a piece of evidence, written on first use together with the one of its sentence.
    fn mention(&mut self, evidence: &Evidence) -> NamedNode {
        let node = self.stretch(evidence.span, &evidence.text);
        let Some(sentence) = self.reading.sentences.get(evidence.sentence as usize) else { return node };
        if sentence.span != evidence.span {
            let around = self.stretch(sentence.span, &sentence.text);
            self.add_shared(&node, terms::SENTENCE, around);
        }
        node
    }

    fn stretch(&mut self, span: SourceSpan, text: &str) -> NamedNode {
        let node = NamedNode::new_unchecked(format!("{}#char={},{}", self.document.as_str(), span.start, span.end));
        if self.mentions.insert(span) {
            self.add(&node, terms::TYPE, terms::MENTION);
            self.add(&node, terms::ANCHOR_OF, Literal::from(text));
            self.add(&node, terms::BEGIN_INDEX, integer(span.start));
            self.add(&node, terms::END_INDEX, integer(span.end));
            self.add(&node, terms::REFERENCE_CONTEXT, self.document.clone());
            if let Some(place) = self.reading.document.origin.places.of(span) {
                self.add(&node, terms::LOCATOR, Literal::from(place));
            }
        }
        node
    }

    fn quad(&self, s: &NamedNode, p: NamedNodeRef<'_>, o: impl Into<Term>) -> Quad {
        Quad::new(s.clone(), p, o, self.document.clone())
    }

    fn add(&mut self, s: &NamedNode, p: NamedNodeRef<'_>, o: impl Into<Term>) {
        let quad = self.quad(s, p, o);
        self.quads.push(quad);
    }

    /// Adds a statement that may have been made before.
    fn add_shared(&mut self, s: &NamedNode, p: NamedNodeRef<'_>, o: impl Into<Term>) {
        let quad = self.quad(s, p, o);
        if self.shared.insert(quad.clone()) {
            self.quads.push(quad);
        }
    }
}

/// Nodes that the document owns, named by where they stand; the second at one place gets `,2` and so on.
fn owned(document: &NamedNode, what: &str, spans: impl Iterator<Item = SourceSpan>) -> Vec<NamedNode> {
    let mut seen = BTreeMap::new();
    let name = |span: SourceSpan| {
        let times = seen.entry(span).and_modify(|times| *times += 1).or_insert(1);
        let plain = format!("{}#{what}={},{}", document.as_str(), span.start, span.end);
        NamedNode::new_unchecked(if *times == 1 { plain } else { format!("{plain},{times}") })
    };
    spans.map(name).collect()
}

/// The surest mention, the first of several.
fn surest(entity: &Entity) -> Option<&Evidence> {
    let evidence = entity.mentions.iter().map(|mention| &mention.evidence);
    evidence.reduce(|best, next| if next.confidence > best.confidence { next } else { best })
}
