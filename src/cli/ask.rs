//! `ask`: a plain question, answered with evidence.

use std::path::PathBuf;

use clap::ValueEnum;

use super::{Context, Failure, Location, Outcome, print};
use crate::ask;
use crate::message::Lang;
use crate::store::Mode;

/// Arguments of `ask`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The question, in Chinese or English
    #[arg(value_name = "QUESTION")]
    question: String,
    #[command(flatten)]
    location: Location,
    /// Form of the answer
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: Format,
    /// Shows how the question was read, and its SPARQL
    #[arg(long)]
    plan: bool,
    /// Folder with question patterns of your own
    #[arg(long, value_name = "DIR")]
    questions: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Runs the command.
///
/// # Errors
/// When the store cannot be had.
pub fn run(args: &Args, context: &Context) -> Result<Outcome, Failure> {
    let store = args.location.open(Mode::Read)?;
    let lang = language(&args.question, context.lang);
    let reply = match &args.questions {
        Some(folder) => ask::ask_by(&ask::own_grammar(folder)?, &store, &args.question, lang)?,
        None => ask::ask(&store, &args.question, lang)?,
    };
    let mut text = match args.format {
        Format::Json => format!("{}\n", ask::json(&reply)),
        Format::Text => ask::text(&reply, lang),
    };
    if let (true, Format::Text, Some(plan)) = (args.plan, args.format, &reply.plan) {
        text.push_str(&format!("\n# {plan}\n{}\n", reply.sparql));
    }
    print(&text)?;
    Ok(if reply.answers.is_empty() { Outcome::Partly } else { Outcome::Done })
}

/// A question is answered in its own language: English if its first letter is a Latin one and the messages are English.
fn language(question: &str, messages: Lang) -> Lang {
    let latin = |c: char| c.is_ascii_alphabetic();
    let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    match question.chars().find(|c| latin(*c) || chinese(*c)) {
        Some(c) if chinese(c) => Lang::Zh,
        Some(_) if question.split_whitespace().count() > 2 => Lang::En,
        _ => messages,
    }
}
