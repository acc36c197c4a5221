//! `merge`, `split`, `same` and `review`: what the user thinks of identity, and what speaks for it.

use std::collections::BTreeSet;

use comfy_table::presets;
use oxigraph::model::NamedNode;

use super::journal::JournalFile;
use super::{Context, Failure, Location, Outcome, print};
use crate::identity::{Entry, Weights};
use crate::rdf::{entity_of, shorten};
use crate::store::{Form, Mode, Pair, Store};

/// Arguments of `merge`.
#[derive(Debug, clap::Args)]
pub struct MergeArgs {
    /// A thing: its name, or pgr:kind/name
    first: String,
    /// The thing that is the same
    second: String,
    #[command(flatten)]
    location: Location,
    #[command(flatten)]
    journal: JournalFile,
}

/// Arguments of `split`.
#[derive(Debug, clap::Args)]
pub struct SplitArgs {
    /// A name that stands for something else: the name, or pgr:kind/name
    first: String,
    /// Keep it apart from this one only
    second: Option<String>,
    #[command(flatten)]
    location: Location,
    #[command(flatten)]
    journal: JournalFile,
}

/// Arguments of `same`.
#[derive(Debug, clap::Args)]
pub struct SameArgs {
    /// A thing: its name, or pgr:kind/name
    first: String,
    /// Another one to compare it with
    second: Option<String>,
    #[command(flatten)]
    location: Location,
}

/// Arguments of `review`.
#[derive(Debug, clap::Args)]
pub struct ReviewArgs {
    #[command(flatten)]
    location: Location,
    /// At most so many pairs
    #[arg(long, default_value = "50", value_name = "N")]
    limit: usize,
}

/// Joins two things.
///
/// # Errors
/// When a name is not known or means several things, or when journal or store cannot be written.
pub fn merge(args: &MergeArgs, context: &Context) -> Result<Outcome, Failure> {
    let store = args.location.open(Mode::Write)?;
    let (first, second) = two(&store, &args.first, &args.second)?;
    if first == second {
        return Err(Failure::new("两者是同一个名称；请给出两个不同的事物", "both are one name; give two things"));
    }
    decide(&args.journal, &args.location, &store, &Entry::Merge(first.into_string(), second.into_string()), context)
}

/// Takes a name out of the thing that it was joined with.
///
/// # Errors
/// As [`merge`].
pub fn split(args: &SplitArgs, context: &Context) -> Result<Outcome, Failure> {
    let store = args.location.open(Mode::Write)?;
    let entry = match &args.second {
        Some(second) => {
            let (first, second) = two(&store, &args.first, second)?;
            Entry::Split(first.into_string(), second.into_string())
        }
        None => Entry::Alone(one(&store, &args.first)?.into_string()),
    };
    decide(&args.journal, &args.location, &store, &entry, context)
}

fn decide(
    journal: &JournalFile,
    location: &Location,
    store: &Store,
    entry: &Entry,
    context: &Context,
) -> Result<Outcome, Failure> {
    let path = journal.add(location, store, entry)?;
    let shown = path.display();
    context.note(&format!("已记入 {shown}：{entry}"), &format!("noted in {shown}: {entry}"));
    Ok(Outcome::Done)
}

/// Shows which names a thing has and what speaks for it, or compares two.
///
/// # Errors
/// When a name is not known or means several things.
pub fn same(args: &SameArgs, context: &Context) -> Result<Outcome, Failure> {
    let store = args.location.open(Mode::Read)?;
    let (forms, title) = match &args.second {
        Some(second) => {
            let (first, second) = two(&store, &args.first, second)?;
            (vec![first.into_string(), second.into_string()], None)
        }
        None => {
            let thing = store.present(one(&store, &args.first)?.as_ref())?;
            let forms = store.forms(thing.as_ref())?;
            (forms.iter().map(|form| form.iri.clone()).collect(), Some(table_of_forms(&thing, &forms, context)))
        }
    };
    let pairs = store.pairs(&forms)?;
    let mut text = title.unwrap_or_default();
    if pairs.is_empty() && args.second.is_some() {
        text += context.pick("没有任何依据\n", "nothing speaks for it\n");
    } else if !pairs.is_empty() {
        text += &table_of_pairs(&pairs, context);
    }
    print(&text)?;
    Ok(Outcome::Done)
}

/// Lists pairs worth a look.
///
/// # Errors
/// When the store cannot be had.
pub fn review(args: &ReviewArgs, context: &Context) -> Result<Outcome, Failure> {
    let doubts = args.location.open(Mode::Read)?.doubts()?;
    if doubts.is_empty() {
        context.note("没有存疑的对", "no pair is in doubt");
        return Ok(Outcome::Partly);
    }
    print(&table_of_pairs(&doubts[..doubts.len().min(args.limit)], context))?;
    if doubts.len() > args.limit {
        let rest = doubts.len() - args.limit;
        context.note(&format!("另有 {rest} 对；用 --limit 查看"), &format!("{rest} more; see them with --limit"));
    }
    Ok(Outcome::Done)
}

/// The forms that two texts mean; where one may mean several kinds, the one of the other's kind.
fn two(store: &Store, first: &str, second: &str) -> Result<(NamedNode, NamedNode), Failure> {
    let kind = |node: &NamedNode| entity_of(node.as_str()).map(|(kind, _)| kind);
    let (mut a, mut b) = (store.forms_called(first)?, store.forms_called(second)?);
    let kinds: BTreeSet<_> = a.iter().map(kind).filter(|it| b.iter().any(|other| kind(other) == *it)).collect();
    if kinds.len() == 1 {
        a.retain(|node| kinds.contains(&kind(node)));
        b.retain(|node| kinds.contains(&kind(node)));
    }
    Ok((only(a, first)?, only(b, second)?))
}

fn one(store: &Store, text: &str) -> Result<NamedNode, Failure> {
    only(store.forms_called(text)?, text)
}

fn only(found: BTreeSet<NamedNode>, text: &str) -> Result<NamedNode, Failure> {
    let list = found.iter().map(|node| shorten(node.as_str())).collect::<Vec<_>>().join(", ");
    let mut found = found.into_iter();
    match (found.next(), found.next()) {
        (Some(node), None) => Ok(node),
        (None, _) => Err(Failure::new(
            format!("库里没有叫“{text}”的事物；请用文中出现的名称，或 pgr:类/名称"),
            format!("nothing in the store is called `{text}`; use a name as printed, or pgr:kind/name"),
        )),
        _ => Err(Failure::new(
            format!("“{text}”可能指：{list}；请用其中一个"),
            format!("`{text}` may mean {list}; use one of these"),
        )),
    }
}

fn table(header: [&str; 4]) -> comfy_table::Table {
    let mut table = comfy_table::Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_header(header);
    table
}

fn table_of_forms(thing: &NamedNode, forms: &[Form], context: &Context) -> String {
    let mut table = table(
        [("名称", "name"), ("文中写法", "as printed"), ("文档", "documents"), ("IRI", "IRI")]
            .map(|(zh, en)| context.pick(zh, en)),
    );
    for form in forms {
        let mark = if form.iri == thing.as_str() { "* " } else { "" };
        let cells =
            [format!("{mark}{}", form.name), form.printed.join("、"), form.documents.to_string(), shorten(&form.iri)];
        table.add_row(cells);
    }
    format!("{table}\n")
}

fn table_of_pairs(pairs: &[Pair], context: &Context) -> String {
    let mut table = table(
        [("名称", "names"), ("依据", "evidence"), ("权重", "weight"), ("内容", "words")]
            .map(|(zh, en)| context.pick(zh, en)),
    );
    let weights = Weights::shared();
    for pair in pairs {
        let mut names = format!("{}\n{}", pair.forms[0].1, pair.forms[1].1);
        for (sign, words) in &pair.verdict.signs {
            let (zh, en) = weights.meaning(*sign);
            table.add_row([
                std::mem::take(&mut names),
                context.pick(zh, en).to_owned(),
                weights.of(*sign).to_string(),
                words.clone(),
            ]);
        }
        let against = pair.verdict.conflict.map(|(zh, en)| context.pick(zh, en).to_owned());
        let rival =
            pair.rival.then(|| context.pick("另有同样可能而互斥的候选", "another candidate is as likely").to_owned());
        for reason in against.into_iter().chain(rival) {
            let mark = context.pick("反对", "against").to_owned();
            table.add_row([std::mem::take(&mut names), reason, mark, String::new()]);
        }
        let sum = pair.verdict.score().to_string();
        let limit = format!("{} {}", context.pick("同一下限", "same from"), weights.same());
        table.add_row([names, context.pick("合计", "sum").to_owned(), sum, limit]);
    }
    format!("{table}\n")
}
