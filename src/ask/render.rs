//! Replies as text for people and as JSON for programs.

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::plan::{Plan, Tell, Way};
use super::{Answer, Open, Quote, Reply};
use crate::message::Lang;
use crate::model::{EntityKind, Predicate};

/// Sentences shown under each answer; the JSON has them all.
const SHOWN: usize = 3;

#[derive(Serialize)]
struct ReplyJson<'a> {
    question: &'a str,
    sparql: String,
    plan: Option<String>,
    answers: Vec<AnswerJson<'a>>,
    suggestions: &'a [String],
    notes: Vec<String>,
}

#[derive(Serialize)]
struct AnswerJson<'a> {
    label: &'a str,
    iri: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<serde_json::Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    way: Option<&'static str>,
    aliases: &'a [String],
    evidence: Vec<QuoteJson<'a>>,
}

#[derive(Serialize)]
struct QuoteJson<'a> {
    document: &'a str,
    quote: &'a str,
    begin: u64,
    end: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    locator: Option<&'a str>,
}

/// The reply as one JSON object of the vocabulary contract; the plan heads the SPARQL as a comment.
pub fn json(reply: &Reply) -> String {
    let plan = reply.plan.as_ref().map_or(String::new(), |plan| format!("# {}\n", one_line(&plan.to_string())));
    let whole = ReplyJson {
        question: &reply.question,
        sparql: plan + &reply.sparql,
        plan: reply.plan.as_ref().map(|plan| one_line(&plan.to_string())),
        answers: reply.answers.iter().map(answer_json).collect(),
        suggestions: &reply.suggestions,
        notes: reply.open.iter().map(|open| note(open, Lang::Zh)).collect(),
    };
    // Strings and numbers only: writing them cannot fail.
    serde_json::to_string(&whole).unwrap_or_default()
}

fn answer_json(answer: &Answer) -> AnswerJson<'_> {
    AnswerJson {
        label: &answer.label,
        iri: answer.iri.as_deref(),
        value: answer.value.and_then(|value| value.normalize().to_string().parse().ok()),
        unit: answer.unit.as_deref(),
        about: answer.about.as_deref(),
        way: answer.way.map(|way| way_name(way, Lang::En)),
        aliases: &answer.aliases,
        evidence: answer.evidence.iter().map(quote_json).collect(),
    }
}

fn quote_json(quote: &Quote) -> QuoteJson<'_> {
    let locator = quote.locator.as_deref();
    QuoteJson { document: &quote.document, quote: &quote.quote, begin: quote.begin, end: quote.end, locator }
}

/// The reply for people: one sentence, then each answer with its sentences, in columns.
pub fn text(reply: &Reply, lang: Lang) -> String {
    let mut text = sentence(reply, lang);
    text.push('\n');
    reply.open.iter().for_each(|open| text.push_str(&format!("{}\n", note(open, lang))));
    let width = reply.answers.iter().map(|answer| answer.label.width()).max().unwrap_or(0).min(40);
    for (number, answer) in reply.answers.iter().enumerate() {
        text.push('\n');
        text.push_str(&heading(number + 1, answer, width, lang));
        for quote in answer.evidence.iter().take(SHOWN) {
            let place = match lang {
                Lang::Zh => format!("{} 第{}–{}字", quote.document, quote.begin, quote.end),
                Lang::En => format!("{} characters {}–{}", quote.document, quote.begin, quote.end),
            };
            let place = quote.locator.as_ref().map_or(place.clone(), |locator| format!("{place} {locator}"));
            text.push_str(&format!("    {place}\n    {}\n", one_line(&quote.quote)));
        }
        if let Some(more) = answer.evidence.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            text.push_str(&match lang {
                Lang::Zh => format!("    另有{more}处出处\n"),
                Lang::En => format!("    and {more} more\n"),
            });
        }
    }
    text
}

fn heading(number: usize, answer: &Answer, width: usize, lang: Lang) -> String {
    let pad = " ".repeat(width.saturating_sub(answer.label.width()));
    let mut notes: Vec<String> = Vec::new();
    if let Some(way) = answer.way {
        notes.push(way_name(way, lang).to_owned());
    }
    notes.extend(answer.about.clone());
    if !answer.aliases.is_empty() {
        let also = if lang == Lang::Zh { "又名 " } else { "also " };
        notes.push(format!("{also}{}", answer.aliases.join("、")));
    }
    let line = format!("{number:>3}  {}{pad}  {}", answer.label, notes.join("  "));
    format!("{}\n", line.trim_end())
}

fn way_name(way: Way, lang: Lang) -> &'static str {
    let (zh, en) = match way {
        Way::Stated => ("所属领域", "its stated field"),
        Way::Named => ("名称含该词", "its name has the term"),
        Way::Narrower => ("所属细分领域", "a narrower field"),
        Way::Park => ("所在园区以此命名", "its park is of that field"),
        Way::Remote => ("所属相关领域", "a field somewhere under it"),
    };
    if lang == Lang::Zh { zh } else { en }
}

/// What the question leaves open, and how it was taken.
fn note(open: &Open, lang: Lang) -> String {
    let (taken, others) = open.meanings.split_first().map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
    match lang {
        Lang::Zh => format!("“{}”可指{}等，这里指{taken}。", open.name, open.meanings.join("、")),
        Lang::En => format!("“{}” is taken for {taken}; it may also mean {}.", open.name, others.join(", ")),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Names given in the sentence; the rows have them all.
const NAMED: usize = 6;

/// The answer in one sentence.
fn sentence(reply: &Reply, lang: Lang) -> String {
    let labels: Vec<&str> = reply.answers.iter().map(|answer| answer.label.as_str()).take(NAMED).collect();
    let more = reply.answers.len() > NAMED;
    match (&reply.plan, reply.answers.is_empty(), lang) {
        (_, true, _) => nothing(reply, lang),
        (Some(Plan::List(plan)), _, _) if plan.tell == Tell::Whether => {
            format!("{}{}", labels[0], if lang == Lang::Zh { "。" } else { "." })
        }
        (Some(Plan::List(plan)), _, Lang::Zh) if plan.tell == Tell::Number => {
            let about = reply.answers[0].about.as_deref().unwrap_or_default();
            format!("共有{}个{}：{about}。", labels[0], kind_name(plan.kind, lang))
        }
        (Some(Plan::List(plan)), _, Lang::En) if plan.tell == Tell::Number => {
            format!("There are {} {}.", labels[0], kind_name(plan.kind, lang))
        }
        (Some(Plan::List(plan)), _, Lang::Zh) => {
            let rest = if more { "等" } else { "" };
            format!("找到{}个{}：{}{rest}。", reply.answers.len(), kind_name(plan.kind, lang), labels.join("、"))
        }
        (Some(Plan::List(plan)), _, Lang::En) => {
            let rest = if more { ", …" } else { "" };
            format!("Found {} {}: {}{rest}.", reply.answers.len(), kind_name(plan.kind, lang), labels.join(", "))
        }
        (Some(Plan::Most(plan)), ..) => {
            let verb = if plan.least { "最少" } else { "最多" };
            let (kind, counted) = (kind_name(Some(plan.kind), lang), kind_name(Some(plan.counted), lang));
            match lang {
                Lang::Zh => format!("{counted}{verb}的{kind}：{}。", labels.join("、")),
                Lang::En => format!("{kind} by number of {counted}: {}.", labels.join(", ")),
            }
        }
        (Some(Plan::Values(plan)), _, _) if plan.wide => {
            let told = |answer: &Answer| format!("{} {}", answer.about.as_deref().unwrap_or_default(), answer.label);
            let told: Vec<String> = reply.answers.iter().take(NAMED).map(told).collect();
            if lang == Lang::Zh { format!("{}。", told.join("；")) } else { format!("{}.", told.join("; ")) }
        }
        (
            Some(
                Plan::Hops(_)
                | Plan::Path(_)
                | Plan::Group(_)
                | Plan::Sum(_)
                | Plan::Pair(_)
                | Plan::Lists(_)
                | Plan::Passage(_)
                | Plan::Apart(_),
            ),
            _,
            _,
        ) => {
            let rest = if more { "…" } else { "" };
            if lang == Lang::Zh {
                format!("{}{rest}。", labels.join("、"))
            } else {
                format!("{}{rest}.", labels.join(", "))
            }
        }
        (Some(Plan::Values(plan)), _, _) => {
            let by = plan.by.first().map_or("", |by| property_name(*by, lang));
            if lang == Lang::Zh {
                format!("{by}：{}。", labels.join("、"))
            } else {
                format!("{by}: {}.", labels.join(", "))
            }
        }
        _ => {
            let told = |answer: &Answer| format!("{} {}", answer.about.as_deref().unwrap_or_default(), answer.label);
            let figures: Vec<String> = reply.answers.iter().take(NAMED).map(told).collect();
            if lang == Lang::Zh { format!("{}。", figures.join("；")) } else { format!("{}.", figures.join("; ")) }
        }
    }
}

fn nothing(reply: &Reply, lang: Lang) -> String {
    let mut text = match (reply.unknown.first(), lang) {
        (Some(name), Lang::Zh) if reply.plan.is_none() => format!("没有找到：图谱里没有“{name}”。"),
        (Some(name), Lang::En) if reply.plan.is_none() => format!("Nothing found: the graph has no “{name}”."),
        (_, Lang::Zh) => "没有找到答案。".to_owned(),
        (_, Lang::En) => "Nothing found.".to_owned(),
    };
    if !reply.suggestions.is_empty() {
        let names = reply.suggestions.join(if lang == Lang::Zh { "、" } else { ", " });
        text.push_str(&if lang == Lang::Zh {
            format!("相近的名称有：{names}")
        } else {
            format!(" Near names: {names}")
        });
    }
    text
}

fn kind_name(kind: Option<EntityKind>, lang: Lang) -> &'static str {
    let Some(kind) = kind else { return if lang == Lang::Zh { "事物" } else { "things" } };
    let (zh, en) = match kind {
        EntityKind::Enterprise => ("企业", "enterprises"),
        EntityKind::Organization => ("机构", "organizations"),
        EntityKind::Park => ("园区", "parks"),
        EntityKind::Project => ("项目", "projects"),
        EntityKind::Policy => ("政策", "policies"),
        EntityKind::Industry => ("产业", "industries"),
        EntityKind::Place => ("地方", "places"),
    };
    if lang == Lang::Zh { zh } else { en }
}

/// What a property is called, read from subject to object.
pub(super) fn property_name(property: Predicate, lang: Lang) -> &'static str {
    let (zh, en) = match property {
        Predicate::TotalInvestment => ("总投资", "Total investment"),
        Predicate::PlannedInvestment => ("计划投资", "Planned investment"),
        Predicate::CompletedInvestment => ("已完成投资", "Investment so far"),
        Predicate::Investor => ("投资建设方", "Invested or built by"),
        Predicate::LocatedIn => ("所在地", "Located in"),
        Predicate::Industry => ("所属领域", "Fields"),
        Predicate::IssuedBy => ("发布单位", "Issued by"),
        Predicate::MemberOf => ("所属批次", "Listed in"),
        Predicate::Partner => ("合作方", "Partners"),
        Predicate::Designation => ("称号", "Designations"),
        Predicate::Status => ("状态", "Status"),
    };
    if lang == Lang::Zh { zh } else { en }
}

/// What a property is called, read from object to subject.
pub(super) fn inverse_name(property: Predicate, lang: Lang) -> &'static str {
    let (zh, en) = match property {
        Predicate::Investor => ("投资建设了", "Invests in or builds"),
        Predicate::LocatedIn => ("境内有", "Has in it"),
        Predicate::Industry => ("从事者", "Worked in by"),
        Predicate::IssuedBy => ("发布了", "Issued"),
        Predicate::MemberOf => ("包括", "Lists"),
        other => return property_name(other, lang),
    };
    if lang == Lang::Zh { zh } else { en }
}
