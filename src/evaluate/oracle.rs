//! What a perfect reader would say of an annotated text: the annotation as a reading, its names found in the text.

use super::gold::{Gold, GoldAmount, GoldEntity, GoldGroup, GoldObservation, GoldRelation};
use super::place::{Page, Spot};
use super::relations::status_word;
use crate::model::{
    Amount, Document, Entity, EntityId, Evidence, Group, Mention, Money, Node, Observation, PartialDate, Period,
    Predicate, Qualifier, Reading, Relation, SourceSpan, Status,
};

/// Codes that a reading can carry; any other sum of money has no currency (`XXX`).
const CURRENCIES: [&str; 13] =
    ["CNY", "USD", "EUR", "HKD", "MOP", "TWD", "JPY", "GBP", "KRW", "AUD", "CAD", "CHF", "SGD"];

impl Gold {
    /// The annotation as a reading of `text`, which must be the annotated document. Everything optional is in it.
    ///
    /// A name that does not occur in the text gets an empty mention at its start.
    pub fn to_reading(&self, text: &str) -> Reading {
        let page = Page::new(text);
        let spots = page.claim(&self.entities.iter().map(|e| e.names.as_slice()).collect::<Vec<_>>());
        let entities: Vec<Entity> =
            self.entities.iter().zip(spots).map(|(entity, spots)| named(entity, spots, &page)).collect();
        let mut amounts: Vec<(&str, Amount)> = Vec::new();
        for amount in &self.amounts {
            let taken: Vec<SourceSpan> = amounts.iter().map(|(_, found)| found.evidence.span).collect();
            amounts.push((&amount.id, sum(amount, &taken, &page)));
        }
        let groups: Vec<Group> = self.groups.iter().map(|group| set(group, &page)).collect();
        let mut reading = Reading {
            document: self.document(text),
            sentences: Vec::new(),
            entities,
            amounts: amounts.into_iter().map(|(_, amount)| amount).collect(),
            groups,
            relations: Vec::new(),
            observations: Vec::new(),
        };
        for relation in &self.relations {
            if let Some(relation) = self.statement(relation, &reading, &page)
                && !reading.relations.iter().any(|known| same_statement(known, &relation))
            {
                reading.relations.push(relation);
            }
        }
        reading.observations = self.observations.iter().map(|o| self.figure(o, &reading, &page)).collect();
        reading.sentences = page.into_sentences();
        reading
    }

    fn document(&self, text: &str) -> Document {
        Document {
            key: self.id.clone(),
            title: self.title.clone(),
            published: self.published.as_deref().and_then(date),
            encoding: "UTF-8",
            hash: blake3::hash(text.as_bytes()).to_hex().to_string(),
            characters: text.chars().count() as u32,
            origin: crate::model::Origin::default(),
        }
    }

    fn node(&self, id: &str, predicate: Predicate) -> Option<Node> {
        let entity = || self.entities.iter().position(|e| e.id == id).map(|i| Node::Entity(EntityId(i as u32)));
        let amount = || self.amounts.iter().position(|a| a.id == id).map(|i| Node::Amount(i as u32));
        let group = || self.groups.iter().position(|g| g.id == id).map(|i| Node::Group(i as u32));
        let text = || match predicate {
            Predicate::Status => Status::ALL.into_iter().find(|status| status_word(*status) == id).map(Node::Status),
            _ => Some(Node::Text(id.to_owned())),
        };
        entity().or_else(amount).or_else(group).or_else(text)
    }

    fn statement(&self, relation: &GoldRelation, reading: &Reading, page: &Page) -> Option<Relation> {
        let subject = self.node(&relation.subject, relation.predicate)?;
        let object = self.node(&relation.object, relation.predicate)?;
        let at = |node: &Node| places(node, reading, page);
        let span = page.sentence_of_nearest(&at(&subject), &at(&object));
        let evidence = vec![evidence(span, page)];
        Some(Relation { subject, predicate: relation.predicate, object, evidence })
    }

    fn figure(&self, o: &GoldObservation, reading: &Reading, page: &Page) -> Observation {
        let subject = self.entities.iter().position(|e| e.id == o.subject).map(|i| EntityId(i as u32));
        let named = || Some(reading.entities[subject?.0 as usize].mentions[0].evidence.span);
        let span = page.find(&o.indicator).first().copied().or_else(named).unwrap_or_default();
        Observation {
            subject,
            indicator: o.indicator.clone(),
            value: o.value,
            max: o.value_max,
            unit: o.unit.clone(),
            qualifier: None,
            period: o.period.as_deref().and_then(period),
            growth: o.growth_pct,
            target: false,
            evidence: evidence(span, page),
        }
    }
}

fn same_statement(a: &Relation, b: &Relation) -> bool {
    (&a.subject, a.predicate, &a.object) == (&b.subject, b.predicate, &b.object)
}

fn evidence(span: SourceSpan, page: &Page) -> Evidence {
    Evidence { span, text: page.text(span), sentence: page.sentence(span), rule: "gold/analyst", confidence: 1000 }
}

fn named(entity: &GoldEntity, spots: Vec<Spot>, page: &Page) -> Entity {
    let mention = |spot: Spot| Mention { evidence: evidence(spot.span, page), name: spot.name };
    Entity { kind: entity.kind, names: entity.names.clone(), mentions: spots.into_iter().map(mention).collect() }
}

/// The first place of the sum that no earlier one has; digits before it would make it another sum.
fn sum(amount: &GoldAmount, taken: &[SourceSpan], page: &Page) -> Amount {
    let places = page.find(&amount.text);
    let whole = |span: &&SourceSpan| !page.follows_digit(**span);
    let free = |span: &&SourceSpan| !taken.contains(*span);
    let place = places.iter().filter(whole).find(free).or_else(|| places.iter().find(whole)).or(places.first());
    let qualifier = Qualifier::ALL.into_iter().find(|q| Some(q.name()) == amount.qualifier.as_deref());
    let currency = CURRENCIES.into_iter().find(|code| *code == amount.currency).unwrap_or("XXX");
    Amount {
        money: Money { value: amount.value, max: amount.value_max, currency, qualifier },
        investment: amount.investment,
        evidence: evidence(place.copied().unwrap_or_default(), page),
    }
}

fn set(group: &GoldGroup, page: &Page) -> Group {
    let span = page.find(&group.text).first().copied().unwrap_or_default();
    Group { count: group.count.unwrap_or(0), count_max: group.count_max, evidence: evidence(span, page) }
}

/// Where a node stands in the text.
fn places(node: &Node, reading: &Reading, page: &Page) -> Vec<SourceSpan> {
    match node {
        Node::Entity(id) => reading.entities[id.0 as usize].mentions.iter().map(|m| m.evidence.span).collect(),
        Node::Amount(index) => vec![reading.amounts[*index as usize].evidence.span],
        Node::Group(index) => vec![reading.groups[*index as usize].evidence.span],
        Node::Text(text) => page.find(text),
        Node::Status(_) => Vec::new(),
    }
}

fn date(text: &str) -> Option<PartialDate> {
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next().map(|m| m.parse().ok());
    let day = parts.next().map(|d| d.parse().ok());
    match (month, day, parts.next()) {
        (None, None, None) => Some(PartialDate::year(year)),
        (Some(Some(month)), None, None) => Some(PartialDate::month(year, month)),
        (Some(Some(month)), Some(Some(day)), None) => Some(PartialDate::day(year, month, day)),
        _ => None,
    }
}

fn period(text: &str) -> Option<Period> {
    if let Some((first, last)) = text.split_once('/') {
        return Some(Period::Span(date(first)?, date(last)?));
    }
    let half_or_quarter = |mark: &str| {
        let (year, number) = text.split_once(mark)?;
        Some((year.parse().ok()?, number.parse().ok()?))
    };
    if let Some((year, half)) = half_or_quarter("-H") {
        return Some(Period::Half(year, half));
    }
    if let Some((year, quarter)) = half_or_quarter("-Q") {
        return Some(Period::Quarter(year, quarter));
    }
    date(text).map(Period::Date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_print_as_they_were_written() {
        for text in ["2023", "2023-08", "2021-12-31", "2023-H1", "2019-Q3", "2018-01/2018-06", "2016/2020"] {
            assert_eq!(period(text).map(|p| p.to_string()).as_deref(), Some(text));
        }
        for text in ["", "去年", "2023-8月", "2023-01-02-03", "2023-Q"] {
            assert_eq!(period(text), None, "{text}");
        }
    }
}
