//! What one document says: its entities, sums, groups, relations and figures, each with its evidence.

use rust_decimal::Decimal;

use super::{EntityKind, Money, Origin, PartialDate, Period, Predicate, Qualifier, SourceSpan, Status};

/// Everything that reading one document found. Lists are in order of first appearance in the text, so that equal
/// texts give equal readings.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The source text and what is known of it.
    pub document: Document,
    /// Sentences that evidence refers to by index, in text order.
    pub sentences: Vec<Sentence>,
    /// One entity for each real thing that the document names.
    pub entities: Vec<Entity>,
    /// Sums of money, one for each place in the text.
    pub amounts: Vec<Amount>,
    /// Counted sets of projects.
    pub groups: Vec<Group>,
    /// Statements that link the above.
    pub relations: Vec<Relation>,
    /// Figures about something over a period.
    pub observations: Vec<Observation>,
}

/// One source text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The name under which the store keeps it: a relative path with `/`, such as `seeds/000.txt`.
    pub key: String,
    /// Headline as printed, line breaks and Markdown marks taken out.
    pub title: Option<String>,
    /// When it was published, as precise as the text allows.
    pub published: Option<PartialDate>,
    /// Name of the character encoding found, such as `UTF-8` or `GB18030`.
    pub encoding: &'static str,
    /// BLAKE3 hash of the source bytes, 64 hexadecimal digits.
    pub hash: String,
    /// Length of the decoded source in characters.
    pub characters: u32,
    /// How it was read, and what its file says of it beside the text.
    pub origin: Origin,
}

/// A sentence of the source, which evidence quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands.
    pub span: SourceSpan,
    /// The text exactly as in the source.
    pub text: String,
}

/// Index into [`Reading::entities`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityId(pub u32);

/// A real thing under all the names that the document uses for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// The fullest name first, then every other form seen, as printed, line breaks taken out. Never empty.
    pub names: Vec<String>,
    /// Where it is named, in text order. Never empty.
    pub mentions: Vec<Mention>,
}

/// One stretch of the source that names an entity, and why it was taken for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands and what speaks for it.
    pub evidence: Evidence,
    /// Index into [`Entity::names`] of the form used here.
    pub name: u32,
}

/// Where a fact stands in the source and what made it one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The stretch of the source that states the fact.
    pub span: SourceSpan,
    /// That stretch exactly as in the source.
    pub text: String,
    /// Index into [`Reading::sentences`] of the sentence around it.
    pub sentence: u32,
    /// The rule or model that made it, such as `money/sum` or `tagger/outer`; the part before `/` is the extractor.
    pub rule: &'static str,
    /// How sure it is, in thousandths: 0–1000.
    pub confidence: u16,
}

/// A sum of money at one place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// The sum.
    pub money: Money,
    /// True for money put or to be put into projects, parks or companies.
    pub investment: bool,
    /// Where it stands; its text is the bare sum.
    pub evidence: Evidence,
}

/// A counted set of projects with facts of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// How many, or the lower bound of a range.
    pub count: u32,
    /// The upper bound of a range.
    pub count_max: Option<u32>,
    /// Where it stands; its text names the set (`集中开工项目共计39个`).
    pub evidence: Evidence,
}

/// One end of a relation.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Node {
    /// An entity of the same reading.
    Entity(EntityId),
    /// Index into [`Reading::amounts`].
    Amount(u32),
    /// Index into [`Reading::groups`].
    Group(u32),
    /// A stage of a project.
    Status(Status),
    /// Text, as a designation has it.
    Text(String),
}

/// One statement. A reading holds each (subject, predicate, object) once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// An entity or a group.
    pub subject: Node,
    /// How they are related.
    pub predicate: Predicate,
    /// What it is related to.
    pub object: Node,
    /// Where the document states it, best first. Never empty.
    pub evidence: Vec<Evidence>,
}

/// A figure about a thing over a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// What the figure is about; none where the document does not say.
    pub subject: Option<EntityId>,
    /// The phrase the text uses, without its subject and period.
    pub indicator: String,
    /// The figure in whole units (万 and 亿 multiplied out), or the lower bound; none where only growth is told.
    pub value: Option<Decimal>,
    /// The upper bound of a range.
    pub max: Option<Decimal>,
    /// `CNY`, `USD`, `%` or a measure word.
    pub unit: Option<String>,
    /// How exact the figure is.
    pub qualifier: Option<Qualifier>,
    /// The time it speaks of.
    pub period: Option<Period>,
    /// Growth in per cent; a fall is negative.
    pub growth: Option<Decimal>,
    /// True for an aim, as against a result.
    pub target: bool,
    /// Where it stands.
    pub evidence: Evidence,
}
