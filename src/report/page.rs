//! The frame of a page, and the drawing of the graph in it.

use serde::Serialize;

use super::html::{both, escaped, json, section};
use super::{Options, Report};
use crate::graph::{NodeKind, Picture, words};
use crate::message::Lang;
use crate::model::{EntityKind, Predicate};

const FRAME: &str = include_str!("frame.html");
const STYLE: &str = include_str!("style.css");
const REPORT_STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("page.js");
const GRAPH: &str = include_str!("graph.js");

/// Things in the drawing at most, however many rows tables have: more cannot be told apart.
const MOST_DOTS: usize = 400;

/// What the script draws from.
#[derive(Serialize)]
struct Drawing {
    picture: Picture,
    kinds: Vec<(&'static str, &'static str, &'static str)>,
    predicates: Vec<(&'static str, &'static str, &'static str)>,
}

/// The section with the graph.
pub fn drawing(report: &Report<'_>) -> String {
    let picture = report.graph.picture(report.most.min(MOST_DOTS));
    let things = EntityKind::ALL.into_iter().map(NodeKind::Thing).chain([NodeKind::Group]);
    let kinds = things.map(|kind| (kind.name(), words::kind(kind, Lang::Zh), words::kind(kind, Lang::En))).collect();
    let name = |it: Predicate| (it.name(), words::predicate(it, Lang::Zh), words::predicate(it, Lang::En));
    let predicates = Predicate::ALL.map(name).to_vec();
    let note = both(
        &format!(
            "显示关系最多的 {} 个事物（共 {} 个）；点击事物看它的关系，滚轮或双指缩放，拖动平移。",
            picture.nodes.len(),
            picture.nodes_total
        ),
        &format!(
            "{} of {} things shown, those with the most relations. Select one to see its relations; scroll or pinch to zoom, drag to move.",
            picture.nodes.len(),
            picture.nodes_total
        ),
    );
    let data = json(&Drawing { picture, kinds, predicates });
    let inside = format!(
        "<p class=\"note\">{note}</p>\n<div class=\"graph\"><div class=\"tools\"><input type=\"search\" id=\"graph-search\" list=\"graph-names\" aria-label=\"search\" placeholder=\"查找 / Find\"><datalist id=\"graph-names\"></datalist><div id=\"legend\"></div></div><canvas id=\"canvas\" tabindex=\"0\" role=\"img\" aria-label=\"graph\"></canvas><aside id=\"panel\" aria-live=\"polite\"></aside></div>\n<script type=\"application/json\" id=\"graph-data\">{data}</script>\n"
    );
    section("graph", "关系图", "Graph", &inside)
}

/// The whole report.
pub fn whole(options: &Options<'_>, _report: &Report<'_>, body: &str) -> String {
    let title = match options.title {
        Some(title) => escaped(title),
        None => both("开发区产业与项目报告", "Development zones: industries and projects"),
    };
    let plain = options.title.map_or("开发区产业与项目报告", |title| title);
    let links = [
        ("overview", "总览", "Overview"),
        ("graph", "关系图", "Graph"),
        ("chains", "产业链", "Chains"),
        ("ledger", "项目台账", "Ledger"),
        ("figures", "指标", "Figures"),
        ("policies", "政策", "Policies"),
        ("sources", "来源", "Sources"),
    ];
    let links: String = links.iter().map(|(id, zh, en)| format!("<a href=\"#{id}\">{}</a>", both(zh, en))).collect();
    frame(
        plain,
        options.lang,
        &[
            ("heading", &title),
            ("links", &links),
            ("style", &format!("{STYLE}{REPORT_STYLE}")),
            ("script", &format!("{SCRIPT}{GRAPH}")),
            ("body", body),
        ],
    )
}

/// The frame with its places filled. Places are found in the frame alone, never in what fills them.
pub fn frame(title: &str, lang: Lang, places: &[(&str, &str)]) -> String {
    let lang = match lang {
        Lang::Zh => "zh",
        Lang::En => "en",
    };
    let title = escaped(title);
    let mut page = String::new();
    let mut rest = FRAME;
    while let Some((before, after)) = rest.split_once("{{") {
        page.push_str(before);
        let Some((name, after)) = after.split_once("}}") else { break };
        page.push_str(match name {
            "title" => &title,
            "lang" => lang,
            name => places.iter().find(|(place, _)| *place == name).map_or("", |(_, text)| text),
        });
        rest = after;
    }
    page.push_str(rest);
    page
}
