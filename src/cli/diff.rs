//! `diff`: what two stores differ in, in words.

use std::path::{Path, PathBuf};

use super::form::{TextOrJson, print_json};
use super::{Context, Failure, Outcome, print};
use crate::store::{Mode, Store};
use crate::trace::value::Thing;
use crate::trace::{Change, Difference, SumsApart, difference};

/// Arguments of `diff`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder of the store as it was
    old: PathBuf,
    /// Folder of the store as it is
    new: PathBuf,
    /// Lines told of each kind of difference at most; JSON has all
    #[arg(long, default_value_t = 100, value_name = "N")]
    most: usize,
    /// Form of the output
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: TextOrJson,
}

/// Runs the command.
///
/// # Errors
/// When one of the stores cannot be had.
pub fn run(args: &Args, context: &Context) -> Result<Outcome, Failure> {
    let open = |dir: &Path| Store::open(dir, Mode::Read);
    let found = difference(&open(&args.old)?, &open(&args.new)?, context.lang)?;
    match args.format {
        TextOrJson::Text => print(&text(&found, args.most, context))?,
        TextOrJson::Json => {
            print_json(&found)?;
        }
    }
    Ok(Outcome::Done)
}

fn text(found: &Difference, most: usize, context: &Context) -> String {
    if found.is_empty() {
        return context.pick("两个库说的相同\n", "both stores say the same\n").to_owned();
    }
    let pick = |zh, en| context.pick(zh, en);
    let named = |things: &[Thing]| things.iter().map(|it| format!("{}（{}）", it.label, it.id)).collect::<Vec<_>>();
    let renamed = found.renamed.iter().map(|(old, new)| format!("{} → {}（{}）", old.label, new.label, new.id));
    let sections = [
        (pick("新增文档", "new documents"), found.documents.new.clone()),
        (pick("消失的文档", "documents gone"), found.documents.gone.clone()),
        (pick("改动的文档", "documents changed"), found.documents.changed.clone()),
        (
            pick("换了名称的文档", "documents under another name"),
            found.documents.moved.iter().map(|(old, new)| format!("{old} → {new}")).collect(),
        ),
        (pick("新增事物", "new things"), named(&found.new_things)),
        (pick("消失的事物", "things gone"), named(&found.gone_things)),
        (pick("改名的事物", "things renamed"), renamed.collect()),
        (pick("说法不一的金额", "sums that do not agree"), found.sums.iter().map(|it| apart(it, context)).collect()),
        (pick("陈述有变的事物", "things of which other things are said"), found.changes.iter().map(change).collect()),
    ];
    let mut text = String::new();
    for (title, lines) in sections.iter().filter(|(_, lines)| !lines.is_empty()) {
        text += &format!("{title}{}{}\n", pick("：", ": "), lines.len());
        lines.iter().take(most).for_each(|line| text += &format!("  {line}\n"));
        if let Some(rest) = lines.len().checked_sub(most).filter(|rest| *rest > 0) {
            text += context.pick(&format!("  另有 {rest} 项\n"), &format!("  {rest} more\n"));
        }
    }
    text
}

fn apart(sums: &SumsApart, context: &Context) -> String {
    let told = |sums: &[(String, String)]| {
        let told = sums.iter().map(|(sum, document)| format!("{sum}（{document}）"));
        told.collect::<Vec<_>>().join(context.pick("、", ", "))
    };
    let (old, new) = (told(&sums.old), told(&sums.new));
    let (before, after) = (context.pick("原为", "was"), context.pick("现为", "is"));
    format!("{} {}{}{before} {old} → {after} {new}", sums.about, sums.property, context.pick("：", ": "))
}

/// A thing on a line, below it what is said of it only now (+) and only before (-).
fn change(change: &Change) -> String {
    let new = change.new.iter().map(|told| format!("\n    + {told}"));
    let gone = change.gone.iter().map(|told| format!("\n    - {told}"));
    std::iter::once(change.about.clone()).chain(new).chain(gone).collect()
}
