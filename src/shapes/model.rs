//! Shapes as plain data.

use oxigraph::model::{Literal, NamedNode, Term};

use crate::message::Lang;

/// Which nodes a shape looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Those of a class.
    Class(NamedNode),
    /// Those that have a property.
    SubjectsOf(NamedNode),
    /// Those to which a property leads.
    ObjectsOf(NamedNode),
    /// This one.
    Node(Term),
}

/// What a value must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Of a class.
    Class(NamedNode),
    /// A literal of a datatype.
    Datatype(NamedNode),
    /// An IRI, a literal or a blank node: the local name of SHACL's term.
    Kind(String),
    /// One of these.
    In(Vec<Term>),
    /// Text that matches a regular expression, with flags.
    Pattern(String, String),
    /// Text of at least so many characters.
    MinLength(u64),
    /// Text of at most so many characters.
    MaxLength(u64),
    /// Compares so (`>`, `>=`, `<`, `<=`) with a bound.
    Bound(&'static str, Literal),
    /// Text in one of these languages.
    Language(Vec<String>),
    /// What meets all conditions of one of these lists.
    Or(Vec<Vec<Self>>),
    /// What does not meet all of these conditions.
    Not(Vec<Self>),
}

/// One condition of a shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// Every value is so.
    Value(Value),
    /// At least so many values.
    MinCount(u64),
    /// At most so many values.
    MaxCount(u64),
    /// This is among the values.
    HasValue(Term),
    /// No two values in one language.
    UniqueLanguage,
    /// Every value compares so (`<`, `<=`) with every value of another property.
    Compared(&'static str, NamedNode),
    /// What a query of a user finds is wrong.
    Query(String),
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The graph is wrong.
    Violation,
    /// It may be.
    Warning,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// Its name in SHACL.
    pub fn name(self) -> &'static str {
        match self {
            Self::Violation => "Violation",
            Self::Warning => "Warning",
            Self::Info => "Info",
        }
    }
}

/// One condition with what it is about and what to say where it does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The shape, as a short IRI.
    pub shape: String,
    /// Nodes that it looks at.
    pub targets: Vec<Target>,
    /// From the node to the values, as a path of SPARQL; none where the node itself is the value.
    pub path: Option<String>,
    /// The condition.
    pub check: Check,
    /// SHACL's name of the condition: `MinCountConstraintComponent`.
    pub component: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Messages of the shape, by language tag.
    pub messages: Vec<(String, String)>,
}

impl Rule {
    /// What to say where it does not hold: the shape's words, else words for the condition.
    pub fn message(&self, lang: Lang) -> String {
        let tag = match lang {
            Lang::Zh => "zh",
            Lang::En => "en",
        };
        let own = self.messages.iter().find(|(it, _)| it.split('-').next() == Some(tag));
        let own = own.or(self.messages.iter().find(|(it, _)| it.is_empty()));
        own.map_or_else(|| self.plain(lang), |(_, text)| text.clone())
    }

    fn plain(&self, lang: Lang) -> String {
        let (zh, en) = match &self.check {
            Check::Value(_) => ("值不合要求".to_owned(), "a value is not as it must be".to_owned()),
            Check::MinCount(least) => (format!("值少于 {least} 个"), format!("fewer than {least} values")),
            Check::MaxCount(most) => (format!("值多于 {most} 个"), format!("more than {most} values")),
            Check::HasValue(term) => (format!("缺少值 {term}"), format!("the value {term} is missing")),
            Check::UniqueLanguage => ("一种语言有多个值".to_owned(), "several values in one language".to_owned()),
            Check::Compared(sign, other) => {
                (format!("值应 {sign} {other} 的值"), format!("a value must be {sign} that of {other}"))
            }
            Check::Query(_) => ("不符合约束".to_owned(), "a constraint does not hold".to_owned()),
        };
        let component = self.component;
        match lang {
            Lang::Zh => format!("{zh}（{component}）"),
            Lang::En => format!("{en} ({component})"),
        }
    }
}
