//! The results of `graph` for people.

use comfy_table::{CellAlignment, LineStyle, TableStyle};

use crate::cli::Context;
use crate::graph::{Chain, Communities, Component, Neighbour, Ranked, Route, Sentence, Sum, Thing, words};

const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// Each path as a chain of names and relations, with the sentences of each step below it.
pub fn routes(routes: &[Route], context: &Context) -> String {
    let mut text = String::new();
    for (number, route) in routes.iter().enumerate() {
        let mut line = format!("{}. {}", number + 1, route.things.first().map_or("", |thing| &thing.label));
        for (step, thing) in route.steps.iter().zip(route.things.iter().skip(1)) {
            line += &format!(" {} {}", arrow(step.predicate, step.forward, context), thing.label);
        }
        text += &format!("{line}\n");
        for step in &route.steps {
            text += &sentences(&step.evidence, "   ");
        }
    }
    text
}

fn arrow(predicate: &'static str, forward: bool, context: &Context) -> String {
    let name = words::predicate_named(predicate, context.lang);
    if forward { format!("—{name}→") } else { format!("←{name}—") }
}

fn sentences(sentences: &[Sentence], indent: &str) -> String {
    let line = |sentence: &Sentence| {
        let quote: String = sentence.quote.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("{indent}{}  [{} {}–{}]\n", quote, sentence.document, sentence.begin, sentence.end)
    };
    sentences.iter().map(line).collect()
}

/// A line for each neighbour.
pub fn neighbours(found: &[Neighbour], evidence: bool, context: &Context) -> String {
    if evidence {
        let told = |it: &Neighbour| {
            let arrow = arrow(it.predicate, it.forward, context);
            format!("{} {arrow} {}\n{}", it.through, it.thing.label, sentences(&it.evidence, "   "))
        };
        return found.iter().map(told).collect();
    }
    let row = |it: &Neighbour| {
        vec![
            it.distance.to_string(),
            it.through.clone(),
            arrow(it.predicate, it.forward, context),
            it.thing.label.clone(),
            words::kind_named(it.thing.kind, context.lang).to_owned(),
            it.documents.len().to_string(),
        ]
    };
    let header = match context.pick("zh", "en") {
        "zh" => ["步", "从", "关系", "到", "类型", "文档"],
        _ => ["steps", "from", "relation", "to", "type", "documents"],
    };
    table(&header, found.iter().map(row), &[0, 5])
}

/// A line for each thing with its ranks.
pub fn central(found: &[Ranked], context: &Context) -> String {
    let row = |it: &Ranked| {
        vec![
            it.thing.label.clone(),
            words::kind_named(it.thing.kind, context.lang).to_owned(),
            it.degree.to_string(),
            it.incoming.to_string(),
            it.outgoing.to_string(),
            format!("{:.6}", it.pagerank),
        ]
    };
    let header = match context.pick("zh", "en") {
        "zh" => ["名称", "类型", "度", "入", "出", "PageRank"],
        _ => ["name", "type", "degree", "in", "out", "PageRank"],
    };
    table(&header, found.iter().map(row), &[2, 3, 4, 5])
}

/// A line for each community, and what they are worth.
pub fn communities(found: &Communities, context: &Context) -> String {
    let row = |it: &crate::graph::Community| vec![it.number.to_string(), it.size.to_string(), names(&it.top)];
    let drawn = table(&group_header(context), found.communities.iter().map(row), &[0, 1]);
    let told = context.pick("社群总数", "communities in all");
    let modularity = context.pick("模块度", "modularity");
    format!("{drawn}{told} {}, {modularity} {:.4}\n", found.count, found.modularity)
}

/// A line for each component.
pub fn components(found: &[Component], context: &Context) -> String {
    let row = |it: &Component| vec![it.number.to_string(), it.size.to_string(), names(&it.top)];
    table(&group_header(context), found.iter().map(row), &[0, 1])
}

fn group_header(context: &Context) -> [&'static str; 3] {
    match context.pick("zh", "en") {
        "zh" => ["编号", "大小", "连接最多者"],
        _ => ["number", "size", "most joined"],
    }
}

/// Industries as an outline, each with its counts, its sums and what is in it.
pub fn chains(chains: &[Chain], context: &Context) -> String {
    let mut text = String::new();
    chains.iter().for_each(|chain| outline(&mut text, chain, 0, context));
    text
}

fn outline(text: &mut String, chain: &Chain, depth: usize, context: &Context) {
    let indent = "  ".repeat(depth);
    let total = &chain.total;
    let counts = [
        (context.pick("项目", "projects"), total.projects),
        (context.pick("企业", "enterprises"), total.enterprises),
        (context.pick("园区", "parks"), total.parks),
        (context.pick("政策", "policies"), total.policies),
    ];
    let mut told: Vec<String> =
        counts.iter().filter(|(_, count)| *count > 0).map(|(name, count)| format!("{name} {count}")).collect();
    told.extend(total.investment.iter().map(|sum| money(sum, context)));
    *text += format!("{indent}{}  {}", chain.name, told.join("  ")).trim_end();
    text.push('\n');
    for (name, things) in [
        (context.pick("项目", "projects"), &chain.projects),
        (context.pick("企业", "enterprises"), &chain.enterprises),
        (context.pick("园区", "parks"), &chain.parks),
        (context.pick("政策", "policies"), &chain.policies),
    ] {
        if !things.is_empty() {
            *text += &format!("{indent}  {name}: {}\n", names(things));
        }
    }
    chain.narrower.iter().for_each(|narrower| outline(text, narrower, depth + 1, context));
}

fn money(sum: &Sum, context: &Context) -> String {
    let total = context.pick("总投资", "total investment");
    format!("{total} {}", words::money(sum.value, &sum.currency, context.lang))
}

fn names(things: &[Thing]) -> String {
    things.iter().map(|thing| thing.label.as_str()).collect::<Vec<_>>().join("、")
}

fn table(header: &[&str], rows: impl Iterator<Item = Vec<String>>, numbers: &[usize]) -> String {
    let mut drawn = comfy_table::Table::new();
    drawn.load_style(STYLE).set_header(header);
    rows.for_each(|row| {
        drawn.add_row(row);
    });
    for &number in numbers {
        if let Some(column) = drawn.column_mut(number) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    format!("{}\n", drawn.trim_fmt())
}
