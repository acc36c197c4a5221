//! Industry chains as an outline that opens and closes.

use super::Report;
use super::html::{both, escaped, section as wrapped, shown, told};
use crate::graph::{Chain, Thing, words};

/// Things named of each kind at most.
const NAMED: usize = 30;

/// The section.
pub fn section(report: &Report<'_>) -> String {
    let chains = report.graph.industries().chains;
    let told: Vec<&Chain> = chains.iter().filter(|chain| chain.total.things() > 0).collect();
    let first = |number: usize| if number == 0 { " open" } else { "" };
    let chains = told.iter().take(report.most).enumerate();
    let mut inside: String = chains.map(|(number, chain)| outline(chain, first(number))).collect();
    inside += &shown(told.len().min(report.most), told.len());
    wrapped("chains", "产业链", "Industry chains", &format!("<div class=\"chains\">{inside}</div>"))
}

fn outline(chain: &Chain, open: &str) -> String {
    let total = &chain.total;
    let counts = [
        (total.projects, "项目", "projects"),
        (total.enterprises, "企业", "enterprises"),
        (total.parks, "园区", "parks"),
        (total.policies, "政策", "policies"),
    ];
    let count =
        |(count, zh, en): &(usize, &str, &str)| format!("<span class=\"count\">{} <b>{count}</b></span>", both(zh, en));
    let mut head: String = counts.iter().filter(|(count, ..)| *count > 0).map(count).collect();
    for sum in &total.investment {
        head += &format!("<span class=\"sum\">{}</span>", told(|lang| words::money(sum.value, &sum.currency, lang)));
    }
    let lists = [
        (&chain.projects, "项目", "Projects"),
        (&chain.enterprises, "企业", "Enterprises"),
        (&chain.parks, "园区", "Parks"),
        (&chain.policies, "政策", "Policies"),
    ];
    let mut inside: String = lists.iter().map(|(things, zh, en)| list(things, zh, en)).collect();
    inside +=
        &chain.narrower.iter().filter(|chain| chain.total.things() > 0).map(|it| outline(it, "")).collect::<String>();
    format!("<details{open}><summary><b>{}</b> {head}</summary>\n{inside}</details>\n", escaped(&chain.name))
}

fn list(things: &[Thing], zh: &str, en: &str) -> String {
    if things.is_empty() {
        return String::new();
    }
    let name =
        |thing: &Thing| format!("<span class=\"chip\" data-kind=\"{}\">{}</span>", thing.kind, escaped(&thing.label));
    let names: String = things.iter().take(NAMED).map(name).collect();
    let more = match things.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!("<span class=\"quiet\">+{more}</span>"),
    };
    format!("<p class=\"names\"><span class=\"quiet\">{}</span> {names}{more}</p>\n", both(zh, en))
}
