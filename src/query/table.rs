//! A table of results for people.

use std::collections::BTreeMap;

use comfy_table::{CellAlignment, ContentArrangement, LineStyle, TableStyle};
use oxigraph::model::{NamedNode, Term};

use super::Table;
use crate::rdf::shorten;
use crate::store::{Store, StoreError};

/// A line below the header and nothing else.
const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// Draws a table aligned for Chinese characters: things by their preferred names, other IRIs in their short form, columns
/// of numbers to the right. With `width` in terminal columns, long cells are wrapped.
///
/// # Errors
/// When names cannot be looked up in the store.
pub fn render(table: &Table, store: &Store, width: Option<u16>) -> Result<String, StoreError> {
    let mut names = BTreeMap::new();
    let mut drawn = comfy_table::Table::new();
    drawn.load_style(STYLE).set_header(&table.columns);
    drawn.set_content_arrangement(ContentArrangement::Disabled);
    if let Some(width) = width {
        drawn.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    for row in &table.rows {
        let mut cells = Vec::with_capacity(row.len());
        for cell in row {
            cells.push(match cell {
                Some(term) => text(term, store, &mut names)?,
                None => String::new(),
            });
        }
        drawn.add_row(cells);
    }
    for (index, column) in drawn.column_iter_mut().enumerate() {
        let filled: Vec<_> = table.rows.iter().filter_map(|row| row[index].as_ref()).collect();
        if !filled.is_empty() && filled.into_iter().all(is_number) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    Ok(drawn.trim_fmt())
}

fn text(term: &Term, store: &Store, names: &mut BTreeMap<NamedNode, String>) -> Result<String, StoreError> {
    Ok(match term {
        Term::NamedNode(node) => match names.get(node) {
            Some(name) => name.clone(),
            None => {
                let name = store.label(node.as_ref())?.unwrap_or_else(|| shorten(node.as_str()));
                names.insert(node.clone(), name.clone());
                name
            }
        },
        Term::Literal(literal) => literal.value().replace(['\r', '\n'], " "),
        Term::BlankNode(node) => node.to_string(),
        Term::Triple(triple) => {
            let ends = [triple.subject.clone().into(), triple.predicate.clone().into(), triple.object.clone()];
            let ends = ends.iter().map(|end| text(end, store, names)).collect::<Result<Vec<_>, _>>()?;
            format!("<<( {} )>>", ends.join(" "))
        }
    })
}

fn is_number(term: &Term) -> bool {
    matches!(term, Term::Literal(literal) if literal.value().parse::<rust_decimal::Decimal>().is_ok())
}
