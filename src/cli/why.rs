//! `why`: the sentences behind a fact, with the words that matter marked; the rule behind one that only follows.

use serde_json::json;

use super::form::TextOrJson;
use super::{Context, Failure, Location, Outcome, print};
use crate::store::{Mode, Store};
use crate::trace::evidence::Evidence;
use crate::trace::{Asked, Told, Why, why, words};

/// Arguments of `why`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A name; or subject, property and perhaps object; or the text of a sum or figure; or the IRI of a piece of evidence
    #[arg(required = true, value_name = "FACT")]
    fact: Vec<String>,
    #[command(flatten)]
    location: Location,
    /// Form of the output
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: TextOrJson,
}

/// Runs the command.
///
/// # Errors
/// When the store cannot be had.
pub fn run(args: &Args, context: &Context) -> Result<Outcome, Failure> {
    let store = args.location.open(Mode::Read)?;
    let asked = why(&store, &args.fact)?;
    match args.format {
        TextOrJson::Text => {
            for found in &asked.statements {
                print(&(text(&store, found, 0, context)? + "\n"))?;
            }
        }
        TextOrJson::Json => print(&json(&args.fact, &asked, &store, context)?)?,
    }
    if asked.statements.is_empty() {
        nothing(&args.fact.join(" "), &asked.near, context);
        return Ok(Outcome::Partly);
    }
    Ok(Outcome::Done)
}

fn nothing(fact: &str, near: &[String], context: &Context) {
    let (zh, en) = match near.is_empty() {
        true => ("请检查写法，或用 `parkgraph stats` 看库里有什么".to_owned(), "check the spelling".to_owned()),
        false => (format!("相近的名称：{}", near.join("、")), format!("near names: {}", near.join(", "))),
    };
    context
        .say(&format!("图谱里没有与“{fact}”相符的陈述；{zh}"), &format!("the graph says nothing like “{fact}”; {en}"));
}

/// The statement on a line, below it each sentence, or the rule by which it follows with what it rests on.
fn text(store: &Store, found: &Why, depth: usize, context: &Context) -> Result<String, Failure> {
    let space = "  ".repeat(depth);
    let mut out = format!("{space}{}\n", statement(store, found, context)?);
    let (shown, rest) = surest(found, if depth == 0 { usize::MAX } else { FEW });
    for evidence in shown {
        out += &format!("{space}  {}\n", source(evidence, context));
        out += &format!("{space}    {}\n", Told::new(evidence).marked().trim());
        out += &format!("{space}    {}\n", rule(evidence, context));
    }
    if rest > 0 {
        out += &format!("{space}  {}\n", context.pick(&format!("另有 {rest} 句"), &format!("{rest} more sentences")));
    }
    if found.evidence.is_empty() && found.follows.is_none() {
        out += &format!("{space}  {}\n", context.pick("由名称得出", "told by the names"));
    }
    if let Some(follows) = &found.follows {
        let (inferred, meaning) =
            (context.pick("推得，规则", "inferred, rule"), words::rule(&follows.rule, context.lang));
        out += &format!("{space}  {inferred} {}: {meaning}\n", follows.rule);
        for premise in &follows.from {
            out += &text(store, premise, depth + 2, context)?;
        }
    }
    Ok(out)
}

/// Sentences that are shown of a statement on which another one rests.
const FEW: usize = 3;

/// The surest pieces of evidence, in their order, and the number of the others.
fn surest(found: &Why, most: usize) -> (Vec<&Evidence>, usize) {
    let mut order: Vec<usize> = (0..found.evidence.len()).collect();
    order.sort_by(|a, b| found.evidence[*b].confidence.cmp(&found.evidence[*a].confidence));
    order.truncate(most);
    order.sort_unstable();
    let rest = found.evidence.len() - order.len();
    (order.into_iter().map(|at| &found.evidence[at]).collect(), rest)
}

fn statement(store: &Store, found: &Why, context: &Context) -> Result<String, Failure> {
    let subject = words::term(store, &found.statement.subject.clone().into(), context.lang)?;
    let property = words::property(found.statement.predicate.as_ref(), context.lang);
    let object = words::term(store, &found.statement.object, context.lang)?;
    Ok(format!("{subject} · {property} · {object}"))
}

/// Document, headline, date and place of a sentence.
fn source(evidence: &Evidence, context: &Context) -> String {
    let mut parts = vec![evidence.document.clone()];
    parts.extend(evidence.title.as_ref().map(|title| format!("《{title}》")));
    parts.extend(evidence.published.clone());
    let (begin, end) = (evidence.begin, evidence.end);
    parts.push(context.pick("字符", "characters").to_owned() + &format!(" {begin}–{end}"));
    parts.extend(evidence.locator.clone());
    parts.join("  ")
}

fn rule(evidence: &Evidence, context: &Context) -> String {
    let named = [("规则", "rule", &evidence.rule), ("置信度", "confidence", &evidence.confidence)];
    let told = named.iter().filter_map(|(zh, en, value)| Some((context.pick(zh, en), value.as_ref()?)));
    let mut parts: Vec<String> = told.map(|(name, value)| format!("{name} {value}")).collect();
    parts.extend(evidence.fact.as_ref().map(|fact| format!("pgr:{fact}")));
    parts.join("  ")
}

fn json(fact: &[String], asked: &Asked, store: &Store, context: &Context) -> Result<String, Failure> {
    let mut statements = Vec::new();
    for found in &asked.statements {
        statements.push(as_json(found, store, context)?);
    }
    let whole = json!({"fact": fact.join(" "), "statements": statements, "near": asked.near});
    Ok(format!("{whole:#}\n"))
}

fn as_json(found: &Why, store: &Store, context: &Context) -> Result<serde_json::Value, Failure> {
    let evidence: Vec<_> = found.evidence.iter().map(marked).collect();
    let mut value = json!({
        "statement": statement(store, found, context)?,
        "subject": found.subject,
        "property": found.property,
        "object": found.object,
        "evidence": evidence,
    });
    if let Some(follows) = &found.follows {
        let from = follows.from.iter().map(|it| as_json(it, store, context)).collect::<Result<Vec<_>, _>>()?;
        value["follows"] = json!({"rule": follows.rule, "from": from});
    }
    Ok(value)
}

fn marked(evidence: &Evidence) -> serde_json::Value {
    let mut value = json!(evidence);
    value["marked"] = Told::new(evidence).marked().into();
    value
}
