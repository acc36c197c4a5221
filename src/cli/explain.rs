//! `explain`: how each fact of a file came about.

use std::fmt::Write;
use std::path::PathBuf;

use super::reading::{self, Learning};
use super::{Context, Failure, Outcome, files, print, problems};
use crate::model::{Evidence, Node, Reading};
use crate::read::Settings;

/// Arguments of `explain`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// File to read
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    learning: Learning,
}

/// Runs the command.
///
/// # Errors
/// When the file cannot be read.
pub fn run(args: &Args, context: &Context) -> Result<Outcome, Failure> {
    let found = files::find(std::slice::from_ref(&args.file));
    if let Some((_, failure)) = found.missing.into_iter().next() {
        return Err(failure);
    }
    if found.files.len() != 1 {
        return Err(Failure::new("explain 只读一个文件；请给出文件", "explain reads one file; name a file"));
    }
    let mut text = String::new();
    let reader = args.learning.reader(context)?;
    for batch in reading::batches(&found.files) {
        for done in reading::read_batch(&found.files, batch, reader.as_ref(), &Settings::default(), |_, _| false) {
            match done.outcome {
                reading::Outcome::Read(reading, _) => text += &explain(&reading, context),
                reading::Outcome::Skipped => {}
                reading::Outcome::Failed(refusal) => return Err(problems::at(&done.path, refusal.into())),
            }
        }
    }
    print(&text)?;
    Ok(Outcome::Done)
}

/// All facts of a document, each with rule, score, place and sentence.
fn explain(reading: &Reading, context: &Context) -> String {
    let mut text = head(reading, context);
    let mut fact = |what: String, evidence: &[&Evidence]| {
        text += &what;
        text.push('\n');
        evidence.iter().for_each(|it| text += &grounds(reading, it));
    };
    for entity in &reading.entities {
        let mentions: Vec<_> = entity.mentions.iter().map(|mention| &mention.evidence).collect();
        fact(format!("{} {}", entity.kind.name(), entity.names.join(" = ")), &mentions);
    }
    for amount in &reading.amounts {
        let class = if amount.investment { "InvestmentAmount" } else { "MonetaryAmount" };
        fact(format!("{class} {}", money(&amount.money)), &[&amount.evidence]);
    }
    for group in &reading.groups {
        fact(format!("ProjectGroup {}", group.evidence.text), &[&group.evidence]);
    }
    for relation in &reading.relations {
        let (subject, object) = (node(reading, &relation.subject), node(reading, &relation.object));
        let evidence: Vec<_> = relation.evidence.iter().collect();
        fact(format!("{subject} —{}→ {object}", relation.predicate.name()), &evidence);
    }
    for it in &reading.observations {
        let subject = it.subject.map_or_else(String::new, |id| node(reading, &Node::Entity(id)));
        let part = |part: Option<String>| part.map(|it| format!(" {it}")).unwrap_or_default();
        let value = part(it.value.map(|value| value.normalize().to_string()));
        let (unit, period) = (part(it.unit.clone()), part(it.period.map(|period| period.to_string())));
        let growth = part(
            it.growth
                .map(|growth| format!("{}{}%", if growth.is_sign_negative() { "" } else { "+" }, growth.normalize())),
        );
        fact(format!("Observation {subject} {}{value}{unit}{period}{growth}", it.indicator), &[&it.evidence]);
    }
    text
}

fn head(reading: &Reading, context: &Context) -> String {
    let document = &reading.document;
    let published = document.published.map_or_else(|| "?".to_owned(), |date| date.to_string());
    let characters = context.pick("字", "characters");
    format!(
        "{}  {}  {published}  {} {characters}  {}\n",
        document.key,
        document.encoding,
        document.characters,
        document.title.as_deref().unwrap_or("?")
    )
}

/// One line for the rule and the place, one for the sentence with the words marked.
fn grounds(reading: &Reading, evidence: &Evidence) -> String {
    let (span, score) = (evidence.span, evidence.confidence);
    let mut text = String::new();
    // Writing to a string cannot fail.
    let place = reading.document.origin.places.of(span).map(|place| format!("  {place}")).unwrap_or_default();
    let _ = writeln!(
        text,
        "    {}  {}.{:03}  {}–{}{place}",
        evidence.rule,
        score / 1000,
        score % 1000,
        span.start,
        span.end
    );
    let Some(sentence) = reading.sentences.get(evidence.sentence as usize) else { return text };
    let inside = |c: u32| span.start <= c && c < span.end;
    let mut marked = String::new();
    for (c, position) in sentence.text.chars().zip(sentence.span.start..) {
        if position == span.start {
            marked.push('【');
        }
        marked.push(if c.is_whitespace() { ' ' } else { c });
        if inside(position) && position + 1 == span.end {
            marked.push('】');
        }
    }
    let _ = writeln!(text, "        {}", marked.trim());
    text
}

fn node(reading: &Reading, node: &Node) -> String {
    let name = match node {
        Node::Entity(id) => reading.entities.get(id.0 as usize).and_then(|entity| entity.names.first().cloned()),
        Node::Amount(index) => reading.amounts.get(*index as usize).map(|amount| money(&amount.money)),
        Node::Group(index) => reading.groups.get(*index as usize).map(|group| group.evidence.text.clone()),
        Node::Status(status) => Some(status.name().to_owned()),
        Node::Text(text) => Some(text.clone()),
    };
    name.unwrap_or_else(|| "?".to_owned())
}

fn money(money: &crate::model::Money) -> String {
    let max = money.max.map(|max| format!("–{}", max.normalize())).unwrap_or_default();
    let qualifier = money.qualifier.map(|it| format!(" ({})", it.name())).unwrap_or_default();
    format!("{}{max} {}{qualifier}", money.value.normalize(), money.currency)
}
