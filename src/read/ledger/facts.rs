//! Rows of ledgers → things, sums, statements and figures, each with the cell that says so.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::super::Warning;
use super::super::sheet::Sheet;
use super::columns::{Column, Columns, Role, Unit};
use super::{Ledger, MOST_WARNINGS};
use crate::extract::value::{money, numerals};
use crate::model::{
    Amount, Entity, EntityId, EntityKind, Evidence, Mention, Money, Node, Observation, PartialDate, Period, Place,
    Places, Predicate, Relation, Sentence, SourceSpan,
};

/// Signs between the names in one cell.
const BETWEEN: [char; 5] = ['、', '；', ';', '|', '｜'];

/// The row of a unit that a sheet names for all its sums: how many rows above the header are searched.
const UNIT_WITHIN: u32 = 5;

/// Facts in the making.
#[derive(Default)]
pub(super) struct Facts {
    ledger: Ledger,
    places: Places,
    entities: BTreeMap<(EntityKind, String), u32>,
    relations: BTreeMap<(EntityId, Predicate, String), usize>,
    /// Where the text of each cell of the sheet stands.
    cells: BTreeMap<(u32, u32), SourceSpan>,
}

/// A cell of the row that is read.
struct Cell<'a> {
    text: &'a str,
    span: SourceSpan,
    column: &'a Column,
    at: (u32, u32),
}

impl Facts {
    /// Reads a sheet whose header stands in `header`.
    pub(super) fn sheet(&mut self, sheet: &Sheet, header: u32, columns: &Columns, warnings: &mut Vec<Warning>) {
        self.write(sheet);
        let common = common_unit(sheet, header);
        let known: BTreeMap<u32, Column> =
            sheet.rows[&header].iter().map(|(at, text)| (*at, columns.column(text, common.as_ref()))).collect();
        for column in known.values() {
            let of_money = matches!(column.role, Some(Role::Total | Role::Planned | Role::Completed));
            if of_money
                && !matches!(column.unit, Some(Unit::Money(..)))
                && !self.names_units(sheet, header, column, &known)
            {
                warnings.push(Warning::NoUnit(column.name.clone()));
            }
        }
        let rows: Vec<u32> = sheet.rows.range(header + 1..).map(|(row, _)| *row).collect();
        for (sentence, row) in self.sentences_of(sheet, &rows) {
            self.row(sheet, row, sentence, &known, columns, warnings);
        }
    }

    /// The facts, and the cell of each stretch of the text.
    pub(super) fn finish(self) -> (Ledger, Places) {
        (self.ledger, self.places)
    }

    /// Writes the cells of a sheet as text.
    fn write(&mut self, sheet: &Sheet) {
        self.cells.clear();
        let chars = &mut self.ledger.chars;
        for (row, cells) in &sheet.rows {
            if !chars.is_empty() {
                chars.push('\n');
            }
            for (at, (column, text)) in cells.iter().enumerate() {
                if at > 0 {
                    chars.push('\t');
                }
                let start = chars.len();
                self.places.push(start as u32, Place::Cell { sheet: sheet.name.clone(), column: *column, row: *row });
                chars.extend(text.chars());
                self.cells.insert((*row, *column), SourceSpan::new(start, chars.len()));
            }
        }
    }

    /// True when the cells of a column say the currency themselves.
    fn names_units(&self, sheet: &Sheet, header: u32, column: &Column, known: &BTreeMap<u32, Column>) -> bool {
        let Some(at) = known.iter().find(|(_, it)| *it == column).map(|(at, _)| at) else { return false };
        let texts = sheet.rows.range(header + 1..).filter_map(|(_, cells)| cells.get(at)).take(50);
        texts.into_iter().any(|text| sum(text, None).is_some())
    }

    /// One sentence a row.
    fn sentences_of(&mut self, sheet: &Sheet, rows: &[u32]) -> Vec<(u32, u32)> {
        let mut numbered = Vec::with_capacity(rows.len());
        for row in rows {
            let ends = |column: Option<&u32>| column.and_then(|column| self.cells.get(&(*row, *column))).copied();
            let cells = &sheet.rows[row];
            let (Some(first), Some(last)) = (ends(cells.keys().next()), ends(cells.keys().next_back())) else {
                continue;
            };
            let span = SourceSpan { start: first.start, end: last.end };
            numbered.push((self.ledger.sentences.len() as u32, *row));
            let text = self.ledger.chars[span.range()].iter().collect();
            self.ledger.sentences.push(Sentence { span, text });
        }
        numbered
    }

    fn row(
        &mut self,
        sheet: &Sheet,
        row: u32,
        sentence: u32,
        known: &BTreeMap<u32, Column>,
        columns: &Columns,
        warnings: &mut Vec<Warning>,
    ) {
        let cell = |(at, column): (&u32, _)| {
            let own = (row, *at);
            let from = if sheet.rows[&row].contains_key(at) { own } else { *sheet.merged.get(&own)? };
            let text = sheet.rows.get(&from.0)?.get(&from.1)?.as_str();
            Some(Cell { text, span: *self.cells.get(&from)?, column, at: from })
        };
        let cells: Vec<Cell<'_>> = known.iter().filter_map(cell).filter(|cell| !is_blank(cell.text)).collect();
        let about = |role| cells.iter().find(|cell| cell.column.role == Some(role));
        let Some(subject) = about(Role::Project).or_else(|| about(Role::Enterprise)).or_else(|| about(Role::Park))
        else {
            return;
        };
        if cells.iter().any(|cell| columns.is_sum(cell.text)) {
            return;
        }
        let kind = match subject.column.role {
            Some(Role::Project) => EntityKind::Project,
            Some(Role::Park) => EntityKind::Park,
            _ => body(subject.text, columns),
        };
        let Some(id) = self.entity(kind, subject.text, subject.span, sentence) else { return };
        for cell in cells.iter().filter(|cell| cell.at != subject.at) {
            if !self.statement((id, kind), cell, sentence, columns) && warnings.len() < MOST_WARNINGS {
                let place = Place::Cell { sheet: sheet.name.clone(), column: cell.at.1, row: cell.at.0 }.to_string();
                let what = if cell.column.role == Some(Role::Status) { "stage of a project" } else { "sum of money" };
                warnings.push(Warning::Unread { place, text: cell.text.to_owned(), what });
            }
        }
    }

    /// Reads what a cell says of the thing; false where it should say something and does not.
    fn statement(
        &mut self,
        (id, kind): (EntityId, EntityKind),
        cell: &Cell<'_>,
        sentence: u32,
        columns: &Columns,
    ) -> bool {
        let is_project = kind == EntityKind::Project;
        let predicate = match cell.column.role {
            Some(Role::Total) => Predicate::TotalInvestment,
            Some(Role::Planned) => Predicate::PlannedInvestment,
            Some(Role::Completed) => Predicate::CompletedInvestment,
            Some(Role::Investor) => Predicate::Investor,
            Some(Role::Enterprise) if is_project => Predicate::Investor,
            Some(Role::Park | Role::Place) => Predicate::LocatedIn,
            Some(Role::Industry) => Predicate::Industry,
            Some(Role::Status) => Predicate::Status,
            Some(Role::Designation) => Predicate::Designation,
            Some(Role::Nothing | Role::Project | Role::Enterprise) => return true,
            None => {
                self.figure(id, cell, sentence);
                return true;
            }
        };
        match predicate {
            Predicate::TotalInvestment | Predicate::PlannedInvestment | Predicate::CompletedInvestment => {
                let Some(sum) = sum(cell.text, cell.column.unit.as_ref()) else {
                    return cell.column.unit.is_none();
                };
                let evidence = self.evidence(cell.span, sentence, "ledger/sum");
                let object = Node::Amount(self.ledger.amounts.len() as u32);
                self.ledger.amounts.push(Amount { money: sum, investment: true, evidence: evidence.clone() });
                if kind != EntityKind::Enterprise {
                    self.relate(id, predicate, object, evidence);
                }
            }
            Predicate::Status => {
                let Some(stage) = columns.status(cell.text) else { return false };
                if is_project {
                    self.relate(
                        id,
                        predicate,
                        Node::Status(stage),
                        self.evidence(cell.span, sentence, "ledger/status"),
                    );
                }
            }
            _ => self.names(id, predicate, cell, sentence, columns),
        }
        true
    }

    /// The names in a cell.
    fn names(&mut self, id: EntityId, predicate: Predicate, cell: &Cell<'_>, sentence: u32, columns: &Columns) {
        for (text, span) in parts(cell) {
            let evidence = self.evidence(span, sentence, "ledger/cell");
            let kind = match (predicate, cell.column.role) {
                (Predicate::Designation, _) => {
                    self.relate(id, predicate, Node::Text(name(text)), evidence);
                    continue;
                }
                (Predicate::Industry, _) => EntityKind::Industry,
                (Predicate::Investor, _) => body(text, columns),
                (_, Some(Role::Park)) => EntityKind::Park,
                _ if columns.is_park(text) => EntityKind::Park,
                _ => EntityKind::Place,
            };
            if let Some(object) = self.entity(kind, text, span, sentence) {
                self.relate(id, predicate, Node::Entity(object), evidence);
            }
        }
    }

    /// The figure of a column that no word knows and whose header has a unit.
    fn figure(&mut self, id: EntityId, cell: &Cell<'_>, sentence: u32) {
        let (Some(unit), Ok(number)) = (&cell.column.unit, cell.text.replace([',', '，'], "").parse::<Decimal>())
        else {
            return;
        };
        let (value, unit) = match unit {
            Unit::Money(_, one) => (number.checked_mul(one.value), one.currency.to_owned()),
            Unit::Other(name, times) => (number.checked_mul(*times), name.clone()),
        };
        let evidence = self.evidence(cell.span, sentence, "ledger/figure");
        self.ledger.observations.push(Observation {
            subject: Some(id),
            indicator: cell.column.name.clone(),
            value,
            max: None,
            unit: Some(unit),
            qualifier: None,
            period: cell.column.year.map(|year| Period::Date(PartialDate::year(year))),
            growth: None,
            target: false,
            evidence,
        });
    }

    fn evidence(&self, span: SourceSpan, sentence: u32, rule: &'static str) -> Evidence {
        let text = self.ledger.chars[span.range()].iter().collect();
        Evidence { span, text, sentence, rule, confidence: 1000 }
    }

    /// The thing of that name, mentioned here.
    fn entity(&mut self, kind: EntityKind, text: &str, span: SourceSpan, sentence: u32) -> Option<EntityId> {
        let name = name(text);
        if name.is_empty() {
            return None;
        }
        let evidence = self.evidence(span, sentence, "ledger/cell");
        let at = *self.entities.entry((kind, name.clone())).or_insert(self.ledger.entities.len() as u32);
        if at as usize == self.ledger.entities.len() {
            self.ledger.entities.push(Entity { kind, names: vec![name], mentions: Vec::new() });
        }
        let mentions = &mut self.ledger.entities[at as usize].mentions;
        // Merged cells name their thing once.
        if mentions.last().is_none_or(|last| last.evidence.span != span) {
            mentions.push(Mention { evidence, name: 0 });
        }
        Some(EntityId(at))
    }

    /// A statement; said again, it gets more evidence.
    fn relate(&mut self, subject: EntityId, predicate: Predicate, object: Node, evidence: Evidence) {
        let key = (subject, predicate, format!("{object:?}"));
        match self.relations.get(&key) {
            Some(at) => self.ledger.relations[*at].evidence.push(evidence),
            None => {
                self.relations.insert(key, self.ledger.relations.len());
                let subject = Node::Entity(subject);
                self.ledger.relations.push(Relation { subject, predicate, object, evidence: vec![evidence] });
            }
        }
    }
}

/// The unit that a row above the header names for all: `单位：万元`.
fn common_unit(sheet: &Sheet, header: u32) -> Option<Unit> {
    let above = sheet.rows.range(header.saturating_sub(UNIT_WITHIN)..header).flat_map(|(_, cells)| cells.values());
    let named = above.into_iter().filter_map(|text| {
        let (_, rest) = text.split_once("单位")?;
        let rest = rest.trim_start_matches([':', '：', ' ']);
        Unit::of(rest.split(['）', ')', '，', ' ', '、']).next()?)
    });
    named.into_iter().find(|unit| matches!(unit, Unit::Money(..)))
}

/// The sum that a cell says, by itself or in the unit of its column.
fn sum(text: &str, unit: Option<&Unit>) -> Option<Money> {
    let first = |text: &str| {
        let chars: Vec<char> = text.replace(',', "").chars().collect();
        money(&chars, &numerals(&chars)).into_iter().next().map(|it| it.money)
    };
    let unit = match unit {
        Some(Unit::Money(unit, one)) => Some((unit, one)),
        _ => None,
    };
    let plain = text.replace([',', '，', ' '], "").parse::<Decimal>().ok();
    match (plain, unit) {
        (Some(number), Some((_, one))) => {
            let value = number.checked_mul(one.value).filter(|value| *value > Decimal::ZERO)?;
            Some(Money { value, ..one.clone() })
        }
        (Some(_), None) => None,
        (None, unit) => first(text).or_else(|| first(&format!("{}{}", text.trim(), unit?.0))),
    }
}

/// The names in a cell and where they stand.
fn parts<'a>(cell: &Cell<'a>) -> Vec<(&'a str, SourceSpan)> {
    let mut parts = Vec::new();
    let mut start = cell.span.start as usize;
    for piece in cell.text.split(BETWEEN) {
        let text = piece.trim();
        let lead = piece.chars().take_while(|c| c.is_whitespace()).count();
        if !is_blank(text) {
            parts.push((text, SourceSpan::new(start + lead, start + lead + text.chars().count())));
        }
        start += piece.chars().count() + 1;
    }
    parts
}

/// Cells that say that there is nothing to say.
fn is_blank(text: &str) -> bool {
    matches!(text.trim(), "" | "-" | "—" | "——" | "/" | "无" | "暂无" | "未知" | "待定" | "N/A")
}

/// A name as articles give it: without white space, and without marks that enclose the whole of it.
fn name(text: &str) -> String {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let inner = [('“', '”'), ('"', '"'), ('《', '》'), ('「', '」')].into_iter().find_map(|(open, close)| {
        let inner = bare.strip_prefix(open)?.strip_suffix(close)?;
        (!inner.is_empty() && !inner.contains([open, close])).then(|| inner.to_owned())
    });
    inner.unwrap_or(bare)
}

fn body(text: &str, columns: &Columns) -> EntityKind {
    if columns.is_body(&name(text)) { EntityKind::Organization } else { EntityKind::Enterprise }
}
