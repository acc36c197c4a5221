//! The graph, or a part of it, in the formats of other tools: one file and one table row each.

mod dot;
mod file;
mod graphml;
mod jsonld;
mod nquads;
mod ntriples;
mod plain;
mod rdfxml;
mod source;
#[cfg(test)]
mod tests;
mod trig;
mod turtle;
mod write;

use std::io::{self, Write};

use thiserror::Error;

pub use file::write_file;
pub use source::Source;

use crate::message::Bilingual;
use crate::store::StoreError;

/// A format.
pub struct Format {
    /// The name by which commands call it.
    pub name: &'static str,
    /// What it is good for, in Chinese and English.
    pub about: (&'static str, &'static str),
    /// Writes a source.
    pub write: Writer,
}

/// Writes a source in one format.
pub type Writer = fn(&Source<'_>, &mut dyn Write) -> Result<(), ExportError>;

/// Every format.
pub const FORMATS: [Format; 8] = [
    Format { name: "turtle", about: ("RDF，便于阅读", "RDF, to read"), write: turtle::write },
    Format {
        name: "nquads",
        about: ("RDF，每个文档一个命名图", "RDF, a graph for each document"),
        write: nquads::write,
    },
    Format { name: "ntriples", about: ("RDF，每行一条", "RDF, a statement a line"), write: ntriples::write },
    Format {
        name: "trig", about: ("RDF，每个文档一个命名图", "RDF, a graph for each document"), write: trig::write
    },
    Format { name: "jsonld", about: ("RDF，JSON 形式", "RDF as JSON"), write: jsonld::write },
    Format { name: "rdfxml", about: ("RDF，XML 形式", "RDF as XML"), write: rdfxml::write },
    Format {
        name: "graphml", about: ("供 Gephi、yEd、networkx", "for Gephi, yEd, networkx"), write: graphml::write
    },
    Format { name: "dot", about: ("供 Graphviz", "for Graphviz"), write: dot::write },
];

/// The format of that name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// Why nothing, or not all, was written.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The output cannot be written.
    #[error("cannot write the export: {0}; check the path, the permissions and the space left")]
    Write(#[from] io::Error),
}

impl Bilingual for ExportError {
    fn zh(&self) -> String {
        match self {
            Self::Store(error) => error.zh(),
            Self::Write(error) => format!("无法写出：{}；请检查路径、权限和剩余空间", error.zh()),
        }
    }

    fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Write(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}
