//! `ask`: a plain question, answered with evidence; without a question on a terminal, a dialogue.

mod talk;

use std::io::IsTerminal;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use super::form::TextOrJson;
use super::{Context, Failure, Location, Outcome, print, startup};
use crate::ask::{self, Grammar, Reply};
use crate::message::Lang;
use crate::store::{Mode, Store};

/// Arguments of `ask`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The question, in Chinese or English; without one, a dialogue begins on a terminal
    #[arg(value_name = "QUESTION")]
    question: Option<String>,
    #[command(flatten)]
    location: Location,
    /// Form of the answer
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: TextOrJson,
    /// Shows how the question was read, and its SPARQL; so does -v
    #[arg(long, visible_alias = "plan")]
    explain: bool,
    /// File or folder with question patterns of your own
    #[arg(long, visible_alias = "questions", value_name = "PATH")]
    patterns: Option<PathBuf>,
}

/// What answers questions: a store and, where there are, patterns of the user's own.
struct Asker<'a> {
    store: &'a Store,
    own: Option<Grammar>,
    explain: bool,
    format: TextOrJson,
    messages: Lang,
}

impl Asker<'_> {
    fn reply(&self, question: &str) -> Result<(Reply, String), Failure> {
        let lang = language(question, self.messages);
        let reply = match &self.own {
            Some(grammar) => ask::ask_by(grammar, self.store, question, lang)?,
            None => ask::ask(self.store, question, lang)?,
        };
        let mut text = match self.format {
            TextOrJson::Json => format!("{}\n", ask::json(&reply)),
            TextOrJson::Text => ask::text(&reply, lang),
        };
        if let (true, TextOrJson::Text, Some(plan)) = (self.explain, self.format, &reply.plan) {
            text.push_str(&format!("\n# {plan}\n{}\n", reply.sparql));
        }
        Ok((reply, text))
    }
}

/// Runs the command.
///
/// # Errors
/// When the store cannot be had, or there is no question and nobody to ask for one.
pub fn run(args: &Args, context: &Context) -> Result<Outcome, Failure> {
    startup::keep_freed_memory();
    // The shipped grammar is made ready while the database opens.
    let store = std::thread::scope(|scope| {
        scope.spawn(|| Grammar::shipped().is_ok());
        args.location.open(Mode::Read)
    })?;
    // The process ends with the command: closing the database would only take time.
    let store = ManuallyDrop::new(store);
    let own = args.patterns.as_deref().map(grammar).transpose()?;
    let explain = args.explain || context.verbose > 0;
    let asker = Asker { store: &store, own, explain, format: args.format, messages: context.lang };
    let Some(question) = &args.question else {
        if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
            return Err(Failure::new(
                "没有问题：请把问题写在命令后面，例如 parkgraph ask 哪些项目与智能传感器相关 -l graph",
                "there is no question; write one behind the command, as in: parkgraph ask 哪些项目与智能传感器相关 -l graph",
            ));
        }
        return talk::talk(&asker, context);
    };
    let (reply, text) = asker.reply(question)?;
    print(&text)?;
    Ok(if reply.answers.is_empty() { Outcome::Partly } else { Outcome::Done })
}

fn grammar(path: &Path) -> Result<Grammar, Failure> {
    Ok(ask::own_grammar(path)?)
}

/// A question is answered in its own language: English if it opens with several Latin words, Chinese if it has Chinese
/// characters, else that of the messages.
fn language(question: &str, messages: Lang) -> Lang {
    let latin = |c: char| c.is_ascii_alphabetic();
    let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let first = question.chars().find(|c| latin(*c) || chinese(*c));
    match first {
        Some(c) if latin(c) && question.split_whitespace().count() > 2 => Lang::En,
        Some(_) if question.chars().any(chinese) => Lang::Zh,
        _ => messages,
    }
}
