//! Parquet, behind the feature of that name: nodes and edges with the same attributes as in the other formats.

use std::io::Write;
use std::sync::Arc;

use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

use super::attribute::{Attribute, EDGE, JOINT, NODE, Shape};
use super::{ExportError, Source};

/// Rows that are gathered before they are written.
const GROUP: usize = 65_536;

/// Writes the nodes of a source.
pub fn nodes(source: &Source<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    let mut table = Table::new(["id"], &NODE, out)?;
    source.view()?.nodes(|it| table.row([it.node.iri.clone()], it.node))?;
    table.finish()
}

/// Writes the edges of a source.
pub fn edges(source: &Source<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    let mut table = Table::new(["source", "target"], &EDGE, out)?;
    source.view()?.edges(|it| table.row([it.from.to_owned(), it.to.to_owned()], it.edge))?;
    table.finish()
}

/// A table in the making, whose first columns are identities.
struct Table<'a, T: 'static, const IDS: usize> {
    attributes: &'static [Attribute<T>],
    /// Rows that are not written yet, a list for each column.
    columns: Vec<Vec<Option<String>>>,
    /// Its bytes go on to `out` after each group of rows.
    writer: SerializedFileWriter<Vec<u8>>,
    out: &'a mut dyn Write,
}

impl<'a, T, const IDS: usize> Table<'a, T, IDS> {
    fn new(ids: [&str; IDS], attributes: &'static [Attribute<T>], out: &'a mut dyn Write) -> Result<Self, ExportError> {
        let schema = Arc::new(parse_message_type(&schema(&ids, attributes))?);
        let writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(WriterProperties::default()))?;
        Ok(Self { attributes, columns: vec![Vec::new(); IDS + attributes.len()], writer, out })
    }

    fn row(&mut self, ids: [String; IDS], of: &T) -> Result<(), ExportError> {
        let told = |it: &Attribute<T>| Some((it.of)(of).join(JOINT)).filter(|value| !value.is_empty());
        let values = ids.into_iter().map(Some).chain(self.attributes.iter().map(told));
        self.columns.iter_mut().zip(values).for_each(|(column, value)| column.push(value));
        if self.columns[0].len() < GROUP { Ok(()) } else { self.group() }
    }

    /// Writes the rows that are gathered.
    fn group(&mut self) -> Result<(), ExportError> {
        let mut group = self.writer.next_row_group()?;
        let shapes = [Shape::Text; IDS].into_iter().chain(self.attributes.iter().map(|it| it.shape));
        for (values, shape) in self.columns.iter_mut().zip(shapes) {
            column(&mut group, shape, values.drain(..))?;
        }
        group.close()?;
        Ok(self.out.write_all(&std::mem::take(self.writer.inner_mut()))?)
    }

    fn finish(mut self) -> Result<(), ExportError> {
        if !self.columns[0].is_empty() {
            self.group()?;
        }
        self.out.write_all(&self.writer.into_inner()?)?;
        Ok(self.out.flush()?)
    }
}

fn schema<T>(ids: &[&str], attributes: &[Attribute<T>]) -> String {
    let shape = |attribute: &Attribute<T>| match attribute.shape {
        Shape::Text | Shape::List => format!("OPTIONAL BYTE_ARRAY {} (UTF8);", attribute.name),
        Shape::Number => format!("OPTIONAL DOUBLE {};", attribute.name),
        Shape::Whole => format!("OPTIONAL INT64 {};", attribute.name),
    };
    let ids = ids.iter().map(|id| format!("OPTIONAL BYTE_ARRAY {id} (UTF8);"));
    format!("message parkgraph {{ {} }}", ids.chain(attributes.iter().map(shape)).collect::<String>())
}

/// Writes the next column; a value that is no number in a column of numbers is left out.
fn column(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    shape: Shape,
    values: impl Iterator<Item = Option<String>>,
) -> Result<(), ExportError> {
    let Some(mut column) = group.next_column()? else { return Ok(()) };
    match shape {
        Shape::Text | Shape::List => {
            let (levels, values) = parted(values, |text| Some(ByteArray::from(text.into_bytes())));
            column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
        }
        Shape::Number => {
            let (levels, values) = parted(values, |text| text.parse::<f64>().ok());
            column.typed::<DoubleType>().write_batch(&values, Some(&levels), None)?;
        }
        Shape::Whole => {
            let (levels, values) = parted(values, |text| text.parse::<i64>().ok());
            column.typed::<Int64Type>().write_batch(&values, Some(&levels), None)?;
        }
    }
    Ok(column.close()?)
}

/// For each value 1 where it is there, else 0; and the values that are.
fn parted<T>(values: impl Iterator<Item = Option<String>>, read: fn(String) -> Option<T>) -> (Vec<i16>, Vec<T>) {
    let (mut levels, mut found) = (Vec::new(), Vec::new());
    for value in values {
        let value = value.and_then(read);
        levels.push(i16::from(value.is_some()));
        found.extend(value);
    }
    (levels, found)
}

impl From<ParquetError> for ExportError {
    fn from(error: ParquetError) -> Self {
        Self::Write(std::io::Error::other(error))
    }
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader, SerializedFileReader};

    use super::*;
    use crate::rdf::sample;
    use crate::store::Store;

    #[test]
    fn tables_are_read_back() {
        let store = Store::memory().expect("memory");
        store.put(&[sample::reading()], "test").expect("it is stored");
        let source = Source::whole(&store);
        for (write, column) in [(nodes as super::super::Writer, "pinyin"), (edges, "target")] {
            let mut out = Vec::new();
            write(&source, &mut out).expect("memory can be written");
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("table.parquet");
            std::fs::write(&path, out).expect("a file");
            let reader = SerializedFileReader::new(std::fs::File::open(&path).expect("a file")).expect("Parquet");
            let rows: Vec<String> =
                reader.get_row_iter(None).expect("rows").map(|row| row.expect("a row").to_string()).collect();
            assert!(rows.len() > 5 && rows.iter().all(|row| row.contains(column)));
            assert!(rows.iter().any(|row| row.contains("星河")));
        }
    }
}
