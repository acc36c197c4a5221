//! An article with its things, sums and groups marked where they stand, and the facts beside it.

use super::html::{both, escaped, told};
use super::page::frame;
use crate::graph::{NodeKind, words};
use crate::message::Lang;
use crate::model::{EntityKind, Evidence, Money, Node, Observation, Reading, SourceSpan};

const STYLE: &str = include_str!("style.css");
const OWN_STYLE: &str = include_str!("annotate.css");
const SCRIPT: &str = include_str!("page.js");
const OWN_SCRIPT: &str = include_str!("annotate.js");

/// A stretch of the source with the tags around it. Sentences hold marks, marks may hold marks.
struct Mark {
    span: SourceSpan,
    open: String,
    close: String,
}

/// The page of an article as the text of one HTML file; `source` holds its characters as [`crate::text::read`] gives them.
pub fn annotate(source: &[char], reading: &Reading, lang: Lang) -> String {
    let mut marks = marks(reading);
    // What holds others comes before them; of equal stretches the first stays outside.
    marks.sort_by_key(|mark| (mark.span.start, u32::MAX - mark.span.end));
    let text = marked(source, &marks);
    let document = &reading.document;
    let title = document.title.as_deref().unwrap_or(&document.key);
    let published = document.published.map(|date| date.to_string()).unwrap_or_default();
    let body = format!(
        "<p class=\"note\">{} {} · {} {}</p>\n<div class=\"legend\">{}</div>\n<div class=\"reading\"><article lang=\"zh-CN\">{text}</article>\n<aside><h2>{}</h2>\n<ol class=\"facts\">\n{}</ol></aside></div>\n",
        escaped(&document.key),
        escaped(&published),
        document.characters,
        both("字", "characters"),
        legend(reading),
        both("事实", "Facts"),
        facts(reading)
    );
    frame(
        title,
        lang,
        &[
            ("heading", &escaped(title)),
            ("links", ""),
            ("style", &format!("{STYLE}{OWN_STYLE}")),
            ("script", &format!("{SCRIPT}{OWN_SCRIPT}")),
            ("body", &body),
        ],
    )
}

fn marks(reading: &Reading) -> Vec<Mark> {
    let sentence = |(number, sentence): (usize, &crate::model::Sentence)| Mark {
        span: sentence.span,
        open: format!("<span class=\"sentence\" id=\"s{number}\">"),
        close: "</span>".to_owned(),
    };
    let mut marks: Vec<Mark> = reading.sentences.iter().enumerate().map(sentence).collect();
    for (number, entity) in reading.entities.iter().enumerate() {
        let name = entity.names.first().map_or("", String::as_str);
        let kind = NodeKind::Thing(entity.kind);
        marks.extend(
            entity.mentions.iter().map(|it| mark(&it.evidence, kind.name(), kind, &format!("e{number}"), name)),
        );
    }
    for (number, amount) in reading.amounts.iter().enumerate() {
        let sum = money(&amount.money, Lang::Zh);
        marks.push(mark(&amount.evidence, "Amount", NodeKind::Amount, &format!("a{number}"), &sum));
    }
    for (number, group) in reading.groups.iter().enumerate() {
        let count = group.count.to_string();
        marks.push(mark(&group.evidence, "ProjectGroup", NodeKind::Group, &format!("g{number}"), &count));
    }
    marks
}

fn mark(evidence: &Evidence, class: &str, kind: NodeKind, id: &str, title: &str) -> Mark {
    let (rule, score) = (evidence.rule, evidence.confidence);
    let hint = format!("{title}  {rule} {}.{:03}", score / 1000, score % 1000);
    Mark {
        span: evidence.span,
        open: format!("<mark data-kind=\"{class}\" data-id=\"{id}\" title=\"{}\">", escaped(&hint)),
        close: format!("<small>{}</small></mark>", told(|lang| words::kind(kind, lang).to_owned())),
    }
}

/// The text with its marks. A mark that would reach beyond the one that holds it ends with it.
fn marked(source: &[char], marks: &[Mark]) -> String {
    let mut text = String::new();
    let mut open: Vec<(usize, &str)> = Vec::new();
    let mut at = 0;
    let put = |text: &mut String, from: usize, to: usize| {
        *text += &escaped(&source[from.min(source.len())..to.min(source.len())].iter().collect::<String>());
    };
    for mark in marks {
        let range = mark.span.range();
        while let Some((end, close)) = open.pop_if(|(end, _)| *end <= range.start) {
            put(&mut text, at, end);
            at = at.max(end);
            text += close;
        }
        put(&mut text, at, range.start);
        at = at.max(range.start);
        let end = open.last().map_or(range.end, |(outer, _)| range.end.min(*outer));
        text += &mark.open;
        open.push((end, &mark.close));
    }
    while let Some((end, close)) = open.pop() {
        put(&mut text, at, end);
        at = at.max(end);
        text += close;
    }
    put(&mut text, at, source.len());
    text
}

fn legend(reading: &Reading) -> String {
    let entry = |kind: NodeKind, count: usize| {
        let name = told(|lang| words::kind(kind, lang).to_owned());
        format!("<span class=\"key\" data-kind=\"{}\">{name} <b>{count}</b></span>", kind.name())
    };
    let count = |kind| reading.entities.iter().filter(|entity| entity.kind == kind).count();
    let things = EntityKind::ALL.into_iter().map(|kind| (NodeKind::Thing(kind), count(kind)));
    let all = things.chain([(NodeKind::Group, reading.groups.len()), (NodeKind::Amount, reading.amounts.len())]);
    all.filter(|(_, count)| *count > 0).map(|(kind, count)| entry(kind, count)).collect()
}

fn facts(reading: &Reading) -> String {
    let mut text = String::new();
    for relation in &reading.relations {
        let Some(evidence) = relation.evidence.first() else { continue };
        let predicate = told(|lang| words::predicate(relation.predicate, lang).to_owned());
        text += &fact(
            evidence,
            &format!("{} <i>{predicate}</i> {}", end(reading, &relation.subject), end(reading, &relation.object)),
        );
    }
    for observation in &reading.observations {
        text += &fact(&observation.evidence, &figure(reading, observation));
    }
    text
}

fn fact(evidence: &Evidence, inside: &str) -> String {
    let (rule, score) = (escaped(evidence.rule), evidence.confidence);
    format!(
        "<li tabindex=\"0\" data-sentence=\"s{}\" title=\"{rule} {}.{:03}\">{inside}</li>\n",
        evidence.sentence,
        score / 1000,
        score % 1000
    )
}

/// One end of a relation as a chip that knows its marks.
fn end(reading: &Reading, node: &Node) -> String {
    let chip = |kind: &str, id: String, text: &str| {
        format!("<span class=\"chip\" data-kind=\"{kind}\" data-of=\"{id}\">{text}</span>")
    };
    match node {
        Node::Entity(id) => match reading.entities.get(id.0 as usize) {
            Some(entity) => {
                let name = escaped(entity.names.first().map_or("", String::as_str));
                chip(entity.kind.name(), format!("e{}", id.0), &name)
            }
            None => String::new(),
        },
        Node::Amount(index) => match reading.amounts.get(*index as usize) {
            Some(amount) => chip("Amount", format!("a{index}"), &told(|lang| money(&amount.money, lang))),
            None => String::new(),
        },
        Node::Group(index) => match reading.groups.get(*index as usize) {
            Some(group) => chip("ProjectGroup", format!("g{index}"), &escaped(&group.evidence.text)),
            None => String::new(),
        },
        Node::Status(status) => format!("<b>{}</b>", told(|lang| words::status(*status, lang).to_owned())),
        Node::Text(text) => format!("<b>{}</b>", escaped(text)),
    }
}

fn figure(reading: &Reading, it: &Observation) -> String {
    let subject = it.subject.map(|id| end(reading, &Node::Entity(id))).unwrap_or_default();
    let unit = it.unit.as_deref().unwrap_or_default();
    let is_currency = unit.len() == 3 && unit.chars().all(|c| c.is_ascii_uppercase());
    let value = it.value.map(|value| told(|lang| words::money(value, unit, if is_currency { lang } else { Lang::Zh })));
    let period = it.period.map(|period| escaped(&period.to_string())).unwrap_or_default();
    let growth = it.growth.map(|growth| {
        let sign = if growth.is_sign_negative() { "" } else { "+" };
        format!("({sign}{}%)", growth.normalize())
    });
    let aim = if it.target { both("目标", "aim") } else { String::new() };
    let parts = [
        format!("<i>{}</i>", escaped(&it.indicator)),
        period,
        value.unwrap_or_default(),
        growth.unwrap_or_default(),
        aim,
    ];
    format!("{subject} {}", parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" "))
}

fn money(money: &Money, lang: Lang) -> String {
    let low = words::money(money.value, money.currency, lang);
    money.max.map_or(low.clone(), |max| format!("{low} – {}", words::money(max, money.currency, lang)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_nest_and_never_cross() {
        let source: Vec<char> = "甲<乙>丙丁".chars().collect();
        let mark = |start, end, name: &str| Mark {
            span: SourceSpan::new(start, end),
            open: format!("[{name} "),
            close: "]".to_owned(),
        };
        for (marks, expected) in [
            (vec![], "甲&lt;乙&gt;丙丁"),
            (vec![mark(0, 4, "a"), mark(2, 3, "b")], "[a 甲&lt;[b 乙]&gt;]丙丁"),
            (vec![mark(0, 3, "a"), mark(2, 5, "b")], "[a 甲&lt;[b 乙]]&gt;丙丁"),
            (vec![mark(0, 1, "a"), mark(0, 1, "b"), mark(1, 9, "c")], "[a [b 甲]][c &lt;乙&gt;丙丁]"),
        ] {
            assert_eq!(marked(&source, &marks), expected);
        }
    }
}
