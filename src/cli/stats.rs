//! `stats`: what a store holds, in numbers.

use comfy_table::{CellAlignment, presets};

use super::form::TableOrJson;
use super::{Context, Failure, Location, Outcome, print};
use crate::model::{EntityKind, Predicate};
use crate::rdf::terms;
use crate::store::{Mode, Store};
use crate::trace::health;

/// Arguments of `stats`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    location: Location,
    /// Form of the output
    #[arg(long, value_enum, default_value = "table", value_name = "FORMAT")]
    format: TableOrJson,
}

/// Runs the command.
///
/// # Errors
/// When the store cannot be had.
pub fn run(args: &Args, context: &Context) -> Result<Outcome, Failure> {
    let counts = counts(&args.location.open(Mode::Read)?)?;
    let text = match args.format {
        TableOrJson::Table => table(&counts, context),
        TableOrJson::Json => json(&counts),
    };
    print(&text)?;
    Ok(Outcome::Done)
}

/// Names in Chinese and English with their numbers.
type Counts = Vec<(&'static str, &'static str, usize)>;

fn counts(store: &Store) -> Result<Counts, Failure> {
    let count = |class| -> Result<usize, Failure> { Ok(store.count(terms::TYPE, Some(class))?) };
    let mut counts = vec![
        ("文档", "documents", count(terms::DOCUMENT)?),
        ("陈述", "statements", store.len()?),
        ("证据", "evidence", store.count(terms::REIFIES, None)?),
        ("提及", "mentions", count(terms::MENTION)?),
    ];
    for kind in EntityKind::ALL {
        counts.push((chinese(kind), kind.name(), count(terms::class(kind))?));
    }
    counts.push(("项目组", "ProjectGroup", count(terms::PROJECT_GROUP)?));
    counts.push(("投资金额", "InvestmentAmount", count(terms::INVESTMENT_AMOUNT)?));
    counts.push(("其他金额", "MonetaryAmount", count(terms::MONETARY_AMOUNT)?));
    counts.push(("观测", "Observation", count(terms::OBSERVATION)?));
    for predicate in Predicate::ALL {
        counts.push((property(predicate), predicate.name(), store.count(terms::property(predicate), None)?));
    }
    let health = health(store)?;
    counts.extend([
        ("无任何联系的事物", "orphans", health.orphans.len()),
        ("没有金额的项目", "projectsWithoutSum", health.without_sum.len()),
        ("没有归属的投资金额", "sumsWithoutProject", health.without_project.len()),
        ("未能关联的名称", "namesNeverLinked", health.never_linked.len()),
    ]);
    Ok(counts)
}

fn chinese(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Enterprise => "企业",
        EntityKind::Organization => "机构",
        EntityKind::Park => "园区",
        EntityKind::Project => "项目",
        EntityKind::Policy => "政策",
        EntityKind::Industry => "产业",
        EntityKind::Place => "地点",
    }
}

fn property(predicate: Predicate) -> &'static str {
    match predicate {
        Predicate::TotalInvestment => "总投资",
        Predicate::PlannedInvestment => "计划投资",
        Predicate::CompletedInvestment => "完成投资",
        Predicate::Investor => "投资方",
        Predicate::LocatedIn => "位于",
        Predicate::Industry => "所属产业",
        Predicate::IssuedBy => "发布方",
        Predicate::MemberOf => "属于项目组",
        Predicate::Partner => "合作方",
        Predicate::Designation => "称号",
        Predicate::Status => "状态",
    }
}

fn table(counts: &Counts, context: &Context) -> String {
    let mut drawn = comfy_table::Table::new();
    drawn.load_style(presets::NOTHING);
    for (zh, en, number) in counts {
        drawn.add_row([context.pick(zh, en).to_owned(), number.to_string()]);
    }
    if let Some(numbers) = drawn.column_mut(1) {
        numbers.set_cell_alignment(CellAlignment::Right);
    }
    format!("{}\n", drawn.trim_fmt())
}

fn json(counts: &Counts) -> String {
    let fields: Vec<_> = counts.iter().map(|(_, en, number)| format!("\"{en}\": {number}")).collect();
    format!("{{{}}}\n", fields.join(", "))
}
